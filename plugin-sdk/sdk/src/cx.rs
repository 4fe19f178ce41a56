//! The contexts of a call: [`Read`] for pages, queries, measures and to-dos, [`Write`] for actions, events and jobs.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Deref;

use cunshi_contract::call::{Call, Caller, FileInfo, Micros, Send, SpaceInfo};
use cunshi_contract::{Event, Lang};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::data::{Doc, Document, Documents};
use crate::error::{Error, Refusal, Result};

mod ledger;
mod people;
mod rules;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use crate::testing::door::Door;
#[cfg(target_arch = "wasm32")]
pub(crate) use crate::wire::Door;

/// How grave a line of the log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// For the author, while looking for a mistake.
    Debug,
    /// What happened.
    Info,
    /// Something odd that the plugin could handle.
    Warn,
    /// Something that it could not.
    Error,
}

/// A document as it crosses the border: its body is JSON text.
#[derive(Clone, Debug)]
pub(crate) struct Raw {
    pub(crate) id: String,
    pub(crate) version: u64,
    pub(crate) created: Micros,
    pub(crate) updated: Micros,
    pub(crate) body: String,
}

/// One read-only call: a snapshot of the space that does not change while it runs.
#[derive(Debug)]
pub struct Read {
    call: Call,
    pub(crate) door: Door,
    /// Working days between instants that were asked for in this call: rows of a list ask alike.
    days_between: RefCell<BTreeMap<(Micros, Micros), i32>>,
}

impl Read {
    pub(crate) fn new(call: Call, door: Door) -> Self {
        crate::lang::set(call.lang);
        Self { call, door, days_between: RefCell::default() }
    }

    /// The reader's language.
    pub fn lang(&self) -> Lang {
        self.call.lang
    }

    /// The platform's clock, in microseconds; the same through one call.
    pub fn now(&self) -> Micros {
        self.call.now
    }

    /// Where the call runs.
    pub fn space(&self) -> &SpaceInfo {
        &self.call.space
    }

    /// Who acts; none for visitors, jobs and events.
    pub fn actor(&self) -> Option<&Caller> {
        self.call.actor.as_ref()
    }

    /// Who acts, where somebody must: visitors are told to sign in.
    pub fn caller(&self) -> Result<&Caller> {
        self.call.actor.as_ref().ok_or_else(|| {
            Error::denied(match self.call.lang {
                Lang::Zh => "请先登录。",
                Lang::En => "Please sign in first.",
            })
        })
    }

    /// The documents of a collection.
    pub fn data<T: Document>(&self) -> Documents<'_, T> {
        Documents::new(&self.door)
    }

    /// A file that was uploaded, when it is for this reader. Needs `files`.
    pub fn file(&self, id: &str) -> Result<Option<FileInfo>, Refusal> {
        self.door.file(id)
    }

    /// The village's setting of a declared name.
    pub fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<T, Refusal> {
        let value =
            self.door.setting(name)?.ok_or_else(|| Refusal::Invalid("no setting of the name ".to_owned() + name))?;
        Ok(serde_json::from_value(value)?)
    }

    /// The end (24:00 local time) of the `days`-th working day after the local day of `at`.
    pub fn add_working_days(&self, at: Micros, days: u32) -> Result<Micros, Refusal> {
        self.door.add_working_days(at, days)
    }

    /// Working days after the local day of `start` up to and including that of `end`; negative when `end` is earlier.
    pub fn working_days_between(&self, start: Micros, end: Micros) -> Result<i32, Refusal> {
        if let Some(known) = self.days_between.borrow().get(&(start, end)) {
            return Ok(*known);
        }
        let days = self.door.working_days_between(start, end)?;
        self.days_between.borrow_mut().insert((start, end), days);
        Ok(days)
    }

    /// A line in the call's log.
    pub fn log(&self, level: Level, message: &str) {
        self.door.log(level, message);
    }

    /// A line in the call's log: what happened.
    pub fn log_info(&self, message: &str) {
        self.door.log(Level::Info, message);
    }

    /// A line in the call's log: something odd.
    pub fn log_warn(&self, message: &str) {
        self.door.log(Level::Warn, message);
    }

    /// Takes the parameters out of the call: the glue does, once.
    #[doc(hidden)]
    pub fn take_params(&mut self) -> Params {
        Params(std::mem::take(&mut self.call.params))
    }
}

