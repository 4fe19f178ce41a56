//! Telling other spaces, and the people of a case, what happened here.

use cunshi_sdk::prelude::{Doc, Result, Send, Serialize, Write};
use cunshi_sdk::words::masked;

use super::{ANSWERED, CaseAnswered, CaseOverdue, CaseReferred, OVERDUE, REFERRED};
use crate::domain::{Answer, Case, Side, Step, StepKind};
use crate::messages;

/// What a case was before a call changed it: from it follows what has to be told.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    steps: usize,
    told: Told,
}

/// What the office above is told of a deadline: whether it has passed, and whether the case is public.
type Told = Option<bool>;

fn told(case: &Case) -> Told {
    case.overdue_since.map(|_| case.is_public())
}

impl Before {
    /// Looks at a case.
    pub fn of(case: &Case) -> Self {
        Self { steps: case.steps.len(), told: told(case) }
    }
}

/// Writes a changed case and tells whoever has to know.
pub fn save(cx: &mut Write, before: Before, case: &Doc<Case>) -> Result<Doc<Case>> {
    let saved = cx.update(case)?;
    for step in saved.steps.iter().skip(before.steps) {
        tell_below(cx, &saved, step)?;
    }
    messages::moved(cx, &saved, before.steps)?;
    if told(&saved) != before.told {
        tell_overdue(cx, &saved)?;
    }
    Ok(saved)
}

/// Hands a case to the office above.
pub fn refer(cx: &mut Write, case: &Doc<Case>, text: &str) -> Result<()> {
    let publish = |text: &str| masked(text).into_owned();
    let answers =
        case.answers.iter().map(|answer| Answer { value: publish(&answer.value), ..answer.clone() }).collect();
    let payload = CaseReferred {
        number: case.number.clone(),
        title: case.title.clone(),
        detail: case.detail.clone(),
        place: case.place.clone(),
        category: case.category.clone(),
        answers,
        visibility: case.visibility,
        photos: u32::try_from(case.photos.len()).unwrap_or(u32::MAX),
        text: Some(publish(text)),
    };
    send(cx, REFERRED, &case.id, &payload, None)
}

/// A step on a case that came from below goes back down; the space below shows it on its own timeline.
fn tell_below(cx: &mut Write, case: &Case, step: &Step) -> Result<()> {
    let (Some(origin), Some(subject)) = (&case.origin, &case.origin_case) else { return Ok(()) };
    let kind = match (step.side, step.kind) {
        (Side::Office, StepKind::Note | StepKind::Hidden | StepKind::Absorbed) => return Ok(()),
        // What the office above this one did is news below, but nothing is over before this office says so.
        (Side::Above, StepKind::Closed | StepKind::Declined) => StepKind::Progress,
        (Side::Office | Side::Above, kind) => kind,
        _ => return Ok(()),
    };
    let here = cx.space().name.clone();
    let payload = CaseAnswered {
        kind,
        office: if step.side == Side::Above { step.name.clone().unwrap_or(here) } else { here },
        text: step.text.as_deref().map(|text| masked(text).into_owned()),
        due_at: matches!(kind, StepKind::Accepted | StepKind::Extended).then_some(case.due_at),
        to: step.to.clone().filter(|_| kind == StepKind::Referred),
    };
    send(cx, ANSWERED, subject, &payload, Some(origin.event.clone()))
}

fn tell_overdue(cx: &mut Write, case: &Doc<Case>) -> Result<()> {
    if cx.space().above.is_none() {
        return Ok(());
    }
    let payload = CaseOverdue {
        number: case.number.clone(),
        title: case.is_public().then(|| case.title.clone()),
        category: case.category.clone(),
        due_at: case.due_at,
        open: case.overdue_since.is_some(),
    };
    send(cx, OVERDUE, &case.id, &payload, None)
}

fn send(cx: &mut Write, name: &str, subject: &str, payload: &impl Serialize, answers: Option<String>) -> Result<()> {
    let event = Send::new(name, subject).payload(serde_json::to_value(payload)?);
    cx.send(Send { answers, ..event })?;
    Ok(())
}
