//! Nothing that a plugin, a person or a manifest writes becomes markup; no page needs an exception of the
//! Content Security Policy; forms, labels and headings hang together.

use std::cell::Cell;
use std::collections::HashSet;

use cunshi_contract::view::{MAX_DEPTH, MAX_NODES};
use cunshi_contract::{Lang, Manifest, Node, View};
use cunshi_model::Role;
use serde_json::Value;

use super::gallery::{asking, pages, refused};
use super::samples::{issues, signed_in, with_options};
use super::trees::{account, board, desk, fig_tree, month, slip};
use crate::render::pages::plugin;
use crate::render::view::Drawer;

const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

/// A tag as written: its name and its attributes.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// All opening tags. Values never hold `<`, `>` or `"` unescaped, so this small reader is exact for what maud writes.
fn tags(html: &str) -> Vec<Tag> {
    html.split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag))
        .filter(|tag| !tag.starts_with('/') && !tag.starts_with('!'))
        .map(|tag| {
            let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
            let mut attributes = Vec::new();
            while !rest.is_empty() {
                let end = rest.find(['=', ' ']).unwrap_or(rest.len());
                let (key, after) = rest.split_at(end);
                let (value, after) = match after.strip_prefix("=\"") {
                    Some(quoted) => quoted.split_once('"').expect("a value in quotes"),
                    None => ("", after),
                };
                attributes.push((key.to_owned(), value.to_owned()));
                rest = after.trim_start();
            }
            Tag { name: name.to_owned(), attributes }
        })
        .collect()
}

/// What must stay as it is, because it is matched against a list or another name.
const NAMES: [&str; 14] = [
    "node",
    "tone",
    "action",
    "field",
    "kind",
    "name",
    "who",
    "is",
    "route",
    "on_behalf",
    "version",
    "options",
    "in",
    "slot",
];

/// Replaces every text that a plugin chooses.
fn poison(value: &mut Value, key: &str) {
    match value {
        Value::String(text) if !NAMES.contains(&key) => HOSTILE.clone_into(text),
        Value::Array(all) => all.iter_mut().for_each(|one| poison(one, key)),
        Value::Object(map) => map.iter_mut().for_each(|(key, one)| poison(one, key)),
        _ => {}
    }
}

fn poisoned<T: serde::Serialize + serde::de::DeserializeOwned>(it: &T) -> T {
    let mut value = serde_json::to_value(it).unwrap();
    poison(&mut value, "");
    serde_json::from_value(value).unwrap()
}

fn samples() -> Vec<View> {
    let mut all = vec![fig_tree(Lang::Zh), board(Lang::Zh), desk(Lang::Zh), slip(Lang::Zh)];
    all.push(account(Lang::Zh));
    all.push(month(Lang::Zh));
    all.push(asking("report", Lang::Zh));
    all.push(asking("everything", Lang::Zh));
    let heading = |text: &str| Node::Heading { text: text.to_owned() };
    all.push(View { title: "h".to_owned(), body: vec![heading("a"), heading("b")], ..View::default() });
    all
}

fn kind(node: &Node) -> String {
    serde_json::to_value(node).unwrap()["node"].as_str().unwrap().to_owned()
}

fn kinds(nodes: &[Node], seen: &mut HashSet<String>) {
    for node in nodes {
        seen.insert(kind(node));
        if let Node::Section { body, .. } = node {
            kinds(body, seen);
        }
    }
}

#[test]
fn the_samples_have_every_node() {
    let mut seen = HashSet::new();
    for view in samples() {
        kinds(&view.body, &mut seen);
        kinds(&view.aside, &mut seen);
    }
    // From the schema of the contract, so that a new node without a sample fails here.
    let error = serde_json::from_value::<Node>(serde_json::json!({ "node": "?" })).unwrap_err().to_string();
    let known: HashSet<String> = error.split('`').skip(3).step_by(2).map(str::to_owned).collect();
    assert!(known.len() >= 27, "{error}");
    let missing: Vec<_> = known.difference(&seen).collect();
    assert!(missing.is_empty(), "no sample of {missing:?}");
}

#[test]
fn hostile_texts_come_out_escaped_from_every_node_and_label() {
    let module: Manifest = poisoned(&issues());
    let mut cx = refused(with_options(signed_in(Lang::Zh, HOSTILE, &[Role::Cadre])), Lang::Zh);
    HOSTILE.clone_into(&mut cx.path);
    HOSTILE.clone_into(&mut cx.key);
    HOSTILE.clone_into(&mut cx.district);
    HOSTILE.clone_into(&mut cx.space.as_mut().unwrap().name);
    cx.space.as_mut().unwrap().office_phone = Some(HOSTILE.to_owned());
    for view in samples() {
        let view: View = poisoned(&view);
        let page = module.page("case").unwrap();
        let html = plugin(&cx, &module, page, &view).into_string();
        assert!(html.contains("&lt;script&gt;"), "the text is there, as text");
        for tag in tags(&html) {
            assert!(tag.name != "script" || tag.get("src").is_some_and(|src| src.starts_with("/assets/")), "{html}");
            assert!(tag.get("src").is_none_or(|src| src.starts_with('/')), "{html}");
            assert!(tag.get("onerror").is_none(), "{html}");
        }
        assert!(!html.contains("<script>"), "{html}");
    }
}

