//! A villager claims, the group reviews, the village looks on, the points are posted.

use cunshi_plugin_points::domain::days::DAY;
use cunshi_plugin_points::domain::{Award, State, StepKind};
use cunshi_plugin_points::{ClaimForm, Plugin, Points, WithdrawClaimForm};
use cunshi_sdk::prelude::Value;

use crate::village::{Village, at, text, tianfu, why};

#[test]
fn from_the_claim_to_the_ledger() {
    let v = tianfu();
    let photo = v.host.upload(&v.lin, "谷子.jpg");
    let form = ClaimForm { photos: vec![photo.clone()], ..Village::claim_form("neighbour-help") };
    let outcome = v.host.as_(&v.lin).act(|cx| Points::claim(cx, form)).unwrap();
    let award = outcome.subject.clone().unwrap();
    assert_eq!((&outcome.result["state"], &outcome.result["points"]), (&"claimed".into(), &"1".into()));
    assert!(v.award_page(None, &award).is_err() && v.award_page(Some(&v.wang), &award).is_err(), "not public yet");
    assert!(v.read(Some(&v.wang), |cx| Ok(cx.file(&photo)?)).unwrap().is_none(), "nor are its photos");
    assert!(v.award_page(Some(&v.lin), &award).unwrap().contains("等评议，还差 2 人同意"));

    assert_eq!(v.todos(&v.jian), ["评议：邻里互助，帮邻居收谷子"]);
    v.approve(&v.jian, &award).unwrap();
    assert_eq!(v.state(&award), State::UnderReview);
    assert!(v.todos(&v.jian).is_empty());
    v.approve(&v.zhou, &award).unwrap();
    assert_eq!(v.state(&award), State::Published);
    assert_eq!(v.award(&award).until, Some(at(9, 5, 8)));

    let board = text(&v.read(None, Points::home).unwrap());
    assert!(board.contains("邻里互助 · 林** · +1 分") && board.contains("公示到 9月5日，还剩 3 天"), "{board}");
    let page = v.award_page(None, &award).unwrap();
    assert!(page.contains("countdown") && page.contains(&photo) && !page.contains("林秀英"), "{page}");
    assert!(v.read(Some(&v.wang), |cx| Ok(cx.file(&photo)?)).unwrap().is_some());

    v.settle();
    assert_eq!(v.balances(&v.lins).redeemable, 0, "not before the period ends");
    v.host.set_now(at(9, 5, 8));
    v.settle();
    v.settle();
    assert_eq!((v.state(&award), v.balances(&v.lins).redeemable), (State::Posted, 100));
    assert!(v.last_decision_stands());
    assert_eq!(v.award(&award).posted, 100);
}

