//! What only the reporter may do: add to the report, join a neighbour's, rate, reopen.

use cunshi_sdk::prelude::{Error, Outcome, Result, Write};

use super::deadline::to_handle;
use super::{Opened, attach, moved, settle, villager};
use crate::domain::{Complexity, Rating};
use crate::events::deeds;
use crate::{RateForm, ReopenForm, SameForm, SupplementForm, words};

/// More words or photos.
pub fn supplement(cx: &mut Write, form: SupplementForm) -> Result<Outcome> {
    let mut opened = Opened::of_reporter(cx, &form.case)?;
    attach(cx, &opened.case, &form.photos)?;
    moved(opened.case.supplement(&villager(cx)?, form.text, form.photos))?;
    opened.save(cx, t!("say.supplemented"))
}

/// A neighbour has said the same already.
pub fn same(cx: &mut Write, form: &SameForm) -> Result<Outcome> {
    let opened = Opened::of_reporter(cx, &form.case)?;
    let into = Opened::get(cx, &form.into)?;
    let by = villager(cx)?;
    settle::merge_into(cx, opened, into, &by)
}

/// Stars, or "not solved", which reopens.
pub fn rate(cx: &mut Write, form: RateForm) -> Result<Outcome> {
    if form.solved == "no" {
        let text = form.text.filter(|text| !text.trim().is_empty());
        let text = text.ok_or_else(|| Error::invalid("text", t!("refused.say-why")))?;
        return open_again(cx, &form.case, text, Vec::new());
    }
    let mut opened = Opened::of_reporter(cx, &form.case)?;
    let stars = form.stars.ok_or_else(|| Error::invalid("stars", t!("refused.no-stars")))?;
    moved(opened.case.rate(&villager(cx)?, Rating::Solved { stars, text: form.text }))?;
    deeds::rated(cx, &opened.case)?;
    opened.save(cx, t!("say.rated"))
}

/// Not solved.
pub fn reopen(cx: &mut Write, form: ReopenForm) -> Result<Outcome> {
    open_again(cx, &form.case, form.text, form.photos)
}

fn open_again(cx: &mut Write, case: &str, text: String, photos: Vec<String>) -> Result<Outcome> {
    let mut opened = Opened::of_reporter(cx, case)?;
    attach(cx, &opened.case, &photos)?;
    let complexity = opened.case.complexity.unwrap_or(Complexity::Ordinary);
    let due_at = to_handle(cx, &opened.case.category, complexity)?;
    moved(opened.case.rate(&villager(cx)?, Rating::NotSolved { text: Some(text), photos, due_at }))?;
    let say = t!("say.reopened", office = words::office(cx), date = words::date(due_at));
    opened.save(cx, words::capital(say))
}
