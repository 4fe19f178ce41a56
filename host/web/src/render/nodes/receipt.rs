//! A slip to print. Where a page has one, the print style leaves everything else away.

use cunshi_contract::view::Fact;
use maud::{Markup, html};

use super::list::facts;
use super::prose::heading;
use crate::render::icon::icon;
use crate::render::layout::office_words;
use crate::render::say;
use crate::render::view::Drawer;

pub(crate) fn receipt(
    drawer: &Drawer<'_>,
    title: &str,
    number: &str,
    items: &[Fact],
    note: Option<&str>,
    level: u8,
) -> Markup {
    let cx = drawer.cx;
    let words = cx.words();
    html! {
        section.card.receipt {
            header { (heading(title, level)) @if let Some(space) = cx.space.as_ref().filter(|space| !title.contains(&space.name)) { span.meta { (space.name) } } }
            p.number { (number) }
            (facts(&drawer.on_paper(), items))
            @if let Some(note) = note { p.lines { (note) } }
            div.sign {
                span { (words.signature) }
                @if let Some(phone) = cx.space.as_ref().and_then(|space| space.office_phone.as_deref()) {
                    b { (office_words(cx)) " " (phone) }
                }
                span.meta { (words.printed) " " (say::dated_time(cx.lang, cx.now)) }
            }
            // Shown by the script, which can print; without it the browser's own menu does.
            button.button.alt type="button" data-print hidden { (icon("print")) (words.print) }
        }
    }
}
