//! The clock: deadlines that pass are marked once and rise to the town; to-dos; the figures.

use cunshi_plugin_issues::domain::days::DAY;
use cunshi_plugin_issues::domain::{OverdueBelow, StepKind};
use cunshi_plugin_issues::{BelowParams, ExtendForm, HideForm, Issues, Plugin, StatsParams};
use cunshi_sdk::prelude::{Event, Measured, Micros, Read, Result, Send};

use crate::village::{Village, at, chengjia, deadlines, text, tianfu};

fn tell(town: &Village, sent: &Send) {
    let event = town.host.event(&sent.name, &sent.subject, sent.payload.clone());
    let event = Event { from: "below".into(), from_name: Some("天府社区".into()), ..event };
    town.host.system().act(|cx| Issues::hear_case_overdue(cx, event)).unwrap();
}

fn below(town: &Village) -> String {
    text(&town.read(Some(&town.jian), |cx| Issues::below(cx, BelowParams::default())).unwrap())
}

#[test]
fn what_is_overdue_rises_to_the_town_once_and_leaves_its_list_again() {
    let (v, town) = (tianfu(), chengjia());
    let case = v.report(&v.lin, "排水沟堵了，下雨倒灌", "water");
    v.accept(&case, "simple").unwrap();
    v.host.job(Issues::raise_overdue).unwrap();
    assert!(v.told().is_empty(), "nothing is overdue yet");

    v.host.set_now(at(9, 8, 9, 0));
    for _ in 0..3 {
        v.host.job(Issues::raise_overdue).unwrap();
    }
    assert_eq!(v.told().len(), 1, "told once");
    let marks = v.case(&case).steps.iter().filter(|step| step.kind == StepKind::Overdue).count();
    assert_eq!(marks, 1);
    let board = text(&v.read(None, Issues::home).unwrap());
    assert!(board.contains("已超期 1 天") && board.contains("已报成佳镇"), "{board}");
    assert_eq!(v.cases(None, "overdue"), ["2026-0001"]);

    town.host.set_now(at(9, 8, 9, 0));
    tell(&town, &v.told()[0]);
    tell(&town, &v.told()[0]);
    assert_eq!(town.host.all::<OverdueBelow>().unwrap().len(), 1);
    let list = below(&town);
    assert!(list.contains("天府社区") && list.contains("排水沟堵了") && list.contains("已超期 1 天"), "{list}");

    v.close(&case, "已疏通").unwrap();
    tell(&town, &v.told()[1]);
    assert!(below(&town).contains("下面没有超期的事项"));
    assert_eq!(v.case(&case).on_time, Some(false));
    let page = v.case_page(None, &case).unwrap();
    assert!(page.contains("限期 9月7日，超期 1 个工作日"), "{page}");
}

#[test]
fn an_extension_takes_it_from_the_list_until_that_passes_too() {
    let v = tianfu();
    let case = v.report(&v.lin, "排水沟堵了", "water");
    v.accept(&case, "simple").unwrap();
    v.host.set_now(at(9, 8, 9, 0));
    v.host.job(Issues::raise_overdue).unwrap();
    let form = ExtendForm { case: case.clone(), days: 1, text: "等材料".into(), seen: None };
    v.host.as_(&v.jian).act(|cx| Issues::extend(cx, form)).unwrap();
    let open = |nth: usize| v.told()[nth].payload["open"].as_bool().unwrap();
    assert_eq!((open(0), open(1)), (true, false));
    v.host.advance(2 * DAY);
    v.host.job(Issues::raise_overdue).unwrap();
    assert!(open(2));
}

#[test]
fn what_is_made_private_loses_its_title_above() {
    let (v, town) = (tianfu(), chengjia());
    let case = v.report(&v.lin, "王家的家事", "other");
    v.host.set_now(at(9, 8, 9, 0));
    v.host.job(Issues::raise_overdue).unwrap();
    tell(&town, &v.told()[0]);
    assert!(below(&town).contains("王家的家事"));
    let form = HideForm { case, text: "涉及隐私".into() };
    v.host.as_(&v.jian).act(|cx| Issues::hide(cx, form)).unwrap();
    tell(&town, &v.told()[1]);
    let list = below(&town);
    assert!(!list.contains("王家的家事") && list.contains("（不公开的事项）"), "{list}");
}

