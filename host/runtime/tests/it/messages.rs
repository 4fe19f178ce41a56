//! Messages: who gets them, once, and what a plugin that sends them wrongly is told.

use cunshi_contract::Manifest;
use cunshi_contract::message::MAX_MESSAGES;
use cunshi_model::Role;
use cunshi_runtime::testing::guest::{encode, manifest};
use cunshi_runtime::testing::{Guest, Step};
use cunshi_runtime::{CallError, Limit, LoadError, package};
use serde_json::{Value, json};

use crate::district::{District, visitor};

fn sender() -> Value {
    let mut declared = manifest("notes");
    declared["uses"]["notify"] = json!(true);
    declared["page"] = json!([
        { "name": "board", "route": "", "who": "anyone" },
        { "name": "note", "route": "note/{id}", "who": "anyone", "params": [{ "name": "id", "kind": "reference" }] },
    ]);
    declared
}

fn message(to: &Value, more: &Value) -> Value {
    let mut message = json!({ "to": to, "key": "said:1", "title": { "zh": "有回音了", "en": "There is an answer" } });
    for (name, value) in more.as_object().into_iter().flatten() {
        message[name] = value.clone();
    }
    message
}

fn notify(message: &Value) -> Step {
    Step::Ask("notify", "notify", vec![message.to_string()])
}

/// What the host says of a message that an action sends.
async fn refusal(message: &Value) -> String {
    let district = District::new();
    let lin = district.villager("林秀英");
    district.install(Guest::new(sender()).on("actions", [notify(message), Step::DenyRefusal])).await;
    match district.put(&lin, "notes").await {
        Err(CallError::Denied(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn everybody_who_is_meant_gets_it_once() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let jian = district.person(district.tianfu, "简书记", &[Role::Admin]);
    district.person(district.tianfu, "吴镇长", &[Role::Officer]);
    district.person(district.zhongtan, "周主任", &[Role::Cadre]);
    let person = lin.actor.unwrap().person;
    let send = |to: Value| notify(&message(&to, &json!({ "link": { "page": "note", "params": { "id": "1" } } })));
    let steps = [
        send(json!({ "person": person.to_string() })),
        send(json!({ "role": "cadre" })),
        send(json!({ "role": "member" })),
        Step::Answer("{}".into()),
    ];
    district.install(Guest::new(sender()).on("actions", steps)).await;
    district.put(&lin, "notes").await.unwrap();
    let got: Vec<_> = district.spaces.messages(district.tianfu).into_iter().map(|got| got.person).collect();
    assert_eq!(got, [person, jian.actor.unwrap().person]);
    assert!(district.spaces.messages(district.zhongtan).is_empty(), "no other village hears of it");
}

#[tokio::test]
async fn a_message_is_undone_with_its_call() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let steps = [notify(&message(&json!({ "role": "member" }), &json!({}))), Step::Fail("denied", "no".into())];
    district.install(Guest::new(sender()).on("actions", steps)).await;
    assert!(district.put(&lin, "notes").await.is_err());
    assert!(district.spaces.messages(district.tianfu).is_empty());
}

#[tokio::test]
async fn what_only_reads_sends_nothing() {
    let district = District::new();
    let steps = [notify(&message(&json!({ "role": "member" }), &json!({}))), Step::AnswerLast];
    district.install(Guest::new(sender()).on("queries", steps)).await;
    assert_eq!(district.query(&visitor(district.tianfu), "notes").await.unwrap(), "read-only");
}

#[tokio::test]
async fn a_plugin_that_did_not_ask_for_messages_is_not_loaded_with_them() {
    let district = District::new();
    let steps = [notify(&message(&json!({ "role": "member" }), &json!({}))), Step::Answer("{}".into())];
    let guest = Guest::new(sender()).on("actions", steps);
    let mut silent = sender();
    silent["uses"]["notify"] = json!(false);
    let read = |declared: Value| serde_json::from_value::<Manifest>(declared).unwrap();
    let component = encode(&package::world(&read(sender())), &guest.core());
    let component = package::append_manifest(&component, &read(silent)).unwrap();
    match district.runtime.load(component).await {
        Err(LoadError::Ungranted { what, .. }) => assert!(what.contains("notify"), "{what}"),
        other => panic!("{:?}", other.map(|release| release.name().to_owned())),
    }
}

#[tokio::test]
async fn a_message_that_is_too_long_or_leads_nowhere_is_refused() {
    let everybody = json!({ "role": "member" });
    let long = "长".repeat(81);
    for (more, says) in [
        (json!({ "title": { "zh": long, "en": "x" } }), "1 to 80 characters"),
        (json!({ "title": { "zh": "有回音了", "en": "" } }), "1 to 80 characters"),
        (json!({ "body": { "zh": "x", "en": "x".repeat(301) } }), "1 to 300 characters"),
        (json!({ "key": "" }), "1 to 200 bytes"),
        (json!({ "key": "k".repeat(201) }), "1 to 200 bytes"),
        (json!({ "link": { "page": "case" } }), "does not declare"),
        (json!({ "link": { "page": "note" } }), "lacks a parameter"),
        (json!({ "link": { "plugin": "points", "page": "board" } }), "its own plugin"),
        (json!({ "village": "510303108001" }), "unknown field"),
    ] {
        let said = refusal(&message(&everybody, &more)).await;
        assert!(said.contains(says), "{more}: {said}");
    }
    for nobody in [json!({ "role": "anyone" }), json!({ "role": "officer" })] {
        assert!(!refusal(&message(&nobody, &json!({}))).await.is_empty());
    }
}

#[tokio::test]
async fn somebody_of_another_village_is_not_there() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let zhou = district.person(district.zhongtan, "周主任", &[Role::Cadre]).actor.unwrap().person.to_string();
    let steps =
        [notify(&message(&json!({ "person": zhou }), &json!({}))), Step::InsertLast("note"), Step::Answer("{}".into())];
    district.install(Guest::new(sender()).on("actions", steps)).await;
    district.put(&lin, "notes").await.unwrap();
    let kept = district.spaces.documents(district.tianfu, "notes", "note").remove(0);
    assert_eq!(serde_json::from_str::<Value>(&kept.body).unwrap(), json!({ "last": "missing" }));
    assert!(district.spaces.messages(district.zhongtan).is_empty());
}

#[tokio::test]
async fn twenty_messages_are_enough_for_one_call() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let send = notify(&message(&json!({ "role": "member" }), &json!({})));
    let steps = [Step::Times(MAX_MESSAGES + 1, vec![send]), Step::Fail("failed", "no more".into())];
    district.install(Guest::new(sender()).on("actions", steps)).await;
    match district.put(&lin, "notes").await {
        Err(CallError::Stopped(stopped)) => assert_eq!(stopped.limit, Limit::Messages),
        other => panic!("{other:?}"),
    }
}
