//! What a cell of a table or a fact holds, as the reader expects to see it.

use cunshi_contract::view::Cell;
use maud::{Markup, html};

use super::figures::star_row;
use super::prose::badge;
use crate::render::RenderContext;
use crate::render::say;
use crate::render::view::Drawer;

pub(crate) fn cell(drawer: &Drawer<'_>, cell: &Cell) -> Markup {
    let cx = drawer.cx;
    match cell {
        Cell::Text(text) => html! { span.lines { (text) } },
        Cell::Number(number) => html! { (say::count(*number)) },
        Cell::Time(at) if drawer.paper => html! { (say::dated_time(cx.lang, *at)) },
        Cell::Day(at) if drawer.paper => html! { (say::dated_day(cx.lang, *at)) },
        Cell::Time(at) => time(cx, *at),
        Cell::Day(at) => html! { time datetime=(say::machine(*at)) { (say::day(cx.lang, cx.now, *at)) } },
        Cell::Money(fen) => html! { span.money { (say::money(cx.lang, *fen)) } },
        Cell::Points(hundredths) => html! { span.figures { (say::points(*hundredths)) } },
        Cell::Stars(value) => star_row(cx, *value),
        Cell::Badge(it) => badge(it),
        Cell::Link { text, to } => drawer.linked(text, Some(to)),
    }
}

/// Whether figures line up: right-aligned even where the column is not declared numeric.
pub(crate) fn is_figure(cell: &Cell) -> bool {
    matches!(cell, Cell::Number(_) | Cell::Money(_) | Cell::Points(_))
}

/// An instant, readable by machines too.
pub(crate) fn time(cx: &RenderContext<'_>, at: i64) -> Markup {
    html! { time datetime=(say::machine(at)) { (say::time(cx.lang, cx.now, at)) } }
}
