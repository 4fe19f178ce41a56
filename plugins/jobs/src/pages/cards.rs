//! The plugin's cards on the host's own pages: the door, the village's home, the person's own page.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Posting, days};
use crate::listing::{self, Wanted};
use crate::words::{self, cut};

/// Postings on the village's home.
const SHOWN: usize = 3;
/// Postings among which they are chosen.
const LOOKED: u32 = 25;
/// Sign-ups on the person's own page.
const OWN: u32 = 5;
/// Longest title beside the pay, in characters.
const TITLE: usize = 16;

/// A large door.
pub fn door(cx: &Read) -> Result<View> {
    let open = latest(cx)?.len();
    let hint = if open == 0 { t!("door.hint.none") } else { t!("door.hint") };
    Ok(view::door(t!("board.title"), To::page("board"), "work", hint))
}

/// The newest near ones, with the pay in large; those far away only where there are no others.
pub fn home(cx: &Read) -> Result<View> {
    let found = latest(cx)?;
    let (away, near): (Vec<Doc<Posting>>, Vec<Doc<Posting>>) =
        found.into_iter().partition(|posting| posting.terms.away);
    let page = view::page(t!("board.title")).fresh_until(days::next_midnight(cx.now()));
    let shown: Vec<Stat> = near.iter().chain(&away).take(SHOWN).map(stat).collect();
    if shown.is_empty() {
        return Ok(page.empty(t!("home.none")));
    }
    Ok(page.stats(shown).link(t!("home.more"), To::page("board")))
}

fn latest(cx: &Read) -> Result<Vec<Doc<Posting>>> {
    Ok(listing::find(cx, &Wanted { limit: LOOKED, ..Wanted::default() })?.0)
}

fn stat(posting: &Doc<Posting>) -> Stat {
    let terms = &posting.terms;
    let label = t!("home.label", title = cut(&terms.title, TITLE), place = words::place(terms));
    Stat::new(words::pay(terms), label).to(row::to(posting))
}

/// What I signed up for, and my own postings.
pub fn mine(cx: &Read) -> Result<View> {
    let person = cx.caller()?.person.clone();
    let (signups, _) = listing::signups_of(cx, &person, OWN, None)?;
    let page = view::page(t!("mine.title")).fresh_until(days::next_midnight(cx.now()));
    let page = page.add(view::list(signups.iter().map(row::own)).empty(t!("mine.none")));
    let proposed: Vec<Item> = listing::of_author(cx, &person, OWN)?
        .iter()
        .filter(|posting| posting.proposed)
        .map(|posting| row::item(cx, posting))
        .collect();
    let page = page.when(!proposed.is_empty(), |page| page.heading(t!("mine.postings")).list(proposed));
    Ok(page.link(t!("mine.find"), To::page("board")))
}
