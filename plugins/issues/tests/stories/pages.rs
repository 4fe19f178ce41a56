//! Pages as their readers meet them: in both languages, within the limits of a view tree.

use cunshi_plugin_issues::domain::category::CATEGORIES;
use cunshi_plugin_issues::{BoardParams, Issues, NewParams, Plugin, StatsParams};
use cunshi_sdk::Lang;
use cunshi_sdk::contract::view::{MAX_BYTES, MAX_NODES};
use cunshi_sdk::prelude::{Person, Tone, Value, View};

use crate::village::{Village, at, chengjia, text, tianfu};

fn board(v: &Village, who: Option<&Person>, params: BoardParams) -> View {
    v.read(who, |cx| Issues::board(cx, params)).unwrap()
}

fn show(what: &str) -> BoardParams {
    BoardParams { show: what.into(), ..BoardParams::default() }
}

fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn the_board_filters_searches_and_pages() {
    let v = tianfu();
    let lamp = v.report(&v.lin, "三组路灯不亮", "roads");
    v.report(&v.lin, "井水发黄", "water");
    v.accept(&lamp, "simple").unwrap();
    v.close(&lamp, "好了").unwrap();
    let all = text(&board(&v, None, show("all")));
    for words in ["三组路灯不亮", "井水发黄", "正在办 1", "已办结 1", "已超期 0", "我要说事"] {
        assert!(all.contains(words), "{words}");
    }
    let only = |params| {
        let page = text(&board(&v, None, params));
        (page.contains("三组路灯不亮"), page.contains("井水发黄"))
    };
    assert_eq!(only(show("open")), (false, true));
    assert_eq!(only(show("closed")), (true, false));
    assert_eq!(only(show("overdue")), (false, false));
    assert_eq!(only(BoardParams { category: Some("water".into()), ..show("all") }), (false, true));
    assert_eq!(only(BoardParams { category: Some("water".into()), ..show("closed") }), (false, false));
    assert_eq!(only(BoardParams { q: Some("路灯".into()), ..show("all") }), (true, false));
    assert_eq!(only(BoardParams { q: Some("2026-2".into()), ..show("all") }), (false, true), "by its number");
    for n in 0..30 {
        v.report(&v.wang, &format!("事项 {n}"), "other");
    }
    let json = cunshi_sdk::serde_json::to_value(board(&v, None, show("all"))).unwrap();
    let cursor = json.pointer("/body/4/body/0/next/params/cursor").and_then(Value::as_str).map(str::to_owned);
    assert!(cursor.is_some(), "{json}");
    assert!(text(&board(&v, None, BoardParams { cursor, ..show("all") })).contains("井水发黄"));
    let mine = text(&board(&v, Some(&v.lin), show("mine")));
    assert!(mine.contains("井水发黄") && !mine.contains("事项 3"));
}

