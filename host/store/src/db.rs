//! The seam between the store and its engine: everything else speaks [`Sql`], [`Arg`] and [`Row`].
//!
//! [`Connection`] and [`Row`] are enums with an arm per engine; PostgreSQL will be a second arm. Statement
//! texts are shared; only the schema (`migrations/`), the pragmas and the meaning of error codes are an
//! engine's own.

mod migrate;
mod pool;
mod sqlite;
mod together;

use std::borrow::Cow;
use std::path::Path;
use std::time::Duration;

use cunshi_model::{FileId, HouseholdId, PersonId, SpaceId};

pub(crate) use migrate::{DISTRICT, SPACE, migrate};
pub(crate) use pool::{Begin, Lease, Pool, PoolOptions};

use crate::StoreError;
use crate::statements::Sql;

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// The one that writes.
    Write,
    /// One that cannot.
    Read,
}

/// How a connection is opened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opening {
    /// What it is for.
    pub(crate) access: Access,
    /// Commits sync to disk.
    pub(crate) durable: bool,
    /// How long it waits for a lock that another program holds.
    pub(crate) patience: Duration,
    /// A missing file is made.
    pub(crate) create: bool,
}

/// A value bound to a placeholder.
#[derive(Clone, Debug)]
pub(crate) enum Arg<'a> {
    /// TEXT.
    Text(Cow<'a, str>),
    /// BIGINT.
    Integer(i64),
    /// TEXT or NULL.
    MaybeText(Option<Cow<'a, str>>),
    /// BIGINT or NULL.
    MaybeInteger(Option<i64>),
}

macro_rules! arg_from {
    ($($from:ty => |$value:ident| $arg:expr;)+) => {
        $(impl<'a> From<$from> for Arg<'a> {
            fn from($value: $from) -> Self { $arg }
        })+
    };
}

arg_from! {
    &'a str => |value| Arg::Text(Cow::Borrowed(value));
    &'a String => |value| Arg::Text(Cow::Borrowed(value));
    String => |value| Arg::Text(Cow::Owned(value));
    Option<&'a str> => |value| Arg::MaybeText(value.map(Cow::Borrowed));
    Option<String> => |value| Arg::MaybeText(value.map(Cow::Owned));
    i64 => |value| Arg::Integer(value);
    u32 => |value| Arg::Integer(i64::from(value));
    bool => |value| Arg::Integer(i64::from(value));
    Option<i64> => |value| Arg::MaybeInteger(value);
    Option<u32> => |value| Arg::MaybeInteger(value.map(i64::from));
    SpaceId => |value| Arg::Text(Cow::Owned(value.to_string()));
    PersonId => |value| Arg::Text(Cow::Owned(value.to_string()));
    FileId => |value| Arg::Text(Cow::Owned(value.to_string()));
    Option<PersonId> => |value| Arg::MaybeText(value.map(|id| Cow::Owned(id.to_string())));
    Option<HouseholdId> => |value| Arg::MaybeText(value.map(|id| Cow::Owned(id.to_string())));
    Option<SpaceId> => |value| Arg::MaybeText(value.map(|id| Cow::Owned(id.to_string())));
}

/// A list of [`Arg`]s for `$1`, `$2`, …
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$($crate::db::Arg::from($value)),*] };
}
pub(crate) use args;

/// A connection of one engine.
#[derive(Debug)]
pub(crate) enum Connection {
    /// SQLite.
    Sqlite(sqlite::Link),
}

/// A row of one engine.
pub(crate) enum Row {
    /// SQLite.
    Sqlite(sqlite::Record),
}

impl Connection {
    /// Opens a database file.
    pub(crate) async fn open(path: &Path, opening: Opening) -> Result<Self, StoreError> {
        sqlite::Link::open(path, opening).await.map(Self::Sqlite)
    }

    /// All rows of a statement.
    pub(crate) async fn rows(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(link) => link.rows(sql, args).await,
        }
    }

    /// The first row of a statement.
    pub(crate) async fn first(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<Option<Row>, StoreError> {
        match self {
            Self::Sqlite(link) => link.first(sql, args).await,
        }
    }

    /// Runs a statement for each of several lists of values and gives all rows, beginning a transaction first where
    /// `begin` says so. A message each where the engine takes one statement at a time.
    pub(crate) async fn together(
        &mut self,
        begin: Option<Begin>,
        sql: Sql,
        args: &[&[Arg<'_>]],
    ) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(link) => link.together(begin, sql, args).await,
        }
    }

    /// Runs a statement; returns how many rows it changed.
    pub(crate) async fn execute(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(link) => link.execute(sql, args).await,
        }
    }

    /// Runs several statements without arguments: schema changes.
    pub(crate) async fn script(&mut self, text: &'static str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(link) => link.script(text).await,
        }
    }

    /// Closes it and waits for that.
    pub(crate) async fn close(self) {
        match self {
            Self::Sqlite(link) => link.close().await,
        }
    }
}

impl Row {
    /// The text in a column, from 0.
    pub(crate) fn text(&self, column: usize) -> Result<String, StoreError> {
        match self {
            Self::Sqlite(record) => record.get(column),
        }
    }

    /// The text in a column, or NULL.
    pub(crate) fn maybe_text(&self, column: usize) -> Result<Option<String>, StoreError> {
        match self {
            Self::Sqlite(record) => record.get(column),
        }
    }

    /// The number in a column.
    pub(crate) fn integer(&self, column: usize) -> Result<i64, StoreError> {
        match self {
            Self::Sqlite(record) => record.get(column),
        }
    }

    /// The number in a column, or NULL.
    pub(crate) fn maybe_integer(&self, column: usize) -> Result<Option<i64>, StoreError> {
        match self {
            Self::Sqlite(record) => record.get(column),
        }
    }

    /// The truth in a column.
    pub(crate) fn truth(&self, column: usize) -> Result<bool, StoreError> {
        Ok(self.integer(column)? != 0)
    }

    /// A count in a column; what is negative or too large is damage.
    pub(crate) fn count(&self, column: usize) -> Result<u64, StoreError> {
        u64::try_from(self.integer(column)?).map_err(|e| self.damaged(Box::new(e)))
    }

    /// A small count in a column.
    pub(crate) fn small(&self, column: usize) -> Result<u32, StoreError> {
        u32::try_from(self.integer(column)?).map_err(|e| self.damaged(Box::new(e)))
    }

    /// Text in a column as what it means; what cannot be read is damage.
    pub(crate) fn parsed<T>(&self, column: usize) -> Result<T, StoreError>
    where
        T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
    {
        self.text(column)?.parse().map_err(|e| self.damaged(Box::new(e)))
    }

    /// Text in a column as what it means, or NULL.
    pub(crate) fn maybe_parsed<T>(&self, column: usize) -> Result<Option<T>, StoreError>
    where
        T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
    {
        self.maybe_text(column)?.map(|text| text.parse().map_err(|e| self.damaged(Box::new(e)))).transpose()
    }

    /// The row holds what this program never writes.
    pub(crate) fn damaged(&self, source: Box<dyn std::error::Error + Send + Sync>) -> StoreError {
        match self {
            Self::Sqlite(record) => record.damaged(source),
        }
    }
}
