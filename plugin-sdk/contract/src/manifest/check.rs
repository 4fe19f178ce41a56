//! The rules of a manifest that its shape alone cannot say.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Audience, ICONS, Manifest, ManifestError, RESERVED, Who};
use crate::Text;

mod collections;
mod events;
mod fields;
mod routes;
mod rules;

/// Greatest numbers of things in one manifest.
const MAX: [(&str, usize); 10] = [
    ("collection", 32),
    ("page", 64),
    ("query", 64),
    ("action", 64),
    ("rule", 8),
    ("job", 16),
    ("measure", 32),
    ("setting", 40),
    ("sends", 32),
    ("hears", 32),
];

impl Manifest {
    /// Reads the JSON that travels in a component.
    pub fn from_json(json: impl AsRef<[u8]>) -> Result<Self, ManifestError> {
        serde_json::from_slice(json.as_ref())
            .map_err(|error| ManifestError { line: None, message: format!("the manifest cannot be read: {error}") })
    }

    /// Holds the manifest against every rule; each error says what to write instead.
    pub fn check(&self) -> Result<(), Vec<ManifestError>> {
        let mistakes = self.mistakes();
        if mistakes.is_empty() {
            return Ok(());
        }
        Err(mistakes.into_iter().map(|mistake| ManifestError { line: None, message: mistake.sentence() }).collect())
    }

    pub(super) fn mistakes(&self) -> Vec<Mistake> {
        let mut found = Found::default();
        head(self, &mut found);
        names(self, &mut found);
        collections::check(self, &mut found);
        routes::check(self, &mut found);
        events::check(self, &mut found);
        fields::check(self, &mut found);
        rules::check(self, &mut found);
        people(self, &mut found);
        counts(self, &mut found);
        found.mistakes
    }
}

/// One step from a thing of the manifest to a thing inside it, as `plugin.toml` writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A key of a table.
    Key(String),
    /// A place in an array, from 0.
    Nth(usize),
}

/// Something wrong, and where.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) at: Vec<Step>,
    what: String,
}

impl Mistake {
    pub(super) fn new(at: Vec<Step>, what: impl Into<String>) -> Self {
        Self { at, what: what.into() }
    }

    /// The place in words, then what is wrong: `action 2: …`.
    pub(super) fn sentence(&self) -> String {
        let mut place = String::new();
        for step in &self.at {
            match step {
                Step::Key(key) if place.is_empty() => place.push_str(key),
                Step::Key(key) => {
                    let _ = write!(place, ", {key}");
                }
                Step::Nth(nth) => {
                    let _ = write!(place, " {}", nth + 1);
                }
            }
        }
        if place.is_empty() { self.what.clone() } else { format!("{place}: {}", self.what) }
    }
}

/// Mistakes found so far.
#[derive(Debug, Default)]
struct Found {
    mistakes: Vec<Mistake>,
}

impl Found {
    fn add(&mut self, at: &Place, what: impl Into<String>) {
        self.mistakes.push(Mistake::new(at.0.clone(), what));
    }

    fn text(&mut self, at: &Place, text: &Text) {
        if text.zh.trim().is_empty() || text.en.trim().is_empty() {
            self.add(at, "both languages are needed: write `{ zh = \"…\", en = \"…\" }`");
        }
    }

    fn audience(&mut self, at: &Place, who: &Audience) {
        let at = at.key("who");
        if who.roles().is_empty() {
            self.add(&at, "nobody could reach it: name at least one role, such as `who = \"member\"`");
        }
        self.once(&at, who.roles().iter().map(|who| format!("{who:?}").to_lowercase()));
    }

    /// Says which of some words stand twice.
    fn once(&mut self, at: &Place, words: impl IntoIterator<Item = String>) {
        let mut seen = BTreeSet::new();
        for word in words {
            if !seen.insert(word.clone()) {
                self.add(at, format!("`{word}` stands here twice: leave one out"));
            }
        }
    }
}

/// A path in the manifest.
#[derive(Clone, Debug, Default)]
struct Place(Vec<Step>);

impl Place {
    fn root() -> Self {
        Self::default()
    }

    fn key(&self, key: &str) -> Self {
        let mut path = self.0.clone();
        path.push(Step::Key(key.to_owned()));
        Self(path)
    }

    fn nth(&self, nth: usize) -> Self {
        let mut path = self.0.clone();
        path.push(Step::Nth(nth));
        Self(path)
    }
}

