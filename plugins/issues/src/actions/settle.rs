//! The ends of a case: closed, declined, merged.

use cunshi_sdk::prelude::{Error, Outcome, Result, Write};

use super::{Opened, attach, moved, office, voices};
use crate::domain::{By, VoiceKind};
use crate::listing;
use crate::{CloseForm, DeclineForm, MergeForm};

/// Closes it with an answer.
pub fn close(cx: &mut Write, form: CloseForm) -> Result<Outcome> {
    let mut opened = Opened::unchanged(cx, &form.case, form.seen.as_deref())?;
    attach(cx, &opened.case, &form.photos)?;
    moved(opened.case.close(&office(cx)?, form.text, form.photos))?;
    let say = match &opened.case.origin {
        Some(origin) => t!("say.closed.below", name = origin.from_name),
        None => t!("say.closed"),
    };
    opened.save(cx, say)
}

/// Refuses it with a reason.
pub fn decline(cx: &mut Write, form: DeclineForm) -> Result<Outcome> {
    let mut opened = Opened::unchanged(cx, &form.case, form.seen.as_deref())?;
    moved(opened.case.decline(&office(cx)?, form.text))?;
    opened.save(cx, t!("say.declined"))
}

/// Lets it go on as another case, named by its number.
pub fn merge(cx: &mut Write, form: &MergeForm) -> Result<Outcome> {
    let opened = Opened::unchanged(cx, &form.case, form.seen.as_deref())?;
    let found = listing::by_number(cx, &form.into)?;
    let found = found.ok_or_else(|| Error::invalid("into", t!("refused.no-number", number = form.into)))?;
    let into = Opened::get(cx, &found.id)?;
    let by = office(cx)?;
    merge_into(cx, opened, into, &by)
}

/// The reporter and the neighbours behind `opened` stand behind `into` from now on.
pub fn merge_into(cx: &mut Write, mut opened: Opened, mut into: Opened, by: &By) -> Result<Outcome> {
    let (id, into_id) = (opened.case.id.clone(), into.case.id.clone());
    moved(opened.case.merge_into(&id, &into_id, &mut into.case, by))?;
    for (person, kind) in voices::of(cx, &opened.case)? {
        if voices::add(cx, &into.case, &person, kind)? && kind == VoiceKind::Support {
            into.case.supporters += 1;
        }
    }
    let number = into.case.number.clone();
    opened.save(cx, String::new())?;
    into.save(cx, t!("say.merged", number = number))
}
