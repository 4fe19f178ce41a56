//! The desk: what is to be done, by whose turn it is; and handing over by the code. Supervisors see states and times.

use cunshi_sdk::prelude::*;

use super::row;
use crate::DeskParams;
use crate::domain::{Board, Request, days};
use crate::listing::{self, Show};
use crate::words::Reader;

/// Requests on a page.
const ROWS: u32 = 40;

/// For the office and the supervisors.
pub fn desk(cx: &Read, params: DeskParams) -> Result<View> {
    let reader = Reader::of(cx);
    let show = Show::parse(&params.show).unwrap_or(Show::On(Board::Work));
    let typed = params.q.unwrap_or_default();
    let searching = !typed.trim().is_empty();
    let (requests, next) = if searching {
        (search(cx, &reader, typed.trim())?, None)
    } else {
        listing::desk(cx, show, ROWS, params.cursor)?
    };
    let label = if reader.cadre { t!("desk.search") } else { t!("desk.search.number") };
    let mut page = view::page(t!("desk.title")).fresh_until(days::next_midnight(cx.now())).search(
        label,
        To::page("desk"),
        "q",
        typed.as_str(),
    );
    if !searching {
        page = page.filters(tabs(cx, show)?);
    }
    let empty = if searching { t!("desk.none.found") } else { none(show) };
    let rows = requests.iter().map(|request| row::cells(cx, &reader, request));
    let next = next.map(|cursor| To::page("desk").with("show", show.as_str()).with("cursor", cursor));
    let table = view::table(row::columns(&reader)).rows(rows).empty(empty).next(next);
    page = page.section(|section| section.add(table));
    if reader.cadre {
        let form = view::form("hand-over");
        page.aside = page.aside.section(|section| section.title(t!("desk.hand-over")).add(form));
    }
    Ok(page.link(t!("not-here.back"), To::page("catalogue")))
}

/// By spoken number; the office also by the asker's name.
fn search(cx: &Read, reader: &Reader, typed: &str) -> Result<Vec<Doc<Request>>> {
    let mut found: Vec<Doc<Request>> = listing::by_number(cx, typed)?.into_iter().collect();
    if reader.cadre {
        for request in cx.data::<Request>().search(typed, ROWS)? {
            if found.iter().all(|known| known.id != request.id) {
                found.push(request);
            }
        }
    }
    Ok(found)
}

fn tabs(cx: &Read, show: Show) -> Result<Vec<Tab>> {
    let tab = |wanted: Show| -> Result<Tab> {
        let n = listing::count(cx, wanted)?;
        let text = match wanted {
            Show::Late => t!("desk.late", n = n),
            Show::On(Board::Work) => t!("desk.work", n = n),
            Show::On(Board::Asker) => t!("desk.asker", n = n),
            Show::On(Board::Up) => t!("desk.up", n = n),
            Show::On(Board::Ready) => t!("desk.ready", n = n),
            Show::On(Board::Over) => t!("desk.over", n = n),
        };
        Ok(Tab::new(text, To::page("desk").with("show", wanted.as_str())).current(wanted == show))
    };
    Show::ALL.into_iter().map(tab).collect()
}

fn none(show: Show) -> String {
    match show {
        Show::Late => t!("desk.none.late"),
        Show::On(Board::Work) => t!("desk.none.work"),
        Show::On(_) => t!("desk.none"),
    }
}