#[test]
fn nobody_reviews_their_own_household_or_what_they_entered_themselves() {
    let v = tianfu();
    let award = v.claim(&v.lin, "neighbour-help");
    assert_eq!(why(v.approve(&v.lin_hui, &award)), "和您自己家有关，请别的同事来办。");
    assert_eq!(why(v.decline(&v.lin_hui, &award)), "和您自己家有关，请别的同事来办。");
    assert!(v.todos(&v.lin_hui).is_empty(), "nor is it asked of them");
    let page = v.award_page(Some(&v.lin_hui), &award).unwrap();
    assert!(page.contains("和您自己家有关") && !page.contains(r#""action":"approve""#));

    let form = Village::claim_form("neighbour-help");
    let on_behalf = v.host.as_(&v.jian).on_behalf_of(&v.wang).act(|cx| Points::claim(cx, form)).unwrap();
    let award = on_behalf.subject.unwrap();
    assert_eq!(v.award(&award).person.as_ref(), Some(&v.wang.id));
    assert_eq!(why(v.approve(&v.jian, &award)), "这一条是您自己提出的，请别的同事来办。");
    v.approve(&v.chen, &award).unwrap();
    assert_eq!(why(v.approve(&v.chen, &award)), "您已经评议过了。");
    v.approve(&v.deng, &award).unwrap();
    assert_eq!(v.state(&award), State::Published);
}

#[test]
fn as_many_against_it_decline_it_with_their_reasons_and_the_rule_forgets_it() {
    let v = tianfu();
    let award = v.claim(&v.lin, "neighbour-help");
    v.decline(&v.jian, &award).unwrap();
    assert_eq!(v.state(&award), State::UnderReview);
    let outcome = v.decline(&v.zhou, &award).unwrap();
    assert_eq!(outcome.result["state"], "declined");
    assert!(!v.last_decision_stands(), "it counts no more towards the cap");
    assert!(v.award_page(Some(&v.lin), &award).unwrap().contains("照片看不清"));
    assert!(v.award_page(Some(&v.wang), &award).is_err(), "what was not approved stays private");
    assert_eq!(why(v.approve(&v.deng, &award)), "这一条不在评议中。");
}

#[test]
fn a_village_sets_how_many_must_agree() {
    let v = tianfu();
    v.host.set("reviewers", 3);
    let award = v.claim(&v.lin, "neighbour-help");
    v.approve(&v.jian, &award).unwrap();
    v.approve(&v.zhou, &award).unwrap();
    assert_eq!(v.state(&award), State::UnderReview);
    v.approve(&v.deng, &award).unwrap();
    assert_eq!(v.state(&award), State::Published);
}

#[test]
fn without_review_it_is_public_at_once_and_without_publicity_posted_at_once() {
    let v = tianfu();
    let award = v.claim(&v.lin, "blood-donation");
    assert_eq!(v.state(&award), State::Published);
    let award = v.claim(&v.lin, "sweeping");
    assert_eq!((v.state(&award), v.balances(&v.lins).redeemable), (State::Posted, 50));
}

#[test]
fn what_earns_nothing_is_told_at_once_and_leaves_no_claim() {
    let v = tianfu();
    let form = Village::claim_form("singing");
    let refused = why(v.host.as_(&v.lin).act(|cx| Points::claim(cx, form)));
    assert_eq!(refused, "按村里的规则，这次不加分：唱歌按次记");
    assert!(v.host.all::<Award>().unwrap().is_empty() && v.host.decisions().is_empty());
}

#[test]
fn a_claimant_takes_it_back_before_it_is_public() {
    let v = tianfu();
    let withdraw = |who, award: &str| {
        let form = WithdrawClaimForm { award: award.into() };
        v.host.as_(who).act(|cx| Points::withdraw_claim(cx, form))
    };
    let award = v.claim(&v.lin, "neighbour-help");
    assert!(withdraw(&v.wang, &award).is_err());
    withdraw(&v.lin, &award).unwrap();
    assert_eq!(v.state(&award), State::Withdrawn);
    assert!(!v.last_decision_stands());
    let award = v.published(&v.lin, "neighbour-help");
    assert_eq!(why(withdraw(&v.lin, &award)), "评议已经结束，不能撤回了。");
}

#[test]
fn one_claims_for_the_family_and_for_nobody_else() {
    let v = tianfu();
    let family = v.read(Some(&v.lin_hui), Points::family).unwrap();
    let names: Vec<&Value> = family.as_array().unwrap().iter().map(|option| &option["label"]).collect();
    assert_eq!(names, ["林秀英", "林辉"]);
    let form = |whom: &str| ClaimForm { whom: Some(whom.into()), ..Village::claim_form("neighbour-help") };
    let outcome = v.host.as_(&v.lin_hui).act(|cx| Points::claim(cx, form(&v.lin.id))).unwrap();
    let award = v.award(&outcome.subject.unwrap());
    assert_eq!(award.name.as_deref(), Some("林秀英"));
    assert_eq!(award.entered_by.as_ref().map(|hand| hand.name.as_str()), Some("林辉"));
    let refused = why(v.host.as_(&v.lin_hui).act(|cx| Points::claim(cx, form(&v.wang.id))));
    assert_eq!(refused, "whom: 只能替自己家的人申请。");
}

#[test]
fn what_is_claimed_must_be_offered_and_be_told_rightly() {
    let v = tianfu();
    let options = v.read(Some(&v.lin), Points::options).unwrap();
    let values: Vec<&str> =
        options.as_array().unwrap().iter().map(|option| option["value"].as_str().unwrap()).collect();
    assert_eq!(values, ["neighbour-help", "clean-yard", "blood-donation", "sweeping", "singing"]);
    assert_eq!(options[0]["label"], "邻里互助（+1 分）");
    let refused = |form: ClaimForm| why(v.host.as_(&v.lin).act(|cx| Points::claim(cx, form)));
    let form = || Village::claim_form("neighbour-help");
    assert!(refused(Village::claim_form("issue.adopted")).starts_with("item:"), "what comes by itself");
    assert!(refused(Village::claim_form("littering")).starts_with("item:"), "what is a deduction");
    assert!(refused(ClaimForm { quantity: "0".into(), ..form() }).starts_with("quantity:"));
    assert!(refused(ClaimForm { day: Some("2026-09-03".into()), ..form() }).starts_with("day:"));
    assert!(refused(ClaimForm { day: Some("2025-08-01".into()), ..form() }).starts_with("day:"));
    let day = Some("2026-08-30".into());
    let outcome = v.host.as_(&v.lin).act(|cx| Points::claim(cx, ClaimForm { day, ..form() })).unwrap();
    assert_eq!(v.award(&outcome.subject.unwrap()).at, at(8, 30, 12));
}

#[test]
fn private_numbers_are_masked_in_public_and_in_the_ledger() {
    let v = tianfu();
    let text = "打 13812345678 问".to_owned();
    let form = ClaimForm { text, ..Village::claim_form("blood-donation") };
    let award = v.host.as_(&v.lin).act(|cx| Points::claim(cx, form)).unwrap().subject.unwrap();
    assert!(v.award_page(None, &award).unwrap().contains("138******78"));
    assert!(v.award_page(Some(&v.lin), &award).unwrap().contains("13812345678"));
    v.host.advance(2 * DAY);
    v.settle();
    let entry = v.award(&award).entry.clone().unwrap();
    let row = v.host.system().read(|cx| Ok(cx.entry(&entry)?.unwrap())).unwrap();
    assert_eq!(row.text, "无偿献血：打 138******78 问");
    assert_eq!(row.at, v.award(&award).at, "it counts in the period of the deed");
}

#[test]
fn reviews_have_a_deadline() {
    let v = tianfu();
    let award = v.claim(&v.lin, "neighbour-help");
    assert_eq!(v.award(&award).due, at(9, 12, 0) - 1, "seven working days");
    let todo = &v.read(Some(&v.jian), Points::todos).unwrap()[0];
    assert_eq!((todo.due, todo.weight), (Some(at(9, 12, 0) - 1), 50));
    v.host.set_now(at(9, 14, 9));
    assert_eq!(v.read(Some(&v.jian), Points::todos).unwrap()[0].weight, 70);
    let kinds: Vec<StepKind> = v.award(&award).steps.iter().map(|step| step.kind).collect();
    assert_eq!(kinds, [StepKind::Claimed]);
}
