//! Pages in both languages, cards, and to-dos.

use cunshi_plugin_notices::{BoardParams, ChangeParams, DeskParams, Notices, Plugin, WriteForm};
use cunshi_sdk::Lang;
use cunshi_sdk::days::DAY;

use crate::village::{Village, power_cut, space, text, tianfu};

fn board(v: &Village, who: Option<&cunshi_sdk::Person>) -> String {
    let params = BoardParams { show: "current".into(), ..BoardParams::default() };
    text(&v.read(who, |cx| Notices::board(cx, params)).unwrap())
}

fn todos(v: &Village, who: &cunshi_sdk::Person) -> Vec<String> {
    let todos = v.read(Some(who), Notices::todos).unwrap();
    todos.into_iter().map(|todo| todo.title).collect()
}

#[test]
fn the_board_speaks_both_languages() {
    let v = tianfu();
    assert!(board(&v, None).contains("现在没有通知"));
    v.write(WriteForm { kind: "policy".into(), ..power_cut() });
    let page = board(&v, None);
    assert!(page.contains("惠农政策") && page.contains("找一条通知") && !page.contains("写通知"), "{page}");
    assert!(board(&v, Some(&v.jian)).contains("写通知"));
    v.host.speak(Lang::En);
    let page = board(&v, None);
    assert!(page.contains("Farm policy") && page.contains("Find a notice"), "{page}");
    assert!(board(&v, Some(&v.jian)).contains("Write a notice"));
}

#[test]
fn the_page_of_a_notice_speaks_both_languages() {
    let v = tianfu();
    let notice = v.write(WriteForm { until: Some("2026-09-05".into()), acknowledge: true, ..power_cut() });
    let page = v.page(Some(&v.jian), &notice).unwrap();
    for words in
        ["有效到", "发到的人", "还没确认的人", "代为确认", "更正", r#""action":"withdraw""#, r#""action":"pin""#]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    v.host.speak(Lang::En);
    let page = v.page(Some(&v.lin), &notice).unwrap();
    assert!(page.contains("Valid until") && page.contains("please press here"), "{page}");
    v.withdraw(&notice).unwrap();
    assert!(v.page(Some(&v.lin), &notice).unwrap().contains("This notice was withdrawn"));
}

#[test]
fn pinned_notices_stand_first_and_once() {
    let v = tianfu();
    let first = v.write(power_cut());
    let second = v.write(WriteForm { title: "第二条".into(), ..power_cut() });
    v.pin(&first).unwrap();
    let page = board(&v, None);
    assert_eq!(page.matches(&first).count(), 1);
    assert!(page.find(&first) < page.find(&second), "{page}");
    let home = text(&v.read(None, Notices::home).unwrap());
    assert!(home.find(&first) < home.find(&second) && home.matches(&first).count() == 1, "{home}");
}

#[test]
fn my_card_has_what_waits_for_me_and_what_is_for_my_household() {
    let v = tianfu();
    let mine = || text(&v.read(Some(&v.lin), Notices::mine).unwrap());
    assert!(mine().contains("没有等您确认的通知"));
    let asking = v.write_asking();
    let own = v.write_for_household(&v.lins);
    let page = mine();
    assert!(page.contains(&asking) && page.contains(&own) && page.contains("请您确认"), "{page}");
    v.acknowledge(&v.lin, &asking).unwrap();
    assert!(!mine().contains(&asking));
}

#[test]
fn drafts_and_few_readers_are_the_offices_to_do_and_acknowledging_the_villagers() {
    let v = tianfu();
    v.write(WriteForm { release: "draft".into(), title: "选举".into(), ..power_cut() });
    let asking = v.write_asking();
    v.count_readers();
    assert_eq!(todos(&v, &v.lin), ["请确认知晓：周六上午停电"]);
    let office = todos(&v, &v.jian);
    assert!(office.contains(&"草稿还没发：选举".to_owned()) && office.len() == 2, "{office:?}");
    v.host.advance(4 * DAY);
    assert!(todos(&v, &v.jian).contains(&"才 0% 的人看过：周六上午停电".to_owned()));
    for person in [&v.lin, &v.wang] {
        v.acknowledge(person, &asking).unwrap();
    }
    v.count_readers();
    assert!(todos(&v, &v.jian).contains(&"还有 2 人没确认：周六上午停电".to_owned()));
    v.host.set("low_percent", 80);
    assert!(todos(&v, &v.jian).contains(&"才 50% 的人看过：周六上午停电".to_owned()));
    assert!(todos(&v, &v.lin).is_empty());
    assert!(v.read(None, Notices::todos).unwrap().is_empty());
}

#[test]
fn the_desk_lists_by_state_and_the_forms_begin_with_what_is_there() {
    let v = tianfu();
    let draft = v.write(WriteForm { release: "draft".into(), until: Some("2026-09-05".into()), ..power_cut() });
    let desk = |show: &str| {
        let params = DeskParams { show: show.into(), cursor: None };
        text(&v.read(Some(&v.jian), |cx| Notices::desk(cx, params)).unwrap())
    };
    let change =
        |id: &str| text(&v.read(Some(&v.jian), |cx| Notices::change(cx, ChangeParams { id: id.into() })).unwrap());
    assert!(desk("draft").contains(&draft) && desk("published").contains("还没有发过通知"));
    let form = change(&draft);
    assert!(form.contains("\"until\":\"2026-09-05\"") && form.contains("\"action\":\"edit\""), "{form}");
    v.publish(&draft).unwrap();
    assert!(desk("published").contains(&draft) && change(&draft).contains("\"action\":\"correct\""));
    v.withdraw(&draft).unwrap();
    assert!(desk("withdrawn").contains(&draft) && change(&draft).contains("已经撤回"));
}

#[test]
fn a_town_says_that_its_villages_get_it_and_the_groups_are_offered_with_their_size() {
    let town = space("town", "成佳镇", Some("贡井区"));
    let new = text(&town.read(Some(&town.jian), Notices::new).unwrap());
    assert!(new.contains("下面每个村"), "{new}");
    assert!(text(&town.read(None, Notices::door).unwrap()).contains("发给各村的通知"));
    let v = tianfu();
    let groups = v.read(Some(&v.jian), Notices::groups).unwrap();
    assert_eq!(groups[1]["value"], "三组");
    assert_eq!(groups[1]["label"], "三组（2 人）");
    assert_eq!(groups[0]["label"], "一组（1 人）");
}
