//! What people do: one file for each kind of hand, and what they share.
//!
//! What does not belong here: which moves are possible (that is `domain`), and what publication brings with it (that
//! is [`publish`], shared with the job that publishes from a day).

pub mod answer;
pub mod ask;
pub mod content;
pub mod draft;
pub mod list;
pub mod publish;
pub mod sign;

use cunshi_sdk::prelude::{Doc, Error, Outcome, Result, Write, json};

use crate::domain::disclosure::By;
use crate::domain::{Disclosure, Refused};
use crate::{keep, words};

/// The actor, as one who acts in public.
pub fn by(cx: &Write) -> Result<By> {
    let caller = cx.caller()?;
    Ok(By { person: Some(caller.person.clone()), name: Some(caller.name.clone()), at: cx.now() })
}

/// Only villages make their affairs public here; a town and the district look on.
pub fn in_a_village(cx: &Write) -> Result<()> {
    if keep::has_duties(cx) { Ok(()) } else { Err(Error::conflict(t!("refused.not-a-village"))) }
}

/// A move that the domain refused, as a conflict in the reader's language.
pub fn moved(result: Result<(), Refused>) -> Result<()> {
    result.map_err(|why| match why {
        Refused::OwnHand => Error::denied(words::refused(why)),
        _ => Error::conflict(words::refused(why)),
    })
}

/// What was drawn when the disclosure had `seen` steps is not decided after it has moved on.
pub fn unchanged(paper: &Disclosure, seen: &str) -> Result<()> {
    if seen.parse::<usize>().is_ok_and(|seen| seen == paper.steps.len()) {
        return Ok(());
    }
    Err(Error::conflict(t!("refused.stale")))
}

/// Leads to a disclosure with a sentence.
pub fn done(paper: &Doc<Disclosure>, say: String) -> Outcome {
    let result = json!({
        "id": paper.id, "number": paper.number, "state": paper.state.as_str(), "seen": paper.steps.len().to_string(),
    });
    Outcome::go("disclosure", &paper.id).say(say).result(result).about(&paper.id)
}
