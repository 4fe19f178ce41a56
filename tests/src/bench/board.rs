//! The issue board over HTTP against the same page written by hand.

use std::time::Duration;

use cunshi_model::Calendar;
use serde_json::json;

use super::load::Request;
use super::native::Native;
use super::{Figure, Promise, median};
use crate::District;

/// Cases in the village.
const CASES: usize = 120;
/// How long each of the two is asked in a round, and rounds.
const WHILE: Duration = Duration::from_millis(1_500);
const ROUNDS: usize = 7;

pub(super) async fn measure() -> [Figure; 2] {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let lin = tianfu.villager("林秀英").await;
    let neighbour = tianfu.villager("邻居").await;
    let categories = ["roads", "water", "environment", "other"];
    for (nth, category) in (0..CASES).zip(categories.into_iter().cycle()) {
        let actor = if nth % 12 == 0 { &lin } else { &neighbour };
        let fields = json!({ "title": format!("三组第{nth}盏路灯不亮"), "category": category, "place": "三组路口", "detail": "已经两天了，晚上走路看不见。" });
        actor.does("issues", "report", fields).await.result();
    }
    district.works().await;

    let path = format!("/v/{}/issues", tianfu.code());
    let cookie = format!("Cookie: cunshi={}", lin.token.as_deref().expect("signed in"));
    let uncached = compared(&district, &path, &[cookie]).await;
    let cached = compared(&district, &path, &[]).await;
    [
        figure("the issue board of a signed-in villager, never cached, against the same page by hand", uncached, 0.8),
        figure("the issue board of visitors, cached, against the same page by hand", cached, 1.0),
    ]
}

fn figure(what: &'static str, (ours, theirs, ratio): (f64, f64, f64), least: f64) -> Figure {
    Figure {
        what,
        ours: format!("{ours:.0} requests/s"),
        counterpart: format!("{theirs:.0} requests/s"),
        measured: ratio,
        promise: Promise::AtLeast(least),
    }
}

async fn compared(district: &District, path: &str, headers: &[String]) -> (f64, f64, f64) {
    let ours = Request::get(&district.base, path, headers);
    let page = tokio::task::block_in_place(|| ours.once());
    let html = String::from_utf8(page.clone()).expect("text");
    let code = district.tianfu().code().to_owned();
    let native = Native::new(district, &code, Calendar::default(), &html).await.serve().await;
    let theirs = Request::get(&format!("http://{native}"), "/board", headers);
    let other = tokio::task::block_in_place(|| theirs.once());
    assert_eq!(rows(&page), rows(&other), "the two pages show the same cases");
    let apart = page.len().abs_diff(other.len());
    assert!(apart * 50 < page.len(), "{} bytes against {}", page.len(), other.len());

    let (mut one, mut two, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (a, b) = tokio::task::block_in_place(|| (ours.rate(WHILE), theirs.rate(WHILE)));
        one.push(a);
        two.push(b);
        ratios.push(a / b);
    }
    (median(one), median(two), median(ratios))
}

/// The links to cases, in order.
fn rows(page: &[u8]) -> Vec<String> {
    let html = String::from_utf8_lossy(page).into_owned();
    html.split("/issues/case/").skip(1).map(|rest| rest.chars().take(36).collect()).collect()
}
