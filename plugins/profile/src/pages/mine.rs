//! The reader's own turns and questions.

use cunshi_sdk::days;
use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::Session;
use crate::{MineParams, listing};

/// Questions on a page.
const ROWS: u32 = 20;

/// See `plugin.toml`.
pub fn mine(cx: &Read, params: MineParams) -> Result<View> {
    let person = cx.caller()?.person.clone();
    let first = params.cursor.is_none();
    let (questions, next) = listing::own_questions(cx, &person, ROWS, params.cursor)?;
    let next = next.map(|cursor| To::page("mine").with("cursor", cursor));
    let mut page = view::page(t!("mine.title")).fresh_until(days::next_midnight(cx.now()));
    if first {
        page = page.add(view::link(t!("hours.ask"), To::page("ask-page")).icon("speak").primary());
        let list = view::list(turns(cx, &person, 20)?).empty(t!("mine.turns.none"));
        page = page.section(|section| section.title(t!("mine.turns")).add(list));
    }
    let items = questions.iter().map(|question| row::question(cx, question));
    let list = view::list(items).empty(t!("mine.questions.none")).next(next);
    Ok(page
        .section(|section| section.title(t!("mine.questions")).add(list))
        .link(t!("session.back"), To::page("hours")))
}

/// Turns that are not over.
pub fn turns(cx: &Read, person: &str, most: u32) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    for booking in listing::own_bookings(cx, person, most)? {
        let Some(session) = cx.data::<Session>().get(&booking.session)? else { continue };
        if session.ends > cx.now() {
            items.push(row::booking(&booking, &session));
        }
    }
    Ok(items)
}
