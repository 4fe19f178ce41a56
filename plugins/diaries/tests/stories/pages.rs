//! Pages and queries as their readers meet them: in both languages, within the limits of a view tree.

use cunshi_plugin_diaries::domain::{Kind, Line, Sheet};
use cunshi_plugin_diaries::{
    BoardParams, CadreParams, CalendarParams, Diaries, EntriesParams, Plugin, SummaryParams, VisitsParams,
};
use cunshi_sdk::Error;
use cunshi_sdk::contract::view::{MAX_BYTES, MAX_NODES};
use cunshi_sdk::prelude::{Lang, Person, Value};

use crate::village::{Village, at, on, text, tianfu, visit, work};

fn board(v: &Village, who: Option<&Person>, kind: Option<&str>) -> String {
    let params = BoardParams { kind: kind.map(str::to_owned), cursor: None };
    text(&v.read(who, |cx| Diaries::board(cx, params)).unwrap())
}

fn entries(v: &Village, who: Option<&Person>, params: EntriesParams) -> Vec<Value> {
    let found = v.read(who, |cx| Diaries::entries(cx, EntriesParams { limit: 20, ..params })).unwrap();
    found["entries"].as_array().unwrap().clone()
}

#[test]
fn the_board_is_for_everybody_and_offers_each_what_is_theirs() {
    let v = tianfu();
    assert!(board(&v, None, None).contains("还没有日记。村干部写了，就会出现在这里。"));
    v.write(&v.jian, visit(&v.lins, "看望秀英"));
    v.write(&v.li, on("2026-09-01", work("meeting", "村民代表会")));
    let all = board(&v, None, None);
    assert!(all.contains("走访入户：看望**") && all.contains("开会：村民代表会"), "{all}");
    assert!(!all.contains("写日记") && !all.contains("待核实"));
    assert!(!board(&v, None, Some("meeting")).contains("看望"));
    assert!(board(&v, None, Some("patrol")).contains("还没有这一类的日记"));
    assert!(board(&v, Some(&v.jian), None).contains("写日记"));
    assert!(board(&v, Some(&v.chen), None).contains("待核实的日记"));
    let hers = board(&v, Some(&v.lin), None);
    assert!(hers.contains("请您看看是不是这样") && hers.contains("看望秀英"), "{hers}");
}

#[test]
fn a_household_reads_its_visits_in_full() {
    let v = tianfu();
    let id = v.write(&v.jian, visit(&v.lins, "看望秀英"));
    v.write(&v.jian, visit(&v.wangs, "看望大山"));
    let visits = |who: &Person| text(&v.read(Some(who), |cx| Diaries::visits(cx, VisitsParams::default())).unwrap());
    assert!(visits(&v.lin).contains("看望秀英") && !visits(&v.lin).contains("大山"));
    assert!(!visits(&v.wang).contains("秀英"));
    let nobody = v.host.member("外来人");
    assert!(visits(&nobody).contains("还没有登记到户"));
    let mine = |who: &Person| text(&v.read(Some(who), Diaries::mine).unwrap());
    assert!(mine(&v.lin).contains("看望秀英") && mine(&nobody).contains("还没有登记到户"));
    v.confirm(&v.lin, &id).unwrap();
    assert!(mine(&v.son).contains("这户人已确认"));
    let found = entries(&v, Some(&v.lin), EntriesParams { mine: true, ..EntriesParams::default() });
    assert_eq!((found.len(), &found[0]["text"], &found[0]["mine"]), (1, &"看望秀英".into(), &true.into()));
    assert!(entries(&v, None, EntriesParams { mine: true, ..EntriesParams::default() }).is_empty());
    assert!(entries(&v, Some(&nobody), EntriesParams { mine: true, ..EntriesParams::default() }).is_empty());
}

