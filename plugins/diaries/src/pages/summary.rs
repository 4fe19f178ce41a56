//! The monthly summary: each cadre's figures as they were fixed, and what changed since.

use cunshi_sdk::prelude::*;

use super::calendar::to_cadre;
use super::row;
use crate::SummaryParams;
use crate::books::{self, Month};
use crate::domain::days::{self, Micros};
use crate::domain::{Change, ChangeKind, Kind, Row, Sum, Summary, month as months};
use crate::words;

/// Later changes that are shown.
const CHANGES: usize = 50;

/// The page of a month's summary.
pub fn summary(cx: &Read, params: &SummaryParams) -> Result<View> {
    let month = Month::of(cx, months::asked(params.month.as_deref(), cx.now()))?;
    let to = |at: Micros| To::page("summary").with("month", days::write_month(at));
    let mut page = view::page(t!("summary.title", month = words::month(month.start)))
        .subtitle(t!("summary.subtitle"))
        .fresh_until(days::next_midnight(cx.now()))
        .filters(row::months(cx, month.start, to));
    let over = days::next_month(month.start) <= cx.now();
    page = if let Some(summary) = &month.summary {
        page.alert(Tone::Done, t!("summary.fixed", date = words::date(summary.at)))
    } else {
        let date = words::date(books::closes_at(cx, month.start)?.max(cx.now()));
        page.alert(Tone::Hand, t!("summary.open", date = date))
    };
    page = page.section(|section| section.add(table(&month, over)));
    if let Some(summary) = &month.summary {
        page = page.when(summary.homes > 0, |page| {
            let share = words::share(summary.homes_visited, summary.homes);
            page.text(t!("summary.homes", quarter = words::quarter(month.start), share = share))
        });
        page = later(&month, summary, page);
    }
    Ok(page.link(t!("board.calendar"), To::page("calendar").with("month", days::write_month(month.start))))
}

fn table(month: &Month, over: bool) -> view::Table {
    let mut columns = vec![Column::text(t!("column.cadre")), Column::number(t!("column.entries"))];
    columns.extend(Kind::ALL.map(|kind| Column::number(words::kind(kind))));
    columns.extend([
        Column::number(t!("column.households")),
        Column::number(t!("column.confirmed")),
        Column::number(t!("column.late")),
        Column::number(t!("column.withdrawn")),
        Column::text(t!("column.duties")),
    ]);
    let rows = month.fixed_rows();
    let cells = |row: &Row| {
        let mut cells = vec![Cell::link(row.name.as_str(), to_cadre(&row.person, month.start))];
        cells.extend(figures(&row.sum, row.sum.households.into()));
        cells.push(words::duties(month.duties, row, over).into());
        cells
    };
    let total = rows.iter().fold(Sum::default(), |sum, row| sum.plus(row.sum));
    let mut totals = vec![Cell::from(t!("total"))];
    // A household that two cadres reached would be two here.
    totals.extend(figures(&total, "".into()));
    totals.push("".into());
    let table = view::table(columns).rows(rows.iter().map(cells)).empty(t!("summary.none"));
    if rows.is_empty() { table } else { table.totals(totals) }
}

fn figures(sum: &Sum, households: Cell) -> Vec<Cell> {
    let mut cells = vec![Cell::Number(sum.entries)];
    cells.extend(Kind::ALL.map(|kind| Cell::Number(sum.of(kind))));
    let confirmed = if sum.asked == 0 { "—".to_owned() } else { format!("{}/{}", sum.confirmed, sum.asked) };
    cells.extend([households, confirmed.into(), sum.late.into(), sum.withdrawn.into()]);
    cells
}

/// What is otherwise now than when the month was fixed, and what made it so.
fn later(month: &Month, summary: &Summary, page: View) -> View {
    if summary.changes.is_empty() {
        return page.quiet(t!("later.none"));
    }
    let changed = month.rows.iter().filter_map(|row| {
        let fixed = summary.rows.iter().find(|old| old.person == row.person).map(|old| old.sum).unwrap_or_default();
        (fixed != row.sum).then(|| {
            let change = |before: i64, now: i64| {
                if before == now { now.to_string() } else { format!("{before} → {now}") }
            };
            vec![
                Cell::from(row.name.as_str()),
                change(fixed.entries, row.sum.entries).into(),
                change(fixed.visit, row.sum.visit).into(),
                change(fixed.confirmed, row.sum.confirmed).into(),
            ]
        })
    });
    let columns = [
        Column::text(t!("column.cadre")),
        Column::number(t!("column.entries")),
        Column::number(t!("column.visits")),
        Column::number(t!("column.confirmed")),
    ];
    let hidden = i64::try_from(summary.changes.len().saturating_sub(CHANGES)).unwrap_or_default();
    let more = hidden + summary.more_changes;
    let gone = |change: &Change| {
        // What was withdrawn has no public page.
        summary.changes.iter().any(|other| other.entry == change.entry && other.kind == ChangeKind::Withdrawn)
    };
    let items = summary.changes.iter().rev().take(CHANGES).map(|change| item(change, gone(change)));
    page.section(|section| {
        let section = section.title(t!("later.title")).quiet(t!("later.why"));
        let section = section.add(view::table(columns).rows(changed).empty(t!("later.same"))).list(items);
        section.when(more > 0, |section| section.quiet(t!("later.more", n = more)))
    })
}

fn item(change: &Change, gone: bool) -> Item {
    let title = t!("later.item", name = change.name, date = words::date(change.day), what = words::change(change.kind));
    let item = Item::new(title).at(change.at);
    if gone { item } else { item.to(To::page("diary").with("id", change.entry.as_str())) }
}
