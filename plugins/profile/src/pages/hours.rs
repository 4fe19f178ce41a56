//! 书记会客厅: when the secretary receives.

use cunshi_sdk::days;
use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Part, State};
use crate::{HoursParams, listing, words};

/// Past sessions on a page.
const ROWS: u32 = 10;

/// See `plugin.toml`.
pub fn hours(cx: &Read, params: HoursParams) -> Result<View> {
    let cadre = words::has(cx, "cadre");
    let first = params.cursor.is_none();
    let coming = if first { listing::coming_sessions(cx)? } else { Vec::new() };
    let (mut past, next) = listing::past_sessions(cx, ROWS, params.cursor)?;
    past.retain(|session| session.ends <= cx.now());
    let next = next.map(|cursor| To::page("hours").with("cursor", cursor));
    let ends = coming.iter().flat_map(|session| [session.starts, session.ends]);
    let fresh = ends.filter(|at| *at > cx.now()).min().unwrap_or(i64::MAX).min(days::next_midnight(cx.now()));

    let mut page = view::page(t!("hours.title")).subtitle(t!("hours.subtitle")).fresh_until(fresh);
    if first {
        page = page.add(view::link(t!("hours.ask"), To::page("ask-page")).icon("speak").primary());
        page = page.link(t!("hours.board"), To::page("board"));
        let empty = if cadre { t!("hours.none.cadre") } else { t!("hours.none") };
        let list = view::list(coming.iter().map(|session| row::session(cx, session))).empty(empty);
        page = page.section(|section| section.title(t!("hours.coming")).add(list));
        let (answered, _) = listing::questions(cx, State::Answered, 3, None)?;
        let list = view::list(answered.iter().map(|question| row::question(cx, question))).empty(t!("board.none"));
        page = page
            .section(|section| section.title(t!("hours.answered")).more(t!("front.more"), To::page("board")).add(list));
    }
    if !past.is_empty() || next.is_some() {
        let list = view::list(past.iter().map(|session| row::session(cx, session))).next(next);
        page = page.section(|section| section.title(t!("hours.past")).add(list));
    }
    if let Some(changed) = words::changed(cx, Part::Sessions)? {
        page = page.quiet(changed);
    }
    Ok(page.when(cadre && first, |page| page.section(|section| section.title(t!("hours.add")).form("announce"))))
}
