//! Anybody may object while points are public; the village answers in time, and not in its own cause.

use cunshi_plugin_points::domain::days::DAY;
use cunshi_plugin_points::domain::{ObjectionState, State};
use cunshi_plugin_points::{ObjectionsParams, Plugin, Points};

use crate::village::{at, tianfu, why};

#[test]
fn an_objection_holds_the_points_until_it_is_answered() {
    let v = tianfu();
    let award = v.published(&v.lin, "neighbour-help");
    let objection = v.object(&v.wang, &award).unwrap();
    assert_eq!(v.objection(&objection).due, at(9, 12, 0) - 1, "seven working days");
    v.host.set_now(at(9, 5, 8));
    v.settle();
    assert_eq!((v.state(&award), v.balances(&v.lins).redeemable), (State::Objected, 0));

    assert_eq!(v.todos(&v.zhou), ["答复异议：邻里互助，那天他在镇上"]);
    let outcome = v.answer(&v.zhou, &objection, "dismissed").unwrap();
    assert_eq!(outcome.result["award_state"], "posted");
    assert_eq!((v.state(&award), v.balances(&v.lins).redeemable), (State::Posted, 100), "its period was over");
    assert_eq!(v.objection(&objection).on_time, Some(true));
    let page = v.award_page(None, &award).unwrap();
    assert!(page.contains("周主任答复：查过了") && !page.contains("王大山"), "who objected is not public: {page}");
    assert!(v.award_page(Some(&v.jian), &award).unwrap().contains("王大山"));
}

#[test]
fn answered_within_the_period_it_goes_on_being_public() {
    let v = tianfu();
    let award = v.published(&v.lin, "neighbour-help");
    let objection = v.object(&v.wang, &award).unwrap();
    v.answer(&v.zhou, &objection, "dismissed").unwrap();
    assert_eq!(v.state(&award), State::Published);
    v.object(&v.wang, &award).unwrap();
    v.host.set_now(at(9, 5, 8));
    v.settle();
    assert_eq!(v.state(&award), State::Objected, "he may object again");
}

#[test]
fn an_upheld_objection_strikes_it_and_the_rule_forgets_it() {
    let v = tianfu();
    let award = v.published(&v.lin, "neighbour-help");
    let (first, second) = (v.object(&v.wang, &award).unwrap(), v.object(&v.chen, &award).unwrap());
    v.answer(&v.zhou, &first, "upheld").unwrap();
    assert_eq!(v.state(&award), State::Struck);
    assert_eq!(v.objection(&second).state, ObjectionState::Upheld, "the other one is answered with it");
    assert!(!v.last_decision_stands());
    v.host.set_now(at(9, 20, 8));
    v.settle();
    assert_eq!(v.balances(&v.lins).redeemable, 0);
    assert_eq!(why(v.answer(&v.zhou, &first, "dismissed")), "这条异议已经答复过了。");
    assert!(v.award_page(None, &award).unwrap().contains("异议成立"), "what was public stays public");
}

#[test]
fn nobody_answers_in_their_own_cause() {
    let v = tianfu();
    let award = v.published(&v.lin, "neighbour-help");
    let by_wang = v.object(&v.wang, &award).unwrap();
    assert_eq!(why(v.answer(&v.lin_hui, &by_wang, "dismissed")), "和您自己家有关，请别的同事来办。");
    let by_chen = v.object(&v.chen, &award).unwrap();
    assert_eq!(why(v.answer(&v.chen, &by_chen, "upheld")), "这一条是您自己提出的，请别的同事来办。");
    assert!(v.todos(&v.lin_hui).is_empty());
    assert_eq!(v.todos(&v.chen).len(), 1, "only the other one's");
    assert_eq!(why(v.object(&v.wang, &award)), "您提的异议还在核实，请等答复。");
}

#[test]
fn objections_end_with_the_period() {
    let v = tianfu();
    let award = v.published(&v.lin, "neighbour-help");
    v.host.advance(3 * DAY);
    assert_eq!(why(v.object(&v.wang, &award)), "不在公示期内，不能提异议。记错了请找村里更正。");
    let claimed = v.claim(&v.lin, "clean-yard");
    assert!(v.object(&v.wang, &claimed).is_err(), "nobody sees it yet");
}

#[test]
fn late_answers_are_seen_and_counted() {
    let v = tianfu();
    let award = v.published(&v.lin, "neighbour-help");
    let in_time = v.object(&v.wang, &award).unwrap();
    v.answer(&v.zhou, &in_time, "dismissed").unwrap();
    let late = v.object(&v.wang, &award).unwrap();
    v.host.set_now(at(9, 14, 9));
    assert_eq!(v.todos(&v.jian), ["异议答复超期：邻里互助，那天他在镇上"]);
    assert!(v.award_page(None, &award).unwrap().contains("答复已超期"));
    v.answer(&v.jian, &late, "dismissed").unwrap();
    let (from, to) = (at(9, 1, 0), at(10, 1, 0));
    let measured = v.host.system().read(|cx| Points::measure_objections_answered_on_time(cx, from, to)).unwrap();
    assert_eq!((measured.value, measured.of), (1, Some(2)));
}

#[test]
fn the_office_lists_what_waits() {
    let v = tianfu();
    let award = v.published(&v.lin, "neighbour-help");
    let objection = v.object(&v.wang, &award).unwrap();
    let params = ObjectionsParams { limit: 20, cursor: None };
    let found = v.read(Some(&v.zhou), |cx| Points::objections(cx, params)).unwrap();
    assert_eq!((&found["objections"][0]["id"], &found["objections"][0]["by"]), (&objection.into(), &"王大山".into()));
}
