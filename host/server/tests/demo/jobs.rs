//! Jobs in the demo: every village has work to offer, those of town and district reach all, and the worker of 重滩村
//! comes home.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::district::{CHONGTAN, DISTRICT, Demo, TIANFU, TOWNS, VILLAGES, ZHAOSHI, now};
use crate::points::{cadre, words};

async fn jobs(demo: &Demo, code: &str) -> Vec<Value> {
    let office = demo.worker(code).await;
    demo.list(code, Some(&office), ["jobs", "jobs", "jobs"], json!({ "limit": 50 })).await
}

/// All sign-ups of a village that its people see as theirs.
async fn signups(demo: &Demo, code: &str) -> Vec<Value> {
    let mut all = Vec::new();
    for member in demo.people(code).await {
        if member.household.is_some() {
            all.extend(demo.list(code, Some(&member), ["jobs", "my-signups", "signups"], json!({})).await);
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worker_of_chongtan_finds_a_job_near_home_and_signs_up_by_telephone() {
    let demo = Demo::new().await;
    let all = signups(&demo, CHONGTAN).await;
    let home = all.iter().find(|signup| signup["title"] == "电子厂普工").unwrap();
    assert_eq!(home["state"], "hired");
    assert_eq!(home["office"], "建设镇");
    assert!(home["entered_by"].is_string(), "a cadre entered it: {home:#}");
    assert!(home["words"].as_str().unwrap().contains("人在广东"), "{home:#}");
    assert!(home["said"].as_str().unwrap().contains("刘主任"), "{home:#}");
    let posting = demo.ask(CHONGTAN, None, "jobs", "job", json!({ "id": home["posting"] })).await;
    assert_eq!((posting["distance"].as_i64(), posting["employer"].as_str()), (Some(8), Some("贡井区晨光电子厂")));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_village_offers_work_and_has_that_of_town_and_district() {
    let demo = Demo::new().await;
    let (mut states, mut kinds) = (BTreeSet::new(), BTreeSet::new());
    for code in VILLAGES {
        let open = jobs(&demo, code).await;
        let own = open.iter().filter(|job| job["office"].is_null()).count();
        assert!((1..=12).contains(&own), "{code}: {open:#?}");
        assert!(open.iter().any(|job| job["office"] == "贡井区"), "{code}: {open:#?}");
        kinds.extend(words(&open, "kind").into_iter().map(str::to_owned));
        for job in &open {
            assert!(
                job["pay_from"].as_i64().unwrap() > 0 && job["closes"].as_i64().unwrap() > now(),
                "{code}: {job:#}"
            );
            let whole = demo.ask(code, None, "jobs", "job", json!({ "id": job["id"] })).await;
            let phone = whole["contact"]["phone"].as_str().unwrap();
            assert!(phone.starts_with("0813-0400"), "{code}: {phone} rings at nobody's");
        }
        let all = signups(&demo, code).await;
        assert!(all.len() < 60, "{code}: {}", all.len());
        states.extend(words(&all, "state").into_iter().map(str::to_owned));
    }
    for code in TOWNS.into_iter().chain([DISTRICT]) {
        assert!(jobs(&demo, code).await.iter().any(|job| job["office"].is_null()), "{code} offers work");
    }
    for state in ["applied", "contacted", "hired", "rejected"] {
        assert!(states.contains(state), "nobody is {state}: {states:?}");
    }
    assert!(kinds.len() >= 2, "{kinds:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_asks_for_money_was_taken_down() {
    let demo = Demo::new().await;
    for code in [TIANFU, ZHAOSHI] {
        let open = jobs(&demo, code).await;
        assert!(open.iter().all(|job| job["title"] != "手工活在家做，日结三百"), "{code}");
        assert!(open.iter().any(|job| job["away"] == true && job["office"].is_null()), "{code}: far away, and open");
        let office = cadre(&demo, code).await;
        let desk = demo.page(code, Some(&office), "jobs", "desk", json!({})).await;
        for what in ["村里要请人，工钱还没有谈好", "手工活在家做，日结三百"] {
            assert!(desk.contains(what), "{code}: {what} is not on the desk: {desk}");
        }
    }
}
