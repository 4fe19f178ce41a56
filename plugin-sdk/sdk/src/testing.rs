//! A village in memory, for testing a plugin natively: the platform's rules for documents, indexes, unique keys,
//! compare-and-set, owners and readers, and for the ledger, with the events kept for looking at.
//!
//! ```text
//! let host = Host::new(include_str!("../plugin.toml"));
//! let lin = host.member("林秀英");
//! let outcome = host.as_(&lin).act(|cx| Issues::report(cx, form))?;
//! assert_eq!(host.sent().len(), 1);
//! ```
//!
//! What a rule answers is the test's to say: `host.rule("points.award", |ask| json!({ "points": 200 }))`.
//!
//! What it leaves out: budgets, the check of `who` and of fields (the platform does both before a plugin runs),
//! and the delivery of events: a test calls `hear_…` itself.

use std::cell::RefCell;
use std::rc::Rc;

use cunshi_contract::call::{Call, Caller, Household, Micros, Person, Send, SpaceInfo};
use cunshi_contract::{Event, Lang, Manifest};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::data::{Doc, Document};
use crate::error::Result;
use crate::{Read, Write};

mod calendar;
pub(crate) mod door;
mod index;
mod ledger;
mod people;
mod rules;
mod state;

pub use calendar::day;
use door::{Door, Shared, Viewer};
pub use people::Got;
use rules::Rules;
pub use rules::{Decision, Ruling};
use state::State;

/// A village in memory with one plugin.
#[derive(Debug)]
pub struct Host {
    shared: Rc<Shared>,
}

impl Host {
    /// A village with the plugin of this `plugin.toml`; it is the morning of Wednesday, 2 September 2026.
    ///
    /// # Panics
    /// When the manifest has mistakes: it says which.
    pub fn new(manifest: &str) -> Self {
        let manifest = Manifest::read(manifest).unwrap_or_else(|errors| {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            panic!("plugin.toml:\n{}", lines.join("\n"))
        });
        let state = State::new(&manifest);
        Self { shared: Rc::new(Shared { manifest, rules: Rules::default(), state: RefCell::new(state) }) }
    }

    /// A villager.
    pub fn member(&self, name: &str) -> Person {
        self.person(name, &["member"])
    }

    /// A cadre.
    pub fn cadre(&self, name: &str) -> Person {
        self.person(name, &["member", "cadre"])
    }

    /// A member of the supervision committee.
    pub fn supervisor(&self, name: &str) -> Person {
        self.person(name, &["member", "supervisor"])
    }

    /// The village's admin.
    pub fn admin(&self, name: &str) -> Person {
        self.person(name, &["member", "cadre", "admin"])
    }

    /// An officer of the town above.
    pub fn officer(&self, name: &str) -> Person {
        self.person(name, &["officer"])
    }

    /// Somebody with these roles.
    pub fn person(&self, name: &str, roles: &[&str]) -> Person {
        let mut state = self.shared.state.borrow_mut();
        let person = Person {
            id: state.new_id(),
            name: name.to_owned(),
            household: None,
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            phone: Some(format!("1390000{:04}", state.people.len())),
        };
        state.people.push(person.clone());
        person
    }

    /// A household of these people, in a group of the village.
    pub fn household(&self, name: &str, group: &str, people: &[&Person]) -> Household {
        let mut state = self.shared.state.borrow_mut();
        let household = Household {
            id: state.new_id(),
            name: name.to_owned(),
            group: Some(group.to_owned()),
            members: people.iter().map(|person| person.id.clone()).collect(),
        };
        for known in &mut state.people {
            if household.members.contains(&known.id) {
                known.household = Some(household.id.clone());
            }
        }
        state.households.push(household.clone());
        household
    }

    /// A picture that somebody uploaded: its file id, for a form.
    pub fn upload(&self, by: &Person, name: &str) -> String {
        self.shared.state.borrow_mut().upload(&by.id, name)
    }

    /// The document on which a file hangs: collection and id.
    pub fn attached(&self, file: &str) -> Option<(String, String)> {
        let state = self.shared.state.borrow();
        state.files.iter().find(|known| known.info.id == file).and_then(|known| known.attached.clone())
    }

    /// Makes this a place of a kind (`village`, `community`, `town`, `district`), with a name and what is above it.
    pub fn place(&self, kind: &str, name: &str, above: Option<&str>) {
        self.shared.state.borrow_mut().space =
            SpaceInfo { kind: kind.to_owned(), name: name.to_owned(), above: above.map(str::to_owned) };
    }

    /// Changes a setting, as a village admin would.
    pub fn set(&self, setting: &str, value: impl Into<Value>) {
        self.shared.state.borrow_mut().settings.insert(setting.to_owned(), value.into());
    }

    /// The language of the calls that follow.
    pub fn speak(&self, lang: Lang) {
        self.shared.state.borrow_mut().lang = lang;
    }

    /// The platform's clock.
    pub fn now(&self) -> Micros {
        self.shared.state.borrow().now
    }

