//! What is out: put right, taken back, pinned.

use cunshi_sdk::prelude::{Outcome, Result, Write};

use super::{done, last_day, moved, save};
use crate::domain::{Notice, Slip};
use crate::events::tell;
use crate::{CorrectForm, PinForm, UnpinForm, WithdrawForm, messages};

/// Puts something right; the spaces below follow.
pub fn correct(cx: &mut Write, form: CorrectForm) -> Result<Outcome> {
    let mut notice = cx.data::<Notice>().must(&form.notice)?;
    let expires_at = last_day(cx, form.until.as_deref())?;
    moved(notice.correct(form.title, form.text, expires_at, cx.now()))?;
    let notice = cx.update(&notice)?;
    tell::published(cx, &notice)?;
    Ok(done(&notice, t!("say.corrected")))
}

/// Takes it back: those for whom it was are told why, and the spaces below follow.
pub fn withdraw(cx: &mut Write, form: &WithdrawForm) -> Result<Outcome> {
    let mut notice = cx.data::<Notice>().must(&form.notice)?;
    let (sight, by) = (notice.sight, cx.caller()?.name.clone());
    moved(notice.withdraw(form.reason.clone(), Some(by), cx.now()))?;
    let notice = cx.update(&notice)?;
    cx.insert(&Slip::of(&notice.id, &notice, sight, &form.reason, cx.now()))?;
    messages::withdrawn(cx, &notice, &form.reason)?;
    tell::withdrawn(cx, &notice)?;
    Ok(done(&notice, t!("say.withdrawn")))
}

/// To the head of the board: a copy from above too.
pub fn pin(cx: &mut Write, form: &PinForm) -> Result<Outcome> {
    let mut notice = cx.data::<Notice>().must(&form.notice)?;
    let pinned = cx.data::<Notice>().by("by_pinned").count()?;
    moved(notice.pin(pinned, cx.now()))?;
    save(cx, &notice, t!("say.pinned"))
}

/// From there.
pub fn unpin(cx: &mut Write, form: &UnpinForm) -> Result<Outcome> {
    let mut notice = cx.data::<Notice>().must(&form.notice)?;
    moved(notice.unpin())?;
    save(cx, &notice, t!("say.unpinned"))
}
