//! Messages: to the asker at each step, to the cadres when something comes in. None says what is written in a request.

use cunshi_sdk::contract::manifest::Who;
use cunshi_sdk::prelude::{Doc, Message, Reach, Refusal, Result, Text, To, Write};

use crate::domain::{Request, Side, Step, StepKind};
use crate::words;

/// Longest service in a message, in characters: with the rest it stays within a title.
const TITLE: usize = 28;
/// Longest name of an office in a message.
const OFFICE: usize = 16;

/// A request came in.
pub fn received(cx: &mut Write, request: &Doc<Request>) -> Result<()> {
    let number = request.number.as_str();
    let title = both!("news.new", service = service_of(request), number = number);
    to_cadres(cx, request, "new", title)?;
    // Whoever asks on their own phone reads the number at once; for others it is in their inbox.
    if request.entered_by.is_some() {
        let title = both!("news.received", service = service_of(request), number = number);
        to_asker(cx, request, StepKind::Received, title, None, false)?;
    }
    Ok(())
}

/// Something happened to it.
pub fn step(cx: &mut Write, request: &Doc<Request>, step: &Step) -> Result<()> {
    let service = || service_of(request);
    let office = || words::cut(step.name.as_deref().unwrap_or_default(), OFFICE);
    let to = || step.to.clone().unwrap_or_default();
    let number = request.number.as_str();
    let (title, body, urgent) = match (step.side, step.kind) {
        (Side::Asker, StepKind::Supplemented) => {
            let title = both!("news.supplemented", service = service(), number = number);
            return to_cadres(cx, request, "supplemented", title);
        }
        (Side::Asker, StepKind::Withdrawn) => {
            return to_cadres(cx, request, "withdrawn", both!("news.withdrawn", service = service(), number = number));
        }
        (Side::Platform, StepKind::Overdue) => {
            return to_cadres(cx, request, "overdue", both!("news.overdue", service = service(), number = number));
        }
        (Side::Above, StepKind::Finished | StepKind::Ready | StepKind::Refused) => {
            let title = both!("news.returned", service = service(), number = number, office = office());
            to_cadres(cx, request, "returned", title)?;
            (both!("news.above", service = service(), office = office()), None, false)
        }
        (_, StepKind::NeedMore) => {
            (both!("news.need-more", service = service()), Some(both!("news.need-more.body", number = number)), true)
        }
        (Side::Above, _) => (both!("news.above", service = service(), office = office()), None, false),
        (_, StepKind::Accepted) => {
            let body = both!("news.accepted.body", date = words::date(request.due_at));
            (both!("news.accepted", service = service()), Some(body), false)
        }
        (_, StepKind::Progress) => (both!("news.progress", service = service()), None, false),
        (_, StepKind::Supplemented) => (both!("news.added", service = service()), None, false),
        (_, StepKind::Passed) => {
            (both!("news.passed", service = service(), office = words::cut(&to(), OFFICE)), None, false)
        }
        (_, StepKind::Finished) => (both!("news.finished", service = service()), Some(both!("news.rate.body")), true),
        (_, StepKind::Ready) => {
            (both!("news.ready", service = service()), Some(both!("news.ready.body", place = to())), true)
        }
        (_, StepKind::HandedOver) => {
            (both!("news.handed-over", service = service()), Some(both!("news.rate.body")), false)
        }
        (_, StepKind::Refused) => {
            (both!("news.refused", service = service()), Some(both!("news.refused.body", number = number)), true)
        }
        (_, StepKind::Received | StepKind::Withdrawn | StepKind::Overdue | StepKind::Rated) => return Ok(()),
    };
    to_asker(cx, request, step.kind, title, body, urgent)
}

fn to_asker(
    cx: &mut Write,
    request: &Doc<Request>,
    kind: StepKind,
    title: Text,
    body: Option<Text>,
    urgent: bool,
) -> Result<()> {
    let Some(asker) = request.asker.clone() else { return Ok(()) };
    let message = Message::new(Reach::Person(asker), key(request, kind.as_str()), title).link(to(request));
    send(cx, Message { body, urgent, ..message })
}

fn to_cadres(cx: &mut Write, request: &Doc<Request>, what: &str, title: Text) -> Result<()> {
    send(cx, Message::new(Reach::Role(Who::Cadre), key(request, what), title).link(to(request)))
}

fn send(cx: &mut Write, message: Message) -> Result<()> {
    match cx.notify(message) {
        // Whoever has left the village meanwhile does not hold up what is done here.
        Err(Refusal::Missing) => cx.log_warn("a message is for somebody who is not here any more"),
        sent => {
            sent?;
        }
    }
    Ok(())
}

fn service_of(request: &Request) -> String {
    words::cut(&words::said(&request.title), TITLE)
}

fn key(request: &Doc<Request>, what: &str) -> String {
    format!("{what}:{}:{}", request.id, request.steps)
}

fn to(request: &Doc<Request>) -> To {
    To::page("track").with("id", request.id.as_str())
}
