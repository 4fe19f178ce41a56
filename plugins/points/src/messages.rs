//! Messages: what people read when points move that are theirs.
//!
//! The key of a message names what it is about, so that nobody reads of it twice. What does not belong here: when
//! something happens (that is `way`, the actions and the jobs).

use cunshi_sdk::prelude::{Doc, Error, Holder, Message, Reach, Refusal, Result, Text, To, Write};
use cunshi_sdk::words::masked;

use crate::domain::{Award, Correction, Objection, ObjectionState, Reservation, State};
use crate::words;

/// Longest words of an item or a thing in a message, in characters.
const LABEL: usize = 30;
/// Longest words of a reason in a message, in characters.
const WORDS: usize = 120;

/// An award stands in its publicity period: whom it is about may object like everybody.
pub fn published(cx: &mut Write, award: &Doc<Award>) -> Result<()> {
    let Some(until) = award.until else { return Ok(()) };
    let (label, points) = (label(award), award.points);
    let title = both!("message.published", label = label, points = words::signed(points), date = words::date(until));
    send(cx, about(award, "published", title).body(both!("message.published.body")))
}

/// Points are in the ledger, or were taken away.
pub fn posted(cx: &mut Write, award: &Doc<Award>) -> Result<()> {
    if award.posted == 0 {
        return Ok(());
    }
    let (label, amount) = (label(award), award.posted);
    let title = both!("message.posted", label = label, points = words::signed(amount));
    send(cx, about(award, "posted", title))
}

/// The review group has refused a claim, or an objection struck an award.
pub fn refused(cx: &mut Write, award: &Doc<Award>) -> Result<()> {
    let (word, title) = if award.state == State::Struck {
        ("struck", both!("message.struck", label = label(award)))
    } else {
        ("declined", both!("message.declined", label = label(award)))
    };
    let why = award.steps.iter().rev().find_map(|step| step.text.as_deref()).map(words_of);
    let told = about(award, word, title);
    send(cx, if let Some(why) = why { told.body(why) } else { told })
}

/// A posted award was put right by so many hundredths.
pub fn corrected(cx: &mut Write, award: &Doc<Award>, correction: &Doc<Correction>, by_hundredths: i64) -> Result<()> {
    let title = both!("message.corrected", label = label(award), points = words::signed(by_hundredths));
    let told = Message { key: format!("corrected:{}", correction.id), ..about(award, "corrected", title) };
    send(cx, told.body(words_of(&correction.text)))
}

/// An objection has its answer.
pub fn answered(cx: &mut Write, objection: &Doc<Objection>) -> Result<()> {
    let label = words::cut(&objection.label, LABEL);
    let title = if objection.state == ObjectionState::Upheld {
        both!("message.objection.upheld", label = label)
    } else {
        both!("message.objection.dismissed", label = label)
    };
    let to = Reach::Person(objection.by.person.clone());
    let told = Message::new(to, format!("objection:{}", objection.id), title);
    let told = told.link(To::page("award").with("id", objection.award.as_str()));
    let why = objection.answer.as_deref().filter(|text| !text.trim().is_empty()).map(words_of);
    send(cx, if let Some(why) = why { told.body(why) } else { told })
}

/// Something that is set aside is about to go back.
pub fn lapses(cx: &mut Write, reservation: &Doc<Reservation>) -> Result<()> {
    let (title, until) = (words::cut(&reservation.title, LABEL), reservation.until);
    let title = both!("message.lapses", title = title, date = words::date(until));
    let to = Reach::Person(reservation.person.clone());
    let told = Message::new(to, format!("lapses:{}", reservation.id), title);
    send(cx, told.link(To::page("reservation").with("id", reservation.id.as_str())).urgent())
}

/// A message to whom an award is about: the doer, or everybody of the household where none is named.
fn about(award: &Doc<Award>, word: &str, title: Text) -> Message {
    let key = format!("{word}:{}", award.id);
    match (&award.person, &award.holder) {
        (Some(person), _) | (None, Holder::Person(person)) => {
            let told = Message::new(Reach::Person(person.clone()), key, title);
            told.link(To::page("award").with("id", award.id.as_str()))
        }
        (None, Holder::Household(household)) => {
            let told = Message::new(Reach::Household(household.clone()), key, title);
            told.link(To::page("account"))
        }
    }
}

fn label(award: &Award) -> String {
    words::cut(&award.label, LABEL)
}

fn words_of(text: &str) -> Text {
    let text = words::cut(&masked(text), WORDS);
    Text::new(text.clone(), text)
}

/// Somebody who has left the village is not told, and nobody else has to do without for it.
fn send(cx: &mut Write, message: Message) -> Result<()> {
    match cx.notify(message) {
        Ok(_) | Err(Refusal::Missing) => Ok(()),
        Err(refusal) => Err(Error::from(refusal)),
    }
}
