//! Decisions: whose rule decides, what it is told, what it asks, and what happens when it fails.

use std::collections::BTreeMap;

use cunshi_contract::Text;
use cunshi_contract::rule::{Ask, Decided};
use cunshi_model::clock::{DAY, HOUR};
use cunshi_model::rules::{DistrictRules, Guard, Origin};
use cunshi_runtime::testing::guest::manifest;
use cunshi_runtime::testing::memory::rule;
use cunshi_runtime::testing::{Guest, JsonRule, Step};
use cunshi_runtime::{CallError, Caller, Limit, RuleFailed, Worked};
use serde_json::{Value, json};

use crate::district::{District, MORNING, object, visitor};

const HOOK: &str = "notes.award";

/// A plugin with one decision point, whose default answers 100.
fn notes(on_failure: &str, default: &JsonRule) -> Value {
    let mut declared = manifest("notes");
    declared["uses"]["sends"] = json!(["notes.put/1"]);
    declared["uses"]["hears"] = json!(["notes.put/1"]);
    declared["rule"] = json!([{
        "name": HOOK,
        "title": { "zh": "记分", "en": "Award" },
        "entry": "award(deed)",
        "input": [
            { "name": "item", "kind": "text", "required": true },
            { "name": "doer", "kind": "person" },
            { "name": "witness", "kind": "person" },
            { "name": "home", "kind": "household" },
            { "name": "done", "kind": "time" },
            { "name": "old", "kind": "yes/no" },
            { "name": "hours", "kind": "decimal" },
        ],
        "output": [{ "name": "points", "kind": "points", "required": true }, { "name": "item", "kind": "text" }],
        "table": [
            { "name": "item", "kind": "text", "required": true },
            { "name": "points", "kind": "points" },
            { "name": "label", "kind": "text" },
        ],
        "default": "rules/award.rhai",
        "on_failure": on_failure,
        "built": default.text(),
    }]);
    declared
}

fn hundred() -> JsonRule {
    JsonRule::answers(json!({ "points": 100, "item": "$item" }))
}

fn asking(function: &'static str, ask: &Ask) -> Step {
    Step::Ask("rules", function, vec![HOOK.to_owned(), json!(ask).to_string()])
}

/// The guest decides when somebody puts something, and keeps what came out as `{"result": …}` of the action.
fn decides(declared: Value, ask: &Ask) -> Guest {
    let query = [asking("preview", ask), Step::AnswerText];
    let event = [asking("decide", ask), Step::InsertLast("note"), Step::Answer(String::new())];
    Guest::new(declared)
        .on("actions", [Step::Insert("note", "{}".into()), asking("decide", ask), Step::Answer("{}".into())])
        .on("queries", query)
        .on("events", event)
}

fn about(caller: &Caller) -> Ask {
    let person = caller.actor.map(|actor| actor.person.to_string()).unwrap();
    Ask::new().fact("item", "volunteer").about(person).household(caller.household.unwrap().to_string())
}

async fn preview(district: &District) -> Result<Decided, CallError> {
    let answer = district.query(&visitor(district.tianfu), "notes").await?;
    Ok(serde_json::from_value(answer).unwrap())
}

fn of_district(hook: &str, version: u32, text: &JsonRule) -> DistrictRules {
    let active = BTreeMap::from([(hook.to_owned(), rule(Origin::District, hook, version, text.text()))]);
    DistrictRules { active, ..DistrictRules::default() }
}

