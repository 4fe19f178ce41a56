//! Connections of one database: one that writes or two that read, handed out in the order of asking.
//!
//! A [`Lease`] gives its connection back when it is dropped, after undoing what was not committed: a dropped
//! future or a panic leaves nothing for the next user. A connection that has failed is thrown away.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cunshi_model::port::DataError;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError};

use super::{Access, Arg, Connection, Opening, Row};
use crate::StoreError;
use crate::statements::Sql;

/// How a pool behaves.
#[derive(Clone, Debug)]
pub(crate) struct PoolOptions {
    /// What its connections are for.
    pub(crate) access: Access,
    /// How many there are at most.
    pub(crate) size: usize,
    /// How long one waits for a connection, and a connection for another program's lock.
    pub(crate) wait: Duration,
    /// How many may wait.
    pub(crate) queue: usize,
    /// Commits sync to disk.
    pub(crate) durable: bool,
}

/// How a transaction begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Begin {
    /// With the right to write.
    Write,
    /// A snapshot for reading, taken by its first statement.
    Snapshot,
}

/// Connections of one database. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Pool(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    path: PathBuf,
    options: PoolOptions,
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
    idle: Mutex<Vec<Connection>>,
    closed: AtomicBool,
}

/// A connection in use.
#[derive(Debug)]
pub(crate) struct Lease {
    connection: Option<Connection>,
    state: State,
    home: Arc<Shared>,
    /// Given up only when the connection is back.
    permit: Option<OwnedSemaphorePermit>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Outside a transaction.
    Idle,
    /// Inside one.
    Open,
    /// A statement failed inside a transaction: nothing more runs, and the connection is thrown away.
    Broken,
}

impl Pool {
    /// A pool over a file, with the connection that is open already.
    pub(crate) fn new(path: &Path, options: PoolOptions, first: Option<Connection>) -> Self {
        Self(Arc::new(Shared {
            path: path.to_owned(),
            permits: Arc::new(Semaphore::new(options.size)),
            options,
            waiting: AtomicUsize::new(0),
            idle: Mutex::new(first.into_iter().collect()),
            closed: AtomicBool::new(false),
        }))
    }

    /// A connection, in turn.
    pub(crate) async fn lease(&self) -> Result<Lease, DataError> {
        let permit = self.permit().await?;
        if self.0.closed.load(Ordering::Acquire) {
            return Err(StoreError::Closed.into());
        }
        let kept = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match kept {
            Some(connection) => connection,
            None => self.0.connect().await?,
        };
        Ok(Lease { connection: Some(connection), state: State::Idle, home: Arc::clone(&self.0), permit: Some(permit) })
    }

    /// A connection inside a transaction.
    pub(crate) async fn begin(&self, begin: Begin) -> Result<Lease, DataError> {
        let mut lease = self.lease().await?;
        lease.begin(begin).await?;
        Ok(lease)
    }

    /// Waits for the connections in use and closes all. Nothing can be leased afterwards.
    pub(crate) async fn close(&self) {
        self.0.closed.store(true, Ordering::Release);
        let all = u32::try_from(self.0.options.size).unwrap_or(u32::MAX);
        let permits = tokio::time::timeout(self.0.options.wait, self.0.permits.acquire_many(all)).await;
        let kept = std::mem::take(&mut *self.0.idle.lock().unwrap_or_else(PoisonError::into_inner));
        for connection in kept {
            connection.close().await;
        }
        drop(permits);
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, DataError> {
        // Succeeds only when nobody waits: the semaphore hands freed permits to those in its queue.
        match Arc::clone(&self.0.permits).try_acquire_owned() {
            Ok(permit) => return Ok(permit),
            Err(TryAcquireError::Closed) => return Err(StoreError::Closed.into()),
            Err(TryAcquireError::NoPermits) => {}
        }
        let _place = Place::take(&self.0)?;
        match tokio::time::timeout(self.0.options.wait, Arc::clone(&self.0.permits).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) => Err(StoreError::Closed.into()),
            Err(_) => Err(DataError::Busy),
        }
    }
}

/// A place in the queue, given up when it is dropped.
struct Place<'a>(&'a Shared);

