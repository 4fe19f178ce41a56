//! JSON for the API: only what is for the reader. Times are microseconds since 1970-01-01 UTC.

use cunshi_sdk::prelude::{Doc, Read, Result, Value, json};

use crate::crowd::Crowd;
use crate::domain::{Board, Kind, Notice};
use crate::listing::{self, Wanted};
use crate::reader::Reader;
use crate::{NoticeParams, NoticesParams, words};

/// One page of what is for the reader: `{notices, next}`.
pub fn notices(cx: &Read, params: NoticesParams) -> Result<Value> {
    let reader = Reader::of(cx)?;
    let wanted = Wanted {
        board: Board::parse(&params.show),
        kind: params.kind.as_deref().map(Kind::parse),
        q: params.q,
        limit: u32::try_from(params.limit).unwrap_or(20),
        cursor: params.cursor,
    };
    let (found, next) = listing::find(cx, &reader, &wanted)?;
    let notices: Vec<Value> = found.iter().map(|notice| short(cx, &reader, notice)).collect();
    Ok(json!({ "notices": notices, "next": next }))
}

/// One notice; for the office with its counts of this moment.
pub fn notice(cx: &Read, params: &NoticeParams) -> Result<Value> {
    let reader = Reader::of(cx)?;
    let notice = listing::get(cx, &reader, &params.id)?;
    let known = match &reader.person {
        Some(person) => listing::acknowledged(cx, &notice.id, person)?.map(|known| known.at),
        None => None,
    };
    let mut whole = short(cx, &reader, &notice);
    if let Some(fields) = whole.as_object_mut() {
        fields.insert("text".to_owned(), json!(notice.text));
        fields.insert("photos".to_owned(), json!(notice.photos));
        fields.insert("files".to_owned(), json!(notice.files));
        fields.insert("corrected_at".to_owned(), json!(notice.corrected_at));
        fields.insert("acknowledged_at".to_owned(), json!(known));
        if reader.cadre {
            let count = Crowd::default().count(cx, &notice)?;
            fields.insert("author".to_owned(), json!(notice.author));
            fields.insert("publish_at".to_owned(), json!(notice.publish_at));
            fields.insert("withdrawn".to_owned(), json!(notice.withdrawn));
            fields.insert("count".to_owned(), json!(count));
        }
    }
    Ok(whole)
}

/// The groups of the village, as a choice's options.
pub fn groups(cx: &Read) -> Result<Value> {
    let option = |group: cunshi_sdk::Group| {
        let label = match group.people {
            1 => t!("option.group.one", name = group.name),
            n => t!("option.group.many", name = group.name, n = n),
        };
        json!({ "value": group.name, "label": label })
    };
    Ok(cx.groups()?.into_iter().map(option).collect())
}

fn short(cx: &Read, reader: &Reader, notice: &Doc<Notice>) -> Value {
    json!({
        "id": notice.id,
        "kind": notice.kind,
        "title": notice.title,
        "state": notice.state,
        "from": words::sender(cx, notice),
        "from_above": notice.is_copy(),
        "for": notice.addressed.as_str(),
        "for_text": words::audience(reader, notice),
        "at": notice.at,
        "expires_at": notice.expires_at,
        "pinned": notice.pin.is_some(),
        "urgent": notice.urgent,
        "acknowledge": notice.acknowledge,
    })
}
