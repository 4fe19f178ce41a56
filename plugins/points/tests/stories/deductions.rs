//! What takes points away takes the same way: review, publicity of five days at least, objections.

use cunshi_plugin_points::domain::days::DAY;
use cunshi_plugin_points::domain::{State, StepKind};
use cunshi_plugin_points::{DeductForm, Plugin, Points};
use cunshi_sdk::prelude::Household;

use crate::village::{Village, at, text, tianfu, why};

/// Gives a household five base points.
fn clean_yard(v: &Village) {
    let award = v.published(&v.wang, "clean-yard");
    v.host.advance(3 * DAY);
    v.settle();
    assert_eq!(v.state(&award), State::Posted);
}

fn deduct(v: &Village, household: &Household) -> String {
    let award = v.deduct(&v.jian, household).unwrap();
    v.approve(&v.chen, &award).unwrap();
    v.approve(&v.zhou, &award).unwrap();
    award
}

#[test]
fn a_deduction_is_reviewed_and_public_for_five_days_though_the_rule_says_at_once() {
    let v = tianfu();
    clean_yard(&v);
    let award = v.deduct(&v.jian, &v.wangs).unwrap();
    assert_eq!(v.state(&award), State::Claimed);
    assert_eq!(why(v.approve(&v.jian, &award)), "这一条是您自己提出的，请别的同事来办。");
    v.approve(&v.chen, &award).unwrap();
    v.approve(&v.zhou, &award).unwrap();
    assert_eq!(v.award(&award).until, Some(at(9, 10, 8)), "five days after the fifth");
    let page = v.award_page(Some(&v.wang), &award).unwrap();
    assert!(page.contains("-5 分") && page.contains(r#""action":"object""#), "he may object: {page}");
    assert_eq!(v.todos(&v.wang), ["您家有一笔扣分在公示：乱倒垃圾 -5 分，不对可以提异议"]);
    assert!(v.todos(&v.lin).is_empty());
    v.host.set_now(at(9, 10, 8));
    v.settle();
    assert_eq!((v.state(&award), v.balances(&v.wangs).base), (State::Posted, 0));
}

#[test]
fn whom_it_concerns_objects_and_is_heard() {
    let v = tianfu();
    clean_yard(&v);
    let award = deduct(&v, &v.wangs);
    let objection = v.object(&v.wang, &award).unwrap();
    assert_eq!(why(v.answer(&v.jian, &objection, "dismissed")), "这一条是您自己提出的，请别的同事来办。");
    v.answer(&v.zhou, &objection, "upheld").unwrap();
    v.host.advance(9 * DAY);
    v.settle();
    assert_eq!((v.state(&award), v.balances(&v.wangs).base), (State::Struck, 500));
}

#[test]
fn no_more_is_taken_than_is_there_unless_the_village_allows_a_debt() {
    let v = tianfu();
    let award = deduct(&v, &v.wangs);
    v.host.advance(5 * DAY);
    v.settle();
    assert_eq!((v.state(&award), v.balances(&v.wangs).base), (State::Posted, 0));
    assert_eq!(v.award(&award).steps.last().map(|step| step.kind), Some(StepKind::Spared));
    assert_eq!(v.award(&award).entry, None);

    v.host.set("debt", 3);
    let award = deduct(&v, &v.wangs);
    v.host.advance(5 * DAY);
    v.settle();
    assert_eq!((v.balances(&v.wangs).base, v.award(&award).posted), (-300, -300), "down to the limit");
    let page = v.award_page(Some(&v.wang), &award).unwrap();
    assert!(page.contains("实际入账") && page.contains("-3 分"), "{page}");
}

#[test]
fn it_names_a_household_or_one_of_its_people() {
    let v = tianfu();
    let form = |household: Option<&str>, person: Option<&str>| DeductForm {
        item: "littering".into(),
        household: household.map(str::to_owned),
        person: person.map(str::to_owned),
        text: "倒垃圾".into(),
        quantity: "1".into(),
        ..DeductForm::default()
    };
    let enter = |form: DeductForm| v.host.as_(&v.zhou).act(|cx| Points::deduct(cx, form));
    assert!(why(enter(form(None, None))).starts_with("household:"));
    assert!(why(enter(form(Some(&v.wangs.id), Some(&v.lin.id)))).starts_with("person:"));
    let award = v.award(&enter(form(None, Some(&v.lin.id))).unwrap().subject.unwrap());
    assert_eq!((award.household.as_ref(), award.name.as_deref()), (Some(&v.lins.id), Some("林秀英")));
    let wrong = DeductForm { item: "neighbour-help".into(), ..form(Some(&v.wangs.id), None) };
    assert!(why(enter(wrong)).starts_with("item:"));
}

#[test]
fn only_what_takes_points_is_offered_and_nothing_about_reports() {
    let v = tianfu();
    let offered = v.read(Some(&v.jian), Points::deductions).unwrap();
    assert_eq!(offered.as_array().unwrap().len(), 1);
    assert_eq!(offered[0]["value"], "littering");
    let page = text(&v.read(None, Points::earn).unwrap());
    assert!(page.contains("说事、提意见、提异议，从不扣分。"), "{page}");
    assert!(page.contains("干部登记，评议后公示 5 天入账"), "as it is handled, not as the row says: {page}");
}
