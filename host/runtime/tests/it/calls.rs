//! Pages, queries, cards, to-dos and measures.

use cunshi_contract::manifest::Slot;
use cunshi_contract::{Call, Lang, View};
use cunshi_model::Role;
use cunshi_runtime::testing::guest::manifest;
use cunshi_runtime::testing::{Guest, Step};
use cunshi_runtime::{Budgets, CallError};
use serde_json::{Map, json};

use crate::district::{District, MORNING, object, view, visitor};

#[tokio::test]
async fn a_page_is_a_view_tree_of_a_fresh_instance() {
    let district = District::new();
    district.install(Guest::new(manifest("notes")).on("pages", [Step::Answer(view("村里的事"))])).await;
    for _ in 0..3 {
        let view = district.page(&visitor(district.tianfu), "notes").await.unwrap();
        assert_eq!(view, View { title: "村里的事".to_owned(), ..View::default() });
    }
}

#[tokio::test]
async fn a_plugin_is_told_who_calls_where_and_when() {
    let district = District::new();
    let mut declared = manifest("notes");
    declared["uses"]["people"] = json!("names");
    declared["query"][0]["params"] = json!([{ "name": "state", "kind": "text" }]);
    district.install(Guest::new(declared).on("queries", [Step::AnswerContext])).await;
    let lin = district.person(district.tianfu, "林秀英", &[Role::Cadre]);
    let told = district.runtime.query(&lin, "notes", "all", object(json!({ "state": " open " }))).await.unwrap();
    let call: Call = serde_json::from_value(told).unwrap();
    let actor = call.actor.unwrap();
    assert_eq!(actor.person, lin.actor.unwrap().person.to_string());
    assert_eq!(actor.name, "林秀英");
    assert_eq!(actor.household, lin.household.map(|household| household.to_string()));
    assert_eq!(actor.roles, ["member", "cadre"]);
    assert_eq!((call.lang, call.now), (Lang::Zh, MORNING));
    assert_eq!((call.space.kind.as_str(), call.space.name.as_str()), ("village", "天府社区"));
    assert_eq!(call.params["state"], "open");
}

#[tokio::test]
async fn without_the_grant_a_plugin_does_not_learn_names() {
    let district = District::new();
    district.install(Guest::new(manifest("notes")).on("queries", [Step::AnswerContext])).await;
    let told = district.query(&district.villager("林秀英"), "notes").await.unwrap();
    assert_eq!(told["actor"]["name"], "");
}

#[tokio::test]
async fn what_a_role_may_not_do_does_not_exist_for_it() {
    let district = District::new();
    let mut declared = manifest("notes");
    declared["page"][0]["who"] = json!("cadre");
    district.install(Guest::new(declared).on("pages", [Step::Answer(view("干部"))])).await;
    let cadre = district.person(district.tianfu, "张主任", &[Role::Admin]);
    assert!(district.page(&cadre, "notes").await.is_ok());
    let refused = district.page(&district.villager("林秀英"), "notes").await;
    assert!(matches!(refused, Err(CallError::NotFound)), "{refused:?}");
    let refused = district.page(&visitor(district.tianfu), "notes").await;
    assert!(matches!(refused, Err(CallError::Unauthenticated)), "{refused:?}");
    let refused = district.runtime.page(&cadre, "notes", "nowhere", Map::new()).await;
    assert!(matches!(refused, Err(CallError::NotFound)), "{refused:?}");
}

#[tokio::test]
async fn a_plugin_that_is_off_or_elsewhere_is_not_there() {
    let district = District::new();
    district.install(Guest::new(manifest("notes")).on("pages", [Step::Answer(view("x"))])).await;
    let mut towns = manifest("town-board");
    towns["in"] = json!(["town"]);
    district.install(Guest::new(towns)).await;
    district.spaces.switch(district.tianfu, "notes", false);
    let caller = visitor(district.tianfu);
    assert!(matches!(district.page(&caller, "notes").await, Err(CallError::NotFound)));
    assert!(matches!(district.page(&caller, "town-board").await, Err(CallError::NotFound)));
    assert!(district.page(&visitor(district.zhongtan), "notes").await.is_ok());
}

#[tokio::test]
async fn wrong_parameters_are_named_and_strange_ones_on_pages_are_passed_over() {
    let district = District::new();
    let mut declared = manifest("notes");
    declared["page"][0]["params"] = json!([{ "name": "count", "kind": "integer", "max": 9 }]);
    declared["query"][0]["params"] = declared["page"][0]["params"].clone();
    district.install(Guest::new(declared).on("pages", [Step::Answer(view("x"))])).await;
    let caller = visitor(district.tianfu);
    let params = object(json!({ "count": "12" }));
    match district.runtime.page(&caller, "notes", "board", params).await {
        Err(CallError::Invalid(errors)) => assert_eq!(errors[0].message, "不能大于 9"),
        other => panic!("{other:?}"),
    }
    let params = object(json!({ "from_chat": "1" }));
    assert!(district.runtime.page(&caller, "notes", "board", params.clone()).await.is_ok());
    let refused = district.runtime.query(&caller, "notes", "all", params).await;
    assert!(matches!(refused, Err(CallError::Invalid(_))), "{refused:?}");
}

