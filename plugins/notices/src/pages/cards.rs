//! The plugin's cards on the host's own pages: the door, the village's home, the person's own page.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Board, Notice};
use crate::listing::{self, Wanted};
use crate::reader::Reader;
use crate::words;

/// One of the large doors.
pub fn door(cx: &Read) -> View {
    let hint = if words::is_office_above(cx) { t!("door.hint.above") } else { t!("door.hint") };
    view::door(t!("board.title"), To::page("board"), "notice", hint)
}

/// What is pinned, and the newest. The office too sees here only what is for its people as villagers: the page hangs in
/// everybody's sight.
pub fn home(cx: &Read) -> Result<View> {
    let reader = Reader { cadre: false, ..Reader::of(cx)? };
    let waiting = listing::waiting(cx, &reader, 10)?;
    let mut shown = listing::pinned(cx, &reader)?;
    let wanted = Wanted { limit: 8, ..Wanted::default() };
    let (newest, _) = listing::find(cx, &reader, &wanted)?;
    let newest = newest.into_iter().filter(|notice| notice.pin.is_none());
    shown.extend(newest.take(4));
    let list = view::list(row::items(cx, &reader, &shown, &waiting)).empty(t!("home.none"));
    let page = view::page(t!("board.title")).add(list);
    Ok(page.when(!shown.is_empty(), |page| page.link(t!("home.more"), To::page("board"))))
}

/// What waits for me to say that I know it, and what was sent to my household or group.
pub fn mine(cx: &Read) -> Result<View> {
    let reader = Reader { cadre: false, ..Reader::of(cx)? };
    let waiting = listing::waiting(cx, &reader, 10)?;
    let items = row::items(cx, &reader, &waiting, &waiting);
    let page = view::page(t!("mine.title")).add(view::list(items).empty(t!("mine.none")));
    let own = own(cx, &reader)?;
    if own.is_empty() {
        return Ok(page);
    }
    Ok(page.heading(t!("mine.own")).list(row::items(cx, &reader, &own, &waiting)))
}

/// The newest that are for the reader in particular.
fn own(cx: &Read, reader: &Reader) -> Result<Vec<Doc<Notice>>> {
    let keys = reader.keys.iter().filter(|key| *key != crate::domain::EVERYBODY).cloned().collect();
    let particular = Reader { keys, ..reader.clone() };
    let wanted = Wanted { board: Board::Current, limit: 3, ..Wanted::default() };
    Ok(listing::find(cx, &particular, &wanted)?.0)
}
