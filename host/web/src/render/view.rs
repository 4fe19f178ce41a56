//! From view tree to HTML: one match over the nodes, the files of [`super::nodes`] draw them.

use std::cell::Cell;

use cunshi_contract::field::FieldKind;
use cunshi_contract::manifest::Manifest;
use cunshi_contract::view::To;
use cunshi_contract::{Node, View};
use maud::{Markup, html};
use serde_json::{Map, Value};

use super::RenderContext;
use super::nodes::{calendar, figures, form, ledger, links, list, media, prose, qr, receipt, table, timeline};

/// Draws the trees of one page. Counts forms, so that ids and idempotency keys differ between them.
pub(crate) struct Drawer<'a> {
    pub(crate) cx: &'a RenderContext<'a>,
    pub(crate) module: &'a Manifest,
    /// What is drawn will stand on paper: days are written in full.
    pub(crate) paper: bool,
    forms: &'a Cell<u32>,
    /// The values of the form that was sent and refused, where it stands in these trees.
    pub(crate) refused: Option<&'a Map<String, Value>>,
}

impl<'a> Drawer<'a> {
    /// For some trees of one plugin.
    pub(crate) fn new(
        cx: &'a RenderContext<'a>,
        module: &'a Manifest,
        forms: &'a Cell<u32>,
        trees: &[&'a [Node]],
    ) -> Self {
        Self { cx, module, paper: false, forms, refused: refused(cx, module, trees) }
    }

    /// The same for a part that is to be printed.
    pub(crate) fn on_paper(&self) -> Self {
        Self { paper: true, ..*self }
    }

    /// A number for the next form.
    pub(crate) fn next_form(&self) -> u32 {
        let number = self.forms.get();
        self.forms.set(number.saturating_add(1));
        number
    }

    /// The address of a page.
    pub(crate) fn href(&self, to: &To) -> Option<String> {
        (self.cx.links)(&self.module.name, to)
    }

    /// Words that lead somewhere, or just words when there is no such page.
    pub(crate) fn linked(&self, text: &str, to: Option<&To>) -> Markup {
        html! {
            @match to.and_then(|to| self.href(to)) {
                Some(href) => a href=(href) { (text) },
                None => (text),
            }
        }
    }

    /// Nodes on the paper: what is not a card by itself is gathered into cards.
    pub(crate) fn page_nodes(&self, nodes: &[Node]) -> Markup {
        let mut rest = nodes;
        let mut out = Vec::new();
        while let Some((first, after)) = rest.split_first() {
            if stands_alone(first) {
                out.push(self.node(first, 2));
                rest = after;
            } else {
                let run = rest.iter().take_while(|node| !stands_alone(node)).count();
                let (together, after) = rest.split_at(run);
                let inner = self.nodes(together, 2);
                // Forms that are not for this reader leave nothing behind, not even a card.
                if !inner.0.is_empty() {
                    out.push(html! { section.card { (inner) } });
                }
                rest = after;
            }
        }
        html! { @for part in &out { (part) } }
    }

    /// Nodes inside a card; `level` is that of the next heading.
    pub(crate) fn nodes(&self, nodes: &[Node], level: u8) -> Markup {
        html! { @for node in nodes { (self.node(node, level)) } }
    }

    fn node(&self, node: &Node, level: u8) -> Markup {
        match node {
            Node::Section { title, more, body } => prose::section(self, title.as_deref(), more.as_ref(), body, level),
            Node::Heading { text } => prose::heading(text, level),
            Node::Text { text, quiet } => prose::text(text, *quiet),
            Node::Markdown { text } => html! { div.prose { (super::markdown::markdown(text, level - 1)) } },
            Node::Empty { text } => prose::empty(text),
            Node::Alert { tone, text } => prose::alert(*tone, text),
            Node::Badges { items, meta } => prose::badges(items, meta.as_deref()),
            Node::Facts { items } => list::facts(self, items),
            Node::List { items, empty, next } => list::list(self, items, empty.as_deref(), next.as_ref()),
            Node::Table { columns, rows, totals, empty, next } => table::table(
                self,
                &table::Table { columns, rows, totals, empty: empty.as_deref(), next: next.as_ref() },
            ),
            Node::Filters { tabs } => links::filters(self, tabs),
            Node::Search { to, param, label, value } => links::search(self, to, param, label, value),
            Node::Link { text, to, icon, hint, primary } => links::link(
                self,
                &links::Door { text, to, icon: icon.as_deref(), hint: hint.as_deref(), primary: *primary },
                false,
            ),
            Node::Call { text, phone } => links::call(text, phone),
            Node::OutsideLink { text, url } => links::outside(self.cx, text, url),
            Node::Stats { items } => figures::stats(self, items),
            Node::Chart { title, bars } => figures::chart(title, bars),
            Node::Calendar { title, columns, rows, legend } => calendar::calendar(self, title, columns, rows, legend),
            Node::Stars { value, label } => figures::stars(self.cx, *value, label.as_deref()),
            Node::Countdown { until, label } => figures::countdown(self.cx, *until, label),
            Node::Qr { text, label } => qr::qr(text, label),
            Node::LedgerStatement { rows, empty, next } => {
                ledger::statement(self, rows, empty.as_deref(), next.as_ref())
            }
            Node::Decision { id, because, label } => ledger::decision(self.cx, id, because, label.as_deref()),
            Node::Timeline { steps } => timeline::timeline(self, steps),
            Node::Steps { names, current } => timeline::steps(names, *current),
            Node::Images { files, caption } => media::images(self.cx, files, caption.as_deref()),
            Node::BeforeAfter { before, after } => media::before_after(self.cx, before, after),
            Node::Files { files } => media::files(self.cx, files),
            Node::Receipt { title, number, items, note } => {
                receipt::receipt(self, title, number, items, note.as_deref(), level)
            }
            Node::Form { action, values, folded, label, templates } => form::form(
                self,
                &form::Form { action, values, folded: *folded, label: label.as_deref(), templates: templates.as_ref() },
                level,
            ),
            Node::Button { action, values, label, quiet } => {
                form::button(self, action, values, label.as_deref(), *quiet)
            }
        }
    }
}

/// Which form the refused one is: that of its action whose hidden references agree best, the first of them before
/// all. A version, say, may have moved on since, so that not all of them must.
fn refused<'a>(cx: &RenderContext<'_>, module: &Manifest, trees: &[&'a [Node]]) -> Option<&'a Map<String, Value>> {
    let state = cx.form.as_ref().filter(|state| state.plugin == module.name)?;
    let references: Vec<&str> = module
        .action(&state.action)?
        .fields
        .iter()
        .filter(|field| field.kind == FieldKind::Reference)
        .map(|field| field.name.as_str())
        .collect();
    let mut best: Option<(Vec<bool>, &Map<String, Value>)> = None;
    for tree in trees {
        visit(tree, &mut |node| {
            if let Node::Form { action, values, .. } | Node::Button { action, values, .. } = node
                && *action == state.action
            {
                let agrees = |name: &&str| {
                    values.get(*name).is_some_and(|value| state.values.get(*name).and_then(typed) == typed(value))
                };
                // Compared from the first reference on: it names the document.
                let score: Vec<bool> = references.iter().map(agrees).collect();
                if best.as_ref().is_none_or(|(most, _)| score > *most) {
                    best = Some((score, values));
                }
            }
        });
    }
    best.map(|(_, values)| values)
}

/// Every node, in the order of the page.
fn visit<'a>(nodes: &'a [Node], seen: &mut dyn FnMut(&'a Node)) {
    for node in nodes {
        seen(node);
        if let Node::Section { body, .. } = node {
            visit(body, seen);
        }
    }
}

/// Whether a node sits on the paper by itself; everything else gets a card around it.
fn stands_alone(node: &Node) -> bool {
    match node {
        Node::Section { .. }
        | Node::Heading { .. }
        | Node::Alert { .. }
        | Node::Filters { .. }
        | Node::Search { .. }
        | Node::Stats { .. }
        | Node::Link { .. }
        | Node::Receipt { .. }
        | Node::Steps { .. }
        | Node::Button { .. } => true,
        Node::Form { folded, .. } => *folded,
        _ => false,
    }
}

/// Whether a page carries a slip to print: then only the slip is printed.
pub(crate) fn has_receipt(view: &View) -> bool {
    let mut found = false;
    let mut look = |node: &Node| found |= matches!(node, Node::Receipt { .. });
    visit(&view.body, &mut look);
    visit(&view.aside, &mut look);
    found
}

/// The ids of all files that a tree shows, without repeats: what to look up for [`RenderContext::files`].
pub fn file_ids(view: &View) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    let mut add = |id: &String| {
        if !id.is_empty() && !ids.contains(id) {
            ids.push(id.clone());
        }
    };
    let mut look = |node: &Node| match node {
        Node::Images { files, .. } | Node::Files { files } => files.iter().for_each(&mut add),
        Node::BeforeAfter { before, after } => before.iter().chain(after).for_each(&mut add),
        Node::List { items, .. } => items.iter().filter_map(|item| item.image.as_ref()).for_each(&mut add),
        Node::Timeline { steps } => steps.iter().flat_map(|step| &step.images).for_each(&mut add),
        _ => {}
    };
    visit(&view.body, &mut look);
    visit(&view.aside, &mut look);
    ids
}

/// A JSON value as a form would send it; `None` for null and for what a form cannot say.
pub(crate) fn typed(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
