//! The way from a context to the village in memory: what the imports are on wasm32.

use std::cell::RefCell;
use std::rc::Rc;

use cunshi_contract::Manifest;
use cunshi_contract::call::{FileInfo, Micros, Query, Send};
use cunshi_contract::deed::{DEED, Deed};
use cunshi_contract::manifest::{Collection, Direction, Who};
use serde_json::Value;

use super::index;
use super::rules::Rules;
use super::state::{File, State, Stored};
use crate::cx::{Level, Raw};
use crate::error::Refusal;

/// Most documents of one answer, as on the platform.
const MAX_LIMIT: u32 = 200;
/// Most queries counted at once, as on the platform.
const MAX_COUNTS: usize = 8;
/// Documents of one answer where the query is silent.
const LIMIT: u32 = 50;
/// Longest subject of an event and longest name of a series or search, in bytes, as on the platform.
pub(super) const MAX_SUBJECT: usize = 200;
const MAX_SERIES: usize = 80;
/// Greatest payload of an event.
const MAX_PAYLOAD: usize = 64 * 1024;

/// The village and its plugin.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(super) manifest: Manifest,
    pub(super) rules: Rules,
    pub(super) state: RefCell<State>,
}

/// Who reads.
#[derive(Clone, Debug)]
pub(super) enum Viewer {
    System,
    Reader { person: Option<String>, roles: Vec<String> },
}

/// The way to the village in memory.
#[derive(Debug)]
pub struct Door {
    pub(super) shared: Rc<Shared>,
    viewer: Viewer,
}

impl Door {
    pub(super) fn new(shared: Rc<Shared>, viewer: Viewer) -> Self {
        Self { shared, viewer }
    }

    pub(crate) fn log(&self, level: Level, message: &str) {
        self.shared.state.borrow_mut().log.push(format!("{}: {message}", format!("{level:?}").to_lowercase()));
    }

    pub(crate) fn new_id(&self) -> String {
        self.shared.state.borrow_mut().new_id()
    }

    pub(crate) fn add_working_days(&self, at: Micros, days: u32) -> Result<Micros, Refusal> {
        self.shared.state.borrow().calendar.add(at, days)
    }

    #[expect(clippy::unnecessary_wraps, reason = "the host may refuse, and the contexts know one signature")]
    pub(crate) fn working_days_between(&self, start: Micros, end: Micros) -> Result<i32, Refusal> {
        Ok(self.shared.state.borrow().calendar.between(start, end))
    }

    pub(crate) fn get(&self, collection: &str, id: &str) -> Result<Option<Raw>, Refusal> {
        let collection = self.collection(collection)?;
        let state = self.shared.state.borrow();
        Ok(state.get(collection, id).filter(|stored| self.sees(collection, stored)).map(Stored::raw))
    }

    pub(crate) fn insert(&self, collection: &str, id: Option<&str>, body: &str) -> Result<Raw, Refusal> {
        let collection = self.collection(collection)?;
        self.shared.state.borrow_mut().insert(collection, id, body)
    }

    pub(crate) fn update(&self, collection: &str, id: &str, version: u64, body: &str) -> Result<Raw, Refusal> {
        let collection = self.seen(collection, id)?;
        self.shared.state.borrow_mut().update(collection, id, version, body)
    }

    pub(crate) fn remove(&self, collection: &str, id: &str, version: u64) -> Result<(), Refusal> {
        let collection = self.seen(collection, id)?;
        self.shared.state.borrow_mut().remove(collection, id, version)
    }

    pub(crate) fn find(&self, collection: &str, query: &Query) -> Result<(Vec<Raw>, Option<String>), Refusal> {
        let limit = checked(query.limit.unwrap_or(LIMIT))?;
        let found = self.matching(collection, query)?;
        let start = match &query.cursor {
            None => 0,
            Some(cursor) => cursor.parse::<usize>().map_err(|_| Refusal::Missing)?,
        };
        let end = start + limit;
        let next = (found.len() > end).then(|| end.to_string());
        Ok((found.into_iter().take(end).skip(start).collect(), next))
    }

    pub(crate) fn count(&self, collection: &str, query: &Query) -> Result<u64, Refusal> {
        Ok(self.matching(collection, query)?.len() as u64)
    }