#[test]
fn queries_filter_by_kind_and_cadre() {
    let v = tianfu();
    v.write(&v.jian, visit(&v.lins, "看望"));
    v.write(&v.jian, work("patrol", "巡河"));
    v.write(&v.li, work("patrol", "巡林"));
    let kind = |kind: &str| EntriesParams { kind: Some(kind.into()), ..EntriesParams::default() };
    assert_eq!(entries(&v, None, kind("patrol")).len(), 2);
    let by = EntriesParams { cadre: Some(v.jian.id.clone()), ..kind("patrol") };
    let found = entries(&v, None, by);
    assert_eq!(
        (found.len(), &found[0]["author"]["name"], &found[0]["day"]),
        (1, &"简书记".into(), &"2026-09-02".into())
    );
    assert_eq!(found[0]["household"], Value::Null);
}

#[test]
fn a_cadre_has_a_page_and_a_villager_has_none() {
    let v = tianfu();
    v.write(&v.jian, visit(&v.lins, "看望秀英"));
    let page = |person: &Person, month: Option<&str>| {
        let month = month.map(str::to_owned);
        let params = CadreParams { person: person.id.clone(), month, cursor: None };
        v.read(None, |cx| Diaries::cadre(cx, params)).map(|view| text(&view))
    };
    let jian = page(&v.jian, None).unwrap();
    assert!(jian.contains("简书记的服务日记") && jian.contains("看望**") && !jian.contains("秀英"), "{jian}");
    assert!(page(&v.li, Some("2026-08")).unwrap().contains("这个月没有日记"));
    assert_eq!(page(&v.lin, None), Err(Error::Missing));
}

#[test]
fn pages_speak_both_languages() {
    let v = tianfu();
    v.host.set("visits_per_month", 1);
    v.host.set_now(at(8, 31, 9, 0));
    v.write(&v.jian, on("2026-08-30", visit(&v.lins, "Rice")));
    v.host.set_now(at(9, 2, 9, 0));
    v.host.speak(Lang::En);
    let calendar = |month: &str| {
        let params = CalendarParams { month: Some(month.into()) };
        text(&v.read(None, |cx| Diaries::calendar(cx, params)).unwrap())
    };
    let august = calendar("2026-08");
    for words in ["The diary of Aug 2026", "30 Aug: Household visit 1", "1 meeting(s) missing", "All entered late"] {
        assert!(august.contains(words), "{words} in {august}");
    }
    assert!(calendar("2026-12").contains("Sep 2026"), "a month to come is not shown");
    let summary = text(&v.read(None, |cx| Diaries::summary(cx, SummaryParams::default())).unwrap());
    assert!(summary.contains("Summary of Sep 2026") && summary.contains("to be fixed after 6 Oct"), "{summary}");
    assert_eq!(v.read(None, Diaries::door).unwrap().title, "Service diary");
    assert!(text(&v.read(Some(&v.jian), Diaries::new).unwrap()).contains("2026-09-02"));
}

#[test]
fn a_busy_village_stays_within_the_limits_of_a_page() {
    let v = tianfu();
    v.host.set_now(at(9, 30, 20, 0));
    let month = at(9, 1, 0, 0);
    let cadres: Vec<Person> = (0..36).map(|n| v.host.cadre(&format!("干部{n:02}"))).collect();
    let line = |n: i64| Line {
        entry: n.to_string(),
        day: n % 30 + 1,
        kind: if n < 30 { Kind::Visit } else { Kind::Patrol },
        household: None,
        check: None,
        minutes: None,
        late: false,
    };
    let filled = v.host.system().act(|cx| {
        for cadre in &cadres {
            let lines = (0..60).map(line).collect();
            cx.insert(&Sheet { lines, ..Sheet::new(month, &cadre.id, &cadre.name) })?;
        }
        Ok(())
    });
    filled.unwrap();
    let page = text(&v.read(Some(&v.jian), |cx| Diaries::calendar(cx, CalendarParams::default())).unwrap());
    assert!(page.len() < MAX_BYTES && page.matches("\"node\"").count() < MAX_NODES, "{}", page.len());
    v.host.speak(Lang::En);
    let page = text(&v.read(None, |cx| Diaries::calendar(cx, CalendarParams::default())).unwrap());
    assert!(page.len() < MAX_BYTES, "{}", page.len());
}
