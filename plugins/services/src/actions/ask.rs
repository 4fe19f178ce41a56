//! A villager asks for a service; or a cadre enters it for somebody without a phone.

use cunshi_sdk::prelude::{Doc, Error, Outcome, Result, Write};

use super::{attach, done, last_instant};
use crate::domain::request::MOST_OPEN;
use crate::domain::{Asked, By, Paper, Request, RequestIndexes as _, Service, Side, Step, StepKind, code, days};
use crate::{AskForm, books, listing, news, words};

/// See `plugin.toml`.
pub fn ask(cx: &mut Write, form: AskForm) -> Result<Outcome> {
    let service = listing::service(cx, &form.service)?;
    if !service.on {
        return Err(Error::conflict(t!("refused.off")));
    }
    let caller = cx.caller()?.clone();
    let (asker, name, entered_by) = match &caller.on_behalf_of {
        Some(person) => {
            let person = cx.person(person)?.ok_or(Error::Missing)?;
            (person.id, person.name, Some(caller.name.clone()))
        }
        None => (caller.person.clone(), caller.name.clone(), None),
    };
    let latest = cx.data::<Request>().by_asker(asker.as_str()).newest().take(50)?;
    if latest.iter().filter(|request| !request.state.is_over()).count() >= MOST_OPEN {
        return Err(Error::conflict(t!("refused.too-many", n = MOST_OPEN)));
    }
    let typed = form.id_number.filter(|typed| !typed.trim().is_empty());
    let id_number = typed
        .map(|typed| code::id_number(&typed).ok_or_else(|| Error::invalid("id_number", t!("refused.id-number"))))
        .transpose()?;
    let paper = Paper {
        asker: Some(asker.clone()),
        purpose: Some(form.purpose),
        details: form.details.filter(|details| !details.trim().is_empty()),
        id_number,
        phone: form.phone,
        want: form.want,
        photos: form.photos,
        ..Paper::default()
    };
    let asked = Asked {
        number: number(cx)?,
        asker: Some(asker),
        asker_name: Some(name),
        entered_by,
        at: cx.now(),
        due_at: last_instant(cx, cx.now(), service.guide.days)?,
    };
    let request = register(cx, &Request::received(asked, &service), paper, None)?;
    Ok(lead_on(&request, &service))
}

/// The next spoken number. The letter keeps it apart from those of other modules.
pub fn number(cx: &mut Write) -> Result<String> {
    let (year, _, _) = days::date(cx.now());
    let n = cx.next_number(&year.to_string())?;
    Ok(format!("B{}", days::spoken_number(cx.now(), n)))
}

/// Keeps a request that has come in, with its paper and its first step, counts it and tells the office.
pub fn register(cx: &mut Write, request: &Request, mut paper: Paper, words: Option<String>) -> Result<Doc<Request>> {
    let (name, side) = match &request.origin {
        Some(origin) => (Some(origin.from_name.clone()), Side::Below),
        None => (request.asker_name.clone(), Side::Asker),
    };
    let by = By { name, side, at: request.asked_at };
    paper.steps.push(Step { until: Some(request.due_at), ..by.step(StepKind::Received).words(words) });
    let request = cx.insert(request)?;
    paper.request.clone_from(&request.id);
    let paper = cx.insert(&paper)?;
    attach(cx, &paper, &paper.photos)?;
    books::record(cx, &request)?;
    news::received(cx, &request)?;
    Ok(request)
}

/// The villager goes to their request; the cadre to the slip that the villager takes home.
fn lead_on(request: &Doc<Request>, service: &Service) -> Outcome {
    let number = request.number.as_str();
    if request.entered_by.is_none() {
        let days = words::working_days(service.guide.days);
        return done(request, t!("say.asked", number = number, days = days));
    }
    let name = request.asker_name.as_deref().unwrap_or_default();
    let said = done(request, t!("say.entered", number = number, name = name));
    Outcome { go: Outcome::go("receipt", &request.id).go, ..said }
}
