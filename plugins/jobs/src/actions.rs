//! What people do: making postings, their course, sign-ups, reports; and what these share.
//!
//! Each action reads a document, lets the domain move it, saves it, and tells whoever has to know. What does not belong
//! here: which moves are possible (that is `domain`).

pub mod course;
pub mod doubts;
pub mod post;
pub mod signups;

use cunshi_sdk::prelude::{Doc, Error, Message, Outcome, Refusal, Result, Write, json};

use crate::domain::{Hand, NotPossible, Posting, Refused, Signup};
use crate::events::tell;
use crate::words::{self, Reader};

/// Whoever acts.
pub fn hand(cx: &Write) -> Result<Hand> {
    let caller = cx.caller()?;
    Ok(Hand { person: caller.person.clone(), name: caller.name.clone(), at: cx.now() })
}

/// A posting of a form whose page showed the version `seen`: what happened meanwhile must be looked at first.
pub fn unchanged(cx: &Write, id: &str, seen: Option<&str>) -> Result<Doc<Posting>> {
    let posting = cx.data::<Posting>().must(id)?;
    fresh(posting.version, seen)?;
    Ok(posting)
}

/// Refuses a form that was drawn for another version.
pub fn fresh(version: u64, seen: Option<&str>) -> Result<()> {
    let seen = seen.and_then(|seen| seen.parse::<u64>().ok());
    if seen.is_some_and(|seen| seen != version) {
        return Err(Error::conflict(t!("refused.stale")));
    }
    Ok(())
}

/// A posting for a cadre, or for the villager whose proposal it is. For anybody else it is not theirs to move.
pub fn of_owner(cx: &Write, id: &str) -> Result<Doc<Posting>> {
    let posting = cx.data::<Posting>().must(id)?;
    let reader = Reader::of(cx);
    if !reader.cadre && !reader.proposed(&posting) {
        return Err(Error::denied(t!("refused.not-yours")));
    }
    Ok(posting)
}

/// A move of a posting that the domain refused, in the reader's language.
pub fn moved<T>(result: Result<T, Refused>) -> Result<T> {
    result.map_err(|why| Error::conflict(words::refused(&why)))
}

/// The same for a sign-up.
pub fn possible<T>(result: Result<T, NotPossible>) -> Result<T> {
    result.map_err(|why| Error::conflict(words::not_possible(why)))
}

/// Writes a changed posting, and tells the spaces below.
pub fn save(cx: &mut Write, posting: &Doc<Posting>) -> Result<Doc<Posting>> {
    let saved = cx.update(posting)?;
    tell::posting(cx, &saved)?;
    Ok(saved)
}

/// Leads to a posting with a sentence.
pub fn done(posting: &Doc<Posting>, say: String) -> Outcome {
    let result = json!({
        "id": posting.id, "state": posting.state.as_str(), "hired": posting.hired, "headcount": posting.terms.headcount,
    });
    Outcome::go("posting", &posting.id).say(say).result(result).about(&posting.id)
}

/// Leads to a sign-up with a sentence.
pub fn signed(signup: &Doc<Signup>, say: String) -> Outcome {
    let result = json!({ "id": signup.id, "posting": signup.posting, "state": signup.state.as_str() });
    Outcome::go("signup", &signup.id).say(say).result(result).about(&signup.id)
}

/// Sends a message; somebody who has left the village meanwhile does not stop the others.
pub fn inform(cx: &mut Write, message: Message) -> Result<()> {
    match cx.notify(message) {
        Ok(_) | Err(Refusal::Missing) => Ok(()),
        Err(refusal) => Err(refusal.into()),
    }
}
