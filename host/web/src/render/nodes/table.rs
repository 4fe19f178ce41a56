//! Tables. On a phone the stylesheet makes each row a small card, with the column's name before each value.

use cunshi_contract::view::{Cell, Column, To};
use maud::{Markup, html};

use super::cell::{cell, is_figure};
use super::list::next_page;
use crate::render::view::Drawer;

pub(crate) struct Table<'t> {
    pub(crate) columns: &'t [Column],
    pub(crate) rows: &'t [Vec<Cell>],
    pub(crate) totals: &'t [Cell],
    pub(crate) empty: Option<&'t str>,
    pub(crate) next: Option<&'t To>,
}

pub(crate) fn table(drawer: &Drawer<'_>, table: &Table<'_>) -> Markup {
    let words = drawer.cx.words();
    if table.rows.is_empty() {
        return html! { p.empty { (table.empty.unwrap_or(words.empty_list)) } };
    }
    // `role`s keep the table a table for screen readers where the stylesheet turns rows into cards.
    html! {
        table.cards role="table" {
            thead role="rowgroup" {
                tr role="row" {
                    @for column in table.columns {
                        th.n[column.numeric] role="columnheader" scope="col" { (column.title) }
                    }
                }
            }
            tbody role="rowgroup" { @for cells in table.rows { (row(drawer, table.columns, cells)) } }
            @if !table.totals.is_empty() {
                tfoot role="rowgroup" { (row(drawer, table.columns, table.totals)) }
            }
        }
        (next_page(drawer, table.next))
    }
}

fn row(drawer: &Drawer<'_>, columns: &[Column], cells: &[Cell]) -> Markup {
    html! {
        tr role="row" {
            @for (index, it) in cells.iter().enumerate() {
                @let column = columns.get(index);
                @let figures = column.is_some_and(|column| column.numeric) || is_figure(it);
                @let blank = matches!(it, Cell::Text(text) if text.is_empty());
                @let label = column.filter(|_| index > 0).map(|column| column.title.as_str());
                td.n[figures].blank[blank] role="cell" data-label=[label] { (cell(drawer, it)) }
            }
        }
    }
}
