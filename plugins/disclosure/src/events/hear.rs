//! Hearing other spaces. The host delivers each event once and in order per subject; what comes late or twice
//! nevertheless changes nothing.

use cunshi_sdk::prelude::{Event, Result, Write};
use serde::de::DeserializeOwned;

use super::{CalendarSent, CountsTold, Overdue, QuestionAnswered, QuestionRaised, tell};
use crate::domain::calendar::MAX_ITEMS;
use crate::domain::question::New;
use crate::domain::{
    Below, BelowIndexes as _, Origin, OverdueBelow, OverdueBelowIndexes as _, Question, QuestionIndexes as _, Said,
    days,
};
use crate::{keep, notes};

/// The district's list: kept here, and passed on to the spaces below.
pub fn calendar(cx: &mut Write, event: &Event) -> Result<()> {
    let Some(mut told) = read::<CalendarSent>(cx, event, "above") else { return Ok(()) };
    told.items.truncate(MAX_ITEMS);
    let mut calendar = keep::here(cx)?;
    if !calendar.hear(told.version, told.items) {
        return Ok(());
    }
    let calendar = cx.update(&calendar)?;
    if keep::has_duties(cx) {
        keep::follow(cx, None)?;
        keep::open(cx)?;
        return Ok(());
    }
    tell::calendar(cx, &calendar)
}

/// A village's question becomes one of this office.
pub fn question_raised(cx: &mut Write, event: Event) -> Result<()> {
    let Some(told) = read::<QuestionRaised>(cx, &event, "below") else { return Ok(()) };
    if cx.data::<Question>().by_origin(event.subject.as_str()).first()?.is_some() {
        return Ok(());
    }
    let from = event.from_name.unwrap_or_default();
    let origin =
        Origin { event: event.id, from_name: from.clone(), number: told.number, answer: told.answer, why: told.why };
    let number = next_number(cx)?;
    let question = Question::asked(New {
        number,
        about: told.about,
        affairs: told.affairs,
        text: told.text,
        // No village sees another: what was asked in one is for the officers here only.
        private: true,
        origin: Some((origin, event.subject)),
        at: cx.now(),
        ..New::default()
    });
    let question = cx.insert(&question)?;
    let title = both!("message.raised-here", from = from);
    let body = both!("message.raised-here.due", date = crate::words::date(question.due_at));
    notes::office(cx, &question, title, body)?;
    Ok(())
}

/// The office above has answered a question of this village.
pub fn question_answered(cx: &mut Write, event: &Event) -> Result<()> {
    let Some(told) = read::<QuestionAnswered>(cx, event, "above") else { return Ok(()) };
    let Some(mut question) = cx.data::<Question>().get(&event.subject)? else {
        cx.log_warn("an answer came down for a question that is not here");
        return Ok(());
    };
    let office = told.office.clone();
    if question.settle(Said { text: told.text, name: told.office, at: cx.now() }).is_err() {
        cx.log_warn("an answer came down for a question that is not with the office above");
        return Ok(());
    }
    let question = cx.update(&question)?;
    notes::asker(cx, &question, "settled", both!("message.settled", office = office), None)
}

/// Something below is overdue, or no longer is.
pub fn overdue(cx: &mut Write, event: Event) -> Result<()> {
    let Some(told) = read::<Overdue>(cx, &event, "below") else { return Ok(()) };
    let notice = OverdueBelow {
        subject: event.subject,
        from_name: event.from_name.unwrap_or_default(),
        what: told.what,
        title: told.title,
        affairs: told.affairs,
        due_at: told.due_at,
        open: told.open,
    };
    match cx.data::<OverdueBelow>().by_subject(notice.subject.as_str()).first()? {
        Some(mut known) => {
            known.body = notice;
            cx.update(&known)?;
        }
        None => {
            cx.insert(&notice)?;
        }
    }
    Ok(())
}

/// How a village below stands: kept here, and passed on with its name.
pub fn counts(cx: &mut Write, event: Event) -> Result<()> {
    let Some(told) = read::<CountsTold>(cx, &event, "below") else { return Ok(()) };
    let from = event.from_name.unwrap_or_default();
    let (name, town) = match told.name {
        Some(name) => (name, Some(told.town.unwrap_or(from))),
        None => (from, None),
    };
    let standing =
        Below { mark: event.subject, name, town, overdue: told.counts.overdue, counts: told.counts, at: told.at };
    match cx.data::<Below>().by_mark(standing.mark.as_str()).first()? {
        Some(known) if known.at > standing.at => return Ok(()),
        Some(mut known) => {
            known.body = standing.clone();
            cx.update(&known)?;
        }
        None => {
            cx.insert(&standing)?;
        }
    }
    let here = cx.space().name.clone();
    let onward = CountsTold {
        counts: standing.counts,
        at: standing.at,
        name: Some(standing.name),
        town: Some(standing.town.unwrap_or(here)),
    };
    tell::counts(cx, &standing.mark, &onward)
}

/// The next spoken number of a question.
pub fn next_number(cx: &mut Write) -> Result<String> {
    let (year, _, _) = days::date(cx.now());
    let n = cx.next_number(&format!("question-{year}"))?;
    Ok(days::spoken_number(cx.now(), n))
}

/// The payload, if it is for this space at all. What cannot be read is said in the log and not tried again: it would
/// block what comes after it.
fn read<T: DeserializeOwned>(cx: &Write, event: &Event, from: &str) -> Option<T> {
    if event.from_plugin != "disclosure" || event.from != from {
        return None;
    }
    let read = event.read();
    if read.is_err() {
        cx.log_warn("an event came whose payload cannot be read");
    }
    read.ok()
}
