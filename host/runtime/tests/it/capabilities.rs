//! What plugins may ask of the host, and how it refuses.

use std::time::{Duration, Instant};

use cunshi_model::budgets::BUDGETS;
use cunshi_model::port::{Document, FileRecord};
use cunshi_model::{FileId, Role};
use cunshi_runtime::testing::guest::manifest;
use cunshi_runtime::testing::{Guest, Step};
use cunshi_runtime::{Budgets, CallError, Limit};
use serde_json::{Value, json};

use crate::district::{District, MORNING, visitor};

async fn became(declared: Value, request: Step) -> Value {
    let district = District::new();
    district.install(Guest::new(declared).on("queries", [request, Step::AnswerLast])).await;
    district.query(&visitor(district.tianfu), "notes").await.unwrap()
}

#[tokio::test]
async fn what_is_not_granted_is_refused() {
    let mut declared = manifest("notes");
    declared["uses"]["people"] = json!("names");
    assert_eq!(became(declared, Step::SearchPeople("林".into())).await, "ok");
    let mut sends = manifest("notes");
    sends["uses"]["sends"] = json!(["notes.put/1"]);
    let event = json!({ "name": "notes.put/1", "subject": "s" }).to_string();
    assert_eq!(became(sends, Step::Send(event)).await, "read-only");
}

#[tokio::test]
async fn a_query_reads_and_does_not_write() {
    assert_eq!(became(manifest("notes"), Step::Insert("note", "{}".into())).await, "read-only");
    assert_eq!(became(manifest("notes"), Step::Get("note", "x".into())).await, "ok");
    assert_eq!(became(manifest("notes"), Step::Get("case", "x".into())).await, "invalid");
    let find = |query: Value| Step::Find("note", query.to_string());
    assert_eq!(became(manifest("notes"), find(json!({ "index": "by_text" }))).await, "ok");
    assert_eq!(became(manifest("notes"), find(json!({ "index": "by_text", "limit": 201 }))).await, "invalid");
    assert_eq!(became(manifest("notes"), find(json!({ "index": "by_date" }))).await, "invalid");
}

#[tokio::test]
async fn an_event_that_the_manifest_does_not_list_is_not_sent() {
    let district = District::new();
    let mut declared = manifest("notes");
    declared["uses"]["sends"] = json!(["notes.put/1"]);
    let send = Step::Send(json!({ "name": "notes.gone/1", "subject": "s" }).to_string());
    let fail = Step::Fail("denied", "x".to_owned());
    district.install(Guest::new(declared).on("actions", [send, Step::AnswerLast, fail])).await;
    // The answer is the name of the refusal, which is no outcome: the author is told both.
    match district.put(&district.villager("林秀英"), "notes").await {
        Err(CallError::Failed(failure)) => assert!(failure.detail.contains("not-granted"), "{}", failure.detail),
        other => panic!("{other:?}"),
    }
    assert!(district.spaces.events(district.tianfu).is_empty());
}

#[tokio::test]
async fn telephones_are_for_plugins_with_the_grant() {
    let district = District::new();
    let by = async |grant: &str| {
        let mut declared = manifest("notes");
        declared["uses"]["people"] = json!(grant);
        let steps = [Step::SearchPeople("1234".into()), Step::AnswerText];
        district.install(Guest::new(declared).on("queries", steps)).await;
        district.query(&visitor(district.tianfu), "notes").await.unwrap()
    };
    district.person(district.tianfu, "林秀英", &[Role::Member]);
    assert_eq!(by("names").await, json!([]));
    let found = by("contact").await;
    assert_eq!((&found[0]["name"], &found[0]["phone"]), (&json!("林秀英"), &json!("13800001234")));
}

