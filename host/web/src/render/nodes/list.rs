//! Lists and facts.

use cunshi_contract::view::{Fact, Item, To};
use maud::{Markup, html};

use super::cell::{cell, time};
use super::media::thumbnail;
use super::prose::badge;
use crate::render::icon::icon;
use crate::render::view::Drawer;

pub(crate) fn facts(drawer: &Drawer<'_>, items: &[Fact]) -> Markup {
    html! {
        dl.facts {
            @for item in items { div { dt { (item.label) } dd { (cell(drawer, &item.value)) } } }
        }
    }
}

pub(crate) fn list(drawer: &Drawer<'_>, items: &[Item], empty: Option<&str>, next: Option<&To>) -> Markup {
    html! {
        @if items.is_empty() {
            p.empty { (empty.unwrap_or(drawer.cx.words().empty_list)) }
        } @else {
            ul.list { @for item in items { (row(drawer, item)) } }
        }
        (next_page(drawer, next))
    }
}

fn row(drawer: &Drawer<'_>, item: &Item) -> Markup {
    let cx = drawer.cx;
    let second = item.badge.is_some() || item.meta.is_some() || item.at.is_some();
    html! {
        li.pictured[item.image.is_some()] {
            @if let Some(image) = &item.image { (thumbnail(cx, image)) }
            div {
                span.title { (drawer.linked(&item.title, item.to.as_ref())) }
                @if second {
                    span.under {
                        @if let Some(it) = &item.badge { (badge(it)) " " }
                        @if let Some(meta) = &item.meta { span.meta { (meta) } " " }
                        @if let Some(at) = item.at { span.meta { (time(cx, at)) } }
                    }
                }
            }
        }
    }
}

/// The way to the next page, when there is one.
pub(crate) fn next_page(drawer: &Drawer<'_>, next: Option<&To>) -> Markup {
    html! {
        @if let Some(href) = next.and_then(|next| drawer.href(next)) {
            p.pager { a.button.alt href=(href) rel="next" { (drawer.cx.words().next_page) (icon("next")) } }
        }
    }
}
