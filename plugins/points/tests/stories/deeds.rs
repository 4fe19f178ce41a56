//! What other modules tell of: the village's rule decides, and what needs neither review nor publicity is posted.

use cunshi_plugin_points::domain::{Award, State, Visibility};
use cunshi_plugin_points::{AccountParams, Plugin, Points};
use cunshi_sdk::prelude::{Deed, Evidence, Holder, PointKind, StatementQuery, json};

use crate::village::{text, tianfu};

#[test]
fn a_report_that_was_adopted_earns_points_at_once_and_says_why() {
    let v = tianfu();
    v.deed("issue.adopted", &v.lin, "case-1");
    assert_eq!(v.balances(&v.lins).redeemable, 200);

    let decisions = v.host.decisions();
    let ask = &decisions[0].ask;
    assert_eq!((ask.person.as_ref(), ask.household.as_ref()), (Some(&v.lin.id), Some(&v.lins.id)));
    let input = json!({
        "kind": "issue.adopted", "item": "issue.adopted", "quantity": "1", "unit": "times", "at": v.host.now(),
        "source": "deed", "group": "三组", "has_household": true,
    });
    assert_eq!(json!(ask.input), input, "facts, and no names");

    let holder = Holder::Household(v.lins.id.clone());
    let query = StatementQuery { holder, kind: None, limit: None, before: None };
    let rows = v.host.system().read(|cx| Ok(cx.statement(&query)?)).unwrap();
    assert_eq!(rows[0].decision, decisions[0].decided.id);
    assert_eq!(rows[0].person.as_deref(), Some(v.lin.id.as_str()));
    assert_eq!(rows[0].text, "反映问题被采纳", "the household's book does not tell what was reported");

    let award = &v.host.all::<Award>().unwrap()[0];
    assert_eq!(
        (award.state, award.visibility, award.number.as_str()),
        (State::Posted, Visibility::Private, "J2026-0001")
    );
    let page = v.award_page(Some(&v.lin), &award.id).unwrap();
    for words in ["路灯不亮", "反映问题被采纳按次记", "按本村规则第 3 版", "入账"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(v.award_page(Some(&v.wang), &award.id).is_err(), "a deed may be private");
}

#[test]
fn a_deed_told_twice_counts_once() {
    let v = tianfu();
    v.deed("issue.adopted", &v.lin, "case-1");
    v.deed("issue.adopted", &v.lin, "case-1");
    v.deed("issue.adopted", &v.lin, "case-2");
    assert_eq!(v.balances(&v.lins).redeemable, 400);
}

#[test]
fn what_is_measured_counts_by_its_measure() {
    let v = tianfu();
    let deed = Deed::new("volunteer.hours", v.host.now(), Evidence::new("s1", "河道清理")).by(&v.wang.id);
    v.tell(&deed.measured("2.5", "hours")).unwrap();
    assert_eq!(v.balances(&v.wangs).redeemable, 250);
}

#[test]
fn somebody_without_a_household_has_an_account_of_their_own() {
    let v = tianfu();
    v.deed("issue.adopted", &v.jian, "case-1");
    let account = v.host.system().read(|cx| Ok(cx.balances(&Holder::Person(v.jian.id.clone()))?)).unwrap();
    assert_eq!(account.redeemable, 200);
    let params = AccountParams { of: "household".into(), ..AccountParams::default() };
    let page = text(&v.read(Some(&v.jian), |cx| Points::account(cx, params)).unwrap());
    assert!(page.contains("简书记") && page.contains("反映问题被采纳"), "{page}");
}

#[test]
fn what_the_table_does_not_know_is_kept_with_its_reason_and_earns_nothing() {
    let v = tianfu();
    v.deed("diary.visit", &v.lin, "entry-1");
    let award = &v.host.all::<Award>().unwrap()[0];
    assert_eq!((award.state, award.points), (State::Nothing, 0));
    assert!(v.award_page(Some(&v.lin), &award.id).unwrap().contains("表上没有这一项"));
    assert_eq!(v.balances(&v.lins).redeemable, 0);
}

#[test]
fn what_nobody_here_did_is_said_in_the_log_and_does_not_block() {
    let v = tianfu();
    let evidence = || Evidence::new("case-9", "…");
    v.tell(&Deed::new("issue.adopted", v.host.now(), evidence()).by("gone")).unwrap();
    v.tell(&Deed::new("issue.adopted", v.host.now(), evidence())).unwrap();
    v.tell(&Deed::new("issue.adopted", v.host.now(), evidence()).by(&v.lin.id).measured("-3", "times")).unwrap();
    let event = v.host.event("deed/1", "case-9", json!({ "kind": 7 }));
    v.host.system().act(|cx| Points::hear_deed(cx, event)).unwrap();
    assert_eq!(v.host.log().len(), 4);
    assert!(v.host.all::<Award>().unwrap().is_empty());
}

#[test]
fn saying_what_is_wrong_never_costs_whatever_the_rule_answers() {
    let v = tianfu();
    v.host.rule("points.award", |_| {
        json!({ "item": "issue.adopted", "points": -500, "kind": "base", "holder": "household", "review": "none",
                "publicity_days": 0 })
    });
    v.deed("issue.adopted", &v.lin, "case-1");
    assert_eq!(v.balances(&v.lins).base, 0);
    assert_eq!(v.host.all::<Award>().unwrap()[0].state, State::Nothing);
}

#[test]
fn a_rule_that_fails_leaves_nothing_behind() {
    let v = tianfu();
    let failing = cunshi_sdk::Refusal::Unavailable("line 3: no such row".into());
    v.host.rule("points.award", move |_| Err::<cunshi_sdk::Decided, _>(failing.clone()));
    let deed = Deed::new("issue.adopted", v.host.now(), Evidence::new("case-1", "…")).by(&v.lin.id);
    assert!(v.tell(&deed).is_err(), "the event waits");
    assert!(v.host.all::<Award>().unwrap().is_empty() && v.host.decisions().is_empty());

    v.host.rule("points.award", crate::village::rule);
    v.tell(&deed).unwrap();
    assert_eq!(v.balances(&v.lins).redeemable, 200, "once it was mended");
}

#[test]
fn points_go_to_the_person_when_the_rule_says_so() {
    let v = tianfu();
    v.host.rule("points.award", |_| {
        json!({ "item": "blood-donation", "points": 1000, "kind": "honour", "holder": "person", "review": "none",
                "publicity_days": 0 })
    });
    v.deed("blood.given", &v.lin, "b1");
    let own = v.host.system().read(|cx| Ok(cx.balances(&Holder::Person(v.lin.id.clone()))?)).unwrap();
    assert_eq!((own.honour, v.balances(&v.lins).honour), (1_000, 0));
    assert_eq!(v.host.all::<Award>().unwrap()[0].kind, PointKind::Honour);
}
