//! JSON for the API and for apps: only what the reader may see, households and names masked as on the pages.

use cunshi_sdk::days;
use cunshi_sdk::prelude::{Doc, Read, Result, Value, json};

use crate::books::Month;
use crate::domain::{Check, Entry, Kind, Line, Row, Sheet, Sum, month as months};
use crate::words::Reader;
use crate::{EntriesParams, EntryParams, MonthParams, listing};

/// Some entries: `{entries, next}`.
pub fn entries(cx: &Read, params: EntriesParams) -> Result<Value> {
    let reader = Reader::of(cx)?;
    let limit = u32::try_from(params.limit).unwrap_or(20);
    let kind = params.kind.as_deref().and_then(Kind::parse);
    let (found, next) = match (params.mine, &params.cadre) {
        (true, _) => match &reader.household {
            Some(household) => listing::of_household(cx, household, limit, params.cursor)?,
            None => (Vec::new(), None),
        },
        (false, Some(person)) => listing::of_cadre(cx, person, limit, params.cursor)?,
        (false, None) => listing::public(cx, kind, limit, params.cursor)?,
    };
    let fits = |entry: &&Doc<Entry>| kind.is_none_or(|kind| kind == entry.kind);
    let entries: Vec<Value> = found.iter().filter(fits).map(|entry| short(&reader, entry)).collect();
    Ok(json!({ "entries": entries, "next": next }))
}

/// One entry with its history.
pub fn entry(cx: &Read, params: &EntryParams) -> Result<Value> {
    let entry = cx.data::<Entry>().must(&params.id)?;
    let reader = Reader::of(cx)?;
    let all = reader.sees_all(&entry);
    let history: Vec<Value> = entry
        .steps
        .iter()
        .map(|step| {
            json!({
                "kind": step.kind,
                "at": step.at,
                "by": (all || !step.kind.is_of_household()).then_some(&step.name),
                "text": step.text.as_ref().map(|text| reader.text(&entry, text)),
                "before": step.before.as_ref().filter(|_| all).map(|before| json!({
                    "text": before.text,
                    "day": days::write_day(before.day),
                    "place": before.place,
                    "minutes": before.minutes,
                    "promised": before.promised,
                    "follow_up": before.follow_up.map(days::write_day),
                })),
            })
        })
        .collect();
    let mut whole = short(&reader, &entry);
    if let Some(fields) = whole.as_object_mut() {
        fields.insert("photos".to_owned(), json!(entry.photos));
        fields.insert("helpers".to_owned(), json!(reader.helpers(&entry)));
        fields.insert("history".to_owned(), json!(history));
        fields.insert("seen".to_owned(), json!(entry.version.to_string()));
        if reader.office() || reader.wrote(&entry) {
            fields.insert("note".to_owned(), json!(entry.note));
        }
    }
    Ok(whole)
}

fn short(reader: &Reader, entry: &Doc<Entry>) -> Value {
    json!({
        "id": entry.id,
        "state": if entry.withdrawn_at.is_some() { "withdrawn" } else if entry.is_draft() { "draft" } else { "published" },
        "kind": entry.kind,
        "day": days::write_day(entry.day),
        "text": reader.text(entry, &entry.text),
        "place": reader.place(entry),
        "minutes": entry.minutes,
        "author": { "person": entry.author, "name": entry.author_name },
        "household": reader.household(entry),
        "check": entry.check.map(Check::as_str),
        "late_days": entry.late_days,
        "entered_at": entry.entered_at,
        "promised": entry.promised.as_ref().map(|promised| reader.text(entry, promised)),
        "follow_up": entry.follow_up.map(days::write_day),
        "followed_at": entry.followed_at,
        "mine": reader.visited(entry),
    })
}

/// The matrix of a month, with duties.
pub fn month(cx: &Read, params: &MonthParams) -> Result<Value> {
    let month = Month::of(cx, months::asked(params.month.as_deref(), cx.now()))?;
    let row = |(row, sheet): (&Row, &Sheet)| {
        let fixed = month.summary.as_ref().and_then(|summary| summary.rows.iter().find(|old| old.person == row.person));
        json!({
            "person": row.person,
            "name": row.name,
            "on_duty": row.on_duty,
            "excused": row.excused,
            "days": matrix(sheet, month.start),
            "figures": figures(&row.sum),
            "fixed": fixed.map(|row| figures(&row.sum)),
            "duties": row.is_due().then(|| json!([
                duty("visits", month.duties.visits, row.sum.visits_due),
                duty("meetings", month.duties.meetings, row.sum.meeting),
            ])),
        })
    };
    let cadres: Vec<Value> = month.rows.iter().zip(&month.sheets).map(row).collect();
    Ok(json!({
        "month": days::write_month(month.start),
        "days": months::length(month.start),
        "fixed_at": month.summary.as_ref().map(|summary| summary.at),
        "later_changes": month.summary.as_ref().map(|summary| summary.changes.len()),
        "cadres": cadres,
    }))
}

/// `{"2": {"visit": 3}}`: by day of the month and kind; days without entries are left out.
fn matrix(sheet: &Sheet, month: days::Micros) -> Value {
    let mut matrix = serde_json::Map::new();
    for day in 1..=months::length(month) {
        let lines: Vec<&Line> = sheet.day(day).collect();
        if lines.is_empty() {
            continue;
        }
        let kinds = Kind::ALL.into_iter().filter_map(|kind| {
            let n = lines.iter().filter(|line| line.kind == kind).count();
            (n > 0).then(|| (kind.as_str().to_owned(), json!(n)))
        });
        matrix.insert(day.to_string(), Value::Object(kinds.collect()));
    }
    Value::Object(matrix)
}

fn figures(sum: &Sum) -> Value {
    let kinds: serde_json::Map<String, Value> =
        Kind::ALL.into_iter().map(|kind| (kind.as_str().to_owned(), json!(sum.of(kind)))).collect();
    json!({
        "entries": sum.entries,
        "kinds": kinds,
        "households": sum.households,
        "asked": sum.asked,
        "confirmed": sum.confirmed,
        "disputed": sum.disputed,
        "found_wrong": sum.fallen,
        "late": sum.late,
        "minutes": sum.minutes,
        "withdrawn": sum.withdrawn,
    })
}

fn duty(name: &str, required: i64, done: i64) -> Value {
    json!({ "duty": name, "required": required, "done": done, "missing": (required - done).max(0) })
}
