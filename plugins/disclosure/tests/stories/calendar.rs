//! What is due: the common list at first, the district's from when it arrives; duties by period, matters at once.

use cunshi_plugin_disclosure::domain::{Calendar, Duty, Mark};
use cunshi_plugin_disclosure::{
    BoardParams, CalendarParams, DiscardForm, DraftForm, DropItemForm, DutiesParams, OpenAffairs, Plugin, SetItemForm,
    WriteParams,
};
use cunshi_sdk::prelude::{Result, Send, Value};
use cunshi_sdk::{Error, Lang};

use crate::village::{Village, arrive, at, chengjia, gongjing, space, text, tianfu, words_for};

fn set(district: &Village, item: &str, title: &str, every: &str, days: i64) -> Result<()> {
    let form = SetItemForm {
        item: item.into(),
        affairs: "finance".into(),
        title: title.into(),
        every: every.into(),
        days,
        ..SetItemForm::default()
    };
    district.host.as_(&district.jian).act(|cx| OpenAffairs::set_item(cx, form)).map(|_| ())
}

fn send(district: &Village) -> Send {
    district.host.as_(&district.jian).act(OpenAffairs::send_calendar).unwrap();
    district.told("disclosure.calendar/1").pop().unwrap()
}

fn hear(there: &Village, sent: &Send, from_name: &str) {
    let event = arrive(there, sent, "above", from_name);
    there.host.system().act(|cx| OpenAffairs::hear_calendar(cx, event)).unwrap();
}

fn keys(v: &Village) -> Vec<String> {
    let mut keys: Vec<String> = v.host.all::<Duty>().unwrap().into_iter().map(|duty| duty.body.key).collect();
    keys.sort();
    keys
}

fn page(v: &Village, year: Option<i64>) -> Value {
    let view = v.read(None, |cx| OpenAffairs::calendar(cx, CalendarParams { year })).unwrap();
    cunshi_sdk::serde_json::to_value(view).unwrap()
}

#[test]
fn a_village_that_has_heard_nothing_goes_by_the_common_list() {
    let v = tianfu();
    assert_eq!(keys(&v), ["finance/2026-09", "party/2026-q3", "village/2026-q3"]);
    assert_eq!(v.duty("finance/2026-09").due_at, at(10, 11, 0, 0) - 1);
    v.host.set_now(at(10, 1, 0, 30));
    v.clock();
    v.clock();
    let all =
        ["finance/2026-09", "finance/2026-10", "party/2026-q3", "party/2026-q4", "village/2026-q3", "village/2026-q4"];
    assert_eq!(keys(&v), all);
}

#[test]
fn the_month_matrix_says_done_late_overdue_and_not_due() {
    let v = tianfu();
    v.publish(words_for("finance/2026-09"));
    v.host.set_now(at(10, 20, 9, 0));
    v.clock();
    v.publish(words_for("village/2026-q3"));
    v.clock();
    let page = page(&v, None);
    let row = |label: &str| {
        let rows = page.pointer("/body/1/body/0/rows").and_then(Value::as_array).unwrap();
        rows.iter().find(|row| row["label"] == label).unwrap().clone()
    };
    let tone = |label: &str, month: usize| row(label)["cells"][month - 1]["tone"].as_str().unwrap().to_owned();
    assert_eq!([tone("财务收支", 9), tone("财务收支", 10)], ["done", "plain"]);
    assert_eq!([tone("村务公开", 9), tone("党务公开", 9)], ["hand", "late"], "a quarter stands under its last month");
    assert_eq!(row("党务公开")["cells"][8]["says"], "2026年第3季度 党务公开：逾期没公开，期限 10月15日");
    assert_eq!(row("财务收支")["cells"][0].get("mark"), None);
    assert_eq!(v.duty("village/2026-q3").mark(v.host.now()), Mark::Late);
    assert!(
        text(&v.read(None, |cx| OpenAffairs::calendar(cx, CalendarParams { year: Some(2025) })).unwrap())
            .contains("这一年还没有要公开的事项")
    );
}

#[test]
fn the_districts_list_comes_through_the_town_and_an_older_one_changes_nothing() {
    let (district, town, v) = (gongjing(), chengjia(), tianfu());
    let draft = v.draft(words_for("finance/2026-09")).unwrap();
    set(&district, "new", "集体资产清单", "yearly", 30).unwrap();
    set(&district, "finance", "村级财务收支", "monthly", 5).unwrap();
    let drop = DropItemForm { item: "party".into() };
    district.host.as_(&district.jian).act(|cx| OpenAffairs::drop_item(cx, drop)).unwrap();
    assert_eq!(district.todos(&district.jian), ["公开清单改过，还没发到各镇、各村"]);
    assert!(district.told("disclosure.calendar/1").is_empty(), "nothing is sent before it is sent");
    let first = send(&district);
    assert!(district.todos(&district.jian).is_empty());

    hear(&town, &first, "贡井区");
    let onward = town.told("disclosure.calendar/1").pop().unwrap();
    hear(&v, &onward, "成佳镇");
    assert_eq!(
        keys(&v),
        ["finance/2026-09", "item-1/2026", "village/2026-q3"],
        "party affairs are no longer asked for"
    );
    let finance = v.duty("finance/2026-09");
    assert_eq!((finance.due_at, finance.title.zh.as_str()), (at(10, 6, 0, 0) - 1, "村级财务收支"));
    assert_eq!(finance.disclosure, Some(draft), "what was begun goes on");

    set(&district, "village", "村务公开", "quarterly", 20).unwrap();
    let second = send(&district);
    hear(&v, &second, "成佳镇");
    hear(&v, &onward, "成佳镇");
    let kept = v.host.all::<Calendar>().unwrap();
    assert_eq!((kept.len(), kept[0].list, kept[0].items.len()), (1, 2, 4));
    hear(&town, &first, "贡井区");
    assert_eq!(town.told("disclosure.calendar/1").len(), 1, "an old list is not passed on");
}

