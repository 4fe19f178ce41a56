//! The same matter said twice: neighbours say "me too", and duplicates go on as one.

use cunshi_plugin_issues::domain::State;
use cunshi_plugin_issues::{
    FollowForm, Issues, MergeForm, NewParams, Plugin, ReportForm, SameForm, SimilarParams, UnfollowForm,
};
use cunshi_sdk::Error;

use crate::village::{text, tianfu};

#[test]
fn a_neighbour_says_me_too_once() {
    let v = tianfu();
    let case = v.report(&v.lin, "三组路灯不亮", "roads");
    let before = v.case(&case).version;
    v.me_too(&v.wang, &case).unwrap();
    assert_eq!(v.me_too(&v.wang, &case).unwrap().say.as_deref(), Some("您已经附议过了。"));
    assert_eq!(v.case(&case).supporters, 1);
    assert_eq!(v.case(&case).version, before + 1);
    assert_eq!(v.me_too(&v.lin, &case), Err(Error::conflict("这是您自己说的事，不用附议。")));
    assert!(v.case_page(Some(&v.wang), &case).unwrap().contains("您已附议"));
    assert!(text(&v.read(Some(&v.wang), Issues::mine).unwrap()).contains("三组路灯不亮"));
    v.accept(&case, "simple").unwrap();
    v.close(&case, "好了").unwrap();
    let zhao = v.host.member("赵四");
    assert_eq!(v.me_too(&zhao, &case), Err(Error::conflict("这件事已经办完，不用附议了。")));
}

#[test]
fn following_and_no_longer() {
    let v = tianfu();
    let case = v.report(&v.lin, "三组路灯不亮", "roads");
    let follows = || text(&v.read(Some(&v.wang), Issues::mine).unwrap()).contains("三组路灯不亮");
    v.host.as_(&v.wang).act(|cx| Issues::follow(cx, FollowForm { case: case.clone() })).unwrap();
    assert!(follows());
    v.host.as_(&v.wang).act(|cx| Issues::unfollow(cx, UnfollowForm { case: case.clone() })).unwrap();
    assert!(!follows());
}

#[test]
fn what_is_there_already_is_suggested_before_and_after() {
    let v = tianfu();
    let first = v.report(&v.lin, "三组路灯不亮，老人晚上走路不方便", "roads");
    let before = v.read(Some(&v.wang), |cx| Issues::new(cx, NewParams { title: Some("三组路灯不亮".into()) })).unwrap();
    assert!(text(&before).contains("老人晚上走路不方便"));
    let json = v.read(None, |cx| Issues::similar(cx, SimilarParams { text: "三组路灯不亮".into() })).unwrap();
    assert_eq!(json[0]["number"], "2026-0001");
    let none = v.read(Some(&v.wang), |cx| Issues::new(cx, NewParams { title: Some("井水发黄".into()) })).unwrap();
    assert!(text(&none).contains("没有人说过，请往下写"));

    let second = v.report(&v.wang, "三组路灯不亮", "roads");
    let page = v.case_page(Some(&v.wang), &second).unwrap();
    assert!(page.contains("和 2026-0001 是同一件事，并过去"), "{page}");
    let form = || SameForm { case: second.clone(), into: first.clone() };
    assert_eq!(v.host.as_(&v.lin).act(|cx| Issues::same(cx, form())), Err(Error::denied("只有反映人自己可以这样做。")));
    v.host.as_(&v.wang).act(|cx| Issues::same(cx, form())).unwrap();
    assert_eq!(v.state(&second), State::Merged);
    assert_eq!(v.case(&first).supporters, 1, "he counts as one who says me too");
}

#[test]
fn the_office_merges_and_the_neighbours_come_along() {
    let v = tianfu();
    let (first, second) = (v.report(&v.lin, "三组路灯不亮", "roads"), v.report(&v.wang, "晚上看不见路", "roads"));
    let zhao = v.host.member("赵四");
    v.me_too(&zhao, &second).unwrap();
    v.me_too(&v.lin, &second).unwrap();
    let merge = |into: &str| {
        let form = MergeForm { case: second.clone(), into: into.into(), seen: None };
        v.host.as_(&v.jian).act(|cx| Issues::merge(cx, form))
    };
    assert!(matches!(merge("2026-0099"), Err(Error::Invalid(fields)) if fields[0].field == "into"));
    assert!(matches!(merge("2026-0002"), Err(Error::Conflict(_))), "not into itself");
    let done = merge("2026 1").unwrap();
    assert_eq!(done.say.as_deref(), Some("已并到 2026-0001 一起办。"));
    assert_eq!(done.subject.as_deref(), Some(first.as_str()));
    assert_eq!(v.case(&first).supporters, 2, "王 and 赵; 林 reported it herself");
    assert_eq!(v.case(&second).merged_into.as_deref(), Some(first.as_str()));
    assert!(v.case_page(None, &second).unwrap().contains("和 2026-0001 是同一件事"));
    assert!(v.case_page(None, &first).unwrap().contains("2026-0002 并到这里一起办"));
    assert!(matches!(merge("2026-0001"), Err(Error::Conflict(_))), "merged once");
}

#[test]
fn a_public_case_does_not_vanish_into_a_private_one() {
    let v = tianfu();
    let form =
        ReportForm { title: "三组路灯".into(), category: "roads".into(), private: true, ..ReportForm::default() };
    let private = v.report_with(&v.lin, form);
    let public = v.report(&v.wang, "三组路灯不亮", "roads");
    let form = MergeForm { case: public.clone(), into: v.case(&private).number.clone(), seen: None };
    assert!(matches!(v.host.as_(&v.jian).act(|cx| Issues::merge(cx, form)), Err(Error::Conflict(_))));
    assert_eq!(v.state(&public), State::Reported);
}
