//! What people do: one file for each part of the page, and what they share.
//!
//! Each action reads the document, lets the domain change it, writes it, and stamps the part with the change. What does
//! not belong here: which changes are possible (that is `domain`).

pub mod album;
pub mod ask;
pub mod book;
pub mod chronicle;
pub mod duty;
pub mod introduce;
pub mod reply;
pub mod seat;
pub mod session;

use cunshi_sdk::days;
use cunshi_sdk::prelude::{Doc, Error, Micros, Outcome, Read, Result, To, Write, json};

use crate::domain::{Part, Refused, Stamp, StampIndexes as _};
use crate::words;

/// A change that the domain refused, as a conflict in the reader's language.
fn moved<T>(result: Result<T, Refused>) -> Result<T> {
    result.map_err(|why| Error::conflict(words::refused(why)))
}

/// A value that the domain refused, beside its field.
fn right<T>(field: &str, result: Result<T, Refused>) -> Result<T> {
    result.map_err(|why| Error::invalid(field, words::refused(why)))
}

/// Keeps when a part changed, and by whom.
fn stamp(cx: &mut Write, part: Part) -> Result<()> {
    let (at, by) = (cx.now(), cx.caller()?.name.clone());
    match cx.data::<Stamp>().by_part(part.as_str()).first()? {
        Some(mut known) => {
            (known.at, known.by) = (at, by);
            cx.update(&known)?;
        }
        None => {
            cx.insert(&Stamp { part: part.as_str().to_owned(), at, by })?;
        }
    }
    Ok(())
}

/// Refuses a form that was drawn when the document had another version: what changed meanwhile must be looked at first.
fn unchanged<T>(doc: &Doc<T>, seen: Option<&str>) -> Result<()> {
    match seen.and_then(|seen| seen.parse::<u64>().ok()) {
        Some(seen) if seen != doc.version => Err(Error::conflict(t!("refused.stale"))),
        _ => Ok(()),
    }
}

/// The instant at which a typed day begins.
fn day(field: &str, typed: &str) -> Result<Micros> {
    days::read_day(typed).ok_or_else(|| Error::invalid(field, t!("wrong.day")))
}

/// The first year of big events and pictures.
const EARLIEST: i64 = 1900;

/// A day that has come.
fn past_day(cx: &Read, typed: &str) -> Result<Micros> {
    let day = day("day", typed)?;
    if day > cx.now() {
        return Err(Error::invalid("day", t!("wrong.future")));
    }
    if days::date(day).0 < EARLIEST {
        return Err(Error::invalid("day", t!("wrong.early", year = EARLIEST)));
    }
    Ok(day)
}

/// A text that may be left out.
fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// The person for whom something is done, with their name, and the cadre who enters it for them.
fn whom(cx: &Read) -> Result<(String, String, Option<String>)> {
    let caller = cx.caller()?;
    match &caller.on_behalf_of {
        Some(person) if *person != caller.person => {
            let person = cx.person(person)?.ok_or(Error::Missing)?;
            Ok((person.id, person.name, Some(caller.name.clone())))
        }
        _ => Ok((caller.person.clone(), caller.name.clone(), None)),
    }
}

/// Leads to a page without parameters.
fn back(page: &str, id: &str, say: String) -> Outcome {
    Outcome::to(To::page(page)).say(say).result(json!({ "id": id })).about(id)
}

/// Leads to the page of a document.
fn done(page: &str, id: &str, say: String) -> Outcome {
    Outcome::go(page, id).say(say).result(json!({ "id": id })).about(id)
}
