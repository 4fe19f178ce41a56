//! Supervision: what was found about a dispute, and who has no duties in a month.

use cunshi_sdk::prelude::{Error, Outcome, Result, To, Write};

use super::{by, done, household, moved, save, unchanged};
use crate::domain::days::{self, Micros};
use crate::domain::{ChangeKind, Excuse, ExcuseIndexes as _, Sheet};
use crate::{ExcuseForm, SettleForm, UnexcuseForm, books, news, words};

/// Somebody without a part in it says what was found.
pub fn settle(cx: &mut Write, form: SettleForm) -> Result<Outcome> {
    let mut entry = unchanged(cx, &form.entry, form.seen.as_deref())?;
    let stands = form.finding == "stands";
    moved(entry.settle(&by(cx)?, household(cx)?.as_deref(), stands, form.text))?;
    let entry = save(cx, &entry, None, ChangeKind::Settled)?;
    news::settled(cx, &entry, stands)?;
    Ok(done(&entry, if stands { t!("say.stands") } else { t!("say.falls") }))
}

/// A cadre has no duties in a month.
pub fn excuse(cx: &mut Write, form: ExcuseForm) -> Result<Outcome> {
    let month = open_month(cx, &form.month)?;
    not_oneself(cx, &form.person)?;
    let (person, name) = cadre(cx, &form.person)?;
    let key = Sheet::key_of(month, &person);
    if cx.data::<Excuse>().by_key(key.as_str()).first()?.is_some() {
        return Err(Error::conflict(t!("refused.excused", name = name)));
    }
    let by = by(cx)?;
    let excuse =
        Excuse { key, person: person.clone(), name: name.clone(), month, reason: form.reason, by: by.name, at: by.at };
    let excuse = cx.insert(&excuse)?;
    mark(cx, month, &person, &name, true)?;
    let say = t!("say.excused", name = name, month = words::month(month));
    Ok(Outcome::to(to_month(month)).say(say).about(&excuse.id))
}

/// The excuse is taken back.
pub fn unexcuse(cx: &mut Write, form: &UnexcuseForm) -> Result<Outcome> {
    let excuse = cx.data::<Excuse>().must(&form.excuse)?;
    not_closed(cx, excuse.month)?;
    not_oneself(cx, &excuse.person)?;
    cx.remove(&excuse)?;
    mark(cx, excuse.month, &excuse.person, &excuse.name, false)?;
    Ok(Outcome::to(to_month(excuse.month)).say(t!("say.unexcused", name = excuse.name)).about(&excuse.id))
}

fn to_month(month: Micros) -> To {
    To::page("calendar").with("month", days::write_month(month))
}

/// A month that may still be excused: not closed, and at most the one after next.
fn open_month(cx: &Write, typed: &str) -> Result<Micros> {
    let month = days::read_month(typed.trim()).ok_or_else(|| Error::invalid("month", t!("wrong.month")))?;
    if days::days_between(cx.now(), month) > 62 {
        return Err(Error::invalid("month", t!("wrong.month.far")));
    }
    not_closed(cx, month)?;
    Ok(month)
}

fn not_closed(cx: &Write, month: Micros) -> Result<()> {
    // A month from before the diary has no summary and needs no excuse.
    if cx.now() >= books::closes_at(cx, month)? || books::summary(cx, month)?.is_some() {
        return Err(Error::conflict(t!("refused.closed", month = words::month(month))));
    }
    Ok(())
}

fn not_oneself(cx: &Write, person: &str) -> Result<()> {
    if cx.caller()?.person == person {
        return Err(Error::denied(t!("refused.excuse-self")));
    }
    Ok(())
}

fn cadre(cx: &Write, person: &str) -> Result<(String, String)> {
    let known = books::cadres(cx)?.into_iter().find(|(id, _)| id == person);
    known.ok_or_else(|| Error::invalid("person", t!("wrong.cadre")))
}

fn mark(cx: &mut Write, month: Micros, person: &str, name: &str, excused: bool) -> Result<()> {
    match books::sheet(cx, month, person)? {
        Some(mut sheet) => {
            sheet.excused = excused;
            cx.update(&sheet)?;
        }
        None => {
            cx.insert(&Sheet { excused, ..Sheet::new(month, person, name) })?;
        }
    }
    Ok(())
}
