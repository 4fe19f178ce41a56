//! Pages as their readers meet them: in both languages, within the limits of a view tree.

use cunshi_plugin_jobs::{AppliedParams, BoardParams, ChangeParams, Jobs, JobsParams, Plugin, PostForm, WaitingParams};
use cunshi_sdk::Lang;
use cunshi_sdk::contract::view::{MAX_BYTES, MAX_NODES};
use cunshi_sdk::prelude::{Person, Result, View};

use crate::village::{Village, all, chongtan, factory, space, text};

fn board(v: &Village, who: Option<&Person>, params: BoardParams) -> String {
    text(&v.read(who, |cx| Jobs::board(cx, params)).unwrap())
}

fn first() -> BoardParams {
    BoardParams { sort: "newest".into(), ..BoardParams::default() }
}

fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

fn three(v: &Village) {
    v.post(factory());
    v.orchard();
    let away = PostForm {
        title: "东莞鞋厂".into(),
        away: true,
        distance: None,
        place: Some("广东东莞".into()),
        pay_from: Some(800_000),
        pay_to: None,
        trades: vec!["sew".into(), "factory".into()],
        ..factory()
    };
    v.post(away);
}

#[test]
fn filters_search_and_order() {
    let v = chongtan();
    three(&v);
    let some = |text: &str| Some(text.to_owned());
    let found = |params: JobsParams| v.find(None, params);
    assert_eq!(found(all()), ["东莞鞋厂", "柑橘采摘", "电子厂普工"], "the newest first");
    assert_eq!(
        found(JobsParams { sort: "nearest".into(), ..all() }),
        ["柑橘采摘", "电子厂普工", "东莞鞋厂"],
        "the nearest first"
    );
    assert_eq!(found(JobsParams { kind: some("day"), ..all() }), ["柑橘采摘"]);
    assert_eq!(found(JobsParams { near: some("here"), ..all() }), ["柑橘采摘"]);
    assert_eq!(found(JobsParams { near: some("5"), ..all() }), ["柑橘采摘"]);
    assert_eq!(found(JobsParams { near: some("20"), ..all() }), ["柑橘采摘", "电子厂普工"]);
    assert_eq!(found(JobsParams { near: some("away"), ..all() }), ["东莞鞋厂"]);
    assert_eq!(found(JobsParams { pay: some("3000"), ..all() }), ["东莞鞋厂", "电子厂普工"], "120 a day are 2,640");
    assert_eq!(found(JobsParams { pay: some("8000"), ..all() }), ["东莞鞋厂"]);
    assert_eq!(found(JobsParams { trade: some("sew"), ..all() }), ["东莞鞋厂"]);
    assert_eq!(found(JobsParams { place: some("成佳"), ..all() }), ["电子厂普工"]);
    assert_eq!(found(JobsParams { q: some("李家果园"), ..all() }), ["柑橘采摘"]);
    assert_eq!(found(JobsParams { q: some("厂"), near: some("20"), ..all() }), ["电子厂普工"]);
    assert_eq!(found(JobsParams { kind: some("seasonal"), ..all() }), Vec::<String>::new());
}

#[test]
fn the_board_leads_on_and_keeps_what_was_chosen() {
    let v = chongtan();
    three(&v);
    let page = board(&v, None, first());
    for words in [
        "柑橘采摘 · 120–150 元/天",
        "李家果园 · 重滩村三组（就在本地） · 日结零工 · 包吃 · 招 5 人",
        "都是骗子",
        "更多筛选",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("13890002222"), "the telephone is on the posting's own page");
    let chosen = BoardParams { kind: Some("day".into()), more: true, ..first() };
    let page = board(&v, None, chosen);
    assert!(page.contains(r#""kind":"day","more":true,"trade":"sew""#), "{page}");
    assert!(page.contains("所有工种") && !page.contains("更多筛选") && !page.contains("东莞鞋厂 ·"));
    let none = board(&v, None, BoardParams { kind: Some("seasonal".into()), ..first() });
    assert!(none.contains("没有找到合适的"));
    assert!(board(&chongtan(), None, first()).contains("现在没有在招的岗位"));
    assert!(board(&v, Some(&v.lin), first()).contains("我要招人"));
    let office = board(&v, Some(&v.jian), first());
    assert!(office.contains("招聘工作台") && office.contains("发布岗位") && !office.contains("我要招人"));
}

#[test]
fn many_postings_are_paged_and_none_is_lost() {
    let v = chongtan();
    for n in 0..70 {
        v.post(PostForm { title: format!("岗位{n}"), distance: Some(n % 3), ..factory() });
    }
    for filter in [None, Some("here".to_owned())] {
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let params = JobsParams { near: filter.clone(), cursor, ..all() };
            let found = v.read(None, |cx| Jobs::jobs(cx, params)).unwrap();
            let jobs = found["jobs"].as_array().unwrap().clone();
            assert!(jobs.len() < 45);
            seen.extend(jobs.iter().map(|job| job["title"].to_string()));
            cursor = found["next"].as_str().map(str::to_owned);
            if cursor.is_none() {
                break;
            }
        }
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), if filter.is_some() { 24 } else { 70 });
    }
}

