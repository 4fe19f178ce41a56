//! What the host knows when it draws a page. Handlers fill a [`RenderContext`]; nothing here reads,
//! writes or decides.

use std::collections::BTreeMap;

use cunshi_contract::view::To;
use cunshi_contract::{FileInfo, Lang};
use cunshi_model::{Micros, PersonId, Roles, SpaceCode, SpaceKind};
use cunshi_runtime::privacy::FoundNumber;
use serde_json::{Map, Value};

use crate::words::{Words, words};

/// Turns the name of a page into its address: (the plugin whose tree it stands in, the target). `None`
/// when there is no such page; its words are then drawn without a link.
pub type Links<'a> = Box<dyn Fn(&str, &To) -> Option<String> + Send + Sync + 'a>;

/// Everything that a page needs besides its own content. Start from [`RenderContext::new`] and set what
/// is known.
pub struct RenderContext<'a> {
    /// The reader's language.
    pub lang: Lang,
    /// Large type.
    pub elder: bool,
    /// The platform's clock: times are written relative to it.
    pub now: Micros,
    /// The district's name.
    pub district: String,
    /// The space that the page belongs to; none on the portal and in the district console.
    pub space: Option<SpaceView>,
    /// Who is signed in.
    pub person: Option<PersonView>,
    /// Whoever is signed in is nobody in this space: their own page is elsewhere.
    pub outsider: bool,
    /// What the reader may do in this space; [`Roles::NONE`] for visitors.
    pub roles: Roles,
    /// Path and query of this page: where the language switch, the sign-in and a refused form lead back to.
    pub path: String,
    /// Navigation entries of the space's plugins. Home, to-dos and the reader's own page are added here.
    pub nav: Vec<NavEntry>,
    /// How many things wait for the reader; `Some` shows the to-do entry.
    pub todos: Option<usize>,
    /// How many messages the reader has not read; `Some` shows the bell.
    pub messages: Option<u32>,
    /// What the last action said.
    pub flash: Option<Flash>,
    /// Turns [`To`] into an address.
    pub links: Links<'a>,
    /// What is known of the files that the tree shows (see [`super::file_ids`]): names, sizes, pixels.
    pub files: BTreeMap<String, FileInfo>,
    /// People of the space, for `person` fields and for acting on behalf of somebody.
    pub people: Vec<Opt>,
    /// Households of the space, for `household` fields.
    pub households: Vec<Opt>,
    /// Answers of the queries that fields name under `options`, by (plugin, query).
    pub options: BTreeMap<(String, String), Vec<Opt>>,
    /// The form that was sent and refused.
    pub form: Option<FormState>,
    /// A fresh random text; the idempotency key of every form on the page begins with it.
    pub key: String,
}

/// The space of a page.
#[derive(Clone, Debug)]
pub struct SpaceView {
    /// Its address.
    pub code: SpaceCode,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: SpaceKind,
    /// The name of the space above.
    pub above: Option<String>,
    /// The office's telephone.
    pub office_phone: Option<String>,
}

/// The signed-in person.
#[derive(Clone, Debug)]
pub struct PersonView {
    /// Opaque id: keeps the drafts of people who share a phone apart.
    pub id: PersonId,
    /// The name.
    pub name: String,
}

/// An entry of the navigation.
#[derive(Clone, Debug)]
pub struct NavEntry {
    /// The words.
    pub label: String,
    /// The address.
    pub href: String,
    /// An icon of the set.
    pub icon: Option<String>,
    /// Whether the page shown is beneath it.
    pub current: bool,
}

/// A sentence at the top of a page, usually what an action said. After an action that said nothing, show
/// [`Words::done`]: the drafts kept on the device are cleared when a page carries a flash.
#[derive(Clone, Debug)]
pub struct Flash {
    /// The sentence.
    pub text: String,
    /// Whether it went well.
    pub good: bool,
}

/// A value to choose, and how it reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opt {
    /// What is sent.
    pub value: String,
    /// What is read, in the reader's language.
    pub label: String,
}

/// A form that came in and was refused: its values are kept, its mistakes shown.
#[derive(Clone, Debug, Default)]
pub struct FormState {
    /// The plugin.
    pub plugin: String,
    /// The action.
    pub action: String,
    /// What was typed, as strings and arrays of strings; file fields hold the ids of files already stored.
    pub values: Map<String, Value>,
    /// Field name and sentence. An empty name, or one that the form does not have, is about the whole form.
    pub errors: Vec<(String, String)>,
    /// Numbers of persons that were found in its texts: the form asks what to do with them.
    pub private: Vec<FoundNumber>,
}

impl RenderContext<'_> {
    /// A visitor outside every space.
    pub fn new(lang: Lang, now: Micros) -> Self {
        Self {
            lang,
            elder: false,
            now,
            district: String::new(),
            space: None,
            person: None,
            outsider: false,
            roles: Roles::NONE,
            path: "/".to_owned(),
            nav: Vec::new(),
            todos: None,
            messages: None,
            flash: None,
            links: Box::new(|_, _| None),
            files: BTreeMap::new(),
            people: Vec::new(),
            households: Vec::new(),
            options: BTreeMap::new(),
            form: None,
            key: String::new(),
        }
    }

    /// The host's own texts in the reader's language.
    pub fn words(&self) -> &'static Words {
        words(self.lang)
    }

    /// The space's 12 digits; empty outside a space.
    pub(crate) fn code(&self) -> &str {
        self.space.as_ref().map_or("", |space| space.code.as_str())
    }

    /// The text of a manifest in the reader's language.
    pub(crate) fn say<'t>(&self, text: &'t cunshi_contract::Text) -> &'t str {
        text.get(self.lang)
    }
}
