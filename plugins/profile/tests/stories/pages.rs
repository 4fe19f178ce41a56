//! Pages in both languages, in every kind of space, with the forms that fit the reader.

use cunshi_plugin_profile::{
    AlbumsParams, AskPageParams, BoardParams, ChronicleParams, HoursParams, MineParams, Plugin, Profile,
    WriteIntroductionForm,
};
use cunshi_sdk::Lang;
use cunshi_sdk::prelude::Person;

use crate::village::{Village, tianfu};

fn all(v: &Village, who: Option<&Person>) -> String {
    let mut pages = vec![
        v.see(who, Profile::front),
        v.see(who, Profile::door),
        v.see(who, Profile::home),
        v.see(who, |cx| Profile::albums(cx, AlbumsParams::default())),
        v.see(who, |cx| Profile::chronicle(cx, ChronicleParams::default())),
        v.see(who, |cx| Profile::hours(cx, HoursParams::default())),
        v.see(who, |cx| Profile::board(cx, BoardParams { show: "answered".into(), cursor: None })),
    ];
    if who.is_some() {
        pages.push(v.see(who, |cx| Profile::ask_page(cx, AskPageParams::default())));
        pages.push(v.see(who, |cx| Profile::mine(cx, MineParams::default())));
        pages.push(v.see(who, Profile::my_card));
    }
    pages.concat()
}

fn is_chinese(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

#[test]
fn english_pages_have_no_chinese_but_names() {
    let v = tianfu();
    v.host.place("village", "Tianfu", Some("Chengjia"));
    v.host.speak(Lang::En);
    for who in [None, Some(&v.lin), Some(&v.jian)] {
        let pages = all(&v, who);
        let foreign: String = pages.chars().filter(|letter| is_chinese(*letter)).collect();
        assert!(foreign.is_empty(), "{foreign}");
    }
    let edit = v.see(Some(&v.jian), Profile::edit) + &v.see(Some(&v.jian), Profile::duty_desk);
    assert!(!edit.chars().any(is_chinese), "{edit}");
    assert!(edit.contains("Introduction and committee"));
}

#[test]
fn an_english_reader_finds_a_session_with_its_day_and_turns() {
    let v = tianfu();
    let session = v.announce();
    v.host.speak(Lang::En);
    let page = v.session_page(Some(&v.lin), &session);
    assert!(page.contains("Fri 11 Sep, 09:00–11:00") && page.contains("4 turns left"), "{page}");
    let said = v.book(&v.lin, &session).unwrap().say.unwrap();
    assert_eq!(said, "Booked: turn 1, at about 09:00, 村委会二楼.");
}

#[test]
fn only_whoever_may_is_offered_a_form() {
    let v = tianfu();
    let office = ["record-milestone", "add-album", "announce", "\"edit\""];
    let (villager, cadre, admin) = (all(&v, Some(&v.lin)), all(&v, Some(&v.liu)), all(&v, Some(&v.jian)));
    for form in office {
        assert!(!all(&v, None).contains(form) && !villager.contains(form), "{form}");
        assert!(admin.contains(form), "{form}");
        assert_eq!(cadre.contains(form), form != "\"edit\"", "{form}");
    }
    assert!(villager.contains("\"ask\""));
}

#[test]
fn a_town_and_the_district_have_their_own() {
    let v = tianfu();
    for (kind, name) in [("town", "成佳镇"), ("district", "贡井区")] {
        v.host.place(kind, name, None);
        assert!(v.see(None, Profile::front).contains(&format!("走进{name}")));
    }
}

#[test]
fn an_admin_is_asked_for_an_introduction_until_there_is_one() {
    let v = tianfu();
    let asked =
        |who: &Person| v.read(Some(who), Profile::todos).unwrap().iter().any(|todo| todo.title.contains("介绍"));
    assert!(asked(&v.jian) && !asked(&v.liu));
    let form = WriteIntroductionForm { seen: None, text: "介绍".into(), photos: Vec::new() };
    v.host.as_(&v.jian).act(|cx| Profile::write_introduction(cx, form)).unwrap();
    assert!(!asked(&v.jian));
}

#[test]
fn the_profile_is_told_as_json() {
    let v = tianfu();
    let form = WriteIntroductionForm { seen: None, text: "介绍".into(), photos: Vec::new() };
    v.host.as_(&v.jian).act(|cx| Profile::write_introduction(cx, form)).unwrap();
    let told = v.read(None, Profile::profile).unwrap();
    assert_eq!((told["text"].as_str(), told["changed"]["by"].as_str()), (Some("介绍"), Some("简书记")));
}
