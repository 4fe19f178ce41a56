//! The office at work on a request: accept, ask for papers, record, pass to the town.

use cunshi_sdk::prelude::{Error, Outcome, Result, Write};

use super::{Opened, moved, office};
use crate::events::tell;
use crate::{AcceptForm, NeedMoreForm, PassUpForm, ProgressForm, words};

/// Takes it up.
pub fn accept(cx: &mut Write, form: AcceptForm) -> Result<Outcome> {
    let mut opened = Opened::unchanged(cx, &form.request, form.seen.as_deref())?;
    let step = moved(opened.request.accept(&office(cx)?, form.text))?;
    let date = words::date(opened.request.due_at);
    opened.save(cx, step, t!("say.accepted", date = date))
}

/// Says what is missing.
pub fn need_more(cx: &mut Write, form: NeedMoreForm) -> Result<Outcome> {
    let mut opened = Opened::unchanged(cx, &form.request, form.seen.as_deref())?;
    let step = moved(opened.request.need_more(&office(cx)?, form.text))?;
    opened.save(cx, step, t!("say.need-more"))
}

/// Records what was done.
pub fn progress(cx: &mut Write, form: ProgressForm) -> Result<Outcome> {
    let mut opened = Opened::unchanged(cx, &form.request, form.seen.as_deref())?;
    let step = moved(opened.request.progress(&office(cx)?, form.text))?;
    opened.save(cx, step, t!("say.progress"))
}

/// Passes it to the town; names and details only when the cadre says so.
pub fn pass_up(cx: &mut Write, form: PassUpForm) -> Result<Outcome> {
    let mut opened = Opened::unchanged(cx, &form.request, form.seen.as_deref())?;
    let town = words::town(cx).ok_or_else(|| Error::conflict(t!("refused.no-town")))?;
    let step = moved(opened.request.pass(&office(cx)?, &town, form.text, form.with_details))?;
    tell::pass(cx, &opened, &step)?;
    opened.save(cx, step, t!("say.passed", office = town))
}
