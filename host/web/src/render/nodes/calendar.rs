//! A month at a glance: rows of days with a mark in each. It scrolls within itself on a phone, its first column stays.

use cunshi_contract::view::{Badge, CalendarCell, CalendarRow};
use maud::{Markup, html};

use super::prose::{badge, mark, sign, tone_class};
use crate::render::view::Drawer;

pub(crate) fn calendar(
    drawer: &Drawer<'_>,
    title: &str,
    columns: &[String],
    rows: &[CalendarRow],
    legend: &[Badge],
) -> Markup {
    let words = drawer.cx.words();
    html! {
        figure.month {
            figcaption { (title) }
            @if rows.is_empty() {
                p.empty { (words.empty_list) }
            } @else {
                // Reached by the keyboard too, because what overflows can only be seen by scrolling.
                div.scroll tabindex="0" role="region" aria-label=(title) {
                    table {
                        thead { tr { td {} @for column in columns { th scope="col" { (column) } } } }
                        tbody { @for it in rows { (row(drawer, it)) } }
                    }
                }
            }
            @if !legend.is_empty() { p.tags { @for item in legend { (badge(item)) " " } } }
        }
    }
}

fn row(drawer: &Drawer<'_>, row: &CalendarRow) -> Markup {
    html! {
        tr {
            th scope="row" { (drawer.linked(&row.label, row.to.as_ref())) }
            @for it in &row.cells {
                td class=(tone_class(it.tone)) title=[(!it.says.is_empty()).then_some(it.says.as_str())] {
                    @match it.to.as_ref().and_then(|to| drawer.href(to)) {
                        Some(href) => a href=(href) { (inside(it)) },
                        None => (inside(it)),
                    }
                }
            }
        }
    }
}

/// The mark with the sign of its tone, so that colour is never the only signal; who listens hears the words instead.
fn inside(cell: &CalendarCell) -> Markup {
    let alone = cell.mark.is_empty() || sign(cell.tone) == Some(cell.mark.as_str());
    html! {
        @if cell.says.is_empty() {
            (mark(cell.tone)) @if !alone { (cell.mark) }
        } @else {
            (mark(cell.tone)) @if !alone { span aria-hidden="true" { (cell.mark) } }
            span.unseen { (cell.says) }
        }
    }
}
