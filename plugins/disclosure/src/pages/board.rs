//! The first page: what was published, what is overdue, and the ways on. In a town or the district: the ways on.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Affairs, days};
use crate::words::Reader;
use crate::{BoardParams, keep, listing, words};

/// Disclosures on a page.
const ROWS: u32 = 20;
/// Overdue duties that are named on the first page; the calendar has all.
const OVERDUE: u32 = 10;

/// See `plugin.toml`.
pub fn board(cx: &Read, params: BoardParams) -> Result<View> {
    let reader = Reader::of(cx);
    let page = view::page(t!("board.title")).fresh_until(days::next_midnight(cx.now()));
    if !keep::has_duties(cx) {
        return Ok(of_others(cx, &reader, page));
    }
    let affairs = Affairs::parse(&params.affairs);
    let first = params.cursor.is_none() && params.q.is_none();
    let (papers, next) = listing::published(cx, affairs, params.q.as_deref(), ROWS, params.cursor)?;
    let next = next.map(|cursor| here(affairs).with("cursor", cursor));
    let empty = if params.q.is_some() { t!("board.none.found") } else { t!("board.none") };
    let mut page = page.subtitle(t!("board.subtitle"));
    if first {
        page = overdue(cx, &reader, page)?;
    }
    let page = page
        .search(t!("board.search"), here(affairs), "q", params.q.unwrap_or_default())
        .filters(tabs(affairs))
        .section(|section| section.add(view::list(papers.iter().map(row::paper)).empty(empty).next(next)));
    Ok(doors(cx, &reader, page))
}

/// What should be public and is not, said first and to everybody.
fn overdue(cx: &Read, reader: &Reader, page: View) -> Result<View> {
    let late = listing::overdue(cx, OVERDUE)?;
    if late.is_empty() {
        return Ok(page);
    }
    let items = late.iter().map(|duty| row::duty(cx, reader, duty));
    Ok(page.section(|section| {
        section.title(t!("overdue.title")).more(t!("calendar.title"), To::page("calendar")).list(items)
    }))
}

fn tabs(current: Option<Affairs>) -> Vec<Tab> {
    let every = Tab::new(t!("board.all"), here(None)).current(current.is_none());
    let tab = |affairs| Tab::new(words::affairs(affairs), here(Some(affairs))).current(current == Some(affairs));
    std::iter::once(every).chain(Affairs::ALL.into_iter().map(tab)).collect()
}

fn here(affairs: Option<Affairs>) -> To {
    let to = To::page("board");
    match affairs {
        Some(affairs) => to.with("affairs", affairs.as_str()),
        None => to,
    }
}

fn doors(cx: &Read, reader: &Reader, page: View) -> View {
    page.when(cx.actor().is_some_and(|actor| actor.is("member")), |page| {
        page.link(t!("ask.door"), To::page("ask-about"))
    })
    .when(reader.cadre, |page| page.link(t!("write.title"), To::page("write")))
    .when(reader.inside(), |page| page.link(t!("desk.title"), To::page("desk")))
    .link(t!("questions.title"), To::page("questions"))
    .link(t!("calendar.title"), To::page("calendar"))
}

/// A town and the district publish nothing here: they look after those below.
fn of_others(cx: &Read, reader: &Reader, page: View) -> View {
    let page = page.section(|section| section.text(t!("board.elsewhere")));
    page.when(reader.cadre, |page| page.link(t!("below.title"), To::page("below")))
        .when(reader.cadre && !keep::keeps_the_list(cx), |page| page.link(t!("questions.below"), To::page("questions")))
        .link(t!("items.title"), To::page("items"))
}
