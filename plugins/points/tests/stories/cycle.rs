//! The close of a period, and the figures.

use cunshi_plugin_points::domain::Cycle;
use cunshi_plugin_points::domain::days::DAY;
use cunshi_plugin_points::{Plugin, Points, RankingParams};
use cunshi_sdk::prelude::{EntryReason, Holder, Measured, Micros, Read, Result, StatementQuery, json};

use crate::village::{Village, at, tianfu};

fn year_of_points(v: &Village) {
    v.earn(&v.lin, 6);
    v.published(&v.lin, "clean-yard");
    v.host.advance(3 * DAY);
    v.settle();
    assert_eq!((v.balances(&v.lins).base, v.balances(&v.lins).redeemable), (500, 600));
}

#[test]
fn at_the_years_end_base_points_begin_again_with_a_row_that_says_so() {
    let v = tianfu();
    v.host.job(Points::close_cycle).unwrap();
    year_of_points(&v);
    v.host.set_now(at(12, 31, 20));
    v.host.job(Points::close_cycle).unwrap();
    assert_eq!(v.balances(&v.lins).base, 500, "the year is not over");
    v.host.set_now(at(12, 31, 24));
    for _ in 0..3 {
        v.host.job(Points::close_cycle).unwrap();
    }
    assert_eq!((v.balances(&v.lins).base, v.balances(&v.lins).redeemable), (0, 600));
    let holder = Holder::Household(v.lins.id.clone());
    let rows = v
        .host
        .system()
        .read(|cx| Ok(cx.statement(&StatementQuery { holder, kind: None, limit: None, before: None })?))
        .unwrap();
    let closing: Vec<_> = rows.iter().filter(|row| row.reason == EntryReason::Close).collect();
    assert_eq!(closing.len(), 1, "once");
    assert_eq!((closing[0].amount, closing[0].text.as_str()), (-500, "2026 结账清零"));
    let cycles: Vec<(String, bool)> =
        v.host.all::<Cycle>().unwrap().iter().map(|cycle| (cycle.period.clone(), cycle.done)).collect();
    assert_eq!(cycles, [("2025".to_owned(), true), ("2026".to_owned(), true)]);
}

#[test]
fn a_village_closes_by_the_quarter_and_says_which_points_begin_again() {
    let v = tianfu();
    v.host.set("cycle", "quarter");
    v.host.set("clear", json!(["redeemable"]));
    year_of_points(&v);
    v.host.set_now(at(10, 1, 8));
    v.host.job(Points::close_cycle).unwrap();
    assert_eq!((v.balances(&v.lins).base, v.balances(&v.lins).redeemable), (500, 0));
}

#[test]
fn a_village_that_does_not_close_does_not() {
    let v = tianfu();
    v.host.set("cycle", "none");
    year_of_points(&v);
    v.host.set_now(at(12, 31, 24));
    v.host.job(Points::close_cycle).unwrap();
    assert_eq!(v.balances(&v.lins).base, 500);
    assert!(v.host.all::<Cycle>().unwrap().is_empty());
}

#[test]
fn what_is_set_aside_stays_through_the_close() {
    let v = tianfu();
    v.host.set("cycle", "quarter");
    v.host.set("clear", json!(["redeemable"]));
    v.earn(&v.lin, 6);
    let towel = v.shelve("毛巾", 5, 3, 600);
    v.host.set_now(at(9, 30, 20));
    let outcome = v.redeem(&v.lin, &towel).unwrap();
    v.host.set_now(at(10, 1, 8));
    v.host.job(Points::close_cycle).unwrap();
    let held = v.balances(&v.lins);
    assert_eq!((held.redeemable, held.held), (500, 500));
    v.hand_out(&v.jian, outcome.result["code"].as_str().unwrap()).unwrap();
    assert_eq!(v.balances(&v.lins).redeemable, 0);
}

#[test]
fn the_figures_count_what_happened_in_the_period() {
    let v = tianfu();
    v.earn(&v.lin, 8);
    v.earn(&v.wang, 2);
    v.claim(&v.wang, "neighbour-help");
    let towel = v.shelve("毛巾", 5, 3, 600);
    let code = v.redeem(&v.lin, &towel).unwrap().result["code"].as_str().unwrap().to_owned();
    v.hand_out(&v.jian, &code).unwrap();
    let of = |measure: fn(&Read, Micros, Micros) -> Result<Measured>, from, to| {
        v.host.system().read(|cx| measure(cx, from, to)).unwrap().value
    };
    let (from, to) = (at(9, 1, 0), at(10, 1, 0));
    assert_eq!(of(Points::measure_claims, from, to), 1);
    assert_eq!(of(Points::measure_posted_points, from, to), 10);
    assert_eq!(of(Points::measure_participants, from, to), 2);
    assert_eq!(of(Points::measure_redeemed, from, to), 5);
    assert_eq!(of(Points::measure_posted_points, at(8, 1, 0), from), 0);
}

#[test]
fn the_ranking_is_by_household_or_villager_with_names_as_the_village_chose() {
    let v = tianfu();
    v.earn(&v.lin, 4);
    v.earn(&v.lin_hui, 2);
    v.earn(&v.wang, 4);
    let ranking = |who, by: &str| {
        let params = RankingParams { by: by.into(), period: "year".into(), kind: "all".into() };
        let found = v.read(who, |cx| Points::ranking(cx, params)).unwrap();
        let rows = found["ranking"].as_array().unwrap().clone();
        let row = |row: &cunshi_sdk::prelude::Value| {
            (
                row["place"].as_u64().unwrap(),
                row["name"].as_str().unwrap().to_owned(),
                row["points"].as_str().unwrap().to_owned(),
            )
        };
        (found["period"].clone(), rows.iter().map(row).collect::<Vec<_>>())
    };
    let of = |place, name: &str, points: &str| (place, name.to_owned(), points.to_owned());
    assert_eq!(ranking(None, "households"), (json!("2026"), vec![of(1, "林**户", "6"), of(2, "王**户", "4")]));
    let (_, mut persons) = ranking(None, "persons");
    persons.sort();
    assert_eq!(persons, [of(1, "林**", "4"), of(1, "王**", "4"), of(3, "林**", "2")]);
    v.host.set("mask", "household");
    assert_eq!(ranking(None, "households").1[0].1, "三组林家");
    v.host.set("mask", "full");
    assert_eq!(ranking(None, "households").1[0].1, "林建国户");
    v.host.set("mask", "surname");
    assert_eq!(ranking(Some(&v.wang), "households").1, [of(1, "林**户", "6"), of(2, "王大山户", "4")]);
    assert_eq!(ranking(Some(&v.jian), "households").1[0].1, "林建国户");
}
