//! Volunteer activities: signed up for, confirmed by the hour, told of as deeds.

use std::cell::RefCell;
use std::rc::Rc;

use cunshi_plugin_points::domain::{Activity, ActivityState, Signup};
use cunshi_plugin_points::{
    CancelActivityForm, ConfirmHoursForm, ParticipantsParams, PlanActivityForm, Plugin, Points, ScheduleParams,
    SignUpForm, WithdrawForm,
};
use cunshi_sdk::prelude::{Outcome, Person, Result};

use crate::village::{Village, at, rule, tianfu, why};

fn plan(v: &Village, seats: i64) -> String {
    let form = PlanActivityForm {
        title: "河道清理".into(),
        place: "二组桥头".into(),
        day: "2026-09-05".into(),
        starts: "08:30".into(),
        ends: "11:00".into(),
        seats,
        text: None,
    };
    v.host.as_(&v.jian).act(|cx| Points::plan_activity(cx, form)).unwrap().subject.unwrap()
}

fn sign_up(v: &Village, who: &Person, activity: &str) -> Result<String> {
    let form = SignUpForm { activity: activity.into() };
    let outcome = v.host.as_(who).act(|cx| Points::sign_up(cx, form))?;
    Ok(outcome.result["id"].as_str().unwrap().to_owned())
}

fn withdraw(v: &Village, who: &Person, activity: &str) -> Result<Outcome> {
    let form = WithdrawForm { activity: activity.into() };
    v.host.as_(who).act(|cx| Points::withdraw(cx, form))
}

fn confirm(v: &Village, who: &Person, signup: &str, hours: &str) -> Result<Outcome> {
    let form = ConfirmHoursForm { signup: signup.into(), hours: hours.into() };
    v.host.as_(who).act(|cx| Points::confirm_hours(cx, form))
}

#[test]
fn confirmed_hours_become_a_deed_and_the_deed_points() {
    let v = tianfu();
    let activity = plan(&v, 10);
    let signup = sign_up(&v, &v.wang, &activity).unwrap();
    assert_eq!(why(confirm(&v, &v.jian, &signup, "2.5")), "活动还没有开始，不能确认时长。");
    v.host.set_now(at(9, 5, 12));
    assert_eq!(v.todos(&v.jian), ["确认时长：河道清理，1 人"]);
    confirm(&v, &v.jian, &signup, "2.5").unwrap();
    assert!(v.todos(&v.jian).is_empty());
    let sent = v.host.sent();
    let deed = &sent.last().unwrap();
    assert_eq!(
        (deed.name.as_str(), &deed.payload["quantity"], &deed.payload["unit"]),
        ("deed/1", &"2.5".into(), &"hours".into())
    );
    v.settle();
    assert_eq!(v.balances(&v.wangs).redeemable, 250);
    assert_eq!(why(confirm(&v, &v.chen, &signup, "3")), "时长已经确认过了。");
}

#[test]
fn the_rule_is_told_how_many_hours_somebody_did_in_the_year() {
    let v = tianfu();
    let told = Rc::new(RefCell::new(Vec::new()));
    let heard = Rc::clone(&told);
    v.host.rule("points.award", move |ask| {
        heard.borrow_mut().push(ask.input["year_quantity"].clone());
        rule(ask)
    });
    let signups = [plan(&v, 10), plan(&v, 10)].map(|activity| sign_up(&v, &v.wang, &activity).unwrap());
    v.host.set_now(at(9, 5, 12));
    for (signup, hours) in signups.iter().zip(["2.5", "3"]) {
        confirm(&v, &v.jian, signup, hours).unwrap();
        v.settle();
    }
    assert_eq!(*told.borrow(), ["2.5", "5.5"]);
}

#[test]
fn nobody_confirms_the_hours_of_their_own_household_or_invents_some() {
    let v = tianfu();
    let activity = plan(&v, 10);
    let signup = sign_up(&v, &v.lin, &activity).unwrap();
    v.host.set_now(at(9, 5, 12));
    assert_eq!(why(confirm(&v, &v.lin_hui, &signup, "2")), "和您自己家有关，请别的同事来办。");
    assert_eq!(why(confirm(&v, &v.zhou, &signup, "4")), "时长不能比活动时间多出一个小时以上。");
    assert!(why(confirm(&v, &v.zhou, &signup, "two")).starts_with("hours:"));
    confirm(&v, &v.zhou, &signup, "3.5").unwrap();
}