#[track_caller]
fn rule_failed<T: std::fmt::Debug>(answer: Result<T, CallError>) -> Box<RuleFailed> {
    match answer {
        Err(CallError::RuleFailed(failed)) => failed,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_decision_is_recorded_with_its_call_and_a_preview_is_not() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let mut default = hundred();
    default.because = vec!["按次记 1 分".to_owned()];
    district.install(decides(notes("wait", &default), &about(&lin).at(MORNING - DAY))).await;

    let previewed = preview(&district).await.unwrap();
    assert_eq!((previewed.id, &previewed.output["points"]), (None, &json!(100)));
    assert_eq!((previewed.origin.as_str(), previewed.version, previewed.fell_back), ("plugin", 0, false));
    assert_eq!(previewed.because, ["按次记 1 分"]);
    assert!(district.spaces.decisions(district.tianfu).is_empty());

    district.put(&lin, "notes").await.unwrap();
    let decisions = district.spaces.decisions(district.tianfu);
    let decision = &decisions[0];
    assert_eq!((decisions.len(), decision.hook.as_str(), decision.plugin.as_str()), (1, HOOK, "notes"));
    assert_eq!((decision.at, decision.made), (MORNING - DAY, MORNING));
    assert_eq!((decision.person, decision.household), (lin.actor.map(|actor| actor.person), lin.household));
    assert_eq!((decision.engine.as_str(), decision.rule.origin), ("json 1", Origin::Plugin));
    assert_eq!(decision.output, object(json!({ "points": 100, "item": "volunteer" })));
    assert!(district.spaces.decisions(district.zhongtan).is_empty());
}

#[tokio::test]
async fn the_villages_rule_goes_before_the_districts_and_that_before_the_default() {
    let district = District::new();
    let lin = district.villager("林秀英");
    district.install(decides(notes("wait", &hundred()), &about(&lin))).await;
    let which = async || {
        let decided = preview(&district).await.unwrap();
        (decided.origin, decided.version, decided.output["points"].as_i64().unwrap())
    };
    assert_eq!(which().await, ("plugin".to_owned(), 0, 100));
    district.spaces.lay_down(of_district(HOOK, 4, &JsonRule::answers(json!({ "points": 200 }))));
    assert_eq!(which().await, ("district".to_owned(), 4, 200));
    let own = |points: i64| JsonRule::answers(json!({ "points": points })).text();
    district.spaces.publish(district.tianfu, HOOK, own(300), MORNING);
    assert_eq!(which().await, ("village".to_owned(), 1, 300));
    district.spaces.publish(district.tianfu, HOOK, own(400), MORNING + DAY);
    assert_eq!(which().await.1, 1, "published from tomorrow");
    district.clock.advance(DAY);
    assert_eq!(which().await, ("village".to_owned(), 2, 400));
    let locked = DistrictRules { locks: vec![HOOK.to_owned()], ..of_district(HOOK, 5, &hundred()) };
    district.spaces.lay_down(locked);
    assert_eq!(which().await, ("district".to_owned(), 5, 100));
    district.spaces.lay_down(DistrictRules { locks: vec![HOOK.to_owned()], ..DistrictRules::default() });
    assert_eq!(which().await, ("plugin".to_owned(), 0, 100));
}

#[tokio::test]
async fn people_are_pseudonyms_and_facts_that_were_not_given_stay_away() {
    let district = District::new();
    let (lin, wu) = (district.villager("林秀英"), district.villager("吴大爷"));
    let id = |caller: &Caller| caller.actor.unwrap().person.to_string();
    let ask = about(&lin)
        .fact("doer", id(&wu))
        .fact("witness", id(&lin))
        .fact("home", lin.household.unwrap().to_string())
        .fact("done", MORNING)
        .fact("hours", "2.50");
    district.install(decides(notes("wait", &hundred()), &ask)).await;
    district.put(&lin, "notes").await.unwrap();
    let seen = district.spaces.decisions(district.tianfu).remove(0).input;
    let expected =
        json!({ "item": "volunteer", "doer": "p1", "witness": "p2", "home": "h1", "done": MORNING, "hours": "2.5" });
    assert_eq!(Value::Object(seen), expected);
}

#[tokio::test]
async fn a_script_asks_and_the_answers_are_recorded() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let default = JsonRule {
        asks: vec![
            ("times".into(), vec![json!("volunteer"), json!("month")]),
            ("total".into(), vec![json!("volunteer"), json!("day")]),
            ("total_of_household".into(), vec![json!("volunteer"), json!("ever")]),
            ("balance".into(), vec![json!("redeemable")]),
            ("working_days".into(), vec![json!(3), json!(MORNING)]),
        ],
        ..JsonRule::answers(json!({ "points": 50, "item": "volunteer" }))
    };
    district.install(decides(notes("wait", &default), &about(&lin))).await;
    let answers = async || {
        district.put(&lin, "notes").await.unwrap();
        let last = district.spaces.decisions(district.tianfu).pop().unwrap();
        last.answers.iter().map(|answered| answered.answer).collect::<Vec<_>>()
    };
    // 2026-09-01 is a Tuesday: three working days later Friday ends.
    let friday = MORNING - 8 * DAY / 24 + 4 * DAY;
    assert_eq!(answers().await, [0, 0, 0, 0, friday]);
    assert_eq!(answers().await, [1, 50, 50, 0, friday]);
    district.clock.advance(DAY);
    assert_eq!(answers().await, [2, 0, 100, 0, friday]);
    district.clock.advance(40 * DAY);
    assert_eq!(answers().await, [0, 0, 150, 0, friday]);
    let decision = &district.spaces.decisions(district.tianfu)[1];
    assert_eq!(decision.answers[0].question, "times(volunteer, month)");
}

