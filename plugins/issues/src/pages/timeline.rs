//! The timeline of a case: who, when, how long it took, the words; what comes next is the hollow node.

use cunshi_sdk::prelude::{Doc, Read, Result, Step as Node, Tone};

use crate::domain::{Case, Side, State, Step, StepKind};
use crate::words;
use crate::words::Reader;

/// The nodes that this reader may see, and the one to come.
pub fn nodes(cx: &Read, reader: &Reader, case: &Doc<Case>) -> Result<Vec<Node>> {
    let mut nodes = Vec::with_capacity(case.steps.len() + 1);
    // Photos of the result stand beside those of the report, above.
    let compared = !case.photos.is_empty() && !case.photos_after().is_empty();
    for step in case.steps.iter().filter(|step| !step.is_internal() || reader.sees_notes()) {
        let mut node = Node::new(title(cx, case, step)).at(step.at).tone(tone(step));
        let meta = meta(cx, reader, case, step)?;
        if !meta.is_empty() {
            node = node.meta(meta.join(" · "));
        }
        if let Some(words) = reader.words(case, step) {
            node = node.text(words);
        }
        if !(compared && step.photos.as_slice() == case.photos_after()) {
            node = node.images(&step.photos);
        }
        nodes.push(node);
    }
    nodes.extend(next(cx, reader, case));
    Ok(nodes)
}

/// What happened, in a few words.
pub fn title(cx: &Read, case: &Case, step: &Step) -> String {
    let office = words::office(cx);
    let name = step.name.clone().unwrap_or_default();
    let to = step.to.clone().unwrap_or_default();
    let text = match (step.side, step.kind) {
        (Side::Above, kind) => above(kind, &name, &to),
        (Side::Below, StepKind::Reopened) => t!("step.reopened.below", name = name),
        (Side::Below, _) => t!("step.reported.below", name = name),
        (_, StepKind::Reported) => match &case.entered_by {
            Some(cadre) => t!("step.reported.for", name = cadre),
            None => t!("step.reported"),
        },
        (_, StepKind::Accepted) => t!("step.accepted", office = office),
        (_, StepKind::Progress) => t!("step.progress"),
        (_, StepKind::Answered) => t!("step.answered", office = office),
        (_, StepKind::Referred) => t!("step.referred", to = to),
        (_, StepKind::Extended) => t!("step.extended", date = words::date(step.until.unwrap_or(case.due_at))),
        (_, StepKind::Closed) => t!("step.closed"),
        (_, StepKind::Declined) => t!("step.declined"),
        (_, StepKind::Merged) => t!("step.merged", to = to),
        (_, StepKind::Absorbed) => t!("step.absorbed", to = to),
        (_, StepKind::Reopened) => t!("step.reopened"),
        (_, StepKind::Rated) => t!("step.rated", stars = words::stars(step.stars.unwrap_or_default())),
        (_, StepKind::Note) => t!("step.note"),
        (_, StepKind::Supplemented) => t!("step.supplemented"),
        (_, StepKind::Hidden) => t!("step.hidden"),
        (_, StepKind::Overdue) => t!("step.overdue"),
    };
    words::capital(text)
}

fn above(kind: StepKind, office: &str, to: &str) -> String {
    match kind {
        StepKind::Accepted => t!("step.above.accepted", office = office),
        StepKind::Answered => t!("step.above.answered", office = office),
        StepKind::Referred => t!("step.above.referred", office = office, to = to),
        StepKind::Extended => t!("step.above.extended", office = office),
        StepKind::Closed => t!("step.above.closed", office = office),
        StepKind::Declined => t!("step.above.declined", office = office),
        _ => t!("step.above.progress", office = office),
    }
}

/// Who, how long it took, and how that stands to the deadline.
fn meta(cx: &Read, reader: &Reader, case: &Case, step: &Step) -> Result<Vec<String>> {
    let mut parts = Vec::new();
    // An office above or a space below stands in the title already.
    if matches!(step.side, Side::Villager | Side::Office) {
        parts.extend(reader.hand(case, step));
    }
    match (step.side, step.kind, step.until) {
        (Side::Office, StepKind::Accepted, until) => {
            parts.push(words::took(step.at - said_at(case, step)));
            parts.extend(until.map(|until| t!("step.due", date = words::date(until))));
        }
        (Side::Office, StepKind::Closed, Some(until)) => parts.push(closing(cx, step, until)?),
        (Side::Above, StepKind::Accepted | StepKind::Extended, Some(until))
        | (Side::Platform, StepKind::Overdue, Some(until))
        | (Side::Villager, StepKind::Reopened, Some(until)) => {
            parts.push(t!("step.due", date = words::date(until)));
        }
        _ => {}
    }
    Ok(parts)
}

/// When the case was last said: reported, or referred here once more.
fn said_at(case: &Case, accepted: &Step) -> i64 {
    let said = |step: &&Step| step.at <= accepted.at && matches!(step.kind, StepKind::Reported | StepKind::Reopened);
    case.steps.iter().rev().find(said).map_or(case.reported_at, |step| step.at)
}

fn closing(cx: &Read, step: &Step, until: i64) -> Result<String> {
    let date = words::date(until);
    Ok(match cx.working_days_between(step.at, until)? {
        0 => t!("step.intime", date = date),
        early @ 1.. => t!("step.early", date = date, days = words::working_days(i64::from(early))),
        late => t!("step.late", date = date, days = words::working_days(i64::from(late).abs())),
    })
}

fn tone(step: &Step) -> Tone {
    match (step.side, step.kind) {
        (_, StepKind::Overdue) => Tone::Late,
        (Side::Above, _) | (_, StepKind::Referred) => Tone::Up,
        (_, StepKind::Reopened | StepKind::Extended) => Tone::Hand,
        _ => Tone::Plain,
    }
}

fn next(cx: &Read, reader: &Reader, case: &Case) -> Option<Node> {
    let office = words::office(cx);
    let by = t!("next.due", date = words::date(case.due_at));
    let (title, meta) = match case.state {
        State::Reported => (t!("next.accept", office = office), by),
        State::Accepted => (t!("next.handle", office = office), by),
        State::Handling | State::Reopened => (t!("next.close", office = office), by),
        State::Referred => (t!("next.above", office = words::upper(case)), by),
        State::Closed if reader.reported(case) => (t!("next.rate"), t!("next.rate.why")),
        State::Closed if case.reporter.is_some() => (t!("next.rate.other"), t!("next.rate.why")),
        State::Closed | State::Rated | State::Declined | State::Merged => return None,
    };
    Some(Node::new(title).meta(meta).next())
}
