//! Routes of pages: declared parameters, reserved words, no two alike.

use std::collections::BTreeMap;

use super::{Found, Manifest, Place};
use crate::FieldKind;
use crate::manifest::Page;

/// First segments that the host keeps for actions, queries and pages as JSON.
const RESERVED_SEGMENTS: [&str; 3] = ["a", "p", "q"];

pub(super) fn check(manifest: &Manifest, found: &mut Found) {
    let root = Place::root();
    let mut shapes: BTreeMap<String, &str> = BTreeMap::new();
    for (nth, page) in manifest.pages.iter().enumerate() {
        let at = root.key("page").nth(nth);
        if let Some(nav) = &page.nav {
            found.text(&at.key("nav"), nav);
        }
        if page.seen && manifest.uses.people.is_none() {
            found.add(
                &at.key("seen"),
                "who has seen a page is told by `people`: write `people = \"names\"` under `[uses]`",
            );
        }
        if page.slot.is_some() {
            slot(page, &at, found);
            continue;
        }
        segments(page, &at, found);
        if page.nav.is_some() && (page.route.contains('{') || page.params.iter().any(|param| param.required)) {
            found.add(&at.key("nav"), "an entry of the navigation needs a page that opens without parameters");
        }
        let shape: Vec<&str> =
            page.route.split('/').map(|segment| if segment.starts_with('{') { "{}" } else { segment }).collect();
        if let Some(other) = shapes.insert(shape.join("/"), &page.name) {
            found.add(
                &at.key("route"),
                format!("`{}` leads to the page `{other}` already: choose another route", page.route),
            );
        }
    }
    if !shapes.is_empty() && !shapes.contains_key("") {
        found.add(&root.key("page"), "no page is the first one: give one of them `route = \"\"`");
    }
}

fn slot(page: &Page, at: &Place, found: &mut Found) {
    if !page.route.is_empty() || page.nav.is_some() || !page.params.is_empty() {
        found.add(
            &at.key("slot"),
            "a card has no address: leave out `route`, `nav` and `params`, or make it a page without `slot`",
        );
    }
    if page.seen {
        found.add(&at.key("seen"), "a card stands on a page of the platform and is not opened: leave `seen` out");
    }
}

fn segments(page: &Page, at: &Place, found: &mut Found) {
    let at = at.key("route");
    if page.route.is_empty() {
        return;
    }
    let mut named = Vec::new();
    for (position, segment) in page.route.split('/').enumerate() {
        let param = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        match param {
            Some(param) => {
                if position == 0 {
                    found.add(&at, format!("a route begins with a word: write `{}/{{{param}}}`, say", page.name));
                }
                match page.params.iter().find(|field| field.name == param) {
                    None => found.add(
                        &at,
                        format!("`{{{param}}}` is not declared: add `{{ name = \"{param}\", kind = \"reference\" }}` to `params`"),
                    ),
                    Some(field) if !fits_in_a_path(field.kind) => {
                        found.add(&at, format!("`{{{param}}}` cannot stand in a path: give it the kind text or reference"));
                    }
                    Some(_) => {}
                }
                named.push(param.to_owned());
            }
            None if position == 0 && RESERVED_SEGMENTS.contains(&segment) => {
                found.add(&at, format!("routes beginning with `{segment}` are the platform's: choose another word"));
            }
            None if segment.is_empty()
                || !segment.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') =>
            {
                found.add(
                    &at,
                    format!(
                        "`{}` is not a route: write words and `{{params}}` joined by `/`, none at either end",
                        page.route
                    ),
                );
            }
            None => {}
        }
    }
    found.once(&at, named);
}

fn fits_in_a_path(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Text
            | FieldKind::Reference
            | FieldKind::Person
            | FieldKind::Household
            | FieldKind::Choice
            | FieldKind::Date
            | FieldKind::Integer
    )
}
