//! A notice of the district reaches towns and villages, each once, and counts come back up without a village hearing
//! another's. The host carries the events one step; here the tests do.

use cunshi_plugin_notices::domain::{Count, Notice, State, Tally};
use cunshi_plugin_notices::{BelowParams, CorrectForm, Notices, Plugin, WriteForm};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::{Doc, Event, Send, json};

use crate::village::{Village, at, power_cut, space, text, tianfu};

/// An event as the host delivers it in another space.
fn carried(sent: &Send, to: &Village, from: &str, name: &str) -> Event {
    let event = to.host.event(&sent.name, &sent.subject, sent.payload.clone());
    Event { from: from.to_owned(), from_name: Some(name.to_owned()), ..event }
}

fn hear(to: &Village, event: &Event) {
    let act = |body: fn(&mut cunshi_sdk::Write, Event) -> cunshi_sdk::Result<()>| {
        to.host.system().act(|cx| body(cx, event.clone())).unwrap();
    };
    match event.name.as_str() {
        "notices.published/1" => act(Notices::hear_published),
        "notices.withdrawn/1" => act(Notices::hear_withdrawn),
        _ => act(Notices::hear_counted),
    }
}

fn down(sent: &Send, to: &Village, name: &str) {
    hear(to, &carried(sent, to, "above", name));
}

fn up(sent: &Send, to: &Village, name: &str) {
    hear(to, &carried(sent, to, "below", name));
}

fn last(v: &Village) -> Send {
    v.host.sent().pop().unwrap()
}

