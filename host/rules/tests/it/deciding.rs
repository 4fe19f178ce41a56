//! A rule decides: facts in, answers of the host, the declared output.

use cunshi_model::rules::{Guard, Question, RuleEngine, Span, Step};
use serde_json::json;

use crate::stage::{
    RULES, WEDNESDAY, answered, body, decided, facts, failure, hook, object, rule, step, step_with, written,
};

#[test]
fn points_are_exact_and_leave_as_hundredths() {
    let (output, because) = decided(step(&body(
        r#"let row = row(deed.item);
           because(row.label + "，每次 " + row.points + " 分");
           #{ points: row.points * deed.quantity + 0.1 + 0.2, item: row.item }"#,
    )));
    assert_eq!(output, object(json!({ "item": "volunteer", "points": 130 })));
    assert_eq!(because, ["志愿服务，每次 0.5 分"]);
}

#[test]
fn chinese_names_are_names() {
    let script = "fn award(这件事) { let 分数 = 翻倍(这件事.quantity); #{ points: 分数 } }\nfn 翻倍(数) { 数 * 2 }";
    assert_eq!(decided(step(script)).0["points"], 400);
}

#[test]
fn a_question_ends_the_run_and_its_answer_carries_it_on() {
    let script = body(
        r#"let done = times("volunteer", "month");
           let sum = total_of_household(deed.item, "year");
           #{ points: if done >= 2 { 0 } else { sum } }"#,
    );
    let Step::Asks { question, what } = step(&script) else { panic!("it asks") };
    assert_eq!(question, "times(volunteer, month)");
    assert_eq!(what, Question::Times { item: "volunteer".to_owned(), span: Span::Month, household: false });

    let answers = [answered("times(volunteer, month)", 1)];
    let Step::Asks { question, what } = step_with(&script, &[], &facts(), &answers) else { panic!("it asks again") };
    assert_eq!(question, "total_of_household(volunteer, year)");
    assert_eq!(what, Question::Total { item: "volunteer".to_owned(), span: Span::Year, household: true });

    let answers = [answered("times(volunteer, month)", 1), answered("total_of_household(volunteer, year)", 250)];
    assert_eq!(decided(step_with(&script, &[], &facts(), &answers)).0["points"], 250);
}

#[test]
fn a_question_cannot_be_caught() {
    let script = format!("{}\nfn look() {{ times(\"a\", \"day\") }}", body("try { look() } catch { } #{ points: 1 }"));
    assert!(matches!(step(&script), Step::Asks { .. }));
}

#[test]
fn balances_and_working_days_are_asked_for() {
    let asks = |text: &str| match step(&body(text)) {
        Step::Asks { question, what } => (question, what),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        asks("balance(\"honour\")"),
        ("balance(honour)".to_owned(), Question::Balance { kind: "honour".to_owned() })
    );
    let (question, what) = asks("working_days(3, deed.at)");
    assert_eq!(question, format!("working_days(3, {WEDNESDAY})"));
    assert_eq!(what, Question::WorkingDays { days: 3, from: WEDNESDAY });
}

#[test]
fn at_most_sixteen_questions() {
    let script = body("for n in 0..17 { times(`item${n}`, \"day\"); } #{ points: 1 }");
    let mut answers = Vec::new();
    let end = loop {
        match step_with(&script, &[], &facts(), &answers) {
            Step::Asks { question, .. } => answers.push(answered(&question, 0)),
            other => break other,
        }
    };
    assert_eq!(answers.len(), 16);
    assert_eq!(failure(end).message.en, "a rule asks the platform at most 16 questions: ask fewer");
}

#[test]
fn facts_that_were_not_given_are_unit() {
    let (output, _) = decided(step(&body("#{ points: if deed.age == () { 1 } else { 2 } }")));
    assert_eq!(output["points"], 100);
}

