//! The SQLite arm: pragmas, binding, decoding, and what its error codes mean.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sqlx::sqlite::{SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqliteRow, SqliteSynchronous};
use sqlx::{Arguments, ConnectOptions, Connection as _, Row as _, Sqlite, SqliteConnection};

use super::{Access, Arg, Begin, Opening, Row, together};
use crate::StoreError;
use crate::statements::Sql;

/// More than there are statements, so that none is prepared twice.
const STATEMENTS_KEPT: usize = 200;

const BEGIN_WRITE: Sql = Sql { name: "sqlite::BEGIN_WRITE", text: "BEGIN IMMEDIATE" };
const BEGIN_SNAPSHOT: Sql = Sql { name: "sqlite::BEGIN_SNAPSHOT", text: "BEGIN DEFERRED" };
const NEXT_SNAPSHOT: Sql = Sql { name: "sqlite::NEXT_SNAPSHOT", text: "ROLLBACK; BEGIN DEFERRED" };
const COMMIT: Sql = Sql { name: "sqlite::COMMIT", text: "COMMIT" };
const ROLLBACK: Sql = Sql { name: "sqlite::ROLLBACK", text: "ROLLBACK" };
const CHECK: Sql = Sql { name: "sqlite::CHECK", text: "PRAGMA integrity_check(20)" };

/// One connection, which has a thread of its own.
#[derive(Debug)]
pub(crate) struct Link {
    connection: SqliteConnection,
    path: Arc<Path>,
}

/// One row.
pub(crate) struct Record {
    row: SqliteRow,
    path: Arc<Path>,
}

impl Link {
    /// Opens a file.
    pub(crate) async fn open(path: &Path, opening: Opening) -> Result<Self, StoreError> {
        let Opening { access, durable, patience, create } = opening;
        let mut options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(create)
            .busy_timeout(patience)
            .statement_cache_capacity(STATEMENTS_KEPT)
            .foreign_keys(true)
            .synchronous(if durable { SqliteSynchronous::Full } else { SqliteSynchronous::Off })
            // Pages kept per connection, in KiB: the system's cache holds the rest, once for all connections.
            .pragma("cache_size", "-1024")
            .pragma("temp_store", "MEMORY")
            .pragma("trusted_schema", "OFF")
            .thread_name(|number| format!("cunshi-sqlite-{number}"))
            .disable_statement_logging();
        options = match access {
            // Kept for the file once it is set, and not before the one that may write is there.
            Access::Write => options.journal_mode(SqliteJournalMode::Wal).pragma("journal_size_limit", "8388608"),
            Access::Read => options.pragma("query_only", "ON"),
        };
        let connection = options.connect().await.map_err(|error| classify(path, error))?;
        Ok(Self { connection, path: path.into() })
    }

