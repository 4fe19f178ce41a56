//! `plugin.toml`: the single source of what a plugin is.
//!
//! [`Manifest::from_toml`] reads it with the line of every mistake; [`Manifest::check`] holds the rules
//! that the shape alone cannot say. The same type travels as JSON in the component's custom section.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::rule::Hook;
use crate::{Field, Text};

mod check;
mod collection;
#[cfg(feature = "toml")]
mod read;

pub use collection::{Collection, Index, IndexField, IndexSpec, KeyType, Readers, Rule};
#[cfg(feature = "toml")]
pub use read::Lines;

/// What is wrong with a manifest: one sentence, with the line in `plugin.toml` where it is known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", line.map(|line| format!("line {line}: ")).unwrap_or_default())]
pub struct ManifestError {
    /// Line in `plugin.toml`, from 1.
    pub line: Option<usize>,
    /// What is wrong and what to write instead.
    pub message: String,
}

/// What a plugin is, asks for and offers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The URL segment: lower-case letters, digits and `-`, 2 to 32 characters, not a reserved word.
    pub name: String,
    /// Semantic version, `major.minor.patch`.
    pub version: String,
    /// Shown to people.
    pub title: Text,
    /// One sentence for whoever decides whether to use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// An icon of the platform's set: see [`ICONS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// Its place among the modules of a space, in navigation, doors and cards: the smaller comes first, then by name.
    #[serde(default = "in_the_middle")]
    pub order: u16,
    /// The kinds of space that it runs in: `village` (communities too), `town`, `district`.
    #[serde(default = "villages", rename = "in")]
    pub spaces: Vec<SpaceKindName>,
    /// The capabilities that it asks for.
    #[serde(default)]
    pub uses: Uses,
    /// Collections of documents.
    #[serde(default, rename = "collection", skip_serializing_if = "Vec::is_empty")]
    pub collections: Vec<Collection>,
    /// Pages: read-only view trees.
    #[serde(default, rename = "page", skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<Page>,
    /// Queries: read-only JSON.
    #[serde(default, rename = "query", skip_serializing_if = "Vec::is_empty")]
    pub queries: Vec<QueryDecl>,
    /// Actions: one write transaction each.
    #[serde(default, rename = "action", skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Decision points that villages set for themselves.
    #[serde(default, rename = "rule", skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Hook>,
    /// Jobs that the host runs by the clock.
    #[serde(default, rename = "job", skip_serializing_if = "Vec::is_empty")]
    pub jobs: Vec<Job>,
    /// Numbers for ratings and dashboards.
    #[serde(default, rename = "measure", skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// Settings that a village admin may change: fields with a label and a default.
    #[serde(default, rename = "setting", skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<Field>,
    /// Answers `todos` for whoever has one of these roles; empty: has no to-dos.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub todos: Vec<Who>,
}

fn in_the_middle() -> u16 {
    500
}

fn villages() -> Vec<SpaceKindName> {
    vec![SpaceKindName::Village]
}

/// Kinds of space as manifests name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SpaceKindName {
    /// Villages and communities.
    Village,
    /// Towns and subdistricts.
    Town,
    /// The district.
    District,
}

/// Capabilities that a manifest asks for. `log`, `clock`, `ids`, `calendar` and `settings` need no asking.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each capability is asked for by a line of its own")]
pub struct Uses {
    /// Documents in its own collections.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub data: bool,
    /// Files that hang on its documents.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub files: bool,
    /// People of the space.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<PeopleGrant>,
    /// The village's ledger of points.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ledger: bool,
    /// Messages into people's inboxes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub notify: bool,
    /// Events that it sends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sends: Vec<Sends>,
    /// Events that it hears, its own too: `issues.case-answered/1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hears: Vec<String>,
}

/// How much of a person a plugin sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum PeopleGrant {
    /// Name, household, roles.
    Names,
    /// The telephone too.
    Contact,
}

