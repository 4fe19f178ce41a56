//! The figures, for the office and the supervisors: a period, the categories, and what to do first.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::category::CATEGORIES;
use crate::domain::days::DAY;
use crate::domain::{Case, CaseIndexes as _};
use crate::measures::{self, Period, Share};
use crate::words::Reader;
use crate::{StatsParams, words};

/// The figures of the last days.
pub fn stats(cx: &Read, params: &StatsParams) -> Result<View> {
    let chosen = params.period.as_str();
    let days = match chosen {
        "year" => 365,
        "quarter" => 90,
        _ => 30,
    };
    let period = Period { from: cx.now() - days * DAY, to: cx.now() + 1 };
    let tab =
        |(name, text): (&str, String)| Tab::new(text, To::page("stats").with("period", name)).current(name == chosen);
    let tabs = [("month", t!("stats.month")), ("quarter", t!("stats.quarter")), ("year", t!("stats.year"))].map(tab);
    let page = view::page(t!("stats.title")).filters(tabs).stats(figures(cx, period)?);
    let first = first(cx)?;
    let page = page.section(|section| section.title(t!("stats.first")).add(first));
    Ok(page.add(view::section(t!("stats.bycategory")).add(by_category(cx, period)?)))
}

fn figures(cx: &Read, period: Period) -> Result<Vec<Stat>> {
    let (closed, satisfied) = (period.closed(cx)?, period.satisfied(cx)?);
    let overdue = measures::overdue(cx)?;
    let show = |what: &str| To::page("board").with("show", what);
    Ok(vec![
        Stat::new(period.registered(cx)?.to_string(), t!("stats.registered")),
        Stat::new(closed.of.to_string(), t!("stats.closed")),
        Stat::new(share(closed), t!("stats.ontime")).tone(Tone::Done),
        Stat::new(share(satisfied), t!("stats.satisfied")).tone(Tone::Done),
        Stat::new(measures::open(cx)?.to_string(), t!("stats.open")).to(show("open")),
        Stat::new(overdue.to_string(), t!("stats.overdue"))
            .tone(if overdue == 0 { Tone::Plain } else { Tone::Late })
            .to(show("overdue")),
    ])
}

fn share(Share { part, of }: Share) -> String {
    if of == 0 {
        return "—".to_owned();
    }
    let percent = part * 100 / of;
    t!("stats.share", part = part, of = of, percent = percent)
}

/// Open cases, the most urgent first.
fn first(cx: &Read) -> Result<view::Table> {
    let reader = Reader::of(cx)?;
    let cases = cx.data::<Case>().by_due("open").take(20)?;
    let rows = cases.iter().map(|case| row::cells(cx, &reader, case));
    Ok(view::table(row::columns()).rows(rows).empty(t!("stats.first.none")))
}

fn by_category(cx: &Read, period: Period) -> Result<view::Table> {
    let mut sums = (0, 0);
    let mut rows = Vec::new();
    for category in CATEGORIES {
        let said = cx.data::<Case>().by_category(category).from(period.from).to(period.to).count()?;
        let open = cx.data::<Case>().by_category_board(category).eq("open").count()?;
        let (said, open) = (i64::try_from(said).unwrap_or_default(), i64::try_from(open).unwrap_or_default());
        sums = (sums.0 + said, sums.1 + open);
        let to = To::page("board").with("category", category);
        rows.push(vec![Cell::link(words::category(category), to), said.into(), open.into()]);
    }
    let columns =
        [Column::text(t!("column.category")), Column::number(t!("column.cases")), Column::number(t!("column.open"))];
    Ok(view::table(columns).rows(rows).totals([t!("total").into(), sums.0.into(), sums.1.into()]))
}
