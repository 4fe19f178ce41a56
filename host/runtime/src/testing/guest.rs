//! Guests written as a list of steps: small components with a real manifest, encoded as any plugin is.

use std::fmt::Write as _;

use cunshi_contract::{Manifest, WIT};
use serde_json::Value;
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

use crate::package;

mod wat_text;

/// One thing that a guest does. What the host answers to a request is kept for [`Step::AnswerLast`] and
/// otherwise passed over.
#[derive(Clone, Debug)]
pub enum Step {
    /// Ends with this JSON (or, for events and jobs, with nothing more to say).
    Answer(String),
    /// Ends with the very text that the guest was told of its call.
    AnswerContext,
    /// Ends with the name of what became of the last request: `"ok"`, `"not-granted"`, `"read-only"` …
    AnswerLast,
    /// Ends with the body of the first document that the last [`Step::Find`] found.
    AnswerFound,
    /// Ends with the text that the last [`Step::SearchPeople`], [`Step::Setting`] or [`Step::Ask`] gave.
    AnswerText,
    /// Ends a job step with a cursor.
    Again(String),
    /// Ends with a failure: `denied`, `missing`, `conflict` or `failed`, with a text.
    Fail(&'static str, String),
    /// Ends a job step: asks to be called again unless it was told of a cursor.
    AgainOnce(String),
    /// `data.insert`
    Insert(&'static str, String),
    /// `data.insert` of what the guest was told of its call.
    InsertContext(&'static str),
    /// `data.insert` of `{"last":…}`: what became of the request before.
    InsertLast(&'static str),
    /// `data.get`
    Get(&'static str, String),
    /// `data.find`
    Find(&'static str, String),
    /// `people.search`
    SearchPeople(String),
    /// `settings.get`
    Setting(&'static str),
    /// `files.attach`
    Attach(String, &'static str, String),
    /// `sends.send`
    Send(String),
    /// Any function of `ledger`, `notify` or `rules` with its texts.
    Ask(&'static str, &'static str, Vec<String>),
    /// Ends with `denied` and the sentence with which the last [`Step::Ask`] was refused.
    DenyRefusal,
    /// `log.write` at level error.
    Log(String),
    /// `clock.now`
    Now,
    /// The steps again and again, so many times.
    Times(u32, Vec<Step>),
    /// The steps for ever.
    Forever(Vec<Step>),
    /// 16 MiB more of memory, kept.
    GrowMemory,
    /// 10,000 more elements of a table, kept.
    GrowTable,
    /// Ends with a text of so many bytes: a JSON string of spaces.
    AnswerLong(u32),
    /// Traps.
    Trap,
    /// Calls itself until the stack is full.
    Recurse,
}

/// A guest in the making.
#[derive(Clone, Debug)]
pub struct Guest {
    manifest: Manifest,
    scripts: Vec<(&'static str, Vec<Step>)>,
}

impl Guest {
    /// A guest with this manifest (as JSON); every export that it declares answers `{}` unless told
    /// otherwise by [`Self::on`].
    pub fn new(manifest: Value) -> Self {
        let manifest: Manifest = serde_json::from_value(manifest).expect("a manifest");
        Self { manifest, scripts: Vec::new() }
    }

    /// What an export does: `pages`, `queries`, `actions`, `events`, `jobs`, `measures`, `todos`, `upgrade`.
    #[must_use]
    pub fn on(mut self, export: &'static str, steps: impl Into<Vec<Step>>) -> Self {
        self.scripts.push((export, steps.into()));
        self
    }

    /// The component.
    pub fn build(self) -> Vec<u8> {
        let core = self.core();
        component(&self.manifest, &core)
    }

    /// The core module's text.
    pub fn core(&self) -> String {
        let mut text = wat_text::Text::new();
        for interface in self.manifest.exports() {
            let script = self.scripts.iter().find(|(export, _)| *export == interface);
            let default = [Step::Answer("{}".to_owned())];
            let steps = script.map_or(default.as_slice(), |(_, steps)| steps.as_slice());
            text.export(interface, steps);
        }
        text.finish()
    }
}

/// A component from a manifest and the text of a core module.
pub fn component(manifest: &Manifest, core: &str) -> Vec<u8> {
    let encoded = encode(&package::world(manifest), core);
    package::append_manifest(&encoded, manifest).expect("a component without a manifest")
}

/// A component from a world (of package `cunshi:guest`, named `plugin`) and the text of a core module.
pub fn encode(world: &str, core: &str) -> Vec<u8> {
    encode_with(&WIT, world, core)
}

/// [`encode`] against another text of the ABI, or none.
pub fn encode_with(abi: &[(&str, &str)], world: &str, core: &str) -> Vec<u8> {
    let mut module = wat::parse_str(core).unwrap_or_else(|error| panic!("{error}\n{core}"));
    let mut resolve = Resolve::default();
    if !abi.is_empty() {
        let mut sources = wit_parser::SourceMap::default();
        for (name, text) in abi {
            sources.push_str(name, *text);
        }
        let abi = sources.parse().map_err(|(_, error)| error.to_string()).expect("the ABI in WIT");
        resolve.push_group(abi).expect("the ABI in WIT");
    }
    let package = resolve.push_source("world.wit", world).expect("a world");
    let world = resolve.select_world(&[package], Some("plugin")).expect("a world");
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).expect("a module");
    let mut encoder = ComponentEncoder::default().module(&module).expect("a module");
    encoder.encode().unwrap_or_else(|error| panic!("{error:#}\n{core}"))
}

/// A manifest with one of each, for tests: collection `note` (index `by_text`), page `board`, query `all`,
/// action `put`, in villages.
pub fn manifest(name: &str) -> Value {
    serde_json::json!({
        "name": name,
        "version": "1.0.0",
        "title": { "zh": "记事", "en": "Notes" },
        "uses": { "data": true },
        "collection": [{ "name": "note", "schema": 1, "index": { "by_text": ["text: text"] } }],
        "page": [{ "name": "board", "route": "", "who": "anyone" }],
        "query": [{ "name": "all", "who": "anyone" }],
        "action": [{ "name": "put", "who": "member", "label": { "zh": "记", "en": "Put" } }],
    })
}

pub(super) fn quoted(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "\\{byte:02x}");
        text
    })
}
