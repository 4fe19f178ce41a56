//! A hook with its table, as `points` has it, and short ways to step and check.

use std::sync::{Arc, LazyLock};

use cunshi_contract::rule::{Hook, RuleCase, RuleText};
use cunshi_model::rules::{Answered, Guard, Origin, Rule, RuleEngine, RuleFailure, Step, digest};
use cunshi_rules::{Report, Rules};
use serde_json::{Map, Value, json};

pub static RULES: LazyLock<Rules> = LazyLock::new(Rules::new);

/// 2026-09-02, a Wednesday, 00:00 in China.
pub const WEDNESDAY: i64 = 1_788_278_400_000_000;

const HOOK: &str = r#"
name = "points.award"
title = { zh = "记多少分", en = "What a deed earns" }
entry = "award(deed)"
default = "rules/award.rhai"
input = [
  { name = "kind", kind = "text", required = true },
  { name = "item", kind = "text", required = true },
  { name = "quantity", kind = "decimal" },
  { name = "price", kind = "points" },
  { name = "at", kind = "integer" },
  { name = "age", kind = "integer" },
  { name = "group", kind = "text" },
  { name = "has_household", kind = "yes/no" },
]
output = [
  { name = "item", kind = "text" },
  { name = "points", kind = "points", required = true },
  { name = "kind", kind = "choice", choices = [
    { value = "base", label = { zh = "基础分", en = "Base" } },
    { value = "redeemable", label = { zh = "可兑换分", en = "Redeemable" } },
  ] },
  { name = "publicity_days", kind = "integer", min = 0, max = 30 },
  { name = "rate", kind = "decimal" },
]
table = [
  { name = "item", kind = "text", required = true, max = 40, label = { zh = "项目", en = "Item" } },
  { name = "label", kind = "text", required = true, label = { zh = "怎么叫", en = "Called" } },
  { name = "points", kind = "points", required = true, label = { zh = "分数", en = "Points" } },
  { name = "kind", kind = "choice", choices = [
    { value = "base", label = { zh = "基础分", en = "Base" } },
    { value = "redeemable", label = { zh = "可兑换分", en = "Redeemable" } },
  ] },
  { name = "cap", kind = "integer", min = 1, label = { zh = "上限", en = "Cap" } },
]
"#;

pub fn hook() -> Hook {
    toml::from_str(HOOK).expect("the hook is well written")
}

pub fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => panic!("{other} is no object"),
    }
}

pub fn table() -> Vec<Map<String, Value>> {
    vec![
        object(json!({ "item": "volunteer", "label": "志愿服务", "points": "0.5", "kind": "redeemable", "cap": 10 })),
        object(json!({ "item": "littering", "label": "乱倒垃圾", "points": -5, "kind": "base" })),
    ]
}

pub fn written(script: &str) -> RuleText {
    RuleText { script: script.to_owned(), table: table(), cases: vec![case()] }
}

/// The body of the entry, in a script of its own.
pub fn body(body: &str) -> String {
    format!("fn award(deed) {{\n{body}\n}}")
}

pub fn case() -> RuleCase {
    RuleCase {
        name: "一个例子".to_owned(),
        input: object(json!({ "kind": "volunteer", "item": "volunteer", "quantity": "2" })),
        answers: std::collections::BTreeMap::new(),
        output: Map::new(),
    }
}

pub fn rule(text: RuleText) -> Rule {
    Rule { origin: Origin::Village, version: 1, digest: digest("points.award", &text), text: Arc::new(text) }
}

pub fn facts() -> Map<String, Value> {
    object(json!({ "kind": "volunteer", "item": "volunteer", "quantity": "2", "at": WEDNESDAY }))
}

pub fn check(script: &str) -> Report {
    RULES.check(&hook(), &written(script), &[])
}

pub fn step_with(script: &str, guards: &[Guard], input: &Map<String, Value>, answers: &[Answered]) -> Step {
    RULES.step(&hook(), &rule(written(script)), guards, input, answers)
}

pub fn step(script: &str) -> Step {
    step_with(script, &[], &facts(), &[])
}

pub fn failure(step: Step) -> RuleFailure {
    match step {
        Step::Failed(failure) => failure,
        other => panic!("it did not fail: {other:?}"),
    }
}

pub fn decided(step: Step) -> (Map<String, Value>, Vec<String>) {
    match step {
        Step::Decided { output, because } => (output, because),
        other => panic!("it did not decide: {other:?}"),
    }
}

pub fn answered(question: &str, answer: i64) -> Answered {
    Answered { question: question.to_owned(), answer }
}
