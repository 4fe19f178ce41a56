//! A draft goes out, now or on a day; is held back, or thrown away.

use cunshi_sdk::prelude::{Doc, Outcome, Result, To, Write};

use super::{done, moved, release_day, save, stamp};
use crate::domain::{Move, Notice, next};
use crate::events::tell;
use crate::{DiscardForm, HoldForm, PublishForm, ScheduleForm, messages, words};

/// Out now.
pub fn publish(cx: &mut Write, form: &PublishForm) -> Result<Outcome> {
    let notice = cx.data::<Notice>().must(&form.notice)?;
    let_out(cx, notice)
}

/// Lets a kept draft out and says so.
pub fn let_out(cx: &mut Write, mut notice: Doc<Notice>) -> Result<Outcome> {
    let at = stamp(cx)?;
    moved(notice.publish(at))?;
    let notice = announce(cx, &notice)?;
    let say = if words::is_office_above(cx) { t!("say.published.below") } else { t!("say.published") };
    Ok(done(&notice, say))
}

/// Writes what has just come out, tells those for whom it is, and the spaces below.
pub fn announce(cx: &mut Write, notice: &Doc<Notice>) -> Result<Doc<Notice>> {
    let notice = cx.update(notice)?;
    messages::published(cx, &notice)?;
    tell::published(cx, &notice)?;
    Ok(notice)
}

/// Out on a day.
pub fn schedule(cx: &mut Write, form: &ScheduleForm) -> Result<Outcome> {
    let mut notice = cx.data::<Notice>().must(&form.notice)?;
    let at = release_day(cx, Some(&form.from))?;
    moved(notice.schedule(at))?;
    save(cx, &notice, t!("say.scheduled", date = words::date(at)))
}

/// Back to a draft.
pub fn hold(cx: &mut Write, form: &HoldForm) -> Result<Outcome> {
    let mut notice = cx.data::<Notice>().must(&form.notice)?;
    moved(notice.hold())?;
    save(cx, &notice, t!("say.held"))
}

/// Thrown away: nobody but the office ever saw it.
pub fn discard(cx: &mut Write, form: &DiscardForm) -> Result<Outcome> {
    let notice = cx.data::<Notice>().must(&form.notice)?;
    moved(next(notice.state, Move::Discard))?;
    cx.remove(&notice)?;
    Ok(Outcome::to(To::page("desk")).say(t!("say.discarded")).about(&notice.id))
}
