//! By the clock. Each step does a batch that fits into one transaction, and goes on to the next kind at once where there
//! was nothing to do, as nearly always; what was done leaves the index that the job reads, so that an interrupted one
//! goes on where it was by itself.

use cunshi_sdk::prelude::{Result, Write};

use crate::actions::publish::published;
use crate::domain::{Disclosure, Duty, Question};
use crate::events::{CountsTold, tell};
use crate::keep::Batch;
use crate::{keep, notes, words};

/// Documents of a step that each bring others with them, and a message: a call may send no more.
const BATCH: u32 = 20;

/// Opens duties, then holds open ones against the calendar.
pub fn keep_calendar(cx: &mut Write, cursor: Option<&str>) -> Result<Option<String>> {
    if !keep::has_duties(cx) {
        return Ok(None);
    }
    let mut at = cursor.and_then(|cursor| cursor.strip_prefix(FOLLOW));
    if at.is_none() {
        match keep::open(cx)? {
            Batch::Nothing => at = Some(""),
            Batch::Done => return Ok(Some(FOLLOW.to_owned())),
            Batch::Full => return Ok(Some("open".to_owned())),
        }
    }
    let at = at.filter(|at| !at.is_empty()).map(str::to_owned);
    Ok(keep::follow(cx, at)?.map(|next| format!("{FOLLOW}{next}")))
}

const FOLLOW: &str = "follow:";

/// Publishes what was signed for a day that has come.
pub fn publish_signed(cx: &mut Write) -> Result<Option<String>> {
    let now = cx.now();
    let due = cx.data::<Disclosure>().by("by_waits").to(now + 1).take(BATCH)?;
    let full = Batch::of(due.len(), BATCH) == Batch::Full;
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
    let mut at = cursor.unwrap_or(DUTIES);
    if at == DUTIES {
        match duties(cx)? {
            Batch::Nothing => at = QUESTIONS,
            Batch::Done => return Ok(Some(QUESTIONS.to_owned())),
            Batch::Full => return Ok(Some(DUTIES.to_owned())),
        }
    }
    if at == QUESTIONS {
        match questions(cx)? {
            Batch::Nothing => {}
            Batch::Done => return Ok(Some(COUNTS.to_owned())),
            Batch::Full => return Ok(Some(QUESTIONS.to_owned())),
        }
    }
    counts(cx).map(|()| None)
}

const DUTIES: &str = "duties";
const QUESTIONS: &str = "questions";
const COUNTS: &str = "counts";

fn duties(cx: &mut Write) -> Result<Batch> {
    let now = cx.now();
    let late = cx.data::<Duty>().by("by_unmarked").to(now).take(BATCH)?;
    let found = late.len();
    let mut marked = 0;
    for mut duty in late {
        if duty.overdue(now) {
            let id = duty.id.clone();
            tell::duty(cx, &id, &mut duty, true)?;
            cx.update(&duty)?;
            marked += 1;
        }
    }
    Ok(marked_of(marked, found))
}

fn questions(cx: &mut Write) -> Result<Batch> {
    let now = cx.now();
    // An answer from above cannot come to a town or the district: what is asked there is for it to answer.
    let above = cx.space().above.clone().filter(|_| keep::has_duties(cx));
    let late = cx.data::<Question>().by("by_unmarked").to(now).take(BATCH)?;
    let found = late.len();
    let mut marked = 0;
    for mut question in late {
        if !question.lapse(above.as_deref(), now) {
            continue;
        }
        marked += 1;
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
    Ok(marked_of(marked, found))
}

/// Whatever is marked has left the index; where nothing was, the same would be found again.
fn marked_of(marked: usize, found: usize) -> Batch {
    if marked == 0 { Batch::Nothing } else { Batch::of(found, BATCH) }
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
