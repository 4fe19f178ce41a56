//! Who has most, by household or villager, in a period or by balance; names as the village chose.

use cunshi_sdk::prelude::*;

use crate::RanksParams;
use crate::books::{self, PLACES, Wanted};
use crate::domain::amount;
use crate::words::Reader;

/// The ranking.
pub fn ranks(cx: &Read, params: &RanksParams) -> Result<View> {
    let reader = Reader::of(cx)?;
    let wanted = Wanted { by: &params.by, period: &params.period, kind: &params.kind, limit: PLACES };
    let (_, places) = books::ranking(cx, &reader, wanted)?;
    let to =
        |by: &str, period: &str, kind: &str| To::page("ranks").with("by", by).with("period", period).with("kind", kind);
    let by = [("households", t!("ranks.households")), ("persons", t!("ranks.persons"))]
        .map(|(by, text)| Tab::new(text, to(by, &params.period, &params.kind)).current(by == params.by));
    let periods = [
        ("month", t!("ranks.period.month")),
        ("quarter", t!("ranks.period.quarter")),
        ("year", t!("ranks.period.year")),
        ("now", t!("ranks.period.now")),
    ]
    .map(|(period, text)| Tab::new(text, to(&params.by, period, &params.kind)).current(period == params.period));
    let kinds = [
        ("all", t!("ranks.kind.all")),
        ("redeemable", t!("kind.redeemable")),
        ("base", t!("kind.base")),
        ("honour", t!("kind.honour")),
    ]
    .map(|(kind, text)| Tab::new(text, to(&params.by, &params.period, kind)).current(kind == params.kind));
    let columns =
        [Column::number(t!("column.place")), Column::text(t!("column.who")), Column::number(t!("column.points"))];
    let rows = places.into_iter().map(|at| {
        let name =
            if at.mine { Cell::Badge(Badge::new(t!("ranks.me", name = at.name), Tone::Done)) } else { at.name.into() };
        vec![i64::from(at.place).into(), name, amount::show(at.points).into()]
    });
    let table = view::table(columns).rows(rows).empty(t!("ranks.none"));
    let page = view::page(t!("ranks.title")).subtitle(t!("ranks.subtitle"));
    Ok(page.filters(by).filters(periods).filters(kinds).section(|section| section.add(table)))
}
