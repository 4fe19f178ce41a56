//! The plugin's cards on the host's own pages: the door, the village's home, the person's own page.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Affairs, days};
use crate::listing::{self, Show};
use crate::words::Reader;
use crate::{keep, words};

/// Overdue duties that are named on the home.
const OVERDUE: u32 = 3;

/// One of the large doors.
pub fn door() -> View {
    view::door(t!("board.title"), To::page("board"), "book", t!("door.hint"))
}

/// The newest of each of the three affairs, and what should be public and is not, in plain words.
pub fn home(cx: &Read) -> Result<View> {
    let page = view::page(t!("board.title")).fresh_until(days::next_midnight(cx.now()));
    if !keep::has_duties(cx) {
        return Ok(page.text(t!("board.elsewhere")).link(t!("items.title"), To::page("items")));
    }
    let late = listing::overdue(cx, OVERDUE + 1)?;
    let page = match late.len() {
        0 => page,
        _ => page.alert(Tone::Late, owed(&late.iter().map(|duty| words::duty(duty)).collect::<Vec<_>>())),
    };
    let mut items = Vec::new();
    for affairs in Affairs::ALL {
        let (newest, _) = listing::published(cx, Some(affairs), None, 1, None)?;
        items.extend(newest.iter().map(row::paper));
    }
    let page = page.add(view::list(items).empty(t!("home.none")));
    Ok(page.link(t!("home.more"), To::page("board")))
}

fn owed(titles: &[String]) -> String {
    let few = usize::try_from(OVERDUE).unwrap_or_default();
    let named = titles.iter().take(few).cloned().collect::<Vec<_>>().join(&t!("list.comma"));
    if titles.len() > few { t!("home.overdue.more", titles = named) } else { t!("home.overdue", titles = named) }
}

/// What I asked.
pub fn mine(cx: &Read) -> Result<View> {
    let reader = Reader::of(cx);
    let page = view::page(t!("mine.title")).fresh_until(days::next_midnight(cx.now()));
    let (own, _) = listing::questions(cx, Show::Mine, 5, None)?;
    let items = own.iter().map(|question| row::question(cx, &reader, question));
    Ok(page.add(view::list(items).empty(t!("questions.none.mine"))))
}
