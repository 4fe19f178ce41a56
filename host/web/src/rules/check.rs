//! Checking a text before it is kept: it compiles, answers what the hook declares, passes no guard, and its cases hold.

use std::sync::Arc;

use cunshi_contract::Lang;
use cunshi_contract::rule::RuleText;
use cunshi_rules::CaseResult;
use serde_json::{Value, json};

use super::Here;
use super::mistake::Mistake;
use crate::Web;
use crate::error::Refusal;

/// What a check found.
#[derive(Debug)]
pub(crate) struct Checked {
    /// Everything that is wrong, a case that does not hold among it.
    pub(crate) errors: Vec<Mistake>,
    /// The cases, in order; none when script or table cannot run.
    pub(crate) cases: Vec<CaseResult>,
}

/// Checks a text. It runs on a thread of its own, because a script may use all that it is allowed.
pub(crate) async fn check(web: &Web, here: &Here, text: RuleText) -> Result<Checked, Refusal> {
    let (rules, hook, guards) = (Arc::clone(&web.rules), here.hook.clone(), here.guards.clone());
    let report = tokio::task::spawn_blocking(move || rules.check(&hook, &text, &guards));
    let report = report.await.map_err(Refusal::internal)?;
    Ok(Checked { errors: report.errors.into_iter().map(Mistake::found).collect(), cases: report.cases })
}

impl Checked {
    /// Whether the text may be kept.
    pub(crate) fn is_ok(&self) -> bool {
        self.errors.is_empty()
    }

    /// As the API answers it.
    pub(crate) fn json(&self, lang: Lang) -> Value {
        let errors: Vec<Value> = self.errors.iter().map(|mistake| mistake.json(lang)).collect();
        let case = |case: &CaseResult| {
            let mut sent = json!({ "name": case.name, "ok": case.ok });
            if let Some(message) = &case.message {
                sent["message"] = message.get(lang).into();
            }
            if let Some(output) = &case.output {
                sent["output"] = Value::Object(output.clone());
            }
            sent
        };
        let cases: Vec<Value> = self.cases.iter().map(case).collect();
        json!({ "ok": self.is_ok(), "errors": errors, "cases": cases })
    }
}
