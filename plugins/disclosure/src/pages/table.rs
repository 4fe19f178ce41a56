//! The table of income and expenses with its totals and balances.

use cunshi_sdk::prelude::*;

use crate::domain::Finance;

/// Opening balance, rows, totals, closing balance, and that they agree.
pub fn nodes(section: view::Section, finance: &Finance) -> view::Section {
    let columns = [
        Column::text(t!("table.item")),
        Column::number(t!("table.income")),
        Column::number(t!("table.expense")),
        Column::text(t!("table.note")),
    ];
    let cell = |fen: i64| if fen == 0 { Cell::from("") } else { Cell::Money(fen) };
    let rows = finance
        .rows
        .iter()
        .map(|row| vec![row.item.as_str().into(), cell(row.income), cell(row.expense), row.note.as_str().into()]);
    let totals = [t!("table.total").into(), Cell::Money(finance.income()), Cell::Money(finance.expense()), "".into()];
    section
        .title(t!("table.title"))
        .facts([Fact::new(t!("table.opening"), Cell::Money(finance.opening))])
        .add(view::table(columns).rows(rows).totals(totals))
        .facts([Fact::new(t!("table.closing"), Cell::Money(finance.closing))])
        .quiet(t!("table.checked"))
}
