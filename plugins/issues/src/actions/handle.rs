//! The office at work on a case: accept, record, reply, refer, extend, note, hide.

use cunshi_sdk::prelude::{Error, Outcome, Result, Write};

use super::deadline::{last_instant, to_handle};
use super::{Opened, attach, moved, office};
use crate::domain::Complexity;
use crate::events::{deeds, tell};
use crate::{AcceptForm, AnswerForm, ExtendForm, HideForm, NoteForm, ProgressForm, ReferForm, words};

/// Takes it up; the deadline follows from how hard it is.
pub fn accept(cx: &mut Write, form: AcceptForm) -> Result<Outcome> {
    let mut opened = Opened::unchanged(cx, &form.case, form.seen.as_deref())?;
    let complexity = Complexity::parse(&form.complexity);
    let due_at = to_handle(cx, &opened.case.category, complexity)?;
    moved(opened.case.accept(&office(cx)?, complexity, due_at, form.text))?;
    deeds::adopted(cx, &opened.case)?;
    opened.save(cx, t!("say.accepted", date = words::date(due_at)))
}

/// Records what was done.
pub fn progress(cx: &mut Write, form: ProgressForm) -> Result<Outcome> {
    let mut opened = Opened::unchanged(cx, &form.case, form.seen.as_deref())?;
    attach(cx, &opened.case, &form.photos)?;
    moved(opened.case.progress(&office(cx)?, form.text, form.photos))?;
    opened.save(cx, t!("say.progress"))
}

/// Replies to the reporter on the way.
pub fn answer(cx: &mut Write, form: AnswerForm) -> Result<Outcome> {
    let mut opened = Opened::unchanged(cx, &form.case, form.seen.as_deref())?;
    moved(opened.case.reply(&office(cx)?, form.text))?;
    opened.save(cx, t!("say.answered"))
}

/// Hands it to the office above.
pub fn refer(cx: &mut Write, form: &ReferForm) -> Result<Outcome> {
    let mut opened = Opened::unchanged(cx, &form.case, form.seen.as_deref())?;
    let above = cx.space().above.clone().ok_or_else(|| Error::conflict(t!("refused.no-above")))?;
    moved(opened.case.refer(&office(cx)?, &above, form.text.clone()))?;
    tell::refer(cx, &opened.case, &form.text)?;
    opened.save(cx, t!("say.referred", office = above))
}

/// Puts the deadline off, counted from it or, when it has passed, from now.
pub fn extend(cx: &mut Write, form: ExtendForm) -> Result<Outcome> {
    let mut opened = Opened::unchanged(cx, &form.case, form.seen.as_deref())?;
    let days = u32::try_from(form.days).unwrap_or(1);
    let due_at = last_instant(cx, opened.case.due_at.max(cx.now()), days)?;
    moved(opened.case.extend(&office(cx)?, due_at, form.text))?;
    opened.save(cx, t!("say.extended", date = words::date(due_at)))
}

/// Takes it from the public board.
pub fn hide(cx: &mut Write, form: HideForm) -> Result<Outcome> {
    let mut opened = Opened::get(cx, &form.case)?;
    moved(opened.case.hide(&office(cx)?, form.text))?;
    opened.save(cx, t!("say.hidden"))
}

/// Something for colleagues only.
pub fn note(cx: &mut Write, form: NoteForm) -> Result<Outcome> {
    let mut opened = Opened::get(cx, &form.case)?;
    moved(opened.case.note(&office(cx)?, form.text))?;
    opened.save(cx, t!("say.noted"))
}
