//! The first page: what I have and why, what is public now, how to earn more and what for.

use cunshi_sdk::prelude::*;

use super::row;
use crate::books::{self, Wanted};
use crate::domain::{amount, days};
use crate::listing;
use crate::words::{self, Reader};

/// The plugin's first page.
pub fn points(cx: &Read) -> Result<View> {
    let reader = Reader::of(cx)?;
    let mut page =
        view::page(t!("points.title")).subtitle(t!("points.subtitle")).fresh_until(days::next_midnight(cx.now()));
    page = if reader.hand.is_some() { mine(cx, &reader, page)? } else { page.section(|s| s.text(t!("points.signin"))) };
    page = page.section(|section| {
        let section = section.title(t!("points.more")).add(view::link(t!("earn.title"), To::page("earn")).icon("book"));
        let section = section.add(view::link(t!("shop.title"), To::page("shop")).icon("shop"));
        section.add(view::link(t!("activities.title"), To::page("activities")).icon("people"))
    });
    if reader.office() {
        page = page.link(t!("desk.title"), To::page("desk"));
    }
    let (public, more) = listing::in_publicity(cx, 5, None)?;
    let items = row::awards(cx, &reader, &public);
    page = page.section(|section| {
        let section = section.title(t!("publicity.title"));
        let section = if more.is_some() { section.more(t!("more"), To::page("publicity")) } else { section };
        section.add(view::list(items).empty(t!("publicity.none")))
    });
    let leading = leading(cx, &reader)?;
    Ok(page.section(|section| section.title(t!("ranks.year")).more(t!("more"), To::page("ranks")).add(leading)))
}

fn mine(cx: &Read, reader: &Reader, page: View) -> Result<View> {
    let balances = books::together(cx, reader)?;
    let latest = listing::of_reader(cx, reader, 4)?;
    let items = row::awards(cx, reader, &latest);
    Ok(page.section(|section| {
        let section = section.title(t!("points.mine")).more(t!("points.why"), To::page("account"));
        let section = section.stats(row::balances(balances));
        let section =
            section.when(balances.held > 0, |s| s.quiet(t!("points.held", points = words::points(balances.held))));
        let section = section.add(view::link(t!("claim.title"), To::page("new-claim")).icon("star").primary());
        section.add(view::list(items).empty(t!("points.none")))
    }))
}

fn leading(cx: &Read, reader: &Reader) -> Result<view::List> {
    let wanted = Wanted { by: "households", period: "year", kind: "all", limit: 5 };
    let (_, places) = books::ranking(cx, reader, wanted)?;
    let item = |at: books::Place| {
        let tone = if at.mine { Tone::Done } else { Tone::Plain };
        Item::new(t!("ranks.place", place = at.place, name = at.name)).badge(amount::show(at.points), tone)
    };
    Ok(view::list(places.into_iter().map(item)).empty(t!("ranks.none")))
}
