//! Telling other spaces, and people of this one, what happened here.

use cunshi_sdk::prelude::{Doc, Message, Reach, Result, Send, Serialize, Write};
use cunshi_sdk::words::masked;

use super::{ANSWERED, CHANGED, DOUBTED, POSTING, PostingDoubted, SIGNED, SignedUp, SignupAnswered};
use crate::actions::inform;
use crate::domain::{Doubt, Posting, SignState, Signup};
use crate::pages::row;
use crate::words::{said, short};

/// Whether this space has others below it.
pub fn has_below(cx: &Write) -> bool {
    matches!(cx.space().kind.as_str(), "town" | "district")
}

/// Tells the spaces below of a posting of this office, once it is published.
pub fn posting(cx: &mut Write, posting: &Doc<Posting>) -> Result<()> {
    if !posting.is_own() || !has_below(cx) {
        return Ok(());
    }
    match posting.news(&cx.space().name, cx.now()) {
        Some(news) => send(cx, POSTING, &posting.id, &news, None),
        None => Ok(()),
    }
}

/// Tells whose posting it is that somebody has signed up or withdrawn: the office above, or a villager of here.
pub fn signed(cx: &mut Write, signup: &Doc<Signup>) -> Result<()> {
    if let Some(source) = signup.source.clone() {
        let payload = SignedUp {
            posting: source,
            who: (signup.state != SignState::Withdrawn).then(|| signup.who.clone()),
            round: signup.round,
            village: cx.space().name.clone(),
        };
        return send(cx, SIGNED, &signup.id, &payload, None);
    }
    lead(cx, signup)
}

/// Has the villager's own list follow.
pub fn lead(cx: &mut Write, signup: &Doc<Signup>) -> Result<()> {
    if signup.led {
        cx.send(Send::new(CHANGED, &signup.id))?;
    }
    Ok(())
}

/// The cadre who published it hears of a sign-up that waits here.
pub fn cadre(cx: &mut Write, posting: &Posting, signup: &Doc<Signup>) -> Result<()> {
    let Some(cadre) = posting.cadre.clone().filter(|_| signup.desk.is_some()) else { return Ok(()) };
    // The name is left out: inboxes may be read over a shoulder, and sign-ups are private.
    let title = both!("message.signed", title = short(&posting.terms.title));
    let key = format!("signed:{}:{}", signup.id, signup.round);
    inform(cx, Message::new(Reach::Person(cadre), key, title).link(row::to_signup(&signup.id)))
}

/// The answer to a sign-up: to the person here, or down to the village where it was made; and to the villager whose
/// posting it is.
pub fn answered(cx: &mut Write, signup: &Doc<Signup>) -> Result<()> {
    if let (Some(origin), Some(subject)) = (&signup.origin, &signup.origin_signup) {
        let payload = SignupAnswered {
            state: signup.state,
            office: cx.space().name.clone(),
            text: signup.steps.last().and_then(|step| step.text.clone()),
            round: signup.round,
        };
        send(cx, ANSWERED, subject, &payload, Some(origin.event.clone()))?;
    }
    person(cx, signup)?;
    lead(cx, signup)
}

/// Tells the person, where the person is of this space.
pub fn person(cx: &mut Write, signup: &Doc<Signup>) -> Result<()> {
    let Some(person) = signup.person.clone() else { return Ok(()) };
    let what = short(&signup.title);
    let title = match signup.state {
        SignState::Contacted => both!("message.contacted", title = what),
        SignState::Hired => both!("message.hired", title = what),
        SignState::Rejected => both!("message.rejected", title = what),
        SignState::Applied | SignState::Withdrawn => return Ok(()),
    };
    let body = signup.steps.last().and_then(|step| step.text.clone()).map(|text| said(&text));
    let key = format!("signup:{}:{}", signup.id, signup.version);
    let message = Message::new(Reach::Person(person), key, title).link(row::to_signup(&signup.id));
    inform(cx, Message { body, ..message })
}

/// Tells the office above that one of its postings is reported. No name.
pub fn doubt(cx: &mut Write, posting: &Posting, doubt: &Doc<Doubt>) -> Result<()> {
    let Some(source) = posting.source.clone() else { return Ok(()) };
    let payload = PostingDoubted {
        posting: source,
        why: doubt.why.clone(),
        text: doubt.text.as_deref().map(|text| masked(text).into_owned()),
        village: doubt.village.clone().unwrap_or_else(|| cx.space().name.clone()),
    };
    // One from further below keeps the subject that it came with: its key.
    let subject = doubt.key.clone().filter(|_| doubt.village.is_some()).unwrap_or_else(|| doubt.id.clone());
    send(cx, DOUBTED, &subject, &payload, None)
}

/// Sends an event, as an answer where it is one.
pub fn send(
    cx: &mut Write,
    name: &str,
    subject: &str,
    payload: &impl Serialize,
    answers: Option<String>,
) -> Result<()> {
    let event = Send::new(name, subject).payload(serde_json::to_value(payload)?);
    cx.send(Send { answers, ..event })?;
    Ok(())
}
