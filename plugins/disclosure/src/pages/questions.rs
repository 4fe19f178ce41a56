//! All questions, and the form for a new one.

use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Disclosure, days};
use crate::listing::{self, Show};
use crate::words::Reader;
use crate::{AskAboutParams, QuestionsParams, keep, words};

/// Questions on a page.
const ROWS: u32 = 20;

/// See `plugin.toml`.
pub fn questions(cx: &Read, params: QuestionsParams) -> Result<View> {
    let reader = Reader::of(cx);
    let show = Show::parse(&params.show);
    let (found, next) = listing::questions(cx, show, ROWS, params.cursor)?;
    let village = keep::has_duties(cx);
    let tabs = Show::ALL.into_iter().filter(|tab| match tab {
        Show::Mine => village && reader.person.is_some(),
        Show::Up => village,
        _ => true,
    });
    let tab = |tab: Show| {
        let text = match tab {
            Show::All => t!("board.all"),
            Show::Open if village => t!("questions.open"),
            Show::Open => t!("questions.open.town"),
            Show::Up => t!("questions.up"),
            Show::Done => t!("questions.done"),
            Show::Mine => t!("questions.mine"),
        };
        Tab::new(text, here(tab)).current(tab == show)
    };
    let subtitle = if village { t!("questions.subtitle") } else { t!("questions.subtitle.town") };
    let items = found.iter().map(|question| row::question(cx, &reader, question));
    let empty = if show == Show::Mine { t!("questions.none.mine") } else { t!("questions.none") };
    let list = view::list(items).empty(empty).next(next.map(|cursor| here(show).with("cursor", cursor)));
    let page = view::page(t!("questions.title"))
        .subtitle(subtitle)
        .fresh_until(days::next_midnight(cx.now()))
        .when(village && cx.actor().is_some_and(|actor| actor.is("member")), |page| {
            page.add(view::link(t!("ask.door"), To::page("ask-about")).icon("speak").primary())
        })
        .filters(tabs.map(tab))
        .section(|section| section.add(list));
    Ok(page.when(village && cx.actor().is_none(), |page| page.quiet(t!("ask.signin"))))
}

fn here(show: Show) -> To {
    let to = To::page("questions");
    if show == Show::All { to } else { to.with("show", show.as_str()) }
}

/// The form, about a disclosure where one was chosen.
pub fn ask(cx: &Read, params: AskAboutParams) -> Result<View> {
    let page = view::page(t!("ask.title"));
    if !keep::has_duties(cx) {
        return Ok(page.empty(t!("refused.not-a-village")));
    }
    let paper = match params.disclosure {
        Some(id) => Some(cx.data::<Disclosure>().must(&id)?),
        None => None,
    };
    let (page, form) = match &paper {
        Some(paper) => {
            let title = words::in_language(&paper.title);
            (page.subtitle(t!("ask.on", title = title)), view::form("ask").value("disclosure", paper.id.as_str()))
        }
        None => (page, view::form("ask")),
    };
    Ok(page.section(|section| section.add(form)))
}
