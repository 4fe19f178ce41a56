//! Actions: everything that belongs together is kept together, once.

use cunshi_model::port::FileRecord;
use cunshi_model::{FileId, Role};
use cunshi_runtime::testing::guest::manifest;
use cunshi_runtime::testing::{Guest, Step};
use cunshi_runtime::{CallError, Caller};
use serde_json::{Map, Value, json};

use crate::district::{District, MORNING, object, visitor};

fn notes() -> Guest {
    let answer = json!({ "say": "记下了", "result": { "n": 1 }, "subject": "s1", "go": { "page": "board" } });
    let insert = Step::Insert("note", json!({ "text": "榕树倒了" }).to_string());
    Guest::new(with_fields(&json!([]))).on("actions", [insert, Step::Answer(answer.to_string())])
}

fn with_fields(fields: &Value) -> Value {
    let mut declared = manifest("notes");
    declared["action"][0]["fields"] = fields.clone();
    declared
}

fn field(name: &str, kind: &str) -> Value {
    json!({ "name": name, "kind": kind, "label": { "zh": name, "en": name } })
}

async fn put(district: &District, caller: &Caller, fields: Value) -> Result<cunshi_runtime::Acted, CallError> {
    district.runtime.act(caller, "notes", "put", object(fields), None).await
}