#[test]
fn only_the_district_keeps_the_list() {
    let v = tianfu();
    let denied = set(&v, "new", "本村自己的", "monthly", 5).unwrap_err();
    assert_eq!(denied, Error::denied("清单由区里定。"));
    assert!(v.host.as_(&v.jian).act(OpenAffairs::send_calendar).is_err());
    assert!(chengjia().host.all::<Calendar>().unwrap().is_empty());
    let district = gongjing();
    let rhythm = set(&district, "finance", "财务", "quarterly", 5).unwrap_err();
    assert!(matches!(rhythm, Error::Invalid(fields) if fields[0].field == "every"));
    assert_eq!(set(&district, "item-99", "?", "monthly", 5), Err(Error::Missing));
    let items = |v: &Village, who| text(&v.read(who, OpenAffairs::items).unwrap());
    assert!(items(&district, Some(&district.jian)).contains("set-item"));
    assert!(!items(&district, Some(&district.lin)).contains("set-item"));
    assert!(!items(&v, Some(&v.jian)).contains("set-item"));
    assert!(items(&v, None).contains("区里还没有发清单"));
}

#[test]
fn a_matter_at_once_has_ten_days_from_its_day() {
    let v = tianfu();
    let road = |happened: Option<&str>| DraftForm {
        title: Some("三组道路硬化项目决定".into()),
        happened: happened.map(str::to_owned),
        ..words_for("major")
    };
    let field = |form| match v.draft(form).unwrap_err() {
        Error::Invalid(fields) => fields[0].field.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(field(road(None)), "happened");
    assert_eq!(field(road(Some("2026-09-03"))), "happened", "not from tomorrow");
    assert_eq!(field(DraftForm { title: None, ..road(Some("2026-09-01")) }), "title");
    let id = v.draft(road(Some("2026-08-28"))).unwrap();
    let duty = v.duty(&format!("major/{id}"));
    assert_eq!(duty.due_at, at(9, 8, 0, 0) - 1);
    v.host.set_now(at(9, 8, 0, 10));
    v.clock();
    let first = BoardParams { affairs: "all".into(), ..BoardParams::default() };
    assert!(text(&v.read(None, |cx| OpenAffairs::board(cx, first)).unwrap()).contains("8月28日 重大事项"));
    v.host.as_(&v.chen).act(|cx| OpenAffairs::discard(cx, DiscardForm { id })).unwrap();
    assert!(!keys(&v).iter().any(|key| key.starts_with("major")));
    let told: Vec<bool> =
        v.told("disclosure.overdue/1").iter().map(|sent| sent.payload["open"].as_bool().unwrap()).collect();
    assert_eq!(told, [true, false]);
}

#[test]
fn the_form_offers_what_nobody_has_begun() {
    let v = space("village", "重滩村", Some("成佳镇"));
    let values = |v: &Village| -> Vec<String> {
        let choices = v.read(Some(&v.jian), OpenAffairs::open_duties).unwrap();
        choices.as_array().unwrap().iter().map(|choice| choice["value"].as_str().unwrap().to_owned()).collect()
    };
    let all = ["finance/2026-09", "party/2026-q3", "village/2026-q3", "major", "other"];
    assert_eq!(values(&v), all, "before the clock has run");
    v.draft(words_for("finance/2026-09")).unwrap();
    assert_eq!(values(&v), all[1..]);
    let write = |duty: &str| {
        let params = WriteParams { duty: Some(duty.into()) };
        text(&v.read(Some(&v.jian), |cx| OpenAffairs::write(cx, params)).unwrap())
    };
    assert!(write("village/2026-q3").contains(r#""duty":"village/2026-q3""#));
    assert!(write("finance/2026-09").contains(r#""duty":"party/2026-q3""#), "not one that is taken");
}

#[test]
fn duties_as_json_and_in_english() {
    let v = tianfu();
    v.host.speak(Lang::En);
    let id = v.draft(words_for("finance/2026-09")).unwrap();
    let params = || DutiesParams { show: "open".into(), limit: 10, cursor: None };
    let json = v.read(None, |cx| OpenAffairs::duties(cx, params())).unwrap();
    assert_eq!(json.pointer("/duties/0/title").and_then(Value::as_str), Some("Income and expenses, Sep 2026"));
    assert_eq!(json.pointer("/duties/0/disclosure"), Some(&Value::Null), "a draft's id is the office's");
    let json = v.read(Some(&v.jian), |cx| OpenAffairs::duties(cx, params())).unwrap();
    assert_eq!(json.pointer("/duties/0/disclosure").and_then(Value::as_str), Some(id.as_str()));
}

#[test]
fn years_of_silence_are_opened_in_batches() {
    let v = tianfu();
    v.host.set_now(cunshi_sdk::testing::day(2031, 1, 10));
    v.host.job(OpenAffairs::keep_calendar).unwrap();
    assert_eq!(keys(&v).iter().filter(|key| key.starts_with("finance")).count(), 4 + 12 * 4 + 1);
}
