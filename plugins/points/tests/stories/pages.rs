//! Pages as their readers meet them: for everybody, in both languages, within the limits of a view tree.

use cunshi_plugin_points::{
    AccountParams, ActivitiesParams, ActivityParams, AwardParams, BoardParams, DeskParams, GoodsParams, LookupParams,
    NewClaimParams, Plugin, Points, PublicityParams, RanksParams, ReservationParams, ReviewingParams, ShopParams,
    StatementParams, StockingParams,
};
use cunshi_sdk::Lang;
use cunshi_sdk::contract::view::{MAX_BYTES, MAX_NODES};
use cunshi_sdk::prelude::{Person, Read, Result, View};

use crate::village::{Village, text, tianfu};

fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// A page by its name.
type Page = (&'static str, Box<dyn Fn(&Read) -> Result<View>>);

/// Every page of the plugin, of a village in which something of each kind has happened.
fn pages(award: &str, goods: &str, reservation: &str, activity: &str) -> Vec<Page> {
    let (award, goods) = (award.to_owned(), goods.to_owned());
    let (reservation, activity) = (reservation.to_owned(), activity.to_owned());
    let account = || AccountParams { of: "household".into(), ..AccountParams::default() };
    let ranks = || RanksParams { by: "persons".into(), period: "now".into(), kind: "redeemable".into() };
    let open = || ActivitiesParams { show: "open".into(), cursor: None };
    vec![
        ("points", Box::new(Points::points)),
        ("publicity", Box::new(|cx| Points::publicity(cx, PublicityParams::default()))),
        ("award", Box::new(move |cx| Points::award(cx, AwardParams { id: award.clone() }))),
        ("new-claim", Box::new(|cx| Points::new_claim(cx, NewClaimParams::default()))),
        ("new-deduction", Box::new(Points::new_deduction)),
        ("reviewing", Box::new(|cx| Points::reviewing(cx, ReviewingParams::default()))),
        ("ranks", Box::new(move |cx| Points::ranks(cx, ranks()))),
        ("account", Box::new(move |cx| Points::account(cx, account()))),
        ("earn", Box::new(Points::earn)),
        ("shop", Box::new(|cx| Points::shop(cx, ShopParams::default()))),
        ("goods", Box::new(move |cx| Points::goods(cx, GoodsParams { id: goods.clone() }))),
        ("reservation", Box::new(move |cx| Points::reservation(cx, ReservationParams { id: reservation.clone() }))),
        ("activities", Box::new(move |cx| Points::activities(cx, open()))),
        ("activity", Box::new(move |cx| Points::activity(cx, ActivityParams { id: activity.clone() }))),
        ("desk", Box::new(|cx| Points::desk(cx, DeskParams::default()))),
        ("stocking", Box::new(|cx| Points::stocking(cx, StockingParams::default()))),
        ("door", Box::new(Points::door)),
        ("home", Box::new(Points::home)),
        ("my-card", Box::new(Points::my_card)),
    ]
}

/// Something of each kind, by somebody of this name.
fn lively(v: &Village, who: &Person, label: &str) -> Vec<Page> {
    v.earn(who, 20);
    let award = v.published(who, "neighbour-help");
    v.claim(who, "clean-yard");
    v.object(&v.wang, &award).unwrap();
    let goods = v.shelve(label, 5, 3, 600);
    let reservation = v.redeem(who, &goods).unwrap().subject.unwrap();
    let form = cunshi_plugin_points::PlanActivityForm {
        title: label.into(),
        place: label.into(),
        day: "2026-09-05".into(),
        starts: "08:30".into(),
        ends: "11:00".into(),
        seats: 5,
        text: None,
    };
    let activity = v.host.as_(&v.jian).act(|cx| Points::plan_activity(cx, form)).unwrap().subject.unwrap();
    pages(&award, &goods, &reservation, &activity)
}

#[test]
fn every_page_opens_for_whom_it_is_and_stays_within_its_limits() {
    let v = tianfu();
    v.host.set("budget", 100_000);
    for (name, page) in lively(&v, &v.lin, "毛巾") {
        for who in [&v.lin, &v.deng] {
            let view = v.read(Some(who), &page).unwrap_or_else(|error| panic!("{name} for {}: {error:?}", who.name));
            let json = text(&view);
            assert!(json.len() < MAX_BYTES && json.matches("\"node\"").count() < MAX_NODES, "{name}");
        }
    }
}

#[test]
fn visitors_read_what_is_public_and_no_names() {
    let v = tianfu();
    let public =
        ["points", "publicity", "award", "ranks", "earn", "shop", "goods", "activities", "activity", "door", "home"];
    for (name, page) in lively(&v, &v.lin, "毛巾") {
        if public.contains(&name) {
            let page = text(&v.read(None, &page).unwrap());
            for private in ["林秀英", "王大山", "\"node\":\"decision\"", "\"action\""] {
                assert!(!page.contains(private), "{name}: {private}: {page}");
            }
        }
    }
    let (_, reservation) = lively(&v, &v.wang, "肥皂").into_iter().find(|(name, _)| *name == "reservation").unwrap();
    assert!(v.read(None, reservation).is_err());
}

#[test]
fn english_readers_read_english() {
    let v = tianfu();
    v.host.speak(Lang::En);
    v.host.place("community", "Tianfu", Some("Chengjia"));
    let (ann, secretary) = (v.host.member("Ann Lin"), v.host.admin("Mr Jian"));
    let mut rows = crate::village::table();
    for row in rows.as_array_mut().unwrap() {
        row["label"] = row["item"].clone();
        row["per"] = cunshi_sdk::prelude::Value::Null;
    }
    v.host.table("points.award", rows);
    v.host.rule("points.award", |ask| {
        let decided = crate::village::rule(ask);
        cunshi_sdk::Decided { because: vec!["as the table says".into()], ..decided }
    });
    // What people and villages write stays as it is written.
    let written = ["帮邻居收谷子", "那天他在镇上", "路灯不亮", "简书记", "周主任", "王大山", "王**", "王"];
    for (name, page) in lively(&v, &ann, "Towel") {
        for who in [&ann, &secretary] {
            let mut page = text(&v.read(Some(who), &page).unwrap());
            for text in written {
                page = page.replace(text, "");
            }
            assert!(!has_chinese(&page), "{name}: {page}");
        }
    }
}

#[test]
fn my_own_page_says_how_many_why_how_to_earn_more_and_what_for() {
    let v = tianfu();
    v.earn(&v.lin, 6);
    let page = text(&v.read(Some(&v.lin), Points::points).unwrap());
    for words in ["我的积分", "\"value\":\"6\"", "怎么来的", "怎么得分", "积分超市", "申请积分", "反映问题被采纳"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let params = AccountParams { of: "household".into(), ..AccountParams::default() };
    let account = text(&v.read(Some(&v.lin), |cx| Points::account(cx, params)).unwrap());
    let decision = v.host.decisions()[2].decided.id.clone().unwrap();
    assert!(account.contains("ledger-statement") && account.contains(&decision), "each row leads to its reason");
    let earn = text(&v.read(Some(&v.lin), Points::earn).unwrap());
    for words in ["邻里互助", "+1 分", "一个月最多 2 分", "评议后公示 3 天入账", "每小时 +1 分", "乱倒垃圾", "-5 分"]
    {
        assert!(earn.contains(words), "{words}: {earn}");
    }
}

#[test]
fn a_statement_is_for_its_owner_and_the_office() {
    let v = tianfu();
    v.earn(&v.lin, 6);
    let of = |who| {
        let params = StatementParams {
            of: "household".into(),
            household: Some(v.lins.id.clone()),
            ..StatementParams::default()
        };
        v.read(Some(who), |cx| Points::statement(cx, params))
    };
    assert!(of(&v.wang).is_err());
    assert_eq!(of(&v.zhou).unwrap()["rows"].as_array().unwrap().len(), 3);
    assert_eq!(of(&v.lin).unwrap()["balances"]["available"], "6");
}

#[test]
fn long_statements_go_on_page_by_page() {
    let v = tianfu();
    v.earn(&v.lin, 140);
    let mut before = None;
    let mut seen = 0;
    loop {
        let params = StatementParams { of: "household".into(), before, ..StatementParams::default() };
        let page = v.read(Some(&v.lin), |cx| Points::statement(cx, params)).unwrap();
        seen += page["rows"].as_array().unwrap().len();
        before = page["before"].as_i64();
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seen, 70);
}

#[test]
fn the_api_tells_what_the_pages_tell() {
    let v = tianfu();
    v.earn(&v.lin, 6);
    let award = v.published(&v.lin, "neighbour-help");
    let board = v.read(None, |cx| Points::board(cx, BoardParams { limit: 20, cursor: None })).unwrap();
    let first = &board["awards"][0];
    assert_eq!((&first["id"], &first["whose"], &first["points"]), (&award.clone().into(), &"林**".into(), &"1".into()));
    let params = LookupParams { id: None, number: Some("j2026-0004".into()) };
    let whole = v.read(Some(&v.lin), |cx| Points::lookup(cx, params)).unwrap();
    assert_eq!((&whole["id"], &whole["version"], &whole["origin"]), (&award.into(), &3.into(), &"village".into()));
    assert_eq!(whole["steps"].as_array().unwrap().len(), 4);
    let mine = v.read(Some(&v.lin), Points::mine).unwrap();
    assert_eq!((&mine["balances"]["redeemable"], mine["awards"].as_array().unwrap().len()), (&"6".into(), 4));
    let table = v.read(None, Points::table).unwrap();
    assert_eq!(
        (&table[0]["item"], &table[0]["points"], &table[0]["how"]),
        (&"issue.adopted".into(), &"2".into(), &"deed".into())
    );
}

#[test]
fn the_desk_finds_accounts_by_name_and_reservations_by_code() {
    let v = tianfu();
    v.earn(&v.lin, 6);
    let goods = v.shelve("毛巾", 5, 3, 600);
    let code = v.redeem(&v.lin, &goods).unwrap().result["code"].as_str().unwrap().to_owned();
    let desk = |params| text(&v.read(Some(&v.jian), |cx| Points::desk(cx, params)).unwrap());
    let found = desk(DeskParams { code: Some(code), name: None });
    assert!(found.contains("发放：毛巾，林秀英") && found.contains(r#""action":"hand-out""#), "{found}");
    assert!(desk(DeskParams { code: Some("00000000".into()), name: None }).contains("没有这个兑换码"));
    assert!(desk(DeskParams { code: None, name: Some("秀英".into()) }).contains(&v.lins.id));
}