#[test]
fn who_did_not_come_earns_nothing() {
    let v = tianfu();
    let activity = plan(&v, 10);
    let signup = sign_up(&v, &v.wang, &activity).unwrap();
    v.host.set_now(at(9, 5, 12));
    let outcome = confirm(&v, &v.jian, &signup, "0").unwrap();
    assert_eq!((outcome.result["state"].as_str(), v.host.sent().len()), (Some("absent"), 0));
}

#[test]
fn seats_are_given_once_and_can_be_given_back() {
    let v = tianfu();
    let activity = plan(&v, 1);
    sign_up(&v, &v.wang, &activity).unwrap();
    assert_eq!(why(sign_up(&v, &v.wang, &activity)), "已经报过名了。");
    assert_eq!(why(sign_up(&v, &v.lin, &activity)), "已经报满了。");
    withdraw(&v, &v.wang, &activity).unwrap();
    assert_eq!(why(withdraw(&v, &v.wang, &activity)), "没有报名。");
    sign_up(&v, &v.lin, &activity).unwrap();
    assert_eq!(v.doc::<Activity>(&activity).taken, 1);
    v.host.set_now(at(9, 5, 9));
    assert_eq!(why(sign_up(&v, &v.wang, &activity)), "活动已经开始。");
    assert_eq!(why(withdraw(&v, &v.lin, &activity)), "活动已经开始。");
}

#[test]
fn a_cadre_signs_up_somebody_without_a_phone_and_only_the_office_sees_who_comes() {
    let v = tianfu();
    let activity = plan(&v, 10);
    let form = SignUpForm { activity: activity.clone() };
    v.host.as_(&v.jian).on_behalf_of(&v.wang).act(|cx| Points::sign_up(cx, form)).unwrap();
    assert_eq!(v.host.all::<Signup>().unwrap()[0].person, v.wang.id);
    let params = || ParticipantsParams { activity: activity.clone() };
    let names = v.read(Some(&v.zhou), |cx| Points::participants(cx, params())).unwrap();
    assert_eq!(names["signups"][0]["name"], "王大山");
    let page = |who: Option<&Person>| {
        let params = cunshi_plugin_points::ActivityParams { id: activity.clone() };
        crate::village::text(&v.read(who, |cx| Points::activity(cx, params)).unwrap())
    };
    assert!(
        page(Some(&v.jian)).contains("王大山")
            && !page(None).contains("王大山")
            && !page(Some(&v.lin)).contains("王大山")
    );
}

#[test]
fn a_plan_is_for_a_time_to_come() {
    let v = tianfu();
    let form = |day: &str, starts: &str, ends: &str| PlanActivityForm {
        title: "清扫".into(),
        place: "村口".into(),
        day: day.into(),
        starts: starts.into(),
        ends: ends.into(),
        seats: 5,
        text: None,
    };
    let refused = |form| why(v.host.as_(&v.jian).act(|cx| Points::plan_activity(cx, form)));
    assert!(refused(form("2026-09-01", "08:00", "09:00")).starts_with("day:"));
    assert!(refused(form("2026-09-05", "10:00", "09:00")).starts_with("ends:"));
    assert!(refused(form("2026-09-05", "25:00", "26:00")).starts_with("starts:"));
}

#[test]
fn what_is_over_or_called_off_leaves_the_list() {
    let v = tianfu();
    let (past, off) = (plan(&v, 5), plan(&v, 5));
    sign_up(&v, &v.wang, &off).unwrap();
    let form = CancelActivityForm { activity: off.clone(), text: "下大雨".into() };
    v.host.as_(&v.jian).act(|cx| Points::cancel_activity(cx, form)).unwrap();
    assert_eq!(why(sign_up(&v, &v.lin, &off)), "活动已经结束或取消。");
    v.host.set_now(at(9, 5, 12));
    v.host.job(Points::end_activities).unwrap();
    assert_eq!(v.doc::<Activity>(&past).state, ActivityState::Done);
    assert!(v.todos(&v.jian).is_empty(), "nobody's hours are asked for");
    let show = |show: &str| {
        let params = ScheduleParams { show: show.into(), cursor: None };
        v.read(None, |cx| Points::schedule(cx, params)).unwrap()["activities"].as_array().unwrap().len()
    };
    assert_eq!((show("open"), show("done")), (0, 1));
}
