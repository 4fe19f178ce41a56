//! How points are earned here: the village's table in words.

use cunshi_sdk::prelude::*;

use crate::domain::Source;
use crate::domain::table::Row;
use crate::way;
use crate::words::{self, Reader};

/// The table.
pub fn earn(cx: &Read) -> Result<View> {
    let reader = Reader::of(cx)?;
    let rows = way::handled(cx)?;
    let (earns, costs): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.points >= 0);
    let page = view::page(t!("earn.title")).subtitle(t!("earn.subtitle", space = cx.space().name));
    let table = view::table(columns()).rows(earns.iter().map(|row| cells(&reader, row))).empty(t!("earn.none"));
    let page = page.section(|section| section.title(t!("earn.more")).add(table).quiet(t!("earn.kinds")));
    let page = page.when(!costs.is_empty(), |page| {
        let table = view::table(columns()).rows(costs.iter().map(|row| cells(&reader, row)));
        page.section(|section| section.title(t!("earn.less")).add(table).quiet(t!("earn.protected")))
    });
    let page = page.section(|section| section.alert(Tone::Done, t!("earn.never")));
    Ok(page.when(reader.hand.is_some(), |page| {
        page.add(view::link(t!("claim.title"), To::page("new-claim")).icon("star").primary())
    }))
}

fn columns() -> Vec<Column> {
    [t!("column.item"), t!("column.points"), t!("column.kind"), t!("column.cap"), t!("column.how")]
        .map(Column::text)
        .into()
}

fn cells(reader: &Reader, row: &Row) -> Vec<Cell> {
    let claims = row.how == Source::Claim && reader.hand.is_some();
    let label: Cell = if claims {
        Cell::link(&row.label, To::page("new-claim").with("item", row.item.as_str()))
    } else {
        row.label.as_str().into()
    };
    let how = match row.how {
        Source::Deed => t!("earn.by-itself", procedure = words::procedure(row)),
        Source::Claim => t!("earn.by-claim", procedure = words::procedure(row)),
        Source::Deduction => t!("earn.by-office", procedure = words::procedure(row)),
    };
    vec![
        label,
        Badge::new(words::worth(row), words::tone(row.points)).into(),
        words::kind(row.kind).into(),
        words::cap(row).unwrap_or_default().into(),
        how.into(),
    ]
}
