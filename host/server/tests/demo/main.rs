//! The demo in a small district: who is there, what happened, and that it is built once and whole.

#![expect(clippy::unwrap_used, reason = "a test stops where its stage cannot be set")]

use std::fs;

use cunshi_model::clock::DAY;
use cunshi_server::demo::{self, Made};
use serde_json::{Value, json};

use crate::district::{Demo, TIANFU, VILLAGES, ZHAOSHI, now, open, order};

mod diaries;
mod disclosure;
mod district;
mod jobs;
mod notices;
mod points;
mod profile;
mod services;

fn states(cases: &[Value]) -> Vec<&str> {
    let mut states: Vec<_> = cases.iter().map(|case| case["state"].as_str().unwrap()).collect();
    states.sort_unstable();
    states.dedup();
    states
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fig_tree_stands_on_the_board_among_the_others() {
    let demo = Demo::new().await;
    let cases = demo.cases(TIANFU).await;
    let numbered = |number: &str| cases.iter().find(|case| case["number"] == number).unwrap();
    let tree = numbered("2026-0042");
    assert_eq!(tree["title"], "房子旁边的黄桷树存在安全隐患");
    assert_eq!(tree["state"], "rated");
    assert_eq!(tree["supporters"], 3);

    let titled = |title: &str| cases.iter().find(|case| case["title"] == title).unwrap();
    assert_eq!(titled("三组路灯不亮，老人晚上走路不方便")["state"], "handling");
    assert_eq!(titled("公路边护栏损坏")["state"], "referred");
    let drain = titled("排水沟堵了，下雨倒灌");
    assert!(drain["due_at"].as_i64().unwrap() < now(), "overdue: {drain:#}");
    for state in ["closed", "declined", "handling", "rated", "referred", "reported"] {
        assert!(states(&cases).contains(&state), "nothing is {state}: {:?}", states(&cases));
    }
    let zhaoshi = demo.cases(ZHAOSHI).await;
    assert!(zhaoshi.iter().any(|case| case["title"] == "村口的桥栏杆松了" && case["state"] == "closed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_generated_verifies_and_nothing_waits() {
    let demo = Demo::new().await;
    for space in demo.house.store.district().tree().all() {
        let store = demo.house.store.space(space.id).await.unwrap();
        let report = store.verify().await.unwrap();
        assert!(report.is_sound(), "{}: {:?}", space.name, report.flaws);
        assert!(store.parked(10).await.unwrap().is_empty(), "{}", space.name);
        let left = store.unattached_files(now() - DAY, 10).await.unwrap();
        assert!(left.is_empty(), "{}: photos of what came to nothing are swept away", space.name);
    }
    for phone in ["19900000001", "19900000012", "19900000021", "19900000031"] {
        let account = demo.house.store.district().account_by_phone(phone).await.unwrap().unwrap();
        assert!(cunshi_web::verify_password(demo::PASSWORD, &account.password_hash.unwrap()), "{phone}");
        assert!(demo::sign_ins().contains(phone));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_built_once_and_anew_only_where_it_was_interrupted() {
    let folder = tempfile::tempdir().unwrap();
    let order = order(folder.path());
    let marker = order.data.join("demo.unfinished");

    // Interrupted: something is there, and the marker with it.
    let house = open(&order.data).await;
    house.store.district().set_note("left", "over").await.unwrap();
    house.close().await;
    fs::write(&marker, "").unwrap();

    assert_eq!(demo::make(&order).await.unwrap(), Made::Now);
    assert!(!marker.exists());
    let house = open(&order.data).await;
    assert_eq!(house.store.district().note("left").await.unwrap(), None, "it began from nothing");
    assert_eq!(house.store.district().note(demo::NOTE).await.unwrap().as_deref(), Some("done"));
    house.close().await;

    assert_eq!(demo::make(&order).await.unwrap(), Made::NotHere, "a second start leaves it as it is");
}

/// What the new modules of a village show, without the ids that are made anew each time.
async fn shown(demo: &Demo, code: &str) -> Vec<String> {
    let office = demo.worker(code).await;
    let mut shown = Vec::new();
    for (query, params, fields) in [
        (["notices", "notices", "notices"], json!({ "limit": 50 }), &["title", "kind", "at", "pinned"][..]),
        (["jobs", "jobs", "jobs"], json!({ "limit": 50 }), &["title", "pay", "published_at", "hired", "distance"]),
        (["services", "requests", "requests"], json!({ "show": "over", "limit": 50 }), &["number", "asker", "done_at"]),
        (["diaries", "entries", "entries"], json!({ "limit": 50 }), &["text", "day", "entered_at", "check"]),
        (["disclosure", "disclosures", "disclosures"], json!({ "limit": 50 }), &["number", "title", "published_at"]),
    ] {
        let found = demo.list(code, Some(&office), query, params).await;
        assert!(!found.is_empty(), "{code}: {query:?}");
        shown.extend(found.iter().map(|one| fields.iter().map(|field| one[*field].to_string()).collect::<String>()));
    }
    let page = demo.ask(code, None, "profile", "profile", json!({})).await;
    shown.extend(["text", "figures", "committee"].map(|field| page[field].to_string()));
    shown.sort();
    shown
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_seed_and_day_give_the_same_demo() {
    let (demo, again) = (Demo::new().await, Demo::again().await);
    for code in VILLAGES {
        assert_eq!(shown(&demo, code).await, shown(&again, code).await, "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_district_in_earnest_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let order = order(folder.path());
    open(&order.data).await.close().await;
    assert_eq!(demo::make(&order).await.unwrap(), Made::NotHere);
    let house = open(&order.data).await;
    assert!(house.store.district().tree().all().is_empty());
}
