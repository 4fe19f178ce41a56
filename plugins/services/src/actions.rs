//! What people do: one file for each kind of hand, and what they share.
//!
//! Each action reads the request with its paper, lets the domain move it, and saves both through [`Opened::save`], which
//! also counts, tells people and other spaces. What does not belong here: which moves are possible (that is `domain`).

pub mod ask;
pub mod asker;
pub mod catalogue;
pub mod finish;
pub mod handle;

use cunshi_sdk::prelude::{Doc, Error, Micros, Outcome, Read, Result, Write, json};

use crate::domain::{By, Paper, Refused, Request, Side, Step};
use crate::events::tell;
use crate::{books, listing, news, words};

/// A request that is to be changed, with what is written in it.
pub struct Opened {
    /// How it goes.
    pub request: Doc<Request>,
    /// What is written in it.
    pub paper: Doc<Paper>,
}

impl Opened {
    /// Reads a request; one that the actor may not read whole is missing.
    pub fn get(cx: &Read, id: &str) -> Result<Self> {
        let request = cx.data::<Request>().must(id)?;
        let Some(paper) = listing::paper(cx, id)? else {
            if request.forgotten_at.is_some() {
                return Err(Error::conflict(t!("refused.forgotten")));
            }
            return Err(Error::Missing);
        };
        Ok(Self { request, paper })
    }

    /// The same, for a form that was drawn when the request had `seen` steps: what happened meanwhile must be looked at
    /// first.
    pub fn unchanged(cx: &Read, id: &str, seen: Option<&str>) -> Result<Self> {
        let opened = Self::get(cx, id)?;
        let seen = seen.and_then(|seen| seen.parse::<u32>().ok());
        if seen.is_some_and(|seen| seen < opened.request.steps) {
            let what = opened.paper.steps.last().map(|step| words::step(cx, &opened.request, step));
            return Err(Error::conflict(t!("refused.stale", what = what.unwrap_or_default())));
        }
        Ok(opened)
    }

    /// Reads a request for its asker; nobody else may do this.
    pub fn of_asker(cx: &Read, id: &str) -> Result<Self> {
        let opened = Self::get(cx, id)?;
        if !opened.request.is_of(&cx.caller()?.person) {
            return Err(Error::denied(t!("refused.not-yours")));
        }
        Ok(opened)
    }

    /// Writes both with the step that was taken, counts, tells whoever waits for it, and leads back to it.
    pub fn save(self, cx: &mut Write, step: Step, say: String) -> Result<Outcome> {
        let request = keep(cx, &self.request, self.paper, step)?;
        Ok(done(&request, say))
    }
}

/// See [`Opened::save`].
pub fn keep(cx: &mut Write, request: &Doc<Request>, mut paper: Doc<Paper>, step: Step) -> Result<Doc<Request>> {
    let request = cx.update(request)?;
    paper.steps.push(step);
    let paper = cx.update(&paper)?;
    let Some(step) = paper.steps.last() else { return Ok(request) };
    books::record(cx, &request)?;
    news::step(cx, &request, step)?;
    tell::below(cx, &request, step)?;
    tell::closed(cx, &request, step)?;
    Ok(request)
}

/// Leads to a request with a sentence.
pub fn done(request: &Doc<Request>, say: String) -> Outcome {
    let result = json!({
        "id": request.id, "number": request.number, "state": request.state.as_str(), "due_at": request.due_at,
    });
    Outcome::go("track", &request.id).say(say).result(result).about(&request.id)
}

/// A move that the domain refused, as a conflict in the reader's language.
pub fn moved<T>(result: Result<T, Refused>) -> Result<T> {
    result.map_err(|why| Error::conflict(words::refused(why)))
}

/// The actor, as one who works here.
pub fn office(cx: &Read) -> Result<By> {
    Ok(By { name: Some(cx.caller()?.name.clone()), side: Side::Office, at: cx.now() })
}

/// The actor, as the one who asks.
pub fn asker(cx: &Read) -> Result<By> {
    Ok(By { name: Some(cx.caller()?.name.clone()), side: Side::Asker, at: cx.now() })
}

/// The last instant of the `days`-th working day after an instant.
pub fn last_instant(cx: &Read, after: Micros, days: u32) -> Result<Micros> {
    // The host gives 24:00, which is the next day already when it is written as a date.
    Ok(cx.add_working_days(after, days)? - 1)
}

/// Until when a request should be done once what it waited for has come: as many working days as were left when the
/// wait began, at least one; what was late before stays late.
pub fn resumed(cx: &Read, request: &Request) -> Result<Micros> {
    let Some(paused) = request.paused_at.filter(|paused| *paused <= request.due_at) else {
        return Ok(request.due_at);
    };
    let left = u32::try_from(cx.working_days_between(paused, request.due_at)?).unwrap_or_default();
    Ok(last_instant(cx, cx.now(), left.max(1))?.max(request.due_at))
}

/// Hangs files on what is written: whoever reads it sees them.
pub fn attach(cx: &mut Write, paper: &Doc<Paper>, files: &[String]) -> Result<()> {
    for file in files {
        cx.attach(file, paper)?;
    }
    Ok(())
}
