//! An old-age allowance that the town decides: passed up, decided in 成佳镇, and back. The host carries the events; here
//! the tests do.

use cunshi_plugin_services::domain::{Request, State};
use cunshi_plugin_services::{AskForm, ChangeServiceForm, FinishForm, Plugin, Services, WithdrawForm};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::{Doc, Event, Send};

use crate::village::{Village, at, chengjia, form, tianfu};

/// An event as the host delivers it in another space.
fn arrive(there: &Village, sent: &Send, from: &str, from_name: &str) -> Event {
    let event = there.host.event(&sent.name, &sent.subject, sent.payload.clone());
    Event { from: from.to_owned(), from_name: Some(from_name.to_owned()), ..event }
}

fn up(sent: &Send, to: &Village) -> Event {
    let event = arrive(to, sent, "below", "天府社区");
    to.host.system().act(|cx| Services::hear_request_passed(cx, event.clone())).unwrap();
    event
}

fn down(sent: &Send, to: &Village) {
    let event = arrive(to, sent, "above", "成佳镇");
    to.host.system().act(|cx| Services::hear_request_answered(cx, event)).unwrap();
}

fn last(v: &Village) -> Send {
    v.host.sent().pop().unwrap()
}

fn only(v: &Village) -> Doc<Request> {
    let mut all = v.host.all::<Request>().unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn allowance(v: &Village) -> String {
    let photo = v.host.upload(&v.lin, "id.jpg");
    let wish = AskForm { id_number: Some("510303194001011234".into()), photos: vec![photo], ..form("old-age") };
    v.try_ask(&v.lin, wish).unwrap().subject.unwrap()
}

#[test]
fn the_town_decides_and_the_villager_keeps_one_place_to_look() {
    let (v, town) = (tianfu(), chengjia());
    let id = allowance(&v);
    v.pass_up(&id, "材料已核对，请审批", true).unwrap();
    let passed = last(&v);
    assert_eq!((passed.name.as_str(), passed.subject.as_str()), ("services.request-passed/1", id.as_str()));
    assert!(!passed.payload.to_string().contains(&v.lin.id), "no id of a person leaves the village");
    let page = v.track(Some(&v.lin), &id).unwrap();
    assert!(page.contains("交到成佳镇办理，连同申请人姓名和填写的内容"), "{page}");
    assert_eq!(v.inbox(&v.lin), ["您的“高龄津贴申请”已交到成佳镇"]);

    let event = up(&passed, &town);
    let theirs = only(&town);
    assert_eq!((theirs.state, theirs.asker.as_deref(), theirs.number.as_str()), (State::Received, None, "B2026-0001"));
    assert_eq!(town.inbox(&town.jian), ["新申请：高龄津贴申请（B2026-0001）"]);
    let desk = town.track(Some(&town.jian), &theirs.id).unwrap();
    for words in ["林秀英（天府社区）", "510303194001011234", "天府社区交来", "材料已核对，请审批", "村里有 1 张照片"]
    {
        assert!(desk.contains(words), "{words}: {desk}");
    }
    assert!(!desk.contains("\"pass-up\""), "the town has nobody above for this");
    assert_eq!(town.pass_up(&theirs.id, "区里办", false), Err(Error::conflict("上面没有可以交办的镇街。")));

    town.accept(&theirs.id).unwrap();
    let answered = last(&town);
    assert_eq!(
        (answered.name.as_str(), answered.answers.as_deref()),
        ("services.request-answered/1", Some(event.id.as_str()))
    );
    down(&answered, &v);
    let page = v.track(Some(&v.lin), &id).unwrap();
    assert!(page.contains("成佳镇受理") && page.contains("限期 9月16日") && page.contains("在成佳镇办理"), "{page}");
    assert_eq!(v.tell(&id, "好了"), Err(Error::conflict("这件申请现在在镇上，要等镇上交回。有急事请打村委会电话。")));
    let withdraw = WithdrawForm { request: id.clone(), text: None };
    assert!(v.host.as_(&v.lin).act(|cx| Services::withdraw(cx, withdraw)).is_err());

    let file = FinishForm { request: theirs.id.clone(), how: "pickup".into(), ..FinishForm::default() };
    assert!(matches!(town.finish(file), Err(Error::Invalid(fields)) if fields[0].field == "how"));
    let silent = FinishForm { request: theirs.id.clone(), how: "told".into(), ..FinishForm::default() };
    assert!(matches!(town.finish(silent), Err(Error::Invalid(fields)) if fields[0].field == "text"));
    v.host.set_now(at(9, 10, 9, 0));
    town.tell(&theirs.id, "已批准，10 月起每月发放").unwrap();
    down(&last(&town), &v);
    let request = v.request(&id);
    assert!(request.is_returned());
    assert_eq!(request.due_at, at(9, 15, 0, 0) - 1, "two working days to finish it");
    assert_eq!(v.todos(&v.jian), ["成佳镇交回，请办结：高龄津贴申请（B2026-0001）"]);
    let desk = v.track(Some(&v.jian), &id).unwrap();
    assert!(desk.contains("成佳镇已经办完") && desk.contains("已批准，10 月起每月发放"), "{desk}");
    v.tell(&id, "批下来了，10 月起发到卡上").unwrap();
    v.rate(&v.lin, &id, 5, "").unwrap();
    assert_eq!(v.state(&id), State::Done);
}

#[test]
fn names_and_details_stay_in_the_village_unless_the_cadre_passes_them() {
    let (v, town) = (tianfu(), chengjia());
    let id = allowance(&v);
    v.pass_up(&id, "请先看能不能办", false).unwrap();
    let told = last(&v).payload.to_string();
    assert!(!told.contains("林秀英") && !told.contains("510303194001011234") && !told.contains("报名"), "{told}");
    up(&last(&v), &town);
    let desk = town.track(Some(&town.jian), &only(&town).id).unwrap();
    assert!(desk.contains("天府社区") && !desk.contains("林秀英"), "{desk}");
}

#[test]
fn the_town_misses_a_paper_and_the_village_passes_it_again() {
    let (v, town) = (tianfu(), chengjia());
    let id = allowance(&v);
    v.pass_up(&id, "请审批", true).unwrap();
    up(&last(&v), &town);
    let theirs = only(&town).id.clone();
    town.need_more(&theirs, "缺近期照片").unwrap();
    down(&last(&town), &v);
    assert_eq!(v.state(&id), State::Lacking);
    assert!(v.track(Some(&v.lin), &id).unwrap().contains("还缺：缺近期照片"));
    assert_eq!(v.inbox(&v.lin).last().unwrap(), "您的“高龄津贴申请”还缺材料");
    v.supplement(&v.lin, &id, "照片补上了").unwrap();
    assert_eq!(v.state(&id), State::Handling);
    v.pass_up(&id, "照片已补", true).unwrap();
    up(&last(&v), &town);
    assert_eq!(only(&town).state, State::Received, "the same request goes on there");
    assert!(town.track(Some(&town.jian), &theirs).unwrap().contains("照片已补"));
    assert_eq!(town.todos(&town.jian), ["材料补上了：高龄津贴申请（B2026-0001）"]);
}

#[test]
fn what_ends_in_the_village_is_not_waited_for_in_the_town() {
    let (v, town) = (tianfu(), chengjia());
    let id = allowance(&v);
    v.pass_up(&id, "请审批", false).unwrap();
    up(&last(&v), &town);
    town.need_more(&only(&town).id, "缺照片").unwrap();
    down(&last(&town), &v);
    let form = WithdrawForm { request: id.clone(), text: None };
    v.host.as_(&v.lin).act(|cx| Services::withdraw(cx, form)).unwrap();
    let closed = last(&v);
    assert_eq!(closed.name, "services.request-closed/1");
    for _ in 0..2 {
        let event = arrive(&town, &closed, "below", "天府社区");
        town.host.system().act(|cx| Services::hear_request_closed(cx, event)).unwrap();
    }
    assert_eq!(only(&town).state, State::Withdrawn);
}

#[test]
fn what_is_delivered_twice_or_cannot_be_read_changes_nothing() {
    let (v, town) = (tianfu(), chengjia());
    let id = allowance(&v);
    v.pass_up(&id, "请审批", false).unwrap();
    let event = up(&last(&v), &town);
    town.host.system().act(|cx| Services::hear_request_passed(cx, event.clone())).unwrap();
    let theirs = only(&town);
    town.tell(&theirs.id, "已批准").unwrap();
    let answered = last(&town);
    down(&answered, &v);
    let before = v.request(&id);
    down(&answered, &v);
    assert_eq!(v.request(&id), before);
    down(&Send { subject: "no such request".into(), ..answered.clone() }, &v);
    down(&Send { payload: "?".into(), ..answered.clone() }, &v);
    assert!(v.host.log().iter().any(|line| line.contains("cannot be read")));
    let forged = Event { from_plugin: "issues".into(), ..arrive(&v, &answered, "above", "成佳镇") };
    v.host.system().act(|cx| Services::hear_request_answered(cx, forged)).unwrap();
    assert_eq!(v.request(&id), before, "another plugin does not speak for the town");
}

#[test]
fn a_refusal_of_the_town_is_the_villages_to_explain() {
    let (v, town) = (tianfu(), chengjia());
    let id = allowance(&v);
    v.pass_up(&id, "请审批", false).unwrap();
    up(&last(&v), &town);
    town.refuse(&only(&town).id).unwrap();
    down(&last(&town), &v);
    assert_eq!(v.state(&id), State::Handling);
    assert!(v.track(Some(&v.jian), &id).unwrap().contains("成佳镇说不能办"));
    v.pass_up(&id, "再看一次，户口是今年迁来的", false).unwrap();
    up(&last(&v), &town);
    let again = only(&town);
    assert_eq!((again.state, again.ended_at), (State::Received, None));
}

#[test]
fn long_names_do_not_stop_a_message() {
    let v = tianfu();
    let (village, town) = ("天".repeat(30), "镇".repeat(40));
    v.host.place("village", &village, Some(&town));
    let change = ChangeServiceForm {
        service: "old-age".into(),
        title: "津".repeat(30),
        purpose: "养老".into(),
        who: "老人".into(),
        days: 5,
        source: "town".into(),
        result: "pickup".into(),
        ..ChangeServiceForm::default()
    };
    v.host.as_(&v.he).act(|cx| Services::change_service(cx, change)).unwrap();
    let id = v.host.as_(&v.jian).on_behalf_of(&v.lin).act(|cx| Services::ask(cx, form("old-age")));
    let id = id.unwrap().subject.unwrap();
    v.pass_up(&id, "请审批", false).unwrap();
    for kind in ["accepted", "finished"] {
        let told = cunshi_sdk::prelude::json!({ "kind": kind, "office": town, "text": "好" });
        let event = v.host.event("services.request-answered/1", &id, told);
        let event = Event { from: "above".into(), ..event };
        v.host.system().act(|cx| Services::hear_request_answered(cx, event)).unwrap();
    }
    v.set_ready(&id);
    assert_eq!(v.inbox(&v.lin).len(), 5);
}
