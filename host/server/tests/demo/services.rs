//! Services in the demo: every village is asked for something, 林秀英 has her certificate after 17 minutes, the town
//! decides what is the town's.

use std::collections::BTreeSet;

use cunshi_model::clock::MINUTE;
use serde_json::{Value, json};

use crate::district::{Demo, TIANFU, TOWNS, VILLAGES, ZHAOSHI, now};
use crate::points::{cadre, words};

/// All requests of a village, as its office finds them.
async fn requests(demo: &Demo, code: &str) -> Vec<Value> {
    let office = demo.worker(code).await;
    let mut all = Vec::new();
    for show in ["work", "asker", "up", "ready", "over"] {
        let params = json!({ "show": show, "limit": 50 });
        all.extend(demo.list(code, Some(&office), ["services", "requests", "requests"], params).await);
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn lin_xiuyings_certificate_was_there_after_17_minutes() {
    let demo = Demo::new().await;
    let lin = demo.person(TIANFU, "林秀英").await;
    let mine = demo.list(TIANFU, Some(&lin), ["services", "requests", "requests"], json!({ "limit": 50 })).await;
    let took = |request: &Value| request["done_at"].as_i64().map(|done| done - request["asked_at"].as_i64().unwrap());
    let fast = mine.iter().find(|request| took(request) == Some(17 * MINUTE)).unwrap();
    assert_eq!((fast["service"].as_str(), fast["state"].as_str()), (Some("residence"), Some("done")));
    assert_eq!(fast["stars"], 5);
    let whole = demo.ask(TIANFU, Some(&lin), "services", "request", json!({ "id": fast["id"] })).await;
    assert_eq!(whole["contents"]["files"].as_array().unwrap().len(), 1, "{whole:#}");
    let number = whole["contents"]["id_number"].as_str().unwrap();
    assert!(number.starts_with("510399") && number.get(14..17) == Some("000"), "{number} is plainly nobody's");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_village_is_asked_for_something_and_states_are_many() {
    let demo = Demo::new().await;
    let (mut states, mut asked) = (BTreeSet::new(), BTreeSet::new());
    let (mut passed, mut rated) = (0, 0);
    for code in VILLAGES {
        let all = requests(&demo, code).await;
        assert!((5..=18).contains(&all.len()), "{code}: {}", all.len());
        assert!(all.iter().all(|request| request["asked_at"].as_i64().unwrap() <= now()), "{code}");
        states.extend(words(&all, "state").into_iter().map(str::to_owned));
        asked.extend(words(&all, "service").into_iter().map(str::to_owned));
        passed += all.iter().filter(|request| request["passed_to"].is_string()).count();
        rated += all.iter().filter(|request| request["stars"].is_i64()).count();
    }
    assert!(states.contains("done") && states.contains("ready"), "{states:?}");
    assert!(asked.len() >= 5, "{asked:?}");
    assert!(passed >= 1 && rated >= 8, "{passed} {rated}");
    let mut at_towns = 0;
    for code in TOWNS {
        at_towns += requests(&demo, code).await.len();
    }
    assert_eq!(at_towns, passed, "what was passed up is in the towns");
}

#[tokio::test(flavor = "multi_thread")]
async fn something_waits_to_be_fetched_and_something_is_overdue() {
    let demo = Demo::new().await;
    for code in [TIANFU, ZHAOSHI] {
        let all = requests(&demo, code).await;
        assert!(all.iter().any(|request| request["state"] == "ready"), "{code}: {all:#?}");
    }
    let office = cadre(&demo, ZHAOSHI).await;
    let late = json!({ "show": "late" });
    let late = demo.list(ZHAOSHI, Some(&office), ["services", "requests", "requests"], late).await;
    assert!(late.iter().any(|request| request["service"] == "seal" && request["overdue"] == true), "{late:#?}");
}
