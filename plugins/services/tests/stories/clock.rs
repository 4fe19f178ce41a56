//! By the clock: overdue requests, contents that are removed in their time, figures and measures.

use cunshi_plugin_services::domain::days::DAY;
use cunshi_plugin_services::domain::{Figure, Request, State};
use cunshi_plugin_services::{DeskParams, Plugin, RequestParams, Services};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::{Measured, Micros, Read, Result};
use cunshi_sdk::testing::day;

use crate::village::{Village, at, text, tianfu};

fn measured(v: &Village, measure: fn(&Read, Micros, Micros) -> Result<Measured>) -> (i64, Option<i64>) {
    let found = v.host.system().read(|cx| measure(cx, day(2026, 9, 1), day(2026, 10, 1))).unwrap();
    (found.value, found.of)
}

#[test]
fn what_is_overdue_is_marked_once_and_told_to_the_office() {
    let v = tianfu();
    let ids: Vec<String> = (0..18).map(|n| v.ask(&v.host.member(&format!("村民{n}")), "seal")).collect();
    v.need_more(&ids[0], "缺表格").unwrap();
    v.host.job(Services::raise_overdue).unwrap();
    assert!(v.request(&ids[1]).late_since.is_none(), "not yet");
    v.host.set_now(at(9, 4, 0, 0));
    for _ in 0..2 {
        v.host.job(Services::raise_overdue).unwrap();
    }
    assert!(v.request(&ids[0]).late_since.is_none(), "the asker has this one");
    let marked = v.host.all::<Request>().unwrap().iter().filter(|request| request.late_since.is_some()).count();
    assert_eq!(marked, 17);
    assert_eq!(v.inbox(&v.jian).iter().filter(|title| title.starts_with("超期了")).count(), 17);
    assert!(v.todos(&v.jian)[0].starts_with("超期了：材料盖章"));
    let desk = DeskParams { show: "late".into(), ..DeskParams::default() };
    let desk = text(&v.read(Some(&v.jian), |cx| Services::desk(cx, desk)).unwrap());
    assert!(desk.contains("已超期 17") && desk.contains("已超期 1 天") && desk.contains("村民1"), "{desk}");
    v.tell(&ids[1], "盖好了").unwrap();
    assert_eq!(v.request(&ids[1]).late_since, None);
    assert!(v.track(Some(&v.jian), &ids[1]).unwrap().contains("超过了办理期限"));
}

#[test]
fn contents_go_in_their_time_and_figures_stay() {
    let v = tianfu();
    v.host.set("retention_months", 6);
    let (done, open) = (v.ask(&v.lin, "residence"), v.ask(&v.lin, "seal"));
    let file = v.issue(&done);
    v.rate(&v.lin, &done, 5, "好").unwrap();
    v.host.set_now(day(2027, 3, 2));
    v.host.job(Services::forget).unwrap();
    assert!(v.paper(&done).is_some(), "its last day");
    v.host.set_now(day(2027, 3, 3));
    for _ in 0..2 {
        v.host.job(Services::forget).unwrap();
    }
    assert!(v.paper(&done).is_none() && v.paper(&open).is_some(), "what is not over is kept");
    let request = v.request(&done);
    assert_eq!((request.state, request.stars, request.asker_name.clone()), (State::Done, Some(5), None));
    for reader in [&v.lin, &v.jian] {
        let page = v.track(Some(reader), &done).unwrap();
        assert!(page.contains("内容和材料已经清除") && page.contains("系统收到申请"), "{page}");
        assert!(!page.contains("孩子在镇上小学报名") && !page.contains(&file));
    }
    let params = RequestParams { id: Some(done.clone()), number: None };
    let told = v.read(Some(&v.lin), |cx| Services::request(cx, params)).unwrap();
    assert_eq!((&told["contents_removed"], &told["state"]), (&true.into(), &"done".into()));
    assert!(told.get("contents").is_none());
    let refused = v.progress(&done, "再办");
    assert_eq!(refused, Err(Error::conflict("保存期已过，内容已经清除，不能再办。需要的话请重新申请。")));
    assert_eq!(v.host.all::<Figure>().unwrap()[0].tenths, Some(50));
}

#[test]
fn a_setting_that_is_too_short_does_not_shorten_it() {
    let v = tianfu();
    v.host.set("retention_months", 0);
    let id = v.ask(&v.lin, "seal");
    v.tell(&id, "好了").unwrap();
    v.host.advance(80 * DAY);
    v.host.job(Services::forget).unwrap();
    assert!(v.paper(&id).is_some());
}

#[test]
fn measures_count_what_villagers_got() {
    let v = tianfu();
    assert_eq!(measured(&v, Services::measure_median_minutes), (0, None));
    let ids: Vec<String> = (0..3).map(|_| v.ask(&v.lin, "seal")).collect();
    v.host.set_now(at(9, 2, 9, 17));
    v.tell(&ids[0], "好了").unwrap();
    v.host.set_now(at(9, 2, 10, 0));
    v.tell(&ids[1], "好了").unwrap();
    v.host.set_now(at(9, 9, 9, 0));
    v.tell(&ids[2], "好了").unwrap();
    v.rate(&v.lin, &ids[0], 5, "").unwrap();
    v.rate(&v.lin, &ids[2], 2, "太慢").unwrap();
    v.ask(&v.wang, "seal");
    assert_eq!(measured(&v, Services::measure_requests), (4, None));
    assert_eq!(measured(&v, Services::measure_done_on_time), (2, Some(3)));
    assert_eq!(measured(&v, Services::measure_median_minutes), (60, None));
    assert_eq!(measured(&v, Services::measure_satisfaction), (1, Some(2)));
}

#[test]
fn figures_are_of_the_last_twelve_months() {
    let v = tianfu();
    let id = v.ask(&v.lin, "seal");
    v.tell(&id, "好了").unwrap();
    assert_eq!(v.host.all::<Figure>().unwrap()[0].asked, 1);
    v.host.set_now(day(2027, 9, 4));
    v.host.job(Services::refresh_figures).unwrap();
    let figure = v.host.all::<Figure>().unwrap().remove(0);
    assert_eq!((figure.asked, figure.median), (0, None));
}

#[test]
fn what_lies_about_for_a_month_is_asked_about() {
    let v = tianfu();
    let (lacking, ready) = (v.ask(&v.lin, "seal"), v.ask(&v.wang, "seal"));
    v.need_more(&lacking, "缺表格").unwrap();
    v.set_ready(&ready);
    assert!(v.todos(&v.jian).is_empty());
    v.host.advance(31 * DAY);
    let asked = ["一个月没补材料，问一问：材料盖章（B2026-0001）", "一个月没来取，问一问：材料盖章（B2026-0002）"];
    assert_eq!(v.todos(&v.jian), asked);
}
