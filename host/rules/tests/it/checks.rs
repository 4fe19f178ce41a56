//! The check before a version is published.

use cunshi_contract::rule::{RuleCase, RuleText};
use cunshi_model::rules::Guard;
use serde_json::{Map, json};

use crate::stage::{RULES, WEDNESDAY, body, case, check, hook, object, table, written};

const CAPPED: &str = r#"fn award(deed) {
    let found = row(deed.item);
    if found == () { return #{ points: 0 }; }
    let left = found.cap - total(deed.item, "month");
    because(`还可得 ${left} 分`);
    #{ points: min(left, found.points * deed.quantity), kind: found.kind }
}"#;

fn capped(cases: Vec<RuleCase>) -> RuleText {
    RuleText { script: CAPPED.to_owned(), table: table(), cases }
}

fn with(answers: serde_json::Value, output: serde_json::Value) -> RuleCase {
    RuleCase { answers: object(answers).into_iter().collect(), output: object(output), ..case() }
}

#[test]
fn a_sound_rule_passes_with_its_cases() {
    let cases = vec![
        with(json!({}), json!({ "points": 1, "kind": "redeemable" })),
        with(json!({ "total(volunteer, month)": "9.5" }), json!({ "points": "0.5" })),
        RuleCase {
            name: "表上没有".to_owned(),
            input: object(json!({ "item": "singing" })),
            ..with(json!({}), json!({ "points": 0 }))
        },
    ];
    let report = RULES.check(&hook(), &capped(cases), &[]);
    assert!(report.is_ok(), "{report:#?}");
    assert!(report.cases.iter().all(|case| case.ok));
    assert_eq!(report.cases[1].because, ["还可得 0.5 分"]);
    assert_eq!(report.cases[1].output, Some(object(json!({ "points": 50, "kind": "redeemable" }))));
}

#[test]
fn a_case_that_comes_out_otherwise_says_how() {
    let report = RULES.check(&hook(), &capped(vec![with(json!({}), json!({ "points": 2 }))]), &[]);
    assert!(!report.is_ok() && !report.cases[0].ok);
    assert_eq!(report.errors[0].message.zh, "例子“一个例子”：points 应当是 2，得到的是 1");
    assert_eq!(report.cases[0].message.as_ref().map(|said| said.en.as_str()), Some("`points` should be 2, and is 1"));
}

#[test]
fn a_case_speaks_of_declared_facts_and_answers_only() {
    let case_of = |case: RuleCase| RULES.check(&hook(), &capped(vec![case]), &[]).errors[0].message.en.clone();
    let unknown = RuleCase { input: object(json!({ "name": "张三" })), ..case() };
    assert!(case_of(unknown).contains("there is no fact `name`"));
    assert!(case_of(with(json!({}), json!({ "stars": 5 }))).contains("the answer has no `stars`"));
    let text = case_of(with(json!({ "total(volunteer, month)": "many" }), json!({})));
    assert!(text.contains("the answer to `total(volunteer, month)`: write points"), "{text}");
}

#[test]
fn a_failing_case_names_its_place_in_the_script() {
    let report = check(&body("let found = row(deed.item);\n#{ points: found.pionts }"));
    let mistake = &report.errors[0];
    assert_eq!((mistake.line, mistake.column), (Some(3), Some(17)));
    assert_eq!(mistake.message.zh, "例子“一个例子”：没有“pionts”这一项，看看是不是写错了");
}

#[test]
fn without_an_answer_of_its_own_a_case_has_a_plain_week() {
    let script = body("#{ points: (working_days(3, deed.at) - deed.at) / 3600000000 }");
    // From Wednesday: Thursday, Friday, Monday, to its end: six days of 24 hours.
    let case = RuleCase {
        input: object(json!({ "item": "a", "at": WEDNESDAY })),
        output: object(json!({ "points": 144 })),
        ..case()
    };
    let report = RULES.check(&hook(), &RuleText { cases: vec![case], ..written(&script) }, &[]);
    assert!(report.is_ok(), "{report:#?}");
}

