//! The table of a month: typed as lines, checked to the fen, shown with its totals.

use cunshi_plugin_disclosure::{DiscardForm, DraftForm, EditParams, LookupParams, OpenAffairs, Plugin};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::Value;

use crate::village::{at, text, tianfu, words_for};

const ROWS: &str = "项目 | 收入 | 支出 | 备注\n土地流转管理费 | 12,000 | | 三组四组\n路灯电费\t\t860.50\t8 月";

fn september(closing: i64) -> DraftForm {
    let rows = Some(ROWS.to_owned());
    DraftForm { opening: Some(500_000), rows, closing: Some(closing), ..words_for("finance/2026-09") }
}

#[test]
fn a_month_that_adds_up_is_shown_with_its_totals() {
    let v = tianfu();
    let id = v.publish(september(1_613_950));
    let page = v.paper_page(None, &id).unwrap();
    for part in [
        r#""node":"table""#,
        r#"{"money":1200000}"#,
        r#"{"money":86050}"#,
        r#"{"money":500000}"#,
        r#"{"money":1613950}"#,
        "土地流转管理费",
        "已经核对相符",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let whole = v.read(None, |cx| OpenAffairs::lookup(cx, LookupParams { id: id.clone() })).unwrap();
    assert_eq!(whole.pointer("/finance/income").and_then(Value::as_i64), Some(1_200_000));
    assert_eq!(whole["signed_by"], "周主任");
}

#[test]
fn one_that_does_not_is_refused_with_the_sum() {
    let v = tianfu();
    let Error::Invalid(fields) = v.draft(september(1_600_000)).unwrap_err() else { panic!() };
    assert_eq!(fields[0].field, "closing");
    assert_eq!(
        fields[0].message,
        "对不上：期初 5,000 元 + 收入 12,000 元 − 支出 860.50 元 = 16,139.50 元，您写的期末是 16,000 元。"
    );
}

#[test]
fn wrong_lines_are_named_beside_the_field() {
    let v = tianfu();
    let form = DraftForm { rows: Some("电费 | | 八百\n工资".to_owned()), ..september(0) };
    let Error::Invalid(fields) = v.draft(form).unwrap_err() else { panic!() };
    assert_eq!(fields[0].field, "rows");
    let lines: Vec<&str> = fields[0].message.lines().collect();
    assert_eq!(lines, ["第 1 行：支出不是金额，写成 120 或 120.50", "第 2 行：要用 | 隔开：项目 | 收入 | 支出 | 备注"]);
    let form = DraftForm { opening: None, closing: None, ..september(0) };
    let Error::Invalid(fields) = v.draft(form).unwrap_err() else { panic!() };
    let names: Vec<&str> = fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(names, ["opening", "closing"]);
    assert!(v.host.all::<cunshi_plugin_disclosure::domain::Disclosure>().unwrap().is_empty(), "nothing was kept");
    assert_eq!(v.duty("finance/2026-09").disclosure, None);
}

#[test]
fn the_draft_comes_back_as_it_was_typed() {
    let v = tianfu();
    let id = v.draft(september(1_613_950)).unwrap();
    let page = text(&v.read(Some(&v.jian), |cx| OpenAffairs::edit(cx, EditParams { id: id.clone() })).unwrap());
    assert!(page.contains("路灯电费 |  | 860.50 | 8 月") && page.contains(r#""closing":1613950"#), "{page}");
}

#[test]
fn a_month_that_does_not_go_on_from_the_one_before_is_shown_to_who_signs() {
    let v = tianfu();
    v.publish(september(1_613_950));
    v.host.set_now(at(11, 3, 9, 0));
    v.clock();
    let october = |opening: i64| DraftForm {
        opening: Some(opening),
        rows: Some("办公用品 | | 100".to_owned()),
        closing: Some(opening - 10_000),
        ..words_for("finance/2026-10")
    };
    let id = v.draft(october(1_600_000)).unwrap();
    let page = v.paper_page(Some(&v.zhou), &id).unwrap();
    assert!(page.contains("上一期公开的期末余额是 16,139.50 元，这一期的期初是 16,000 元"), "{page}");
    v.host.as_(&v.chen).act(|cx| OpenAffairs::discard(cx, DiscardForm { id })).unwrap();
    let id = v.draft(october(1_613_950)).unwrap();
    assert!(!v.paper_page(Some(&v.zhou), &id).unwrap().contains("接不上"));
}
