//! An engine for tests: a rule whose script is JSON that says what it asks and what it answers.

use std::collections::BTreeMap;

use cunshi_contract::Text;
use cunshi_contract::rule::{Hook, RuleText};
use cunshi_model::rules::{Answered, Guard, Question, Rule, RuleEngine, RuleFailure, Span, Step};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A rule of a test.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JsonRule {
    /// What it asks, in order: a word and what goes with it.
    #[serde(default)]
    pub asks: Vec<(String, Vec<Value>)>,
    /// It asks on and on.
    #[serde(default)]
    pub asks_for_ever: bool,
    /// Where and why it fails, when it does.
    #[serde(default)]
    pub fails: Option<(u32, u32, String)>,
    /// What it answers: `"$0"` stands for the first answer of the host, `"$item"` for the fact `item`.
    #[serde(default)]
    pub output: Map<String, Value>,
    /// What it says.
    #[serde(default)]
    pub because: Vec<String>,
    /// How many milliseconds of the processor each step takes.
    #[serde(default)]
    pub takes_ms: u64,
}

impl JsonRule {
    /// A rule that answers this.
    pub fn answers(output: Value) -> Self {
        let Value::Object(output) = output else { panic!("{output} is not an output") };
        Self { output, ..Self::default() }
    }

    /// A rule that fails at a line and column.
    pub fn fails(line: u32, column: u32, why: &str) -> Self {
        Self { fails: Some((line, column, why.to_owned())), ..Self::default() }
    }

    /// As the text of a version.
    pub fn text(&self) -> RuleText {
        let script = serde_json::to_string(self).expect("a rule of a test");
        RuleText { script, ..RuleText::default() }
    }
}

/// Runs [`JsonRule`]s. A guard is passed when the output has more than its `max`.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonRules;

impl RuleEngine for JsonRules {
    fn version(&self) -> &'static str {
        "json 1"
    }

    fn step(
        &self,
        _hook: &Hook,
        rule: &Rule,
        guards: &[Guard],
        input: &Map<String, Value>,
        answers: &[Answered],
    ) -> Step {
        let rule: JsonRule = serde_json::from_str(&rule.text.script).expect("a rule of a test");
        burn(rule.takes_ms);
        if let Some((line, column, why)) = &rule.fails {
            return failed(Some(*line), Some(*column), why, None);
        }
        if rule.asks_for_ever {
            let item = answers.len().to_string();
            let question = format!("times({item}, day)");
            return Step::Asks { question, what: Question::Times { item, span: Span::Day, household: false } };
        }
        if let Some((word, with)) = rule.asks.get(answers.len()) {
            return Step::Asks { question: written(word, with), what: question(word, with) };
        }
        let facts: BTreeMap<String, Value> = (input.iter().map(|(name, value)| (format!("${name}"), value.clone())))
            .chain(answers.iter().enumerate().map(|(at, answered)| (format!("${at}"), answered.answer.into())))
            .collect();
        let filled = |value: &Value| value.as_str().and_then(|text| facts.get(text)).unwrap_or(value).clone();
        let output: Map<String, Value> =
            rule.output.iter().map(|(name, value)| (name.clone(), filled(value))).collect();
        let passed = guards.iter().find(|guard| {
            let most = guard.max.as_ref().and_then(Value::as_i64);
            most.is_some_and(|most| output.get(&guard.output).and_then(Value::as_i64).is_some_and(|found| found > most))
        });
        match passed {
            Some(guard) => failed(None, None, &guard.say.zh, Some(guard.name.clone())),
            None => Step::Decided { output, because: rule.because },
        }
    }
}

fn failed(line: Option<u32>, column: Option<u32>, why: &str, guard: Option<String>) -> Step {
    Step::Failed(RuleFailure { line, column, message: Text { zh: why.to_owned(), en: why.to_owned() }, guard })
}

fn written(word: &str, with: &[Value]) -> String {
    let with: Vec<String> = with.iter().map(|value| value.as_str().map_or(value.to_string(), str::to_owned)).collect();
    format!("{word}({})", with.join(", "))
}

fn question(word: &str, with: &[Value]) -> Question {
    let text = |at: usize| with.get(at).and_then(Value::as_str).unwrap_or_default().to_owned();
    let span = || serde_json::from_value(with.get(1).cloned().unwrap_or_default()).expect("a span");
    match word {
        "times" | "times_of_household" => {
            Question::Times { item: text(0), span: span(), household: word.ends_with("household") }
        }
        "total" | "total_of_household" => {
            Question::Total { item: text(0), span: span(), household: word.ends_with("household") }
        }
        "balance" => Question::Balance { kind: text(0) },
        "working_days" => Question::WorkingDays {
            days: with.first().and_then(Value::as_u64).and_then(|days| days.try_into().ok()).expect("a number of days"),
            from: with.get(1).and_then(Value::as_i64).expect("an instant"),
        },
        other => panic!("no script asks `{other}`"),
    }
}

/// Uses the processor for so long.
fn burn(ms: u64) {
    let time = || rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    let began = time();
    let spent = || {
        let now = time();
        (now.tv_sec - began.tv_sec) * 1_000 + (now.tv_nsec - began.tv_nsec) / 1_000_000
    };
    while u64::try_from(spent()).unwrap_or(0) < ms {
        std::hint::spin_loop();
    }
}
