//! A villager books a turn with the secretary, or gives it back; a cadre does it for somebody who telephoned.

use cunshi_sdk::prelude::{Doc, Error, Outcome, Read, Result, Write, json};

use super::{done, filled, moved, whom};
use crate::domain::{Booking, BookingIndexes as _, Session};
use crate::{BookForm, UnbookForm, messages, words};

/// See `plugin.toml`.
pub fn book(cx: &mut Write, form: BookForm) -> Result<Outcome> {
    let mut session = cx.data::<Session>().must(&form.session)?;
    let (person, name, entered_by) = whom(cx)?;
    let key = Booking::key(&session.id, &person);
    if cx.data::<Booking>().by_key(key.as_str()).first()?.is_some() {
        return Err(Error::conflict(t!("refused.booked")));
    }
    let turn = moved(session.take(cx.now()))?;
    let booking = Booking {
        session: session.id.clone(),
        person,
        name,
        topic: filled(form.topic),
        turn,
        starts: session.turn_at(turn),
        at: cx.now(),
        entered_by,
        key,
    };
    let session = cx.update(&session)?;
    let booking = cx.insert(&booking)?;
    let time = words::time(booking.starts);
    let say = if booking.entered_by.is_some() {
        messages::entered(cx, &session, &booking)?;
        t!("say.booked.for", name = booking.name, turn = turn, time = time)
    } else {
        t!("say.booked", turn = turn, time = time, place = session.place)
    };
    let result = json!({ "id": booking.id, "session": session.id, "turn": turn, "starts": booking.starts });
    Ok(done("session", &session.id, say).result(result).about(&booking.id))
}

/// Whoever booked, or a cadre; whoever did not do it themselves is told.
pub fn unbook(cx: &mut Write, form: &UnbookForm) -> Result<Outcome> {
    let booking = allowed(cx, &form.booking)?;
    let mut session = cx.data::<Session>().must(&booking.session)?;
    moved(session.give_back(booking.turn, cx.now()))?;
    let session = cx.update(&session)?;
    cx.remove(&booking)?;
    if booking.person != cx.caller()?.person {
        messages::given_back(cx, &session, &booking)?;
    }
    Ok(done("session", &session.id, t!("say.unbooked", turn = booking.turn)))
}

fn allowed(cx: &Read, id: &str) -> Result<Doc<Booking>> {
    let booking = cx.data::<Booking>().must(id)?;
    let caller = cx.caller()?;
    if booking.person != caller.person && !caller.is("cadre") {
        return Err(Error::Missing);
    }
    Ok(booking)
}
