//! One rule, step by step: it runs from the start, asks, is answered, and runs again.

use std::sync::Arc;

use cunshi_contract::ledger::Holder;
use cunshi_contract::rule::Hook;
use cunshi_model::rules::{Answered, Guard, Question, Rule, RuleFailure, Step, Whose};
use serde_json::{Map, Value};

use super::Answer;
use super::facts::Facts;
use crate::abi::Refusal;
use crate::budget::Limit;
use crate::rules::plain;
use crate::state::CallState;

/// Greatest number of questions of one decision.
const MAX_QUESTIONS: usize = 16;

/// What a rule decided, and on what answers.
pub(super) struct Ran {
    pub(super) output: Map<String, Value>,
    pub(super) because: Vec<String>,
    pub(super) answers: Vec<Answered>,
}

/// How a rule ended.
pub(super) enum Ended {
    Decided(Ran),
    Failed(RuleFailure),
}

pub(super) async fn run(
    state: &mut CallState,
    hook: &Hook,
    rule: &Rule,
    guards: &[Guard],
    facts: &Facts,
) -> Answer<Ended> {
    let engine = Arc::clone(&state.inner.rules);
    let mut answers: Vec<Answered> = Vec::new();
    loop {
        let step = engine.step(hook, rule, guards, &facts.input, &answers);
        breathe(state).await?;
        let (question, what) = match step {
            Step::Decided { output, because } => return Ok(Ended::Decided(Ran { output, because, answers })),
            Step::Failed(failure) => return Ok(Ended::Failed(failure)),
            Step::Asks { question, what } => (question, what),
        };
        if answers.len() >= MAX_QUESTIONS {
            return Ok(Ended::Failed(plain(
                &format!("一次决定最多问 {MAX_QUESTIONS} 个问题（times、total、balance、working_days），请少问几个"),
                &format!(
                    "one decision may ask at most {MAX_QUESTIONS} questions (times, total, balance, working_days): ask fewer"
                ),
            )));
        }
        match answer(state, hook, facts, &what).await? {
            Ok(answer) => answers.push(Answered { question, answer }),
            Err(failure) => return Ok(Ended::Failed(failure)),
        }
    }
}

/// A step is charged to the call like the guest's own time: a village's slow rule costs that village. It keeps to
/// the lane as the guest does.
async fn breathe(state: &mut CallState) -> Answer<()> {
    state.meter.pause();
    if state.meter.is_spent() {
        state.stopped.get_or_insert(Limit::Cpu);
        return Err(Refusal::OverBudget("the time of this call is used up".to_owned()));
    }
    if state.meter.is_long() {
        let lane = Arc::clone(state.admission.lane());
        lane.next_tick().await;
    }
    state.meter.resume();
    Ok(())
}

async fn answer(
    state: &mut CallState,
    hook: &Hook,
    facts: &Facts,
    question: &Question,
) -> Answer<Result<i64, RuleFailure>> {
    match question {
        Question::Times { item, span, household } => {
            let (from, to) = span.around(facts.at);
            Ok(Ok(decided(state, hook, whose(facts, *household), item, from, to).await?.0))
        }
        Question::Total { item, span, household } => {
            let (from, to) = span.around(facts.at);
            Ok(Ok(decided(state, hook, whose(facts, *household), item, from, to).await?.1))
        }
        Question::Balance { kind } => balance(state, facts, kind).await,
        Question::WorkingDays { days, from } => {
            let end = state.inner.calendar().add_working_days(*from, *days);
            Ok(end.map_err(|error| {
                plain(&format!("工作日算得太远：最多 {} 个", cunshi_model::calendar::MAX_DAYS), &error.to_string())
            }))
        }
    }
}

/// Whose history counts: nobody's, when it is about nobody.
fn whose(facts: &Facts, household: bool) -> Option<Whose> {
    let of_household = facts.household.map(Whose::Household);
    if household { of_household } else { facts.person.map(Whose::Person).or(of_household) }
}

async fn decided(
    state: &mut CallState,
    hook: &Hook,
    whose: Option<Whose>,
    item: &str,
    from: i64,
    to: i64,
) -> Answer<(i64, i64)> {
    let Some(whose) = whose else { return Ok((0, 0)) };
    let waiting = state.meter.wait();
    let counted = state.reader()?.decided(&hook.name, whose, item, from, to).await;
    drop(waiting);
    counted.map_err(|error| state.refusal(error))
}

/// What the household has, or the person where there is none.
async fn balance(state: &mut CallState, facts: &Facts, kind: &str) -> Answer<Result<i64, RuleFailure>> {
    let household = facts.household.map(|id| Holder::Household(id.to_string()));
    let holder = household.or_else(|| facts.person.map(|id| Holder::Person(id.to_string())));
    let Some(holder) = holder else { return Ok(Ok(0)) };
    let waiting = state.meter.wait();
    let balances = state.reader()?.balances(&holder).await;
    drop(waiting);
    let balances = balances.map_err(|error| state.refusal(error))?;
    Ok(match kind {
        "base" => Ok(balances.base),
        "redeemable" => Ok(balances.redeemable),
        "honour" => Ok(balances.honour),
        other => Err(plain(
            &format!("没有“{other}”这种积分，请写 base、redeemable 或 honour"),
            &format!("there are no points of the kind `{other}`: write base, redeemable or honour"),
        )),
    })
}