impl<'a> Place<'a> {
    fn take(shared: &'a Shared) -> Result<Self, DataError> {
        let before = shared.waiting.fetch_add(1, Ordering::AcqRel);
        let place = Self(shared);
        if before < shared.options.queue { Ok(place) } else { Err(DataError::Busy) }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Lease {
    /// All rows of a statement.
    pub(crate) async fn rows(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<Vec<Row>, StoreError> {
        let result = self.connection()?.rows(sql, args).await;
        self.noting(result)
    }

    /// The first row of a statement.
    pub(crate) async fn first(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<Option<Row>, StoreError> {
        let result = self.connection()?.first(sql, args).await;
        self.noting(result)
    }

    /// Runs a statement; returns how many rows it changed.
    pub(crate) async fn execute(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<u64, StoreError> {
        let result = self.connection()?.execute(sql, args).await;
        self.noting(result)
    }

    /// What the engine finds wrong with its file.
    pub(crate) async fn check_engine(&mut self) -> Result<Vec<String>, StoreError> {
        match self.connection()? {
            Connection::Sqlite(link) => link.check().await,
        }
    }

    /// Only prepares a statement.
    #[cfg(test)]
    pub(crate) async fn prepare(&mut self, sql: Sql) -> Result<(), StoreError> {
        match self.connection()? {
            Connection::Sqlite(link) => link.prepare(sql).await,
        }
    }

    /// Begins a transaction. A connection that cannot is replaced by a fresh one, once.
    pub(crate) async fn begin(&mut self, begin: Begin) -> Result<(), StoreError> {
        // Before it is sent: should this future be dropped now, it may have begun all the same.
        self.state = State::Open;
        let first = match self.connection()? {
            Connection::Sqlite(link) => link.begin(begin).await,
        };
        match first {
            Ok(()) => return Ok(()),
            // The connection is sound: somebody else's is in the way.
            Err(error @ StoreError::Locked { .. }) => {
                self.state = State::Idle;
                return Err(error);
            }
            Err(_) => {}
        }
        self.connection = None;
        let mut fresh = self.home.connect().await?;
        match &mut fresh {
            Connection::Sqlite(link) => link.begin(begin).await?,
        }
        self.connection = Some(fresh);
        Ok(())
    }

    /// Commits and gives the connection back.
    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        let result = match self.connection()? {
            Connection::Sqlite(link) => link.commit().await,
        };
        self.noting(result)?;
        self.state = State::Idle;
        Ok(())
    }

    fn connection(&mut self) -> Result<&mut Connection, StoreError> {
        match &mut self.connection {
            Some(connection) if self.state != State::Broken => Ok(connection),
            _ => Err(StoreError::Storage {
                path: self.home.path.clone(),
                source: "an earlier statement of this transaction failed".into(),
            }),
        }
    }

    /// An engine may end a transaction by itself when a statement fails (a full disk): what came after it
    /// would then be kept at once. So nothing comes after.
    fn noting<T>(&mut self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        if result.is_err() && self.state == State::Open {
            self.state = State::Broken;
        }
        result
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let (Some(connection), Some(permit)) = (self.connection.take(), self.permit.take()) else { return };
        match self.state {
            State::Broken => {}
            State::Idle => self.home.take_back(connection),
            State::Open => {
                // Without a runtime the connection is closed, which undoes the transaction too.
                let Ok(runtime) = Handle::try_current() else { return };
                runtime.spawn(roll_back(connection, Arc::clone(&self.home), permit));
            }
        }
    }
}

/// Undoes a transaction and gives its connection back; the next user is let in afterwards. A connection that
/// has nothing to undo is not where it was thought to be: it is thrown away.
async fn roll_back(mut connection: Connection, home: Arc<Shared>, permit: OwnedSemaphorePermit) {
    let undone = match &mut connection {
        Connection::Sqlite(link) => link.rollback().await,
    };
    if undone.is_ok() {
        home.take_back(connection);
    }
    drop(permit);
}

impl Shared {
    async fn connect(&self) -> Result<Connection, StoreError> {
        let PoolOptions { access, durable, wait, .. } = self.options;
        Connection::open(&self.path, Opening { access, durable, patience: wait, create: false }).await
    }

    fn take_back(&self, connection: Connection) {
        if !self.closed.load(Ordering::Acquire) {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
    }
}
