//! The plugin's cards on the host's own pages: the door, the village's home, the person's own page.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{ReservationState, days};
use crate::words::{self, Reader};
use crate::{books, listing};

/// One of the large doors.
pub fn door() -> View {
    view::door(t!("points.title"), To::page("points"), "star", t!("door.hint"))
}

/// What is in its publicity period: everybody's to look at.
pub fn home(cx: &Read) -> Result<View> {
    let reader = Reader::of(cx)?;
    let (public, _) = listing::in_publicity(cx, 4, None)?;
    let items = row::awards(cx, &reader, &public);
    let list = view::list(items).empty(t!("publicity.none"));
    let page = view::page(t!("publicity.title")).fresh_until(days::next_midnight(cx.now())).add(list);
    Ok(page.link(t!("home.more"), To::page("points")))
}

/// What I have, and what I may fetch.
pub fn mine(cx: &Read) -> Result<View> {
    let reader = Reader::of(cx)?;
    let balances = books::together(cx, &reader)?;
    let latest = listing::of_reader(cx, &reader, 3)?;
    let mut page = view::page(t!("points.mine")).stats(row::balances(balances));
    if balances.held > 0 {
        page = page.quiet(t!("points.held", points = words::points(balances.held)));
    }
    if let Some(hand) = &reader.hand {
        let (found, _) = listing::reservations_of(cx, &hand.person, 5, None)?;
        let held: Vec<Item> = found
            .iter()
            .filter(|found| found.state == ReservationState::Held)
            .map(|found| row::reservation(found, false))
            .collect();
        page = page.when(!held.is_empty(), |page| page.list(held));
    }
    let page = page.add(view::list(row::awards(cx, &reader, &latest)).empty(t!("points.none")));
    Ok(page.link(t!("points.why"), To::page("account")))
}
