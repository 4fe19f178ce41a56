//! Pages as their readers meet them: in both languages, within the limits of a view tree.

use cunshi_plugin_services::{ApplyParams, DeskParams, MineParams, Plugin, ServiceParams, Services};
use cunshi_sdk::Lang;
use cunshi_sdk::contract::view::{MAX_BYTES, MAX_NODES};
use cunshi_sdk::prelude::Value;

use crate::village::{Village, at, chengjia, text, tianfu};

fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// The forms of a page: `(name)` where folded.
fn forms(page: &str) -> Vec<String> {
    fn walk(value: &Value, found: &mut Vec<String>) {
        if value["node"] == "form" {
            let name = value["action"].as_str().unwrap();
            found.push(if value["folded"] == true { format!("({name})") } else { name.to_owned() });
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
            Value::Object(fields) => fields.values().for_each(|item| walk(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(&cunshi_sdk::serde_json::from_str(page).unwrap(), &mut found);
    found
}

#[test]
fn english_readers_read_english() {
    let v = tianfu();
    v.host.speak(Lang::En);
    v.host.place("community", "Tianfu", Some("Chengjia"));
    let (ann, secretary) = (v.host.member("Ann Lin"), v.host.cadre("Mr Jian"));
    let id = v.try_ask(
        &ann,
        cunshi_plugin_services::AskForm {
            service: "old-age".into(),
            purpose: "For my mother".into(),
            ..Default::default()
        },
    );
    let id = id.unwrap().subject.unwrap();
    let form = cunshi_plugin_services::AcceptForm { request: id.clone(), ..Default::default() };
    v.host.as_(&secretary).act(|cx| Services::accept(cx, form)).unwrap();
    let read = |who, page: fn(&cunshi_sdk::Read) -> cunshi_sdk::Result<cunshi_sdk::prelude::View>| {
        text(&v.read(who, page).unwrap())
    };
    let desk = DeskParams { show: "work".into(), ..DeskParams::default() };
    let pages = [
        read(None, Services::catalogue),
        read(None, Services::not_here),
        read(None, Services::home),
        read(None, Services::door),
        read(Some(&ann), Services::my_card),
        read(Some(&v.he), Services::offers),
        text(&v.read(None, |cx| Services::service(cx, ServiceParams { id: "old-age".into() })).unwrap()),
        text(&v.read(Some(&ann), |cx| Services::apply(cx, ApplyParams { id: "seal".into() })).unwrap()),
        text(&v.read(Some(&ann), |cx| Services::mine(cx, MineParams::default())).unwrap()),
        text(&v.read(Some(&secretary), |cx| Services::desk(cx, desk)).unwrap()),
        v.track(Some(&ann), &id).unwrap(),
        v.track(Some(&v.chen), &id).unwrap(),
    ];
    for page in pages {
        assert!(!has_chinese(&page), "{page}");
    }
    let message = v.host.inbox(&ann).remove(0);
    assert_eq!(message.title.en, "Your “Old-age allowance” has been accepted");
    assert_eq!(message.title.zh, "您的“高龄津贴申请”已受理", "a message is in both languages, whoever sends it");
}

#[test]
fn the_office_gets_the_form_that_the_state_calls_for() {
    let v = tianfu();
    let id = v.ask(&v.lin, "residence");
    let page = || forms(&v.track(Some(&v.jian), &id).unwrap());
    assert_eq!(page(), ["accept", "(finish)", "(need-more)", "(progress)", "(pass-up)", "(supplement)", "(refuse)"]);
    v.accept(&id).unwrap();
    assert_eq!(page()[0], "finish");
    v.need_more(&id, "户口簿").unwrap();
    assert_eq!(page(), ["(need-more)", "(supplement)", "(refuse)"]);
    assert_eq!(forms(&v.track(Some(&v.lin), &id).unwrap()), ["supplement", "(withdraw)"]);
    v.supplement(&v.lin, &id, "补上了").unwrap();
    v.set_ready(&id);
    assert_eq!(page(), ["hand-over"]);
    let town = v.ask(&v.wang, "subsistence");
    v.accept(&town).unwrap();
    assert_eq!(forms(&v.track(Some(&v.jian), &town).unwrap())[0], "pass-up", "what the town decides is passed first");
    assert!(forms(&v.track(Some(&v.chen), &id).unwrap()).is_empty());
}

#[test]
fn the_home_card_has_what_is_asked_for_most() {
    let v = tianfu();
    let first = text(&v.read(None, Services::home).unwrap());
    assert!(first.contains("居住情况证明") && !first.contains("坝坝宴"), "at first the catalogue's own order: {first}");
    v.ask(&v.lin, "banquet");
    let page = text(&v.read(None, Services::home).unwrap());
    assert!(page.contains("坝坝宴") && page.contains("近一年办过 1 件"), "{page}");
    assert_eq!(page.matches("\"title\"").count(), 4, "the card and three services");
    let door = text(&v.read(None, Services::door).unwrap());
    assert!(door.contains("便民服务") && door.contains("check"));
}

#[test]
fn whoever_asks_twice_is_shown_the_first() {
    let v = tianfu();
    v.ask(&v.lin, "seal");
    let page = text(&v.read(Some(&v.lin), |cx| Services::apply(cx, ApplyParams { id: "seal".into() })).unwrap());
    assert!(page.contains("B2026-0001") && page.contains("不用再申请一次") && forms(&page) == ["ask"], "{page}");
    let fresh = text(&v.read(Some(&v.wang), |cx| Services::apply(cx, ApplyParams { id: "seal".into() })).unwrap());
    assert!(!fresh.contains("B2026-0001"));
}

#[test]
fn my_requests_are_paged_and_empty_pages_say_what_to_do() {
    let v = tianfu();
    let mine = |cursor| v.read(Some(&v.lin), |cx| Services::mine(cx, MineParams { cursor })).unwrap();
    assert!(text(&mine(None)).contains("您还没有申请过"));
    for _ in 0..21 {
        let id = v.ask(&v.lin, "seal");
        v.tell(&id, "好了").unwrap();
    }
    let first = cunshi_sdk::serde_json::to_value(mine(None)).unwrap();
    let cursor = first.pointer("/body/0/body/0/next/params/cursor").and_then(Value::as_str).unwrap();
    let second = text(&mine(Some(cursor.to_owned())));
    assert!(second.contains("B2026-0001") && !second.contains("B2026-0021"), "{second}");
    let desk = DeskParams { show: "work".into(), ..DeskParams::default() };
    let desk = text(&v.read(Some(&v.jian), |cx| Services::desk(cx, desk)).unwrap());
    assert!(desk.contains("都办完了") && desk.contains("已结束 21"));
}

#[test]
fn the_desk_finds_by_number_and_by_name() {
    let v = tianfu();
    v.ask(&v.lin, "seal");
    v.ask(&v.wang, "residence");
    let find = |q: &str| {
        let params = DeskParams { show: "work".into(), q: Some(q.into()), cursor: None };
        let page = text(&v.read(Some(&v.jian), |cx| Services::desk(cx, params)).unwrap());
        (page.contains("B2026-0001"), page.contains("B2026-0002"))
    };
    assert_eq!(find("b2026 1"), (true, false));
    assert_eq!(find("王大山"), (false, true));
    let none = DeskParams { show: "work".into(), q: Some("2026-99".into()), cursor: None };
    assert!(text(&v.read(Some(&v.jian), |cx| Services::desk(cx, none)).unwrap()).contains("没有找到"));
}

#[test]
fn a_long_story_stays_within_the_limits_of_a_page() {
    let v = tianfu();
    let id = v.ask(&v.lin, "hardship");
    for _ in 0..60 {
        v.progress(&id, &"又去看了一次。".repeat(20)).unwrap();
    }
    let page = v.track(Some(&v.lin), &id).unwrap();
    assert!(page.len() < MAX_BYTES && page.matches("\"node\"").count() < MAX_NODES);
}

#[test]
fn time_left_is_told_in_working_days() {
    let v = tianfu();
    v.ask(&v.lin, "hardship");
    let card = || v.read(Some(&v.lin), Services::my_card).unwrap();
    assert!(text(&card()).contains("还剩 3 个工作日"));
    v.host.set_now(at(9, 7, 9, 0));
    assert!(text(&card()).contains("今天到期"));
    assert_eq!(card().fresh_until, Some(at(9, 8, 0, 0)), "the words change at midnight");
    v.host.set_now(at(9, 8, 0, 0));
    assert!(text(&card()).contains("已超期 1 天"));
    assert_eq!(v.todos(&v.jian), ["超期了：家庭经济困难情况证明（B2026-0001）"]);
}

#[test]
fn hours_are_the_villages_where_a_service_has_none() {
    let v: Village = tianfu();
    let page = || text(&v.read(None, |cx| Services::service(cx, ServiceParams { id: "seal".into() })).unwrap());
    assert!(page().contains("工作日 9:00—17:00"));
    v.host.set("hours", "周一三五 8:30—11:30，二组活动室");
    assert!(page().contains("二组活动室"));
    let town = chengjia();
    let page = text(&town.read(None, Services::catalogue).unwrap());
    assert!(page.contains("高龄津贴申请") && !page.contains("材料盖章"), "{page}");
}
