//! What was posted wrongly is put right by a row of its own, which two persons have looked at.

use cunshi_plugin_points::domain::days::DAY;
use cunshi_plugin_points::{ApproveCorrectionForm, CorrectForm, Plugin, Points, RefuseCorrectionForm};
use cunshi_sdk::prelude::{EntryReason, Holder, Outcome, Person, Result, StatementQuery};

use crate::village::{Village, tianfu, why};

fn correct(v: &Village, who: &Person, award: &str, points: i64) -> Result<String> {
    let form = CorrectForm { award: award.into(), points, text: "多记了".into() };
    let outcome = v.host.as_(who).act(|cx| Points::correct(cx, form))?;
    Ok(outcome.result["id"].as_str().unwrap().to_owned())
}

fn approve(v: &Village, who: &Person, correction: &str) -> Result<Outcome> {
    let form = ApproveCorrectionForm { correction: correction.into() };
    v.host.as_(who).act(|cx| Points::approve_correction(cx, form))
}

fn posted(v: &Village) -> String {
    let award = v.published(&v.wang, "clean-yard");
    v.host.advance(3 * DAY);
    v.settle();
    award
}

#[test]
fn another_person_lets_it_through_and_the_first_row_stays() {
    let v = tianfu();
    let award = posted(&v);
    let correction = correct(&v, &v.deng, &award, 300).unwrap();
    assert_eq!(v.balances(&v.wangs).base, 500, "not yet");
    assert_eq!(why(approve(&v, &v.deng, &correction)), "这一条是您自己提出的，请别的同事来办。");
    assert!(v.todos(&v.zhou).iter().any(|todo| todo.starts_with("看一下更正")));
    let outcome = approve(&v, &v.zhou, &correction).unwrap();
    assert_eq!((v.balances(&v.wangs).base, &outcome.result["posted"]), (300, &"3".into()));

    let holder = Holder::Household(v.wangs.id.clone());
    let query = StatementQuery { holder, kind: None, limit: None, before: None };
    let rows = v.host.system().read(|cx| Ok(cx.statement(&query)?)).unwrap();
    assert_eq!((rows[0].reason, rows[0].amount, rows[1].amount), (EntryReason::Correction, -200, 500));
    assert_eq!(rows[0].corrects.as_ref(), Some(&rows[1].id));
    assert_eq!(rows[0].by.as_ref(), Some(&v.zhou.id), "it names the person");
    assert_eq!(why(approve(&v, &v.chen, &correction)), "这条更正已经办过了。");
    assert!(v.award_page(Some(&v.wang), &award).unwrap().contains("从 5 分更正为 3 分"));
}

#[test]
fn not_in_ones_own_cause() {
    let v = tianfu();
    let award = v.published(&v.lin, "clean-yard");
    v.host.advance(3 * DAY);
    v.settle();
    let correction = correct(&v, &v.deng, &award, 800).unwrap();
    assert_eq!(why(approve(&v, &v.lin_hui, &correction)), "和您自己家有关，请别的同事来办。");
    let of_the_house = v.host.admin("林管理员");
    v.host.household("林二户", "三组", &[&of_the_house]);
    v.deed("issue.adopted", &of_the_house, "case-7");
    let own = v.host.all::<cunshi_plugin_points::domain::Award>().unwrap();
    let own = own.iter().find(|award| award.evidence.is_some()).unwrap();
    assert_eq!(why(correct(&v, &of_the_house, &own.id, 900)), "和您自己家有关，请别的同事来办。");
}

#[test]
fn the_second_person_may_refuse_with_a_reason() {
    let v = tianfu();
    let award = posted(&v);
    let correction = correct(&v, &v.deng, &award, 0).unwrap();
    assert_eq!(why(correct(&v, &v.deng, &award, 100)), "已有一条更正在等同意。");
    let form = RefuseCorrectionForm { correction, text: "没有记错".into() };
    v.host.as_(&v.zhou).act(|cx| Points::refuse_correction(cx, form)).unwrap();
    assert_eq!(v.balances(&v.wangs).base, 500);
    assert!(v.award_page(Some(&v.wang), &award).unwrap().contains("没有记错"));
    correct(&v, &v.deng, &award, 100).unwrap();
}

#[test]
fn only_what_is_in_the_ledger_and_to_something_else() {
    let v = tianfu();
    let public = v.published(&v.wang, "clean-yard");
    assert_eq!(why(correct(&v, &v.deng, &public, 0)), "这一条还没有入账，不用更正。");
    v.host.advance(3 * DAY);
    v.settle();
    let refused = "更正后的分数和现在一样，或者加分变成了扣分。";
    assert_eq!(why(correct(&v, &v.deng, &public, 500)), refused);
    assert_eq!(why(correct(&v, &v.deng, &public, -100)), refused);
}
