//! What people see: the board, the desk, the cards, in both languages and within the limits of a page.

use cunshi_plugin_disclosure::{
    AskAboutParams, BelowParams, BoardParams, CalendarParams, DisclosuresParams, DraftForm, OpenAffairs, Plugin,
    QuestionsParams, WriteParams,
};
use cunshi_sdk::Lang;
use cunshi_sdk::contract::view::{MAX_BYTES, MAX_NODES};
use cunshi_sdk::prelude::{Person, Read, Result, Value, View};

use crate::village::{Village, at, chengjia, gongjing, text, tianfu, words_for};

fn board(v: &Village, who: Option<&Person>, affairs: &str, q: Option<&str>) -> String {
    let params = BoardParams { affairs: affairs.into(), q: q.map(str::to_owned), cursor: None };
    text(&v.read(who, |cx| OpenAffairs::board(cx, params)).unwrap())
}

fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

fn other(title: &str, affairs: &str) -> DraftForm {
    DraftForm { title: Some(title.into()), affairs: Some(affairs.into()), ..words_for("other") }
}

#[test]
fn the_board_is_filtered_searched_and_paged() {
    let v = tianfu();
    assert!(board(&v, None, "all", None).contains("这里还没有公开的内容"));
    for n in 0..25 {
        v.publish(other(&format!("第{n}号公示"), "village"));
    }
    v.publish(other("支部党员大会", "party"));
    assert!(board(&v, None, "party", None).contains("支部党员大会"));
    assert!(!board(&v, None, "finance", None).contains("支部党员大会"));
    assert!(board(&v, None, "all", Some("党员")).contains("支部党员大会"));
    assert!(board(&v, None, "all", Some("没有这样的")).contains("没有找到"));
    let params = DisclosuresParams { affairs: "village".into(), limit: 20, ..DisclosuresParams::default() };
    let json = v.read(None, |cx| OpenAffairs::disclosures(cx, params)).unwrap();
    assert_eq!(json["disclosures"].as_array().map(Vec::len), Some(20));
    assert!(json["next"].is_string());
    assert!(board(&v, None, "all", None).contains(r#""cursor""#));
}

#[test]
fn everybody_gets_the_doors_that_are_theirs() {
    let v = tianfu();
    let visitor = board(&v, None, "all", None);
    assert!(!visitor.contains(r#""page":"ask-about""#));
    assert!(!visitor.contains("写一份公开") && !visitor.contains("公开工作台"));
    let villager = board(&v, Some(&v.lin), "all", None);
    assert!(villager.contains(r#""page":"ask-about""#) && !villager.contains(r#""page":"write""#));
    assert!(board(&v, Some(&v.jian), "all", None).contains(r#""page":"write""#));
    let supervisor = board(&v, Some(&v.zhou), "all", None);
    assert!(supervisor.contains(r#""page":"desk""#) && !supervisor.contains(r#""page":"write""#));
    for above in [chengjia(), gongjing()] {
        let officer = board(&above, Some(&above.jian), "all", None);
        assert!(officer.contains(r#""page":"below""#), "{officer}");
        assert!(!board(&above, None, "all", None).contains(r#""page":"below""#));
    }
}

#[test]
fn the_home_shows_the_newest_of_each_affairs() {
    let v = tianfu();
    let home = || text(&v.read(None, OpenAffairs::home).unwrap());
    assert!(home().contains("还没有公开的内容"));
    v.publish(other("旧的村务", "village"));
    v.host.advance(1);
    v.publish(other("新的村务", "village"));
    v.publish(other("党员大会", "party"));
    v.draft(other("还在写", "finance")).unwrap();
    let card = home();
    assert!(card.contains("新的村务") && card.contains("党员大会"), "{card}");
    assert!(!card.contains("旧的村务") && !card.contains("还在写"), "{card}");
    let office = text(&v.read(Some(&v.jian), OpenAffairs::home).unwrap());
    assert!(!office.contains("还在写"), "not on the page in everybody's sight");
    let door = text(&v.read(None, OpenAffairs::door).unwrap());
    assert!(door.contains("三务公开") && door.contains(r#""icon":"book""#));
}

#[test]
fn the_desk_lists_what_is_to_sign_to_write_and_to_answer() {
    let v = tianfu();
    let desk = |who: &Person| text(&v.read(Some(who), OpenAffairs::desk).unwrap());
    assert!(desk(&v.zhou).contains("没有等审签的") && desk(&v.jian).contains("没有草稿"));
    v.draft(DraftForm { submit: true, ..other("等签的", "village") }).unwrap();
    v.draft(other("还在写", "village")).unwrap();
    v.ask(&v.lin, None, "鱼塘租金呢？");
    let office = desk(&v.jian);
    for words in ["等签的", "还在写", "鱼塘租金", "2026年9月 财务收支", "林秀英"] {
        assert!(office.contains(words), "{words}: {office}");
    }
    let supervisors = desk(&v.zhou);
    assert!(supervisors.contains("等签的") && !supervisors.contains("林秀英"), "{supervisors}");
}

#[test]
fn english_readers_read_english() {
    let v = tianfu();
    v.host.speak(Lang::En);
    v.host.place("community", "Tianfu", Some("Chengjia"));
    let people = [v.host.member("Ann Lin"), v.host.cadre("Mr Jian"), v.host.supervisor("Ms Zhou")];
    let [ann, jian, zhou] = &people;
    let rows = Some("Lights | | 860.50 | August".to_owned());
    let form = DraftForm {
        duty: "finance/2026-09".into(),
        text: Some("As follows.".into()),
        opening: Some(86_050),
        rows,
        closing: Some(0),
        submit: true,
        ..DraftForm::default()
    };
    let id = v.host.as_(jian).act(|cx| OpenAffairs::draft(cx, form)).unwrap().subject.unwrap();
    v.sign(zhou, &id).unwrap();
    let question = v.ask(ann, Some(&id), "Why so much?");
    v.host.set_now(at(10, 20, 9, 0));
    v.clock();
    let mut seen = Vec::new();
    for who in [None, Some(ann), Some(jian), Some(zhou)] {
        seen.push(v.paper_page(who, &id).unwrap());
        seen.push(v.question_page(who, &question).unwrap());
        seen.push(board(&v, who, "all", None));
        let pages: [fn(&Read) -> Result<View>; 5] =
            [OpenAffairs::home, OpenAffairs::door, OpenAffairs::items, OpenAffairs::desk, |cx| {
                OpenAffairs::calendar(cx, CalendarParams::default())
            }];
        for page in pages {
            seen.push(text(&v.read(who, page).unwrap()));
        }
        seen.push(text(&v.read(who, |cx| OpenAffairs::write(cx, WriteParams::default())).unwrap()));
        seen.push(text(&v.read(who, |cx| OpenAffairs::ask_about(cx, AskAboutParams::default())).unwrap()));
        let params = QuestionsParams { show: "all".into(), cursor: None };
        seen.push(text(&v.read(who, |cx| OpenAffairs::questions(cx, params)).unwrap()));
    }
    for page in seen {
        assert!(!has_chinese(&page), "{page}");
    }
    let page = v.paper_page(None, &id).unwrap();
    assert!(page.contains("Income and expenses, Sep 2026") && page.contains("Signed by (supervisor)"), "{page}");
    assert!(board(&v, None, "all", None).contains("Should be public and is not"));
    let calendar = text(&v.read(None, |cx| OpenAffairs::calendar(cx, CalendarParams::default())).unwrap());
    assert!(calendar.contains(r#""Jan","Feb""#) && calendar.contains("Overdue"), "{calendar}");
    let message = v.host.inbox(jian).pop().unwrap();
    assert_eq!(message.title.en, "Signed and published: Income and expenses, Sep 2026");
}

#[test]
fn the_longest_disclosure_stays_within_the_limits_of_a_page() {
    let v = tianfu();
    let note = "备".repeat(80);
    let rows: Vec<String> = (0..120).map(|n| format!("第{n}笔{} | 1 | | {note}", "项".repeat(70))).collect();
    let form = DraftForm {
        text: Some("很长的正文。".repeat(3_300)),
        opening: Some(0),
        rows: Some(rows.join("\n")),
        closing: Some(12_000),
        ..words_for("finance/2026-09")
    };
    let id = v.publish(form);
    for n in 0..25 {
        v.ask(&v.lin, Some(&id), &format!("{n}{}", "问".repeat(900)));
    }
    let page = v.paper_page(Some(&v.jian), &id).unwrap();
    assert!(page.len() < MAX_BYTES && page.matches("\"node\"").count() < MAX_NODES, "{}", page.len());
}

#[test]
fn pages_that_speak_of_days_are_fresh_until_midnight() {
    let v = tianfu();
    let id = v.publish(words_for("finance/2026-09"));
    let fresh = |page: Value| page["fresh-until"].as_i64();
    let json = |view: View| cunshi_sdk::serde_json::to_value(view).unwrap();
    let midnight = Some(at(9, 3, 0, 0));
    assert_eq!(fresh(json(v.read(None, OpenAffairs::home).unwrap())), midnight);
    assert_eq!(fresh(json(v.read(None, |cx| OpenAffairs::calendar(cx, CalendarParams::default())).unwrap())), midnight);
    let page: Value = cunshi_sdk::serde_json::from_str(&v.paper_page(None, &id).unwrap()).unwrap();
    assert_eq!(fresh(page), midnight);
    let town = chengjia();
    assert_eq!(
        fresh(json(town.read(Some(&town.jian), |cx| OpenAffairs::below(cx, BelowParams::default())).unwrap())),
        midnight
    );
}