    /// Sets the platform's clock; [`day`] gives instants.
    pub fn set_now(&self, now: Micros) {
        self.shared.state.borrow_mut().now = now;
    }

    /// Moves the platform's clock on.
    pub fn advance(&self, by: Micros) {
        self.shared.state.borrow_mut().now += by;
    }

    /// A day that is not worked though it is a weekday.
    pub fn holiday(&self, year: i32, month: u8, day: u8) {
        self.shared.state.borrow_mut().calendar.set(year, month, day, false);
    }

    /// A weekend's day that is worked.
    pub fn working_day(&self, year: i32, month: u8, day: u8) {
        self.shared.state.borrow_mut().calendar.set(year, month, day, true);
    }

    /// Acting as a person.
    pub fn as_(&self, person: &Person) -> As<'_> {
        As { host: self, person: Some(person.id.clone()), on_behalf_of: None, system: false }
    }

    /// Looking on as somebody who has not signed in.
    pub fn visitor(&self) -> As<'_> {
        As { host: self, person: None, on_behalf_of: None, system: false }
    }

    /// Acting as the platform itself: for events, jobs and measures.
    pub fn system(&self) -> As<'_> {
        As { host: self, person: None, on_behalf_of: None, system: true }
    }

    /// Runs a job to its end: calls it with the cursor that it answers until it answers none.
    pub fn job(&self, step: impl Fn(&mut Write, Option<String>) -> Result<Option<String>>) -> Result<()> {
        let mut cursor = self.system().act(|cx| step(cx, None))?;
        while cursor.is_some() {
            cursor = self.system().act(|cx| step(cx, cursor))?;
        }
        Ok(())
    }

    /// An event as it would be heard in this space, sent here by `from_plugin` now.
    pub fn event(&self, name: &str, subject: &str, payload: impl Into<Value>) -> Event {
        let mut state = self.shared.state.borrow_mut();
        Event {
            id: state.new_id(),
            name: name.to_owned(),
            // A deed is told of by any plugin: here by this one.
            from_plugin: match name.split_once('.') {
                Some((plugin, _)) => plugin.to_owned(),
                None => self.shared.manifest.name.clone(),
            },
            from: "here".to_owned(),
            from_name: None,
            subject: subject.to_owned(),
            payload: payload.into(),
            at: state.now,
        }
    }

    /// The events sent so far, oldest first.
    pub fn sent(&self) -> Vec<Send> {
        self.shared.state.borrow().events.clone()
    }

    /// Every document of a collection, whoever may read it, oldest first.
    pub fn all<T: Document + DeserializeOwned>(&self) -> Result<Vec<Doc<T>>> {
        let state = self.shared.state.borrow();
        let raw = state.documents.values().filter(|stored| stored.collection == T::COLLECTION);
        raw.map(|stored| Ok(Doc::from_raw(stored.raw())?)).collect()
    }

    /// The lines that the plugin logged.
    pub fn log(&self) -> Vec<String> {
        self.shared.state.borrow().log.clone()
    }
}

/// Somebody about to call the plugin.
#[derive(Debug)]
pub struct As<'a> {
    host: &'a Host,
    person: Option<String>,
    on_behalf_of: Option<String>,
    system: bool,
}

impl As<'_> {
    /// For somebody else, as a cadre does for a villager without a phone.
    #[must_use]
    pub fn on_behalf_of(mut self, person: &Person) -> Self {
        self.on_behalf_of = Some(person.id.clone());
        self
    }

    /// Calls a page, a query, a measure or the to-dos.
    pub fn read<R>(&self, body: impl FnOnce(&Read) -> Result<R>) -> Result<R> {
        body(&self.context())
    }

    /// Calls an action, an event or a step of a job; what it wrote is undone when it answers an error.
    pub fn act<R>(&self, body: impl FnOnce(&mut Write) -> Result<R>) -> Result<R> {
        self.host.shared.state.borrow_mut().notified = 0;
        let before = self.host.shared.state.borrow().clone();
        let answer = body(&mut Write::new(self.context()));
        if answer.is_err() {
            *self.host.shared.state.borrow_mut() = before;
        }
        answer
    }

    fn context(&self) -> Read {
        let state = self.host.shared.state.borrow();
        let person = self.person.as_ref().and_then(|id| state.people.iter().find(|person| person.id == *id));
        let call = Call {
            actor: person.map(|person| Caller {
                person: person.id.clone(),
                // A name is what the grant `people` is about, the actor's own too.
                name: self.host.shared.manifest.uses.people.map(|_| person.name.clone()).unwrap_or_default(),
                household: person.household.clone(),
                roles: person.roles.clone(),
                on_behalf_of: self.on_behalf_of.clone(),
            }),
            lang: state.lang,
            now: state.now,
            space: state.space.clone(),
            params: Map::new(),
        };
        let viewer = if self.system {
            Viewer::System
        } else {
            Viewer::Reader {
                person: self.person.clone(),
                roles: person.map(|person| person.roles.clone()).unwrap_or_default(),
            }
        };
        Read::new(call, Door::new(Rc::clone(&self.host.shared), viewer))
    }
}
