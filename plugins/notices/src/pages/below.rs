//! How far a notice has come in the villages, for the office that sent it: those behind come first.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Count, Notice, Tally, TallyIndexes as _};
use crate::events::tell;
use crate::{BelowParams, words};

/// Rows on a page.
const ROWS: u32 = 50;
/// Most spaces that are added up, by two hundred.
const PAGES: usize = 5;

/// Each space below with its own counts.
pub fn below(cx: &Read, params: BelowParams) -> Result<View> {
    let notice = cx.data::<Notice>().must(&params.id)?;
    if !words::is_office_above(cx) {
        return Err(Error::Missing);
    }
    let source = tell::source(&notice);
    let (rows, next) = cx.data::<Tally>().by_notice(source).page(ROWS, params.cursor)?;
    let (spaces, total) = total(cx, source)?;
    let next = next.map(|cursor| To::page("below").with("id", notice.id.as_str()).with("cursor", cursor));
    let district = cx.space().kind == "district";
    let table = view::table(columns(district, notice.acknowledge))
        .rows(rows.iter().map(|tally| cells(tally, district, notice.acknowledge)))
        .totals(totals(total, district, notice.acknowledge))
        .empty(t!("below.none"))
        .next(next);
    let mut stats = vec![
        Stat::new(spaces.to_string(), t!("below.spaces")),
        Stat::new(total.reached.to_string(), t!("office.reached")),
        Stat::new(words::read_share(total), t!("office.read")),
    ];
    if notice.acknowledge {
        stats.push(Stat::new(words::acknowledged_share(total), t!("office.acknowledged")));
    }
    let page = view::page(t!("below.title")).subtitle(notice.title.as_str()).stats(stats);
    let page = page.section(|section| section.quiet(t!("below.note")).add(table));
    Ok(page.link(t!("change.back"), row::to(&notice)))
}

fn total(cx: &Read, source: &str) -> Result<(usize, Count)> {
    let (mut spaces, mut total, mut cursor) = (0, Count::default(), None);
    for _ in 0..PAGES {
        let (rows, next) = cx.data::<Tally>().by_notice(source).page(200, cursor)?;
        spaces += rows.len();
        total = rows.iter().fold(total, |total, tally| total.plus(tally.count));
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    Ok((spaces, total))
}

fn columns(district: bool, acknowledge: bool) -> Vec<Column> {
    let mut columns = Vec::new();
    if district {
        columns.push(Column::text(t!("column.town")));
    }
    columns.push(Column::text(t!("column.village")));
    columns.push(Column::number(t!("column.reached")));
    columns.push(Column::number(t!("column.read")));
    columns.push(Column::number(t!("column.percent")));
    if acknowledge {
        columns.push(Column::number(t!("column.known")));
    }
    columns
}

fn cells(tally: &Tally, district: bool, acknowledge: bool) -> Vec<Cell> {
    let mut cells = Vec::new();
    if district {
        cells.push(tally.town.as_str().into());
    }
    cells.push(tally.place.as_str().into());
    cells.extend(numbers(tally.count, acknowledge));
    cells
}

fn totals(total: Count, district: bool, acknowledge: bool) -> Vec<Cell> {
    let mut cells = vec![Cell::from(t!("total"))];
    if district {
        cells.push("".into());
    }
    cells.extend(numbers(total, acknowledge));
    cells
}

fn numbers(count: Count, acknowledge: bool) -> Vec<Cell> {
    let mut cells: Vec<Cell> = vec![count.reached.into(), count.read.into(), count.percent_read().into()];
    if acknowledge {
        cells.push(count.acknowledged.into());
    }
    cells
}
