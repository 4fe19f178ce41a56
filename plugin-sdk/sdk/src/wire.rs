//! The ABI on the guest's side: what the host offers ([`imports`], behind [`Door`]) and the export interfaces, one
//! small world each, of which `export!` wires the ones that a plugin's manifest needs.

use cunshi_contract::call::{FileInfo, Micros, Query, Send};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::cx::{Level, Raw};
use crate::error::{Error, Refusal};

#[expect(clippy::same_length_and_capacity, reason = "generated: strings of the ABI have no spare room")]
mod exports;
mod ledger;
mod people;
mod rules;

pub use exports::{actions, events, jobs, measures, pages, queries, todos, upgrade};
pub use imports::cunshi::plugin::types;

#[expect(clippy::same_length_and_capacity, reason = "generated: strings of the ABI have no spare room")]
pub mod imports {
    wit_bindgen::generate!({ path: "../wit", world: "imports", generate_unused_types: true });
}

use imports::cunshi::plugin::{calendar, data, files, ids, log, sends, settings};

/// The way to the host: the imports of the component.
#[derive(Debug)]
pub struct Door;

#[expect(
    clippy::unused_self,
    reason = "natively a door leads to one of many villages, and contexts know one signature"
)]
impl Door {
    pub(crate) fn log(&self, level: Level, message: &str) {
        let level = match level {
            Level::Debug => log::Level::Debug,
            Level::Info => log::Level::Info,
            Level::Warn => log::Level::Warn,
            Level::Error => log::Level::Error,
        };
        log::write(level, message);
    }

    pub(crate) fn new_id(&self) -> String {
        ids::new_id()
    }

    pub(crate) fn add_working_days(&self, at: Micros, days: u32) -> Result<Micros, Refusal> {
        Ok(calendar::add_working_days(at, days)?)
    }

    pub(crate) fn working_days_between(&self, start: Micros, end: Micros) -> Result<i32, Refusal> {
        Ok(calendar::working_days_between(start, end)?)
    }

    pub(crate) fn get(&self, collection: &str, id: &str) -> Result<Option<Raw>, Refusal> {
        Ok(data::get(collection, id)?.map(Raw::from))
    }

    pub(crate) fn insert(&self, collection: &str, id: Option<&str>, body: &str) -> Result<Raw, Refusal> {
        Ok(data::insert(collection, id, body)?.into())
    }

    pub(crate) fn update(&self, collection: &str, id: &str, version: u64, body: &str) -> Result<Raw, Refusal> {
        Ok(data::update(collection, id, version, body)?.into())
    }

    pub(crate) fn remove(&self, collection: &str, id: &str, version: u64) -> Result<(), Refusal> {
        Ok(data::remove(collection, id, version)?)
    }

    pub(crate) fn find(&self, collection: &str, query: &Query) -> Result<(Vec<Raw>, Option<String>), Refusal> {
        let page = data::find(collection, &serde_json::to_string(query)?)?;
        Ok((page.documents.into_iter().map(Raw::from).collect(), page.next))
    }

    pub(crate) fn count(&self, collection: &str, query: &Query) -> Result<u64, Refusal> {
        Ok(data::count(collection, &serde_json::to_string(query)?)?)
    }

    pub(crate) fn count_each(&self, collection: &str, queries: &[Query]) -> Result<Vec<u64>, Refusal> {
        Ok(data::count_each(collection, &serde_json::to_string(queries)?)?)
    }

    pub(crate) fn search(&self, collection: &str, text: &str, limit: u32) -> Result<Vec<Raw>, Refusal> {
        Ok(data::search(collection, text, limit)?.into_iter().map(Raw::from).collect())
    }

    pub(crate) fn next_number(&self, series: &str) -> Result<u64, Refusal> {
        Ok(data::next_number(series)?)
    }

    pub(crate) fn send(&self, event: &Send) -> Result<(), Refusal> {
        Ok(sends::send(&serde_json::to_string(event)?)?)
    }

    pub(crate) fn file(&self, id: &str) -> Result<Option<FileInfo>, Refusal> {
        maybe(files::info(id)?.as_deref())
    }

    pub(crate) fn attach(&self, file: &str, collection: &str, document: &str) -> Result<(), Refusal> {
        Ok(files::attach(file, collection, document)?)
    }

    pub(crate) fn setting(&self, name: &str) -> Result<Option<Value>, Refusal> {
        maybe(settings::get(name).as_deref())
    }
}

fn maybe<T: DeserializeOwned>(json: Option<&str>) -> Result<Option<T>, Refusal> {
    Ok(json.map(serde_json::from_str).transpose()?)
}

impl From<data::Document> for Raw {
    fn from(document: data::Document) -> Self {
        let data::Document { id, version, created, updated, body, schema: _ } = document;
        Self { id, version, created, updated, body }
    }
}

impl From<types::Refusal> for Refusal {
    fn from(refusal: types::Refusal) -> Self {
        match refusal {
            types::Refusal::NotGranted(what) => Self::NotGranted(what),
            types::Refusal::Missing => Self::Missing,
            types::Refusal::Conflict(what) => Self::Conflict(what),
            types::Refusal::Duplicate(index) => Self::Duplicate(index),
            types::Refusal::Invalid(what) => Self::Invalid(what),
            types::Refusal::OverBudget(what) => Self::OverBudget(what),
            types::Refusal::ReadOnly => Self::ReadOnly,
            types::Refusal::Unavailable(what) => Self::Unavailable(what),
        }
    }
}

impl From<Error> for types::Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Invalid(fields) => Self::Invalid(
                fields
                    .into_iter()
                    .map(|wrong| types::FieldError { field: wrong.field, message: wrong.message })
                    .collect(),
            ),
            Error::Denied(sentence) => Self::Denied(sentence),
            Error::Missing => Self::Missing,
            Error::Conflict(sentence) => Self::Conflict(sentence),
            Error::Failed(why) => Self::Failed(why),
        }
    }
}
