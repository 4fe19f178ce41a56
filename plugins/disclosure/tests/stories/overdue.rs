//! The clock: what is late is said in the village, rises to the town, and is counted in the district.

use cunshi_plugin_disclosure::domain::{Below, OverdueBelow};
use cunshi_plugin_disclosure::{BelowParams, OpenAffairs, Plugin, VillagesParams};
use cunshi_sdk::prelude::{Measured, Micros, Read, Result, Send, Value};

use crate::village::{Village, arrive, at, chengjia, gongjing, space, text, tianfu, words_for};

fn tell(there: &Village, sent: &Send, from_name: &str) {
    let event = arrive(there, sent, "below", from_name);
    there
        .host
        .system()
        .act(|cx| match sent.name.as_str() {
            "disclosure.counts/1" => OpenAffairs::hear_counts(cx, event),
            _ => OpenAffairs::hear_overdue(cx, event),
        })
        .unwrap();
}

fn below(there: &Village) -> String {
    text(&there.read(Some(&there.jian), |cx| OpenAffairs::below(cx, BelowParams::default())).unwrap())
}

fn counts(v: &Village) -> Send {
    v.told("disclosure.counts/1").pop().unwrap()
}

#[test]
fn what_is_overdue_rises_once_and_leaves_the_list_when_it_is_published() {
    let (v, town) = (tianfu(), chengjia());
    v.host.set_now(at(10, 11, 0, 10));
    v.clock();
    v.clock();
    let told = v.told("disclosure.overdue/1");
    assert_eq!(told.len(), 1, "told once");
    let home = text(&v.read(None, OpenAffairs::home).unwrap());
    assert!(home.contains("该公开、还没公开：2026年9月 财务收支。"), "honest to everybody: {home}");

    town.host.set_now(at(10, 12, 9, 0));
    tell(&town, &told[0], "天府社区");
    tell(&town, &told[0], "天府社区");
    assert_eq!(town.host.all::<OverdueBelow>().unwrap().len(), 1);
    let list = below(&town);
    assert!(list.contains("天府社区：2026年9月 财务收支") && list.contains("逾期 2 天"), "{list}");

    v.publish(words_for("finance/2026-09"));
    tell(&town, &v.told("disclosure.overdue/1")[1], "天府社区");
    assert!(below(&town).contains("没有逾期的事项"));
    assert_eq!(v.duty("finance/2026-09").in_time, Some(false));
    assert!(!text(&v.read(None, OpenAffairs::home).unwrap()).contains("还没公开：2026年9月"));
}

#[test]
fn the_district_sees_every_village_by_name_and_no_village_another() {
    let (v, town, district) = (tianfu(), chengjia(), gongjing());
    let other = space("village", "重滩村", Some("成佳镇"));
    // In memory every space counts its ids from 1; here they begin with a different one.
    other.host.member("重滩村民");
    other.host.job(OpenAffairs::keep_calendar).unwrap();
    for village in [&v, &other] {
        village.host.set_now(at(10, 16, 0, 10));
    }
    other.publish(words_for("finance/2026-09"));
    v.clock();
    other.clock();
    v.clock();
    assert_eq!(v.told("disclosure.counts/1").len(), 1, "told when it changes");
    tell(&town, &counts(&v), "天府社区");
    tell(&town, &counts(&other), "重滩村");
    for onward in town.told("disclosure.counts/1") {
        tell(&district, &onward, "成佳镇");
    }
    let page = below(&district);
    for words in ["天府社区", "重滩村", "成佳镇", "0 / 3 项"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(below(&town).contains("天府社区"));
    let json = district.read(Some(&district.jian), |cx| OpenAffairs::villages(cx, VillagesParams::default())).unwrap();
    assert_eq!(json.pointer("/villages/0/name").and_then(Value::as_str), Some("天府社区"), "the most overdue first");
    assert_eq!(json.pointer("/villages/0/counts/overdue").and_then(Value::as_i64), Some(3));
    assert_eq!(json.pointer("/villages/1/counts/overdue").and_then(Value::as_i64), Some(2));

    v.publish(words_for("finance/2026-09"));
    v.clock();
    tell(&town, &counts(&v), "天府社区");
    assert_eq!(town.host.all::<Below>().unwrap().len(), 2, "by village, not by message");
    for villager in [None, Some(&town.lin), Some(&town.zhou)] {
        let seen = town.read(villager, |cx| Ok(cx.data::<Below>().by("by_overdue").take(10)?)).unwrap();
        assert!(seen.is_empty(), "officers only");
        let late = town.read(villager, |cx| Ok(cx.data::<OverdueBelow>().by("by_due").take(10)?)).unwrap();
        assert!(late.is_empty());
    }
}

#[test]
fn a_village_is_told_of_seven_days_ahead() {
    let v = tianfu();
    assert!(v.todos(&v.jian).is_empty(), "nothing is pressing");
    v.host.set_now(at(10, 4, 9, 0));
    assert_eq!(v.todos(&v.jian), ["快到期，请公开：2026年9月 财务收支"]);
    v.host.set_now(at(10, 11, 9, 0));
    let todos = v.todos(&v.jian);
    assert!(todos.contains(&"逾期没公开：2026年9月 财务收支".to_owned()), "{todos:?}");
    v.draft(words_for("finance/2026-09")).unwrap();
    assert!(v.todos(&v.jian).contains(&"在准备，请尽快公开：2026年9月 财务收支".to_owned()));
    assert!(v.todos(&v.lin).is_empty());
}

#[test]
fn the_figures_count_what_fell_due() {
    let v = tianfu();
    v.host.set_now(at(10, 5, 9, 0));
    v.publish(words_for("finance/2026-09"));
    let question = v.ask(&v.lin, None, "问");
    v.ask(&v.wang, None, "没人答");
    v.answer(&question, "答").unwrap();
    v.host.set_now(at(10, 20, 9, 0));
    v.clock();
    v.publish(words_for("village/2026-q3"));
    let all = |measure: fn(&Read, Micros, Micros) -> Result<Measured>, from, to| {
        let measured = v.host.system().read(|cx| measure(cx, from, to)).unwrap();
        (measured.value, measured.of)
    };
    let (from, to) = (at(10, 1, 0, 0), at(11, 1, 0, 0));
    assert_eq!(all(OpenAffairs::measure_due, from, to), (3, None));
    assert_eq!(all(OpenAffairs::measure_published_in_time, from, to), (1, Some(3)));
    assert_eq!(all(OpenAffairs::measure_overdue, from, to), (1, None));
    assert_eq!(all(OpenAffairs::measure_questions_in_time, from, to), (1, Some(2)));
    let ahead = (at(11, 1, 0, 0), at(12, 1, 0, 0));
    assert_eq!(all(OpenAffairs::measure_due, ahead.0, ahead.1), (0, None), "nothing counts before its day");
    assert_eq!(all(OpenAffairs::measure_published_in_time, ahead.0, ahead.1), (0, Some(0)));
}

#[test]
fn many_things_are_done_in_batches() {
    let v = tianfu();
    for n in 0..45 {
        v.ask(&v.lin, None, &format!("问题 {n}"));
    }
    v.host.set_now(at(9, 20, 9, 0));
    v.clock();
    assert_eq!(v.told("disclosure.question-raised/1").len(), 45);
    assert_eq!(counts(&v).payload.pointer("/counts/questions").and_then(Value::as_i64), Some(45));
}
