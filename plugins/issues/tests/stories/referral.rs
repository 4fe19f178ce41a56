//! A broken guard rail that the village cannot mend: referred to 成佳镇, which handles it in its own space and
//! answers back; and once further up, to the district. The host carries the events; here the tests do.

use cunshi_plugin_issues::domain::{Case, Side, State, StepKind, Visibility};
use cunshi_plugin_issues::{DeclineForm, Issues, Plugin, ReportForm};
use cunshi_sdk::prelude::{Doc, Event, Send};
use cunshi_sdk::{Error, Result};

use crate::village::{Village, at, chengjia, space, tianfu};

/// An event as the host delivers it in another space. Its id stays the same when it is delivered twice.
fn arrive(there: &Village, sent: &Send, from: &str, from_name: &str) -> Event {
    let event = there.host.event(&sent.name, &sent.subject, sent.payload.clone());
    Event { from: from.to_owned(), from_name: Some(from_name.to_owned()), ..event }
}

fn up(sent: &Send, to: &Village, from_name: &str) -> Event {
    let event = arrive(to, sent, "below", from_name);
    to.host.system().act(|cx| Issues::hear_case_referred(cx, event.clone())).unwrap();
    event
}

fn down(sent: &Send, to: &Village, from_name: &str) -> Result<()> {
    let event = arrive(to, sent, "above", from_name);
    to.host.system().act(|cx| Issues::hear_case_answered(cx, event))
}

fn last(village: &Village) -> Send {
    village.told().pop().unwrap()
}

fn rail(v: &Village) -> String {
    let form = ReportForm {
        title: "公路边护栏损坏".into(),
        category: "roads".into(),
        lamp: Some("二组到三组".into()),
        photos: vec![v.host.upload(&v.lin, "rail.jpg")],
        ..ReportForm::default()
    };
    let case = v.report_with(&v.lin, form);
    v.accept(&case, "ordinary").unwrap();
    case
}

