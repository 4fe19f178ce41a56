//! Hearing the other space. The host delivers each event once and in order per subject; what comes late or twice
//! nevertheless changes nothing.

use cunshi_sdk::prelude::{Doc, Event, Result, Write};
use serde::de::DeserializeOwned;

use super::{RequestAnswered, RequestClosed, RequestPassed};
use crate::actions::ask::{number, register};
use crate::actions::{keep, last_instant};
use crate::domain::{Asked, By, Guide, Origin, Paper, Request, RequestIndexes as _, Service, Side, Source, UpperStep};
use crate::listing;

/// Working days in which the village finishes what the town gave back.
const AFTER: u32 = 2;
/// Most working days that a village's service may give the town.
const MOST_DAYS: u32 = 60;

/// A village passes a request: it becomes one here, or the one that it was before goes on.
pub fn request_passed(cx: &mut Write, event: Event) -> Result<()> {
    let Some(told) = read::<RequestPassed>(cx, &event, "below") else { return Ok(()) };
    let from_name = event.from_name.unwrap_or_default();
    let (now, days) = (cx.now(), told.days.clamp(1, MOST_DAYS));
    let due_at = last_instant(cx, now, days)?;
    let origin =
        Origin { event: event.id, from_name: from_name.clone(), number: told.number.clone(), photos: told.photos };
    if let Some(request) = cx.data::<Request>().by_origin(event.subject.as_str()).first()? {
        if request.origin.as_ref().is_some_and(|known| known.event == origin.event) {
            return Ok(());
        }
        return again(cx, request, origin, told, due_at);
    }
    let asked = Asked {
        number: number(cx)?,
        asker: None,
        asker_name: told.details.as_ref().map(|details| details.name.clone()),
        entered_by: None,
        at: now,
        due_at,
    };
    let mut request = Request::received(asked, &service(&told, days));
    request.origin = Some(origin);
    request.origin_request = Some(event.subject);
    let text = told.text.clone();
    register(cx, &request, paper_of(told), Some(text))?;
    Ok(())
}

/// What was here before goes on with what the village says now.
fn again(cx: &mut Write, mut request: Doc<Request>, origin: Origin, told: RequestPassed, due_at: i64) -> Result<()> {
    let by = By { name: Some(origin.from_name.clone()), side: Side::Below, at: cx.now() };
    request.origin = Some(origin);
    let text = Some(told.text.clone());
    let Ok(step) = request.pass_again(&by, text, due_at) else {
        cx.log_warn("a request was passed again that cannot go on");
        return Ok(());
    };
    if let Some(details) = &told.details {
        request.asker_name = Some(details.name.clone());
    }
    let brought = paper_of(told);
    let paper = match listing::paper(cx, &request.id)? {
        Some(mut paper) => {
            if brought.purpose.is_some() {
                let Paper { purpose, details, id_number, phone, .. } = brought;
                (paper.purpose, paper.details) = (purpose, details);
                (paper.id_number, paper.phone) = (id_number, phone);
            }
            paper
        }
        // What was written before has been removed in its time.
        None => cx.insert(&Paper { request: request.id.clone(), ..brought })?,
    };
    keep(cx, &request, paper, step)?;
    Ok(())
}

/// What a village passed has ended there: nothing is waited for any more.
pub fn request_closed(cx: &mut Write, event: Event) -> Result<()> {
    if read::<RequestClosed>(cx, &event, "below").is_none() {
        return Ok(());
    }
    let Some(mut request) = cx.data::<Request>().by_origin(event.subject.as_str()).first()? else { return Ok(()) };
    let Some(paper) = listing::paper(cx, &request.id)? else { return Ok(()) };
    let by = By { name: event.from_name, side: Side::Below, at: cx.now() };
    // What was over here already stays as it is.
    if let Ok(step) = request.withdraw(&by, None) {
        keep(cx, &request, paper, step)?;
    }
    Ok(())
}

/// The town has done something with a request that was passed to it.
pub fn request_answered(cx: &mut Write, event: &Event) -> Result<()> {
    let Some(told) = read::<RequestAnswered>(cx, event, "above") else { return Ok(()) };
    let known = cx.data::<Request>().get(&event.subject)?;
    let (Some(mut request), Some(paper)) = (known, listing::paper(cx, &event.subject)?) else {
        cx.log_warn("an answer came down for a request that is not here");
        return Ok(());
    };
    let step = UpperStep {
        kind: told.kind,
        office: told.office,
        text: told.text,
        instead: told.instead,
        due_at: told.due_at,
        at: cx.now(),
        due_after: last_instant(cx, cx.now(), AFTER)?,
    };
    let Ok(step) = request.upper(step) else {
        cx.log_warn("an answer came down for a request that is not with the town");
        return Ok(());
    };
    keep(cx, &request, paper, step)?;
    Ok(())
}

/// The service as the village told of it: it need not be in the town's catalogue.
fn service(told: &RequestPassed, days: u32) -> Service {
    let guide = Guide {
        title: told.title.clone(),
        purpose: cunshi_sdk::Text::default(),
        who: cunshi_sdk::Text::default(),
        bring: Vec::new(),
        steps: Vec::new(),
        days,
        source: Source::Town,
        result: told.result,
        fee: None,
        hours: None,
    };
    Service { key: told.service.clone(), on: true, guide }
}

fn paper_of(told: RequestPassed) -> Paper {
    let Some(given) = told.details else { return Paper::default() };
    Paper {
        purpose: given.purpose,
        details: given.details,
        id_number: given.id_number,
        phone: given.phone,
        ..Paper::default()
    }
}

/// The payload, if it is for this space at all. What cannot be read is said in the log and not tried again: it would
/// block the request's later news.
fn read<T: DeserializeOwned>(cx: &Write, event: &Event, from: &str) -> Option<T> {
    if event.from_plugin != "services" || event.from != from {
        return None;
    }
    let read = event.read();
    if read.is_err() {
        cx.log_warn("an event came whose payload cannot be read");
    }
    read.ok()
}
