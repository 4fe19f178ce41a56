//! Deliveries, carriage and jobs.

use cunshi_model::SpaceKind;
use cunshi_model::clock::{HOUR, MINUTE, SECOND};
use cunshi_runtime::Worked;
use cunshi_runtime::testing::guest::manifest;
use cunshi_runtime::testing::{Guest, Step};
use serde_json::{Value, json};

use crate::district::{District, MORNING};

fn sender(goes: Option<&str>) -> Guest {
    let mut declared = manifest("notes");
    declared["uses"]["sends"] = match goes {
        None => json!(["notes.put/1"]),
        Some(goes) => json!([{ "name": "notes.put/1", "goes": goes }]),
    };
    let event = json!({ "name": "notes.put/1", "subject": "case-1", "payload": { "n": 7 } }).to_string();
    Guest::new(declared).on("actions", [Step::Send(event), Step::Answer("{}".into())])
}

fn hearer(name: &str, kinds: &[&str], steps: impl Into<Vec<Step>>) -> Guest {
    let mut declared = manifest(name);
    declared["in"] = json!(kinds);
    declared["uses"]["hears"] = json!(["notes.put/1"]);
    Guest::new(declared).on("events", steps)
}

fn heard(district: &District, space: cunshi_model::SpaceId, plugin: &str) -> Vec<Value> {
    let kept = district.spaces.documents(space, plugin, "note");
    kept.iter().map(|document| serde_json::from_str(&document.body).unwrap()).collect()
}

fn keeps() -> [Step; 2] {
    [Step::InsertContext("note"), Step::Answer(String::new())]
}

#[tokio::test]
async fn an_event_reaches_its_hearers_once_and_leaves_an_audit_row() {
    let district = District::new();
    district.install(hearer("diary", &["village"], keeps())).await;
    district.install(sender(None)).await;
    district.put(&district.villager("林秀英"), "notes").await.unwrap();
    let worked = district.runtime.work_all(10).await.unwrap();
    assert_eq!(worked, Worked { delivered: 1, ..Worked::default() });
    let heard = heard(&district, district.tianfu, "diary");
    assert_eq!(heard.len(), 1);
    let event = &heard[0]["params"];
    assert_eq!(
        (&event["name"], &event["payload"]["n"], &event["from"]),
        (&json!("notes.put/1"), &json!(7), &json!("here"))
    );
    assert!(heard[0].get("actor").is_none(), "the platform itself calls");
    let audit: Vec<String> = district.spaces.audit(district.tianfu).into_iter().map(|row| row.action).collect();
    assert_eq!(audit, ["notes/put", "diary/event/notes.put/1"]);
    assert!(district.runtime.work_all(10).await.unwrap().is_nothing());
}

#[tokio::test]
async fn a_plugin_that_is_off_hears_when_it_is_on_again() {
    let district = District::new();
    district.install(hearer("diary", &["village"], keeps())).await;
    district.install(sender(None)).await;
    district.spaces.switch(district.tianfu, "diary", false);
    district.put(&district.villager("林秀英"), "notes").await.unwrap();
    assert!(district.runtime.work(district.tianfu).await.unwrap().is_nothing());
    district.spaces.switch(district.tianfu, "diary", true);
    assert_eq!(district.runtime.work(district.tianfu).await.unwrap().delivered, 1);
}

#[tokio::test]
async fn a_failing_delivery_is_tried_again_later_and_then_parked() {
    let district = District::new();
    let steps = [Step::Insert("note", "{}".into()), Step::Fail("failed", "没有这个案子".into())];
    district.install(hearer("diary", &["village"], steps)).await;
    district.install(sender(None)).await;
    district.put(&district.villager("林秀英"), "notes").await.unwrap();
    let work = async || district.runtime.work_all(10).await.unwrap();
    assert_eq!(work().await.failed, 1);
    assert!(work().await.is_nothing(), "not before its time");
    for wait in [SECOND, 10 * SECOND, MINUTE, 10 * MINUTE] {
        district.clock.advance(wait);
        assert_eq!(work().await.failed, 1, "after {wait}");
    }
    district.clock.advance(HOUR);
    assert_eq!(work().await, Worked { parked: 1, ..Worked::default() });
    let parked = district.spaces.parked(district.tianfu);
    assert!(parked[0].contains("没有这个案子"), "{parked:?}");
    assert!(heard(&district, district.tianfu, "diary").is_empty(), "nothing half written");
    assert_eq!(district.runtime.failures("diary").len(), 6);
    assert!(!district.runtime.failures("diary")[0].call.is_empty());
}

