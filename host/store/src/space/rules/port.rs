//! The port's rules over a snapshot and a transaction: each method is one function of its own file.

use async_trait::async_trait;
use cunshi_model::port::Result;
use cunshi_model::rules::{DecisionRecord, NewDecision, ReadRules, Rule, RuleFailure, Whose, WriteRules};
use cunshi_model::{DecisionId, Micros};
use serde_json::{Map, Value};

use super::{decisions, failures, publications};
use crate::space::transaction::{Snapshot, Transaction};

/// Reading is the same inside a snapshot and inside a transaction.
macro_rules! read_rules {
    ($kind:ty) => {
        #[async_trait]
        impl ReadRules for $kind {
            async fn active_rule(&mut self, hook: &str, at: Micros) -> Result<Option<Rule>> {
                publications::active_rule(&mut self.lease, &self.space, hook, at).await
            }

            async fn decision(&mut self, id: DecisionId) -> Result<Option<DecisionRecord>> {
                decisions::get(&mut self.lease, self.space.key(), id).await
            }

            async fn decided(
                &mut self,
                hook: &str,
                whose: Whose,
                item: &str,
                from: Micros,
                to: Micros,
            ) -> Result<(i64, i64)> {
                decisions::decided(&mut self.lease, self.space.key(), hook, whose, item, (from, to)).await
            }
        }
    };
}

read_rules!(Snapshot);
read_rules!(Transaction);

#[async_trait]
impl WriteRules for Transaction {
    async fn record_decision(&mut self, decision: NewDecision<'_>) -> Result<DecisionId> {
        decisions::record(self, decision).await
    }

    async fn void_decision(&mut self, plugin: &str, id: DecisionId, now: Micros) -> Result<()> {
        decisions::void(self, plugin, id, now).await
    }

    async fn record_rule_failure(
        &mut self,
        hook: &str,
        rule: &Rule,
        input: &Map<String, Value>,
        failure: &RuleFailure,
        now: Micros,
    ) -> Result<()> {
        failures::record(self, hook, rule, input, failure, now).await
    }
}
