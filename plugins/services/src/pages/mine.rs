//! What the reader asked for.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::days;
use crate::{MineParams, listing};

/// Requests on a page.
const ROWS: u32 = 20;

/// The newest first.
pub fn mine(cx: &Read, params: MineParams) -> Result<View> {
    let (own, next) = listing::own(cx, ROWS, params.cursor)?;
    let items: Vec<Item> = own.iter().map(|request| row::item(cx, request)).collect::<Result<_>>()?;
    let next = next.map(|cursor| To::page("mine").with("cursor", cursor));
    let list = view::list(items).empty(t!("mine.none")).next(next);
    let page = view::page(t!("mine.title")).subtitle(t!("mine.subtitle")).fresh_until(days::next_midnight(cx.now()));
    Ok(page.section(|section| section.add(list)).link(t!("mine.begin"), To::page("catalogue")))
}