#[test]
fn the_home_shows_near_work_with_its_pay_in_large() {
    let v = chongtan();
    assert!(text(&v.read(None, Jobs::home).unwrap()).contains("现在没有在招的岗位"));
    three(&v);
    let home = text(&v.read(None, Jobs::home).unwrap());
    assert!(home.contains(r#""value":"120–150 元/天""#) && home.contains("重滩村三组"), "{home}");
    let (near, away) = (home.find("柑橘采摘").unwrap(), home.find("东莞鞋厂").unwrap());
    assert!(near < away, "what is far away comes last");
    assert!(text(&v.read(None, Jobs::door).unwrap()).contains("一点就能打电话"));
}

#[test]
fn english_readers_read_english() {
    let v = space("village", "Chongtan", Some("Chengjia"));
    v.host.speak(Lang::En);
    let (ann, secretary) = (v.host.member("Ann Lin"), v.host.cadre("Mr Jian"));
    let form = PostForm {
        title: "Fruit pickers".into(),
        employer: Some("Li’s orchard".into()),
        place: Some("group 3".into()),
        contact_name: Some("Mr Li".into()),
        pay_per: "day".into(),
        skills: Some("drives a tricycle".into()),
        ..factory()
    };
    let job = v.host.as_(&secretary).act(|cx| Jobs::post(cx, form)).unwrap().subject.unwrap();
    let signup = v.sign_up(&ann, &job).unwrap();
    let page = v.page(Some(&ann), &job).unwrap();
    for words in ["¥4,500–6,000 a day", "group 3 (8 km)", "meals and housing included", "Call Mr Li"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    for who in [Some(&ann), Some(&secretary), None] {
        assert!(!has_chinese(&v.page(who, &job).unwrap()));
        assert!(!has_chinese(&board(&v, who, BoardParams { more: true, ..first() })));
    }
    let read = |who: &Person, body: fn(&cunshi_sdk::Read) -> Result<View>| text(&v.read(Some(who), body).unwrap());
    for page in [
        read(&ann, Jobs::mine),
        read(&ann, Jobs::home),
        read(&ann, Jobs::door),
        read(&ann, Jobs::new),
        read(&secretary, Jobs::desk),
        read(&secretary, Jobs::new),
        text(&v.read(Some(&ann), |cx| Jobs::applied(cx, AppliedParams::default())).unwrap()),
        text(&v.read(Some(&secretary), |cx| Jobs::waiting(cx, WaitingParams::default())).unwrap()),
    ] {
        assert!(!has_chinese(&page), "{page}");
    }
    for who in [&ann, &secretary] {
        let params = cunshi_plugin_jobs::SignupParams { id: signup.clone() };
        let page = text(&v.read(Some(who), |cx| Jobs::signup(cx, params)).unwrap());
        assert!(!has_chinese(&page), "{page}");
    }
    let trades = v.read(None, Jobs::trades).unwrap();
    assert!(!has_chinese(&trades.to_string()));
}

#[test]
fn the_desk_lists_what_waits() {
    let v = chongtan();
    three(&v);
    v.propose();
    v.post(PostForm { draft: true, title: "草稿岗位".into(), ..factory() });
    let job = v.post(factory());
    v.sign_up(&v.lin, &job).unwrap();
    v.report(&v.lin, &job, "money").unwrap();
    let desk = text(&v.read(Some(&v.jian), Jobs::desk).unwrap());
    for words in ["村民举报，请核实", "村民提交，等核实", "等回复的报名", "林秀英", "草稿岗位"]
    {
        assert!(desk.contains(words), "{words}");
    }
    assert!(!desk.contains("已撤下"), "what is empty is not shown");
}

#[test]
fn the_form_to_change_it_begins_with_what_is_there() {
    let v = chongtan();
    let job = v.post(factory());
    let change = |who: &Person| {
        let params = ChangeParams { id: job.clone() };
        v.read(Some(who), |cx| Jobs::change(cx, params)).map(|view| text(&view))
    };
    let page = change(&v.jian).unwrap();
    assert!(page.contains(r#""closes":"2026-10-31""#) && page.contains(r#""pay_from":450000"#), "{page}");
    assert!(change(&v.lin).is_err());
}

#[test]
fn a_worker_sees_own_number_in_the_form_and_a_cadre_none() {
    let v = chongtan();
    let job = v.post(factory());
    let phone = v.lin.phone.clone().unwrap();
    assert!(v.page(Some(&v.lin), &job).unwrap().contains(&phone));
    let office = v.page(Some(&v.jian), &job).unwrap();
    assert!(!office.contains(&v.jian.phone.clone().unwrap()) && office.contains("sign-up-other"));
}

#[test]
fn a_crowd_of_sign_ups_stays_within_the_limits_of_a_page() {
    let v = chongtan();
    let job = v.orchard();
    for n in 0..60 {
        v.sign_up(&v.host.member(&format!("村民{n}")), &job).unwrap();
    }
    v.settle();
    for who in [&v.jian, &v.li] {
        let page = v.page(Some(who), &job).unwrap();
        assert!(page.len() < MAX_BYTES && page.matches("\"node\"").count() < MAX_NODES);
    }
    assert!(v.page(Some(&v.jian), &job).unwrap().contains("\"next\""));
    assert_eq!(v.todos(&v.jian).len(), 20);
    let desk = text(&v.read(Some(&v.jian), Jobs::desk).unwrap());
    assert!(desk.contains("看全部"));
}
