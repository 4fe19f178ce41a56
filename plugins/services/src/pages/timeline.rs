//! The timeline of a request: who, when, how long it took, the words; what comes next is the hollow node.

use cunshi_sdk::prelude::{Read, Result, Step as Node, Tone};

use crate::domain::{Paper, Request, Side, State, Step, StepKind};
use crate::words::{self, Reader};

/// The nodes of everything that happened, and the one to come: for whoever may read what is written.
pub fn whole(cx: &Read, reader: &Reader, request: &Request, paper: &Paper) -> Result<Vec<Node>> {
    let mut nodes = Vec::with_capacity(paper.steps.len() + 1);
    for step in &paper.steps {
        let mut node = Node::new(words::step(cx, request, step)).at(step.at).tone(tone(step));
        let meta = meta(cx, request, step)?;
        if !meta.is_empty() {
            node = node.meta(meta.join(" · "));
        }
        let text: Vec<String> = step
            .text
            .iter()
            .cloned()
            .chain(step.instead.as_ref().map(|instead| t!("step.instead", text = instead)))
            .collect();
        if !text.is_empty() {
            node = node.text(text.join("\n"));
        }
        nodes.push(node.images(&step.photos));
    }
    nodes.extend(next(reader, request));
    Ok(nodes)
}

/// The times alone: for supervisors, and when what was written has been removed.
pub fn times(reader: &Reader, request: &Request) -> Vec<Node> {
    let mut nodes = vec![Node::new(t!("step.received")).at(request.asked_at)];
    let done = if request.ended_at == request.done_at { t!("state.done") } else { t!("state.ready") };
    let passed = request.passed.as_ref();
    let times = [
        (request.accepted_at, t!("step.accepted")),
        (passed.map(|passed| passed.at), t!("step.passed", to = words::passed_to(request))),
        (passed.and_then(|passed| passed.returned_at), t!("step.above.finished", office = words::passed_to(request))),
        (request.late_since, t!("step.overdue")),
        (request.done_at, done),
    ];
    let known = times.into_iter().filter_map(|(at, title)| at.map(|at| (at, title)));
    let end = request.ended_at.filter(|ended| Some(*ended) != request.done_at).map(|ended| {
        let title = match request.state {
            State::Refused => t!("state.refused"),
            State::Withdrawn => t!("state.withdrawn"),
            _ => t!("step.handed-over"),
        };
        (ended, title)
    });
    let mut known: Vec<_> = known.chain(end).collect();
    known.sort_by_key(|(at, _)| *at);
    nodes.extend(known.into_iter().map(|(at, title)| Node::new(title).at(at)));
    nodes.extend(next(reader, request));
    nodes
}

/// Who, how long it took, and how that stands to the deadline.
fn meta(cx: &Read, request: &Request, step: &Step) -> Result<Vec<String>> {
    let mut parts = Vec::new();
    // An office above or below stands in the title already.
    if matches!(step.side, Side::Asker | Side::Office) {
        parts.extend(step.name.clone());
    }
    let due = step.until.map(|until| t!("step.due", date = words::date(until)));
    match (step.kind, step.side) {
        (StepKind::Received | StepKind::Overdue, _) | (_, Side::Above) => parts.extend(due),
        (StepKind::Accepted, _) => {
            parts.push(words::took(step.at - request.asked_at));
            parts.extend(due);
        }
        (StepKind::Finished | StepKind::Ready, _) => {
            parts.push(words::took(step.at - request.asked_at));
            if let Some(until) = step.until {
                parts.push(closing(cx, step.at, until)?);
            }
        }
        _ => {}
    }
    Ok(parts)
}

fn closing(cx: &Read, at: i64, until: i64) -> Result<String> {
    let days = |n: i32| words::working_days(n.unsigned_abs());
    Ok(match cx.working_days_between(at, until)? {
        0 => t!("step.intime"),
        early @ 1.. => t!("step.early", days = days(early)),
        late => t!("step.late", days = days(late)),
    })
}

fn tone(step: &Step) -> Tone {
    match (step.side, step.kind) {
        (_, StepKind::Overdue) => Tone::Late,
        (Side::Above, _) | (_, StepKind::Passed) => Tone::Up,
        (_, StepKind::NeedMore) => Tone::Hand,
        _ => Tone::Plain,
    }
}

fn next(reader: &Reader, request: &Request) -> Option<Node> {
    let by = || t!("next.due", date = words::date(request.due_at));
    let own = reader.asked(request);
    let (title, meta) = match request.state {
        State::Received => (t!("next.accept"), by()),
        State::Accepted | State::Handling => (t!("next.finish"), by()),
        State::Lacking if own => (t!("next.supplement.own"), t!("next.supplement.why")),
        State::Lacking => (t!("next.supplement"), t!("next.supplement.why")),
        State::Passed => (t!("next.above", office = words::passed_to(request)), String::new()),
        State::Ready if own => (t!("next.fetch.own"), String::new()),
        State::Ready => (t!("next.fetch"), String::new()),
        State::Done if own && request.stars.is_none() => (t!("next.rate"), t!("next.rate.why")),
        State::Done | State::Refused | State::Withdrawn => return None,
    };
    let node = Node::new(title).next();
    Some(if meta.is_empty() { node } else { node.meta(meta) })
}