#[test]
fn all_that_can_be_seen_without_running_is_said_at_once_in_order() {
    let report =
        check("fn award(deed) {\n  times(1);\n  reward();\n  #{ points: deed.pionts }\n}\nfn row(x) { }\nlet y = 1;");
    let places: Vec<_> = report.errors.iter().map(|mistake| mistake.line).collect();
    assert_eq!(places, [Some(2), Some(3), Some(4), Some(6), Some(7)], "{report:#?}");
    assert!(report.cases.is_empty());
}

#[test]
fn what_the_entry_makes_of_its_facts_itself_is_not_misspelt() {
    for text in [
        "let deed = #{ points: 5 }; #{ points: deed.points }",
        "deed.extra = 5; #{ points: deed.extra }",
        "let f = #{ twice: |x| x * 2 }; #{ points: f.twice(2) }",
    ] {
        let report = check(&body(text));
        assert!(report.is_ok(), "{text}: {report:#?}");
    }
}

#[test]
fn what_is_in_a_comment_or_a_text_is_no_definition() {
    let script = "// fn row(x) { }\nfn award(deed) { let s = \"fn row(x)\"; #{ points: 1 } }\nfn row(x) { }";
    assert_eq!(check(script).errors[0].line, Some(3));
}

fn guard(when: &serde_json::Value, bound: serde_json::Value) -> Guard {
    let mut guard = object(json!({ "name": "a-guard", "hook": "points.award", "say": { "zh": "不许", "en": "no" },
        "when": when, "output": "points" }));
    guard.extend(object(bound));
    serde_json::from_value(guard.into()).expect("a guard")
}

#[test]
fn rows_that_pass_a_guard_are_found_without_a_case() {
    let text = RuleText { cases: Vec::new(), ..capped(Vec::new()) };
    let with = |guard: Guard| RULES.check(&hook(), &text, &[guard]).errors;
    let errors = with(guard(&json!({}), json!({ "min": "-2" })));
    assert_eq!(errors.len(), 1);
    assert_eq!((errors[0].row, errors[0].guard.as_deref()), (Some(2), Some("a-guard")));
    assert_eq!(
        errors[0].message.en,
        "row 2 of the table (littering): it passes the district's guard `a-guard`: no (points must be at least -2; here it is -5)"
    );
    assert_eq!(with(guard(&json!({ "item": "volunteer" }), json!({ "min": 1 }))).len(), 1);
    assert_eq!(with(guard(&json!({ "item": ["singing", "dancing"] }), json!({ "min": 1 }))), []);
    assert_eq!(with(guard(&json!({ "age": 80 }), json!({ "min": 1 }))), [], "what depends on facts is found by cases");
    assert_eq!(with(guard(&json!({}), json!({ "min": -5, "max": "0.5" }))), []);
}

#[test]
fn a_case_that_passes_a_guard_names_it() {
    let guards = [guard(&json!({ "kind": ["volunteer"] }), json!({ "max": "0.99" }))];
    let report = RULES.check(&hook(), &capped(vec![case()]), &guards);
    assert_eq!(report.errors.len(), 1, "{report:#?}");
    assert_eq!(report.errors[0].guard.as_deref(), Some("a-guard"));
    assert!(!report.cases[0].ok);
    let elsewhere = Guard { hook: "points.redeem".to_owned(), ..guards[0].clone() };
    assert!(RULES.check(&hook(), &capped(vec![case()]), &[elsewhere]).is_ok());
}

#[test]
fn a_check_does_not_run_an_endless_rule_a_hundred_times() {
    let cases = vec![case(); 100];
    let report = RULES.check(&hook(), &RuleText { cases, ..written(&body("loop { }")) }, &[]);
    assert_eq!((report.cases.len(), report.errors.len()), (1, 1));
    let cases = vec![case(); 101];
    let report = RULES.check(&hook(), &RuleText { cases, ..written(&body("loop { }")) }, &[]);
    assert_eq!(report.errors[0].message.zh, "例子最多 100 个，现有 101 个");
}

#[test]
fn an_empty_rule_is_told_what_it_lacks() {
    let report =
        RULES.check(&hook(), &RuleText { script: String::new(), table: vec![Map::new()], cases: Vec::new() }, &[]);
    let said: Vec<_> = report.errors.iter().map(|mistake| mistake.message.zh.as_str()).collect();
    assert_eq!(said[0], "脚本里没有 fn award(deed) { … }，请写上");
    assert!(said[1..].iter().all(|said| said.starts_with("表第 1 行的")), "{said:?}");
}
