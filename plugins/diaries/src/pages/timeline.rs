//! The history of an entry: who, when, in which words. Nothing is left out; the public reads no villager's name and
//! not what a correction took away.

use cunshi_sdk::prelude::{Step as Node, Tone};

use crate::domain::step::Before;
use crate::domain::{Check, Entry, Step, StepKind};
use crate::words::{self, Reader};

/// The nodes, and the one to come.
pub fn nodes(reader: &Reader, entry: &Entry) -> Vec<Node> {
    let mut nodes: Vec<Node> = entry.steps.iter().map(|step| node(reader, entry, step)).collect();
    let next = match entry.check.filter(|_| entry.is_public()) {
        Some(Check::Waiting) if reader.visited(entry) => Some(t!("next.you")),
        Some(Check::Waiting) => Some(t!("next.household")),
        Some(Check::Disputed) => Some(t!("next.supervisors")),
        _ => None,
    };
    nodes.extend(next.map(|title| Node::new(title).next()));
    nodes
}

fn node(reader: &Reader, entry: &Entry, step: &Step) -> Node {
    let mut node = Node::new(words::step(step.kind)).at(step.at).tone(tone(step.kind));
    if !step.kind.is_of_household() || reader.sees_all(entry) {
        node = node.meta(&step.name);
    }
    let mut text: Vec<String> = step.text.iter().map(|text| reader.text(entry, text)).collect();
    if let Some(before) = step.before.as_ref().filter(|_| reader.sees_all(entry)) {
        text.push(was(before));
    }
    if text.is_empty() { node } else { node.text(text.join("\n")) }
}

/// What stood there before a correction.
fn was(before: &Before) -> String {
    let mut parts = vec![t!("was.text", date = words::date(before.day), text = before.text)];
    parts.extend(before.place.as_ref().map(|place| t!("was.place", place = place)));
    parts.extend(before.minutes.map(words::minutes));
    if let (Some(promised), Some(due)) = (&before.promised, before.follow_up) {
        parts.push(t!("was.promised", what = promised, date = words::date(due)));
    }
    parts.join(" · ")
}

fn tone(kind: StepKind) -> Tone {
    match kind {
        StepKind::Disputed | StepKind::Falls => Tone::Late,
        StepKind::Corrected | StepKind::Withdrawn => Tone::Hand,
        _ => Tone::Plain,
    }
}