fn only(v: &Village) -> Doc<Notice> {
    let mut all = v.host.all::<Notice>().unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn below(v: &Village, id: &str) -> String {
    let params = BelowParams { id: id.into(), cursor: None };
    text(&v.read(Some(&v.jian), |cx| Notices::below(cx, params)).unwrap())
}

struct Tree {
    district: Village,
    town: Village,
    village: Village,
    notice: String,
}

/// A notice of the district that has come down to 天府社区.
fn sent_down() -> Tree {
    let district = space("district", "贡井区", None);
    let (town, village) = (space("town", "成佳镇", Some("贡井区")), tianfu());
    let photo = district.host.upload(&district.jian, "map.jpg");
    let form = WriteForm {
        kind: "safety".into(),
        title: "森林防火".into(),
        acknowledge: true,
        urgent: true,
        photos: vec![photo],
        ..power_cut()
    };
    let notice = district.write(form);
    down(&last(&district), &town, "贡井区");
    down(&last(&town), &village, "成佳镇");
    Tree { district, town, village, notice }
}

#[test]
fn a_notice_of_the_district_reaches_the_village_once_under_the_districts_name() {
    let t = sent_down();
    let copy = only(&t.village);
    assert_eq!((copy.state, copy.source.as_deref()), (State::Published, Some(t.notice.as_str())));
    assert_eq!(copy.sender.clone().unwrap().name, "贡井区");
    let page = t.village.page(None, &copy.id).unwrap();
    for words in ["贡井区发", "森林防火", "原文另有 1 个附件"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let inbox = t.village.host.inbox(&t.village.lin);
    assert_eq!((inbox.len(), inbox[0].urgent), (1, true));
    assert_eq!(inbox[0].title.zh, "【紧急】贡井区：森林防火");
    assert!(t.village.host.sent().is_empty(), "a village passes nothing on");
    assert!(!last(&t.town).payload.to_string().contains(&t.district.jian.name), "names stay where they are");

    down(&last(&t.district), &t.town, "贡井区");
    down(&last(&t.town), &t.village, "成佳镇");
    assert_eq!((only(&t.village).version, t.village.host.inbox(&t.village.lin).len()), (copy.version, 1));
    assert_eq!(t.town.host.sent().len(), 1, "what was heard twice is passed on once");
}

#[test]
fn a_village_right_below_the_district_gets_it_too() {
    let district = space("district", "贡井区", None);
    let village = space("village", "长土村", Some("贡井区"));
    let notice = district.write(power_cut());
    down(&last(&district), &village, "贡井区");
    assert_eq!(only(&village).source.as_deref(), Some(notice.as_str()));
}

#[test]
fn corrections_and_withdrawals_come_down_too() {
    let t = sent_down();
    let copy = only(&t.village).id.clone();
    t.village.pin(&copy).unwrap();
    let form = CorrectForm {
        notice: t.notice.clone(),
        title: "森林防火令".into(),
        text: "禁火期延长".into(),
        until: Some("2026-10-31".into()),
    };
    t.district.host.as_(&t.district.jian).act(|cx| Notices::correct(cx, form)).unwrap();
    down(&last(&t.district), &t.town, "贡井区");
    down(&last(&t.town), &t.village, "成佳镇");
    let corrected = only(&t.village);
    assert_eq!((corrected.title.as_str(), corrected.expires_at), ("森林防火令", Some(at(11, 1, 0, 0))));
    assert!(corrected.pin.is_some(), "what the village did with it stays");
    assert_eq!(t.village.host.inbox(&t.village.lin).len(), 1);

    t.district.withdraw(&t.notice).unwrap();
    down(&last(&t.district), &t.town, "贡井区");
    let again = last(&t.town);
    down(&again, &t.village, "成佳镇");
    down(&again, &t.village, "成佳镇");
    assert_eq!(t.village.state(&copy), State::Withdrawn);
    let page = t.village.page(Some(&t.village.lin), &copy).unwrap();
    assert!(page.contains("时间写错了") && !page.contains("防火"), "{page}");
    assert_eq!(t.village.host.inbox(&t.village.lin).len(), 2);
}

#[test]
fn the_village_can_pin_a_copy_but_not_change_or_take_it_back() {
    let t = sent_down();
    let copy = only(&t.village).id.clone();
    let said = Err(Error::conflict("这是上级发来的通知，只有发的单位能改。"));
    assert_eq!(t.village.withdraw(&copy), said);
    let form = CorrectForm { notice: copy.clone(), title: "x".into(), text: "y".into(), until: None };
    assert_eq!(t.village.host.as_(&t.village.jian).act(|cx| Notices::correct(cx, form)), said);
    t.village.pin(&copy).unwrap();
    t.village.remind(&copy, "unread").unwrap();
    let page = t.village.page(Some(&t.village.jian), &copy).unwrap();
    assert!(page.contains("这是贡井区发来的") && !page.contains("\"action\":\"withdraw\""), "{page}");
}

#[test]
fn counts_go_up_only_when_they_changed_and_each_office_sees_them_by_village() {
    let t = sent_down();
    let copy = only(&t.village).id.clone();
    t.village.host.see(&t.village.lin, &copy);
    t.village.acknowledge(&t.village.lin, &copy).unwrap();
    t.village.count_readers();
    t.village.count_readers();
    let sent = t.village.host.sent();
    assert_eq!(sent.len(), 1, "nothing changed the second time");
    assert_eq!((sent[0].name.as_str(), sent[0].subject.as_str()), ("notices.counted/1", t.notice.as_str()));
    assert_eq!(sent[0].payload, json!({ "reached": 4, "read": 1, "acknowledged": 1 }));

    up(&sent[0], &t.town, "天府社区");
    up(&last(&t.town), &t.district, "成佳镇");
    let tally = t.district.host.all::<Tally>().unwrap().remove(0).body;
    assert_eq!((tally.town.as_str(), tally.place.as_str(), tally.percent), ("成佳镇", "天府社区", 25));
    assert_eq!(tally.count, Count { reached: 4, read: 1, acknowledged: 1 });
    for page in [below(&t.town, &only(&t.town).id), below(&t.district, &t.notice)] {
        assert!(page.contains("天府社区") && page.contains("1/4 人看过（25%）"), "{page}");
    }

    t.village.host.see(&t.village.wang, &copy);
    t.village.count_readers();
    up(&last(&t.village), &t.town, "天府社区");
    up(&last(&t.town), &t.district, "成佳镇");
    let all = t.district.host.all::<Tally>().unwrap();
    assert_eq!((all.len(), all[0].count.read), (1, 2));
    // The same again is no news, and goes no further.
    let before = t.town.host.sent().len();
    up(&last(&t.village), &t.town, "天府社区");
    assert_eq!(t.town.host.sent().len(), before);
}

#[test]
fn a_village_speaks_under_its_own_name_only() {
    let t = sent_down();
    let forged = Send::new("notices.counted/1", &t.notice)
        .payload(json!({ "place": "元坝村", "reached": 5, "read": 900, "acknowledged": -3 }));
    up(&forged, &t.town, "天府社区");
    let tally = t.town.host.all::<Tally>().unwrap().remove(0).body;
    assert_eq!((tally.town.as_str(), tally.place.as_str()), ("", "天府社区"));
    assert_eq!(tally.count, Count { reached: 5, read: 5, acknowledged: 0 });
}

#[test]
fn counts_are_for_the_office_that_sent_it_and_no_village_hears_anothers() {
    let t = sent_down();
    t.village.count_readers();
    up(&last(&t.village), &t.town, "天府社区");
    let tallies = |who| t.town.read(who, |cx| Ok(cx.data::<Tally>().by("by_key").count()?)).unwrap();
    assert_eq!((tallies(None), tallies(Some(&t.town.lin)), tallies(Some(&t.town.jian))), (0, 0, 1));
    let params = BelowParams { id: only(&t.village).id.clone(), cursor: None };
    let here = t.village.read(Some(&t.village.jian), |cx| Notices::below(cx, params));
    assert_eq!(here.err(), Some(Error::Missing));
}

#[test]
fn what_comes_from_elsewhere_or_cannot_be_read_changes_nothing() {
    let v = tianfu();
    let payload = json!({ "revision": 1, "kind": "policy", "title": "x", "text": "y", "sender": { "name": "z", "kind": "town" } });
    let good = Send::new("notices.published/1", "n1").payload(payload);
    hear(&v, &carried(&good, &v, "below", "别的村"));
    hear(&v, &carried(&good, &v, "here", "天府社区"));
    hear(&v, &Event { from_plugin: "issues".into(), ..carried(&good, &v, "above", "成佳镇") });
    assert!(v.host.log().is_empty());
    let bad = Send::new("notices.published/1", "n1").payload(json!({ "title": 7 }));
    down(&bad, &v, "成佳镇");
    down(&Send::new("notices.withdrawn/1", "n9").payload(json!({ "reason": "r" })), &v, "成佳镇");
    up(&Send::new("notices.counted/1", "n9").payload(json!({ "reached": 1, "read": 1 })), &v, "x");
    assert!(v.host.all::<Notice>().unwrap().is_empty() && v.host.all::<Tally>().unwrap().is_empty());
    assert_eq!(v.host.log().len(), 3);
    assert!(v.host.messages().is_empty());
}

#[test]
fn what_is_over_when_it_arrives_rouses_nobody() {
    let district = space("district", "贡井区", None);
    district.write(WriteForm { until: Some("2026-09-02".into()), ..power_cut() });
    let village = tianfu();
    village.host.set_now(at(9, 3, 8, 0));
    down(&last(&district), &village, "贡井区");
    assert_eq!(only(&village).state, State::Expired);
    assert!(village.host.messages().is_empty());
}
