//! Messages: who reads of a case that moves, in both languages, and who does not.

use cunshi_plugin_issues::messages::MOVED;
use cunshi_plugin_issues::{DeclineForm, ExtendForm, FollowForm, HideForm, Issues, MergeForm, Plugin, ReportForm};
use cunshi_sdk::prelude::{Message, Person, Reach};

use crate::village::{Village, at, tianfu};

/// What somebody's messages say first, oldest first.
fn titles(v: &Village, who: &Person) -> Vec<String> {
    v.host.inbox(who).into_iter().map(|message| message.title.zh).collect()
}

fn last(v: &Village, who: &Person) -> Message {
    v.host.inbox(who).pop().unwrap()
}

fn follow(v: &Village, who: &Person, case: &str) {
    let form = FollowForm { case: case.into() };
    v.host.as_(who).act(|cx| Issues::follow(cx, form)).unwrap();
}

/// Delivers what the module has sent to itself, until nothing is left; how many deliveries that took.
fn deliver(v: &Village, from: usize) -> usize {
    let mut next = from;
    while let Some(sent) = v.host.sent().get(next).cloned() {
        next += 1;
        if sent.name == MOVED {
            let event = v.host.event(&sent.name, &sent.subject, sent.payload);
            v.host.system().act(|cx| Issues::hear_case_moved(cx, event)).unwrap();
        }
    }
    next
}

#[test]
fn the_reporter_reads_every_step_of_the_office_in_both_languages() {
    let v = tianfu();
    let case = v.report(&v.lin, "房子旁边的黄桷树存在安全隐患", "safety");
    v.accept(&case, "ordinary").unwrap();
    v.progress(&case, "已请林业站看过，电话 13800001234").unwrap();
    v.answer(&case, "下周来修枝").unwrap();
    let form = ExtendForm { case: case.clone(), days: 3, text: "等吊车".into(), ..ExtendForm::default() };
    v.host.as_(&v.jian).act(|cx| Issues::extend(cx, form)).unwrap();
    v.close(&case, "已修枝").unwrap();
    let expected = ["社区受理了", "有进展", "社区答复了", "办理期限改到", "办结了，请来看看"];
    let told = titles(&v, &v.lin);
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.starts_with(expected) && told.ends_with("：房子旁边的黄桷树存在安全隐患"), "{told}");
    }
    let messages = v.host.inbox(&v.lin);
    assert_eq!(messages[0].title.en, "The community has accepted: 房子旁边的黄桷树存在安全隐患");
    assert_eq!(messages[0].link.as_ref().unwrap().params["id"], case.as_str());
    let body = &messages[1].body.as_ref().unwrap().zh;
    assert!(body.contains("林业站") && !body.contains("13800001234"), "{body}");
    let urgent: Vec<_> = messages.iter().filter(|message| message.urgent).map(|message| &message.key).collect();
    assert_eq!(urgent.len(), 1, "only what is over goes out by SMS: {urgent:?}");
    assert!(urgent[0].starts_with("closed:"));
    assert!(v.host.inbox(&v.jian).is_empty() && v.host.inbox(&v.wang).is_empty());
}

#[test]
fn a_private_case_is_a_number_in_a_message() {
    let v = tianfu();
    let form = ReportForm {
        title: "和隔壁起了纠纷".into(),
        category: "disputes".into(),
        private: true,
        ..ReportForm::default()
    };
    let case = v.report_with(&v.lin, form);
    v.accept(&case, "simple").unwrap();
    let told = last(&v, &v.lin);
    assert_eq!((told.title.zh.as_str(), told.body), ("社区受理了：2026-0001", None));
}

#[test]
fn nobody_is_told_of_what_they_did_themselves() {
    let v = tianfu();
    let case = v.report(&v.jian, "路灯不亮", "roads");
    v.accept(&case, "simple").unwrap();
    assert!(v.host.inbox(&v.jian).is_empty());
}

