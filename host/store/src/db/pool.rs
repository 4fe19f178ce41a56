//! Connections of one database: one that writes or two that read, handed out in the order of asking.
//!
//! A [`Lease`] gives its connection back when it is dropped, after undoing what was not committed: a dropped
//! future or a panic leaves nothing for the next user. A connection that has failed is thrown away.
//!
//! A snapshot that was read is ended by whoever takes its connection next, in one message with what they ask, or
//! [`LINGERS`] later by nobody: ending it at once would cost as much as a statement.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use cunshi_model::port::DataError;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError};

use super::{Access, Arg, Connection, Opening, Row};
use crate::StoreError;
use crate::statements::Sql;

/// How long a snapshot that was given back stays open when nobody takes its connection.
const LINGERS: Duration = Duration::from_millis(20);

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
    /// The same after ending the one before.
    NextSnapshot,
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
    idle: Mutex<Vec<Idle>>,
    /// Somebody will see to snapshots that linger.
    tidying: AtomicBool,
    closed: AtomicBool,
}

/// A connection that nobody uses.
#[derive(Debug)]
struct Idle {
    connection: Connection,
    /// A snapshot is still open on it, given back at this instant.
    lingers: Option<Instant>,
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
    /// A snapshot was asked for: the first statement begins it, and ends the one before where that lingers.
    Asked { lingers: bool },
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
            idle: Mutex::new(first.into_iter().map(|connection| Idle { connection, lingers: None }).collect()),
            tidying: AtomicBool::new(false),
            closed: AtomicBool::new(false),
        }))
    }

    /// A connection, in turn.
    pub(crate) async fn lease(&self) -> Result<Lease, DataError> {
        let (mut lease, lingers) = self.take().await?;
        if lingers {
            lease.end_snapshot().await?;
        }
        Ok(lease)
    }

    /// A connection inside a transaction.
    pub(crate) async fn begin(&self, begin: Begin) -> Result<Lease, DataError> {
        if begin == Begin::Snapshot {
            let (mut lease, lingers) = self.take().await?;
            lease.state = State::Asked { lingers };
            return Ok(lease);
        }
        let mut lease = self.lease().await?;
        lease.begin_writing().await?;
        Ok(lease)
    }

    /// A connection, and whether a snapshot lingers on it.
    async fn take(&self) -> Result<(Lease, bool), DataError> {
        let permit = self.permit().await?;
        if self.0.closed.load(Ordering::Acquire) {
            return Err(StoreError::Closed.into());
        }
        let kept = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let (connection, lingers) = match kept {
            Some(Idle { connection, lingers }) => (connection, lingers.is_some()),
            None => (self.0.connect().await?, false),
        };
        let (connection, home) = (Some(connection), Arc::clone(&self.0));
        Ok((Lease { connection, state: State::Idle, home, permit: Some(permit) }, lingers))
    }

    /// Waits for the connections in use and closes all. Nothing can be leased afterwards.
    pub(crate) async fn close(&self) {
        self.0.closed.store(true, Ordering::Release);
        let all = u32::try_from(self.0.options.size).unwrap_or(u32::MAX);
        let permits = tokio::time::timeout(self.0.options.wait, self.0.permits.acquire_many(all)).await;
        let kept = std::mem::take(&mut *self.0.idle.lock().unwrap_or_else(PoisonError::into_inner));
        for idle in kept {
            idle.connection.close().await;
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
        if let State::Asked { lingers } = self.state {
            return self.begin_with(lingers, sql, &[args]).await;
        }
        let result = self.connection()?.rows(sql, args).await;
        self.noting(result)
    }

    /// The first row of a statement.
    pub(crate) async fn first(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<Option<Row>, StoreError> {
        if let State::Asked { lingers } = self.state {
            return Ok(self.begin_with(lingers, sql, &[args]).await?.into_iter().next());
        }
        let result = self.connection()?.first(sql, args).await;
        self.noting(result)
    }

    /// The rows of a statement that is asked with each of several lists of values, one after the other.
    pub(crate) async fn each(&mut self, sql: Sql, args: &[&[Arg<'_>]]) -> Result<Vec<Row>, StoreError> {
        if let State::Asked { lingers } = self.state {
            return self.begin_with(lingers, sql, args).await;
        }
        let result = self.connection()?.together(None, sql, args).await;
        self.noting(result)
    }

    /// Begins the snapshot that was asked for with its first statement. A connection that cannot is replaced by a
    /// fresh one, once: reading twice does no harm.
    async fn begin_with(&mut self, lingers: bool, sql: Sql, args: &[&[Arg<'_>]]) -> Result<Vec<Row>, StoreError> {
        // Before it is sent: should this future be dropped now, it may have begun all the same.
        self.state = State::Open;
        let begin = if lingers { Begin::NextSnapshot } else { Begin::Snapshot };
        match self.connection()?.together(Some(begin), sql, args).await {
            Ok(rows) => Ok(rows),
            Err(error @ StoreError::Locked { .. }) => self.noting(Err(error)),
            Err(_) => {
                self.connection = Some(self.home.connect().await?);
                let result = self.connection()?.together(Some(Begin::Snapshot), sql, args).await;
                self.noting(result)
            }
        }
    }

    /// Ends the snapshot that lingers. A connection that cannot is replaced by a fresh one.
    async fn end_snapshot(&mut self) -> Result<(), StoreError> {
        self.state = State::Open;
        let ended = match self.connection()? {
            Connection::Sqlite(link) => link.rollback().await,
        };
        if ended.is_err() {
            self.connection = Some(self.home.connect().await?);
        }
        self.state = State::Idle;
        Ok(())
    }

    /// Runs a statement; returns how many rows it changed.
    pub(crate) async fn execute(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<u64, StoreError> {
        debug_assert!(!matches!(self.state, State::Asked { .. }), "a snapshot is read, not written");
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

    /// Begins a transaction that writes. A connection that cannot is replaced by a fresh one, once.
    pub(crate) async fn begin_writing(&mut self) -> Result<(), StoreError> {
        // Before it is sent: should this future be dropped now, it may have begun all the same.
        self.state = State::Open;
        let first = match self.connection()? {
            Connection::Sqlite(link) => link.begin_writing().await,
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
            Connection::Sqlite(link) => link.begin_writing().await?,
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
            State::Idle => self.home.take_back(connection, false),
            State::Asked { lingers } => self.home.take_back(connection, lingers),
            State::Open if self.home.options.access == Access::Read => self.home.take_back(connection, true),
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
        home.take_back(connection, false);
    }
    drop(permit);
}

/// Ends snapshots that nobody has taken over, until none lingers.
async fn tidy(home: Weak<Shared>) {
    loop {
        tokio::time::sleep(LINGERS).await;
        let Some(home) = home.upgrade() else { return };
        while let Some((connection, permit)) = home.take_lingering() {
            roll_back(connection, Arc::clone(&home), permit).await;
        }
        if !home.lingers() {
            home.tidying.store(false, Ordering::Release);
            // One given back just now saw that somebody tidies.
            if !home.lingers() || home.tidying.swap(true, Ordering::AcqRel) {
                return;
            }
        }
    }
}

impl Shared {
    async fn connect(&self) -> Result<Connection, StoreError> {
        let PoolOptions { access, durable, wait, .. } = self.options;
        Connection::open(&self.path, Opening { access, durable, patience: wait, create: false }).await
    }

    /// A connection that nobody uses any more, with a snapshot still open on it or not.
    fn take_back(self: &Arc<Self>, connection: Connection, lingers: bool) {
        if self.closed.load(Ordering::Acquire) {
            return;
        }
        let lingers = lingers.then(Instant::now);
        // Without a runtime nobody would tidy: the connection is closed, which ends the snapshot too.
        let runtime = Handle::try_current();
        if lingers.is_some() && runtime.is_err() {
            return;
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(Idle { connection, lingers });
        if let (Some(_), Ok(runtime)) = (lingers, runtime)
            && !self.tidying.swap(true, Ordering::AcqRel)
        {
            runtime.spawn(tidy(Arc::downgrade(self)));
        }
    }

    /// A connection whose snapshot has lingered long enough, with the permit to use it.
    fn take_lingering(&self) -> Option<(Connection, OwnedSemaphorePermit)> {
        // None while others wait: they take the connections themselves.
        let permit = Arc::clone(&self.permits).try_acquire_owned().ok()?;
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let old = |idle: &Idle| idle.lingers.is_some_and(|since| since.elapsed() >= LINGERS);
        let place = idle.iter().position(old)?;
        Some((idle.swap_remove(place).connection, permit))
    }

    fn lingers(&self) -> bool {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|idle| idle.lingers.is_some())
    }
}
