//! The calendar: items by months, done, late, overdue or not due; and in words beneath.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::days;
use crate::domain::{Calendar, Duty, Every, Mark, period};
use crate::words::Reader;
use crate::{CalendarParams, keep, listing, words};

/// Duties named beneath the months, of each kind.
const ROWS: u32 = 20;

/// See `plugin.toml`.
pub fn calendar(cx: &Read, params: &CalendarParams) -> Result<View> {
    let reader = Reader::of(cx);
    let (this_year, _, _) = days::date(cx.now());
    let year = params.year.unwrap_or(this_year);
    let page = view::page(t!("calendar.title")).fresh_until(days::next_midnight(cx.now()));
    if !keep::has_duties(cx) {
        let page = page.section(|section| section.text(t!("board.elsewhere")));
        return Ok(page.link(t!("items.title"), To::page("items")));
    }
    let tab = |of: i64| {
        let to = To::page("calendar").with("year", of);
        Tab::new(words::period(Every::Yearly, period::year(of).unwrap_or_default().0), to).current(of == year)
    };
    let page = page.subtitle(t!("calendar.subtitle")).filters((this_year - 2..=this_year).rev().map(tab));
    let duties = listing::of_year(cx, year)?;
    let known = keep::calendar(cx)?;
    let page = page.section(|section| match rows(cx, &reader, &known, &duties) {
        rows if rows.is_empty() => section.empty(t!("calendar.none")),
        rows => section.add(months(cx, year, rows)),
    });
    let page = list(cx, &reader, page, t!("overdue.title"), &listing::overdue(cx, ROWS)?, Some(t!("overdue.none")));
    let page = list(cx, &reader, page, t!("calendar.coming"), &listing::coming(cx, ROWS)?, None);
    Ok(page.link(t!("items.title"), To::page("items")))
}

fn months(cx: &Read, year: i64, rows: Vec<CalendarRow>) -> Node {
    let columns = (1..=12).map(|month| match cx.lang() {
        Lang::Zh => t!("month.short", n = month),
        Lang::En => {
            let start = days::read_month(&format!("{year:04}-{month:02}")).unwrap_or_default();
            words::month(start).chars().take(3).collect()
        }
    });
    let legend = [Mark::Done, Mark::Late, Mark::Overdue, Mark::InHand, Mark::NotDue].map(|mark| {
        let (mark, text, tone) = words::mark(mark);
        Badge::new(format!("{mark} {text}"), tone)
    });
    Node::Calendar {
        title: t!("calendar.months", year = year),
        columns: columns.collect(),
        rows,
        legend: legend.into(),
    }
}

/// A row for each item, in the order of the calendar; what it no longer asks for comes last.
fn rows(cx: &Read, reader: &Reader, calendar: &Calendar, duties: &[Doc<Duty>]) -> Vec<CalendarRow> {
    let order = |item: &str| calendar.items.iter().position(|known| known.key == item);
    let mut items: Vec<(Option<usize>, &str)> = Vec::new();
    for duty in duties {
        if !items.iter().any(|(_, item)| *item == duty.item) {
            items.push((order(&duty.item), &duty.item));
        }
    }
    items.sort_by_key(|(place, _)| place.unwrap_or(usize::MAX));
    items.into_iter().filter_map(|(_, item)| of_item(cx, reader, item, duties)).collect()
}

fn of_item(cx: &Read, reader: &Reader, item: &str, duties: &[Doc<Duty>]) -> Option<CalendarRow> {
    let own: Vec<&Doc<Duty>> = duties.iter().filter(|duty| duty.item == item).collect();
    let label = words::in_language(&own.last()?.title);
    let mut cells = vec![CalendarCell::default(); 12];
    for duty in own {
        // A quarter and a year stand under their last month.
        let (_, month, _) = days::date(duty.end - 1);
        let place = usize::try_from(month - 1).unwrap_or_default();
        if let Some(cell) = cells.get_mut(place) {
            *cell = worse(std::mem::take(cell), cell_of(cx, reader, duty));
        }
    }
    Some(CalendarRow { label, to: None, cells })
}

fn cell_of(cx: &Read, reader: &Reader, duty: &Duty) -> CalendarCell {
    let (mark, text, tone) = words::mark(duty.mark(cx.now()));
    let says = t!("calendar.says", title = words::duty(duty), state = text, date = words::date(duty.due_at));
    CalendarCell { mark: mark.to_owned(), says, tone, to: row::duty(cx, reader, duty).to }
}

/// Of several matters in one month the one to be seen is shown, and all are said.
fn worse(known: CalendarCell, new: CalendarCell) -> CalendarCell {
    if known.mark.is_empty() {
        return new;
    }
    let weight = |tone: Tone| match tone {
        Tone::Late => 4,
        Tone::Up => 3,
        Tone::Plain => 2,
        Tone::Hand => 1,
        Tone::Done => 0,
    };
    let says = words::cut(&format!("{}; {}", known.says, new.says), 200);
    let shown = if weight(new.tone) > weight(known.tone) { new } else { known };
    CalendarCell { says, ..shown }
}

fn list(cx: &Read, reader: &Reader, page: View, title: String, duties: &[Doc<Duty>], none: Option<String>) -> View {
    if duties.is_empty() && none.is_none() {
        return page;
    }
    let items = duties.iter().map(|duty| row::duty(cx, reader, duty));
    page.section(|section| section.title(title).add(view::list(items).empty(none.unwrap_or_default())))
}