#[test]
fn followers_are_told_afterwards_however_many_there_are() {
    let v = tianfu();
    let case = v.report(&v.lin, "路灯不亮", "roads");
    let neighbours: Vec<_> = (0..32).map(|n| v.host.member(&format!("邻居{n}"))).collect();
    for neighbour in &neighbours {
        follow(&v, neighbour, &case);
    }
    follow(&v, &v.jian, &case);
    v.accept(&case, "simple").unwrap();
    let next = deliver(&v, 0);
    for neighbour in &neighbours {
        assert_eq!(titles(&v, neighbour), ["社区受理了：路灯不亮"], "{}", neighbour.name);
    }
    assert!(v.host.inbox(&v.jian).is_empty(), "who accepted it knows");
    assert!(!last(&v, &neighbours[0]).urgent);
    let moved = v.host.sent().iter().filter(|sent| sent.name == MOVED).count();
    assert_eq!(moved, 3, "33 followers by 15");
    // Delivered once more, nobody hears it again.
    deliver(&v, 0);
    assert_eq!(titles(&v, &neighbours[3]).len(), 1);

    let form = HideForm { case: case.clone(), text: "涉及个人".into() };
    v.host.as_(&v.jian).act(|cx| Issues::hide(cx, form)).unwrap();
    v.close(&case, "修好了").unwrap();
    deliver(&v, next);
    assert_eq!(titles(&v, &neighbours[3]).len(), 1, "what is private now is not theirs");
    assert_eq!(titles(&v, &v.lin).last().unwrap(), "办结了，请来看看：2026-0001");
}

#[test]
fn declined_and_merged_are_told_and_with_whom_it_goes_on() {
    let v = tianfu();
    let (one, two) = (v.report(&v.lin, "路灯不亮", "roads"), v.report(&v.wang, "路灯坏了", "roads"));
    let form = MergeForm { case: two, into: "2026-0001".into(), ..MergeForm::default() };
    v.host.as_(&v.jian).act(|cx| Issues::merge(cx, form)).unwrap();
    assert_eq!(last(&v, &v.wang).title.zh, "并到 2026-0001 一起办：路灯坏了");
    let form = DeclineForm { case: one, text: "不在村里管的范围".into(), ..DeclineForm::default() };
    v.host.as_(&v.jian).act(|cx| Issues::decline(cx, form)).unwrap();
    let told = last(&v, &v.lin);
    assert_eq!((told.title.zh.as_str(), told.urgent), ("社区没有受理：路灯不亮", true));
}

#[test]
fn cadres_are_told_once_of_what_is_overdue_and_of_many_in_one_message() {
    let v = tianfu();
    let chen = v.host.cadre("陈会计");
    let case = v.report(&v.lin, "排水沟堵了", "water");
    v.accept(&case, "simple").unwrap();
    v.host.set_now(at(9, 8, 9, 0));
    for _ in 0..3 {
        v.host.job(Issues::raise_overdue).unwrap();
    }
    for cadre in [&v.jian, &chen] {
        let told = last(&v, cadre);
        assert_eq!((told.title.zh.as_str(), told.urgent), ("超期了，请尽快办：2026-0001 排水沟堵了", true));
        assert_eq!((v.host.inbox(cadre).len(), told.to), (1, Reach::Role(cunshi_sdk::contract::manifest::Who::Cadre)));
    }
    for number in 0..60 {
        v.report(&v.lin, &format!("第{number}盏灯不亮"), "roads");
    }
    v.host.set_now(at(9, 20, 9, 0));
    v.host.job(Issues::raise_overdue).unwrap();
    let told = titles(&v, &chen);
    assert_eq!(told[1..], ["有 50 件事刚超期，请尽快办", "有 10 件事刚超期，请尽快办"]);
    assert!(titles(&v, &v.lin).iter().all(|title| !title.contains("超期")));
}