#[test]
fn the_office_gets_a_table_and_names() {
    let v = tianfu();
    v.report(&v.lin, "三组路灯不亮", "roads");
    let desk = text(&board(&v, Some(&v.jian), show("all")));
    assert!(desk.contains(r#""node":"table""#) && desk.contains("林秀英") && desk.contains("数字"));
    assert!(!desk.contains("下级超期事项"), "a village has nothing below");
    let town = chengjia();
    assert!(text(&board(&town, Some(&town.jian), show("all"))).contains("下级超期事项"));
    let seen = text(&board(&v, Some(&v.wang), show("all")));
    assert!(!seen.contains("林秀英") && !seen.contains("数字"));
}

#[test]
fn english_readers_read_english() {
    let v = tianfu();
    v.host.speak(Lang::En);
    v.host.place("community", "Tianfu", Some("Chengjia"));
    let (ann, secretary) = (v.host.member("Ann Lin"), v.host.cadre("Mr Jian"));
    let case = v.report(&ann, "The fig tree is dangerous", "safety");
    let page = v.case_page(Some(&v.wang), &case).unwrap();
    assert!(page.contains("No. 2026-0001 · Public safety · reported by A**"), "{page}");
    assert!(page.contains("Next: the community accepts it"), "{page}");
    for (who, about) in [(Some(&ann), "reporter"), (None, "visitor"), (Some(&secretary), "cadre")] {
        let own = v.case_page(who, &case).unwrap();
        let templates = own.find("\"templates\"").unwrap_or(own.len());
        assert!(!has_chinese(&own[..templates]), "{about}: {own}");
    }
    assert!(!has_chinese(&text(&v.read(Some(&ann), |cx| Issues::new(cx, NewParams::default())).unwrap())));
    assert!(!has_chinese(&text(&v.read(None, Issues::door).unwrap())));
    assert!(!has_chinese(&text(&board(&v, Some(&ann), show("mine")))));
    let stats = v.read(Some(&secretary), |cx| Issues::stats(cx, StatsParams { period: "year".into() })).unwrap();
    assert!(!has_chinese(&text(&stats)));
}

#[test]
fn the_door_is_green_and_says_who_answers() {
    let v = tianfu();
    let door = text(&v.read(None, Issues::door).unwrap());
    assert!(door.contains("拍照、说清楚，社区来办") && door.contains(r#""primary":true"#), "{door}");
}

#[test]
fn each_state_has_its_forms_and_the_likeliest_stands_open() {
    let v = tianfu();
    let case = v.report(&v.lin, "路灯不亮", "roads");
    let open = |v: &Village| -> Vec<String> {
        let params = cunshi_plugin_issues::CaseParams { id: case.clone() };
        let page = v.read(Some(&v.jian), |cx| Issues::case(cx, params)).unwrap();
        let page = cunshi_sdk::serde_json::to_value(page).unwrap();
        let mut found = Vec::new();
        forms(&page, &mut found);
        found
    };
    assert_eq!(open(&v), ["accept", "(answer)", "(decline)", "(merge)", "(note)", "(hide)"]);
    v.accept(&case, "simple").unwrap();
    assert_eq!(
        open(&v),
        ["progress", "(close)", "(answer)", "(refer)", "(extend)", "(decline)", "(merge)", "(note)", "(hide)"]
    );
    v.progress(&case, "去看了").unwrap();
    assert_eq!(open(&v)[..2], ["close", "(progress)"]);
    v.answer(&case, "明天换灯").unwrap();
    v.refer(&case, "归镇上管").unwrap();
    assert_eq!(open(&v), ["(answer)", "(extend)", "(note)", "(hide)"]);
}

/// Names of forms on a page, in brackets where they are folded.
fn forms(value: &Value, found: &mut Vec<String>) {
    if value["node"] == "form" {
        let name = value["action"].as_str().unwrap();
        found.push(if value["folded"] == true { format!("({name})") } else { name.to_owned() });
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| forms(item, found)),
        Value::Object(fields) => fields.values().for_each(|item| forms(item, found)),
        _ => {}
    }
}

#[test]
fn templates_are_at_most_ten_lines() {
    let v = tianfu();
    let case = v.report(&v.lin, "路灯不亮", "roads");
    let lines: Vec<String> = (1..=12).map(|n| format!("答复{n}号")).collect();
    v.host.set("templates", lines.join("\n\n"));
    let page = v.case_page(Some(&v.jian), &case).unwrap();
    assert!(page.contains("答复1号") && page.contains("答复10号") && !page.contains("答复11号"));
}

#[test]
fn a_long_story_stays_within_the_limits_of_a_page() {
    let v = tianfu();
    let long = "很长的标题".repeat(16);
    let case = v.report(&v.lin, &long, "other");
    v.accept(&case, "complex").unwrap();
    for _ in 0..60 {
        v.progress(&case, &"又去看了一次。".repeat(20)).unwrap();
    }
    let page = v.case_page(None, &case).unwrap();
    assert!(page.len() < MAX_BYTES && page.matches("\"node\"").count() < MAX_NODES);
    let home = text(&v.read(None, Issues::home).unwrap());
    assert!(!home.contains(&long) && home.contains('…'), "long titles are cut in lists");
}

#[test]
fn time_left_is_told_in_working_days() {
    let v = tianfu();
    let case = v.report(&v.lin, "路灯不亮", "roads");
    v.accept(&case, "simple").unwrap();
    let card = || v.read(None, Issues::home).unwrap();
    assert!(text(&card()).contains("还剩 3 个工作日"));
    v.host.set_now(at(9, 7, 9, 0));
    assert!(text(&card()).contains("今天到期"));
    assert_eq!(card().fresh_until, Some(at(9, 8, 0, 0)), "the words change at midnight");
    v.host.set_now(at(9, 8, 0, 0));
    let badge = cunshi_plugin_issues::words::badge(&v.case(&case), v.host.now());
    assert_eq!((badge.text.as_str(), badge.tone), ("已超期 1 天", Tone::Late));
}

#[test]
fn every_category_has_its_word() {
    let v = tianfu();
    let listed = v.read(None, Issues::categories).unwrap();
    let values: Vec<&str> = listed.as_array().unwrap().iter().map(|choice| choice["value"].as_str().unwrap()).collect();
    assert_eq!(values, CATEGORIES);
    assert_eq!(listed[0]["label"], "公共安全");
}