/// Lower-case words joined by `-` (or `_`), the first letter a letter.
fn is_name(name: &str, joint: char, longest: usize) -> bool {
    name.len() <= longest
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .split(joint)
            .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

/// A path beside `plugin.toml` that stays there.
fn is_file(path: &str, ending: &str) -> bool {
    let inside = path.split('/').all(|part| !matches!(part, "" | "." | "..")) && !path.contains(['\\', ':']);
    inside && path.ends_with(ending)
}

fn head(manifest: &Manifest, found: &mut Found) {
    let root = Place::root();
    let name = &manifest.name;
    if !is_name(name, '-', 32) || name.len() < 2 {
        found.add(
            &root.key("name"),
            format!(
                "`{name}` is not a plugin's name: write 2 to 32 lower-case letters and digits, words joined by `-`, beginning with a letter"
            ),
        );
    }
    if RESERVED.contains(&name.as_str()) {
        found.add(&root.key("name"), format!("`{name}` is an address of the platform: choose another name"));
    }
    if !is_version(&manifest.version) {
        found.add(
            &root.key("version"),
            format!("`{}` is not a version: write three numbers, such as `1.0.0`", manifest.version),
        );
    }
    found.text(&root.key("title"), &manifest.title);
    if let Some(summary) = &manifest.summary {
        found.text(&root.key("summary"), summary);
    }
    if let Some(icon) = &manifest.icon
        && !ICONS.contains(&icon.as_str())
    {
        found.add(&root.key("icon"), format!("there is no icon `{icon}`: choose one of {}", ICONS.join(", ")));
    }
    if manifest.spaces.is_empty() {
        found.add(&root.key("in"), "it could run nowhere: write at least one of village, town, district");
    }
    found.once(&root.key("in"), manifest.spaces.iter().map(|kind| format!("{kind:?}").to_lowercase()));
}

fn is_version(version: &str) -> bool {
    let parts: Vec<&str> = version.split('.').collect();
    parts.len() == 3
        && parts.iter().all(|part| {
            (*part == "0" || !part.starts_with('0'))
                && part.bytes().all(|byte| byte.is_ascii_digit())
                && part.parse::<u32>().is_ok()
        })
}

/// Names of pages, queries, actions and jobs, which share one namespace, and of measures.
fn names(manifest: &Manifest, found: &mut Found) {
    let root = Place::root();
    let named = (manifest.pages.iter().enumerate().map(|(n, page)| ("page", n, &page.name)))
        .chain(manifest.queries.iter().enumerate().map(|(n, query)| ("query", n, &query.name)))
        .chain(manifest.actions.iter().enumerate().map(|(n, action)| ("action", n, &action.name)))
        .chain(manifest.jobs.iter().enumerate().map(|(n, job)| ("job", n, &job.name)));
    let mut seen = BTreeSet::new();
    for (kind, nth, name) in named {
        let at = root.key(kind).nth(nth).key("name");
        if !is_name(name, '-', 40) {
            found.add(
                &at,
                format!("`{name}` is not a name: write lower-case letters and digits, words joined by `-`, at most 40"),
            );
        }
        if matches!(name.as_str(), "todos" | "upgrade") || name.starts_with("hear-") || name.starts_with("measure-") {
            found.add(&at, format!("`{name}` is kept for the platform's own calls: choose another name"));
        }
        if !seen.insert(name) {
            found.add(
                &at,
                format!("`{name}` is taken: pages, queries, actions and jobs share one set of names, so call this one differently"),
            );
        }
    }
    for (nth, measure) in manifest.measures.iter().enumerate() {
        let at = root.key("measure").nth(nth);
        if !is_name(&measure.name, '_', 40) {
            found.add(
                &at.key("name"),
                format!(
                    "`{}` is not a measure's name: write lower-case letters and digits, words joined by `_`",
                    measure.name
                ),
            );
        }
        found.text(&at.key("title"), &measure.title);
    }
    found.once(&root.key("measure"), manifest.measures.iter().map(|measure| measure.name.clone()));
    for (nth, job) in manifest.jobs.iter().enumerate() {
        if job.period().is_none() {
            found.add(
                &root.key("job").nth(nth).key("every"),
                format!(
                    "`{}` is not a period: write a whole number of minutes, hours or days, such as `15m`, `1h`, `1d`",
                    job.every
                ),
            );
        }
    }
}

/// Audiences, and who gets to-dos.
fn people(manifest: &Manifest, found: &mut Found) {
    let root = Place::root();
    for (nth, page) in manifest.pages.iter().enumerate() {
        found.audience(&root.key("page").nth(nth), &page.who);
    }
    for (nth, query) in manifest.queries.iter().enumerate() {
        found.audience(&root.key("query").nth(nth), &query.who);
    }
    for (nth, action) in manifest.actions.iter().enumerate() {
        let at = root.key("action").nth(nth);
        found.audience(&at, &action.who);
        found.text(&at.key("label"), &action.label);
        if let Some(intro) = &action.intro {
            found.text(&at.key("intro"), intro);
        }
        if action.on_behalf.iter().any(|who| matches!(who, Who::Anyone | Who::Member)) {
            found.add(
                &at.key("on_behalf"),
                "only an office may act for somebody else: write cadre, supervisor, admin or officer",
            );
        }
        found.once(&at.key("on_behalf"), action.on_behalf.iter().map(|who| format!("{who:?}").to_lowercase()));
    }
    if manifest.todos.contains(&Who::Anyone) {
        found.add(&root.key("todos"), "a visitor has no to-dos: name the roles that have");
    }
    found.once(&root.key("todos"), manifest.todos.iter().map(|who| format!("{who:?}").to_lowercase()));
}

fn counts(manifest: &Manifest, found: &mut Found) {
    let root = Place::root();
    for (key, most) in MAX {
        let (at, count) = match key {
            "collection" => (root.key(key), manifest.collections.len()),
            "page" => (root.key(key), manifest.pages.len()),
            "query" => (root.key(key), manifest.queries.len()),
            "action" => (root.key(key), manifest.actions.len()),
            "rule" => (root.key(key), manifest.rules.len()),
            "job" => (root.key(key), manifest.jobs.len()),
            "measure" => (root.key(key), manifest.measures.len()),
            "setting" => (root.key(key), manifest.settings.len()),
            "sends" => (root.key("uses").key(key), manifest.uses.sends.len()),
            _ => (root.key("uses").key(key), manifest.uses.hears.len()),
        };
        if count > most {
            found.add(&at, format!("there are {count} of them: at most {most} are allowed, so make two plugins of it"));
        }
    }
}
