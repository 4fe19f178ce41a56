//! Rows that several pages show.

use cunshi_sdk::prelude::*;

use crate::domain::{Album, Booking, Duty, Milestone, Question, Rota, Session};
use crate::words;

/// Somebody on duty on a day.
pub fn duty(cx: &Read, rota: &Rota<'_>, duty: &Duty) -> Item {
    let item = Item::new(words::on_duty(duty)).meta(words::hours(duty));
    if rota.is_on(duty, cx.now()) { item.badge(t!("duty.now"), Tone::Done) } else { item }
}

/// A big event.
pub fn milestone(milestone: &Doc<Milestone>) -> Item {
    let meta = t!(
        "row.milestone",
        date = words::full_date(milestone.day),
        text = words::cut(&milestone.text.split_whitespace().collect::<Vec<_>>().join(" "), 50)
    );
    let item = Item::new(milestone.title.as_str()).to(to_milestone(milestone)).meta(meta);
    let item = if milestone.corrections.is_empty() { item } else { item.badge(t!("milestone.corrected"), Tone::Plain) };
    match milestone.photos.first() {
        Some(photo) => item.image(photo.as_str()),
        None => item,
    }
}

/// The page of a big event.
pub fn to_milestone(milestone: &Doc<Milestone>) -> To {
    To::page("milestone").with("id", milestone.id.as_str())
}

/// An album.
pub fn album(album: &Doc<Album>) -> Item {
    let count = match album.pictures {
        0 => t!("album.count.none"),
        1 => t!("album.count.one"),
        n => t!("album.count.many", n = n),
    };
    let meta = t!("row.album", date = words::full_date(album.taken), count = count);
    let item = Item::new(album.title.as_str()).to(To::page("pictures").with("id", album.id.as_str())).meta(meta);
    match &album.cover {
        Some(cover) => item.image(cover.as_str()),
        None => item,
    }
}

/// One time of the secretary's hours.
pub fn session(cx: &Read, session: &Doc<Session>) -> Item {
    let badge = words::session_state(session, cx.now());
    let meta = t!("row.session", host = session.host, place = session.place);
    Item::new(words::session_time(session)).to(to_session(session)).badge(badge.text, badge.tone).meta(meta)
}

/// The page of a session.
pub fn to_session(session: &Doc<Session>) -> To {
    To::page("session").with("id", session.id.as_str())
}

/// A turn of the reader's own.
pub fn booking(booking: &Doc<Booking>, session: &Doc<Session>) -> Item {
    let meta = t!("row.booking", turn = booking.turn, host = session.host, place = session.place);
    let item = Item::new(words::moment(booking.starts)).to(to_session(session)).meta(meta);
    if session.cancelled.is_some() { item.badge(t!("session.cancelled"), Tone::Late) } else { item }
}

/// A question.
pub fn question(cx: &Read, question: &Doc<Question>) -> Item {
    let badge = words::question_state(question, cx.now());
    let mut meta = vec![words::asker(cx, question)];
    meta.extend(words::sight(question.sight));
    Item::new(words::short(question))
        .to(to_question(question))
        .badge(badge.text, badge.tone)
        .meta(meta.join(" · "))
        .at(question.asked_at)
}

/// The page of a question.
pub fn to_question(question: &Doc<Question>) -> To {
    To::page("asked").with("id", question.id.as_str())
}
