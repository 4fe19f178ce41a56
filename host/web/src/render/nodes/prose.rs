//! Sections, headings, paragraphs, alerts, badges, and the news that there is nothing yet.

use cunshi_contract::Node;
use cunshi_contract::view::{Badge, Tab, Tone};
use maud::{Markup, html};

use crate::render::view::Drawer;

pub(crate) fn section(
    drawer: &Drawer<'_>,
    title: Option<&str>,
    more: Option<&Tab>,
    body: &[Node],
    level: u8,
) -> Markup {
    let deeper = if title.is_some() { (level + 1).min(6) } else { level };
    let inner = drawer.nodes(body, deeper);
    // Nothing in it is for this reader: the heading would stand over nothing.
    if inner.0.is_empty() && !body.is_empty() {
        return html! {};
    }
    html! {
        section.card[level == 2].part[level > 2] {
            @if title.is_some() || more.is_some() {
                header {
                    @if let Some(title) = title { (heading(title, level)) }
                    @if let Some(more) = more { span.more { (drawer.linked(&more.text, Some(&more.to))) } }
                }
            }
            (inner)
        }
    }
}

pub(crate) fn heading(text: &str, level: u8) -> Markup {
    match level {
        0..=2 => html! { h2 { (text) } },
        3 => html! { h3 { (text) } },
        4 => html! { h4 { (text) } },
        5 => html! { h5 { (text) } },
        _ => html! { h6 { (text) } },
    }
}

/// A paragraph; `pre-line` in the stylesheet keeps its line breaks.
pub(crate) fn text(text: &str, quiet: bool) -> Markup {
    html! { p.lines.meta[quiet] { (text) } }
}

pub(crate) fn empty(text: &str) -> Markup {
    html! { p.empty { (text) } }
}

pub(crate) fn alert(tone: Tone, text: &str) -> Markup {
    html! {
        p class={ "alert " (tone_class(tone)) } role=[(tone == Tone::Late).then_some("alert")] {
            (mark(tone)) span.lines { (text) }
        }
    }
}

pub(crate) fn badges(items: &[Badge], meta: Option<&str>) -> Markup {
    html! {
        p.tags {
            @for item in items { (badge(item)) " " }
            @if let Some(meta) = meta { span.meta { (meta) } }
        }
    }
}

pub(crate) fn badge(badge: &Badge) -> Markup {
    html! { span class={ "tag " (tone_class(badge.tone)) } { (mark(badge.tone)) (badge.text) } }
}

/// The class that carries a tone's colours.
pub(crate) fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Done => "done",
        Tone::Hand => "hand",
        Tone::Late => "late",
        Tone::Up => "up",
    }
}

/// The mark of a tone, so that colour is never the only signal. The word beside it says the same, so
/// screen readers are spared it.
pub(crate) fn mark(tone: Tone) -> Markup {
    html! { @if let Some(sign) = sign(tone) { span.mark aria-hidden="true" { (sign) } } }
}

/// The sign that a tone is marked with.
pub(crate) fn sign(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Plain => None,
        Tone::Done => Some("✓"),
        Tone::Hand => Some("◔"),
        Tone::Late => Some("!"),
        Tone::Up => Some("↗"),
    }
}
