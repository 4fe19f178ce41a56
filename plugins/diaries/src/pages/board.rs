//! The diary as everybody reads it, and the entries about one's own household.

use cunshi_sdk::prelude::*;

use super::row;
use crate::books::Month;
use crate::domain::{Kind, days};
use crate::words::{self, Reader};
use crate::{BoardParams, VisitsParams, listing};

/// Entries on a page.
const ROWS: u32 = 20;

/// The first page of the plugin.
pub fn board(cx: &Read, params: BoardParams) -> Result<View> {
    let reader = Reader::of(cx)?;
    let kind = params.kind.as_deref().and_then(Kind::parse);
    let first = params.cursor.is_none();
    let (entries, next) = listing::public(cx, kind, ROWS, params.cursor)?;
    let next = next.map(|cursor| here(kind).with("cursor", cursor));
    let empty = if kind.is_some() { t!("board.none.kind") } else { t!("board.none") };
    let list = view::list(row::items(&reader, &entries)).empty(empty).next(next);
    let page = view::page(t!("board.title")).subtitle(t!("board.subtitle"));
    let page = page.fresh_until(days::next_midnight(cx.now()));
    let page = if first { top(cx, &reader, page)? } else { page };
    Ok(page.filters(tabs(kind)).section(|section| section.add(list)))
}

/// What stands above the list: ways on for this reader, and the month in figures.
fn top(cx: &Read, reader: &Reader, page: View) -> Result<View> {
    let mut page = page.when(reader.cadre, |page| {
        let page = page.add(view::link(t!("board.write"), To::page("new")).icon("diary").primary());
        page.link(t!("drafts.title"), To::page("drafts")).link(t!("homes.title"), To::page("homes"))
    });
    page = page.when(reader.judges(), |page| page.link(t!("disputes.title"), To::page("disputes")));
    if let Some(household) = &reader.household {
        let waiting = listing::waiting_for(cx, household, 5)?;
        page = page.when(!waiting.is_empty(), |page| {
            page.section(|section| section.title(t!("visits.waiting")).list(row::items(reader, &waiting)))
        });
        page = page.link(t!("visits.title"), To::page("visits"));
    }
    let month = Month::of(cx, days::month_start(cx.now()))?;
    let total = month.total();
    let stats = [
        Stat::new(total.entries.to_string(), t!("stat.entries")).to(To::page("calendar")),
        Stat::new(total.visit.to_string(), t!("stat.visits")),
        Stat::new(words::share(total.confirmed, total.asked), t!("stat.confirmed")).tone(Tone::Done),
    ];
    let page = page.section(|section| {
        let section = section.title(words::month(month.start));
        section.more(t!("board.calendar"), To::page("calendar")).stats(stats)
    });
    Ok(page)
}

fn tabs(current: Option<Kind>) -> Vec<Tab> {
    let every = Tab::new(t!("board.every"), here(None)).current(current.is_none());
    let tab = |kind: Kind| Tab::new(words::kind(kind), here(Some(kind))).current(current == Some(kind));
    std::iter::once(every).chain(Kind::ALL.into_iter().map(tab)).collect()
}

fn here(kind: Option<Kind>) -> To {
    match kind {
        Some(kind) => To::page("board").with("kind", kind.as_str()),
        None => To::page("board"),
    }
}

/// The entries about my household, in full: what waits for an answer first.
pub fn visits(cx: &Read, params: VisitsParams) -> Result<View> {
    let reader = Reader::of(cx)?;
    let page = view::page(t!("visits.title")).subtitle(t!("visits.subtitle"));
    let Some(household) = reader.household.clone() else { return Ok(page.empty(t!("visits.no-household"))) };
    let first = params.cursor.is_none();
    let waiting = if first { listing::waiting_for(cx, &household, ROWS)? } else { Vec::new() };
    let (entries, next) = listing::of_household(cx, &household, ROWS, params.cursor)?;
    let next = next.map(|cursor| To::page("visits").with("cursor", cursor));
    let page = page.when(!waiting.is_empty(), |page| {
        page.section(|section| section.title(t!("visits.waiting")).list(row::items(&reader, &waiting)))
    });
    let list = view::list(row::items(&reader, &entries)).empty(t!("visits.none")).next(next);
    Ok(page.section(|section| section.title(t!("visits.all")).add(list)))
}
