//! Open affairs in the demo: the district's list is in every village, what is due is published and signed, accounts go on
//! from one month to the next, questions are answered in the village or by the town.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::district::{DISTRICT, Demo, TIANFU, TOWNS, VILLAGES, ZHAOSHI, now};
use crate::points::{cadre, words};

const OF_TIANFU: &str = "510303108000";
const OF_ZHAOSHI: &str = "510303106000";

async fn published(demo: &Demo, code: &str) -> Vec<Value> {
    demo.list(code, None, ["disclosure", "disclosures", "disclosures"], json!({ "limit": 50 })).await
}

async fn whole(demo: &Demo, code: &str, paper: &Value) -> Value {
    demo.ask(code, None, "disclosure", "lookup", json!({ "id": paper["id"] })).await
}

async fn asked(demo: &Demo, code: &str, by: Option<&cunshi_model::Member>) -> Vec<Value> {
    demo.list(code, by, ["disclosure", "asked", "questions"], json!({ "limit": 50 })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_district_asks_for_is_published_and_signed_by_somebody_else() {
    let demo = Demo::new().await;
    for code in VILLAGES {
        let papers = published(&demo, code).await;
        assert!((2..=14).contains(&papers.len()), "{code}: {}", papers.len());
        assert!(papers.iter().all(|paper| paper["published_at"].as_i64().unwrap() <= now()), "{code}");
        for paper in &papers {
            let whole = whole(&demo, code, paper).await;
            let (author, supervisor) = (whole["author"].as_str().unwrap(), whole["signed_by"].as_str().unwrap());
            assert!(author != supervisor && !whole["text"].as_str().unwrap().contains('{'), "{code}: {whole:#}");
        }
        let duties = |show: &'static str| {
            let demo = &demo;
            async move {
                let params = json!({ "show": show, "limit": 100 });
                demo.list(code, None, ["disclosure", "duties", "duties"], params).await
            }
        };
        let open = duties("open").await;
        let items = words(&open, "item");
        assert!(items.contains("item-1"), "{code}: what the district added came down: {items:?}");
        let late = duties("overdue").await;
        assert!(![TIANFU, ZHAOSHI].contains(&code) || late.is_empty(), "{code}: {late:#?}");
        let done = duties("done").await;
        let keys = ["finance/2026-10", "village/2026-q3", "party/2026-q3"];
        assert!(done.iter().any(|duty| keys.contains(&duty["key"].as_str().unwrap())), "{code}: {done:#?}");
        let known: BTreeSet<&str> = words(&done, "key").into_iter().chain(words(&open, "key")).collect();
        assert!(keys.iter().all(|key| known.contains(key)), "{code}: nothing from before is asked for: {known:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_go_on_from_month_to_month_and_one_was_corrected() {
    let demo = Demo::new().await;
    for code in [TIANFU, ZHAOSHI] {
        let papers = published(&demo, code).await;
        assert_eq!(words(&papers, "affairs"), BTreeSet::from(["finance", "party", "village"]), "{code}");
        let mut months = BTreeMap::new();
        for paper in papers.iter().filter(|paper| paper["affairs"] == "finance" && paper["replaced"] == false) {
            let whole = whole(&demo, code, paper).await;
            let of = |name: &str| whole["finance"][name].as_i64();
            let (Some(opening), Some(closing)) = (of("opening"), of("closing")) else { continue };
            assert_eq!(opening + of("income").unwrap() - of("expense").unwrap(), closing, "{code}");
            months.insert(paper["published_at"].as_i64().unwrap(), (opening, closing));
        }
        let months: Vec<(i64, i64)> = months.into_values().collect();
        assert!(months.len() >= 3, "{code}: {}", months.len());
        assert!(months.windows(2).all(|two| two[0].1 == two[1].0), "{code}: {months:?}");
    }
    let papers = published(&demo, ZHAOSHI).await;
    let corrected = papers.iter().find(|paper| paper["edition"] == 2).unwrap();
    assert!(corrected["reason"].as_str().unwrap().starts_with("漏记了一笔："), "{corrected:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_are_answered_go_up_to_the_town_or_still_wait() {
    let demo = Demo::new().await;
    for code in [TIANFU, ZHAOSHI] {
        let public = asked(&demo, code, None).await;
        let states = words(&public, "state");
        assert!(states.is_superset(&BTreeSet::from(["answered", "asked", "settled"])), "{code}: {states:?}");
        assert!(public.iter().all(|one| one["asker"].as_str().unwrap().contains('*')), "{code}: {public:#?}");
        assert!(public.iter().any(|one| one["about"].is_string()), "{code}: about what was published");
        let office = cadre(&demo, code).await;
        let all = asked(&demo, code, Some(&office)).await;
        assert_eq!(all.len(), public.len() + 1, "{code}: one is private");
    }
    let mut raised = 0;
    for code in VILLAGES {
        let public = asked(&demo, code, None).await;
        raised += public.iter().filter(|one| one["raised_to"].is_string()).count();
    }
    let mut above = 0;
    for code in TOWNS {
        let officer = demo.worker(code).await;
        above += asked(&demo, code, Some(&officer)).await.len();
        assert!(asked(&demo, code, None).await.is_empty(), "{code}: for the officers only");
    }
    assert!(raised >= 3 && above == raised, "{above} of {raised} are in the towns");
    let states = |questions: Vec<Value>| words(&questions, "state").into_iter().map(str::to_owned).collect::<Vec<_>>();
    let officer = demo.worker(OF_TIANFU).await;
    assert_eq!(states(asked(&demo, OF_TIANFU, Some(&officer)).await), ["answered"]);
    let officer = demo.worker(OF_ZHAOSHI).await;
    assert_eq!(states(asked(&demo, OF_ZHAOSHI, Some(&officer)).await), ["answered", "asked"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn something_waits_for_a_signature_and_the_district_sees_how_all_stand() {
    let demo = Demo::new().await;
    let supervisor = demo.person(TIANFU, "邓国清").await;
    let desk = demo.page(TIANFU, Some(&supervisor), "disclosure", "desk", json!({})).await;
    assert!(desk.contains("冬春公益性岗位拟聘名单"), "{desk}");
    let board = demo.page(TIANFU, None, "disclosure", "board", json!({})).await;
    assert!(!board.contains("冬春公益性岗位拟聘名单") && board.contains("财务收支"), "{board}");

    let officer = demo.worker(DISTRICT).await;
    let below = demo.list(DISTRICT, Some(&officer), ["disclosure", "villages", "villages"], json!({})).await;
    assert_eq!(words(&below, "name"), BTreeSet::from(["天府社区", "照石村", "万坪村", "重滩村"]));
    for village in &below {
        let of = |name: &str| village["counts"][name].as_i64().unwrap();
        assert!(of("due") >= 3 && of("in_time") <= of("due"), "{village:#}");
    }
    let tianfu = below.iter().find(|village| village["name"] == "天府社区").unwrap();
    assert_eq!((&tianfu["counts"]["overdue"], &tianfu["town"]), (&json!(0), &json!("成佳镇")));
}