fn only(village: &Village) -> Doc<Case> {
    let mut all = village.host.all::<Case>().unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[test]
fn the_town_mends_the_rail_and_the_villager_keeps_one_place_to_look() {
    let (v, town) = (tianfu(), chengjia());
    let case = rail(&v);
    v.refer(&case, "护栏归镇上管，林大姐电话13812345678").unwrap();
    let referred = last(&v);
    assert_eq!((referred.name.as_str(), referred.subject.as_str()), ("issues.case-referred/1", case.as_str()));
    let told = referred.payload.to_string();
    assert!(!told.contains("林秀英") && !told.contains(&v.lin.id) && !told.contains("13812345678"), "{told}");

    let event = up(&referred, &town, "天府社区");
    let theirs = only(&town);
    assert_eq!((theirs.state, theirs.reporter.as_deref()), (State::Reported, None));
    let origin = theirs.origin.clone().unwrap();
    assert_eq!((origin.from_name.as_str(), origin.number.as_str(), origin.photos), ("天府社区", "2026-0001", 1));
    let page = town.case_page(Some(&town.jian), &theirs.id).unwrap();
    for words in ["天府社区转来", "当地有 1 张照片", "二组到三组", "护栏归镇上管"] {
        assert!(page.contains(words), "{words}: {page}");
    }

    town.accept(&theirs.id, "complex").unwrap();
    let answered = last(&town);
    assert_eq!(
        (answered.name.as_str(), answered.answers.as_deref()),
        ("issues.case-answered/1", Some(event.id.as_str()))
    );
    down(&answered, &v, "成佳镇").unwrap();
    assert_eq!(v.case(&case).due_at, at(9, 24, 0, 0) - 1, "the town's fifteen working days");
    let page = v.case_page(None, &case).unwrap();
    assert!(page.contains("成佳镇受理") && page.contains("已转成佳镇办理") && page.contains("成佳镇已接收"), "{page}");

    town.progress(&theirs.id, "已经下单买护栏").unwrap();
    down(&last(&town), &v, "成佳镇").unwrap();
    assert!(v.case_page(None, &case).unwrap().contains("已经下单买护栏"));
    assert_eq!(v.close(&case, "好了"), Err(Error::conflict("这件事现在由上级办理，要等上级办完交回。")));

    town.close(&theirs.id, "护栏已换新").unwrap();
    down(&last(&town), &v, "成佳镇").unwrap();
    assert_eq!(v.state(&case), State::Handling);
    let desk = v.case_page(Some(&v.jian), &case).unwrap();
    assert!(desk.contains("成佳镇已经办完，请核实后办结") && desk.contains(r#""text":"护栏已换新""#), "{desk}");
    v.close(&case, "镇上已换新护栏。").unwrap();
    v.rate(&v.lin, &case, 5).unwrap();
    assert_eq!(v.state(&case), State::Rated);
    assert!(v.case(&case).steps.iter().any(|step| step.side == Side::Above && step.kind == StepKind::Closed));
}

#[test]
fn what_is_delivered_twice_or_too_late_changes_nothing() {
    let (v, town) = (tianfu(), chengjia());
    let case = rail(&v);
    v.refer(&case, "归镇上管").unwrap();
    let event = arrive(&town, &last(&v), "below", "天府社区");
    for _ in 0..2 {
        town.host.system().act(|cx| Issues::hear_case_referred(cx, event.clone())).unwrap();
    }
    let theirs = only(&town);
    town.accept(&theirs.id, "simple").unwrap();
    let accepted = last(&town);
    town.close(&theirs.id, "已换新").unwrap();
    down(&accepted, &v, "成佳镇").unwrap();
    down(&last(&town), &v, "成佳镇").unwrap();
    let before = v.case(&case);
    down(&accepted, &v, "成佳镇").unwrap();
    assert_eq!(v.case(&case), before);
    let stranger = Send { subject: "no such case".into(), ..accepted };
    down(&stranger, &v, "成佳镇").unwrap();
    let broken = Send { payload: "?".into(), ..last(&v) };
    down(&broken, &v, "成佳镇").unwrap();
    assert!(v.host.log().iter().any(|line| line.contains("cannot be read")));
}

#[test]
fn the_town_declines_and_the_village_may_refer_once_more() {
    let (v, town) = (tianfu(), chengjia());
    let case = rail(&v);
    v.refer(&case, "归镇上管").unwrap();
    up(&last(&v), &town, "天府社区");
    let theirs = only(&town);
    let form = DeclineForm { case: theirs.id.clone(), text: "村道归村里".into(), seen: None };
    town.host.as_(&town.jian).act(|cx| Issues::decline(cx, form)).unwrap();
    down(&last(&town), &v, "成佳镇").unwrap();
    assert_eq!(v.state(&case), State::Handling);
    assert!(v.case_page(None, &case).unwrap().contains("成佳镇不予受理，交回"));

    v.refer(&case, "这段是镇道，请再看").unwrap();
    let again = up(&last(&v), &town, "天府社区");
    let theirs = only(&town);
    assert_eq!((theirs.state, &theirs.origin.as_ref().unwrap().event), (State::Reported, &again.id));
    assert!(town.case_page(None, &theirs.id).unwrap().contains("天府社区再次转来"));
    town.accept(&theirs.id, "simple").unwrap();
    assert_eq!(last(&town).answers, Some(again.id));
}

#[test]
fn the_district_takes_it_from_the_town_and_the_village_reads_along() {
    let (v, town, district) = (tianfu(), chengjia(), space("district", "贡井区", None));
    let case = rail(&v);
    v.refer(&case, "归镇上管").unwrap();
    up(&last(&v), &town, "天府社区");
    let in_town = only(&town).id;
    town.accept(&in_town, "complex").unwrap();
    down(&last(&town), &v, "成佳镇").unwrap();
    town.refer(&in_town, "这是省道").unwrap();
    let sent = town.told();
    let [.., to_district, to_village] = sent.as_slice() else { panic!("two events") };
    up(to_district, &district, "成佳镇");
    down(to_village, &v, "成佳镇").unwrap();
    assert!(v.case_page(None, &case).unwrap().contains("成佳镇转贡井区办理"));

    let in_district = only(&district).id;
    assert_eq!(district.refer(&in_district, "x").unwrap_err(), Error::conflict("这里没有上级可以转。"));
    district.accept(&in_district, "simple").unwrap();
    district.close(&in_district, "区里已换新").unwrap();
    for answer in &district.told() {
        down(answer, &town, "贡井区").unwrap();
        down(&last(&town), &v, "成佳镇").unwrap();
    }
    assert_eq!(town.state(&in_town), State::Handling);
    assert_eq!(v.state(&case), State::Referred, "only the town says when the town is done");
    let page = v.case_page(None, &case).unwrap();
    assert!(page.contains("贡井区受理") && page.contains("区里已换新"), "{page}");
    town.close(&in_town, "区里已换新").unwrap();
    down(&last(&town), &v, "成佳镇").unwrap();
    assert_eq!(v.state(&case), State::Handling);
}

#[test]
fn a_private_case_is_private_in_the_town_too() {
    let (v, town) = (tianfu(), chengjia());
    let form =
        ReportForm { title: "家事".into(), category: "disputes".into(), private: true, ..ReportForm::default() };
    let case = v.report_with(&v.lin, form);
    v.accept(&case, "simple").unwrap();
    v.refer(&case, "请司法所调解").unwrap();
    up(&last(&v), &town, "天府社区");
    assert_eq!(only(&town).visibility, Visibility::Private);
    assert_eq!(town.case_page(None, &only(&town).id), Err(Error::Missing));
}
