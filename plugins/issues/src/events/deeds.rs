//! Deeds: what the platform's own event tells of a villager who spoke up. The village's rule for points decides what
//! it is worth; a deed names nobody and, where the case is private, not the matter either.

use cunshi_sdk::prelude::{Deed, Doc, Evidence, Result, Send, To, Write};

use crate::domain::{Case, StepKind};

/// The office took the report up.
const ADOPTED: &str = "issue.adopted";
/// It was settled, and the reporter gave 4 stars or 5.
const SOLVED: &str = "issue.solved";
/// The least stars of a reporter who is satisfied.
const SATISFIED: u8 = 4;

/// A report was accepted.
pub fn adopted(cx: &mut Write, case: &Doc<Case>) -> Result<()> {
    tell(cx, ADOPTED, case)
}

/// A case was rated. Once per case: what was reopened and solved again is the same deed.
pub fn rated(cx: &mut Write, case: &Doc<Case>) -> Result<()> {
    let satisfied =
        case.steps.iter().filter(|step| step.kind == StepKind::Rated).map(|step| step.stars >= Some(SATISFIED));
    let satisfied: Vec<bool> = satisfied.collect();
    match satisfied.split_last() {
        Some((true, before)) if !before.contains(&true) => tell(cx, SOLVED, case),
        _ => Ok(()),
    }
}

fn tell(cx: &mut Write, kind: &str, case: &Doc<Case>) -> Result<()> {
    // A case from below is the village's to reward: nobody of here reported it.
    let Some(reporter) = &case.reporter else { return Ok(()) };
    let evidence = if case.is_public() {
        Evidence::new(&case.id, format!("{} {}", case.number, case.title))
            .link(To::plugin("issues", "case").with("id", case.id.as_str()))
    } else {
        Evidence::new(&case.id, &case.number)
    };
    let deed = Deed::new(kind, cx.now(), evidence).by(reporter);
    cx.send(Send::deed(&deed))?;
    Ok(())
}
