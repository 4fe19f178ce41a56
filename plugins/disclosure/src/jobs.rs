//! By the clock. Each step does a batch that fits into one transaction; what was done leaves the index that the job
//! reads, so that an interrupted one goes on where it was by itself.

use cunshi_sdk::prelude::{Result, Write};

use crate::actions::publish::published;
use crate::domain::{Disclosure, Duty, Question};
use crate::events::{CountsTold, tell};
use crate::{keep, notes, words};

/// Documents of a step that each bring others with them, and a message: a call may send no more.
const BATCH: u32 = 20;

/// Opens duties, then holds open ones against the calendar.
pub fn keep_calendar(cx: &mut Write, cursor: Option<&str>) -> Result<Option<String>> {
    if !keep::has_duties(cx) {
        return Ok(None);
    }
    match cursor.and_then(|cursor| cursor.strip_prefix(FOLLOW)) {
        None if keep::open(cx)? => Ok(Some("open".to_owned())),
        None => Ok(Some(FOLLOW.to_owned())),
        Some(at) => {
            let at = (!at.is_empty()).then(|| at.to_owned());
            Ok(keep::follow(cx, at)?.map(|next| format!("{FOLLOW}{next}")))
        }
    }
}

const FOLLOW: &str = "follow:";

/// Publishes what was signed for a day that has come.
pub fn publish_signed(cx: &mut Write) -> Result<Option<String>> {
    let now = cx.now();
    let due = cx.data::<Disclosure>().by("by_waits").to(now + 1).take(BATCH)?;
    let full = is_full(due.len());
    for mut paper in due {
        if paper.publish(now).is_err() {
            continue;
        }
        let paper = published(cx, &paper)?;
        notes::author(cx, &paper, both!("message.published", title = notes::short(&paper.title)), None)?;
    }
    Ok(full.then(|| "on".to_owned()))
}

/// Duties first, then questions, then the numbers that they come to.
pub fn raise_overdue(cx: &mut Write, cursor: Option<&str>) -> Result<Option<String>> {
    match cursor {
        Some(QUESTIONS) => Ok(Some(if questions(cx)? { QUESTIONS } else { COUNTS }.to_owned())),
        Some(COUNTS) => counts(cx).map(|()| None),
        _ => Ok(Some(if duties(cx)? { "duties" } else { QUESTIONS }.to_owned())),
    }
}

const QUESTIONS: &str = "questions";
const COUNTS: &str = "counts";

fn duties(cx: &mut Write) -> Result<bool> {
    let now = cx.now();
    let late = cx.data::<Duty>().by("by_unmarked").to(now).take(BATCH)?;
    let full = is_full(late.len());
    let mut marked = false;
    for mut duty in late {
        if duty.overdue(now) {
            let id = duty.id.clone();
            tell::duty(cx, &id, &mut duty, true)?;
            cx.update(&duty)?;
            marked = true;
        }
    }
    Ok(full && marked)
}

fn questions(cx: &mut Write) -> Result<bool> {
    let now = cx.now();
    // An answer from above cannot come to a town or the district: what is asked there is for it to answer.
    let above = cx.space().above.clone().filter(|_| keep::has_duties(cx));
    let late = cx.data::<Question>().by("by_unmarked").to(now).take(BATCH)?;
    let full = is_full(late.len());
    let mut marked = false;
    for mut question in late {
        if !question.lapse(above.as_deref(), now) {
            continue;
        }
        marked = true;
        if question.origin.is_some() {
            let id = question.id.clone();
            tell::question(cx, &id, &mut question, true)?;
        }
        let question = cx.update(&question)?;
        let Some(raised) = &question.raised else { continue };
        tell::raised(cx, &question)?;
        let (office, date) = (raised.to.clone(), raised.due_at);
        let title = both!("message.raised", office = office);
        let body = both!("message.raised.why", office = office, date = words::date(date));
        notes::asker(cx, &question, "raised", title, Some(body))?;
    }
    Ok(full && marked)
}

/// Tells how this village stands, when that has changed.
fn counts(cx: &mut Write) -> Result<()> {
    if !keep::has_duties(cx) || cx.space().above.is_none() {
        return Ok(());
    }
    let counts = keep::counts(cx)?;
    let mut calendar = keep::here(cx)?;
    if calendar.told == Some(counts) {
        return Ok(());
    }
    calendar.told = Some(counts);
    let calendar = cx.update(&calendar)?;
    tell::counts(cx, &calendar.mark, &CountsTold { counts, at: cx.now(), name: None, town: None })
}

fn is_full(found: usize) -> bool {
    u32::try_from(found).is_ok_and(|found| found == BATCH)
}
