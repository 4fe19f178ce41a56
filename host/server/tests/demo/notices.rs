//! Notices in the demo: those of the district are in every village once, villages have their own, people say that they
//! know of what matters.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::district::{DISTRICT, Demo, TIANFU, TOWNS, VILLAGES, ZHAOSHI, now};
use crate::points::{cadre, words};

const FIRE: &str = "森林防火：野外一律不准用火";

/// All notices that are out, as the office sees them.
async fn out(demo: &Demo, code: &str) -> Vec<Value> {
    let office = demo.worker(code).await;
    let mut all = Vec::new();
    for show in ["current", "past"] {
        let params = json!({ "show": show, "limit": 50 });
        all.extend(demo.list(code, Some(&office), ["notices", "notices", "notices"], params).await);
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_district_makes_known_is_in_every_village_once_and_comes_back_as_a_count() {
    let demo = Demo::new().await;
    for code in VILLAGES.into_iter().chain(TOWNS) {
        let all = out(&demo, code).await;
        let fire: Vec<&Value> = all.iter().filter(|notice| notice["title"] == FIRE).collect();
        assert_eq!(fire.len(), 1, "{code}: {all:#?}");
        assert!(fire[0]["from_above"] == true && fire[0]["urgent"] == true, "{code}");
    }
    for code in VILLAGES {
        let all = out(&demo, code).await;
        let fire = all.iter().find(|notice| notice["title"] == FIRE).unwrap();
        let office = cadre(&demo, code).await;
        let whole = demo.ask(code, Some(&office), "notices", "notice", json!({ "id": fire["id"] })).await;
        let of = |name: &str| whole["count"][name].as_i64().unwrap();
        let (reach, known) = (of("reached"), of("acknowledged"));
        assert!(known >= 2 && known <= reach && reach > 8, "{code}: {whole:#}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn villages_and_towns_make_known_what_is_their_own() {
    let demo = Demo::new().await;
    let mut kinds = BTreeSet::new();
    for code in VILLAGES.into_iter().chain(TOWNS).chain([DISTRICT]) {
        let own: Vec<Value> = out(&demo, code).await.into_iter().filter(|one| one["from_above"] == false).collect();
        assert!((2..=16).contains(&own.len()), "{code}: {}", own.len());
        assert!(own.iter().all(|notice| notice["at"].as_i64().unwrap() <= now()), "{code}");
        kinds.extend(words(&own, "kind").into_iter().map(str::to_owned));
        let titles: BTreeMap<&str, usize> = own.iter().fold(BTreeMap::new(), |mut titles, notice| {
            *titles.entry(notice["title"].as_str().unwrap()).or_default() += 1;
            titles
        });
        assert!(titles.values().all(|times| *times == 1), "{code}: nothing is said twice: {titles:?}");
    }
    assert_eq!(kinds.len(), 4, "{kinds:?}");
    for code in [TIANFU, ZHAOSHI] {
        let all = out(&demo, code).await;
        assert_eq!(words(&all, "for"), BTreeSet::from(["all", "groups", "households"]), "{code}");
        assert!(all.iter().any(|notice| notice["pinned"] == true), "{code}");
        assert!(words(&all, "state").is_superset(&BTreeSet::from(["published", "expired"])), "{code}");
        let visitor = demo.list(code, None, ["notices", "notices", "notices"], json!({ "limit": 50 })).await;
        assert_eq!(words(&visitor, "for"), BTreeSet::from(["all"]), "{code}: what is for some is not for visitors");
    }
}
