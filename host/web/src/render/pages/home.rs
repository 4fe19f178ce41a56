//! A space's home: the doors and the cards that its plugins offer.

use std::cell::Cell;

use cunshi_contract::view::Tone;
use cunshi_contract::{Manifest, Node, View};
use maud::{Markup, html};

use crate::render::layout::{Place, Shell, document, office_call};
use crate::render::nodes::{links, prose};
use crate::render::view::Drawer;
use crate::render::{RenderContext, addresses, say};

/// A card of a plugin, or the news that it could not be drawn.
pub struct Card<'a> {
    /// The plugin.
    pub module: &'a Manifest,
    /// Its tree; `Err` holds the call's id, for whoever looks into it.
    pub view: Result<&'a View, Option<String>>,
}

/// The home of a space.
pub fn home(cx: &RenderContext<'_>, doors: &[Card<'_>], cards: &[Card<'_>]) -> Markup {
    let forms = Cell::new(0);
    let open: Vec<Markup> = doors.iter().flat_map(|card| doors_of(cx, card, &forms)).collect();
    let body = html! {
        @if !open.is_empty() {
            nav.doors aria-label=(cx.words().more) { @for door in &open { (door) } }
        }
        @for card in doors { @if card.view.is_err() { (failed(cx, card)) } }
        div.two {
            div.column {
                @for card in cards { (draw(cx, card, &forms)) }
                @if cards.is_empty() { section.card { (prose::empty(cx.words().empty_list)) } }
            }
            div.column.beside { (office(cx)) }
        }
    };
    let name = cx.space.as_ref().map_or(cx.district.as_str(), |space| space.name.as_str());
    let above: Vec<&str> = cx
        .space
        .as_ref()
        .and_then(|space| space.above.as_deref())
        .into_iter()
        .filter(|above| *above != cx.district)
        .chain((!cx.district.is_empty() && cx.district != name).then_some(cx.district.as_str()))
        .collect();
    let crumb = if above.is_empty() { cx.words().platform.to_owned() } else { above.join(" · ") };
    document(
        cx,
        &Shell {
            title: name,
            subtitle: None,
            crumbs: vec![(addresses::PORTAL.to_owned(), crumb)],
            place: Place::Home,
            body: Some(body),
            ..Shell::default()
        },
    )
}

/// The doors of one plugin: the links of its tree, drawn large.
fn doors_of(cx: &RenderContext<'_>, card: &Card<'_>, forms: &Cell<u32>) -> Vec<Markup> {
    let Ok(view) = card.view.as_ref() else { return Vec::new() };
    let drawer = Drawer::new(cx, card.module, forms, &[&view.body]);
    view.body
        .iter()
        .filter_map(|node| match node {
            Node::Link { text, to, icon, hint, primary } => {
                let icon = icon.as_deref().or(card.module.icon.as_deref());
                let door = links::Door { text, to, icon, hint: hint.as_deref(), primary: *primary };
                Some(links::link(&drawer, &door, true))
            }
            _ => None,
        })
        .collect()
}

/// A card with its plugin's heading.
pub(super) fn draw(cx: &RenderContext<'_>, card: &Card<'_>, forms: &Cell<u32>) -> Markup {
    let Ok(view) = card.view.as_ref() else { return failed(cx, card) };
    let drawer = Drawer::new(cx, card.module, forms, &[&view.body, &view.aside]);
    // A tree that is one section brings its own frame.
    if let [section @ Node::Section { title: Some(_), .. }] = view.body.as_slice() {
        return drawer.page_nodes(std::slice::from_ref(section));
    }
    html! {
        section.card {
            header { h2 { (view.title) } @if let Some(line) = &view.subtitle { span.meta { (line) } } }
            (drawer.nodes(&view.body, 3))
            (drawer.nodes(&view.aside, 3))
        }
    }
}

/// One failing card says so; the rest stand.
fn failed(cx: &RenderContext<'_>, card: &Card<'_>) -> Markup {
    let title = cx.say(&card.module.title);
    html! {
        section.card.broken {
            header { h2 { (title) } }
            (prose::alert(Tone::Hand, &say::card_failed(cx.lang, title)))
            @if let Err(Some(call)) = &card.view { p.meta { (cx.words().call_number) " " code { (call) } } }
        }
    }
}

fn office(cx: &RenderContext<'_>) -> Markup {
    html! {
        @if cx.space.as_ref().is_some_and(|space| space.office_phone.is_some()) {
            section.card { header { h2 { (cx.words().contact) } } (office_call(cx)) }
        }
    }
}
