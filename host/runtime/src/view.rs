//! View trees from guests: read within limits, and checked so that the renderer can trust them.

use cunshi_contract::manifest::ICONS;
use cunshi_contract::view::{
    CalendarRow, Cell, Fact, Item, MAX_BYTES, MAX_CALENDAR_COLUMNS, MAX_CALENDAR_ROWS, MAX_DEPTH, MAX_MARK, MAX_NODES,
    MAX_QR, To,
};
use cunshi_contract::{Manifest, Node, View};

use crate::budget::Limit;
use crate::runtime::Runtime;

/// Brackets that may be open at once in the JSON of a tree of [`MAX_DEPTH`] with deep form values.
const MAX_BRACKETS: usize = 64;

/// Why a view is not taken.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ViewError {
    /// Too much of it.
    Over(Limit, String),
    /// Something in it is wrong.
    Wrong(String),
}

/// What a view may name.
pub(crate) struct Known<'a> {
    /// The plugin's own manifest.
    pub(crate) manifest: &'a Manifest,
    /// The manifest of another plugin that runs in this space. Links to one that does not are left for the
    /// renderer, which draws them as plain words: a village may switch a plugin off without breaking another.
    pub(crate) other: &'a dyn Fn(&str, &To) -> Option<bool>,
}

/// Reads and checks a page's answer.
pub(crate) fn read(json: &str, known: &Known<'_>) -> Result<View, ViewError> {
    if json.len() > MAX_BYTES {
        return Err(ViewError::Over(Limit::ViewBytes, format!("the view has {} bytes", json.len())));
    }
    if brackets(json) > MAX_BRACKETS {
        return Err(ViewError::Over(Limit::ViewDepth, format!("the view's JSON nests {} deep", brackets(json))));
    }
    let view: View = serde_json::from_str(json)
        .map_err(|error| ViewError::Wrong(format!("the answer is not a `contract::View`: {error}")))?;
    let mut check = Check { known, nodes: 0 };
    check.nodes(&view.body, 2)?;
    check.nodes(&view.aside, 2)?;
    Ok(view)
}

/// Checks the target of an outcome or a to-do.
pub(crate) fn check_link(to: &To, known: &Known<'_>) -> Result<(), String> {
    match &to.plugin {
        Some(plugin) if *plugin != known.manifest.name => match (known.other)(plugin, to) {
            Some(false) => Err(format!(
                "a link names the page `{}` of `{plugin}`, which is not there (or lacks a parameter)",
                to.page
            )),
            Some(true) | None => Ok(()),
        },
        _ if Runtime::route_of(known.manifest, to).is_some() => Ok(()),
        _ => match known.manifest.page(&to.page) {
            None => Err(format!("a link names the page `{}`, which plugin.toml does not declare", to.page)),
            Some(page) if page.slot.is_some() => Err(format!("a link names `{}`, which is a card", to.page)),
            Some(page) => Err(format!("a link to `{}` lacks a parameter of its route `{}`", to.page, page.route)),
        },
    }
}

