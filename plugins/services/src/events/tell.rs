//! Telling the town and the village what happened here.

use cunshi_sdk::prelude::{Doc, Result, Send, Write};

use super::{ANSWERED, CLOSED, Details, PASSED, RequestAnswered, RequestClosed, RequestPassed};
use crate::actions::Opened;
use crate::domain::{Request, Side, Step, StepKind};
use crate::listing;

/// Hands a request to the town.
pub fn pass(cx: &mut Write, opened: &Opened, step: &Step) -> Result<()> {
    let Opened { request, paper } = opened;
    // A service that was removed meanwhile still has its time.
    let days = listing::service(cx, &request.service).map_or(5, |service| service.guide.days);
    let added: usize = paper.steps.iter().map(|step| step.photos.len()).sum();
    let details = step.with_details.then(|| Details {
        name: request.asker_name.clone().unwrap_or_default(),
        purpose: paper.purpose.clone(),
        details: paper.details.clone(),
        id_number: paper.id_number.clone(),
        phone: paper.phone.clone(),
    });
    let payload = RequestPassed {
        number: request.number.clone(),
        service: request.service.clone(),
        title: request.title.clone(),
        days,
        result: request.result,
        photos: u32::try_from(paper.photos.len() + added).unwrap_or(u32::MAX),
        text: step.text.clone().unwrap_or_default(),
        details,
    };
    cx.send(Send::new(PASSED, &request.id).payload(cunshi_sdk::serde_json::to_value(payload)?))?;
    Ok(())
}

/// A step on a request that came from below goes back down; the village shows it on its own timeline.
pub fn below(cx: &mut Write, request: &Doc<Request>, step: &Step) -> Result<()> {
    let (Some(origin), Some(subject)) = (&request.origin, &request.origin_request) else { return Ok(()) };
    if step.side != Side::Office {
        return Ok(());
    }
    let payload = RequestAnswered {
        kind: step.kind,
        office: cx.space().name.clone(),
        text: step.text.clone(),
        instead: step.instead.clone(),
        due_at: (step.kind == StepKind::Accepted).then_some(request.due_at),
    };
    let event = Send::new(ANSWERED, subject).payload(cunshi_sdk::serde_json::to_value(payload)?);
    cx.send(event.answers(&origin.event))?;
    Ok(())
}

/// The town does not wait for papers of a request that has ended here.
pub fn closed(cx: &mut Write, request: &Doc<Request>, step: &Step) -> Result<()> {
    let with_town = request.passed.as_ref().is_some_and(|passed| passed.returned_at.is_none());
    if !with_town || request.done_at.is_none() && request.ended_at.is_none() || step.kind == StepKind::Rated {
        return Ok(());
    }
    let payload = RequestClosed { kind: step.kind };
    cx.send(Send::new(CLOSED, &request.id).payload(cunshi_sdk::serde_json::to_value(payload)?))?;
    Ok(())
}