#[tokio::test]
async fn a_decision_that_was_set_aside_counts_no_more() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let default = JsonRule {
        asks: vec![("times".into(), vec![json!("volunteer"), json!("ever")])],
        ..JsonRule::answers(json!({ "points": "$0", "item": "volunteer" }))
    };
    district.install(decides(notes("wait", &default), &about(&lin))).await;
    district.put(&lin, "notes").await.unwrap();
    assert_eq!(preview(&district).await.unwrap().output["points"], 1);
    let id = district.spaces.decisions(district.tianfu)[0].id.to_string();
    let void = |id: &str| Step::Ask("rules", "void", vec![id.to_owned()]);
    let mut other = notes("wait", &hundred());
    for (name, became) in [("diary", "missing"), ("notes", "ok")] {
        other["name"] = json!(name);
        other["rule"][0]["name"] = json!(format!("{name}.award"));
        other["uses"] = json!({ "data": true });
        let steps = [void(&id), Step::InsertLast("note"), Step::Answer("{}".into())];
        district.install(Guest::new(other.clone()).on("actions", steps)).await;
        district.put(&lin, name).await.unwrap();
        let kept = district.spaces.documents(district.tianfu, name, "note");
        let last = kept.iter().map(|kept| serde_json::from_str::<Value>(&kept.body).unwrap()["last"].clone());
        assert_eq!(last.filter(|last| !last.is_null()).collect::<Vec<_>>(), [json!(became)], "{name}");
    }
    assert_eq!(district.spaces.decisions(district.tianfu)[0].voided, Some(MORNING));
}

#[tokio::test]
async fn a_failing_rule_of_the_village_undoes_the_action_and_says_so_plainly() {
    let district = District::new();
    let lin = district.villager("林秀英");
    district.install(decides(notes("wait", &hundred()), &about(&lin))).await;
    let broken = JsonRule::fails(3, 5, "没有 pionts 这一列");
    district.spaces.publish(district.tianfu, HOOK, broken.text(), MORNING);
    let failed = rule_failed(district.put(&lin, "notes").await);
    assert_eq!((failed.hook.as_str(), failed.failure.line, failed.failure.column), (HOOK, Some(3), Some(5)));
    assert!(failed.public.contains("“记分”的规则出了问题"), "{}", failed.public);
    assert!(!failed.public.contains("pionts"), "{}", failed.public);
    assert!(failed.detail.contains("规则 notes.award 第 3 行第 5 列出错：没有 pionts 这一列"), "{}", failed.detail);
    assert!(district.spaces.documents(district.tianfu, "notes", "note").is_empty());
    assert!(district.spaces.decisions(district.tianfu).is_empty(), "the default decides nothing in its place");
    let kept = district.spaces.failed_rules(district.tianfu);
    assert_eq!((kept.len(), kept[0].hook.as_str(), kept[0].rule.version, kept[0].at), (1, HOOK, 1, MORNING));
    assert_eq!(kept[0].input["item"], "volunteer");
    assert!(district.runtime.failures("notes").is_empty(), "the plugin did nothing wrong");
}

