//! The board: all that was said, with filters and search.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::category::CATEGORIES;
use crate::domain::{Case, CaseIndexes as _, days};
use crate::listing::{self, Page, Show, Wanted};
use crate::words::Reader;
use crate::{BoardParams, words};

/// Cases on a page for villagers; the office sees twice as many.
const ROWS: u32 = 20;

/// The first page of the plugin.
pub fn board(cx: &Read, params: BoardParams) -> Result<View> {
    let reader = Reader::of(cx)?;
    let wanted = Wanted {
        show: Show::parse(&params.show),
        category: params.category,
        q: params.q,
        limit: if reader.cadre { 2 * ROWS } else { ROWS },
        cursor: params.cursor,
    };
    let found = listing::find(cx, &wanted)?;
    let mut page = view::page(t!("board.title"))
        .subtitle(t!("board.subtitle"))
        .fresh_until(days::next_midnight(cx.now()))
        .add(view::link(t!("board.say"), To::page("new")).icon("speak").primary())
        .search(t!("board.search"), To::page("board"), "q", wanted.q.clone().unwrap_or_default())
        .filters(tabs(cx, &wanted)?)
        .filters(categories(&wanted))
        .section(|section| section.add(rows(cx, &reader, &wanted, found)));
    if wanted.show == Show::Mine {
        let followed = row::items(cx, &listing::followed(cx, ROWS)?)?;
        if !followed.is_empty() {
            page = page.section(|section| section.title(t!("board.followed")).list(followed));
        }
    }
    Ok(doors(cx, &reader, page))
}

fn rows(cx: &Read, reader: &Reader, wanted: &Wanted, (cases, next): Page) -> Node {
    let next = next.map(|cursor| here(wanted.show, wanted.category.as_deref()).with("cursor", cursor));
    let empty = match wanted.show {
        _ if wanted.q.is_some() => t!("board.none.found"),
        Show::Overdue => t!("board.none.overdue"),
        Show::Mine => t!("board.none.mine"),
        _ => t!("board.none"),
    };
    if reader.cadre {
        let rows = cases.iter().map(|case| row::cells(cx, reader, case));
        return view::table(row::columns()).rows(rows).empty(empty).next(next).into();
    }
    let items = cases.iter().filter_map(|case| row::item(cx, case).ok());
    view::list(items).empty(empty).next(next).into()
}

fn tabs(cx: &Read, wanted: &Wanted) -> Result<Vec<Tab>> {
    let cases = cx.data::<Case>();
    let [open, overdue, done] =
        cases.count_each([cases.by_board("open"), cases.by_due("open").to(cx.now()), cases.by_board("done")])?;
    let mut tabs = vec![
        (Show::All, t!("board.all")),
        (Show::Open, t!("board.open", n = open)),
        (Show::Overdue, t!("board.overdue", n = overdue)),
        (Show::Closed, t!("board.closed", n = done)),
    ];
    if cx.actor().is_some() {
        tabs.push((Show::Mine, t!("board.mine")));
    }
    let category = wanted.category.as_deref();
    let tab = |(show, text)| Tab::new(text, here(show, category)).current(wanted.show == show);
    Ok(tabs.into_iter().map(tab).collect())
}

fn categories(wanted: &Wanted) -> Vec<Tab> {
    let current = wanted.category.as_deref();
    let every = Tab::new(t!("board.every"), here(wanted.show, None)).current(current.is_none());
    let tab = |category: &'static str| {
        Tab::new(words::category(category), here(wanted.show, Some(category))).current(current == Some(category))
    };
    std::iter::once(every).chain(CATEGORIES.into_iter().map(tab)).collect()
}

fn here(show: Show, category: Option<&str>) -> To {
    let mut to = To::page("board");
    if show != Show::All {
        to = to.with("show", show.as_str());
    }
    match category {
        Some(category) => to.with("category", category),
        None => to,
    }
}

/// Ways on from the board, for those for whom they are.
fn doors(cx: &Read, reader: &Reader, page: View) -> View {
    let has_below = matches!(cx.space().kind.as_str(), "town" | "district");
    page.link(t!("board.number"), To::page("number"))
        .when(reader.sees_notes(), |page| page.link(t!("board.stats"), To::page("stats")))
        .when(reader.cadre && has_below, |page| page.link(t!("board.below"), To::page("below")))
}
