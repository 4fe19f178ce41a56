//! Messages: to the asker when there is an answer, to those who booked when the hours move or are cancelled.

use cunshi_sdk::contract::message::{MAX_BODY, MAX_TITLE};
use cunshi_sdk::prelude::{Doc, Message, Reach, Refusal, Result, Text, To, Write};

use crate::domain::{Booking, Question, Session};
use crate::words::{self, cut};

/// Characters of a question in a message's title.
const QUESTION: usize = 30;
/// Characters of a place or reason in a message.
const SHORT: usize = 60;

/// There is an answer, or one more.
pub fn answered(cx: &mut Write, question: &Doc<Question>) -> Result<()> {
    let Some(answer) = question.answers.last() else { return Ok(()) };
    let asked = excerpt(&question.text, QUESTION);
    let title = both!("message.answered", question = asked);
    let body = match (&answer.text, answer.in_person) {
        (Some(text), _) => both!("message.answered.text", name = answer.by, text = excerpt(text, 120)),
        (None, _) => both!("message.answered.person", name = answer.by),
    };
    let key = format!("answered:{}:{}", question.id, question.answers.len());
    send(cx, &question.asker, key, &title, &body, question_page(question), false)
}

/// A cadre took the question out of everybody's sight.
pub fn hidden(cx: &mut Write, question: &Doc<Question>, reason: &str) -> Result<()> {
    let title = both!("message.hidden", question = excerpt(&question.text, QUESTION));
    let body = both!("message.reason", reason = reason);
    send(cx, &question.asker, format!("hidden:{}", question.id), &title, &body, question_page(question), false)
}

/// Another time or place.
pub fn moved(cx: &mut Write, session: &Doc<Session>, booking: &Booking, reason: &str) -> Result<()> {
    let title = both!("message.moved", host = session.host, day = words::weekday_date(session.starts));
    let body = both!(
        "message.moved.body",
        time = words::moment(booking.starts),
        place = cut(&session.place, SHORT),
        turn = booking.turn,
        reason = cut(reason, SHORT)
    );
    let key = format!("moved:{}:{}", session.id, session.moved.len());
    send(cx, &booking.person, key, &title, &body, session_page(session), true)
}

/// It does not take place.
pub fn cancelled(cx: &mut Write, session: &Doc<Session>, booking: &Booking, reason: &str) -> Result<()> {
    let title = both!("message.cancelled", host = session.host, day = words::weekday_date(session.starts));
    let body = both!("message.cancelled.body", reason = cut(reason, SHORT));
    send(cx, &booking.person, format!("cancelled:{}", session.id), &title, &body, session_page(session), true)
}

/// A cadre booked for them.
pub fn entered(cx: &mut Write, session: &Doc<Session>, booking: &Doc<Booking>) -> Result<()> {
    let title = both!("message.entered", host = session.host, day = words::weekday_date(session.starts));
    let key = format!("entered:{}", booking.id);
    send(cx, &booking.person, key, &title, &turn(session, booking), session_page(session), false)
}

/// A cadre gave their turn back.
pub fn given_back(cx: &mut Write, session: &Doc<Session>, booking: &Doc<Booking>) -> Result<()> {
    let title = both!("message.given-back", host = session.host, day = words::weekday_date(session.starts));
    let body = both!("message.given-back.body", turn = booking.turn);
    let key = format!("given-back:{}", booking.id);
    send(cx, &booking.person, key, &title, &body, session_page(session), false)
}

/// It is tomorrow.
pub fn reminder(cx: &mut Write, session: &Doc<Session>, booking: &Booking) -> Result<()> {
    let title = both!("message.reminder", host = session.host, day = words::weekday_date(session.starts));
    let key = format!("reminder:{}:{}", session.id, session.starts);
    send(cx, &booking.person, key, &title, &turn(session, booking), session_page(session), false)
}

fn turn(session: &Session, booking: &Booking) -> Text {
    let place = cut(&session.place, SHORT);
    both!("message.turn", time = words::moment(booking.starts), place = place, turn = booking.turn)
}

/// Whoever has left the village meanwhile does not hold up what is done here.
fn send(cx: &mut Write, person: &str, key: String, title: &Text, body: &Text, to: To, urgent: bool) -> Result<()> {
    let message = Message::new(Reach::Person(person.to_owned()), key, short(title, MAX_TITLE));
    let message = Message { urgent, ..message.body(short(body, MAX_BODY)).link(to) };
    match cx.notify(message) {
        Ok(_) => Ok(()),
        Err(Refusal::Missing) => {
            cx.log_info("somebody who was to be told is no longer here");
            Ok(())
        }
        Err(refusal) => Err(refusal.into()),
    }
}

fn question_page(question: &Doc<Question>) -> To {
    To::page("asked").with("id", question.id.as_str())
}

fn session_page(session: &Doc<Session>) -> To {
    To::page("session").with("id", session.id.as_str())
}

fn excerpt(text: &str, most: usize) -> String {
    cut(&text.split_whitespace().collect::<Vec<_>>().join(" "), most)
}

fn short(text: &Text, most: usize) -> Text {
    Text::new(cut(&text.zh, most), cut(&text.en, most))
}
