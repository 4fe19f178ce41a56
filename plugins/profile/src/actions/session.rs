//! Cadres announce the secretary's hours, move and cancel them; whoever booked is told.

use cunshi_sdk::days::{self, MINUTE};
use cunshi_sdk::prelude::{Doc, Error, Outcome, Read, Result, Write};

use super::{day, done, filled, moved, right, stamp};
use crate::domain::session::MOST_SEATS;
use crate::domain::{Hours, Part, Session, When};
use crate::{AnnounceForm, CancelSessionForm, MoveSessionForm, listing, messages};

/// How far ahead hours are announced, in days.
const AHEAD: i64 = 180;

/// See `plugin.toml`.
pub fn announce(cx: &mut Write, form: AnnounceForm) -> Result<Outcome> {
    if listing::coming_sessions(cx)?.len() >= listing::MOST_SESSIONS {
        return Err(Error::conflict(t!("refused.many", n = listing::MOST_SESSIONS)));
    }
    let when = when(cx, &form.day, &form.from, &form.to, form.place)?;
    let seats = u32::try_from(form.seats.clamp(1, MOST_SEATS)).unwrap_or(1);
    let session = right("from", Session::announced(form.host, when, seats, filled(form.note), cx.now()))?;
    let session = cx.insert(&session)?;
    stamp(cx, Part::Sessions)?;
    Ok(done("session", &session.id, t!("say.announced")))
}

/// Turns keep their number; their time moves along.
pub fn move_session(cx: &mut Write, form: MoveSessionForm) -> Result<Outcome> {
    let mut session = cx.data::<Session>().must(&form.session)?;
    let when = when(cx, &form.day, &form.from, &form.to, form.place)?;
    let (by, now) = (cx.caller()?.name.clone(), cx.now());
    moved(session.shift(when, &form.reason, &by, now))?;
    let session = save(cx, &session)?;
    let bookings = listing::bookings(cx, &session.id)?;
    let told = bookings.len();
    for mut booking in bookings {
        booking.starts = session.turn_at(booking.turn);
        let booking = cx.update(&booking)?;
        messages::moved(cx, &session, &booking, &form.reason)?;
    }
    Ok(done("session", &session.id, said(told, t!("say.moved"))))
}

/// See `plugin.toml`.
pub fn cancel_session(cx: &mut Write, form: &CancelSessionForm) -> Result<Outcome> {
    let mut session = cx.data::<Session>().must(&form.session)?;
    let (by, now) = (cx.caller()?.name.clone(), cx.now());
    moved(session.cancel(&form.reason, &by, now))?;
    let session = save(cx, &session)?;
    let bookings = listing::bookings(cx, &session.id)?;
    for booking in &bookings {
        messages::cancelled(cx, &session, booking, &form.reason)?;
    }
    Ok(done("session", &session.id, said(bookings.len(), t!("say.cancelled"))))
}

fn save(cx: &mut Write, session: &Doc<Session>) -> Result<Doc<Session>> {
    let session = cx.update(session)?;
    stamp(cx, Part::Sessions)?;
    Ok(session)
}

fn said(told: usize, what: String) -> String {
    match told {
        0 => what,
        1 => t!("say.told.one", what = what),
        n => t!("say.told.many", what = what, n = n),
    }
}

fn when(cx: &Read, typed: &str, from: &str, to: &str, place: String) -> Result<When> {
    let day = day("day", typed)?;
    if days::days_between(cx.now(), day) > AHEAD {
        return Err(Error::invalid("day", t!("wrong.day.far", n = AHEAD)));
    }
    let hours = right("to", Hours::typed(from, to))?;
    Ok(When { starts: day + hours.from * MINUTE, ends: day + hours.to * MINUTE, place })
}
