//! The inbox: what the village's modules have to say to the reader, newest first.

use cunshi_contract::view::Tone;
use maud::{Markup, html};

use crate::render::icon::icon;
use crate::render::layout::{Place, Shell, document};
use crate::render::nodes::cell::time;
use crate::render::nodes::prose::{empty, mark, tone_class};
use crate::render::{RenderContext, addresses};

/// A message to draw.
#[derive(Clone, Debug)]
pub struct MessageRow {
    /// Where it opens.
    pub href: String,
    /// What it says first.
    pub title: String,
    /// A sentence or two more.
    pub body: Option<String>,
    /// The module that sent it; none when it is off here.
    pub module: Option<String>,
    /// When.
    pub at: i64,
    /// Not read yet.
    pub unread: bool,
    /// Also sent outside the platform.
    pub urgent: bool,
}

/// What the page shows besides the context.
#[derive(Default)]
pub struct Messages {
    /// The messages.
    pub rows: Vec<MessageRow>,
    /// The address of older ones.
    pub next: Option<String>,
}

/// The inbox.
pub fn messages(cx: &RenderContext<'_>, it: &Messages) -> Markup {
    let words = cx.words();
    let body = html! {
        section.card {
            @if it.rows.is_empty() {
                (empty(words.messages_empty))
            } @else {
                ul.list { @for row in &it.rows { (message(cx, row)) } }
            }
        }
        @if let Some(next) = &it.next {
            p.pager { a.button.alt href=(next) rel="next" { (words.messages_older) (icon("next")) } }
        }
        @if cx.messages.is_some_and(|unread| unread > 0) {
            form.pager method="post" action=(addresses::read_messages(cx.code())) {
                button.button.alt type="submit" { (icon("check")) (words.messages_read_all) }
            }
        }
    };
    let crumbs = cx.space.iter().map(|space| (addresses::home(cx.code()), space.name.clone())).collect();
    document(
        cx,
        &Shell {
            title: words.messages,
            subtitle: Some(words.messages_intro),
            crumbs,
            place: Place::Messages,
            body: Some(body),
            ..Shell::default()
        },
    )
}

fn message(cx: &RenderContext<'_>, row: &MessageRow) -> Markup {
    let words = cx.words();
    html! {
        li.unread[row.unread] {
            span.title { a href=(row.href) { (row.title) } }
            @if let Some(body) = &row.body { span.under.lines { (body) } }
            span.under {
                @if row.unread {
                    span class={ "tag " (tone_class(Tone::Hand)) } { (mark(Tone::Hand)) (words.message_unread) } " "
                }
                @if row.urgent { span.tag { (words.message_urgent) } " " }
                span.meta { (time(cx, row.at)) @if let Some(module) = &row.module { " · " (module) } }
            }
        }
    }
}
