//! The page between the platform and an address outside.

use maud::{Markup, html};

use crate::render::icon::icon;
use crate::render::layout::{Shell, document};
use crate::render::{RenderContext, addresses};

/// Says where the link leads, and that the village has no say there. `back` is an address of this host.
/// Anything but `https://` is shown as text, without a link.
pub fn outside(cx: &RenderContext<'_>, url: &str, back: &str) -> Markup {
    let words = cx.words();
    let safe = url.starts_with("https://");
    let body = html! {
        section.card.narrow {
            p.alert.hand { span.mark aria-hidden="true" { "!" } span { (words.outside_text) } }
            dl.facts { div { dt { (words.address) } dd.address { (url) } } }
            a.button.do href=(back) { (icon("back")) (words.back) }
            @if safe {
                a.button.alt href=(url) rel="noopener noreferrer nofollow" { (words.outside_go) (icon("out")) }
            } @else {
                p.alert.late { span.mark aria-hidden="true" { "!" } span { (words.outside_bad) } }
            }
        }
    };
    let crumbs = cx.space.iter().map(|space| (addresses::home(cx.code()), space.name.clone())).collect();
    document(cx, &Shell { title: words.outside_title, crumbs, body: Some(body), ..Shell::default() })
}
