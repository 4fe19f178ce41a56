//! The plugin's cards on the host's own pages: the door, the village's home, the person's own page.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Case, days};
use crate::listing::{self, Show, Wanted};
use crate::words;

/// The first of the large doors.
pub fn door(cx: &Read) -> View {
    let hint = words::capital(t!("door.hint", office = words::office(cx)));
    let link = view::link(t!("board.say"), To::page("new")).icon("speak").hint(hint).primary();
    view::page(t!("board.say")).add(link)
}

/// The latest public cases.
pub fn home(cx: &Read) -> Result<View> {
    let wanted = Wanted { limit: 12, ..Wanted::default() };
    let (mut latest, _) = listing::find(cx, &wanted)?;
    // The office reads private ones too, but not on the page that hangs in everybody's sight.
    latest.retain(|case| case.is_public());
    latest.truncate(4);
    let items = row::items(cx, &latest)?;
    let n = cx.data::<Case>().by("by_reported").count()?;
    let list = view::list(items).empty(t!("home.none"));
    let page = view::page(t!("home.title")).fresh_until(days::next_midnight(cx.now())).add(list);
    Ok(page.when(n > 0, |page| page.link(t!("home.more", n = n), To::page("board"))))
}

/// What I said, and what I follow.
pub fn mine(cx: &Read) -> Result<View> {
    let wanted = Wanted { show: Show::Mine, limit: 5, ..Wanted::default() };
    let (own, _) = listing::find(cx, &wanted)?;
    let followed: Vec<Doc<Case>> = listing::followed(cx, 5)?;
    let items = row::items(cx, &own)?;
    let page = view::page(t!("mine.title")).fresh_until(days::next_midnight(cx.now()));
    let page = page.add(view::list(items).empty(t!("board.none.mine")));
    if followed.is_empty() {
        return Ok(page);
    }
    Ok(page.heading(t!("board.followed")).list(row::items(cx, &followed)?))
}
