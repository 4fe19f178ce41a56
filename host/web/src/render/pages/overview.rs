//! The district console's first page: every village with what is open and overdue.

use maud::{Markup, html};

use crate::render::layout::{Shell, document};
use crate::render::{RenderContext, addresses, say};

/// What the overview shows.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// Villages; drawn with the most overdue first.
    pub rows: Vec<OverviewRow>,
}

/// A village in numbers. `None`: could not be counted.
#[derive(Clone, Debug, Default)]
pub struct OverviewRow {
    /// Its 12 digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The town's name.
    pub town: String,
    /// Cases of the period.
    pub cases: Option<i64>,
    /// Cases still open.
    pub open: Option<i64>,
    /// Of these, overdue.
    pub overdue: Option<i64>,
    /// Closed on time, of all closed.
    pub on_time: Option<(i64, i64)>,
}

/// The overview.
pub fn overview(cx: &RenderContext<'_>, overview: &Overview) -> Markup {
    let words = cx.words();
    let mut rows: Vec<&OverviewRow> = overview.rows.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.overdue, row.open, row.cases)));
    let sum = |of: fn(&OverviewRow) -> Option<i64>| overview.rows.iter().filter_map(of).sum::<i64>();
    let closed = overview.rows.iter().filter_map(|row| row.on_time).fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    let overdue = sum(|row| row.overdue);
    // A figure that no village counts is left out: a zero would say something else.
    let with_open = overview.rows.iter().any(|row| row.open.is_some());
    let stats = [
        Some((say::count(sum(|row| row.cases)), words.cases, false)),
        with_open.then(|| (say::count(sum(|row| row.open)), words.open_cases, false)),
        Some((say::count(overdue), words.overdue, overdue > 0)),
        Some((share(cx, Some(closed)), words.on_time, false)),
    ];
    let columns = [
        Some((words.village, false)),
        Some((words.town, false)),
        Some((words.cases, true)),
        with_open.then_some((words.open_cases, true)),
        Some((words.overdue, true)),
        Some((words.on_time, true)),
    ];
    let body = html! {
        ul.stats {
            @for (value, label, late) in stats.iter().flatten() {
                li.late[*late] { b { @if *late { span.mark aria-hidden="true" { "!" } } (value) } span { (label) } }
            }
        }
        section.card {
            header { h2 { (words.villages) } span.meta { (words.by_overdue) } }
            table.cards role="table" {
                thead role="rowgroup" {
                    tr role="row" {
                        @for (title, figures) in columns.iter().flatten() {
                            th.n[*figures] role="columnheader" scope="col" { (title) }
                        }
                    }
                }
                tbody role="rowgroup" { @for row in rows { (village(cx, row, with_open)) } }
            }
        }
    };
    let subtitle = format!("{} · {}", say::villages(cx.lang, overview.rows.len()), say::time(cx.lang, cx.now, cx.now));
    let title = format!("{} · {}", cx.district, words.overview);
    document(
        cx,
        &Shell {
            title: &title,
            subtitle: Some(&subtitle),
            crumbs: vec![(addresses::PORTAL.to_owned(), cx.district.clone())],
            desk: true,
            body: Some(body),
            ..Shell::default()
        },
    )
}

fn village(cx: &RenderContext<'_>, row: &OverviewRow, with_open: bool) -> Markup {
    let words = cx.words();
    let count = |number: Option<i64>| number.map_or_else(|| words.not_counted.to_owned(), say::count);
    html! {
        tr role="row" {
            td role="cell" { a href=(addresses::home(&row.code)) { (row.name) } }
            td role="cell" data-label=(words.town) { (row.town) }
            td.n role="cell" data-label=(words.cases) { (count(row.cases)) }
            @if with_open { td.n role="cell" data-label=(words.open_cases) { (count(row.open)) } }
            td.n role="cell" data-label=(words.overdue) {
                @if row.overdue.is_some_and(|number| number > 0) {
                    span.tag.late { span.mark aria-hidden="true" { "!" } (count(row.overdue)) }
                } @else { (count(row.overdue)) }
            }
            td.n role="cell" data-label=(words.on_time) { (share(cx, row.on_time)) }
        }
    }
}

/// `96.2%`, rounded down so that 100 % means all; nothing closed says nothing.
fn share(cx: &RenderContext<'_>, of: Option<(i64, i64)>) -> String {
    match of {
        Some((part, all)) if all > 0 => {
            let permille = part.saturating_mul(1_000) / all;
            format!("{}.{}%", permille / 10, permille % 10)
        }
        _ => cx.words().not_counted.to_owned(),
    }
}