#[test]
fn addresses_outside_open_only_through_the_warning_and_only_over_https() {
    let node = |url: &str| View {
        body: vec![Node::OutsideLink { text: "看".to_owned(), url: url.to_owned() }],
        ..View::default()
    };
    let (module, cx) = (issues(), signed_in(Lang::Zh, "林秀英", &[Role::Member]));
    let page = module.page("case").unwrap();
    for bad in ["javascript:alert(1)", "http://example.org", "//example.org", "data:text/html,x", ""] {
        let html = plugin(&cx, &module, page, &node(bad)).into_string();
        assert!(!html.contains("home/outside"), "{bad}");
    }
    let html = plugin(&cx, &module, page, &node("https://example.org/?a=1&b=2")).into_string();
    assert!(html.contains("/home/outside?url=https%3A%2F%2Fexample.org%2F%3Fa%3D1%26b%3D2"), "{html}");
}

#[test]
fn no_page_has_inline_scripts_or_styles() {
    for lang in [Lang::Zh, Lang::En] {
        for (name, page) in pages(lang) {
            for tag in tags(&page.into_string()) {
                assert_ne!(tag.name, "style", "{name}");
                assert!(tag.name != "script" || tag.get("src").is_some(), "{name}");
                for (key, value) in &tag.attributes {
                    assert!(key != "style" && !key.starts_with("on"), "{name}: {} {key}", tag.name);
                    assert!(!value.starts_with("javascript:") || key == "value", "{name}: {value}");
                }
            }
        }
    }
}

#[test]
fn ids_labels_descriptions_and_headings_hang_together() {
    for lang in [Lang::Zh, Lang::En] {
        for (name, page) in pages(lang) {
            let tags = tags(&page.into_string());
            let mut ids = HashSet::new();
            for id in tags.iter().filter_map(|tag| tag.get("id")) {
                assert!(ids.insert(id), "{name}: {id} twice");
            }
            let mut level = 0;
            for tag in &tags {
                for target in tag
                    .get("for")
                    .into_iter()
                    .chain(tag.get("aria-describedby").into_iter().flat_map(|all| all.split(' ')))
                {
                    assert!(ids.contains(target), "{name}: nothing has the id {target}");
                }
                if let Some(target) = tag.get("href").and_then(|href| href.strip_prefix('#')) {
                    assert!(ids.contains(target), "{name}: #{target} leads nowhere");
                }
                if tag.name == "img" {
                    assert!(
                        tag.get("alt").is_some() && tag.get("width").is_some() && tag.get("height").is_some(),
                        "{name}"
                    );
                }
                let number = tag.name.strip_prefix('h').and_then(|number| number.parse::<u8>().ok());
                if let Some(number) = number {
                    assert!(number <= level + 1, "{name}: h{number} after h{level}");
                    level = number;
                }
            }
            let labelled = tags.iter().filter(|tag| {
                matches!(tag.name.as_str(), "input" | "select" | "textarea")
                    && !matches!(tag.get("type"), Some("hidden" | "radio" | "checkbox" | "file"))
            });
            for tag in labelled {
                let id = tag.get("id").unwrap_or_else(|| panic!("{name}: a control without id"));
                assert!(tags.iter().any(|label| label.get("for") == Some(id)), "{name}: {id} has no label");
            }
            assert!(tags.iter().filter(|tag| tag.get("autofocus").is_some()).count() <= 1, "{name}");
        }
    }
}

#[test]
fn the_largest_tree_renders() {
    let mut node = Node::Section {
        title: Some("里".to_owned()),
        more: None,
        body: vec![Node::Text { text: "底".to_owned(), quiet: false }; MAX_NODES - MAX_DEPTH],
    };
    for _ in 0..MAX_DEPTH - 3 {
        node = Node::Section { title: Some("层".to_owned()), more: None, body: vec![node] };
    }
    let (module, cx) = (issues(), signed_in(Lang::Zh, "林秀英", &[Role::Member]));
    let forms = Cell::new(0);
    let html = Drawer::new(&cx, &module, &forms, &[]).page_nodes(&[node]).into_string();
    assert_eq!(html.matches(">底<").count(), MAX_NODES - MAX_DEPTH);
    assert!(!html.contains("<h7"), "headings stop at six");
}
