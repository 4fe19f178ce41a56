//! `rules`: decisions by the village's rules, for the hooks that the manifest declares.
//!
//! The order: where the district has locked a hook, its rule or the plugin's default; else the space's active
//! version, the district's, the default. A rule that fails ends the call where the hook says `wait`; where it says
//! `fall-back`, the next in the order decides and the decision says so.

use std::sync::Arc;

use cunshi_contract::Lang;
use cunshi_contract::rule::{Decided, Hook, OnFailure};
use cunshi_model::DecisionId;
use cunshi_model::rules::{Guard, NewDecision, Origin, Rule};
use serde_json::{Map, Value};
use wasmtime::StoreContextMut;
use wasmtime::component::Linker;

use crate::abi::{Level, Refusal};
use crate::cache::sha256;
use crate::fields;
use crate::release::Release;
use crate::rules::FailedRule;
use crate::state::CallState;

mod facts;
mod steps;

use facts::Facts;
use steps::{Ended, Ran};

type Answer<T> = Result<T, Refusal>;

pub(super) fn add(linker: &mut Linker<CallState>) -> wasmtime::Result<()> {
    let mut rules = linker.instance("cunshi:plugin/rules@1.0.0")?;
    rules.func_wrap_async("decide", |mut cx: StoreContextMut<'_, CallState>, (hook, ask): (String, String)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = decide(state, &hook, &ask).await;
            state.answer(answer)
        })
    })?;
    rules.func_wrap_async("preview", |mut cx: StoreContextMut<'_, CallState>, (hook, ask): (String, String)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = preview(state, &hook, &ask).await;
            state.answer(answer)
        })
    })?;
    rules.func_wrap_async("void", |mut cx: StoreContextMut<'_, CallState>, (decision,): (String,)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = void(state, &decision).await;
            state.answer(answer)
        })
    })?;
    rules.func_wrap_async("table", |mut cx: StoreContextMut<'_, CallState>, (hook,): (String,)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = table(state, &hook).await;
            state.answer(answer)
        })
    })
}

async fn decide(state: &mut CallState, hook: &str, ask: &str) -> Answer<String> {
    state.writer()?;
    let release = begin(state)?;
    let hook = declared(&release, hook)?;
    let facts = facts::read(state, hook, ask).await?;
    let guards = guards(state, hook).await?;
    let verdict = match verdict(state, &release, hook, &guards, &facts).await? {
        Ok(verdict) => verdict,
        Err(failed) => {
            let sentence = failed.sentence(Lang::En);
            // The last thing of this call: its reason is kept when it is undone.
            state.failed_rules.push(failed);
            state.ended_by_rule = true;
            return Err(Refusal::Unavailable(sentence));
        }
    };
    let engine = Arc::clone(&state.inner.rules);
    let guards = serde_json::to_vec(&guards).map_err(|error| Refusal::Unavailable(error.to_string()))?;
    let new = NewDecision {
        hook: &hook.name,
        plugin: &release.manifest.name,
        rule: &verdict.rule,
        guards: &sha256(&guards),
        engine: engine.version(),
        input: &facts.input,
        answers: &verdict.ran.answers,
        output: &verdict.ran.output,
        because: &verdict.ran.because,
        fell_back: verdict.instead_of.as_ref().map(|failed| &failed.failure),
        person: facts.person,
        household: facts.household,
        at: facts.at,
        now: state.now,
    };
    let waiting = state.meter.wait();
    let recorded = state.writer()?.record_decision(new).await;
    drop(waiting);
    let id = recorded.map_err(|error| state.refusal(error))?;
    state.wrote = true;
    state.failed_rules.extend(verdict.instead_of.clone());
    give(state, verdict, Some(id))
}

async fn preview(state: &mut CallState, hook: &str, ask: &str) -> Answer<String> {
    let release = begin(state)?;
    let hook = declared(&release, hook)?;
    let facts = facts::read(state, hook, ask).await?;
    let guards = guards(state, hook).await?;
    match verdict(state, &release, hook, &guards, &facts).await? {
        Ok(verdict) => give(state, verdict, None),
        Err(failed) => {
            let sentence = failed.sentence(Lang::En);
            state.keep_log(Level::Warn, sentence.clone());
            Err(Refusal::Unavailable(sentence))
        }
    }
}

async fn void(state: &mut CallState, decision: &str) -> Answer<()> {
    state.writer()?;
    let release = begin(state)?;
    let Ok(id) = decision.parse::<DecisionId>() else { return Err(Refusal::Missing) };
    let now = state.now;
    let waiting = state.meter.wait();
    let voided = state.writer()?.void_decision(&release.manifest.name, id, now).await;
    drop(waiting);
    voided.map_err(|error| state.refusal(error))?;
    state.wrote = true;
    Ok(())
}