#[tokio::test]
async fn the_answer_of_a_plugin_says_no_in_its_own_words() {
    let district = District::new();
    let caller = visitor(district.tianfu);
    for kind in ["denied", "missing", "conflict", "failed"] {
        district.install(Guest::new(manifest("notes")).on("pages", [Step::Fail(kind, "只有户主可以".into())])).await;
        match (kind, district.page(&caller, "notes").await) {
            ("denied", Err(CallError::Denied(text))) | ("conflict", Err(CallError::Conflict(text))) => {
                assert_eq!(text, "只有户主可以");
            }
            ("missing", Err(CallError::NotFound)) => {}
            ("failed", Err(CallError::Failed(failure))) => {
                assert!(failure.detail.contains("只有户主可以"));
                assert!(!failure.public.contains("只有户主可以"), "the reader is not told: {}", failure.public);
                assert!(failure.public.contains(&failure.call));
            }
            (kind, other) => panic!("{kind}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn one_failing_card_leaves_the_rest() {
    let district = District::new();
    for (name, step) in [("broken", Step::Trap), ("notes", Step::Answer(view("说事")))] {
        let mut declared = manifest(name);
        declared["page"][0]["slot"] = json!("home");
        declared["page"][0].as_object_mut().unwrap().remove("route");
        district.install(Guest::new(declared).on("pages", [step])).await;
    }
    let cards = district.runtime.cards(&visitor(district.tianfu), Slot::Home).await.unwrap();
    assert_eq!(cards.len(), 2);
    assert!(matches!(cards[0].view, Err(CallError::Failed(_))));
    assert_eq!(cards[1].view.as_ref().unwrap().title, "说事");
    assert!(district.runtime.cards(&visitor(district.tianfu), Slot::Mine).await.unwrap().is_empty());
}

#[tokio::test]
async fn todos_are_asked_of_whom_they_are_for() {
    let district = District::new();
    let mut declared = manifest("notes");
    declared["todos"] = json!(["cadre"]);
    let todo = json!([{ "title": "回复老人", "link": { "page": "board" }, "weight": 10 }]).to_string();
    district.install(Guest::new(declared).on("todos", [Step::Answer(todo)])).await;
    let cadre = district.person(district.tianfu, "张主任", &[Role::Cadre]);
    let todos = district.runtime.todos(&cadre).await.unwrap();
    assert_eq!(todos[0].todos.as_ref().unwrap()[0].title, "回复老人");
    assert!(district.runtime.todos(&district.villager("林秀英")).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_measure_is_a_number_over_a_period() {
    let district = District::new();
    let mut declared = manifest("notes");
    declared["measure"] = json!([{ "name": "closed", "title": { "zh": "办结", "en": "Closed" } }]);
    let answer = json!({ "value": 7, "of": 9 }).to_string();
    district.install(Guest::new(declared).on("measures", [Step::Answer(answer)])).await;
    let measured = district.runtime.measure(district.tianfu, "notes", "closed", 0, MORNING).await.unwrap();
    assert_eq!((measured.value, measured.of), (7, Some(9)));
    let unknown = district.runtime.measure(district.tianfu, "notes", "opened", 0, MORNING).await;
    assert!(matches!(unknown, Err(CallError::NotFound)));
}

#[tokio::test]
async fn an_answer_that_is_not_what_it_should_be_is_the_authors_to_mend() {
    let district = District::new();
    let link = json!({ "title": "t", "body": [{ "node": "link", "text": "x", "to": { "page": "gone" } }] });
    district.install(Guest::new(manifest("notes")).on("pages", [Step::Answer(link.to_string())])).await;
    match district.page(&visitor(district.tianfu), "notes").await {
        Err(CallError::Failed(failure)) => assert!(failure.detail.contains("`gone`"), "{}", failure.detail),
        other => panic!("{other:?}"),
    }
    let failures = district.runtime.failures("notes");
    assert_eq!(failures[0].what, "page/board");
    assert_eq!((failures[0].space, failures[0].at), (district.tianfu, MORNING));
}

#[tokio::test]
async fn a_village_with_too_many_calls_is_busy_and_another_is_not() {
    let district = District::with(Budgets { calls_per_space: 0, ..Budgets::default() });
    district.install(Guest::new(manifest("notes"))).await;
    let busy = district.page(&visitor(district.tianfu), "notes").await;
    assert!(matches!(busy, Err(CallError::Busy { retry_after_s: 1 })), "{busy:?}");
}

#[tokio::test]
async fn dropping_the_runtime_ends_its_clock() {
    let district = District::new();
    let runtime = district.runtime.clone();
    drop(district);
    drop(runtime);
}
