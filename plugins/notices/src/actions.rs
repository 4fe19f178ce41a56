//! What people do: one file for each kind of hand, and what they share.
//!
//! Each action reads the notice, lets the domain move it, and writes it. What does not belong here: which moves are
//! possible (that is `domain`).

pub mod acknowledge;
pub mod draft;
pub mod published;
pub mod release;
pub mod remind;

use cunshi_sdk::days;
use cunshi_sdk::prelude::{Doc, Error, Micros, Outcome, Read, Result, Write, json};

use crate::domain::{Notice, NoticeIndexes as _, Refused};
use crate::words;

/// A move that the domain refused, as a conflict in the reader's language.
fn moved<T>(result: Result<T, Refused>) -> Result<T> {
    result.map_err(|why| Error::conflict(words::refused(why)))
}

/// Leads to a notice with a sentence.
fn done(notice: &Doc<Notice>, say: String) -> Outcome {
    let result = json!({ "id": notice.id, "state": notice.state.as_str() });
    Outcome::go("show", &notice.id).say(say).result(result).about(&notice.id)
}

/// Writes it and leads back to it.
fn save(cx: &mut Write, notice: &Doc<Notice>, say: String) -> Result<Outcome> {
    let saved = cx.update(notice)?;
    Ok(done(&saved, say))
}

/// The end of a last day, as typed; a day that is over is refused.
fn last_day(cx: &Read, typed: Option<&str>) -> Result<Option<Micros>> {
    let Some(typed) = typed.filter(|typed| !typed.is_empty()) else { return Ok(None) };
    let day = days::read_day(typed).ok_or_else(|| Error::invalid("until", t!("wrong.day")))?;
    let end = days::next_midnight(day);
    if end <= cx.now() {
        return Err(Error::invalid("until", t!("wrong.until")));
    }
    Ok(Some(end))
}

/// When something that is to go out on a day does: at eight in the morning.
fn release_day(cx: &Read, typed: Option<&str>) -> Result<Micros> {
    let wrong = |sentence: String| Error::invalid("from", sentence);
    let day = typed.and_then(days::read_day).ok_or_else(|| wrong(t!("wrong.from.missing")))?;
    let at = day + 8 * days::HOUR;
    if at <= cx.now() {
        return Err(wrong(t!("wrong.from")));
    }
    if days::days_between(cx.now(), at) > 366 {
        return Err(wrong(t!("wrong.from.far")));
    }
    Ok(at)
}

/// An instant for the board that nothing on it has: pages of the board go on by time.
pub fn stamp(cx: &Read) -> Result<Micros> {
    let newest = cx.data::<Notice>().by_board("current").newest().first()?;
    Ok(newest.map_or(cx.now(), |newest| cx.now().max(newest.at.saturating_add(1))))
}
