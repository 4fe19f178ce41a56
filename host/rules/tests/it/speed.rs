//! A decision costs microseconds: compiled once, and the table is not copied.

use std::time::Instant;

use cunshi_model::rules::{RuleEngine, Step};

use crate::stage::{RULES, body, facts, hook, rule, written};

#[test]
fn a_decision_is_quick() {
    let script = body("let found = row(deed.item); because(found.label); #{ points: found.points * deed.quantity }");
    let (hook, rule, facts) = (hook(), rule(written(&script)), facts());
    let decide = || RULES.step(&hook, &rule, &[], &facts, &[]);
    assert!(matches!(decide(), Step::Decided { .. }));
    let began = Instant::now();
    for _ in 0..1_000 {
        std::hint::black_box(decide());
    }
    let each = began.elapsed() / 1_000;
    println!("{each:?} a decision");
    // Ten times what it takes on an idle machine: this finds a script that is compiled each time, not a busy one.
    assert!(each.as_micros() < 100, "{each:?}");
}