#[tokio::test]
async fn an_event_parks_at_once_and_is_heard_when_the_rule_is_mended() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let event = json!({ "name": "notes.put/1", "subject": "case-1", "payload": {} }).to_string();
    let guest = decides(notes("wait", &hundred()), &about(&lin));
    let sends = Guest::new(notes("wait", &hundred())).on("actions", [Step::Send(event), Step::Answer("{}".into())]);
    district.install(sends).await;
    district.put(&lin, "notes").await.unwrap();
    district.install(guest).await;
    let broken = JsonRule::fails(7, 2, "数组越界");
    district.spaces.publish(district.tianfu, HOOK, broken.text(), MORNING);
    let worked = district.runtime.work_all(10).await.unwrap();
    assert_eq!(worked, Worked { parked: 1, ..Worked::default() });
    let parked = district.spaces.parked(district.tianfu);
    assert!(parked[0].contains("规则 notes.award 第 7 行第 2 列"), "{parked:?}");
    assert!(parked[0].contains("the rule notes.award, line 7, column 2"), "{parked:?}");
    assert_eq!(district.spaces.failed_rules(district.tianfu).len(), 1);
    assert!(district.spaces.documents(district.tianfu, "notes", "note").is_empty());
    assert!(district.runtime.work_all(10).await.unwrap().is_nothing(), "it waits for somebody to mend the rule");

    district.spaces.publish(district.tianfu, HOOK, JsonRule::answers(json!({ "points": 70 })).text(), MORNING);
    district.spaces.replay(district.tianfu);
    assert_eq!(district.runtime.work_all(10).await.unwrap().delivered, 1);
    assert_eq!(district.spaces.decisions(district.tianfu)[0].output["points"], 70);
    assert_eq!(district.spaces.documents(district.tianfu, "notes", "note").len(), 1);
}

#[tokio::test]
async fn a_job_that_meets_such_a_rule_waits_for_it_and_not_for_the_next_minute() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let mut declared = notes("wait", &hundred());
    declared["job"] = json!([{ "name": "sweep", "every": "1h" }]);
    let steps = [asking("decide", &about(&lin)), Step::Insert("note", "{}".into()), Step::Answer(String::new())];
    district.install(Guest::new(declared).on("jobs", steps)).await;
    let work = async || district.runtime.work(district.tianfu).await.unwrap();
    let broken = JsonRule::fails(7, 2, "数组越界");
    district.spaces.publish(district.tianfu, HOOK, broken.text(), MORNING);
    assert_eq!(work().await, Worked { parked: 1, ..Worked::default() });
    district.clock.advance(HOUR * 23);
    assert!(work().await.is_nothing(), "not by the minute, and not by its hour");
    district.clock.advance(HOUR);
    assert_eq!(work().await.parked, 1, "a day later it is looked at again");

    district.spaces.publish(district.tianfu, HOOK, JsonRule::answers(json!({ "points": 70 })).text(), MORNING);
    district.spaces.replay(district.tianfu);
    assert_eq!(work().await, Worked { jobs: 1, ..Worked::default() });
    assert_eq!(district.spaces.documents(district.tianfu, "notes", "note").len(), 1, "once");
    district.clock.advance(HOUR);
    assert_eq!(work().await.jobs, 1, "and goes on by its hour");
}

