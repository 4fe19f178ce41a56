//! A month: days by cadres, duties done and missing, and for the office the hard-pressed homes of the quarter.

use cunshi_sdk::prelude::*;

use super::{homes, row};
use crate::CalendarParams;
use crate::books::{self, Month};
use crate::domain::days::{self, Micros};
use crate::domain::{Excuse, ExcuseIndexes as _, Kind, Line, Sheet, month as months};
use crate::words::{self, Reader};

/// Most cadres of the matrix: a page has an end.
const MOST: usize = 40;

/// The page of a month.
pub fn calendar(cx: &Read, params: &CalendarParams) -> Result<View> {
    let reader = Reader::of(cx)?;
    let month = Month::of(cx, months::asked(params.month.as_deref(), cx.now()))?;
    let to = |at: Micros| To::page("calendar").with("month", days::write_month(at));
    let total = month.total();
    let page = view::page(t!("calendar.title", month = words::month(month.start)))
        .subtitle(t!("calendar.subtitle"))
        .fresh_until(days::next_midnight(cx.now()))
        .filters(row::months(cx, month.start, to))
        .stats([
            Stat::new(total.entries.to_string(), t!("stat.entries")),
            Stat::new(total.visit.to_string(), t!("stat.visits")),
            Stat::new(words::share(total.confirmed, total.asked), t!("stat.confirmed")).tone(Tone::Done),
        ]);
    let page = if month.rows.is_empty() { page.empty(t!("calendar.none")) } else { page.add(matrix(&month)) };
    let mut page = page.section(|section| {
        let section = section.title(t!("duties.title")).quiet(asked(&month));
        section.add(duties(cx, &month))
    });
    let summary = To::page("summary").with("month", days::write_month(month.start));
    page = page.link(t!("summary.link"), summary);
    if reader.cadre && cx.setting::<bool>("homes_each_quarter")? {
        page = page.add(homes::quarter(cx, cx.now())?);
    }
    excuses(cx, &reader, &month, page)
}

fn asked(month: &Month) -> String {
    t!("duties.asked", visits = month.duties.visits, meetings = month.duties.meetings)
}

/// Days by cadres.
fn matrix(month: &Month) -> Node {
    let days = months::length(month.start);
    let start = month.start;
    let rows = month.sheets.iter().take(MOST).map(|sheet| CalendarRow {
        label: sheet.name.clone(),
        to: Some(to_cadre(&sheet.person, start)),
        cells: (1..=days).map(|day| cell(sheet, start, day)).collect(),
    });
    Node::Calendar {
        title: t!("calendar.matrix"),
        columns: (1..=days).map(|day| day.to_string()).collect(),
        rows: rows.collect(),
        legend: vec![
            Badge::new(t!("legend.visit"), Tone::Done),
            Badge::new(t!("legend.other"), Tone::Up),
            Badge::new(t!("legend.late"), Tone::Hand),
        ],
    }
}

fn cell(sheet: &Sheet, start: Micros, day: i64) -> CalendarCell {
    let lines: Vec<&Line> = sheet.day(day).collect();
    if lines.is_empty() {
        return CalendarCell::default();
    }
    let tone = if lines.iter().all(|line| line.late) {
        Tone::Hand
    } else if lines.iter().any(|line| line.kind == Kind::Visit) {
        Tone::Done
    } else {
        Tone::Up
    };
    let kinds: Vec<String> = Kind::ALL
        .into_iter()
        .filter_map(|kind| {
            let n = lines.iter().filter(|line| line.kind == kind).count();
            (n > 0).then(|| t!("cell.kind", kind = words::kind(kind), n = n))
        })
        .collect();
    let date = words::date(start + (day - 1) * days::DAY);
    let says = t!("cell.says", date = date, kinds = kinds.join(&t!("list.comma")));
    CalendarCell { mark: lines.len().to_string(), says, tone, to: None }
}

/// The page of a cadre in a month.
pub fn to_cadre(person: &str, month: Micros) -> To {
    To::page("cadre").with("person", person).with("month", days::write_month(month))
}

fn duties(cx: &Read, month: &Month) -> view::Table {
    let over = days::next_month(month.start) <= cx.now();
    let columns = [
        Column::text(t!("column.cadre")),
        Column::number(t!("column.visits")),
        Column::number(t!("column.meetings")),
        Column::text(t!("column.duties")),
    ];
    let of = |done: i64, required: i64| if required > 0 { format!("{done}/{required}") } else { done.to_string() };
    let rows = month.rows.iter().map(|row| {
        vec![
            Cell::link(row.name.as_str(), to_cadre(&row.person, month.start)),
            of(row.sum.visits_due, month.duties.visits).into(),
            of(row.sum.meeting, month.duties.meetings).into(),
            words::duties(month.duties, row, over).into(),
        ]
    });
    view::table(columns).rows(rows).empty(t!("duties.none"))
}

/// Who is excused and why, for those who may know; and the form for those who decide.
fn excuses(cx: &Read, reader: &Reader, month: &Month, page: View) -> Result<View> {
    if reader.person.is_none() {
        return Ok(page);
    }
    let excuses = cx.data::<Excuse>().by_month(month.start).take(100)?;
    let open = month.summary.is_none() && cx.now() < books::closes_at(cx, month.start)?;
    let decides = reader.judges() && open;
    if excuses.is_empty() && !decides {
        return Ok(page);
    }
    let rows = excuses.iter().map(|excuse| {
        Step::new(&excuse.name).at(excuse.at).meta(t!("excuse.by", name = excuse.by)).text(&excuse.reason)
    });
    let others: Vec<&Doc<Excuse>> =
        excuses.iter().filter(|excuse| Some(&excuse.person) != reader.person.as_ref()).collect();
    Ok(page.section(|section| {
        let section = section.title(t!("excuse.title")).quiet(t!("excuse.who"));
        let section = section.when(!excuses.is_empty(), |section| section.timeline(rows));
        section.when(decides, |section| {
            let section = section.each(others, |section, excuse| {
                let label = t!("excuse.undo", name = excuse.name);
                section.add(view::button("unexcuse").value("excuse", excuse.id.as_str()).label(label).quiet())
            });
            section.add(view::form("excuse").value("month", days::write_month(month.start)).folded())
        })
    }))
}