/// An event that a plugin sends: its name alone, or with a direction through the tree and the shape of its payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    untagged,
    expecting = "an event to send is written `\"plugin.thing-happened/1\"` or `{ name = \"plugin.thing-happened/1\" }`, with `goes` (up or down) and `schema` (a file) where it has them"
)]
pub enum Sends {
    /// `"issues.case-closed/1"`: heard in this space.
    Here(String),
    /// `{ name = "issues.case-referred/1", goes = "up", schema = "schemas/case-referred.json" }`.
    Told(Told),
}

/// An event with more than its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// Name and version.
    pub name: String,
    /// `up` to the space above, `down` to those below; heard in this space when left out.
    #[serde(default, skip_serializing_if = "Direction::is_here")]
    pub goes: Direction,
    /// The file of the payload's JSON Schema, beside `plugin.toml`: `schemas/case-referred.json`. Within a version of
    /// the event only optional fields are added to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// What that file holds; `cunshi plugin build` puts it here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub built: Option<serde_json::Value>,
}

impl Sends {
    /// Name and version.
    pub fn name(&self) -> &str {
        match self {
            Self::Here(name) | Self::Told(Told { name, .. }) => name,
        }
    }

    /// Where it goes.
    pub fn direction(&self) -> Direction {
        match self {
            Self::Here(_) => Direction::Here,
            Self::Told(told) => told.goes,
        }
    }

    /// What else is said of it.
    pub fn told(&self) -> Option<&Told> {
        match self {
            Self::Here(_) => None,
            Self::Told(told) => Some(told),
        }
    }
}

/// Where an event goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// To hearers in the same space.
    #[default]
    Here,
    /// To hearers in the space above.
    Up,
    /// To hearers in the spaces below (or the one that is answered).
    Down,
}

impl Direction {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
    fn is_here(&self) -> bool {
        *self == Self::Here
    }
}

/// Who may reach something. `admin` may do what `cadre` may; an `officer` of a town or the district may do
/// in that very space what `cadre` may, and is `officer` in the spaces below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Who {
    /// Visitors too.
    Anyone,
    /// Signed-in people of the space.
    Member,
    /// Cadres of the space.
    Cadre,
    /// Members of its supervision committee.
    Supervisor,
    /// Its admin.
    Admin,
    /// Officers of the town or district above.
    Officer,
}

/// One role or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    untagged,
    expecting = "`who` is a role or an array of roles: write anyone, member, cadre, supervisor, admin or officer"
)]
pub enum Audience {
    /// `who = "cadre"`
    One(Who),
    /// `who = ["cadre", "officer"]`
    Any(Vec<Who>),
}

impl Audience {
    /// The roles, in the order of the manifest.
    pub fn roles(&self) -> &[Who] {
        match self {
            Self::One(who) => std::slice::from_ref(who),
            Self::Any(all) => all,
        }
    }

    /// Whether visitors are let in.
    pub fn is_public(&self) -> bool {
        self.roles().contains(&Who::Anyone)
    }
}

/// A page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Lower-case letters, digits, `-`; also the name of the trait's method (with `_`).
    pub name: String,
    /// Below the plugin's address: `""` is its first page, `case/{id}` takes the parameter `id` from the path.
    #[serde(default)]
    pub route: String,
    /// Who may open it; everybody else gets 404.
    pub who: Audience,
    /// Parameters of path and query string.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Field>,
    /// Entry in the navigation of the village.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nav: Option<Text>,
    /// Where the host shows this page as a card instead of by an address of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<Slot>,
    /// The host keeps who of the space has opened it, and when first, by the value of the route's first parameter
    /// (or the page's name where the route has none): `people.seen` reads it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub seen: bool,
}

/// Places of the host's own pages where plugins may put a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Slot {
    /// A large door on a village's home (the tree is one `link` with icon and hint).
    Door,
    /// A card on a village's home.
    Home,
    /// A card on the signed-in person's own page.
    Mine,
}

