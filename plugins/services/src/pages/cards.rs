//! The plugin's cards on the host's own pages: the door, the village's home, the person's own page.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::days;
use crate::listing;

/// Services on the village's home.
const MOST_USED: usize = 3;

/// One of the large doors.
pub fn door() -> View {
    view::door(t!("door.title"), To::page("catalogue"), "check", t!("door.hint"))
}

/// The services that are asked for most; before anything was asked for, the first of the catalogue.
pub fn home(cx: &Read) -> Result<View> {
    let figures = listing::figures(cx)?;
    let asked = |key: &str| figures.iter().find(|figure| figure.service == key).map_or(0, |figure| figure.asked);
    let mut services = listing::catalogue(cx)?;
    services.retain(|service| service.on);
    // A stable order: equals stay as the catalogue has them.
    services.sort_by_key(|service| std::cmp::Reverse(asked(&service.key)));
    services.truncate(MOST_USED);
    let items = services.iter().map(|service| row::service(service, &figures));
    let page = view::page(t!("home.title")).fresh_until(days::next_midnight(cx.now()));
    let page = page.add(view::list(items).empty(t!("catalogue.none")));
    Ok(page.link(t!("home.more"), To::page("catalogue")))
}

/// What I asked for, the newest first.
pub fn mine(cx: &Read) -> Result<View> {
    let (own, _) = listing::own(cx, 4, None)?;
    let any = !own.is_empty();
    let items: Vec<Item> = own.iter().map(|request| row::item(cx, request)).collect::<Result<_>>()?;
    let page = view::page(t!("mine.title")).fresh_until(days::next_midnight(cx.now()));
    let page = page.add(view::list(items).empty(t!("mine.none")));
    let (text, to) = if any { (t!("mine.all"), To::page("mine")) } else { (t!("mine.begin"), To::page("catalogue")) };
    Ok(page.link(text, to))
}
