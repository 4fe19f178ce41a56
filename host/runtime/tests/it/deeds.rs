//! `deed/1`, the platform's own event.

use cunshi_runtime::CallError;
use cunshi_runtime::testing::guest::manifest;
use cunshi_runtime::testing::{Guest, Step};
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
