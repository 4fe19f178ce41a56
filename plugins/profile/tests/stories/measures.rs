//! What ratings count.

use cunshi_plugin_profile::{Plugin, Profile, RecordMilestoneForm, StrikeMilestoneForm, WithdrawQuestionForm};
use cunshi_sdk::prelude::{Measured, Read, Result};

use crate::village::{Village, at, tianfu};

fn september(v: &Village, measure: impl Fn(&Read, i64, i64) -> Result<Measured>) -> (i64, Option<i64>) {
    let measured = v.host.system().read(|cx| measure(cx, at(9, 1, 0, 0), at(10, 1, 0, 0))).unwrap();
    (measured.value, measured.of)
}

#[test]
fn questions_count_when_they_are_due_private_ones_too() {
    let v = tianfu();
    assert_eq!(september(&v, Profile::measure_questions_answered_in_time), (0, Some(0)));
    let (good, private) = (v.asked("一"), v.asked_privately("二"));
    let (late, open, withdrawn) = (v.asked("三"), v.asked("四"), v.asked("五"));
    let form = WithdrawQuestionForm { question: withdrawn };
    v.host.as_(&v.lin).act(|cx| Profile::withdraw_question(cx, form)).unwrap();
    v.answer(&v.jian, &good, "好").unwrap();
    v.answer(&v.jian, &private, "好").unwrap();
    assert_eq!(september(&v, Profile::measure_questions_answered_in_time), (2, Some(2)), "the rest is not due yet");
    v.host.set_now(at(9, 20, 0, 0));
    v.answer(&v.jian, &late, "迟了").unwrap();
    assert_eq!(september(&v, Profile::measure_questions_answered_in_time), (2, Some(4)));
    v.answer(&v.jian, &open, "更迟").unwrap();
    assert_eq!(september(&v, Profile::measure_questions_answered_in_time), (2, Some(4)));
}

#[test]
fn events_count_when_they_are_recorded_unless_they_were_struck() {
    let v = tianfu();
    let record = |title: &str| {
        let form = RecordMilestoneForm {
            title: title.into(),
            day: "2020-01-01".into(),
            text: "经过".into(),
            photos: Vec::new(),
        };
        v.host.as_(&v.liu).act(|cx| Profile::record_milestone(cx, form)).unwrap().subject.unwrap()
    };
    record("通路");
    let struck = record("记错");
    let form = StrikeMilestoneForm { milestone: struck, reason: "记错".into() };
    v.host.as_(&v.jian).act(|cx| Profile::strike_milestone(cx, form)).unwrap();
    assert_eq!(september(&v, Profile::measure_events_recorded), (1, None));
}
