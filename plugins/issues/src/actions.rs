//! What people do to cases: one file for each kind of hand, and what they share.
//!
//! Each action reads the case, lets the domain move it, and saves it through [`tell::save`], which also tells
//! other spaces. What does not belong here: which moves are possible (that is `domain`).

pub mod deadline;
pub mod handle;
pub mod report;
pub mod reporter;
pub mod settle;
pub mod voices;

use cunshi_sdk::prelude::{Doc, Error, Outcome, Result, Write};

use crate::domain::days;
use crate::domain::{By, Case, Refused, Report, Side};
use crate::events::tell::{self, Before};
use crate::words;

/// A case that is to be changed, as it was when it was read.
pub struct Opened {
    /// The case.
    pub case: Doc<Case>,
    before: Before,
}

impl Opened {
    /// Reads the case; one that the actor may not read is missing.
    pub fn get(cx: &Write, id: &str) -> Result<Self> {
        let case = cx.data::<Case>().must(id)?;
        let before = Before::of(&case);
        Ok(Self { case, before })
    }

    /// The same, for a form that was drawn when the case had `seen` steps: what happened meanwhile must be
    /// looked at first.
    pub fn unchanged(cx: &Write, id: &str, seen: Option<&str>) -> Result<Self> {
        let opened = Self::get(cx, id)?;
        let seen = seen.and_then(|seen| seen.parse::<usize>().ok());
        let news = seen.filter(|seen| *seen < opened.case.steps.len()).and(opened.case.steps.last());
        if let Some(step) = news {
            let reader = words::Reader::of(cx)?;
            let what = crate::pages::timeline::title(cx, &opened.case, step);
            let name = reader.hand(&opened.case, step).unwrap_or_else(|| t!("refused.stale.platform"));
            return Err(Error::conflict(t!("refused.stale", name = name, what = what)));
        }
        Ok(opened)
    }

    /// Reads the case for its reporter; nobody else may do this.
    pub fn of_reporter(cx: &Write, id: &str) -> Result<Self> {
        let opened = Self::get(cx, id)?;
        if !opened.case.is_of(&cx.caller()?.person) {
            return Err(Error::denied(t!("refused.not-yours")));
        }
        Ok(opened)
    }

    /// Writes it, tells other spaces, and leads back to it.
    pub fn save(self, cx: &mut Write, say: String) -> Result<Outcome> {
        let case = tell::save(cx, self.before, &self.case)?;
        Ok(done(&case, say))
    }
}

/// Leads to a case with a sentence.
pub fn done(case: &Doc<Case>, say: String) -> Outcome {
    let result = serde_json::json!({
        "id": case.id, "number": case.number, "state": case.state.as_str(), "due_at": case.due_at,
    });
    Outcome::go("case", &case.id).say(say).result(result).about(&case.id)
}

/// A move that the domain refused, as a conflict in the reader's language.
pub fn moved(result: Result<(), Refused>) -> Result<()> {
    result.map_err(|why| Error::conflict(words::refused(why)))
}

/// The actor, as one who works here.
pub fn office(cx: &Write) -> Result<By> {
    by(cx, Side::Office)
}

/// The actor, as a villager.
pub fn villager(cx: &Write) -> Result<By> {
    by(cx, Side::Villager)
}

fn by(cx: &Write, side: Side) -> Result<By> {
    let caller = cx.caller()?;
    Ok(By { person: Some(caller.person.clone()), name: Some(caller.name.clone()), side, at: cx.now() })
}

/// Gives a report its number, keeps it, and hangs its photos on it.
pub fn register(cx: &mut Write, mut report: Report, make: impl FnOnce(Report) -> Case) -> Result<Doc<Case>> {
    let (year, _, _) = days::date(report.at);
    let n = cx.next_number(&year.to_string())?;
    report.number = days::spoken_number(report.at, n);
    let case = cx.insert(&make(report))?;
    attach(cx, &case, &case.photos)?;
    Ok(case)
}

/// Hangs photos on a case: whoever reads the case sees them.
pub fn attach(cx: &mut Write, case: &Doc<Case>, photos: &[String]) -> Result<()> {
    for photo in photos {
        cx.attach(photo, case)?;
    }
    Ok(())
}
