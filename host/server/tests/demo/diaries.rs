//! Diaries in the demo: every village keeps one, 天府社区 and 照石村 for full months, and the visited households say
//! whether it was so.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::district::{Demo, TIANFU, VILLAGES, ZHAOSHI, now};
use crate::points::{cadre, words};

async fn entries(demo: &Demo, code: &str) -> Vec<Value> {
    demo.list(code, None, ["diaries", "entries", "entries"], json!({ "limit": 50 })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_village_keeps_a_diary_and_most_visits_are_confirmed() {
    let demo = Demo::new().await;
    for code in VILLAGES {
        let all = entries(&demo, code).await;
        let full = [TIANFU, ZHAOSHI].contains(&code);
        let most = if full { 200..=560 } else { 20..=110 };
        assert!(most.contains(&all.len()), "{code}: {}", all.len());
        assert!(all.iter().all(|entry| entry["entered_at"].as_i64().unwrap() <= now()), "{code}");
        let about: Vec<&Value> = all.iter().filter(|entry| entry["kind"] == "visit").collect();
        let confirmed = about.iter().filter(|entry| entry["check"] == "confirmed").count();
        let share = confirmed * 100 / about.len();
        assert!((60..=92).contains(&share), "{code}: {share} % of {}", about.len());
        assert!(all.iter().all(|entry| entry["place"].is_null() || entry["household"].is_null()), "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_told_villages_have_full_months_that_are_fixed() {
    let demo = Demo::new().await;
    let mut checks = BTreeSet::new();
    for code in [TIANFU, ZHAOSHI] {
        for month in ["2026-05", "2026-07", "2026-10"] {
            let sheet = demo.ask(code, None, "diaries", "month", json!({ "month": month })).await;
            assert!(sheet["fixed_at"].is_i64(), "{code} {month} is fixed: {sheet:#}");
            for of in sheet["cadres"].as_array().unwrap().iter().filter(|of| of["figures"]["entries"] != 0) {
                let visits = of["figures"]["kinds"]["visit"].as_i64().unwrap();
                assert!((13..=24).contains(&visits), "{code} {month}: {visits}");
            }
        }
        let open = demo.ask(code, None, "diaries", "month", json!({ "month": "2026-11" })).await;
        assert!(open["fixed_at"].is_null(), "{code}: this month is not over");
        let all = entries(&demo, code).await;
        checks.extend(words(&all, "check").into_iter().map(str::to_owned));
        assert_eq!(words(&all, "kind").len(), 5, "{code}");
        assert!(all.iter().any(|entry| entry["late_days"].is_i64()), "{code}: some were entered late");
        assert!(all.iter().any(|entry| entry["followed_at"].is_i64()), "{code}: promises were kept");
        let office = cadre(&demo, code).await;
        let homes = demo.page(code, Some(&office), "diaries", "homes", json!({})).await;
        assert!(homes.contains("组"), "{code}: {homes}");
    }
    assert!(checks.contains("stands"), "somebody said that it was not so, and it was: {checks:?}");
}
