//! Rules: the decision points that a plugin declares, what it asks of one, and what is decided.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::call::Micros;
use crate::{Field, Text};

mod build;

/// A decision point that villages set for themselves: `[[rule]]` in `plugin.toml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Hook {
    /// `points.award`: the plugin's name, a dot, and lower-case letters, digits or `-`.
    pub name: String,
    /// Shown to people.
    pub title: Text,
    /// What it decides, in a sentence for whoever edits it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// The script's function with the name of its one parameter: `award(deed)`.
    pub entry: String,
    /// The facts that the script is given: what the editor completes and the check enforces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub input: Vec<Field>,
    /// What the script answers: an object of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub output: Vec<Field>,
    /// The columns of the table, which is what a non-programmer fills in. The first one is the key of `row(key)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub table: Vec<Field>,
    /// The file of the default script, beside `plugin.toml`: `rules/award.rhai`.
    pub default: String,
    /// The file of the default table's rows: `rules/award.table.toml` with `[[row]]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<String>,
    /// The file of the cases that every version is checked with: `rules/award.cases.toml` with `[[case]]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cases: Option<String>,
    /// What happens when the village's script fails.
    #[serde(default)]
    pub on_failure: OnFailure,
    /// What the files held, put here by `cunshi plugin build`; never written in `plugin.toml`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub built: Option<RuleText>,
}

/// What happens when a village's script fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OnFailure {
    /// The call rolls back; its event parks until a mended version is published.
    #[default]
    Wait,
    /// The district's rule decides (or the plugin's default), and the decision says so.
    FallBack,
}

/// A rule as text: script, rows of the table and cases. What a version holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    /// Rhai.
    pub script: String,
    /// Rows of the table: values by column.
    #[serde(default)]
    pub table: Vec<Map<String, Value>>,
    /// What must hold of it.
    #[serde(default)]
    pub cases: Vec<RuleCase>,
}

/// One case: an input, what the host would answer, and what must come out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleCase {
    /// What it shows, in a sentence.
    pub name: String,
    /// Facts; those left out are not given.
    pub input: Map<String, Value>,
    /// Answers of the host by question as written in the script: `"times(volunteer, month)" = 2`. A question
    /// that is not listed is answered with nothing so far: 0, or the working days of a plain week.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, Value>,
    /// The fields of the output that must come out so; others may be anything.
    pub output: Map<String, Value>,
}

/// What a plugin asks to have decided.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// The declared input: facts only. An id of a person or household becomes a pseudonym before a script sees it.
    pub input: Map<String, Value>,
    /// Whom it is about: the host counts this one's history, and shows the decision to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Their household, when it counts for the household.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<String>,
    /// The instant that the question is about (when the deed was done); the call's clock when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Micros>,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decided {
    /// The record's id; none for a preview.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The declared output. Kinds `points` and `money` are hundredths and fen as everywhere in a plugin.
    pub output: Map<String, Value>,
    /// What the script said with `because("…")`.
    #[serde(default)]
    pub because: Vec<String>,
    /// Whose rule decided it: `village`, `district` or `plugin`.
    pub origin: String,
    /// The version of that rule, from 1; 0 for a plugin's default.
    pub version: u32,
    /// The village's own rule failed and this is what decided instead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fell_back: bool,
}

impl Hook {
    /// The function that the script defines.
    pub fn function(&self) -> &str {
        self.entry.split('(').next().unwrap_or_default().trim()
    }

    /// The name of its parameter.
    pub fn parameter(&self) -> &str {
        self.entry.split(['(', ')']).nth(1).unwrap_or_default().trim()
    }
}