#[test]
fn facts_are_those_that_the_hook_declares() {
    let script = body("#{ points: 1 }");
    let refused = |input: serde_json::Value| failure(step_with(&script, &[], &object(input), &[])).message;
    assert_eq!(refused(json!({ "item": "a" })).en, "the fact `kind`: it must be given");
    assert!(refused(json!({ "kind": "a", "item": "a", "name": "张三" })).zh.starts_with("事实里没有“name”这一项"));
    assert_eq!(
        refused(json!({ "kind": "a", "item": "a", "quantity": 1.5 })).zh,
        "事实“quantity”：小数要写在引号里，如 \"0.5\"；这里是 1.5"
    );
}

#[test]
fn points_among_the_facts_are_hundredths() {
    let input = object(json!({ "kind": "a", "item": "a", "price": 250 }));
    let (output, because) =
        decided(step_with(&body("because(to_text(deed.price)); #{ points: deed.price }"), &[], &input, &[]));
    assert_eq!((output["points"].clone(), because[0].as_str()), (json!(250), "2.5"));
}

#[test]
fn rows_are_read_and_never_changed() {
    let (output, because) = decided(step(&body(
        r"for row in rows() { because(row.item); }
           let costly = rows().filter(|row| row.points < 0);
           #{ points: costly.len, publicity_days: rows().len, item: costly[0].item }",
    )));
    assert_eq!(output, object(json!({ "item": "littering", "points": 100, "publicity_days": 2 })));
    assert_eq!(because, ["volunteer", "littering"]);
    assert_eq!(decided(step(&body("#{ points: if row(\"singing\") == () { 1 } else { 2 } }"))).0["points"], 100);
    assert_eq!(decided(step(&body("#{ points: if row(\"littering\").cap == () { 1 } else { 2 } }"))).0["points"], 100);
    let change = failure(step(&body("let row = row(\"volunteer\"); row.points = 100; #{ points: row.points }")));
    assert_eq!(change.line, Some(2), "{change:?}");
    let misspelt = failure(step(&body("#{ points: row(\"volunteer\").pionts }")));
    assert_eq!((misspelt.line, misspelt.message.zh.as_str()), (Some(2), "没有“pionts”这一项，看看是不是写错了"));
}

#[test]
fn what_comes_out_is_what_was_declared() {
    let refused = |body_text: &str| failure(step(&body(body_text))).message;
    assert_eq!(refused("#{ item: \"a\" }").zh, "结果里没有给出 points");
    assert_eq!(
        refused("#{ points: 1, pionts: 2 }").en,
        "the answer gives `pionts`, which nobody asked for; it may give: item, points, kind, publicity_days, rate"
    );
    assert_eq!(
        refused("#{ points: \"5\" }").zh,
        "结果的“points”：请写分数：整数，或引号里最多两位小数的数，如 \"0.5\""
    );
    assert_eq!(
        refused("#{ points: 1.0 / 3 }").en,
        "the answer's `points`: 0.3333333333333333333333333333 has more than 2 decimal places: use round(…, 2) or floor(…)"
    );
    assert_eq!(
        refused("#{ points: 1, kind: \"gold\" }").zh,
        "结果的“kind”：只能是 base, redeemable 之一，这里是“gold”"
    );
    assert_eq!(
        refused("#{ points: 1, publicity_days: -1 }").en,
        "the answer's `publicity_days`: it must be at least 0"
    );
    assert_eq!(
        refused("5").zh,
        "规则要给出 #{ … }，写明 item, points, kind, publicity_days, rate；这里给出的是 integer"
    );
    let (output, _) = decided(step(&body("#{ points: round(1.005, 2), rate: 1.50, publicity_days: floor(7.5) }")));
    assert_eq!(output, object(json!({ "points": 101, "publicity_days": 7, "rate": "1.5" })));
}

#[test]
fn a_call_that_does_not_fit_shows_the_kinds() {
    let refused = |text: &str| failure(step(&body(text))).message.en;
    assert_eq!(refused("times(5, \"day\")"), "there is no such function: times(integer, text)");
    assert_eq!(refused("row(())"), "there is no such function: row(())");
    assert_eq!(refused("deed.item - 1"), "`-` does not go with text, integer");
}

