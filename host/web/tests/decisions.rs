//! A decision with its trace, on a page and by the API, for those whom it concerns and nobody else.

#![expect(clippy::unwrap_used, reason = "helpers that fail should say where")]

mod common;

use axum::http::StatusCode;
use common::rules::{HOOK, SCRIPT, settled};
use common::{START, Site};
use cunshi_contract::rule::RuleText;
use cunshi_model::port::Spaces;
use cunshi_model::rules::{Answered, NewDecision, Origin, Rule, digest};
use cunshi_model::{HouseholdId, PersonId, Role};
use serde_json::{Map, Value, json};

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        other => panic!("{other} is not an object"),
    }
}

/// A decision about somebody, as a call records it.
async fn decided(site: &Site, person: PersonId, household: Option<HouseholdId>) -> String {
    let table = vec![object(json!({ "item": "help", "label": "帮助老人", "points": "2.5", "review": "group" }))];
    let text = RuleText { script: SCRIPT.to_owned(), table, cases: Vec::new() };
    let rule = Rule { origin: Origin::Village, version: 3, digest: digest(HOOK, &text), text: text.into() };
    let answers = [Answered { question: "times(help, month)".to_owned(), answer: 1 }];
    let decision = NewDecision {
        hook: HOOK,
        plugin: "notes",
        rule: &rule,
        guards: "none",
        engine: "rhai",
        input: &object(json!({ "item": "help", "doer": "p1" })),
        answers: &answers,
        output: &object(json!({ "item": "help", "points": 250 })),
        because: &["帮助老人，一次得 2.5 分".to_owned()],
        fell_back: None,
        person: Some(person),
        household,
        at: START,
        now: START,
    };
    let mut space = site.store.write(site.village.id).await.unwrap();
    let id = space.record_decision(decision).await.unwrap();
    space.commit().await.unwrap();
    id.to_string()
}

#[tokio::test]
async fn its_subject_supervisors_and_the_admin_see_a_decision_and_nobody_else_does() {
    let (site, people) = settled().await;
    let id = decided(&site, people.lin, None).await;
    let (page, api) =
        (format!("/v/510303108001/decisions/{id}"), format!("/api/v1/villages/510303108001/decisions/{id}"));
    for reader in [&people.villager, &people.supervisor, &people.admin] {
        assert_eq!(site.get_as(&page, Some(reader)).await.status, StatusCode::OK);
        assert_eq!(site.get_as(&api, Some(reader)).await.status, StatusCode::OK);
    }
    for stranger in [&people.neighbour, &people.cadre, &people.elsewhere] {
        assert_eq!(site.get_as(&page, Some(stranger)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(site.get_as(&api, Some(stranger)).await.status, StatusCode::NOT_FOUND);
    }
    // Nothing tells a visitor whether there is such a decision: both are as an address that nobody invented.
    let invented = "01900000-0000-7000-8000-000000000000";
    for address in [&page, &api] {
        let (there, not) = (site.get(address).await, site.get(&address.replace(&id, invented)).await);
        assert_eq!((there.status, not.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        let told = |text: String| text.replace(&id, "").replace(invented, "");
        assert_eq!(told(there.text()), told(not.text()));
    }
    let elsewhere = api.replace("510303108001", "510303106209");
    assert_eq!(site.get_as(&elsewhere, Some(&people.elsewhere)).await.status, StatusCode::NOT_FOUND);
    for odd in ["x", "01900000-0000-7000-8000-000000000000"] {
        let odd = site.get_as(&format!("/v/510303108001/decisions/{odd}"), Some(&people.admin)).await;
        assert_eq!(odd.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_household_sees_what_was_decided_for_it() {
    let (site, people) = settled().await;
    let handle = site.store.space(site.village.id).await.unwrap();
    let household = handle.put_household(None, "林家", None, START).await.unwrap();
    let son = site.person(&site.village, "林小明", "13890010011", &[Role::Member]).await;
    let mut member = site.store.standing(son, site.village.id).await.unwrap().member.unwrap();
    member.household = Some(household);
    handle.put_member(&member, None, START).await.unwrap();
    let token = site.token("13890010011").await;
    let at = |id: String| format!("/v/510303108001/decisions/{id}");
    let (shared, own) = (decided(&site, people.lin, Some(household)).await, decided(&site, people.lin, None).await);
    assert_eq!(site.get_as(&at(shared), Some(&token)).await.status, StatusCode::OK);
    assert_eq!(site.get_as(&at(own), Some(&token)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_page_says_how_many_why_and_by_whose_rule() {
    let (site, people) = settled().await;
    let id = decided(&site, people.lin, None).await;
    let page = site.get_as(&format!("/v/510303108001/decisions/{id}"), Some(&people.villager)).await.text();
    for said in ["+2.5", "帮助老人，一次得 2.5 分", "按天府社区的规则第 3 版。", "小组评议", "times(help, month)"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains(">help<"), "what people call it, and not its key: {page}");
    assert!(page.matches(">帮助老人<").count() >= 3, "in the row, the answer and the facts: {page}");
    let en = site.get_as(&format!("/v/510303108001/decisions/{id}?lang=en"), Some(&people.villager)).await.text();
    assert!(en.contains("By the rule of 天府社区, version 3.") && en.contains("By a group"), "{en}");
}

#[tokio::test]
async fn the_trace_is_whole_and_names_nobody() {
    let (site, people) = settled().await;
    let id = decided(&site, people.lin, None).await;
    let api = format!("/api/v1/villages/510303108001/decisions/{id}");
    let answer = site.get_as(&api, Some(&people.villager)).await;
    let decision = answer.json();
    assert_eq!(
        (&decision["hook"], &decision["origin"], &decision["version"]),
        (&json!(HOOK), &json!("village"), &json!(3))
    );
    assert_eq!((&decision["output"]["points"], &decision["row"]["points"]), (&json!(250), &json!("2.5")));
    assert_eq!(decision["answers"], json!([{ "question": "times(help, month)", "answer": 1 }]));
    assert_eq!((&decision["fell_back"], &decision["voided"]), (&json!(null), &json!(null)));
    assert_eq!(decision["input"], json!({ "item": "help", "doer": "p1" }));
    assert!(!answer.text().contains("林秀英") && !answer.text().contains(&people.lin.to_string()));
}
