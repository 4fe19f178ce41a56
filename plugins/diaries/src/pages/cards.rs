//! The plugin's cards on the host's own pages: the door, the village's home, the person's own page.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::days;
use crate::listing;
use crate::words::Reader;

/// A door of the village's home.
pub fn door() -> View {
    view::door(t!("board.title"), To::page("board"), "diary", t!("door.hint"))
}

/// The latest entries, masked even where a cadre looks: the page hangs in everybody's sight.
pub fn home(cx: &Read) -> Result<View> {
    let (latest, _) = listing::public(cx, None, 2, None)?;
    let items = row::items(&Reader::of(cx)?.as_public(), &latest);
    let page = view::page(t!("board.title")).fresh_until(days::next_midnight(cx.now()));
    let page = page.add(view::list(items).empty(t!("home.none")));
    Ok(page.link(t!("home.more"), To::page("board")))
}

/// For villagers: what waits for their answer, and the latest about their household; for cadres a way to write.
pub fn mine(cx: &Read) -> Result<View> {
    let reader = Reader::of(cx)?;
    let mut page = view::page(t!("visits.title"))
        .when(reader.cadre, |page| page.add(view::link(t!("board.write"), To::page("new")).icon("diary")));
    let Some(household) = &reader.household else { return Ok(page.empty(t!("visits.no-household"))) };
    let waiting = listing::waiting_for(cx, household, 5)?;
    let (latest, _) = listing::of_household(cx, household, 4, None)?;
    if !waiting.is_empty() {
        page = page.heading(t!("visits.waiting")).list(row::items(&reader, &waiting));
    }
    let rest: Vec<_> = latest.into_iter().filter(|entry| entry.waiting_for.is_none()).collect();
    if !rest.is_empty() || waiting.is_empty() {
        page = page.add(view::list(row::items(&reader, &rest)).empty(t!("visits.none")));
    }
    Ok(page.link(t!("visits.all"), To::page("visits")))
}
