//! Questions to the secretary and their answers, and the form to ask.

use cunshi_sdk::days;
use cunshi_sdk::prelude::*;

use super::row;
use crate::actions::ask::private_sight;
use crate::domain::{Session, Sight, State};
use crate::{AskPageParams, BoardParams, listing, words};

/// Questions on a page.
const ROWS: u32 = 20;

/// See `plugin.toml`.
pub fn board(cx: &Read, params: BoardParams) -> Result<View> {
    let show = State::parse(&params.show);
    let (found, next) = listing::questions(cx, show, ROWS, params.cursor)?;
    let next = next.map(|cursor| here(show).with("cursor", cursor));
    let empty = if show == State::Waiting { t!("board.none.waiting") } else { t!("board.none") };
    let list = view::list(found.iter().map(|question| row::question(cx, question))).empty(empty).next(next);
    let tabs = [(State::Answered, t!("board.answered")), (State::Waiting, t!("board.waiting"))];
    let days = cx.setting::<i64>("answer_days")?;
    Ok(view::page(t!("board.title"))
        .subtitle(if days == 1 { t!("board.subtitle.one") } else { t!("board.subtitle.many", n = days) })
        .fresh_until(days::next_midnight(cx.now()))
        .add(view::link(t!("hours.ask"), To::page("ask-page")).icon("speak").primary())
        .filters(tabs.map(|(state, text)| Tab::new(text, here(state)).current(state == show)))
        .section(|section| section.add(list))
        .link(t!("session.back"), To::page("hours")))
}

fn here(show: State) -> To {
    let to = To::page("board");
    if show == State::Waiting { to.with("show", "waiting") } else { to }
}

/// See `plugin.toml`.
pub fn ask_page(cx: &Read, params: &AskPageParams) -> Result<View> {
    let days = cx.setting::<i64>("answer_days")?;
    let who = if private_sight(cx)? == Sight::Office { t!("ask.private.office") } else { t!("ask.private.secretary") };
    let mut page = view::page(t!("ask.title"));
    page = page.subtitle(if days == 1 { t!("board.subtitle.one") } else { t!("board.subtitle.many", n = days) });
    let mut form = view::form("ask");
    let session = match &params.session {
        Some(id) => cx.data::<Session>().get(id)?.filter(|session| session.takes_questions(cx.now())),
        None => None,
    };
    if let Some(session) = session {
        form = form.value("session", session.id.as_str());
        page = page.text(t!("ask.session", host = session.host, time = words::session_time(&session)));
    }
    Ok(page.section(|section| section.quiet(who).add(form)).link(t!("session.back"), To::page("hours")))
}