#[test]
fn a_rule_that_stops_itself_says_why() {
    let thrown = failure(step(&body("throw \"年龄不对\"")));
    assert_eq!((thrown.line, thrown.message.zh.as_str()), (Some(2), "规则自己停下了：年龄不对"));
}

#[test]
fn reasons_are_few_and_short() {
    let many = failure(step(&body("for n in 0..9 { because(\"为什么\"); } #{ points: 1 }")));
    assert_eq!(many.message.zh, "because 最多说 8 句");
    let long = failure(step(&body("let s = \"\"; for n in 0..201 { s += \"长\"; } because(s); #{ points: 1 }")));
    assert_eq!(long.message.en, "a line of because has at most 200 characters");
}

fn guard(value: serde_json::Value) -> Guard {
    serde_json::from_value(value).expect("a guard")
}

fn capped() -> Guard {
    guard(
        json!({ "name": "at-most", "hook": "points.award", "say": { "zh": "一次最多100分", "en": "at most 100 at once" },
        "output": "points", "max": 100 }),
    )
}

fn never_costs() -> Guard {
    guard(json!({ "name": "reporting-never-costs", "hook": "points.award",
        "say": { "zh": "反映问题不扣分", "en": "reporting never costs points" },
        "when": { "kind": ["issue.reported", "issue.adopted"] }, "output": "points", "min": "0" }))
}

#[test]
fn no_rule_passes_a_guard() {
    let input = object(json!({ "kind": "issue.adopted", "item": "a" }));
    let script = body("#{ points: -0.01 }");
    let passed = failure(step_with(&script, &[capped(), never_costs()], &input, &[]));
    assert_eq!(passed.guard.as_deref(), Some("reporting-never-costs"));
    assert_eq!(
        passed.message.zh,
        "越过区里的底线“reporting-never-costs”：反映问题不扣分（points 应不小于 0，这里是 -0.01）"
    );
    let passed = failure(step_with(&body("#{ points: 100.5 }"), &[capped()], &facts(), &[]));
    assert!(passed.message.en.contains("at most 100 at once"), "{passed:?}");
    assert!(matches!(step_with(&script, &[capped(), never_costs()], &facts(), &[]), Step::Decided { .. }));
    assert!(matches!(step_with(&body("#{ points: 100 }"), &[capped()], &facts(), &[]), Step::Decided { .. }));
}

#[test]
fn replay_holds_no_later_guard_or_fact_against_a_decision() {
    let rule = rule(written(&body("#{ points: 500 }")));
    let mut later = hook();
    later.input[5].required = true;
    assert!(matches!(RULES.step(&later, &rule, &[], &facts(), &[]), Step::Failed(_)));
    assert_eq!(decided(RULES.replay(&later, &rule, &facts(), &[])).0["points"], 50_000);
}

#[test]
fn another_shape_of_the_hook_is_another_compilation() {
    let rule = rule(written(&body("#{ points: row(\"littering\").points }")));
    assert_eq!(decided(RULES.step(&hook(), &rule, &[], &facts(), &[])).0["points"], -500);
    let mut stricter = hook();
    stricter.table[2].min = Some(0);
    assert_eq!(
        failure(RULES.step(&stricter, &rule, &[], &facts(), &[])).message.zh,
        "表第 2 行（littering）的“分数”：不能小于 0"
    );
}

#[test]
fn the_version_names_the_library() {
    let lock = include_str!("../../../../Cargo.lock");
    let rhai = lock.split("name = \"rhai\"\nversion = \"").nth(1).and_then(|rest| rest.split('"').next());
    let version = RULES.version().rsplit_once('.').map(|(library, _)| library);
    assert_eq!(version, rhai.map(|rhai| format!("rhai-{rhai}")).as_deref(), "raise ENGINE_VERSION with Rhai's");
}
