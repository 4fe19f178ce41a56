//! A cadre at work on a published entry: correct, withdraw, keep a promise.

use cunshi_sdk::days;
use cunshi_sdk::prelude::{Error, Outcome, Result, Write};

use super::write::{Wrong, filled, follow_up};
use super::{by, done, moved, save, unchanged};
use crate::domain::step::Before;
use crate::domain::{ChangeKind, Corrected, Entry};
use crate::{CorrectForm, FollowForm, WithdrawForm, news};

/// The author changes what it says; what stood there is kept, and the household is asked again.
pub fn correct(cx: &mut Write, form: CorrectForm) -> Result<Outcome> {
    let mut entry = unchanged(cx, &form.entry, form.seen.as_deref())?;
    let mut wrong = Wrong::default();
    let Some(day) = days::read_day(&form.day) else { return Err(Error::invalid("day", t!("wrong.day"))) };
    let promised = filled(form.promised);
    let follow_up = follow_up(cx, filled(form.follow_up).as_deref(), day, &mut wrong);
    if promised.is_some() && follow_up.is_none() && !wrong.has("follow_up") {
        wrong.add("follow_up", t!("wrong.follow-up.missing"));
    }
    if form.text.trim().is_empty() {
        wrong.add("text", t!("wrong.text"));
    }
    wrong.none()?;
    let now = Before {
        text: form.text.trim().to_owned(),
        day,
        place: filled(form.place),
        minutes: form.minutes,
        follow_up: follow_up.filter(|_| promised.is_some()),
        promised,
    };
    let old_day = entry.day;
    let late_after = cx.setting("late_after")?;
    moved(entry.correct(&by(cx)?, Corrected { now, reason: form.reason }, late_after))?;
    let entry = save(cx, &entry, Some(old_day), ChangeKind::Corrected)?;
    news::ask(cx, &entry)?;
    let say = if entry.household.is_some() { t!("say.corrected.ask") } else { t!("say.corrected") };
    Ok(done(&entry, say))
}

/// Its author takes it back, or an admin does.
pub fn withdraw(cx: &mut Write, form: WithdrawForm) -> Result<Outcome> {
    let mut entry = cx.data::<Entry>().must(&form.entry)?;
    let admin = cx.caller()?.is("admin");
    moved(entry.withdraw(&by(cx)?, admin, form.reason))?;
    let entry = save(cx, &entry, None, ChangeKind::Withdrawn)?;
    news::withdrawn(cx, &entry)?;
    Ok(done(&entry, t!("say.withdrawn")))
}

/// What was promised is done.
pub fn follow(cx: &mut Write, form: FollowForm) -> Result<Outcome> {
    let mut entry = cx.data::<Entry>().must(&form.entry)?;
    moved(entry.follow(&by(cx)?, form.text))?;
    // The sheet knows nothing of promises.
    let entry = cx.update(&entry)?;
    news::followed(cx, &entry)?;
    Ok(done(&entry, t!("say.followed")))
}
