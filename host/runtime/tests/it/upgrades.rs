//! Documents of an older schema.

use cunshi_model::port::Document;
use cunshi_runtime::CallError;
use cunshi_runtime::testing::guest::manifest;
use cunshi_runtime::testing::{Guest, Step};
use serde_json::{Value, json};

use crate::district::{District, MORNING, visitor};

const OLD: &str = "01990000-0000-7000-8000-000000000001";

fn upgrading(steps: impl Into<Vec<Step>>) -> Guest {
    let mut declared: Value = manifest("notes");
    declared["collection"][0]["schema"] = json!(2);
    let query = json!({ "index": "by_text", "equals": ["旧"] }).to_string();
    Guest::new(declared).on("queries", [Step::Find("note", query), Step::AnswerFound]).on("upgrade", steps)
}

fn with_old_document(schema: u32) -> District {
    let district = District::new();
    let body = json!({ "text": "旧" }).to_string();
    let document = Document { id: OLD.to_owned(), schema, version: 3, created: MORNING, updated: MORNING, body };
    district.spaces.put_document(district.tianfu, "notes", "note", document);
    district
}

#[tokio::test]
async fn an_old_document_is_read_in_the_present_schema_and_stored_so_behind() {
    let district = with_old_document(1);
    let new = json!({ "text": "旧", "kind": "note" });
    district.install(upgrading([Step::Answer(new.to_string())])).await;
    assert_eq!(district.query(&visitor(district.tianfu), "notes").await.unwrap(), new);
    let stored = &district.spaces.documents(district.tianfu, "notes", "note")[0];
    assert_eq!(stored.schema, 1, "reading does not write");
    let worked = district.runtime.work_all(10).await.unwrap();
    assert_eq!(worked.upgraded, 1);
    let stored = &district.spaces.documents(district.tianfu, "notes", "note")[0];
    assert_eq!((stored.schema, stored.version, stored.body.as_str()), (2, 3, new.to_string().as_str()));
    assert!(district.runtime.work(district.tianfu).await.unwrap().is_nothing());
}

#[tokio::test]
async fn an_upgrade_can_ask_for_nothing() {
    let district = with_old_document(1);
    let asks = [Step::Get("note", OLD.into()), Step::AnswerLast];
    district.install(upgrading(asks)).await;
    assert_eq!(district.query(&visitor(district.tianfu), "notes").await.unwrap(), "not-granted");
}

#[tokio::test]
async fn a_document_that_cannot_be_upgraded_is_reported_and_does_not_hold_up_the_others() {
    let district = with_old_document(1);
    district.install(upgrading([Step::Log("kind is missing".into()), Step::Trap])).await;
    assert!(matches!(district.query(&visitor(district.tianfu), "notes").await, Err(CallError::Failed(_))));
    let worked = district.runtime.work_all(10).await.unwrap();
    assert_eq!(worked.upgraded, 0);
    let failure = &district.runtime.failures("notes")[0];
    assert_eq!(failure.what, format!("upgrade/note/{OLD}"));
    assert_eq!(failure.summary, "kind is missing");
}

#[tokio::test]
async fn a_document_of_a_newer_release_is_not_misread() {
    let district = with_old_document(3);
    district.install(upgrading([Step::Trap])).await;
    assert!(district.query(&visitor(district.tianfu), "notes").await.is_err());
}
