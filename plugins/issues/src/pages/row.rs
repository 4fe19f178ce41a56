//! A case in a list: for villagers a row that leads to it, for the office a row of a table.

use cunshi_sdk::prelude::*;

use crate::domain::Case;
use crate::words;

/// Longest title in a list, in characters.
const TITLE: usize = 40;

/// A row for villagers: title, state, number, and how it goes.
pub fn item(cx: &Read, case: &Doc<Case>) -> Result<Item> {
    let badge = words::badge(case, cx.now());
    let mut meta = vec![case.number.clone()];
    meta.extend(words::progress(cx, case)?);
    let item = Item::new(words::cut(&case.title, TITLE)).to(to(case)).badge(badge.text, badge.tone);
    Ok(item.meta(meta.join(" · ")))
}

/// Rows for villagers.
pub fn items(cx: &Read, cases: &[Doc<Case>]) -> Result<Vec<Item>> {
    cases.iter().map(|case| item(cx, case)).collect()
}

/// The columns of [`cells`].
pub fn columns() -> Vec<Column> {
    [
        t!("column.number"),
        t!("column.title"),
        t!("column.category"),
        t!("column.reporter"),
        t!("column.state"),
        t!("column.due"),
    ]
    .map(Column::text)
    .into()
}

/// A row for the office.
pub fn cells(cx: &Read, reader: &words::Reader, case: &Doc<Case>) -> Vec<Cell> {
    let (title, _, _) = reader.report(case);
    vec![
        case.number.as_str().into(),
        Cell::link(words::cut(title, TITLE), to(case)),
        words::category(&case.category).into(),
        reader.reporter(case).into(),
        words::badge(case, cx.now()).into(),
        Cell::Day(case.due_at),
    ]
}

/// The page of a case.
pub fn to(case: &Doc<Case>) -> To {
    To::page("case").with("id", case.id.as_str())
}