    pub(crate) async fn rows(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<Vec<Row>, StoreError> {
        self.all(sql.text, bind([args])).await
    }

    pub(crate) async fn first(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<Option<Row>, StoreError> {
        let row = sqlx::query_with(sql.text, bind([args])).fetch_optional(&mut self.connection).await;
        let row = row.map_err(|error| classify(&self.path, error))?;
        Ok(row.map(|row| Row::Sqlite(Record { row, path: Arc::clone(&self.path) })))
    }

    /// Runs a statement for each of several lists of values, in one message; before it `begin`, where a transaction
    /// begins with it. Gives the rows of all, one after the other.
    pub(crate) async fn together(
        &mut self,
        begin: Option<Begin>,
        sql: Sql,
        args: &[&[Arg<'_>]],
    ) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::with_capacity(args.len());
        for (nth, some) in args.chunks(together::MOST).enumerate() {
            let begin = begin.filter(|_| nth == 0).map(beginning);
            let text = together::text(begin, sql, some.len());
            rows.append(&mut self.all(text, bind(some.iter().copied())).await?);
        }
        Ok(rows)
    }

    async fn all(&mut self, text: &'static str, args: SqliteArguments) -> Result<Vec<Row>, StoreError> {
        let rows = sqlx::query_with(text, args).fetch_all(&mut self.connection).await;
        let rows = rows.map_err(|error| classify(&self.path, error))?;
        Ok(rows.into_iter().map(|row| Row::Sqlite(Record { row, path: Arc::clone(&self.path) })).collect())
    }

    pub(crate) async fn execute(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<u64, StoreError> {
        let done = sqlx::query_with(sql.text, bind([args])).execute(&mut self.connection).await;
        Ok(done.map_err(|error| classify(&self.path, error))?.rows_affected())
    }

    pub(crate) async fn script(&mut self, text: &'static str) -> Result<(), StoreError> {
        sqlx::raw_sql(text).execute(&mut self.connection).await.map_err(|error| classify(&self.path, error))?;
        Ok(())
    }

    /// What SQLite finds wrong with the file.
    pub(crate) async fn check(&mut self) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        for row in self.rows(CHECK, &[]).await? {
            found.push(row.text(0)?);
        }
        found.retain(|line| line != "ok");
        Ok(found)
    }

    /// Only prepares: for the test that walks all statements.
    #[cfg(test)]
    pub(crate) async fn prepare(&mut self, sql: Sql) -> Result<(), StoreError> {
        use sqlx::{Executor as _, SqlSafeStr as _};
        let prepared = (&mut self.connection).prepare(sql.text.into_sql_str()).await;
        prepared.map(drop).map_err(|error| classify(&self.path, error))
    }

    pub(crate) async fn begin_writing(&mut self) -> Result<(), StoreError> {
        self.execute(BEGIN_WRITE, &[]).await.map(drop)
    }

    pub(crate) async fn commit(&mut self) -> Result<(), StoreError> {
        self.execute(COMMIT, &[]).await.map(drop)
    }

    pub(crate) async fn rollback(&mut self) -> Result<(), StoreError> {
        self.execute(ROLLBACK, &[]).await.map(drop)
    }

    pub(crate) async fn close(self) {
        if let Err(error) = self.connection.close().await {
            tracing::warn!(path = %self.path.display(), %error, "a database did not close cleanly");
        }
    }
}

impl Record {
    pub(crate) fn get<'r, T>(&'r self, column: usize) -> Result<T, StoreError>
    where
        T: sqlx::Decode<'r, Sqlite>,
    {
        // Tables are STRICT and each column is read as what its statement selects: no need to compare types.
        self.row.try_get_unchecked(column).map_err(|error| classify(&self.path, error))
    }

    pub(crate) fn damaged(&self, source: Box<dyn std::error::Error + Send + Sync>) -> StoreError {
        StoreError::Corrupt { path: self.path.to_path_buf(), source }
    }
}

fn beginning(begin: Begin) -> Sql {
    match begin {
        Begin::Write => BEGIN_WRITE,
        Begin::Snapshot => BEGIN_SNAPSHOT,
        Begin::NextSnapshot => NEXT_SNAPSHOT,
    }
}

fn bind<'a>(lists: impl IntoIterator<Item = &'a [Arg<'a>]>) -> SqliteArguments {
    let mut bound = SqliteArguments::default();
    for arg in lists.into_iter().flatten() {
        let added = match arg {
            Arg::Text(text) => bound.add(text.as_ref()),
            Arg::Integer(number) => bound.add(*number),
            Arg::MaybeText(text) => bound.add(text.as_deref()),
            Arg::MaybeInteger(number) => bound.add(*number),
        };
        debug_assert!(added.is_ok(), "text and integers always encode");
    }
    bound
}

/// What an error means, by SQLite's primary result code.
fn classify(path: &Path, error: sqlx::Error) -> StoreError {
    let code = match &error {
        sqlx::Error::Database(database) => database.code().and_then(|code| code.parse::<i32>().ok()),
        _ => None,
    };
    let path = || -> PathBuf { path.to_owned() };
    match code.map(|code| code & 0xff) {
        Some(5) => StoreError::Locked { path: path(), source: error.into() },
        Some(13) => StoreError::DiskFull { path: path(), source: error.into() },
        Some(3 | 8 | 14) => StoreError::NotWritable { path: path(), source: error.into() },
        Some(11 | 26) => StoreError::Corrupt { path: path(), source: error.into() },
        _ => StoreError::Storage { path: path(), source: error.into() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILL: Sql = Sql { name: "fill", text: "INSERT INTO big (body) VALUES ($1)" };

    async fn open(path: &Path, access: Access, create: bool) -> Result<Link, StoreError> {
        let patience = std::time::Duration::ZERO;
        Link::open(path, Opening { access, durable: true, patience, create }).await
    }

    #[tokio::test]
    async fn a_full_disk_is_told_from_other_failures() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("full.db");
        let mut link = open(&path, Access::Write, true).await.unwrap();
        link.script("CREATE TABLE big (body TEXT NOT NULL) STRICT; PRAGMA max_page_count = 4;").await.unwrap();
        let text = "满".repeat(20_000);
        let error = link.execute(FILL, &[Arg::from(text.as_str())]).await.unwrap_err();
        assert!(matches!(error, StoreError::DiskFull { .. }), "{error:?}");
        assert!(error.to_string().contains("is full"), "{error}");
    }

    #[tokio::test]
    async fn a_file_that_is_no_database_is_called_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("text.db");
        std::fs::write(&path, "这不是数据库。".repeat(400)).unwrap();
        let error = open(&path, Access::Write, false).await.unwrap_err();
        assert!(matches!(error, StoreError::Corrupt { .. }), "{error:?}");
    }

    #[tokio::test]
    async fn a_reading_connection_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("read.db");
        let mut writer = open(&path, Access::Write, true).await.unwrap();
        writer.script("CREATE TABLE big (body TEXT NOT NULL) STRICT").await.unwrap();
        let mut reader = open(&path, Access::Read, false).await.unwrap();
        let error = reader.execute(FILL, &[Arg::from("x")]).await.unwrap_err();
        assert!(matches!(error, StoreError::NotWritable { .. }), "{error:?}");
    }
}