#[test]
fn a_village_sets_its_own_working_days() {
    let v = tianfu();
    deadlines(&v.host, 2, [1, 7, 15]);
    let case = v.report(&v.lin, "路灯不亮", "roads");
    assert_eq!(v.case(&case).due_at, at(9, 5, 0, 0) - 1);
    v.accept(&case, "simple").unwrap();
    assert_eq!(v.case(&case).due_at, at(9, 4, 0, 0) - 1);
}

#[test]
fn many_are_marked_in_batches() {
    let v = tianfu();
    for n in 0..120 {
        v.report(&v.lin, &format!("事项 {n}"), "other");
    }
    v.host.advance(10 * DAY);
    let first = v.host.system().act(|cx| Issues::raise_overdue(cx, None)).unwrap();
    assert_eq!(first.as_deref(), Some("50"));
    v.host.job(Issues::raise_overdue).unwrap();
    assert_eq!(v.told().len(), 120);
    assert_eq!(v.host.system().act(|cx| Issues::raise_overdue(cx, None)).unwrap(), None);
}

#[test]
fn todos_of_the_office_and_of_the_reporter() {
    let v = tianfu();
    let titles =
        |who| -> Vec<String> { v.read(Some(who), Issues::todos).unwrap().into_iter().map(|todo| todo.title).collect() };
    let case = v.report(&v.lin, "路灯不亮", "roads");
    assert_eq!(titles(&v.jian), ["受理：路灯不亮"]);
    assert!(titles(&v.lin).is_empty());
    v.accept(&case, "simple").unwrap();
    assert!(titles(&v.jian).is_empty(), "nothing is pressing");
    v.host.set_now(at(9, 4, 9, 0));
    assert_eq!(titles(&v.jian), ["快到期：路灯不亮"]);
    v.host.set_now(at(9, 8, 9, 0));
    assert_eq!(titles(&v.jian), ["已超期：路灯不亮"]);
    v.close(&case, "好了").unwrap();
    assert!(titles(&v.jian).is_empty());
    assert_eq!(titles(&v.lin), ["请您评价：路灯不亮"]);
    v.rate(&v.lin, &case, 3).unwrap();
    assert!(titles(&v.lin).is_empty());
}

#[test]
fn the_figures_count_what_happened_in_the_period() {
    let v = tianfu();
    let cases: Vec<String> = (0..4).map(|n| v.report(&v.lin, &format!("事项 {n}"), "other")).collect();
    for case in &cases {
        v.accept(case, "simple").unwrap();
    }
    v.host.set_now(at(9, 3, 9, 0));
    v.close(&cases[0], "好").unwrap();
    v.close(&cases[1], "好").unwrap();
    v.rate(&v.lin, &cases[0], 5).unwrap();
    v.rate(&v.lin, &cases[1], 2).unwrap();
    v.host.set_now(at(9, 9, 9, 0));
    v.close(&cases[2], "迟了").unwrap();
    let all = |measure: fn(&Read, Micros, Micros) -> Result<Measured>, from, to| {
        let measured = v.host.system().read(|cx| measure(cx, from, to)).unwrap();
        (measured.value, measured.of)
    };
    let (from, to) = (at(9, 1, 0, 0), at(10, 1, 0, 0));
    assert_eq!(all(Issues::measure_registered, from, to), (4, None));
    assert_eq!(all(Issues::measure_closed, from, to), (3, None));
    assert_eq!(all(Issues::measure_closed_on_time, from, to), (2, Some(3)));
    assert_eq!(all(Issues::measure_satisfied, from, to), (1, Some(2)));
    assert_eq!(all(Issues::measure_open, from, to), (1, None));
    assert_eq!(all(Issues::measure_overdue_open, from, to), (1, None));
    assert_eq!(all(Issues::measure_closed, at(9, 5, 0, 0), to), (1, None));
    assert_eq!(all(Issues::measure_registered, at(8, 1, 0, 0), from), (0, None));
    let page = v.read(Some(&v.jian), |cx| Issues::stats(cx, StatsParams { period: "month".into() })).unwrap();
    let page = text(&page);
    assert!(page.contains("2/3（66%）") && page.contains("1/2（50%）"), "{page}");
}
