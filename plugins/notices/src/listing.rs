//! Finding notices for a reader: boards, search, what is pinned, what waits to be acknowledged.
//!
//! A reader's board is read key by key (everybody's, their group's, their household's) and merged by time, so that
//! nothing of others is ever counted or paged over.

use cunshi_sdk::prelude::{Doc, Error, Find, Micros, Read, Result};

use crate::domain::moves::MAX_PINS;
use crate::domain::{Acknowledgment, AcknowledgmentIndexes as _, Board, Kind, Notice, NoticeIndexes as _};
use crate::reader::Reader;

/// Most hits of a search that are looked at.
const HITS: u32 = 100;

/// What a reader looks for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// On which board.
    pub board: Board,
    /// Of one kind only.
    pub kind: Option<Kind>,
    /// Words.
    pub q: Option<String>,
    /// At most so many.
    pub limit: u32,
    /// Where the page before ended: its last notice's time.
    pub cursor: Option<String>,
}

/// Notices, the newest first, and the cursor of the next page.
pub type Page = (Vec<Doc<Notice>>, Option<String>);

/// One page of what is for the reader.
pub fn find(cx: &Read, reader: &Reader, wanted: &Wanted) -> Result<Page> {
    if let Some(q) = wanted.q.as_deref().filter(|q| !q.trim().is_empty()) {
        return Ok((search(cx, reader, q, wanted)?, None));
    }
    let limit = wanted.limit.clamp(1, 100);
    let before = wanted.cursor.as_deref().and_then(|cursor| cursor.parse::<Micros>().ok());
    let mut found: Vec<Doc<Notice>> = Vec::new();
    for query in queries(cx, reader, wanted) {
        let query = match before {
            Some(before) => query.to(before),
            None => query,
        };
        found.extend(query.newest().take(limit + 1)?);
    }
    let most = usize::try_from(limit).unwrap_or_default();
    let found = merged(found);
    let next = (found.len() > most).then(|| found.get(most - 1).map(|last| last.at.to_string())).flatten();
    let shown = found.into_iter().take(most).filter(|notice| reader.may_read(notice)).collect();
    Ok((shown, next))
}

/// One index range for each key of the reader; the office reads the whole board.
fn queries<'a>(cx: &'a Read, reader: &Reader, wanted: &Wanted) -> Vec<Find<'a, Notice>> {
    let board = wanted.board.as_str();
    let notices = || cx.data::<Notice>();
    if reader.cadre {
        return vec![match wanted.kind {
            Some(kind) => notices().by_board_kind(board).eq(kind.as_str()),
            None => notices().by_board(board),
        }];
    }
    let of = |key: &String| match wanted.kind {
        Some(kind) => notices().by_audience_kind(key.as_str()).eq(board).eq(kind.as_str()),
        None => notices().by_audience(key.as_str()).eq(board),
    };
    reader.keys.iter().map(of).collect()
}

fn search(cx: &Read, reader: &Reader, q: &str, wanted: &Wanted) -> Result<Vec<Doc<Notice>>> {
    let mut found = cx.data::<Notice>().search(q, HITS)?;
    found.retain(|notice| {
        reader.may_read(notice)
            && notice.board == Some(wanted.board)
            && wanted.kind.is_none_or(|kind| notice.kind == kind)
    });
    found.truncate(usize::try_from(wanted.limit).unwrap_or_default());
    Ok(found)
}

/// A notice that is for the reader; any other is missing.
pub fn get(cx: &Read, reader: &Reader, id: &str) -> Result<Doc<Notice>> {
    cx.data::<Notice>().get(id)?.filter(|notice| reader.may_read(notice)).ok_or(Error::Missing)
}

/// What stands at the head of the board, the last pinned first.
pub fn pinned(cx: &Read, reader: &Reader) -> Result<Vec<Doc<Notice>>> {
    let most = u32::try_from(MAX_PINS).unwrap_or(u32::MAX);
    let mut found = cx.data::<Notice>().by("by_pinned").newest().take(most)?;
    found.retain(|notice| reader.may_read(notice));
    Ok(found)
}

/// What asks the reader to say that they know it, and they have not; the newest first, at most `limit`.
pub fn waiting(cx: &Read, reader: &Reader, limit: u32) -> Result<Vec<Doc<Notice>>> {
    let Some(person) = reader.person.as_deref() else { return Ok(Vec::new()) };
    let mut asking = Vec::new();
    for key in &reader.keys {
        asking.extend(cx.data::<Notice>().by_asking(key.as_str()).newest().take(limit)?);
    }
    let mut asking = merged(asking);
    asking.retain(|notice| reader.is_asked(notice));
    let Some(oldest) = asking.last().map(|notice| notice.at) else { return Ok(asking) };
    // Nobody acknowledges a notice before it is out.
    let known = cx.data::<Acknowledgment>().by_person(person).from(oldest).take(200)?;
    asking.retain(|notice| known.iter().all(|known| known.notice != notice.id));
    asking.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(asking)
}

/// The person's acknowledgment of a notice, as far as the reader may know.
pub fn acknowledged(cx: &Read, notice: &str, person: &str) -> Result<Option<Doc<Acknowledgment>>> {
    Ok(cx.data::<Acknowledgment>().by_key(Acknowledgment::key(notice, person)).first()?)
}

/// The newest first, each once.
fn merged(mut notices: Vec<Doc<Notice>>) -> Vec<Doc<Notice>> {
    notices.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
    notices.dedup_by(|a, b| a.id == b.id);
    notices
}
