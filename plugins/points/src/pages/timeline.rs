//! How an award went, step by step, and what comes next.

use cunshi_sdk::prelude::{Read, Result, Step as Node, Tone};

use crate::domain::{Award, State, Step, StepKind};
use crate::words::{self, Reader};

/// Steps that happened, and the one that comes next.
pub fn nodes(cx: &Read, reader: &Reader, award: &Award) -> Result<Vec<Node>> {
    let node = |step: &Step| {
        let mut meta: Vec<String> = hand(reader, award, step).into_iter().collect();
        meta.extend(step.until.map(|until| t!("step.until", date = words::date(until))));
        let mut node = Node::new(title(step)).at(step.at).tone(tone(step));
        if !meta.is_empty() {
            node = node.meta(meta.join(" · "));
        }
        match text(reader, award, step) {
            Some(text) => node.text(text),
            None => node,
        }
    };
    let next = next(cx, award)?;
    Ok(award.steps.iter().map(node).chain(next).collect())
}

/// What happened.
pub fn title(step: &Step) -> String {
    match step.kind {
        StepKind::Recorded => t!("step.recorded"),
        StepKind::Claimed => t!("step.claimed"),
        StepKind::Entered => t!("step.entered"),
        StepKind::Approved => t!("step.approved"),
        StepKind::Opposed => t!("step.opposed"),
        StepKind::Declined => t!("step.declined"),
        StepKind::Withdrawn => t!("step.withdrawn"),
        StepKind::Published => t!("step.published"),
        StepKind::Objected => t!("step.objected"),
        StepKind::Upheld => t!("step.upheld"),
        StepKind::Dismissed => t!("step.dismissed"),
        StepKind::Posted => t!("step.posted"),
        StepKind::Spared => t!("step.spared"),
        StepKind::Corrected => t!("step.corrected"),
    }
}

/// Whose hand a step is: those of the office stand by their names, villagers' are written as everywhere.
pub fn hand(reader: &Reader, award: &Award, step: &Step) -> Option<String> {
    let hand = step.by.as_ref()?;
    let own = award.person.as_deref() == Some(hand.person.as_str());
    Some(match step.kind {
        _ if own => reader.whose(award),
        StepKind::Claimed | StepKind::Withdrawn => {
            let head = award.household_name.as_deref().unwrap_or(&hand.name);
            let all = reader.office() || reader.concerned(award);
            reader.person(&hand.name, head, award.group.as_deref(), all)
        }
        _ => hand.name.clone(),
    })
}

/// The words of a step, as far as this reader may read them.
pub fn text(reader: &Reader, award: &Award, step: &Step) -> Option<String> {
    step.text.as_deref().map(|text| reader.text(award, text))
}

fn tone(step: &Step) -> Tone {
    match step.kind {
        StepKind::Objected => Tone::Late,
        StepKind::Published => Tone::Up,
        StepKind::Opposed | StepKind::Entered | StepKind::Corrected => Tone::Hand,
        _ => Tone::Plain,
    }
}

fn next(cx: &Read, award: &Award) -> Result<Option<Node>> {
    let (title, meta) = match award.state {
        State::Claimed | State::UnderReview => {
            let left = cx.setting::<usize>("reviewers")?.saturating_sub(award.votes_of(true));
            (t!("next.review", n = left), t!("next.by", date = words::date(award.due)))
        }
        State::Objected => (t!("next.answer"), t!("next.answer.why")),
        State::Published => match award.until {
            Some(until) => (t!("next.post"), t!("next.post.when", date = words::date(until))),
            None => return Ok(None),
        },
        _ => return Ok(None),
    };
    Ok(Some(Node::new(title).meta(meta).next()))
}