/// How many brackets of a JSON text are open at once, without parsing it.
fn brackets(json: &str) -> usize {
    let (mut deepest, mut open, mut in_string, mut escaped) = (0_usize, 0_usize, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => {
                open += 1;
                deepest = deepest.max(open);
            }
            b'}' | b']' => open = open.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

struct Check<'a> {
    known: &'a Known<'a>,
    nodes: usize,
}

type Checked = Result<(), ViewError>;

impl Check<'_> {
    fn nodes(&mut self, nodes: &[Node], depth: usize) -> Checked {
        if depth > MAX_DEPTH && !nodes.is_empty() {
            return Err(ViewError::Over(Limit::ViewDepth, format!("the view is {depth} or more deep")));
        }
        self.nodes += nodes.len();
        if self.nodes > MAX_NODES {
            return Err(ViewError::Over(Limit::ViewNodes, format!("the view has {} or more nodes", self.nodes)));
        }
        nodes.iter().try_for_each(|node| self.node(node, depth))
    }

    fn node(&mut self, node: &Node, depth: usize) -> Checked {
        match node {
            Node::Section { more, body, .. } => {
                more.iter().try_for_each(|tab| self.link(&tab.to))?;
                self.nodes(body, depth + 1)
            }
            Node::Facts { items } | Node::Receipt { items, .. } => self.facts(items),
            Node::List { items, next, .. } => {
                items.iter().filter_map(|item: &Item| item.to.as_ref()).chain(next).try_for_each(|to| self.link(to))
            }
            Node::Table { columns, rows, totals, next, .. } => {
                let short = |row: &&Vec<Cell>| row.len() != columns.len();
                if let Some(row) = rows.iter().find(short).or(Some(totals).filter(|row| !row.is_empty()).filter(short))
                {
                    return wrong(format!("a table of {} columns has a row of {}", columns.len(), row.len()));
                }
                rows.iter().flatten().chain(totals).try_for_each(|cell| self.cell(cell))?;
                next.iter().try_for_each(|to| self.link(to))
            }
            Node::Calendar { columns, rows, .. } => self.calendar(columns, rows),
            Node::LedgerStatement { next, .. } => next.iter().try_for_each(|to| self.link(to)),
            Node::Qr { text, .. } if text.is_empty() || text.len() > MAX_QR => {
                wrong(format!("a code to scan holds 1 to {MAX_QR} bytes, not {}", text.len()))
            }
            Node::Filters { tabs } => tabs.iter().try_for_each(|tab| self.link(&tab.to)),
            Node::Search { to, .. } | Node::Link { to, icon: None, .. } => self.link(to),
            Node::Link { to, icon: Some(icon), .. } => {
                if !ICONS.contains(&icon.as_str()) {
                    return wrong(format!("there is no icon `{icon}`"));
                }
                self.link(to)
            }
            Node::Stats { items } => items.iter().filter_map(|stat| stat.to.as_ref()).try_for_each(|to| self.link(to)),
            Node::Form { action, templates, .. } => {
                let Some(declared) = self.known.manifest.action(action) else { return no_action(action) };
                match templates {
                    Some(templates) if !declared.fields.iter().any(|field| field.name == templates.field) => {
                        wrong(format!("templates are for `{}`, which `{action}` does not have", templates.field))
                    }
                    _ => Ok(()),
                }
            }
            Node::Button { action, .. } => match self.known.manifest.action(action) {
                Some(_) => Ok(()),
                None => no_action(action),
            },
            Node::OutsideLink { url, .. } if !url.starts_with("https://") => wrong(format!(
                "an outside link begins with https://, not `{}`",
                url.chars().take(40).collect::<String>()
            )),
            Node::Stars { value, .. } if !(1..=5).contains(value) => {
                wrong(format!("there are 1 to 5 stars, not {value}"))
            }
            Node::Steps { names, current } if *current >= names.len() => {
                wrong(format!("step {current} of {} is current", names.len()))
            }
            Node::Heading { .. }
            | Node::Text { .. }
            | Node::Markdown { .. }
            | Node::Chart { .. }
            | Node::Timeline { .. }
            | Node::Steps { .. }
            | Node::Badges { .. }
            | Node::Alert { .. }
            | Node::Call { .. }
            | Node::OutsideLink { .. }
            | Node::Images { .. }
            | Node::BeforeAfter { .. }
            | Node::Files { .. }
            | Node::Stars { .. }
            | Node::Countdown { .. }
            | Node::Qr { .. }
            | Node::Decision { .. }
            | Node::Empty { .. } => Ok(()),
        }
    }

    fn calendar(&self, columns: &[String], rows: &[CalendarRow]) -> Checked {
        if columns.is_empty() || columns.len() > MAX_CALENDAR_COLUMNS || rows.len() > MAX_CALENDAR_ROWS {
            return wrong(format!(
                "a calendar has 1 to {MAX_CALENDAR_COLUMNS} columns and at most {MAX_CALENDAR_ROWS} rows, not {} and {}",
                columns.len(),
                rows.len()
            ));
        }
        if let Some(row) = rows.iter().find(|row| row.cells.len() != columns.len()) {
            return wrong(format!("a calendar of {} columns has a row of {}", columns.len(), row.cells.len()));
        }
        let cells = || rows.iter().flat_map(|row| &row.cells);
        if let Some(long) = cells().find(|cell| cell.mark.chars().count() > MAX_MARK) {
            let mark: String = long.mark.chars().take(20).collect();
            return wrong(format!(
                "a mark of a calendar has at most {MAX_MARK} characters, not `{mark}`: say more in `says`"
            ));
        }
        rows.iter()
            .filter_map(|row| row.to.as_ref())
            .chain(cells().filter_map(|cell| cell.to.as_ref()))
            .try_for_each(|to| self.link(to))
    }

    fn facts(&self, facts: &[Fact]) -> Checked {
        facts.iter().try_for_each(|fact| self.cell(&fact.value))
    }

    fn cell(&self, cell: &Cell) -> Checked {
        match cell {
            Cell::Link { to, .. } => self.link(to),
            Cell::Stars(value) if !(1..=5).contains(value) => wrong(format!("there are 1 to 5 stars, not {value}")),
            _ => Ok(()),
        }
    }

    fn link(&self, to: &To) -> Checked {
        check_link(to, self.known).map_err(ViewError::Wrong)
    }
}