#[tokio::test]
async fn where_the_hook_says_so_the_next_rule_decides_and_the_decision_says_whose_failed() {
    let district = District::new();
    let lin = district.villager("林秀英");
    district.install(decides(notes("fall-back", &hundred()), &about(&lin))).await;
    district.spaces.publish(district.tianfu, HOOK, JsonRule::fails(1, 1, "村里的错").text(), MORNING);
    let previewed = preview(&district).await.unwrap();
    assert_eq!((previewed.origin.as_str(), previewed.fell_back), ("plugin", true));
    assert!(district.spaces.failed_rules(district.tianfu).is_empty(), "a preview keeps nothing");

    district.spaces.lay_down(of_district(HOOK, 2, &JsonRule::answers(json!({ "points": 200 }))));
    district.put(&lin, "notes").await.unwrap();
    let decision = district.spaces.decisions(district.tianfu).remove(0);
    assert_eq!((decision.rule.origin, decision.rule.version), (Origin::District, 2));
    assert_eq!(decision.fell_back.map(|failure| failure.message.zh), Some("村里的错".to_owned()));
    assert_eq!(district.spaces.failed_rules(district.tianfu).len(), 1);

    district.spaces.lay_down(of_district(HOOK, 3, &JsonRule::fails(9, 9, "区里的错")));
    district.put(&lin, "notes").await.unwrap();
    let decision = district.spaces.decisions(district.tianfu).pop().unwrap();
    assert_eq!(decision.rule.origin, Origin::Plugin);
    assert_eq!(decision.fell_back.map(|failure| failure.message.zh), Some("村里的错".to_owned()));
}

#[tokio::test]
async fn when_no_rule_of_the_order_decides_the_call_ends_by_the_first() {
    let district = District::new();
    let lin = district.villager("林秀英");
    district.install(decides(notes("fall-back", &JsonRule::fails(2, 2, "默认的错")), &about(&lin))).await;
    let failed = rule_failed(district.put(&lin, "notes").await);
    assert_eq!(failed.failure.message.zh, "默认的错");
    district.spaces.publish(district.tianfu, HOOK, JsonRule::fails(1, 1, "村里的错").text(), MORNING);
    let failed = rule_failed(district.put(&lin, "notes").await);
    assert_eq!(failed.failure.message.zh, "村里的错");
}

#[tokio::test]
async fn no_rule_passes_a_guard_of_the_district() {
    let district = District::new();
    let lin = district.villager("林秀英");
    district.install(decides(notes("wait", &hundred()), &about(&lin))).await;
    let guard = |hook: &str, max: i64| Guard {
        name: "cap".to_owned(),
        hook: hook.to_owned(),
        say: Text { zh: "一次最多 50 分".to_owned(), en: "At most 50 at once".to_owned() },
        when: serde_json::Map::new(),
        output: "points".to_owned(),
        min: None,
        max: Some(json!(max)),
    };
    let guards = vec![guard("points.award", 1), guard(HOOK, 100)];
    district.spaces.lay_down(DistrictRules { guards, ..DistrictRules::default() });
    district.put(&lin, "notes").await.unwrap();
    let first = district.spaces.decisions(district.tianfu).remove(0).guards;
    district.spaces.lay_down(DistrictRules { guards: vec![guard(HOOK, 99)], ..DistrictRules::default() });
    let failed = rule_failed(district.put(&lin, "notes").await);
    assert_eq!(failed.failure.guard.as_deref(), Some("cap"));
    district.spaces.lay_down(DistrictRules { guards: vec![guard(HOOK, 200)], ..DistrictRules::default() });
    district.put(&lin, "notes").await.unwrap();
    assert_ne!(district.spaces.decisions(district.tianfu)[1].guards, first, "which guards held is recorded");
}

