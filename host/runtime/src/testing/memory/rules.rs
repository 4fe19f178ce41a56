//! Rules and decisions of a space in memory.

use async_trait::async_trait;
use cunshi_model::port::{DataError, Result};
use cunshi_model::rules::{DecisionRecord, NewDecision, ReadRules, Rule, RuleFailure, Whose, WriteRules};
use cunshi_model::{DecisionId, Micros};
use serde_json::{Map, Value};

use super::read::Snapshot;
use super::{Data, Transaction};

/// A version that a space published.
#[derive(Clone)]
pub(super) struct Published {
    pub(super) hook: String,
    pub(super) rule: Rule,
    pub(super) from: Micros,
}

/// A failure of a rule, as kept for whoever mends it.
#[derive(Clone, Debug, PartialEq)]
pub struct FailedRule {
    /// The hook.
    pub hook: String,
    /// The rule that failed.
    pub rule: Rule,
    /// What it was given.
    pub input: Map<String, Value>,
    /// Where and why.
    pub failure: RuleFailure,
    /// When.
    pub at: Micros,
}

impl Data {
    fn active_now(&self, hook: &str, at: Micros) -> Option<Rule> {
        let mine = self.published.iter().filter(|version| version.hook == hook && version.from <= at);
        // The one that took effect last; of those that did so together the one published last.
        mine.max_by_key(|version| version.from).map(|version| version.rule.clone())
    }

    fn decided_now(&self, hook: &str, whose: Whose, item: &str, from: Micros, to: Micros) -> (i64, i64) {
        let counts = |decision: &&DecisionRecord| {
            let given = decision.output.get("item").or_else(|| decision.input.get("item"));
            let theirs = match whose {
                Whose::Person(person) => decision.person == Some(person),
                Whose::Household(household) => decision.household == Some(household),
            };
            decision.hook == hook
                && decision.voided.is_none()
                && (from..to).contains(&decision.at)
                && given.and_then(Value::as_str) == Some(item)
                && theirs
        };
        let points = |decision: &DecisionRecord| decision.output.get("points").and_then(Value::as_i64).unwrap_or(0);
        let counted = self.decisions.iter().filter(counts);
        counted.fold((0, 0), |(times, total), decision| (times + 1, total + points(decision)))
    }
}

macro_rules! read_rules {
    ($type:ty) => {
        #[async_trait]
        impl ReadRules for $type {
            async fn active_rule(&mut self, hook: &str, at: Micros) -> Result<Option<Rule>> {
                Ok(self.data.active_now(hook, at))
            }
            async fn decision(&mut self, id: DecisionId) -> Result<Option<DecisionRecord>> {
                Ok(self.data.decisions.iter().find(|decision| decision.id == id).cloned())
            }
            async fn decided(
                &mut self,
                hook: &str,
                whose: Whose,
                item: &str,
                from: Micros,
                to: Micros,
            ) -> Result<(i64, i64)> {
                Ok(self.data.decided_now(hook, whose, item, from, to))
            }
        }
    };
}

read_rules!(Snapshot);
read_rules!(Transaction);

#[async_trait]
impl WriteRules for Transaction {
    async fn record_decision(&mut self, new: NewDecision<'_>) -> Result<DecisionId> {
        let id = DecisionId::new(new.now);
        self.data.decisions.push(DecisionRecord {
            id,
            hook: new.hook.to_owned(),
            plugin: new.plugin.to_owned(),
            rule: new.rule.clone(),
            guards: new.guards.to_owned(),
            engine: new.engine.to_owned(),
            input: new.input.clone(),
            answers: new.answers.to_vec(),
            output: new.output.clone(),
            because: new.because.to_vec(),
            fell_back: new.fell_back.cloned(),
            person: new.person,
            household: new.household,
            at: new.at,
            made: new.now,
            voided: None,
        });
        Ok(id)
    }

    async fn void_decision(&mut self, plugin: &str, id: DecisionId, now: Micros) -> Result<()> {
        let mine = |decision: &&mut DecisionRecord| decision.id == id && decision.plugin == plugin;
        let decision = self.data.decisions.iter_mut().find(mine).ok_or(DataError::Missing)?;
        decision.voided.get_or_insert(now);
        Ok(())
    }

    async fn record_rule_failure(
        &mut self,
        hook: &str,
        rule: &Rule,
        input: &Map<String, Value>,
        failure: &RuleFailure,
        now: Micros,
    ) -> Result<()> {
        let (hook, rule, input) = (hook.to_owned(), rule.clone(), input.clone());
        self.data.failures.push(FailedRule { hook, rule, input, failure: failure.clone(), at: now });
        Ok(())
    }
}
