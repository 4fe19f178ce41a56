//! My sign-ups and my postings.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::days;
use crate::{AppliedParams, listing};

/// Rows on a page.
const ROWS: u32 = 20;

/// The page for the worker.
pub fn applied(cx: &Read, params: AppliedParams) -> Result<View> {
    let person = cx.caller()?.person.clone();
    let (signups, next) = listing::signups_of(cx, &person, ROWS, params.cursor)?;
    let next = next.map(|cursor| To::page("applied").with("cursor", cursor));
    let list = view::list(signups.iter().map(row::own)).empty(t!("mine.none")).next(next);
    let page = view::page(t!("mine.title")).subtitle(t!("mine.subtitle"));
    let page = page.fresh_until(days::next_midnight(cx.now())).section(|section| section.add(list));
    let postings = listing::of_author(cx, &person, ROWS)?;
    let items: Vec<Item> = postings.iter().map(|posting| row::item(cx, posting)).collect();
    let page =
        page.when(!items.is_empty(), |page| page.section(|section| section.title(t!("mine.postings")).list(items)));
    Ok(page.alert(Tone::Hand, t!("fraud")).link(t!("mine.find"), To::page("board")))
}
