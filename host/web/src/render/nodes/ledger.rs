//! Points: the rows of an account, and why something was decided so.

use cunshi_contract::view::{LedgerRow, To};
use maud::{Markup, html};

use super::cell::time;
use super::list::next_page;
use crate::render::icon::icon;
use crate::render::view::Drawer;
use crate::render::{RenderContext, addresses, say};

pub(crate) fn statement(drawer: &Drawer<'_>, rows: &[LedgerRow], empty: Option<&str>, next: Option<&To>) -> Markup {
    html! {
        @if rows.is_empty() {
            p.empty { (empty.unwrap_or(drawer.cx.words().empty_list)) }
        } @else {
            ol.ledger { @for it in rows { (row(drawer, it)) } }
        }
        (next_page(drawer, next))
    }
}

fn row(drawer: &Drawer<'_>, row: &LedgerRow) -> Markup {
    let (cx, words) = (drawer.cx, drawer.cx.words());
    html! {
        li {
            div {
                @if row.text.is_empty() { span.title.meta { (words.erased) } } @else { span.title { (row.text) } }
                span.under {
                    span.meta { (time(cx, row.at)) } " "
                    @if let Some(meta) = &row.meta { span.meta { (meta) } " " }
                    @if let Some(id) = &row.decision { (why(cx, id, words.why)) }
                }
            }
            p.sum {
                b.figures.less[row.amount < 0] { (say::points_signed(row.amount)) }
                @if let Some(balance) = row.balance { span.meta { (words.balance_after) " " (say::points(balance)) } }
            }
        }
    }
}

pub(crate) fn decision(cx: &RenderContext<'_>, id: &str, because: &[String], label: Option<&str>) -> Markup {
    html! {
        div.because {
            @if !because.is_empty() { ul { @for line in because { li.lines { (line) } } } }
            (why(cx, id, label.unwrap_or(cx.words().why)))
        }
    }
}

/// The way to a decision's page, for those who are signed in: nobody else may open it.
fn why(cx: &RenderContext<'_>, id: &str, label: &str) -> Markup {
    html! {
        @if cx.person.is_some() {
            a.why href=(addresses::decision(cx.code(), id)) { (label) (icon("next")) }
        }
    }
}
