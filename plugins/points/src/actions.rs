//! What people do: one file for each kind of thing, and what they share.
//!
//! Each action reads a document, lets the domain move it, and saves it. What does not belong here: which moves are
//! possible (that is `domain`), and how points come into the ledger (that is `way`).

pub mod activity;
pub mod claim;
pub mod correct;
pub mod goods;
pub mod object;
pub mod redeem;
pub mod review;

use cunshi_sdk::prelude::{Doc, Error, Micros, Outcome, Result, Write, json};

use crate::domain::{Award, Refused, amount, days};
use crate::words;

/// A move that the domain refused, as a conflict in the reader's language.
pub fn moved<T>(result: Result<T, Refused>) -> Result<T> {
    result.map_err(|why| Error::conflict(words::refused(why)))
}

/// Leads to an award with a sentence.
pub fn done(award: &Doc<Award>, say: String) -> Outcome {
    let result = json!({
        "id": award.id, "number": award.number, "state": award.state.as_str(), "item": award.item,
        "points": amount::show(award.points), "kind": award.kind, "until": award.until,
        "decision": award.why.decision, "because": award.why.because, "entry": award.entry,
    });
    Outcome::go("award", &award.id).say(say).result(result).about(&award.id)
}

/// Where an award stands now, for the sentence after an action.
pub fn news(award: &Award) -> String {
    match award.until {
        Some(until) if award.state.is_public() => t!("say.published", date = words::date(until)),
        _ if award.posted_at.is_some() => t!("say.posted", points = words::signed(award.posted)),
        _ if award.state.is_in_review() => t!("say.in-review"),
        _ => words::state(award).text,
    }
}

/// When something was done: noon of a day that was named, or now.
pub fn done_at(cx: &Write, day: Option<&str>) -> Result<Micros> {
    let now = cx.now();
    let Some(text) = day.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(now) };
    let begins = days::read_day(text).ok_or_else(|| Error::invalid("day", t!("wrong.day")))?;
    let days_ago = days::days_between(begins, now);
    if days_ago < 0 {
        return Err(Error::invalid("day", t!("wrong.future")));
    }
    if days_ago > OLDEST {
        return Err(Error::invalid("day", t!("wrong.old")));
    }
    Ok((begins + 12 * days::HOUR).min(now))
}

/// Days after which a deed is no longer claimed.
const OLDEST: i64 = 365;

/// The last instant of the working day that a setting of days leads to, from now.
pub fn due_after(cx: &Write, setting: &str) -> Result<Micros> {
    let days = cx.setting::<u32>(setting)?;
    // The host gives 24:00, which is the next day already when it is written as a date.
    Ok(cx.add_working_days(cx.now(), days)? - 1)
}

/// A quantity above 0 with at most two places.
pub fn quantity(text: &str) -> Result<String> {
    let hundredths = amount::read(text).filter(|hundredths| *hundredths > 0);
    hundredths.map(amount::show).ok_or_else(|| Error::invalid("quantity", t!("wrong.quantity")))
}
