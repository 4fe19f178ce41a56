//! A supervisor signs or returns. Nobody signs what they wrote, and nobody signs unseen what was changed meanwhile.

use cunshi_sdk::prelude::{Outcome, Result, Write};

use super::publish::published;
use super::{by, done, moved, unchanged};
use crate::domain::Disclosure;
use crate::{SendBackForm, SignForm, notes, words};

/// Signs it: public at once, or from its day.
pub fn sign(cx: &mut Write, form: SignForm) -> Result<Outcome> {
    let mut paper = cx.data::<Disclosure>().must(&form.id)?;
    unchanged(&paper, &form.seen)?;
    moved(paper.sign(&by(cx)?, form.note))?;
    if let Some(day) = paper.waits_until {
        let paper = cx.update(&paper)?;
        let message = both!("message.signed-for", title = notes::short(&paper.title), date = words::date(day));
        notes::author(cx, &paper, message, None)?;
        return Ok(done(&paper, t!("say.signed-for", date = words::date(day))));
    }
    let paper = published(cx, &paper)?;
    notes::author(cx, &paper, both!("message.signed", title = notes::short(&paper.title)), None)?;
    Ok(done(&paper, t!("say.signed")))
}

/// Returns it with a reason.
pub fn send_back(cx: &mut Write, form: &SendBackForm) -> Result<Outcome> {
    let mut paper = cx.data::<Disclosure>().must(&form.id)?;
    unchanged(&paper, &form.seen)?;
    moved(paper.send_back(&by(cx)?, form.reason.clone()))?;
    let paper = cx.update(&paper)?;
    notes::author(cx, &paper, both!("message.returned", title = notes::short(&paper.title)), Some(&form.reason))?;
    Ok(done(&paper, t!("say.returned")))
}
