//! The office's forms on a request: those that its state allows, the likeliest one open, the others folded.

use cunshi_sdk::prelude::*;

use crate::domain::{Move, Request, ResultKind, Source, State, next};
use crate::words;

/// Adds them to an aside.
pub fn forms(cx: &Read, request: &Doc<Request>, aside: Vec<Node>) -> Result<Vec<Node>> {
    let names = possible(cx, request);
    if names.is_empty() {
        return Ok(aside);
    }
    let section = view::section(t!("counter.title")).maybe(hint(request));
    let section = section.maybe(countdown(request));
    let first = names.first().copied().filter(|_| request.state != State::Passed && request.state != State::Lacking);
    Ok(aside.add(section.each(names, |section, name| section.add(form(request, name, Some(name) != first)))))
}

/// What the state calls for.
fn hint(request: &Request) -> Option<Node> {
    let (tone, text) = match request.state {
        State::Passed => (Tone::Up, t!("counter.passed", office = words::passed_to(request))),
        State::Lacking => (Tone::Hand, t!("counter.lacking")),
        _ => return None,
    };
    Some(Node::Alert { tone, text })
}

fn countdown(request: &Request) -> Option<Node> {
    let works = matches!(request.state, State::Received | State::Accepted | State::Handling);
    works.then(|| Node::Countdown { until: request.due_at, label: t!("counter.countdown") })
}

/// The actions that are possible now, the likeliest first.
fn possible(cx: &Read, request: &Request) -> Vec<&'static str> {
    let can = |step| next(request.state, step).is_ok();
    let passes = can(Move::Pass) && words::town(cx).is_some();
    // What the town decides is passed first, and finished when it is back.
    let passes_first = passes && request.source == Source::Town && !request.is_returned();
    let order = [
        ("hand-over", can(Move::HandOver)),
        ("accept", can(Move::Accept)),
        ("pass-up", passes_first),
        ("finish", can(Move::Finish)),
        ("need-more", can(Move::NeedMore)),
        ("progress", can(Move::Progress)),
        ("pass-up", passes && !passes_first),
        ("supplement", can(Move::Supplement)),
        ("refuse", can(Move::Refuse)),
    ];
    order.into_iter().filter_map(|(name, can)| can.then_some(name)).collect()
}

fn form(request: &Doc<Request>, name: &'static str, folded: bool) -> view::Form {
    let mut form = view::form(name).value("request", request.id.as_str());
    if !matches!(name, "hand-over" | "supplement") {
        form = form.value("seen", request.steps.to_string());
    }
    if name == "finish" {
        let how = match (request.result, &request.origin) {
            (ResultKind::Told, _) | (_, Some(_)) => "told",
            (ResultKind::Pickup, None) => "pickup",
            (ResultKind::File | ResultKind::Both, None) => "file",
        };
        form = form.value("how", how);
    }
    if folded { form.folded() } else { form }
}
