//! Until when: what the village's rule `issues.deadline` says, in the office's working days.

use cunshi_sdk::prelude::{Ask, Deserialize, Micros, Result, Write};

use crate::domain::Complexity;

/// The rule, see `plugin.toml`.
const HOOK: &str = "issues.deadline";

#[derive(Deserialize)]
struct Deadline {
    working_days: u32,
}

/// Until when a case is to be accepted, from now.
pub fn to_accept(cx: &mut Write, category: &str) -> Result<Micros> {
    decide(cx, &Ask::new().fact("category", category).fact("step", "accept"))
}

/// Until when a case is to be handled, from now.
pub fn to_handle(cx: &mut Write, category: &str, complexity: Complexity) -> Result<Micros> {
    let ask = Ask::new().fact("category", category).fact("step", "handle");
    decide(cx, &ask.fact("complexity", complexity.as_str()))
}

/// The question is about the matter and not about anybody: whoever reported it is not told.
fn decide(cx: &mut Write, ask: &Ask) -> Result<Micros> {
    let deadline: Deadline = cx.decide(HOOK, ask)?.read()?;
    last_instant(cx, cx.now(), deadline.working_days)
}

/// The last instant of the `days`-th working day after an instant.
pub fn last_instant(cx: &Write, after: Micros, days: u32) -> Result<Micros> {
    // The host gives 24:00, which is the next day already when it is written as a date.
    Ok(cx.add_working_days(after, days)? - 1)
}