fn invalid(result: Result<cunshi_runtime::Acted, CallError>) -> Vec<String> {
    match result {
        Err(CallError::Invalid(errors)) => errors.into_iter().map(|error| error.field).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_action_keeps_its_documents_and_says_so_in_the_audit() {
    let district = District::new();
    district.install(notes()).await;
    let lin = district.villager("林秀英");
    let acted = district.put(&lin, "notes").await.unwrap();
    assert_eq!(acted.outcome.say.as_deref(), Some("记下了"));
    assert!(!acted.repeated);
    assert_eq!(acted.revision, district.spaces.revision(district.tianfu));
    assert_eq!(district.spaces.documents(district.tianfu, "notes", "note").len(), 1);
    let audit = &district.spaces.audit(district.tianfu)[0];
    assert_eq!((audit.action.as_str(), audit.subject.as_deref()), ("notes/put", Some("s1")));
    assert_eq!(audit.actor, lin.actor.map(|actor| actor.person));
    assert!(district.spaces.documents(district.zhongtan, "notes", "note").is_empty(), "another village has nothing");
}

#[tokio::test]
async fn what_fails_after_writing_leaves_nothing() {
    let district = District::new();
    let insert = Step::Insert("note", "{}".to_owned());
    for end in [Step::Trap, Step::Fail("denied", "不行".into()), Step::Answer("not json".into())] {
        district.install(Guest::new(manifest("notes")).on("actions", [insert.clone(), end])).await;
        assert!(district.put(&district.villager("林秀英"), "notes").await.is_err());
    }
    assert!(district.spaces.documents(district.tianfu, "notes", "note").is_empty());
    assert!(district.spaces.audit(district.tianfu).is_empty());
    assert_eq!(district.spaces.revision(district.tianfu), 0);
}

#[tokio::test]
async fn the_same_key_acts_once() {
    let district = District::new();
    let declared = with_fields(&json!([field("title", "text")]));
    let insert = Step::Insert("note", "{}".to_owned());
    let answer = Step::Answer(json!({ "result": 42 }).to_string());
    district.install(Guest::new(declared).on("actions", [insert, answer])).await;
    let lin = district.villager("林秀英");
    let act = async |title: &str| {
        district.runtime.act(&lin, "notes", "put", object(json!({ "title": title })), Some("key-1")).await
    };
    assert!(!act("树").await.unwrap().repeated);
    let again = act("树").await.unwrap();
    assert!(again.repeated);
    assert_eq!(again.outcome.result, 42);
    assert_eq!(district.spaces.documents(district.tianfu, "notes", "note").len(), 1);
    assert!(matches!(act("路").await, Err(CallError::KeyReused)));
    district.clock.advance(73 * 3_600_000_000);
    assert!(!act("路").await.unwrap().repeated, "a key is kept for 72 hours");
}

#[tokio::test]
async fn a_failure_does_not_consume_the_key() {
    let district = District::new();
    district.install(Guest::new(manifest("notes")).on("actions", [Step::Trap])).await;
    let lin = district.villager("林秀英");
    let act = async || district.runtime.act(&lin, "notes", "put", Map::new(), Some("k")).await;
    assert!(act().await.is_err());
    district.install(notes()).await;
    assert!(!act().await.unwrap().repeated);
}

#[tokio::test]
async fn visitors_and_wrong_fields_are_turned_away_before_anything_happens() {
    let district = District::new();
    let required = json!([{ "name": "title", "kind": "text", "required": true, "label": { "zh": "题", "en": "T" } }]);
    district.install(Guest::new(with_fields(&required)).on("actions", [Step::Trap])).await;
    let refused = put(&district, &visitor(district.tianfu), json!({})).await;
    assert!(matches!(refused, Err(CallError::Unauthenticated)));
    let lin = district.villager("林秀英");
    assert_eq!(invalid(put(&district, &lin, json!({ "title": "  " })).await), ["title"]);
    assert_eq!(invalid(put(&district, &lin, json!({ "title": "树", "tilte": "x" })).await), ["tilte"]);
    assert!(district.runtime.failures("notes").is_empty(), "the plugin never ran");
}

#[tokio::test]
async fn people_and_households_are_of_this_village() {
    let district = District::new();
    let declared = with_fields(&json!([field("who", "person"), field("home", "household")]));
    district.install(Guest::new(declared)).await;
    let lin = district.villager("林秀英");
    let stranger = district.person(district.zhongtan, "王建国", &[Role::Member]);
    let stranger = stranger.actor.unwrap().person.to_string();
    let me = lin.actor.unwrap().person.to_string();
    assert!(put(&district, &lin, json!({ "who": me })).await.is_ok());
    let wrong = put(&district, &lin, json!({ "who": stranger, "home": stranger })).await;
    assert_eq!(invalid(wrong), ["who", "home"]);
}

#[tokio::test]
async fn files_were_sent_by_the_actor_and_hang_nowhere_yet() {
    let district = District::new();
    let mut declared = with_fields(&json!([field("photos", "photos")]));
    declared["uses"]["files"] = json!(true);
    district.install(Guest::new(declared)).await;
    let lin = district.villager("林秀英");
    let other = district.villager("王建国");
    let upload = |caller: &Caller| {
        let id = FileId::new(MORNING);
        let file = FileRecord {
            id,
            by: caller.actor.unwrap().person,
            at: MORNING,
            image: true,
            name: "树.jpg".to_owned(),
            media_type: "image/jpeg".to_owned(),
            bytes: 10,
            pixels: Some((1, 1)),
            attached: None,
        };
        district.spaces.put_file(district.tianfu, file);
        id.to_string()
    };
    let (mine, theirs) = (upload(&lin), upload(&other));
    assert!(put(&district, &lin, json!({ "photos": [mine] })).await.is_ok());
    assert_eq!(invalid(put(&district, &lin, json!({ "photos": [mine, theirs] })).await), ["photos"]);
}

#[tokio::test]
async fn a_cadre_acts_for_somebody_without_a_phone_and_a_villager_may_not() {
    let district = District::new();
    let mut declared = with_fields(&json!([]));
    declared["action"][0]["on_behalf"] = json!(["cadre"]);
    let steps = [Step::InsertContext("note"), Step::Answer("{}".to_owned())];
    district.install(Guest::new(declared).on("actions", steps)).await;
    let old = district.villager("陈大爷").actor.unwrap().person.to_string();
    let cadre = district.person(district.tianfu, "张主任", &[Role::Cadre]);
    put(&district, &cadre, json!({ "on_behalf_of": old })).await.unwrap();
    let kept = &district.spaces.documents(district.tianfu, "notes", "note")[0];
    let told: Value = serde_json::from_str(&kept.body).unwrap();
    assert_eq!(told["actor"]["on_behalf_of"], old.as_str());
    assert_eq!(told["params"], json!({}));
    let lin = district.villager("林秀英");
    assert_eq!(invalid(put(&district, &lin, json!({ "on_behalf_of": old })).await), ["on_behalf_of"]);
    let nobody = put(&district, &cadre, json!({ "on_behalf_of": FileId::new(1).to_string() })).await;
    assert_eq!(invalid(nobody), ["on_behalf_of"]);
}