/// A query.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct QueryDecl {
    /// Lower-case letters, digits, `-`.
    pub name: String,
    /// Who may ask it; everybody else gets 404.
    pub who: Audience,
    /// Parameters of the query string.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Field>,
}

/// An action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Lower-case letters, digits, `-`.
    pub name: String,
    /// Who may do it; everybody else gets 404.
    pub who: Audience,
    /// What the button says.
    pub label: Text,
    /// A sentence above the form: what happens, and why it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intro: Option<Text>,
    /// The form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// Roles that may do it on behalf of another person (the form then asks for whom).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_behalf: Vec<Who>,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// Lower-case letters, digits, `-`.
    pub name: String,
    /// `15m`, `1h`, `1d` and so on: at least one minute.
    pub every: String,
}

/// A measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Lower-case letters, digits, `_`.
    pub name: String,
    /// Shown to people.
    pub title: Text,
}

/// Names that no plugin may take: addresses of the host.
pub const RESERVED: [&str; 18] = [
    "a",
    "api",
    "assets",
    "decisions",
    "district",
    "files",
    "healthz",
    "home",
    "manage",
    "me",
    "metrics",
    "p",
    "q",
    "readyz",
    "rules",
    "sign-in",
    "sign-out",
    "v",
];

/// The platform's icons.
pub const ICONS: [&str; 16] = [
    "speak", "star", "notice", "work", "home", "person", "phone", "diary", "book", "camera", "shop", "check", "search",
    "calendar", "people", "place",
];

impl Manifest {
    /// The page of that name.
    pub fn page(&self, name: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.name == name)
    }

    /// The query of that name.
    pub fn query(&self, name: &str) -> Option<&QueryDecl> {
        self.queries.iter().find(|query| query.name == name)
    }

    /// The action of that name.
    pub fn action(&self, name: &str) -> Option<&Action> {
        self.actions.iter().find(|action| action.name == name)
    }

    /// The collection of that name.
    pub fn collection(&self, name: &str) -> Option<&Collection> {
        self.collections.iter().find(|collection| collection.name == name)
    }

    /// The decision point of that name.
    pub fn rule(&self, name: &str) -> Option<&Hook> {
        self.rules.iter().find(|hook| hook.name == name)
    }

    /// The declared event of that name and version.
    pub fn sends(&self, name: &str) -> Option<&Sends> {
        self.uses.sends.iter().find(|sends| sends.name() == name)
    }

    /// The export interfaces that a component of this manifest has: `pages`, `queries` and so on.
    pub fn exports(&self) -> Vec<&'static str> {
        [
            ("pages", !self.pages.is_empty()),
            ("queries", !self.queries.is_empty()),
            ("actions", !self.actions.is_empty()),
            ("events", !self.uses.hears.is_empty()),
            ("jobs", !self.jobs.is_empty()),
            ("measures", !self.measures.is_empty()),
            ("todos", !self.todos.is_empty()),
            ("upgrade", self.collections.iter().any(|collection| collection.schema > 1)),
        ]
        .into_iter()
        .filter_map(|(interface, needed)| needed.then_some(interface))
        .collect()
    }

    /// Settings with their defaults, as a plugin sees them before a village changed any.
    pub fn default_settings(&self) -> BTreeMap<&str, &serde_json::Value> {
        self.settings.iter().filter_map(|field| Some((field.name.as_str(), field.default.as_ref()?))).collect()
    }
}

impl Job {
    /// The period in microseconds, or `None` when `every` cannot be read.
    pub fn period(&self) -> Option<i64> {
        let (number, unit) = self.every.split_at_checked(self.every.len().checked_sub(1)?)?;
        let seconds = match unit {
            "m" => 60,
            "h" => 3_600,
            "d" => 86_400,
            _ => return None,
        };
        number.parse::<i64>().ok().filter(|n| *n > 0)?.checked_mul(seconds * 1_000_000)
    }
}