    pub(crate) fn count_each(&self, collection: &str, queries: &[Query]) -> Result<Vec<u64>, Refusal> {
        if !(1..=MAX_COUNTS).contains(&queries.len()) {
            return Err(Refusal::Invalid(format!("count 1 to {MAX_COUNTS} queries at once, not {}", queries.len())));
        }
        queries.iter().map(|query| self.count(collection, query)).collect()
    }

    /// What a query covers for this reader, in the order of the index.
    fn matching(&self, collection: &str, query: &Query) -> Result<Vec<Raw>, Refusal> {
        let collection = self.collection(collection)?;
        let fields = index::fields(collection, &query.index)?;
        let wanted = index::Wanted::of(fields, query)?;
        let state = self.shared.state.borrow();
        let mut entries = Vec::new();
        for stored in state.documents.values().filter(|stored| stored.collection == collection.name) {
            if self.sees(collection, stored) {
                let keys = index::keys(fields, &stored.body)?;
                entries.extend(keys.into_iter().filter(|key| wanted.covers(key)).map(|key| (key, stored)));
            }
        }
        entries.sort_by(|(a, first), (b, second)| a.cmp(b).then_with(|| first.id.cmp(&second.id)));
        if query.descending {
            entries.reverse();
        }
        let mut seen = std::collections::BTreeSet::new();
        Ok(entries.into_iter().filter(|(_, stored)| seen.insert(&stored.id)).map(|(_, stored)| stored.raw()).collect())
    }

    pub(crate) fn search(&self, collection: &str, text: &str, limit: u32) -> Result<Vec<Raw>, Refusal> {
        let collection = self.collection(collection)?;
        if collection.search.is_empty() {
            return Err(Refusal::Invalid(format!("`{}` declares no `search` fields", collection.name)));
        }
        let limit = checked(limit)?;
        let text = text.trim().to_lowercase();
        let state = self.shared.state.borrow();
        let found = state.documents.values().rev().filter(|stored| {
            stored.collection == collection.name
                && self.sees(collection, stored)
                && collection.search.iter().any(|field| {
                    stored
                        .body
                        .get(field)
                        .and_then(Value::as_str)
                        .is_some_and(|held| held.to_lowercase().contains(&text))
                })
        });
        Ok(found.take(limit).map(Stored::raw).collect())
    }

    pub(crate) fn next_number(&self, series: &str) -> Result<u64, Refusal> {
        self.granted(self.shared.manifest.uses.data, "data")?;
        within(series, MAX_SERIES, "the name of a series")?;
        let mut state = self.shared.state.borrow_mut();
        let number = state.series.entry(series.to_owned()).or_default();
        *number += 1;
        Ok(*number)
    }

    pub(crate) fn send(&self, event: &Send) -> Result<(), Refusal> {
        let Some(declared) = self.shared.manifest.sends(&event.name) else {
            return Err(Refusal::NotGranted(format!("`{}` is not listed under `sends` in plugin.toml", event.name)));
        };
        within(&event.subject, MAX_SUBJECT, "a subject")?;
        if event.name == DEED {
            deed(&event.payload)?;
        }
        if event.payload.to_string().len() > MAX_PAYLOAD {
            return Err(Refusal::Invalid(format!("a payload has at most {MAX_PAYLOAD} bytes")));
        }
        if event.answers.is_some() && declared.direction() != Direction::Down {
            return Err(Refusal::Invalid("only an event that goes down answers one from below".to_owned()));
        }
        self.shared.state.borrow_mut().events.push(event.clone());
        Ok(())
    }

    pub(crate) fn file(&self, id: &str) -> Result<Option<FileInfo>, Refusal> {
        self.granted(self.shared.manifest.uses.files, "files")?;
        let state = self.shared.state.borrow();
        Ok(state
            .files
            .iter()
            .find(|file| file.info.id == id && self.may_open(&state, file))
            .map(|file| file.info.clone()))
    }

    /// A file that hangs on a document is for whoever reads the document; before that for its sender.
    fn may_open(&self, state: &State, file: &File) -> bool {
        match (&file.attached, &self.viewer) {
            (None, Viewer::System) => true,
            (None, Viewer::Reader { person, .. }) => person.as_ref() == Some(&file.by),
            (Some((collection, document)), _) => self.collection(collection).is_ok_and(|collection| {
                state.get(collection, document).is_some_and(|stored| self.sees(collection, stored))
            }),
        }
    }

