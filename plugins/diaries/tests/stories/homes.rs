//! Hard-pressed households: a list for cadres only, and whether they were visited in the quarter.

use cunshi_plugin_diaries::domain::Home;
use cunshi_plugin_diaries::{CalendarParams, Diaries, ListHomeForm, ListedHomeParams, Plugin, UnlistHomeForm};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::Household;

use crate::village::{Village, at, text, tianfu, visit};

fn list(v: &Village, household: &Household) -> Result<String, Error> {
    let form = ListHomeForm { household: household.id.clone(), why: "独居，腿脚不便".into() };
    v.host.as_(&v.jian).act(|cx| Diaries::list_home(cx, form)).map(|outcome| outcome.subject.unwrap())
}

#[test]
fn the_list_is_for_cadres_only() {
    let v = tianfu();
    let id = list(&v, &v.lins).unwrap();
    list(&v, &v.wangs).unwrap();
    assert_eq!(list(&v, &v.lins), Err(Error::conflict("这户已经在名单上了。")));
    assert!(matches!(list(&v, &Household { id: "x".into(), ..v.lins.clone() }), Err(Error::Invalid(_))));
    v.write(&v.li, visit(&v.lins, "看望"));
    let page = text(&v.read(Some(&v.jian), Diaries::homes).unwrap());
    assert!(page.contains("已走 1 户，还有 1 户") && page.contains("9月2日走访过") && page.contains("本季度还没去"));
    let home = text(&v.read(Some(&v.li), |cx| Diaries::listed_home(cx, ListedHomeParams { id: id.clone() })).unwrap());
    assert!(home.contains("独居，腿脚不便") && home.contains("看望"));
    for outsider in [None, Some(&v.lin), Some(&v.chen)] {
        let month = v.read(outsider, |cx| Diaries::calendar(cx, CalendarParams::default())).unwrap();
        assert!(!text(&month).contains("困难户"));
        let one = v.read(outsider, |cx| Diaries::listed_home(cx, ListedHomeParams { id: id.clone() }));
        assert_eq!(one.map(|_| ()), Err(Error::Missing), "the host keeps it back too");
    }
    assert!(
        text(&v.read(Some(&v.li), |cx| Diaries::calendar(cx, CalendarParams::default())).unwrap()).contains("困难户")
    );
}

#[test]
fn a_home_leaves_the_list_with_a_reason_and_may_come_back() {
    let v = tianfu();
    let id = list(&v, &v.lins).unwrap();
    let form = || UnlistHomeForm { home: id.clone(), why: "儿子回来了".into() };
    v.host.as_(&v.li).act(|cx| Diaries::unlist_home(cx, form())).unwrap();
    assert!(matches!(v.host.as_(&v.li).act(|cx| Diaries::unlist_home(cx, form())), Err(Error::Conflict(_))));
    assert_eq!(list(&v, &v.lins).unwrap(), id, "one record with its history");
    let homes = v.host.all::<Home>().unwrap();
    assert_eq!((homes.len(), homes[0].history.len(), homes[0].listed), (1, 3, true));
}

#[test]
fn the_quarter_is_measured_and_its_end_is_said() {
    let v = tianfu();
    v.host.set_now(at(7, 10, 9, 0));
    list(&v, &v.lins).unwrap();
    list(&v, &v.wangs).unwrap();
    v.write(&v.li, visit(&v.lins, "看望"));
    let share = |from, to| {
        let measured = v.host.system().read(|cx| Diaries::measure_homes_visited(cx, from, to)).unwrap();
        (measured.value, measured.of)
    };
    v.host.set_now(at(9, 2, 9, 0));
    assert_eq!(share(at(8, 1, 0, 0), at(9, 1, 0, 0)), (1, Some(2)), "by the quarter, not by the month");
    assert!(v.titles(&v.li).iter().all(|title| !title.contains("困难户")));
    v.host.set_now(at(9, 28, 9, 0));
    assert!(v.titles(&v.li).contains(&"还有 1 户困难户本季度没走到".to_owned()));
    v.host.set("homes_each_quarter", false);
    assert!(v.titles(&v.li).iter().all(|title| !title.contains("困难户")));
    v.host.set_now(at(10, 2, 9, 0));
    assert_eq!(share(at(10, 1, 0, 0), at(11, 1, 0, 0)), (0, Some(2)), "a new quarter begins");
}