fn wrong(text: String) -> Checked {
    Err(ViewError::Wrong(text))
}

fn no_action(action: &str) -> Checked {
    wrong(format!("the view names the action `{action}`, which plugin.toml does not declare"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn check(view: &Value) -> Result<View, ViewError> {
        let manifest = serde_json::from_value(json!({
            "name": "issues", "version": "1.0.0", "title": { "zh": "说事", "en": "Issues" },
            "page": [{ "name": "case", "route": "case/{id}", "who": "anyone" }],
            "action": [{ "name": "report", "who": "member", "label": { "zh": "报", "en": "Report" } }],
        }))
        .unwrap();
        let other = |plugin: &str, to: &To| (plugin == "notices").then(|| to.page == "board");
        read(&view.to_string(), &Known { manifest: &manifest, other: &other })
    }

    fn sections(depth: usize) -> Value {
        (0..depth)
            .fold(json!({ "node": "text", "text": "底" }), |inner, _| json!({ "node": "section", "body": [inner] }))
    }

    #[test]
    fn a_view_twelve_deep_is_taken_and_one_deeper_is_not() {
        assert!(check(&json!({ "title": "t", "body": [sections(10)] })).is_ok());
        let error = check(&json!({ "title": "t", "body": [sections(11)] })).unwrap_err();
        assert!(matches!(error, ViewError::Over(Limit::ViewDepth, _)), "{error:?}");
        let error = check(&json!({ "title": "t", "body": [sections(1_000)] })).unwrap_err();
        assert!(matches!(error, ViewError::Over(Limit::ViewDepth, _)), "{error:?}");
    }

    #[test]
    fn too_many_nodes_and_too_many_bytes_are_named() {
        let node = json!({ "node": "text", "text": "" });
        let error = check(&json!({ "title": "t", "body": vec![node; 2_001] })).unwrap_err();
        assert!(matches!(error, ViewError::Over(Limit::ViewNodes, _)), "{error:?}");
        let error = check(&json!({ "title": "x".repeat(300_000) })).unwrap_err();
        assert!(matches!(error, ViewError::Over(Limit::ViewBytes, _)), "{error:?}");
    }

    #[test]
    fn links_and_forms_name_what_is_there() {
        let link = |to: Value| json!({ "title": "t", "body": [{ "node": "link", "text": "x", "to": to }] });
        assert!(check(&link(json!({ "page": "case", "params": { "id": "1" } }))).is_ok());
        assert!(check(&link(json!({ "page": "case" }))).is_err(), "the route's parameter is missing");
        assert!(check(&link(json!({ "page": "cases" }))).is_err());
        assert!(check(&link(json!({ "plugin": "notices", "page": "board" }))).is_ok());
        assert!(check(&link(json!({ "plugin": "notices", "page": "bord" }))).is_err());
        assert!(check(&link(json!({ "plugin": "switched-off", "page": "any" }))).is_ok());
        assert!(check(&json!({ "title": "t", "body": [{ "node": "form", "action": "report" }] })).is_ok());
        assert!(check(&json!({ "title": "t", "body": [{ "node": "button", "action": "rate" }] })).is_err());
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let body = |node: Value| check(&json!({ "title": "t", "body": [node] }));
        assert!(body(json!({ "node": "outside-link", "text": "x", "url": "javascript:alert(1)" })).is_err());
        assert!(body(json!({ "node": "stars", "value": 9 })).is_err());
        assert!(body(json!({ "node": "table", "columns": [{ "title": "a" }], "rows": [[]] })).is_err());
        assert!(body(json!({ "node": "steps", "names": ["a"], "current": 1 })).is_err());
        assert!(body(json!({ "node": "qr", "text": "DH-2026-0007", "label": "兑换码" })).is_ok());
        assert!(body(json!({ "node": "qr", "text": "长".repeat(67), "label": "兑换码" })).is_err());
        let month = |columns: usize, cells: Value| json!({ "node": "calendar", "title": "十月", "columns": vec!["1"; columns], "rows": [{ "label": "甲", "cells": cells }] });
        assert!(body(month(2, json!([{ "mark": "✓", "says": "走访", "tone": "done" }, {}]))).is_ok());
        assert!(body(month(2, json!([{}]))).is_err(), "a cell is missing");
        assert!(body(month(0, json!([]))).is_err(), "no columns");
        assert!(body(month(41, json!(vec![json!({}); 41]))).is_err(), "too many columns");
        assert!(body(month(1, json!([{ "mark": "走访了三户" }]))).is_err(), "a mark is short");
        assert!(body(month(1, json!([{ "to": { "page": "nowhere" } }]))).is_err());
        assert!(body(json!({ "node": "script", "text": "x" })).is_err(), "an unknown node");
    }
}
