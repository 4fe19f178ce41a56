//! 大事记: recorded by day, read by year, corrected with the old words kept, struck by the admin alone.

use cunshi_plugin_profile::domain::Milestone;
use cunshi_plugin_profile::{
    ChronicleParams, CorrectMilestoneForm, EventParams, EventsParams, MilestoneParams, Plugin, Profile,
    RecordMilestoneForm, StrikeMilestoneForm,
};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::{Outcome, Person, Result};

use crate::village::{Village, tianfu};

fn record(v: &Village, day: &str, title: &str) -> String {
    let form = RecordMilestoneForm {
        title: title.into(),
        day: day.into(),
        text: format!("{title}的经过"),
        photos: vec![v.host.upload(&v.liu, "a.jpg")],
    };
    v.host.as_(&v.liu).act(|cx| Profile::record_milestone(cx, form)).unwrap().subject.unwrap()
}

fn correct(v: &Village, id: &str, title: &str, seen: Option<&str>) -> Result<Outcome> {
    let form = CorrectMilestoneForm {
        milestone: id.into(),
        seen: seen.map(str::to_owned),
        title: title.into(),
        day: "2026-08-20".into(),
        text: "全长 1.2 公里".into(),
        photos: Vec::new(),
        reason: "日期记错了".into(),
    };
    v.host.as_(&v.jian).act(|cx| Profile::correct_milestone(cx, form))
}

fn page(v: &Village, who: Option<&Person>, id: &str) -> Result<String> {
    v.read(who, |cx| Profile::milestone(cx, MilestoneParams { id: id.into() })).map(|view| crate::village::text(&view))
}

fn chronicle(v: &Village, year: Option<i64>) -> String {
    v.see(None, |cx| Profile::chronicle(cx, ChronicleParams { year, cursor: None }))
}

fn titles(v: &Village, year: Option<i64>, limit: i64, cursor: Option<String>) -> (Vec<String>, Option<String>) {
    let params = EventsParams { year, limit, cursor };
    let found = v.read(None, |cx| Profile::events(cx, params)).unwrap();
    let titles = found["events"].as_array().unwrap().iter().map(|event| event["title"].as_str().unwrap().to_owned());
    (titles.collect(), found["next"].as_str().map(str::to_owned))
}

#[test]
fn events_are_read_by_year_the_newest_first() {
    let v = tianfu();
    assert!(chronicle(&v, None).contains("还没有记下大事"));
    record(&v, "2024-05-01", "通自来水");
    record(&v, "2026-08-18", "三组通路");
    record(&v, "2026-03-02", "换届选举");
    assert_eq!(titles(&v, None, 20, None).0, ["三组通路", "换届选举", "通自来水"]);
    let (first, next) = titles(&v, None, 2, None);
    assert_eq!(first.len(), 2);
    assert_eq!(titles(&v, None, 2, next), (vec!["通自来水".to_owned()], None));
    assert_eq!(titles(&v, Some(2024), 20, None).0, ["通自来水"]);
    let all = chronicle(&v, None);
    assert!(all.find("2026 年").unwrap() < all.find("2024 年").unwrap(), "{all}");
    assert!(!all.contains("2025 年") && all.contains("2026年8月18日"), "{all}");
    assert!(!chronicle(&v, Some(2024)).contains("三组通路"));
    assert!(chronicle(&v, Some(2025)).contains("2025 年没有记下大事"));
    assert!(v.see(None, Profile::home).contains("三组通路"), "the newest stands on the village's home");
}

#[test]
fn a_correction_keeps_the_words_before_for_all_to_read() {
    let v = tianfu();
    let id = record(&v, "2026-08-18", "三组通路");
    let seen = v.host.all::<Milestone>().unwrap()[0].version.to_string();
    correct(&v, &id, "三组通水泥路", Some(&seen)).unwrap();
    let seen_page = page(&v, None, &id).unwrap();
    assert!(seen_page.contains("三组通水泥路") && seen_page.contains("2026年8月20日"), "{seen_page}");
    assert!(
        seen_page.contains("原来写的是：三组通路（2026年8月18日）") && seen_page.contains("简书记更正：日期记错了"),
        "{seen_page}"
    );
    assert!(seen_page.contains("刘会计记于2026年9月2日"), "{seen_page}");
    assert!(chronicle(&v, None).contains("更正过"));
    let stale = correct(&v, &id, "三组通柏油路", Some(&seen));
    assert_eq!(stale, Err(Error::conflict("这一条刚刚被别人改过。请刷新看看现在的内容，再改。")));
    assert_eq!(correct(&v, &id, "三组通水泥路", None), Err(Error::conflict("和原来一样，没有要改的。")));
    let whole = v.read(None, |cx| Profile::event(cx, EventParams { id })).unwrap();
    assert_eq!(whole["corrections"][0]["before"]["title"], "三组通路");
}

#[test]
fn what_is_struck_is_for_the_office_and_its_photos_too() {
    let v = tianfu();
    let id = record(&v, "2026-08-18", "王家分家");
    let photo = v.host.all::<Milestone>().unwrap()[0].photos[0].clone();
    let strike = || {
        let form = StrikeMilestoneForm { milestone: id.clone(), reason: "是私事".into() };
        v.host.as_(&v.jian).act(|cx| Profile::strike_milestone(cx, form))
    };
    assert!(v.read(None, |cx| Ok(cx.file(&photo)?)).unwrap().is_some());
    strike().unwrap();
    for who in [None, Some(&v.lin)] {
        assert_eq!(page(&v, who, &id), Err(Error::Missing));
        assert!(v.read(who, |cx| Ok(cx.file(&photo)?)).unwrap().is_none());
    }
    assert!(titles(&v, None, 20, None).0.is_empty());
    let office = page(&v, Some(&v.liu), &id).unwrap();
    assert!(office.contains("原因：是私事") && !office.contains("correct-milestone"), "{office}");
    assert!(!v.see(Some(&v.liu), Profile::home).contains("王家分家"), "nor on the page that hangs in all sight");
    assert_eq!(strike(), Err(Error::conflict("这一条已经撤下，不能再改。要重写请另记一条。")));
    assert!(correct(&v, &id, "别的", None).is_err());
}

#[test]
fn what_has_not_happened_is_not_recorded() {
    let v = tianfu();
    let form =
        RecordMilestoneForm { title: "通高铁".into(), day: "2027-01-01".into(), ..RecordMilestoneForm::default() };
    let refused = v.host.as_(&v.liu).act(|cx| Profile::record_milestone(cx, form));
    assert_eq!(refused, Err(Error::invalid("day", "这天还没到，请选今天或以前的日子。")));
}
