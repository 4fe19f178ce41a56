//! One decision: facts come as JSON, the default rule of `points.award` decides, its answer goes as JSON. Nothing is
//! recorded and nothing is asked of a village's history, whose questions cost what the store costs.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use cunshi_contract::rule::Hook;
use cunshi_model::rules::{Origin, Rule, RuleEngine, Step, digest};
use cunshi_rules::Rules;
use cunshi_runtime::package::manifest_of;
use serde_json::{Map, Value, json};

use super::{Figure, Promise, each, median, span};
use crate::{AWARD, plugin};

/// Decisions of one round, and rounds.
const DECISIONS: u32 = 2_000;
const ROUNDS: usize = 25;

pub(super) fn measure() -> Figure {
    let hook = hook();
    let text = Arc::new(hook.built.clone().expect("built with its rule"));
    let rule = Rule { origin: Origin::Plugin, version: 0, digest: digest(AWARD, &text), text };
    let facts = json!({
        "kind": "volunteer.hours", "item": "volunteer.hours", "quantity": "2.5", "unit": "hours",
        "at": 1_788_307_200_000_000_i64, "source": "deed", "has_household": true,
    });
    let (rules, facts) = (Rules::new(), facts.to_string());
    let decided = decide(&rules, &hook, &rule, &facts);
    assert!(decided.contains("\"points\":250"), "not what the rule says: {decided}");
    let mut ours = Vec::new();
    for _ in 0..ROUNDS {
        let began = Instant::now();
        for _ in 0..DECISIONS {
            black_box(decide(&rules, &hook, &rule, black_box(&facts)));
        }
        ours.push(each(began.elapsed(), DECISIONS));
    }
    let ours = median(ours);
    Figure {
        what: "one decision, JSON in and out, not recorded",
        ours: span(ours),
        counterpart: String::new(),
        measured: ours * 1e6,
        promise: Promise::AtMost(10.0, "µs"),
    }
}

fn decide(rules: &Rules, hook: &Hook, rule: &Rule, facts: &str) -> String {
    let input: Map<String, Value> = serde_json::from_str(facts).expect("facts");
    match rules.step(hook, rule, &[], &input, &[]) {
        Step::Decided { output, because } => serde_json::to_string(&(output, because)).expect("an answer"),
        other => panic!("it did not decide: {other:?}"),
    }
}

/// As the built plugin declares it.
fn hook() -> Hook {
    let bytes = plugin("points");
    let manifest = manifest_of(&bytes).expect("a manifest");
    manifest.rule(AWARD).cloned().expect("the hook of awards")
}
