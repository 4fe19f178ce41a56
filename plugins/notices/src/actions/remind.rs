//! Reminding those who have not read or acknowledged a notice: some at once, the others by the clock.

use cunshi_sdk::contract::message::MAX_MESSAGES;
use cunshi_sdk::days;
use cunshi_sdk::prelude::{Doc, Error, Outcome, Result, To, Write};

use super::moved;
use crate::crowd::{Crowd, One};
use crate::domain::{Move, Notice, Refused, Reminder, ReminderIndexes as _, Whom, next};
use crate::{RemindForm, messages};

/// Begins a reminder, once a day and notice.
pub fn remind(cx: &mut Write, form: &RemindForm) -> Result<Outcome> {
    let notice = cx.data::<Notice>().must(&form.notice)?;
    moved(next(notice.state, Move::Remind))?;
    let whom = Whom::parse(&form.whom);
    if whom == Whom::Unacknowledged && !notice.acknowledge {
        return moved(Err(Refused::NotAsked));
    }
    let reminder = Reminder::new(&notice.id, whom, cx.now(), days::write_day(cx.now()));
    if cx.data::<Reminder>().by_key(reminder.key.as_str()).first()?.is_some() {
        return Err(Error::conflict(t!("refused.reminded")));
    }
    let reminder = cx.insert(&reminder)?;
    let left = go_on(cx, reminder, &notice)?;
    let say = match left {
        None => t!("say.remind.nobody"),
        Some(0) => t!("say.reminded"),
        Some(n) => t!("say.reminding", n = n),
    };
    let to = To::page("readers").with("id", notice.id.as_str()).with("show", form.whom.as_str());
    Ok(Outcome::to(to).say(say).about(&notice.id))
}

/// Tells the next ones. Answers how many are left, or none where there was nobody to tell at all: then nothing is kept,
/// so that a later try on the same day is not refused.
pub fn go_on(cx: &mut Write, mut reminder: Doc<Reminder>, notice: &Doc<Notice>) -> Result<Option<usize>> {
    let missing = |one: &One| match reminder.whom {
        Whom::Unread => !one.has_read(),
        Whom::Unacknowledged => one.acknowledged.is_none(),
    };
    let behind = |one: &One| reminder.after.as_deref().is_none_or(|after| one.person.id.as_str() > after);
    let crowd = Crowd::default().of(cx, notice)?;
    let mut waiting: Vec<String> =
        crowd.into_iter().filter(|one| missing(one) && behind(one)).map(|one| one.person.id).collect();
    waiting.sort();
    if waiting.is_empty() && reminder.told == 0 {
        cx.remove(&reminder)?;
        return Ok(None);
    }
    let now = waiting.len().min(usize::try_from(MAX_MESSAGES).unwrap_or_default());
    let later = waiting.split_off(now);
    for person in &waiting {
        messages::reminder(cx, notice, person, &reminder.day)?;
    }
    reminder.told = reminder.told.saturating_add(u32::try_from(now).unwrap_or(u32::MAX));
    reminder.open = !later.is_empty();
    reminder.after = waiting.pop().or(reminder.body.after.take());
    cx.update(&reminder)?;
    Ok(Some(later.len()))
}
