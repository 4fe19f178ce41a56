//! A notice of the district reaches its 94 villages exactly once each, though the host is killed again and again on
//! the way.

#![expect(clippy::expect_used, reason = "helpers of tests stop the test with a sentence")]

use std::path::Path;
use std::time::{Duration, Instant};

use cunshi_tests::{Chance, District, Served, cunshi, free_address, nothing_waits};
use reqwest::Client;
use serde_json::{Value, json};

const KILLS: usize = 6;
/// Longest time that the last way may take.
const PATIENCE: Duration = Duration::from_mins(1);
const TITLE: &str = "城乡居民医保开始缴费";

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_of_the_district_reaches_every_village_once_though_the_host_is_killed() {
    let plugins = ["notices"];
    let district = District::of_today(&plugins).await;
    let villages = district.grows(&plugins).await;
    assert_eq!(villages.len(), 94);
    let officer = district.space("510303000000").officer("区干部").await;
    let data = district.leaves().await;
    let listen = free_address();
    let officer = officer.through(&format!("http://{listen}"));

    let fields = json!({
        "kind": "policy", "title": TITLE, "text": "九月一日起缴明年的，带上身份证到村办公室。",
        "audience": "all", "acknowledge": true, "release": "now",
    });
    let mut chance = Chance::from(20_261_124);
    let mut under_way = 0;
    for kill in 0..KILLS {
        let served = Served::start(data.path(), listen).await;
        // Said again under its own key, as a telephone does that got no answer.
        officer.does_surely("notices", "write", "the-notice", &fields).await.expect("the district is served");
        tokio::time::sleep(Duration::from_millis(chance.between(5, 120))).await;
        let there = arrived(&served.base, &villages).await.iter().sum::<usize>();
        served.is_killed().await;
        assert!(there <= villages.len(), "kill {kill}: {there} copies in {} villages", villages.len());
        under_way += usize::from(there < villages.len());
    }
    assert!(under_way > 0, "every kill came too late to prove anything");

    let served = Served::start(data.path(), listen).await;
    let began = Instant::now();
    let mut there = arrived(&served.base, &villages).await;
    while there.iter().sum::<usize>() < villages.len() && began.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(100)).await;
        there = arrived(&served.base, &villages).await;
    }
    let wrong: Vec<_> = villages.iter().zip(&there).filter(|(_, copies)| **copies != 1).collect();
    assert!(wrong.is_empty(), "copies by village: {wrong:?}");
    served.is_killed().await;
    nothing_waits(data.path(), listen).await;
    cunshi(["village", "verify", "--data", text(data.path())]).await.went_well();
}

/// How often the notice is on each village's board, as visitors see it.
async fn arrived(base: &str, villages: &[String]) -> Vec<usize> {
    let client = Client::new();
    let mut copies = Vec::new();
    for code in villages {
        let address = format!("{base}/api/v1/villages/{code}/notices/q/notices");
        let answer = client.get(address).send().await.expect("an answer");
        let body: Value = answer.json().await.expect("JSON");
        let notices = body["result"]["notices"].as_array().unwrap_or_else(|| panic!("{code}: {body:#}"));
        copies.push(notices.iter().filter(|notice| notice["title"] == TITLE).count());
    }
    copies
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of letters")
}
