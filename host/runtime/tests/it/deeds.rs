//! The shapes of events: `deed/1`, the platform's own, and those for which a plugin brings a schema.

use cunshi_runtime::testing::guest::manifest;
use cunshi_runtime::testing::{Guest, Step};
use cunshi_runtime::{CallError, LoadError};
use serde_json::{Value, json};

use crate::district::{District, MORNING};

#[tokio::test]
async fn a_deed_has_the_platforms_shape_and_reaches_whoever_hears_it() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let deed = |quantity: &str, id: &str| {
        let evidence = json!({ "id": id, "text": "2026-0042 路灯不亮" });
        json!({ "kind": "issue.adopted", "quantity": quantity, "unit": "times", "at": MORNING, "evidence": evidence })
    };
    let send = |payload: Value| {
        let event = json!({ "name": "deed/1", "subject": "case-1", "payload": payload });
        Step::Send(event.to_string())
    };
    let mut sender = manifest("notes");
    sender["uses"]["sends"] = json!(["deed/1"]);
    for wrong in [json!({ "kind": "x" }), deed("两次", "case-1"), deed("1", "")] {
        let steps = [send(wrong), Step::DenyRefusal];
        district.install(Guest::new(sender.clone()).on("actions", steps)).await;
        assert!(matches!(district.put(&lin, "notes").await, Err(CallError::Denied(_))));
    }
    let mut hearer = manifest("points");
    hearer["uses"]["hears"] = json!(["deed/1"]);
    let steps = [Step::InsertContext("note"), Step::Answer(String::new())];
    district.install(Guest::new(hearer).on("events", steps)).await;
    let steps = [send(deed("2.5", "case-1")), Step::Answer("{}".into())];
    district.install(Guest::new(sender).on("actions", steps)).await;
    district.put(&lin, "notes").await.unwrap();
    assert_eq!(district.runtime.work_all(5).await.unwrap().delivered, 1);
    let heard = district.spaces.documents(district.tianfu, "points", "note").remove(0);
    let heard: Value = serde_json::from_str(&heard.body).unwrap();
    let event = &heard["params"];
    assert_eq!((&event["name"], &event["from_plugin"]), (&json!("deed/1"), &json!("notes")));
    assert_eq!(event["payload"]["quantity"], "2.5");
}

#[tokio::test]
async fn an_event_is_sent_only_in_the_shape_that_its_schema_gives() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let mut declared = manifest("notes");
    let schema = json!({ "type": "object", "properties": { "number": { "type": "string" } }, "required": ["number"] });
    declared["uses"]["sends"] =
        json!([{ "name": "notes.put/1", "schema": "schemas/put.json", "built": schema }, "notes.gone/1"]);
    declared["uses"]["hears"] = json!(["notes.put/1", "notes.gone/1"]);
    let send = |name: &str, payload: Value| {
        Step::Send(json!({ "name": name, "subject": "case-1", "payload": payload }).to_string())
    };
    for wrong in [json!({}), json!({ "number": 42 }), json!(null)] {
        let steps = [send("notes.put/1", wrong), Step::DenyRefusal];
        district.install(Guest::new(declared.clone()).on("actions", steps).on("events", [])).await;
        assert!(matches!(district.put(&lin, "notes").await, Err(CallError::Denied(_))));
        assert!(district.runtime.work_all(5).await.unwrap().is_nothing(), "nothing was sent");
    }
    let steps = [
        send("notes.put/1", json!({ "number": "2026-0042" })),
        send("notes.gone/1", json!({ "anything": 1 })),
        Step::Answer("{}".into()),
    ];
    let events = [Step::InsertContext("note"), Step::Answer(String::new())];
    district.install(Guest::new(declared).on("actions", steps).on("events", events)).await;
    district.put(&lin, "notes").await.unwrap();
    assert_eq!(district.runtime.work_all(5).await.unwrap().delivered, 2);
}

#[tokio::test]
async fn a_component_without_the_schema_that_it_names_or_with_a_broken_one_is_not_loaded() {
    let district = District::new();
    for (built, why) in [
        (None, "has no schema in the component (`cunshi plugin build` puts in what `schemas/put.json` holds)"),
        (Some(json!({ "type": "objekt" })), "the schema of the event `notes.put/1` cannot be used"),
        (Some(json!({ "$ref": "https://example.com/x.json" })), "the schema of the event `notes.put/1` cannot be used"),
    ] {
        let mut declared = manifest("notes");
        let mut told = json!({ "name": "notes.put/1", "schema": "schemas/put.json" });
        if let Some(built) = built {
            told["built"] = built;
        }
        declared["uses"]["sends"] = json!([told]);
        match district.runtime.load(Guest::new(declared).build()).await {
            Err(LoadError::Manifest(text)) => assert!(text.contains(why), "{text}"),
            other => panic!("{other:?}"),
        }
    }
}