#[tokio::test]
async fn an_event_goes_up_to_the_town_and_down_to_every_village() {
    let district = District::new();
    let town = district.spaces.add(SpaceKind::Town, "成佳镇", None);
    let here = district.spaces.add(SpaceKind::Village, "照石村", Some(town));
    let there = district.spaces.add(SpaceKind::Community, "天府", Some(town));
    district.install(hearer("inbox", &["town", "village"], keeps())).await;
    district.install(sender(Some("up"))).await;
    for space in [town, here, there] {
        district.spaces.switch(space, "inbox", true);
        district.spaces.switch(space, "notes", true);
    }
    let villager = district.person(here, "林秀英", &[cunshi_model::Role::Member]);
    district.put(&villager, "notes").await.unwrap();
    let worked = district.runtime.work_all(10).await.unwrap();
    assert_eq!((worked.carried, worked.delivered), (1, 1));
    let up = heard(&district, town, "inbox");
    assert_eq!((&up[0]["params"]["from"], &up[0]["params"]["from_name"]), (&json!("below"), &json!("照石村")));
    assert!(heard(&district, here, "inbox").is_empty() && heard(&district, there, "inbox").is_empty());

    let mut declared = manifest("notes");
    declared["in"] = json!(["town"]);
    declared["uses"]["sends"] = json!([{ "name": "notes.put/1", "goes": "down" }]);
    let event = json!({ "name": "notes.put/1", "subject": "通知" }).to_string();
    let down = Guest::new(declared).on("actions", [Step::Send(event), Step::Answer("{}".into())]);
    district.install(down).await;
    let officer = district.person(town, "李镇长", &[cunshi_model::Role::Cadre]);
    district.put(&officer, "notes").await.unwrap();
    let worked = district.runtime.work_all(10).await.unwrap();
    assert_eq!((worked.carried, worked.delivered), (2, 2));
    assert_eq!(heard(&district, here, "inbox").len(), 1);
    assert_eq!(heard(&district, there, "inbox").len(), 1);
}

fn with_job(steps: impl Into<Vec<Step>>) -> Guest {
    let mut declared = manifest("notes");
    declared["job"] = json!([{ "name": "sweep", "every": "1h" }]);
    Guest::new(declared).on("jobs", steps)
}

#[tokio::test]
async fn a_job_goes_on_from_its_cursor_and_comes_again_after_its_period() {
    let district = District::new();
    district.install(with_job([Step::InsertContext("note"), Step::AgainOnce("half".into())])).await;
    let work = async || district.runtime.work(district.tianfu).await.unwrap();
    assert_eq!(work().await.jobs, 2);
    let mut steps = heard(&district, district.tianfu, "notes");
    steps.sort_by_key(|step| step["params"]["cursor"].is_string());
    assert_eq!((&steps[0]["params"]["cursor"], &steps[1]["params"]["cursor"]), (&Value::Null, &json!("half")));
    district.clock.advance(59 * MINUTE);
    assert!(work().await.is_nothing());
    district.clock.advance(MINUTE);
    assert_eq!(work().await.jobs, 2);
    assert_eq!(district.spaces.audit(district.tianfu)[0].action, "notes/job/sweep");
}

#[tokio::test]
async fn a_failing_job_waits_and_then_begins_anew() {
    let district = District::new();
    district.install(with_job([Step::Trap])).await;
    let work = async || district.runtime.work(district.tianfu).await.unwrap();
    assert_eq!(work().await.failed, 1);
    assert!(work().await.is_nothing());
    district.clock.advance(SECOND);
    assert_eq!(work().await.failed, 1);
    assert_eq!(district.runtime.failures("notes")[0].what, "step/sweep");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_worker_hears_of_what_was_committed_and_stops_when_told() {
    let district = District::new();
    district.install(hearer("diary", &["village"], keeps())).await;
    district.install(sender(None)).await;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let runtime = district.runtime.clone();
    let worker = tokio::spawn(async move { runtime.run_worker(stopped).await });
    district.put(&district.villager("林秀英"), "notes").await.unwrap();
    let delivered = async {
        while heard(&district, district.tianfu, "diary").is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), delivered).await.unwrap();
    stop.send(true).unwrap();
    tokio::time::timeout(std::time::Duration::from_secs(10), worker).await.unwrap().unwrap();
    assert_eq!(cunshi_model::Clock::now(&district.clock), MORNING);
}
