//! The form of one action on a page of its own: shown when the page that it came from cannot be.

use std::cell::Cell;

use cunshi_contract::manifest::Action;
use cunshi_contract::{Manifest, Node};
use maud::Markup;
use serde_json::Map;

use super::plugin::way_to;
use crate::render::RenderContext;
use crate::render::layout::{Shell, document};
use crate::render::view::Drawer;

/// The form of `action`; values and mistakes come from the context's `form`, and its `path` should be that of
/// the page on which the form stood.
pub fn form(cx: &RenderContext<'_>, module: &Manifest, action: &Action) -> Markup {
    let forms = Cell::new(0);
    // What the page had prefilled (such as the document it is about) is in the values that came back.
    let nodes = [Node::Form {
        action: action.name.clone(),
        values: cx.form.as_ref().map_or_else(Map::new, |state| state.values.clone()),
        folded: false,
        label: None,
        templates: None,
    }];
    let body = Drawer::new(cx, module, &forms, &[&nodes]).page_nodes(&nodes);
    document(
        cx,
        &Shell {
            title: cx.say(&action.label),
            crumbs: way_to(cx, module, false),
            body: Some(body),
            ..Shell::default()
        },
    )
}