    pub(crate) fn attach(&self, file: &str, collection: &str, document: &str) -> Result<(), Refusal> {
        self.granted(self.shared.manifest.uses.files, "files")?;
        self.seen(collection, document)?;
        let actor = self.actor();
        let mut state = self.shared.state.borrow_mut();
        let file = state.files.iter_mut().find(|known| known.info.id == file).ok_or(Refusal::Missing)?;
        let there = Some((collection.to_owned(), document.to_owned()));
        if file.attached == there {
            return Ok(());
        }
        if Some(file.by.as_str()) != actor {
            return Err(Refusal::Missing);
        }
        if file.attached.is_some() {
            return Err(Refusal::Invalid("the file hangs on a document already".to_owned()));
        }
        file.attached = there;
        Ok(())
    }

    #[expect(
        clippy::unnecessary_wraps,
        reason = "the host's answer may be unreadable, and the contexts know one signature"
    )]
    pub(crate) fn setting(&self, name: &str) -> Result<Option<Value>, Refusal> {
        Ok(self.shared.state.borrow().settings.get(name).cloned())
    }

    /// Who acts.
    pub(super) fn actor(&self) -> Option<&str> {
        match &self.viewer {
            Viewer::System => None,
            Viewer::Reader { person, .. } => person.as_deref(),
        }
    }

    /// The plugin's name.
    pub(super) fn plugin(&self) -> &str {
        &self.shared.manifest.name
    }

    pub(super) fn granted(&self, granted: bool, what: &str) -> Result<(), Refusal> {
        let plugin = &self.shared.manifest.name;
        if granted {
            Ok(())
        } else {
            Err(Refusal::NotGranted(format!("`{plugin}` does not ask for `{what}` under `[uses]`")))
        }
    }

    fn collection(&self, name: &str) -> Result<&Collection, Refusal> {
        self.granted(self.shared.manifest.uses.data, "data")?;
        let known = self.shared.manifest.collection(name);
        known.ok_or_else(|| Refusal::Invalid(format!("plugin.toml declares no collection `{name}`")))
    }

    /// The collection of a document that this reader sees.
    fn seen(&self, collection: &str, id: &str) -> Result<&Collection, Refusal> {
        let collection = self.collection(collection)?;
        let state = self.shared.state.borrow();
        state.get(collection, id).filter(|stored| self.sees(collection, stored)).ok_or(Refusal::Missing)?;
        Ok(collection)
    }

    fn sees(&self, collection: &Collection, stored: &Stored) -> bool {
        let Viewer::Reader { person, roles } = &self.viewer else { return true };
        let Some(readers) = &collection.readers else { return true };
        let owner = collection.owner.as_ref().and_then(|field| stored.body.get(field)).and_then(Value::as_str);
        if owner.is_some() && owner == person.as_deref() {
            return true;
        }
        readers.iter().any(|(who, rule)| {
            let word = format!("{who:?}").to_lowercase();
            (*who == Who::Anyone || roles.contains(&word)) && rule.covers(&stored.body)
        })
    }
}

/// A limit within the platform's.
fn checked(limit: u32) -> Result<usize, Refusal> {
    if (1..=MAX_LIMIT).contains(&limit) {
        return Ok(limit as usize);
    }
    Err(Refusal::Invalid(format!("a limit is 1 to {MAX_LIMIT}, not {limit}")))
}

/// The platform's own event has the platform's own shape.
fn deed(payload: &Value) -> Result<(), Refusal> {
    let deed: Deed = serde_json::from_value(payload.clone())?;
    let (whole, part) = deed.quantity.split_once('.').unwrap_or((&deed.quantity, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole.strip_prefix('-').unwrap_or(whole)) || !digits(part) {
        return Err(Refusal::Invalid(format!(
            "a quantity is a decimal text such as \"2.5\", not \"{}\"",
            deed.quantity
        )));
    }
    Ok(())
}

pub(super) fn within(text: &str, most: usize, what: &str) -> Result<(), Refusal> {
    if text.is_empty() || text.len() > most {
        return Err(Refusal::Invalid(format!("{what} has 1 to {most} bytes")));
    }
    Ok(())
}