async fn table(state: &mut CallState, hook: &str) -> Answer<String> {
    let release = begin(state)?;
    let hook = declared(&release, hook)?;
    let rule = order(state, &release, hook).await?.into_iter().next();
    let rows = rule.as_ref().map_or(&[][..], |rule| &rule.text.table);
    let rows: Vec<Map<String, Value>> = rows.iter().map(|row| shown(hook, row)).collect();
    let json = serde_json::to_string(&rows).map_err(|error| Refusal::Unavailable(error.to_string()))?;
    state.count_in(json.len())?;
    Ok(json)
}

/// What a rule of the order decided, and whose own rule failed before.
struct Verdict {
    rule: Rule,
    ran: Ran,
    instead_of: Option<FailedRule>,
}

/// Asks the rules of the order: the first that decides, or the failure that ends the call.
async fn verdict(
    state: &mut CallState,
    release: &Release,
    hook: &Hook,
    guards: &[Guard],
    facts: &Facts,
) -> Answer<Result<Verdict, FailedRule>> {
    let mut first: Option<FailedRule> = None;
    for rule in order(state, release, hook).await? {
        match steps::run(state, hook, &rule, guards, facts).await? {
            Ended::Decided(ran) => return Ok(Ok(Verdict { rule, ran, instead_of: first })),
            Ended::Failed(failure) => {
                let (name, title, input) = (hook.name.clone(), hook.title.clone(), facts.input.clone());
                // What has to be mended first is the rule that should have decided.
                let failed = first.get_or_insert(FailedRule { hook: name, title, rule, input, failure });
                if hook.on_failure == OnFailure::Wait {
                    return Ok(Err(failed.clone()));
                }
            }
        }
    }
    // A release without its default is not loaded, so that somebody was asked.
    match first {
        Some(failed) => Ok(Err(failed)),
        None => Err(Refusal::Unavailable(format!("`{}` has no rule", hook.name))),
    }
}

/// The rules that may decide, the one that should first.
async fn order(state: &mut CallState, release: &Release, hook: &Hook) -> Answer<Vec<Rule>> {
    let (spaces, now) = (Arc::clone(&state.inner.spaces), state.now);
    let waiting = state.meter.wait();
    let district = spaces.district_rules().await;
    let district = district.map_err(|error| state.refusal(error))?;
    let own = if district.locks.contains(&hook.name) {
        None
    } else {
        let active = state.reader()?.active_rule(&hook.name, now).await;
        active.map_err(|error| state.refusal(error))?
    };
    drop(waiting);
    let district = district.active.get(&hook.name).cloned();
    Ok([own, district, release.defaults.get(&hook.name).cloned()].into_iter().flatten().collect())
}

async fn guards(state: &mut CallState, hook: &Hook) -> Answer<Vec<Guard>> {
    let spaces = Arc::clone(&state.inner.spaces);
    let waiting = state.meter.wait();
    let district = spaces.district_rules().await;
    drop(waiting);
    let district = district.map_err(|error| state.refusal(error))?;
    Ok(district.guards.iter().filter(|guard| guard.hook == hook.name).cloned().collect())
}

/// Within the budget.
fn begin(state: &mut CallState) -> Answer<Arc<Release>> {
    state.count_operation()?;
    Ok(Arc::clone(&state.release))
}

fn declared<'a>(release: &'a Release, hook: &str) -> Answer<&'a Hook> {
    let declared = release.manifest.rule(hook);
    declared.ok_or_else(|| Refusal::NotGranted(format!("declare `{hook}` as `[[rule]]` in plugin.toml")))
}

/// A row as plugins get values: points in hundredths, decimals as text. A cell that says something else than its
/// column is given as written; the rule itself says what is wrong with it.
fn shown(hook: &Hook, row: &Map<String, Value>) -> Map<String, Value> {
    let cell = |(name, value): (&String, &Value)| {
        let column = hook.table.iter().find(|column| column.name == *name);
        match column.map(|column| fields::written(column, value, Lang::En)) {
            Some(Ok(value)) => Some((name.clone(), value?)),
            Some(Err(_)) | None => Some((name.clone(), value.clone())),
        }
    };
    row.iter().filter_map(cell).collect()
}

fn give(state: &mut CallState, verdict: Verdict, id: Option<DecisionId>) -> Answer<String> {
    let decided = Decided {
        id: id.map(|id| id.to_string()),
        output: verdict.ran.output,
        because: verdict.ran.because,
        origin: match verdict.rule.origin {
            Origin::Village => "village",
            Origin::District => "district",
            Origin::Plugin => "plugin",
        }
        .to_owned(),
        version: verdict.rule.version,
        fell_back: verdict.instead_of.is_some(),
    };
    let json = serde_json::to_string(&decided).map_err(|error| Refusal::Unavailable(error.to_string()))?;
    state.count_in(json.len())?;
    Ok(json)
}
