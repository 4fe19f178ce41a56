//! What is for a group or for chosen households is nobody else's, by whatever way they look.

use cunshi_plugin_notices::domain::Notice;
use cunshi_plugin_notices::{BoardParams, NoticeParams, Notices, NoticesParams, Plugin, WriteForm};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::Person;

use crate::village::{Village, params, power_cut, text, tianfu};

/// Whether any page, query, card or to-do shows this person (or a visitor) a word of the notice.
fn finds(v: &Village, who: Option<&Person>, notice: &str) -> bool {
    let board =
        |q: Option<&str>| BoardParams { show: "current".into(), q: q.map(str::to_owned), ..BoardParams::default() };
    let search = NoticesParams { q: Some("停电".into()), ..params() };
    let kind = NoticesParams { kind: Some("announcement".into()), ..params() };
    let pages = [
        v.read(who, |cx| Notices::board(cx, board(None))).map(|view| text(&view)).unwrap(),
        v.read(who, |cx| Notices::board(cx, board(Some("停电"))))
            .map(|view| text(&view))
            .unwrap()
            .replace("\"value\":\"停电\"", ""),
        v.read(who, Notices::home).map(|view| text(&view)).unwrap(),
        v.read(who, Notices::mine).map(|view| text(&view)).unwrap(),
    ];
    let todos = v.read(who, Notices::todos).unwrap();
    let found = [
        pages.iter().any(|page| page.contains("停电") || page.contains(notice)),
        v.page(who, notice).is_ok(),
        v.board(who).contains(&notice.to_owned()),
        v.list(who, search).0.contains(&notice.to_owned()),
        v.list(who, kind).0.contains(&notice.to_owned()),
        v.read(who, |cx| Notices::notice(cx, NoticeParams { id: notice.into() })).is_ok(),
        todos.iter().any(|todo| todo.title.contains("停电")),
    ];
    found.contains(&true)
}

#[test]
fn a_group_reads_what_is_for_it_and_others_do_not() {
    let v = tianfu();
    let form = WriteForm { audience: "groups".into(), groups: vec!["三组".into()], acknowledge: true, ..power_cut() };
    let notice = v.write(form);
    v.pin(&notice).unwrap();
    assert!(finds(&v, Some(&v.lin), &notice) && finds(&v, Some(&v.chen), &notice));
    assert!(!finds(&v, Some(&v.wang), &notice));
    assert!(!finds(&v, None, &notice));
    assert!(v.page(Some(&v.lin), &notice).unwrap().contains("三组"));
    assert!(v.page(Some(&v.jian), &notice).is_ok(), "the office reads all");
    assert_eq!((v.host.inbox(&v.lin).len(), v.host.inbox(&v.wang).len()), (1, 0));
}

#[test]
fn a_household_reads_what_is_for_it_and_learns_of_no_other() {
    let v = tianfu();
    let notice = v.write_for_household(&v.lins);
    assert!(finds(&v, Some(&v.lin), &notice));
    for other in [Some(&v.chen), Some(&v.wang), None] {
        assert!(!finds(&v, other, &notice), "{other:?}");
    }
    let page = v.page(Some(&v.lin), &notice).unwrap();
    assert!(page.contains("您家") && !page.contains("1 户") && !page.contains(&v.lins.id), "{page}");
    assert!(!v.host.inbox(&v.lin).is_empty() && v.host.inbox(&v.chen).is_empty());
}

#[test]
fn the_host_itself_keeps_addressed_notices_and_their_files_from_visitors() {
    let v = tianfu();
    let photo = v.host.upload(&v.jian, "list.jpg");
    let household = Some(v.lins.id.clone());
    let form = WriteForm { audience: "households".into(), household, photos: vec![photo.clone()], ..power_cut() };
    let notice = v.write(form);
    let reads = |who| v.read(who, |cx| Ok(cx.data::<Notice>().get(&notice)?.is_some())).unwrap();
    assert!(!reads(None) && reads(Some(&v.lin)));
    let officer = v.host.officer("镇干部");
    assert!(!reads(Some(&officer)) && !finds(&v, Some(&officer), &notice));
    assert!(!v.read(None, |cx| Ok(cx.file(&photo)?.is_some())).unwrap());
}

#[test]
fn nobody_acknowledges_what_is_not_for_them() {
    let v = tianfu();
    let form = WriteForm { audience: "groups".into(), groups: vec!["一组".into()], acknowledge: true, ..power_cut() };
    let notice = v.write(form);
    assert_eq!(v.acknowledge(&v.lin, &notice), Err(Error::Missing));
    let said = Error::denied("这条通知不是发给您的，不用确认。");
    assert_eq!(v.acknowledge(&v.jian, &notice), Err(said), "the cadre reads it, but is not of that group");
    let said = Error::denied("这条通知不是发给陈婆婆的。");
    assert_eq!(v.acknowledge_for(&v.jian, &v.chen, &notice), Err(said));
    v.acknowledge(&v.wang, &notice).unwrap();
}

#[test]
fn somebody_who_moves_reads_what_is_for_their_new_group() {
    let v = tianfu();
    let notice = v.write_for_group("一组");
    assert!(!finds(&v, Some(&v.lin), &notice));
    v.host.household("林家新居", "一组", &[&v.lin]);
    assert!(finds(&v, Some(&v.lin), &notice));
}

#[test]
fn the_home_of_a_cadre_hangs_in_everybodys_sight() {
    let v = tianfu();
    let notice = v.write_for_household(&v.lins);
    let home = v.read(Some(&v.jian), Notices::home).map(|view| text(&view)).unwrap();
    assert!(!home.contains(&notice), "{home}");
}
