//! A plugin written with the SDK, compiled and called: what crosses the ABI is what both sides mean.

#![expect(clippy::unwrap_used, reason = "a test stops with the error")]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use cunshi_contract::deed::Deed;
use cunshi_contract::{Lang, Node};
use cunshi_model::clock::{DAY, HOUR};
use cunshi_model::{Actor, Calendar, ManualClock, Member, PersonId, Role, Roles, SpaceId, Via};
use cunshi_runtime::testing::{JsonRule, JsonRules, MemorySpaces};
use cunshi_runtime::{Budgets, CallError, Caller, Runtime, RuntimeOptions, package};
use serde_json::{Map, Value, json};

/// 2026-09-02 08:00 in China.
const MORNING: i64 = 1_788_307_200_000_000;

struct Village {
    runtime: Runtime,
    spaces: MemorySpaces,
    space: SpaceId,
    lin: Caller,
    _dir: tempfile::TempDir,
}

async fn village(plugin_dir: &str) -> Village {
    let dir = tempfile::tempdir().unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(plugin_dir);
    let built = package::build(&path, &dir.path().join("plugin.wasm")).unwrap();

    let spaces = MemorySpaces::new();
    let space = spaces.village("天府社区");
    // Budgets of time are for a quiet machine; a test machine is not one.
    let budgets = Budgets { wall: Duration::from_secs(5), ..Budgets::default() };
    let rules = Arc::new(JsonRules);
    let options = RuntimeOptions { budgets, instances: 16, rules, ..RuntimeOptions::new(dir.path()) };
    let clock = Arc::new(ManualClock::at(MORNING));
    let runtime = Runtime::new(options, Arc::new(spaces.clone()), Calendar::default(), clock).unwrap();
    runtime.load(std::fs::read(&built.component).unwrap()).await.unwrap();
    spaces.switch(space, &built.manifest.name, true);

    let (person, name, roles) = (PersonId::new(MORNING), "林秀英".to_owned(), vec![Role::Member]);
    let member = Member { person, name: name.clone(), household: None, phone: None, roles: roles.clone() };
    spaces.put_member(space, member);
    let actor = Some(Actor { person, via: Via::Web, on_behalf_of: None });
    let lin = Caller { space, actor, name, household: None, roles: Roles::granted(roles), lang: Lang::Zh };
    Village { runtime, spaces, space, lin, _dir: dir }
}

fn fields(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

#[tokio::test]
async fn the_guest_book_is_signed_and_read_in_both_languages() {
    let village = village("examples/hello").await;
    let words = fields(&json!({ "words": "黄桷树修好了，放心了。" }));
    let acted = village.runtime.act(&village.lin, "hello", "sign", words, None).await.unwrap();
    assert_eq!(acted.outcome.say.as_deref(), Some("谢谢你，林秀英。"));

    let visitor = Caller::visitor(village.space, Lang::En);
    let page = village.runtime.page(&visitor, "hello", "book", Map::new()).await.unwrap();
    assert_eq!(page.title, "Guest book");
    assert_eq!(page.subtitle.as_deref(), Some("Entries in 天府社区: 1"));
    let Some(Node::List { items, .. }) = page.body.first() else { panic!("{page:?}") };
    assert_eq!((items[0].title.as_str(), items[0].at), ("黄桷树修好了，放心了。", Some(MORNING)));
}

#[tokio::test]
async fn a_document_and_an_event_are_kept_and_a_panic_says_where() {
    let village = village("tests/guests/noop").await;
    let runtime = &village.runtime;
    assert_eq!(runtime.page(&village.lin, "noop", "noop", Map::new()).await.unwrap().title, "noop");
    runtime.act(&village.lin, "noop", "nothing", Map::new(), None).await.unwrap();

    runtime.act(&village.lin, "noop", "write", fields(&json!({ "words": "路灯" })), None).await.unwrap();
    let lines = village.spaces.documents(village.space, "noop", "line");
    let body: Value = serde_json::from_str(&lines[0].body).unwrap();
    assert_eq!(body, json!({ "words": "路灯", "at": MORNING }));
    let events = village.spaces.events(village.space);
    assert_eq!((events.len(), &events[0].payload), (1, &json!({ "words": "路灯" })));

    let error = runtime.act(&village.lin, "noop", "panic", Map::new(), None).await.unwrap_err();
    let CallError::Failed(failure) = error else { panic!("{error}") };
    assert!(failure.detail.contains("this action panics, as its name says"), "{}", failure.detail);
    assert!(failure.detail.contains("src/lib.rs"), "{}", failure.detail);
    assert!(!failure.public.contains("panic"), "{}", failure.public);
}

#[tokio::test]
async fn a_rule_of_the_village_sets_the_deadline_and_a_deed_is_told_of() {
    let village = village("plugins/issues").await;
    let (runtime, space) = (&village.runtime, village.space);
    let own = JsonRule::answers(json!({ "working_days": 2 }));
    village.spaces.publish(space, "issues.deadline", own.text(), 0);
    let said = fields(&json!({ "title": "三组路灯不亮", "category": "roads" }));
    let said = runtime.act(&village.lin, "issues", "report", said, None).await.unwrap();
    // 2026-09-02 is a Wednesday: within two working days is by the end of Friday.
    let friday = MORNING - 8 * HOUR + 3 * DAY - 1;
    assert_eq!(said.outcome.result["due_at"], friday);
    let decision = village.spaces.decisions(space).remove(0);
    assert_eq!(Value::Object(decision.input), json!({ "category": "roads", "step": "accept" }));
    assert_eq!((decision.plugin.as_str(), decision.person), ("issues", None));

    let cadre = Caller { roles: Roles::granted([Role::Cadre]), ..village.lin.clone() };
    let accept = fields(&json!({ "case": said.outcome.result["id"], "complexity": "simple" }));
    runtime.act(&cadre, "issues", "accept", accept, None).await.unwrap();
    let deed = village.spaces.events(space).pop().unwrap();
    assert_eq!((deed.name.as_str(), deed.from_plugin.as_str()), ("deed/1", "issues"));
    let deed: Deed = deed.read().unwrap();
    assert_eq!((deed.kind.as_str(), deed.evidence.text.as_str()), ("issue.adopted", "2026-0001 三组路灯不亮"));
    assert_eq!(deed.person, village.lin.actor.map(|actor| actor.person.to_string()));
}