/// What became of asking `rules`, and with what sentence.
async fn refused(declared: Value, request: Step) -> String {
    let district = District::new();
    district.install(Guest::new(declared).on("queries", [request, Step::DenyRefusal])).await;
    match district.query(&visitor(district.tianfu), "notes").await {
        Err(CallError::Denied(sentence)) => sentence,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn wrong_questions_are_refused_in_sentences() {
    let ask = async |ask: Value| {
        let request = Step::Ask("rules", "preview", vec![HOOK.to_owned(), ask.to_string()]);
        refused(notes("wait", &hundred()), request).await
    };
    let told = |sentence: String, what: &str| assert!(sentence.contains(what), "{sentence}");
    told(ask(json!({ "input": {} })).await, "item: Please fill this in");
    told(ask(json!({ "input": { "item": "x", "name": "林秀英" } })).await, "name: There is no such field here");
    told(ask(json!({ "input": { "item": "x", "hours": "much" } })).await, "hours: Please give a number");
    told(ask(json!({ "input": { "item": "x", "doer": "林秀英" } })).await, "doer: Please choose a person");
    told(ask(json!({ "facts": {} })).await, "this is not a `contract::rule::Ask`");
    let stranger = "01990000-0000-7000-8000-000000000001";
    told(
        ask(json!({ "input": { "item": "x" }, "person": stranger })).await,
        "the person that it is about is not of this",
    );
    told(ask(json!({ "input": { "item": "x" }, "household": "h1" })).await, "the household that it is about is not");
    let other = Step::Ask("rules", "preview", vec!["points.award".to_owned(), "{}".to_owned()]);
    told(refused(notes("wait", &hundred()), other).await, "declare `points.award` as `[[rule]]`");
}

#[tokio::test]
async fn a_page_previews_and_does_not_decide() {
    let district = District::new();
    let ask = Ask::new().fact("item", "volunteer");
    let steps = [asking("decide", &ask), Step::AnswerLast];
    district.install(Guest::new(notes("wait", &hundred())).on("queries", steps)).await;
    assert_eq!(district.query(&visitor(district.tianfu), "notes").await.unwrap(), "read-only");
    let steps = [asking("preview", &ask), Step::AnswerLast];
    district.install(Guest::new(notes("wait", &JsonRule::fails(1, 1, "错"))).on("queries", steps)).await;
    assert_eq!(district.query(&visitor(district.tianfu), "notes").await.unwrap(), "unavailable");
}

#[tokio::test]
async fn the_table_in_force_is_given_as_plugins_read_values() {
    let district = District::new();
    let steps = [Step::Ask("rules", "table", vec![HOOK.to_owned()]), Step::AnswerText];
    district.install(Guest::new(notes("wait", &hundred())).on("queries", steps)).await;
    let table = async || district.query(&visitor(district.tianfu), "notes").await.unwrap();
    assert_eq!(table().await, json!([]));
    let mut own = hundred().text();
    own.table = vec![
        object(json!({ "item": "volunteer", "points": "2.5", "label": "志愿服务" })),
        object(json!({ "item": "patrol", "points": 10, "label": "" })),
    ];
    district.spaces.publish(district.tianfu, HOOK, own, MORNING);
    let expected = json!([
        { "item": "volunteer", "points": 250, "label": "志愿服务" },
        { "item": "patrol", "points": 1_000 },
    ]);
    assert_eq!(table().await, expected);
}

#[tokio::test]
async fn a_script_that_asks_on_and_on_fails() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let default = JsonRule { asks_for_ever: true, ..JsonRule::default() };
    district.install(decides(notes("wait", &default), &about(&lin))).await;
    let failed = rule_failed(district.put(&lin, "notes").await);
    assert!(failed.failure.message.zh.contains("最多问 16 个问题"), "{:?}", failed.failure);
    let far = JsonRule { asks: vec![("working_days".into(), vec![json!(5_000), json!(0)])], ..hundred() };
    district.spaces.publish(district.tianfu, HOOK, far.text(), MORNING);
    let failed = rule_failed(district.put(&lin, "notes").await);
    assert!(failed.failure.message.en.contains("at most 1000 working days"), "{:?}", failed.failure);
}

#[tokio::test]
async fn a_slow_rule_is_charged_to_the_call_that_asks_it() {
    let district = District::new();
    let slow = JsonRule { takes_ms: 30, ..hundred() };
    let many = Step::Times(50, vec![asking("preview", &Ask::new().fact("item", "x"))]);
    district.install(Guest::new(notes("wait", &slow)).on("queries", [many, Step::AnswerLast])).await;
    match district.query(&visitor(district.tianfu), "notes").await {
        Err(CallError::Stopped(stopped)) => assert_eq!(stopped.limit, Limit::Cpu),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn each_question_is_an_operation_and_counted() {
    let district = District::new();
    let many = Step::Times(205, vec![asking("preview", &Ask::new().fact("item", "x"))]);
    district.install(Guest::new(notes("wait", &hundred())).on("queries", [many, Step::AnswerLast])).await;
    assert_eq!(district.query(&visitor(district.tianfu), "notes").await.unwrap(), "over-budget");
}
