//! Decisions by the village's rules, for the hooks that the plugin declares as `[[rule]]`.

use cunshi_contract::rule::{Ask, Decided};
use serde_json::{Map, Value};

use super::{Read, Write};
use crate::error::Refusal;

impl Read {
    /// What the village's rule would decide now; nothing is recorded. A rule that fails is
    /// [`Refusal::Unavailable`] here: a page can be shown without it.
    pub fn preview(&self, hook: &str, ask: &Ask) -> Result<Decided, Refusal> {
        self.door.preview(hook, ask)
    }

    /// The rows of the table in force, in its order. Values are those of the columns' kinds as everywhere in a
    /// plugin: points as whole hundredths, decimals as text; empty cells are left out.
    pub fn rule_table(&self, hook: &str) -> Result<Vec<Map<String, Value>>, Refusal> {
        self.door.rule_table(hook)
    }
}

impl Write {
    /// What the village's rule decides: recorded with the call, and shown to whom it is about. A failing rule ends
    /// the call where the hook says `wait`; the plugin does not see it.
    pub fn decide(&mut self, hook: &str, ask: &Ask) -> Result<Decided, Refusal> {
        self.0.door.decide(hook, ask)
    }

    /// Sets a decision aside: it counts no more in anybody's history (a claim that review refused).
    pub fn void_decision(&mut self, decision: &str) -> Result<(), Refusal> {
        self.0.door.void_decision(decision)
    }
}
