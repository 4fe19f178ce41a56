//! What a village in memory holds. A call that fails gets the clone from before it back.

use std::collections::BTreeMap;

use cunshi_contract::call::{FileInfo, Household, Micros, Person, Send, SpaceInfo};
use cunshi_contract::ledger::books::Books;
use cunshi_contract::manifest::Collection;
use cunshi_contract::{Lang, Manifest, Seen};
use serde_json::Value;

use super::calendar::{self, Calendar};
use super::index;
use super::people::Got;
use super::rules::Decision;
use crate::cx::Raw;
use crate::error::Refusal;

/// Greatest body of a document, as on the platform.
const MAX_BODY: usize = 256 * 1024;

#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(super) documents: BTreeMap<String, Stored>,
    pub(super) series: BTreeMap<String, u64>,
    pub(super) events: Vec<Send>,
    pub(super) people: Vec<Person>,
    pub(super) households: Vec<Household>,
    pub(super) files: Vec<File>,
    pub(super) settings: BTreeMap<String, Value>,
    pub(super) books: Books,
    pub(super) decisions: Vec<Decision>,
    pub(super) seen: BTreeMap<String, Vec<Seen>>,
    pub(super) messages: Vec<Got>,
    pub(super) notified: u32,
    pub(super) log: Vec<String>,
    pub(super) calendar: Calendar,
    pub(super) space: SpaceInfo,
    pub(super) lang: Lang,
    pub(super) now: Micros,
    ids: u64,
}

/// A document with its collection.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) collection: String,
    pub(super) id: String,
    pub(super) version: u64,
    pub(super) created: Micros,
    pub(super) updated: Micros,
    pub(super) body: Value,
}

/// A file, who uploaded it, and on what it hangs.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) info: FileInfo,
    pub(super) by: String,
    pub(super) attached: Option<(String, String)>,
}

impl Stored {
    pub(super) fn raw(&self) -> Raw {
        Raw {
            id: self.id.clone(),
            version: self.version,
            created: self.created,
            updated: self.updated,
            body: self.body.to_string(),
        }
    }
}

impl State {
    pub(super) fn new(manifest: &Manifest) -> Self {
        Self {
            documents: BTreeMap::new(),
            series: BTreeMap::new(),
            events: Vec::new(),
            people: Vec::new(),
            households: Vec::new(),
            files: Vec::new(),
            settings: manifest
                .default_settings()
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.clone()))
                .collect(),
            books: Books::default(),
            decisions: Vec::new(),
            seen: BTreeMap::new(),
            messages: Vec::new(),
            notified: 0,
            log: Vec::new(),
            calendar: Calendar::default(),
            space: SpaceInfo {
                kind: "community".to_owned(),
                name: "天府社区".to_owned(),
                above: Some("成佳镇".to_owned()),
            },
            lang: Lang::Zh,
            now: calendar::day(2026, 9, 2) + 8 * 3_600_000_000,
            ids: 0,
        }
    }

    /// Ids that look like the platform's and keep the order in which they were given.
    pub(super) fn new_id(&mut self) -> String {
        self.ids += 1;
        format!("01990000-0000-7000-8000-{:012x}", self.ids)
    }

    pub(super) fn upload(&mut self, by: &str, name: &str) -> String {
        let id = self.new_id();
        let info = FileInfo {
            id: id.clone(),
            kind: "image".to_owned(),
            name: name.to_owned(),
            media_type: "image/jpeg".to_owned(),
            bytes: 48_000,
            width: Some(1_280),
            height: Some(960),
        };
        self.files.push(File { info, by: by.to_owned(), attached: None });
        id
    }

    pub(super) fn insert(&mut self, collection: &Collection, id: Option<&str>, body: &str) -> Result<Raw, Refusal> {
        let body = object(body)?;
        let id = match id {
            Some(id) if is_uuid(id) => id.to_owned(),
            Some(id) => return Err(Refusal::Invalid(format!("`{id}` is not a UUID: take one of `new_id`"))),
            None => self.new_id(),
        };
        if self.documents.contains_key(&id) {
            return Err(Refusal::Duplicate("id".to_owned()));
        }
        let collection_name = collection.name.clone();
        let now = self.now;
        let stored =
            Stored { collection: collection_name, id: id.clone(), version: 1, created: now, updated: now, body };
        self.put(collection, stored)
    }

    pub(super) fn update(
        &mut self,
        collection: &Collection,
        id: &str,
        version: u64,
        body: &str,
    ) -> Result<Raw, Refusal> {
        let body = object(body)?;
        let old = self.current(collection, id, version)?;
        let created = old.created;
        let stored = Stored {
            collection: collection.name.clone(),
            id: id.to_owned(),
            version: version + 1,
            created,
            updated: self.now,
            body,
        };
        self.put(collection, stored)
    }

    pub(super) fn remove(&mut self, collection: &Collection, id: &str, version: u64) -> Result<(), Refusal> {
        self.current(collection, id, version)?;
        self.documents.remove(id);
        for file in &mut self.files {
            if file.attached.as_ref().is_some_and(|(_, document)| document == id) {
                file.attached = None;
            }
        }
        Ok(())
    }

    pub(super) fn get(&self, collection: &Collection, id: &str) -> Option<&Stored> {
        self.documents.get(id).filter(|stored| stored.collection == collection.name)
    }

    fn current(&self, collection: &Collection, id: &str, version: u64) -> Result<&Stored, Refusal> {
        let stored = self.get(collection, id).ok_or(Refusal::Missing)?;
        if stored.version == version {
            Ok(stored)
        } else {
            Err(Refusal::Conflict(format!("the record has changed: it has version {} now", stored.version)))
        }
    }

    fn put(&mut self, collection: &Collection, stored: Stored) -> Result<Raw, Refusal> {
        for (name, index) in &collection.index {
            let keys = index::keys(index.fields(), &stored.body)?;
            if !index.unique() {
                continue;
            }
            for other in self.documents.values() {
                if other.collection == collection.name
                    && other.id != stored.id
                    && index::keys(index.fields(), &other.body)?.iter().any(|key| keys.contains(key))
                {
                    return Err(Refusal::Duplicate(name.clone()));
                }
            }
        }
        let raw = stored.raw();
        self.documents.insert(stored.id.clone(), stored);
        Ok(raw)
    }
}

fn is_uuid(id: &str) -> bool {
    id.len() == 36
        && id.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

fn object(body: &str) -> Result<Value, Refusal> {
    if body.len() > MAX_BODY {
        return Err(Refusal::Invalid("a document has at most 256 KiB".to_owned()));
    }
    match serde_json::from_str(body)? {
        Value::Object(object) => Ok(Value::Object(object)),
        other => Err(Refusal::Invalid(format!("a document is a JSON object, not {other}"))),
    }
}