/// One write transaction: kept whole when the method answers `Ok`, undone otherwise.
#[derive(Debug)]
pub struct Write(Read);

impl Deref for Write {
    type Target = Read;

    fn deref(&self) -> &Read {
        &self.0
    }
}

impl Write {
    pub(crate) fn new(read: Read) -> Self {
        Self(read)
    }

    /// A new document; the host gives its id.
    pub fn insert<T: Document>(&mut self, body: &T) -> Result<Doc<T>, Refusal> {
        Doc::from_raw(self.0.door.insert(T::COLLECTION, None, &serde_json::to_string(body)?)?)
    }

    /// A new document with an id of the plugin's choosing: one of [`Self::new_id`].
    pub fn insert_as<T: Document>(&mut self, id: &str, body: &T) -> Result<Doc<T>, Refusal> {
        Doc::from_raw(self.0.door.insert(T::COLLECTION, Some(id), &serde_json::to_string(body)?)?)
    }

    /// Writes a document that was read before; refused with [`Refusal::Conflict`] when it has changed meanwhile.
    pub fn update<T: Document>(&mut self, doc: &Doc<T>) -> Result<Doc<T>, Refusal> {
        Doc::from_raw(self.0.door.update(T::COLLECTION, &doc.id, doc.version, &serde_json::to_string(&doc.body)?)?)
    }

    /// Removes a document that was read before.
    pub fn remove<T: Document>(&mut self, doc: &Doc<T>) -> Result<(), Refusal> {
        self.0.door.remove(T::COLLECTION, &doc.id, doc.version)
    }

    /// The next number of a series of this plugin, from 1, without gaps. Needs `data`.
    pub fn next_number(&mut self, series: &str) -> Result<u64, Refusal> {
        self.0.door.next_number(series)
    }

    /// A fresh id.
    pub fn new_id(&mut self) -> String {
        self.0.door.new_id()
    }

    /// Sends an event that the manifest lists under `sends`; delivered after the call.
    #[expect(clippy::needless_pass_by_value, reason = "`cx.send(Send::new(…))` reads best, and an event is sent once")]
    pub fn send(&mut self, event: Send) -> Result<(), Refusal> {
        self.0.door.send(&event)
    }

    /// Hangs a file uploaded by the actor on a document: who reads the document reads the file. Needs `files`.
    pub fn attach<T: Document>(&mut self, file: &str, doc: &Doc<T>) -> Result<(), Refusal> {
        self.0.door.attach(file, T::COLLECTION, &doc.id)
    }

    #[doc(hidden)]
    pub fn take_params(&mut self) -> Params {
        self.0.take_params()
    }
}

/// The parameters of a call, for the glue.
#[doc(hidden)]
#[derive(Debug)]
pub struct Params(Map<String, Value>);

impl Params {
    /// As the struct that `plugin!` made of the declaration.
    pub fn read<T: DeserializeOwned>(self) -> Result<T> {
        Ok(serde_json::from_value(Value::Object(self.0))?)
    }

    /// As an event.
    pub fn event(self) -> Result<Event> {
        self.read()
    }

    /// The cursor of a job.
    pub fn cursor(&self) -> Option<String> {
        self.0.get("cursor").and_then(Value::as_str).map(str::to_owned)
    }

    /// An instant, for measures.
    pub fn instant(&self, name: &str) -> Micros {
        self.0.get(name).and_then(Value::as_i64).unwrap_or_default()
    }
}
