//! A mistake in a rule, as it is shown and sent.

use cunshi_contract::{Lang, Text};
use cunshi_model::rules::RuleFailure;
use serde_json::{Value, json};

/// Where and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// `script`, `table`, or `rule` for what has no place.
    pub(crate) field: &'static str,
    /// Line of the script, from 1.
    pub(crate) line: Option<u32>,
    /// Column in the line, from 1.
    pub(crate) column: Option<u32>,
    /// Row of the table, from 1.
    pub(crate) row: Option<u32>,
    /// What is wrong and what to do.
    pub(crate) message: Text,
    /// The guard that the rule passes.
    pub(crate) guard: Option<String>,
}

impl Mistake {
    /// What a check found.
    pub(crate) fn found(mistake: cunshi_rules::Mistake) -> Self {
        let field = match (mistake.line, mistake.row) {
            (Some(_), _) => "script",
            (None, Some(_)) => "table",
            (None, None) => "rule",
        };
        let cunshi_rules::Mistake { line, column, row, message, guard } = mistake;
        Self { field, line, column, row, message, guard }
    }

    /// A failure of a rule that ran.
    pub(crate) fn of(failure: &RuleFailure) -> Self {
        Self::found(failure.clone().into())
    }

    /// As it is sent; `field` only where fields of a body are named.
    pub(crate) fn json(&self, lang: Lang) -> Value {
        let mut sent = json!({ "line": self.line, "column": self.column, "message": self.message.get(lang) });
        if let Some(row) = self.row {
            sent["row"] = row.into();
        }
        if let Some(guard) = &self.guard {
            sent["guard"] = guard.as_str().into();
        }
        sent
    }

    /// As it is sent among the errors of a problem document.
    pub(crate) fn problem(&self, lang: Lang) -> Value {
        let mut sent = self.json(lang);
        sent["field"] = self.field.into();
        sent
    }
}
