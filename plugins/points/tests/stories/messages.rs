//! Messages: who reads of points that move, once, and what of it goes out by SMS.

use cunshi_plugin_points::domain::days::{DAY, HOUR};
use cunshi_plugin_points::{ApproveCorrectionForm, CorrectForm, Plugin, Points};
use cunshi_sdk::prelude::Person;

use crate::village::{Village, at, tianfu};

/// What somebody's messages say first, oldest first.
fn titles(v: &Village, who: &Person) -> Vec<String> {
    v.host.inbox(who).into_iter().map(|message| message.title.zh).collect()
}

#[test]
fn points_that_come_by_themselves_are_told_to_whom_they_are_for() {
    let v = tianfu();
    v.deed("issue.adopted", &v.lin, "case-1");
    v.deed("issue.adopted", &v.lin, "case-1");
    assert_eq!(titles(&v, &v.lin), ["积分入账：反映问题被采纳 +2 分"]);
    let told = v.host.inbox(&v.lin).remove(0);
    assert_eq!(told.title.en, "Points posted: 反映问题被采纳, +2 points");
    assert_eq!((told.link.unwrap().page.as_str(), told.urgent), ("award", false));
    assert!(v.host.inbox(&v.lin_hui).is_empty() && v.host.inbox(&v.jian).is_empty());
}

#[test]
fn a_claim_is_told_of_when_it_is_decided_and_when_it_is_posted() {
    let v = tianfu();
    let award = v.published(&v.lin, "neighbour-help");
    assert_eq!(titles(&v, &v.lin), ["公示到 9月5日：邻里互助 +1 分"]);
    v.host.set_now(at(9, 6, 8));
    v.settle();
    v.settle();
    assert_eq!(titles(&v, &v.lin)[1..], ["积分入账：邻里互助 +1 分"], "{award}");

    let refused = v.claim(&v.wang, "neighbour-help");
    v.decline(&v.jian, &refused).unwrap();
    v.decline(&v.zhou, &refused).ok();
    let told = v.host.inbox(&v.wang);
    assert_eq!(titles(&v, &v.wang), ["评议没有通过：邻里互助"]);
    assert_eq!(told[0].body.as_ref().unwrap().zh, "照片看不清");
}

#[test]
fn a_deduction_of_a_household_is_told_to_everybody_in_it() {
    let v = tianfu();
    v.earn(&v.lin, 6);
    let before = titles(&v, &v.lin).len();
    let award = v.deduct(&v.jian, &v.lins).unwrap();
    v.approve(&v.zhou, &award).ok();
    v.approve(&v.chen, &award).ok();
    let (lin, lin_hui) = (titles(&v, &v.lin), titles(&v, &v.lin_hui));
    assert_eq!(lin[before..], lin_hui, "both of them");
    assert!(lin_hui[0].starts_with("公示到") && lin_hui[0].ends_with("乱倒垃圾 -5 分"), "{lin_hui:?}");
    let told = v.host.inbox(&v.lin_hui).remove(0);
    assert_eq!(told.link.unwrap().page, "account", "what is private is not theirs to open");
    assert!(v.host.inbox(&v.wang).is_empty());
}

#[test]
fn who_objected_reads_the_answer_and_whose_points_they_were_reads_that_they_are_gone() {
    let v = tianfu();
    let award = v.published(&v.lin, "neighbour-help");
    let (first, second) = (v.object(&v.wang, &award).unwrap(), v.object(&v.chen, &award).unwrap());
    v.answer(&v.zhou, &first, "upheld").unwrap();
    assert_eq!(titles(&v, &v.wang), ["您的异议成立：邻里互助"]);
    assert_eq!(titles(&v, &v.chen), ["您的异议成立：邻里互助"], "{second}");
    let lin = titles(&v, &v.lin);
    assert_eq!(lin.last().unwrap(), "异议成立，不记这笔分：邻里互助");
    let told = format!("{:?}", v.host.inbox(&v.lin));
    assert!(!told.contains("王大山") && !told.contains("陈会计"), "who objected is not told: {told}");
}

#[test]
fn a_correction_is_told() {
    let v = tianfu();
    v.deed("issue.adopted", &v.lin, "case-1");
    let award = v.host.all::<cunshi_plugin_points::domain::Award>().unwrap().remove(0).id;
    let form = CorrectForm { award, points: 100, text: "多记了一分".into() };
    let asked = v.host.as_(&v.deng).act(|cx| Points::correct(cx, form)).unwrap();
    let correction = asked.result["id"].as_str().unwrap().to_owned();
    v.host.as_(&v.zhou).act(|cx| Points::approve_correction(cx, ApproveCorrectionForm { correction })).unwrap();
    let told = v.host.inbox(&v.lin).pop().unwrap();
    assert_eq!(told.title.zh, "积分更正：反映问题被采纳 -1 分");
    assert_eq!(told.body.unwrap().zh, "多记了一分");
}

#[test]
fn a_day_before_it_goes_back_whoever_set_something_aside_is_told_once() {
    let v = tianfu();
    v.earn(&v.lin, 6);
    let towel = v.shelve("毛巾", 5, 3, 600);
    let reservation = v.redeem(&v.lin, &towel).unwrap().subject.unwrap();
    let until = v.reservation(&reservation).until;
    let before = titles(&v, &v.lin).len();
    let lapse = || v.host.job(Points::lapse).unwrap();
    v.host.set_now(until - DAY - HOUR);
    lapse();
    assert_eq!(titles(&v, &v.lin).len(), before, "there is time");
    for hours in [23, 22, 1] {
        v.host.set_now(until - hours * HOUR);
        lapse();
    }
    let told = v.host.inbox(&v.lin);
    assert_eq!(told.len(), before + 1);
    let last = told.last().unwrap();
    assert!(last.title.zh.starts_with("请在") && last.title.zh.ends_with("前来领：毛巾"), "{}", last.title.zh);
    assert!(last.urgent && last.link.as_ref().unwrap().page == "reservation");
}
