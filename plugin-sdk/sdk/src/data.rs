//! Documents: typed reading through the indexes that the manifest declares.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use cunshi_contract::call::{Micros, Query, Range};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::cx::{Door, Raw};
use crate::error::{Error, Refusal, Result};

/// A type whose values are kept as documents of a collection. `#[document("case")]` implements it.
pub trait Document: Serialize + DeserializeOwned {
    /// The collection's name in `plugin.toml`.
    const COLLECTION: &'static str;
}

/// A document: its body with what the host keeps about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doc<T> {
    /// UUIDv7 as text.
    pub id: String,
    /// From 1, growing by 1 with every update.
    pub version: u64,
    /// When it came to be.
    pub created: Micros,
    /// When it last changed.
    pub updated: Micros,
    /// The value itself; the document derefs to it.
    pub body: T,
}

impl<T> Deref for Doc<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T> DerefMut for Doc<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.body
    }
}

impl<T: DeserializeOwned> Doc<T> {
    pub(crate) fn from_raw(raw: Raw) -> Result<Self, Refusal> {
        let Raw { id, version, created, updated, body } = raw;
        Ok(Self { id, version, created, updated, body: serde_json::from_str(&body)? })
    }
}

fn all<T: DeserializeOwned>(raw: Vec<Raw>) -> Result<Vec<Doc<T>>, Refusal> {
    raw.into_iter().map(Doc::from_raw).collect()
}

/// The documents of one collection that the reader may see.
#[derive(Debug)]
pub struct Documents<'a, T> {
    door: &'a Door,
    body: PhantomData<T>,
}

impl<T> Clone for Documents<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Documents<'_, T> {}

impl<'a, T: Document> Documents<'a, T> {
    pub(crate) fn new(door: &'a Door) -> Self {
        Self { door, body: PhantomData }
    }

    /// A document, if it is there for this reader.
    pub fn get(&self, id: &str) -> Result<Option<Doc<T>>, Refusal> {
        self.door.get(T::COLLECTION, id)?.map(Doc::from_raw).transpose()
    }

    /// A document that must be there: otherwise [`Error::Missing`].
    pub fn must(&self, id: &str) -> Result<Doc<T>> {
        self.get(id)?.ok_or(Error::Missing)
    }

    /// Documents by a declared index.
    pub fn by(self, index: &str) -> Find<'a, T> {
        Find { door: self.door, query: Query { index: index.to_owned(), ..Query::default() }, body: PhantomData }
    }

    /// How many documents each of several queries finds: one data operation, for up to 8.
    pub fn count_each<const N: usize>(&self, queries: [Find<'_, T>; N]) -> Result<[u64; N], Refusal> {
        let counts = self.door.count_each(T::COLLECTION, &queries.map(|find| find.query))?;
        counts.try_into().map_err(|_| Refusal::Invalid("as many counts as queries were expected".to_owned()))
    }

    /// Documents by words in the fields that the collection declares under `search`, best first.
    pub fn search(&self, text: &str, limit: u32) -> Result<Vec<Doc<T>>, Refusal> {
        all(self.door.search(T::COLLECTION, text, limit)?)
    }
}

/// A query in the making: equal values for the first fields of the index, then at most one range.
#[derive(Clone, Debug)]
#[must_use = "a query finds nothing until it is asked to: `take`, `page`, `first`, `count`"]
pub struct Find<'a, T> {
    door: &'a Door,
    query: Query,
    body: PhantomData<T>,
}

impl<T: Document> Find<'_, T> {
    /// The next field of the index equals a value.
    pub fn eq(mut self, value: impl Into<Value>) -> Self {
        self.query.equals.push(value.into());
        self
    }

    /// The field after those is at least this.
    pub fn from(mut self, value: impl Into<Value>) -> Self {
        self.query.range.get_or_insert_with(Range::default).from = Some(value.into());
        self
    }

    /// The field after those is less than this.
    pub fn to(mut self, value: impl Into<Value>) -> Self {
        self.query.range.get_or_insert_with(Range::default).to = Some(value.into());
        self
    }

    /// Greatest key first.
    pub fn newest(mut self) -> Self {
        self.query.descending = true;
        self
    }

    /// The first `limit` documents, at most 200.
    pub fn take(self, limit: u32) -> Result<Vec<Doc<T>>, Refusal> {
        Ok(self.page(limit, None)?.0)
    }

    /// A page of documents, and the cursor of the next one.
    pub fn page(mut self, limit: u32, cursor: Option<String>) -> Result<(Vec<Doc<T>>, Option<String>), Refusal> {
        self.query.limit = Some(limit);
        self.query.cursor = cursor;
        let (raw, next) = self.door.find(T::COLLECTION, &self.query)?;
        Ok((all(raw)?, next))
    }

    /// The first document.
    pub fn first(self) -> Result<Option<Doc<T>>, Refusal> {
        Ok(self.take(1)?.into_iter().next())
    }

    /// How many documents there are.
    pub fn count(self) -> Result<u64, Refusal> {
        self.door.count(T::COLLECTION, &self.query)
    }
}
