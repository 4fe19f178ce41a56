//! Months: the matrix, duties, excuses, and the summary that is fixed and shows what came later.

use cunshi_plugin_diaries::domain::{ChangeKind, Excuse, Summary};
use cunshi_plugin_diaries::{CalendarParams, Diaries, ExcuseForm, MonthParams, Plugin, SummaryParams, UnexcuseForm};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::{Outcome, Person, Result, Value};

use crate::village::{Village, at, on, text, tianfu, visit, work};

fn freeze(v: &Village) {
    v.host.job(Diaries::freeze_months).unwrap();
}

fn month(v: &Village, month: &str) -> Value {
    v.read(None, |cx| Diaries::month(cx, MonthParams { month: Some(month.into()) })).unwrap()
}

fn row<'a>(month: &'a Value, name: &str) -> &'a Value {
    month["cadres"].as_array().unwrap().iter().find(|row| row["name"] == name).unwrap()
}

fn excuse(v: &Village, by: &Person, whom: &Person, month: &str) -> Result<Outcome> {
    let form = ExcuseForm { person: whom.id.clone(), month: month.into(), reason: "住院".into() };
    v.host.as_(by).act(|cx| Diaries::excuse(cx, form))
}

#[test]
fn the_matrix_shows_days_and_duties() {
    let v = tianfu();
    v.host.set("visits_per_month", 2);
    v.write(&v.jian, visit(&v.lins, "看望"));
    v.write(&v.jian, visit(&v.lins, "又去一次"));
    v.write(&v.jian, on("2026-09-01", work("meeting", "支部会")));
    let september = month(&v, "2026-09");
    assert_eq!((&september["days"], &september["fixed_at"]), (&30.into(), &Value::Null));
    let jian = row(&september, "简书记");
    assert_eq!((&jian["days"]["2"]["visit"], &jian["days"]["1"]["meeting"]), (&2.into(), &1.into()));
    assert_eq!(jian["duties"][0]["done"], 1, "a household counts once a day");
    assert_eq!((&jian["duties"][0]["missing"], &jian["duties"][1]["missing"]), (&1.into(), &0.into()));
    assert_eq!(row(&september, "李主任")["duties"][0]["missing"], 2);
    assert!(!september.to_string().contains(v.lins.id.as_str()), "no household is told of");
    let page = text(&v.read(None, |cx| Diaries::calendar(cx, CalendarParams::default())).unwrap());
    for words in ["\"node\":\"calendar\"", "还差走访 1 户次", "还差走访 2 户次、开会 1 次", "9月2日：走访入户 2"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    v.write(&v.jian, visit(&v.wangs, "看望"));
    assert!(text(&v.read(None, |cx| Diaries::calendar(cx, CalendarParams::default())).unwrap()).contains("已完成"));
}

#[test]
fn missing_duties_are_said_in_the_last_working_days() {
    let v = tianfu();
    let said = || v.titles(&v.jian).into_iter().any(|title| title.starts_with("本月任务"));
    assert!(!said());
    v.host.set_now(at(9, 23, 9, 0));
    assert!(!said(), "six working days are left");
    v.host.set_now(at(9, 24, 9, 0));
    assert!(said());
    assert!(v.titles(&v.lin).is_empty());
    excuse(&v, &v.zhou, &v.jian, "2026-09").unwrap();
    assert!(!said(), "the excused are left in peace");
}

#[test]
fn an_excuse_is_public_and_its_reason_is_not() {
    let v = tianfu();
    assert_eq!(
        excuse(&v, &v.zhou, &v.zhou, "2026-09"),
        Err(Error::denied("自己的任务不能自己免，请找另一位管理员或监督委员会。"))
    );
    assert!(matches!(excuse(&v, &v.zhou, &v.lin, "2026-09"), Err(Error::Invalid(_))), "no cadre");
    assert!(matches!(excuse(&v, &v.zhou, &v.jian, "九月"), Err(Error::Invalid(_))));
    assert!(matches!(excuse(&v, &v.zhou, &v.jian, "2027-01"), Err(Error::Invalid(_))));
    excuse(&v, &v.zhou, &v.jian, "2026-09").unwrap();
    assert!(matches!(excuse(&v, &v.chen, &v.jian, "2026-09"), Err(Error::Conflict(_))));
    for (who, reads) in [(Some(&v.jian), true), (Some(&v.chen), true), (Some(&v.li), false), (None, false)] {
        let page = text(&v.read(who, |cx| Diaries::calendar(cx, CalendarParams::default())).unwrap());
        assert!(page.contains("本月免任务"));
        assert_eq!(page.contains("住院"), reads);
    }
    assert_eq!(row(&month(&v, "2026-09"), "简书记")["duties"], Value::Null);
    let id = v.host.all::<Excuse>().unwrap()[0].id.clone();
    let undo = |who| v.host.as_(who).act(|cx| Diaries::unexcuse(cx, UnexcuseForm { excuse: id.clone() }));
    assert!(matches!(undo(&v.jian), Err(Error::Denied(_))));
    assert_eq!(undo(&v.li).map(|_| ()), Err(Error::Missing));
    undo(&v.chen).unwrap();
    assert_eq!(row(&month(&v, "2026-09"), "简书记")["excused"], false);
}

#[test]
fn a_month_is_fixed_after_its_grace_and_later_changes_show() {
    let v = tianfu();
    v.host.set("visits_per_month", 1);
    let id = v.write(&v.jian, visit(&v.lins, "看望"));
    v.host.set_now(at(10, 5, 23, 0));
    v.write(&v.li, on("2026-09-30", visit(&v.wangs, "月底补记")));
    freeze(&v);
    assert!(v.host.all::<Summary>().unwrap().is_empty(), "five days of grace");
    v.host.set_now(at(10, 6, 0, 0));
    freeze(&v);
    freeze(&v);
    let summaries = v.host.all::<Summary>().unwrap();
    assert_eq!((summaries.len(), summaries[0].rows.len(), summaries[0].changes.len()), (1, 3, 0));
    let page =
        |who| text(&v.read(who, |cx| Diaries::summary(cx, SummaryParams { month: Some("2026-09".into()) })).unwrap());
    assert!(page(None).contains("10月6日已定稿") && page(None).contains("定稿后没有变化"));

    v.confirm(&v.lin, &id).unwrap();
    v.write(&v.li, on("2026-09-29", work("meeting", "晚到的会")));
    let summary = v.host.all::<Summary>().unwrap().remove(0);
    let kinds: Vec<_> = summary.changes.iter().map(|change| change.kind).collect();
    assert_eq!(kinds, [ChangeKind::Confirmed, ChangeKind::Written]);
    let li = summary.rows.iter().find(|row| row.name == "李主任").unwrap();
    assert_eq!((li.sum.entries, li.sum.meeting), (1, 0), "what was fixed stays");
    let shown = page(None);
    assert!(shown.contains("定稿后的变化") && shown.contains("1 → 2") && shown.contains("0 → 1"), "{shown}");
    let json = month(&v, "2026-09");
    let li = row(&json, "李主任");
    assert_eq!((&li["fixed"]["entries"], &li["figures"]["entries"]), (&1.into(), &2.into()));
    v.host.set("visits_per_month", 30);
    assert_eq!(row(&month(&v, "2026-09"), "简书记")["duties"][0]["required"], 1, "as it was asked then");
    assert!(matches!(excuse(&v, &v.zhou, &v.jian, "2026-09"), Err(Error::Conflict(_))));
}

#[test]
fn months_without_entries_are_fixed_too_once_the_diary_has_begun() {
    let v = tianfu();
    freeze(&v);
    assert!(v.host.all::<Summary>().unwrap().is_empty());
    v.write(&v.jian, work("patrol", "巡河"));
    v.host.set_now(at(12, 20, 9, 0));
    freeze(&v);
    let months: Vec<_> =
        v.host.all::<Summary>().unwrap().iter().map(|summary| cunshi_sdk::days::write_month(summary.month)).collect();
    assert_eq!(months, ["2026-09", "2026-10", "2026-11"]);
}

#[test]
fn duties_are_measured_by_months_that_ended() {
    let v = tianfu();
    v.host.set("visits_per_month", 2);
    v.write(&v.jian, visit(&v.lins, "看望"));
    v.write(&v.jian, visit(&v.wangs, "看望"));
    v.write(&v.jian, work("meeting", "支部会"));
    v.write(&v.jian, work("meeting", "村民会"));
    excuse(&v, &v.chen, &v.zhou, "2026-09").unwrap();
    let share = |from, to| {
        let measured = v.host.system().read(|cx| Diaries::measure_duties_done(cx, from, to)).unwrap();
        (measured.value, measured.of)
    };
    assert_eq!(share(at(9, 1, 0, 0), at(10, 1, 0, 0)), (0, Some(0)), "the month still runs");
    v.host.set_now(at(10, 2, 9, 0));
    assert_eq!(share(at(9, 1, 0, 0), at(10, 1, 0, 0)), (3, Some(6)), "one did all of three, one nothing of three");
    v.host.set_now(at(10, 9, 9, 0));
    freeze(&v);
    assert_eq!(share(at(9, 1, 0, 0), at(10, 1, 0, 0)), (3, Some(6)));
    assert_eq!(share(at(6, 1, 0, 0), at(9, 1, 0, 0)), (0, Some(0)), "before the diary began nothing was asked");
}

#[test]
fn before_the_diary_began_nothing_is_asked() {
    let v = tianfu();
    v.write(&v.jian, on("2026-08-20", visit(&v.lins, "补记")));
    let august = month(&v, "2026-08");
    assert_eq!(august["cadres"].as_array().unwrap().len(), 1, "only who did something");
    assert_eq!((&august["cadres"][0]["on_duty"], &august["cadres"][0]["duties"]), (&false.into(), &Value::Null));
    assert_eq!(month(&v, "2026-09")["cadres"].as_array().unwrap().len(), 3);
    v.host.set_now(at(10, 6, 9, 0));
    freeze(&v);
    let months: Vec<_> = v.host.all::<Summary>().unwrap().iter().map(|summary| summary.month).collect();
    assert_eq!(months, [at(9, 1, 0, 0)]);
    let measured = v.host.system().read(|cx| Diaries::measure_duties_done(cx, at(7, 1, 0, 0), at(9, 1, 0, 0))).unwrap();
    assert_eq!((measured.value, measured.of), (0, Some(0)));
}
