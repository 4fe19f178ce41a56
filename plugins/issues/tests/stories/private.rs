//! What is private stays between its reporter, the office and the supervisors.

use cunshi_plugin_issues::domain::State;
use cunshi_plugin_issues::{CasesParams, HideForm, Issues, LookupParams, NoteForm, NumberParams, Plugin, ReportForm};
use cunshi_sdk::Error;

use crate::village::{Village, text, tianfu};

fn quarrel(v: &Village) -> String {
    let form = ReportForm {
        title: "和邻居为田坎吵架".into(),
        category: "disputes".into(),
        mediate: true,
        private: true,
        ..ReportForm::default()
    };
    v.report_with(&v.lin, form)
}

#[test]
fn a_neighbour_finds_no_trace_of_it() {
    let v = tianfu();
    let case = quarrel(&v);
    let supervisor = v.host.supervisor("陈监督");
    let officer = v.host.officer("镇干部");
    for allowed in [&v.lin, &v.jian, &supervisor] {
        assert!(v.case_page(Some(allowed), &case).is_ok(), "{}", allowed.name);
    }
    for outside in [None, Some(&v.wang), Some(&officer)] {
        assert_eq!(v.case_page(outside, &case), Err(Error::Missing));
        assert_eq!(v.cases(outside, "all"), Vec::<String>::new());
        let by_number = LookupParams { id: None, number: Some("2026-0001".into()) };
        assert_eq!(v.read(outside, |cx| Issues::lookup(cx, by_number)), Err(Error::Missing));
        let by_words =
            CasesParams { show: "all".into(), q: Some("田坎".into()), limit: 20, ..CasesParams::default() };
        assert_eq!(v.read(outside, |cx| Issues::cases(cx, by_words)).unwrap()["cases"].as_array().unwrap().len(), 0);
        let page = v.read(outside, |cx| Issues::number(cx, NumberParams { number: Some("2026 1".into()) })).unwrap();
        assert!(text(&page).contains("没有编号 2026-0001 的事项"));
        let home = text(&v.read(outside, Issues::home).unwrap());
        assert!(!home.contains("田坎") && home.contains("还没有人说事"));
    }
    assert_eq!(v.me_too(&v.wang, &case), Err(Error::Missing));
    assert_eq!(v.cases(Some(&v.lin), "mine"), ["2026-0001"]);
    let home = text(&v.read(Some(&v.jian), Issues::home).unwrap());
    assert!(!home.contains("田坎"), "not even on the cadre's home page");
    let counted = v.host.system().read(|cx| Issues::measure_registered(cx, 0, i64::MAX)).unwrap();
    assert_eq!(counted.value, 1, "the village still counts it");
}

#[test]
fn the_office_takes_a_case_from_the_board() {
    let v = tianfu();
    let case = v.report(&v.lin, "王家的家事", "other");
    v.me_too(&v.wang, &case).unwrap();
    let hide = || HideForm { case: case.clone(), text: "涉及他人隐私".into() };
    v.host.as_(&v.jian).act(|cx| Issues::hide(cx, hide())).unwrap();
    assert_eq!(v.case_page(Some(&v.wang), &case), Err(Error::Missing), "not for those either who followed it");
    let mine = text(&v.read(Some(&v.wang), Issues::mine).unwrap());
    assert!(!mine.contains("王家的家事"));
    assert!(v.case_page(Some(&v.lin), &case).unwrap().contains("涉及他人隐私"));
    let again = v.host.as_(&v.jian).act(|cx| Issues::hide(cx, hide()));
    assert_eq!(again, Err(Error::conflict("这件事已经是不公开的。")));
}

#[test]
fn notes_are_for_colleagues() {
    let v = tianfu();
    let case = v.report(&v.lin, "路灯不亮", "roads");
    let form = NoteForm { case: case.clone(), text: "先问电力公司".into() };
    v.host.as_(&v.jian).act(|cx| Issues::note(cx, form)).unwrap();
    for (who, sees) in
        [(Some(&v.jian), true), (Some(&v.host.supervisor("陈监督")), true), (Some(&v.lin), false), (None, false)]
    {
        assert_eq!(v.case_page(who, &case).unwrap().contains("先问电力公司"), sees);
        let lookup = LookupParams { id: Some(case.clone()), number: None };
        let json = v.read(who, |cx| Issues::lookup(cx, lookup)).unwrap().to_string();
        assert_eq!(json.contains("先问电力公司"), sees);
    }
    assert_eq!(v.state(&case), State::Reported);
}

#[test]
fn the_api_says_what_the_page_says() {
    let v = tianfu();
    let form = ReportForm {
        title: "路灯不亮".into(),
        category: "roads".into(),
        lamp: Some("我家门口，电话13812345678".into()),
        ..ReportForm::default()
    };
    let case = v.report_with(&v.lin, form);
    v.accept(&case, "simple").unwrap();
    let lookup = |who| {
        let params = LookupParams { id: None, number: Some("2026-0001".into()) };
        v.read(who, |cx| Issues::lookup(cx, params)).unwrap()
    };
    let public = lookup(None);
    assert_eq!(public["reporter"], "林**");
    assert_eq!(public["answers"][0]["value"], "我家门口，电话138******78");
    assert_eq!(public["steps"][0]["by"], "林**");
    assert_eq!(public["steps"][1]["by"], "简书记");
    assert_eq!((&public["state"], &public["mine"]), (&"accepted".into(), &false.into()));
    let hers = lookup(Some(&v.lin));
    assert_eq!(hers["answers"][0]["value"], "我家门口，电话13812345678");
    assert_eq!(hers["mine"], true);
    assert_eq!(v.read(None, |cx| Issues::lookup(cx, LookupParams::default())), Err(Error::Missing));
}

#[test]
fn names_are_masked_as_the_village_chose() {
    let v = tianfu();
    let case = v.report(&v.lin, "路灯不亮", "roads");
    for (style, shown) in [("surname", "林**反映"), ("ends", "林*英反映"), ("villager", "村民反映")] {
        v.host.set("mask", style);
        let page = v.case_page(Some(&v.wang), &case).unwrap();
        assert!(page.contains(shown) && !page.contains("林秀英"), "{page}");
        assert!(v.case_page(Some(&v.jian), &case).unwrap().contains("林秀英"));
    }
}
