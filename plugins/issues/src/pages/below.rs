//! What the spaces below have overdue, for the officers of a town or the district.

use cunshi_sdk::prelude::*;

use crate::domain::{OverdueBelow, OverdueBelowIndexes as _, days};
use crate::{BelowParams, words};

/// Rows on a page.
const ROWS: u32 = 50;

/// The longest overdue first.
pub fn below(cx: &Read, params: BelowParams) -> Result<View> {
    let query = cx.data::<OverdueBelow>().by_due(true);
    let (notices, next) = query.page(ROWS, params.cursor)?;
    let columns = [
        t!("column.village"),
        t!("column.number"),
        t!("column.title"),
        t!("column.category"),
        t!("column.due"),
        t!("column.late"),
    ];
    let table = view::table(columns.map(Column::text))
        .rows(notices.iter().map(|notice| row(cx, notice)))
        .empty(t!("below.none"))
        .next(next.map(|cursor| To::page("below").with("cursor", cursor)));
    let page = view::page(t!("below.title")).subtitle(t!("below.subtitle"));
    Ok(page.fresh_until(days::next_midnight(cx.now())).section(|section| section.add(table)))
}

fn row(cx: &Read, notice: &Doc<OverdueBelow>) -> Vec<Cell> {
    let title = notice.title.as_deref().map_or_else(|| t!("private.title"), |title| words::cut(title, 40));
    vec![
        notice.from_name.as_str().into(),
        notice.number.as_str().into(),
        title.into(),
        words::category(&notice.category).into(),
        Cell::Day(notice.due_at),
        Badge::new(words::late(notice.due_at, cx.now()), Tone::Late).into(),
    ]
}