#[tokio::test]
async fn people_come_in_lists_without_officers_and_receipts_are_the_plugins_own() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let jian = district.person(district.tianfu, "简书记", &[Role::Admin]);
    district.person(district.tianfu, "镇干部", &[Role::Officer]);
    district.person(district.zhongtan, "别村的人", &[Role::Member]);
    let person = |caller: &cunshi_runtime::Caller| caller.actor.unwrap().person;
    district.spaces.see(district.tianfu, "notes", "n1", person(&lin), MORNING);
    district.spaces.see(district.tianfu, "issues", "n1", person(&jian), MORNING);
    let ask = async |function: &'static str, texts: &[&str]| {
        let mut declared = manifest("notes");
        declared["uses"]["people"] = json!("names");
        let texts = texts.iter().map(|text| (*text).to_owned()).collect();
        let steps = [Step::Ask("people", function, texts), Step::AnswerText];
        district.install(Guest::new(declared).on("queries", steps)).await;
        district.query(&visitor(district.tianfu), "notes").await.unwrap()
    };
    let names = |page: &Value| {
        let people = page["people"].as_array().unwrap();
        people.iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let everybody = ask("people", &["{}"]).await;
    assert_eq!(names(&everybody), ["林秀英", "简书记"]);
    assert!(everybody["people"][0].get("phone").is_none(), "telephones need the grant: {everybody}");
    assert_eq!(names(&ask("people", &[r#"{"role":"cadre"}"#]).await), ["简书记"]);
    assert_eq!(ask("households", &["{}"]).await["households"].as_array().unwrap().len(), 3);
    let seen = ask("seen", &["n1"]).await;
    assert_eq!(seen, json!([{ "person": person(&lin).to_string(), "at": MORNING }]));

    let refused = async |declared: Value, query: &str| {
        became(declared, Step::Ask("people", "people", vec![query.to_owned()])).await
    };
    let mut granted = manifest("notes");
    granted["uses"]["people"] = json!("names");
    assert_eq!(refused(granted.clone(), r#"{"role":"officer"}"#).await, "invalid");
    assert_eq!(refused(granted.clone(), r#"{"space":"510303106209"}"#).await, "invalid");
    assert_eq!(refused(granted, r#"{"cursor":"x"}"#).await, "missing");
}

#[tokio::test]
async fn the_two_hundred_and_first_operation_is_refused_and_a_guest_that_gives_up_names_it() {
    let district = District::new();
    let get = Step::Times(201, vec![Step::Get("note", "x".into())]);
    let steps = [get, Step::Fail("failed", "no more".into())];
    district.install(Guest::new(manifest("notes")).on("queries", steps)).await;
    match district.query(&visitor(district.tianfu), "notes").await {
        Err(CallError::Stopped(stopped)) => assert_eq!(stopped.limit, Limit::DataOperations),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_guest_may_go_on_after_a_refusal() {
    let district = District::new();
    let get = Step::Times(205, vec![Step::Get("note", "x".into())]);
    district.install(Guest::new(manifest("notes")).on("queries", [get, Step::AnswerLast])).await;
    assert_eq!(district.query(&visitor(district.tianfu), "notes").await.unwrap(), "over-budget");
}

#[tokio::test]
async fn a_megabyte_out_is_enough() {
    let district = District::new();
    let long = Step::AnswerLong(1 << 20);
    district.install(Guest::new(manifest("notes")).on("queries", [long])).await;
    assert!(district.query(&visitor(district.tianfu), "notes").await.is_ok());
    let longer = Step::AnswerLong((1 << 20) + 1);
    district.install(Guest::new(manifest("notes")).on("queries", [longer])).await;
    match district.query(&visitor(district.tianfu), "notes").await {
        Err(CallError::Stopped(stopped)) => assert_eq!(stopped.limit, Limit::Bytes),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_log_of_a_failed_call_is_for_its_author() {
    let district = District::new();
    let steps = [Step::Log("panicked at 'no such case'".into()), Step::Trap];
    district.install(Guest::new(manifest("notes")).on("queries", steps)).await;
    let failure = match district.query(&visitor(district.tianfu), "notes").await {
        Err(CallError::Failed(failure)) => failure,
        other => panic!("{other:?}"),
    };
    assert!(failure.detail.contains("unreachable"), "{}", failure.detail);
    assert!(failure.detail.contains("error: panicked at 'no such case'"), "{}", failure.detail);
    assert!(!failure.public.contains("panicked"));
    assert_eq!(district.runtime.failures("notes")[0].summary, "panicked at 'no such case'");
}

#[tokio::test]
async fn settings_are_the_villages_or_the_defaults() {
    let district = District::new();
    let mut declared = manifest("notes");
    let label = json!({ "zh": "天数", "en": "Days" });
    declared["setting"] = json!([{ "name": "days", "kind": "integer", "default": 3, "label": label }]);
    district.install(Guest::new(declared).on("queries", [Step::Setting("days"), Step::AnswerText])).await;
    district.spaces.set(district.tianfu, "notes", json!({ "days": 7 }));
    assert_eq!(district.query(&visitor(district.tianfu), "notes").await.unwrap(), 7);
    assert_eq!(district.query(&visitor(district.zhongtan), "notes").await.unwrap(), 3);
}

#[tokio::test]
async fn documents_of_one_call_sort_in_the_order_in_which_they_were_made() {
    let district = District::new();
    let inserts = (0..20).map(|n| Step::Insert("note", json!({ "text": n.to_string() }).to_string()));
    let steps: Vec<Step> = inserts.chain([Step::Answer("{}".into())]).collect();
    district.install(Guest::new(manifest("notes")).on("actions", steps)).await;
    district.put(&district.villager("林秀英"), "notes").await.unwrap();
    let kept = district.spaces.documents(district.tianfu, "notes", "note");
    let bodies: Vec<String> = kept.into_iter().map(|document| document.body).collect();
    let expected: Vec<String> = (0..20).map(|n| json!({ "text": n.to_string() }).to_string()).collect();
    assert_eq!(bodies, expected);
}

#[tokio::test]
async fn a_file_is_hung_on_a_document_by_its_sender() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let id = FileId::new(MORNING);
    let by = lin.actor.unwrap().person;
    let (name, media_type) = ("说明.pdf".to_owned(), "application/pdf".to_owned());
    let file =
        FileRecord { id, by, at: MORNING, image: false, name, media_type, bytes: 9, pixels: None, attached: None };
    district.spaces.put_file(district.tianfu, file);
    let document = FileId::new(MORNING - 1_000_000).to_string();
    let body = "{}".to_owned();
    let (created, updated) = (MORNING, MORNING);
    let kept = Document { id: document.clone(), schema: 1, version: 1, created, updated, body };
    district.spaces.put_document(district.tianfu, "notes", "note", kept);
    let mut declared = manifest("notes");
    declared["uses"]["files"] = json!(true);
    let steps = [Step::Attach(id.to_string(), "note", document), Step::InsertLast("note"), Step::Answer("{}".into())];
    district.install(Guest::new(declared).on("actions", steps)).await;
    let last = |district: &District| {
        let body = district.spaces.documents(district.tianfu, "notes", "note").pop().unwrap().body;
        serde_json::from_str::<Value>(&body).unwrap()
    };
    district.put(&district.villager("王建国"), "notes").await.unwrap();
    assert_eq!(last(&district), json!({ "last": "missing" }));
    district.clock.advance(1_000);
    district.put(&lin, "notes").await.unwrap();
    assert_eq!(last(&district), json!({ "last": "ok" }));
}

#[tokio::test]
async fn waiting_for_the_storage_is_not_charged_and_yet_ends() {
    let steps = || [Step::Times(3, vec![Step::Get("note", "x".into())]), Step::Answer("1".into())];
    let patient = Budgets { read_cpu: Duration::from_millis(30), ..Budgets::default() };
    let district = District::with(patient);
    district.spaces.slow_down(Duration::from_millis(30));
    district.install(Guest::new(manifest("notes")).on("queries", steps())).await;
    assert_eq!(district.query(&visitor(district.tianfu), "notes").await.unwrap(), 1);

    let district = District::with(Budgets { wall: Duration::from_millis(50), ..Budgets::default() });
    district.install(Guest::new(manifest("notes")).on("queries", steps())).await;
    district.spaces.slow_down(Duration::from_mins(1));
    let begun = Instant::now();
    match district.query(&visitor(district.tianfu), "notes").await {
        Err(CallError::Stopped(stopped)) => assert_eq!(stopped.limit, Limit::Wall),
        other => panic!("{other:?}"),
    }
    assert!(begun.elapsed() < Duration::from_secs(3));
    district.spaces.slow_down(Duration::ZERO);
    assert!(district.query(&visitor(district.tianfu), "notes").await.is_ok());
}

#[tokio::test]
async fn a_storage_that_fails_ends_the_call_whatever_the_guest_makes_of_it() {
    let district = District::new();
    let steps = [Step::Get("note", "x".into()), Step::Answer("1".into())];
    district.install(Guest::new(manifest("notes")).on("queries", steps)).await;
    district.spaces.fail(true);
    let failed = district.query(&visitor(district.tianfu), "notes").await;
    assert!(matches!(failed, Err(CallError::Data(_))), "{failed:?}");
    assert!(district.runtime.failures("notes").is_empty(), "it is not the plugin's fault");
    district.spaces.fail(false);
    assert!(district.query(&visitor(district.tianfu), "notes").await.is_ok());
}

#[tokio::test]
async fn a_village_with_a_lower_budget_is_stopped_where_another_goes_on() {
    let district = District::new();
    let steps = [Step::Times(30, vec![Step::Get("note", "x".into())]), Step::Answer("1".into())];
    let again = [Step::Times(220, vec![Step::Get("note", "x".into())]), Step::Answer("1".into())];
    district.install(Guest::new(manifest("notes")).on("queries", steps)).await;
    let asked = async |space| district.query(&visitor(space), "notes").await;
    district.spaces.set(district.tianfu, BUDGETS, json!({ "data_operations": 10 }));
    match asked(district.tianfu).await {
        Err(CallError::Stopped(stopped)) => {
            assert_eq!(stopped.limit, Limit::DataOperations);
            assert!(stopped.detail.contains("(10)"), "the limit that counts here: {}", stopped.detail);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(asked(district.zhongtan).await.unwrap(), 1, "and nobody else");
    // Higher is possible too, within bounds; what is beyond them counts as not set.
    district.install(Guest::new(manifest("notes")).on("queries", again)).await;
    assert!(matches!(asked(district.zhongtan).await, Err(CallError::Stopped(_))));
    district.spaces.set(district.zhongtan, BUDGETS, json!({ "data_operations": 300 }));
    assert_eq!(asked(district.zhongtan).await.unwrap(), 1);
    for beyond in [json!(0), json!(4_000_000_000_u64), json!("300"), json!(null)] {
        district.spaces.set(district.zhongtan, BUDGETS, json!({ "data_operations": beyond }));
        assert!(matches!(asked(district.zhongtan).await, Err(CallError::Stopped(_))));
    }
}
