//! Hearing other spaces. The host delivers each event once and in order per subject; what comes late or
//! twice nevertheless changes nothing.

use cunshi_sdk::prelude::{Doc, Event, Result, Write};
use serde::de::DeserializeOwned;

use super::tell::{self, Before};
use super::{CaseAnswered, CaseOverdue, CaseReferred};
use crate::actions::deadline::{to_accept, to_handle};
use crate::actions::register;
use crate::domain::{
    Case, CaseIndexes as _, Complexity, Origin, OverdueBelow, OverdueBelowIndexes as _, Report, UpperStep,
};

/// A space below refers a case: it becomes a case here, or the one that it was before is opened again.
pub fn case_referred(cx: &mut Write, event: Event) -> Result<()> {
    let Some(told) = read::<CaseReferred>(cx, &event, "below") else { return Ok(()) };
    let origin = Origin {
        event: event.id,
        from_name: event.from_name.unwrap_or_default(),
        number: told.number,
        photos: told.photos,
    };
    let due_at = to_accept(cx, &told.category)?;
    let now = cx.now();
    if let Some(mut case) = by_origin(cx, &event.subject)? {
        let before = Before::of(&case);
        if case.origin.as_ref().is_some_and(|known| known.event == origin.event) {
            return Ok(());
        }
        if case.state.is_open() {
            case.origin = Some(origin);
        } else if case.refer_again(origin, due_at, now, told.text).is_err() {
            return Ok(());
        }
        tell::save(cx, before, &case)?;
        return Ok(());
    }
    let report = Report {
        title: told.title,
        detail: told.detail,
        place: told.place,
        category: told.category,
        answers: told.answers,
        visibility: told.visibility,
        at: now,
        due_at,
        ..Report::default()
    };
    register(cx, report, |report| Case::from_below(report, &event.subject, origin, told.text))?;
    Ok(())
}

/// The office above has done something with a case that was referred to it.
pub fn case_answered(cx: &mut Write, event: &Event) -> Result<()> {
    let Some(told) = read::<CaseAnswered>(cx, event, "above") else { return Ok(()) };
    let Some(mut case) = cx.data::<Case>().get(&event.subject)? else {
        cx.log_warn("an answer came down for a case that is not here");
        return Ok(());
    };
    let before = Before::of(&case);
    let due_after = to_handle(cx, &case.category, Complexity::Simple)?;
    let step = UpperStep {
        kind: told.kind,
        office: told.office,
        text: told.text,
        due_at: told.due_at,
        to: told.to,
        at: cx.now(),
        due_after,
    };
    if case.upper(step).is_err() {
        cx.log_warn("an answer came down for a case that is not with the office above");
        return Ok(());
    }
    tell::save(cx, before, &case)?;
    Ok(())
}

/// A case below is past its deadline, or no longer is.
pub fn case_overdue(cx: &mut Write, event: Event) -> Result<()> {
    let Some(told) = read::<CaseOverdue>(cx, &event, "below") else { return Ok(()) };
    let notice = OverdueBelow {
        case: event.subject,
        from_name: event.from_name.unwrap_or_default(),
        number: told.number,
        title: told.title,
        category: told.category,
        due_at: told.due_at,
        open: told.open,
    };
    match cx.data::<OverdueBelow>().by_case(notice.case.as_str()).first()? {
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

/// The case here that another space refers to by its own id.
fn by_origin(cx: &Write, case_there: &str) -> Result<Option<Doc<Case>>> {
    Ok(cx.data::<Case>().by_origin(case_there).first()?)
}

/// The payload, if it is for this space at all. What cannot be read is said in the log and not tried again:
/// it would block the case's later news.
fn read<T: DeserializeOwned>(cx: &Write, event: &Event, from: &str) -> Option<T> {
    if event.from_plugin != "issues" || event.from != from {
        return None;
    }
    let read = event.read();
    if read.is_err() {
        cx.log_warn("an event came whose payload cannot be read");
    }
    read.ok()
}
