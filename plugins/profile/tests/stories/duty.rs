//! Who is on duty today and this week.

use cunshi_plugin_profile::domain::Duty;
use cunshi_plugin_profile::{
    AddDatedForm, AddWeeklyForm, ChangeDutyForm, CloseDayForm, DropDutyForm, DutyParams, Plugin, Profile, WeekParams,
};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::{Outcome, Person, Result};

use crate::village::{Village, at, tianfu};

fn weekly(v: &Village, weekdays: &[&str], name: &str, from: &str, to: &str) -> Result<Outcome> {
    let form = AddWeeklyForm {
        weekdays: weekdays.iter().map(|day| (*day).to_owned()).collect(),
        name: name.into(),
        office: Some("会计".into()),
        from: from.into(),
        to: to.into(),
    };
    v.host.as_(&v.liu).act(|cx| Profile::add_weekly(cx, form))
}

fn dated(v: &Village, day: &str, last: Option<&str>, name: &str) -> Result<Outcome> {
    let form = AddDatedForm {
        day: day.into(),
        last: last.map(str::to_owned),
        name: name.into(),
        office: None,
        from: "09:00".into(),
        to: "12:00".into(),
    };
    v.host.as_(&v.liu).act(|cx| Profile::add_dated(cx, form))
}

fn close(v: &Village, day: &str) -> Result<Outcome> {
    let form = CloseDayForm { day: day.into(), note: "国庆放假".into() };
    v.host.as_(&v.liu).act(|cx| Profile::close_day(cx, form))
}

fn week(v: &Village, who: Option<&Person>, week: i64) -> String {
    v.see(who, |cx| Profile::week(cx, WeekParams { week }))
}

#[test]
fn a_villager_sees_at_once_who_is_there() {
    let v = tianfu();
    weekly(&v, &["1", "3", "5"], "刘会计", "08:30", "12:00").unwrap();
    weekly(&v, &["3"], "黄主任", "14:00", "17:30").unwrap();
    let card = v.see(None, Profile::home);
    assert!(card.contains("刘会计（会计）") && card.contains("08:30–12:00") && card.contains("黄主任"), "{card}");
    assert_eq!(card.matches("正在值班").count(), 1, "at nine only one of them is there: {card}");
    assert!(!card.contains("tel:") && !card.contains("1390000"), "the office's telephone is the host's to show");
    let fresh = v.read(None, Profile::home).unwrap().fresh_until;
    assert_eq!(fresh, Some(at(9, 2, 12, 0)), "until the next change");

    let page = week(&v, None, 0);
    assert!(page.contains("9月2日（周三）") && page.contains("8月31日（周一）") && page.contains("没有排班"), "{page}");
    assert!(!page.contains("duty-desk"), "{page}");
    assert!(week(&v, Some(&v.liu), 0).contains("duty-desk"));
    assert!(week(&v, None, 1).contains("9月9日（周三）"));

    let told = v.read(None, |cx| Profile::duty(cx, DutyParams { week: 0 })).unwrap();
    assert_eq!(told["days"].as_array().unwrap().len(), 7);
    assert_eq!(told["days"][2]["on"][0]["name"], "刘会计");
    assert_eq!(told["days"][2]["on"][0]["now"], true);
    assert_eq!(told["days"][2]["on"][1]["from"], "14:00");
}

#[test]
fn a_holiday_takes_the_place_of_the_weekly_list() {
    let v = tianfu();
    weekly(&v, &["4"], "刘会计", "08:30", "12:00").unwrap();
    dated(&v, "2026-09-10", Some("2026-09-11"), "黄主任").unwrap();
    let page = week(&v, None, 1);
    assert!(page.contains("黄主任") && !page.contains("刘会计（会计）") && page.contains("这天单独排班"), "{page}");
    assert_eq!(close(&v, "2026-09-10"), Err(Error::conflict("这天已经排了人值班，请先把排班去掉。")));
    close(&v, "2026-09-03").unwrap();
    assert!(week(&v, None, 0).contains("国庆放假"));
    assert_eq!(dated(&v, "2026-09-03", None, "黄主任"), Err(Error::conflict("这天已标明没人值班，请先把那一条去掉。")));
    v.host.set_now(at(9, 3, 9, 0));
    let card = v.see(None, Profile::home);
    assert!(card.contains("今天没人值班：国庆放假") && !card.contains("刘会计"), "{card}");
}

#[test]
fn lists_that_make_no_sense_are_refused_with_what_to_do() {
    let v = tianfu();
    weekly(&v, &["1"], "刘会计", "08:30", "12:00").unwrap();
    let twice = Error::conflict("这个人这段时间已经排了班，请改时间或换人。");
    assert_eq!(weekly(&v, &["1"], "刘会计", "11:00", "13:00"), Err(twice));
    let backwards = Error::invalid("to", "结束时间要晚于开始时间。");
    assert_eq!(weekly(&v, &["1"], "刘会计", "17:00", "08:00"), Err(backwards));
    assert_eq!(weekly(&v, &[], "刘会计", "13:00", "14:00"), Err(Error::invalid("weekdays", "请至少选一天。")));
    let ahead = Error::invalid("day", "只能排今天到一年以内的班。");
    assert_eq!(dated(&v, "2026-09-01", None, "刘会计"), Err(ahead.clone()));
    assert_eq!(dated(&v, "2028-09-01", None, "刘会计"), Err(ahead));
    assert!(dated(&v, "2026-09-10", Some("2026-09-09"), "刘会计").is_err());
    assert!(dated(&v, "2026-09-10", Some("2026-09-30"), "刘会计").is_err());
    assert_eq!(v.host.all::<Duty>().unwrap().len(), 1, "what is refused leaves nothing");
}

#[test]
fn cadres_change_and_take_off_and_it_is_seen_who_did() {
    let v = tianfu();
    let id = weekly(&v, &["3"], "刘会计", "08:30", "12:00").unwrap().subject.unwrap();
    let change = |from: &str, to: &str| {
        let form =
            ChangeDutyForm {
                duty: id.clone(), name: "黄主任".into(), office: None, from: from.into(), to: to.into()
            };
        v.host.as_(&v.jian).act(|cx| Profile::change_duty(cx, form))
    };
    change("09:00", "11:00").unwrap();
    let desk = v.see(Some(&v.liu), Profile::duty_desk);
    assert!(desk.contains("周三 · 黄主任 · 09:00–11:00") && desk.contains("简书记"), "{desk}");
    let drop = || v.host.as_(&v.liu).act(|cx| Profile::drop_duty(cx, DropDutyForm { duty: id.clone() }));
    drop().unwrap();
    assert_eq!(drop(), Err(Error::Missing));
    let page = week(&v, None, 0);
    assert!(page.contains("今天没有排班") && page.contains("最近更新：2026年9月2日，刘会计"), "{page}");
}

#[test]
fn an_empty_list_on_a_working_day_is_somebodys_to_do() {
    let v = tianfu();
    let todo = || v.read(Some(&v.liu), Profile::todos).unwrap().iter().any(|todo| todo.title.contains("没有排班"));
    assert!(todo());
    assert!(v.read(Some(&v.lin), Profile::todos).unwrap().is_empty());
    close(&v, "2026-09-02").unwrap();
    assert!(!todo(), "it has been said that nobody is there");
    v.host.set_now(at(9, 5, 9, 0));
    assert!(!todo(), "it is Saturday");
}
