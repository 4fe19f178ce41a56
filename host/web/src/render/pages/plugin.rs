//! A page of a plugin.

use std::cell::Cell;

use cunshi_contract::manifest::Page;
use cunshi_contract::{Manifest, View};
use maud::{Markup, html};

use crate::render::layout::{Shell, document};
use crate::render::view::{Drawer, has_receipt};
use crate::render::{RenderContext, addresses};

/// A plugin's page: its tree in the shell.
pub fn plugin(cx: &RenderContext<'_>, module: &Manifest, page: &Page, view: &View) -> Markup {
    let forms = Cell::new(0);
    let drawer = Drawer::new(cx, module, &forms, &[&view.body, &view.aside]);
    let body = html! {
        @if view.aside.is_empty() {
            (drawer.page_nodes(&view.body))
        } @else {
            div.two {
                div.column { (drawer.page_nodes(&view.body)) }
                div.column.beside { (drawer.page_nodes(&view.aside)) }
            }
        }
    };
    document(
        cx,
        &Shell {
            title: &view.title,
            subtitle: view.subtitle.as_deref(),
            crumbs: way_to(cx, module, page.route.is_empty()),
            slip: has_receipt(view),
            body: Some(body),
            ..Shell::default()
        },
    )
}

/// The space, and the plugin's first page unless this is it.
pub(super) fn way_to(cx: &RenderContext<'_>, module: &Manifest, first: bool) -> Vec<(String, String)> {
    let mut way = Vec::new();
    if let Some(space) = &cx.space {
        way.push((addresses::home(cx.code()), space.name.clone()));
    }
    let has_first = module.pages.iter().any(|page| page.route.is_empty() && page.slot.is_none());
    if !first && has_first {
        way.push((addresses::plugin(cx.code(), &module.name), cx.say(&module.title).to_owned()));
    }
    way
}
