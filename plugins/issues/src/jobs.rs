//! By the clock: what is past its deadline is marked once, and told to the office above.

use cunshi_sdk::prelude::{Result, Write};

use crate::domain::Case;
use crate::events::tell::{self, Before};
use crate::messages;

/// Cases per step of the job: small enough for one transaction.
const BATCH: u32 = 50;

/// Marks the next batch; a cursor asks to be called again. Marked cases leave the index, so that a job that
/// was interrupted goes on where it was by itself.
pub fn raise_overdue(cx: &mut Write, cursor: Option<String>) -> Result<Option<String>> {
    let now = cx.now();
    let late = cx.data::<Case>().by("by_unmarked").to(now).take(BATCH)?;
    let full = u32::try_from(late.len()).is_ok_and(|found| found == BATCH);
    let mut marked = Vec::new();
    for mut case in late {
        let before = Before::of(&case);
        if case.mark_overdue(now) {
            marked.push(tell::save(cx, before, &case)?);
        }
    }
    messages::overdue(cx, &marked)?;
    let marked = u32::try_from(marked.len()).unwrap_or(u32::MAX);
    // Without progress there is nothing to go on with.
    let so_far = cursor.and_then(|cursor| cursor.parse::<u32>().ok()).unwrap_or_default() + marked;
    Ok((full && marked > 0).then(|| so_far.to_string()))
}
