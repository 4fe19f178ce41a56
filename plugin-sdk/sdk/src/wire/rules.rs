//! `rules`: decisions by the village's rules.

use cunshi_contract::rule::{Ask, Decided};
use serde_json::{Map, Value};

use super::Door;
use super::imports::cunshi::plugin::rules;
use crate::error::Refusal;

#[expect(clippy::unused_self, reason = "see the other half of the door")]
impl Door {
    pub(crate) fn decide(&self, hook: &str, ask: &Ask) -> Result<Decided, Refusal> {
        Ok(serde_json::from_str(&rules::decide(hook, &serde_json::to_string(ask)?)?)?)
    }

    pub(crate) fn preview(&self, hook: &str, ask: &Ask) -> Result<Decided, Refusal> {
        Ok(serde_json::from_str(&rules::preview(hook, &serde_json::to_string(ask)?)?)?)
    }

    pub(crate) fn void_decision(&self, decision: &str) -> Result<(), Refusal> {
        Ok(rules::void(decision)?)
    }

    pub(crate) fn rule_table(&self, hook: &str) -> Result<Vec<Map<String, Value>>, Refusal> {
        Ok(serde_json::from_str(&rules::table(hook)?)?)
    }
}
