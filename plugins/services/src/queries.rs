//! JSON for the API and for apps: only what the reader may see. Times are microseconds since 1970-01-01 UTC. A pick-up
//! code is for the asker alone.

use cunshi_sdk::prelude::{Doc, Error, Read, Result, Text, Value, json};

use crate::domain::{Paper, Request};
use crate::listing::{self, Show};
use crate::words::{self, Reader};
use crate::{RequestParams, RequestsParams};

/// The catalogue: what may be asked for, with guide and figures.
pub fn services(cx: &Read) -> Result<Value> {
    let figures = listing::figures(cx)?;
    let texts = |texts: &[Text]| -> Vec<String> { texts.iter().map(words::said).collect() };
    let mut services = Vec::new();
    for service in listing::catalogue(cx)?.iter().filter(|service| service.on) {
        let guide = &service.guide;
        let figure = figures.iter().find(|figure| figure.service == service.key);
        services.push(json!({
            "key": service.key, "title": words::said(&guide.title), "purpose": words::said(&guide.purpose),
            "who": words::said(&guide.who), "bring": texts(&guide.bring), "steps": texts(&guide.steps),
            "days": guide.days, "source": guide.source, "result": guide.result, "fee": words::fee(guide),
            "hours": words::hours(cx, guide)?,
            "asked": figure.map_or(0, |figure| figure.asked),
            "median_minutes": figure.and_then(|figure| figure.median),
            "rated": figure.map_or(0, |figure| figure.rated),
            "stars_tenths": figure.and_then(|figure| figure.tenths),
        }));
    }
    Ok(json!({ "services": services }))
}

/// My requests, or the desk's for those who may: `{requests, next}`.
pub fn requests(cx: &Read, params: RequestsParams) -> Result<Value> {
    let reader = Reader::of(cx);
    let limit = u32::try_from(params.limit).unwrap_or(20);
    let (requests, next) = match Show::parse(&params.show) {
        None => listing::own(cx, limit, params.cursor)?,
        Some(show) if reader.cadre || reader.supervisor => listing::desk(cx, show, limit, params.cursor)?,
        Some(_) => return Err(Error::denied(t!("refused.office-only"))),
    };
    let requests: Vec<Value> = requests.iter().map(|request| short(cx, &reader, request)).collect();
    Ok(json!({ "requests": requests, "next": next }))
}

/// One request, by id or spoken number.
pub fn request(cx: &Read, params: RequestParams) -> Result<Value> {
    let reader = Reader::of(cx);
    let request = match (params.id, params.number) {
        (Some(id), _) => cx.data::<Request>().must(&id)?,
        (None, Some(number)) => listing::by_number(cx, &number)?.ok_or(Error::Missing)?,
        (None, None) => return Err(Error::Missing),
    };
    let mut whole = short(cx, &reader, &request);
    if reader.sees_all(&request)
        && let (Some(paper), Some(fields)) = (listing::paper(cx, &request.id)?, whole.as_object_mut())
    {
        fields.insert("contents".to_owned(), contents(cx, &reader, &request, &paper));
    }
    Ok(whole)
}

fn short(cx: &Read, reader: &Reader, request: &Doc<Request>) -> Value {
    json!({
        "id": request.id,
        "number": request.number,
        "service": request.service,
        "title": words::said(&request.title),
        "state": request.state.as_str(),
        "asker": reader.asker(request),
        "asked_at": request.asked_at,
        "accepted_at": request.accepted_at,
        "due_at": request.due_at,
        "overdue": request.is_late(cx.now()),
        "done_at": request.done_at,
        "ended_at": request.ended_at,
        "passed_to": request.passed.as_ref().map(|passed| passed.to.as_str()),
        "stars": request.stars,
        "mine": reader.asked(request),
        "seen": request.steps.to_string(),
        "contents_removed": request.forgotten_at.is_some(),
    })
}

fn contents(cx: &Read, reader: &Reader, request: &Request, paper: &Paper) -> Value {
    let steps: Vec<Value> = paper
        .steps
        .iter()
        .map(|step| {
            json!({
                "kind": step.kind, "side": step.side, "at": step.at, "title": words::step(cx, request, step),
                "by": step.name, "text": step.text, "instead": step.instead, "photos": step.photos,
                "until": step.until,
            })
        })
        .collect();
    json!({
        "purpose": paper.purpose, "details": paper.details, "id_number": paper.id_number, "phone": paper.phone,
        "want": paper.want, "photos": paper.photos, "files": paper.files, "place": paper.place,
        "code": paper.open_code.as_deref().filter(|_| reader.asked(request)),
        "steps": steps,
    })
}
