//! Decisions as they were recorded, replayed: what was decided once is decided so for ever. A file here is never
//! changed; a new engine that decides otherwise gets a new version and keeps the old one beside it.

use std::path::Path;

use cunshi_contract::rule::{Hook, RuleText};
use cunshi_model::rules::{Answered, RuleEngine, Step};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::stage::{RULES, rule};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Golden {
    engine: String,
    hook: Hook,
    rule: RuleText,
    input: Map<String, Value>,
    answers: Vec<Answered>,
    output: Map<String, Value>,
    because: Vec<String>,
}

#[test]
fn every_decision_comes_out_again() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut replayed = 0;
    for entry in std::fs::read_dir(folder).expect("the folder of decisions") {
        let path = entry.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("a decision");
        let golden: Golden = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(golden.engine, RULES.version(), "{}", path.display());
        let step = RULES.replay(&golden.hook, &rule(golden.rule), &golden.input, &golden.answers);
        let wanted = Step::Decided { output: golden.output, because: golden.because };
        assert_eq!(step, wanted, "{}", path.display());
        replayed += 1;
    }
    assert!(replayed >= 12, "only {replayed} decisions");
}
