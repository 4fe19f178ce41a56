//! One space: its database, and a file for each kind of thing that it owns.
//!
//! Functions that read take a [`Lease`], which is inside a snapshot or a transaction; functions that write
//! take a [`Transaction`](transaction::Transaction). [`SpaceStore`] offers what the host itself does to a
//! space; the runtime reads and writes through the port's traits ([`port`]).

mod transaction;

mod port;

pub(crate) mod state;

pub(crate) mod documents;
pub(crate) mod entries;
pub(crate) mod find;
mod key;
pub(crate) mod search;
pub(crate) mod series;

pub(crate) mod carriages;
pub(crate) mod deliveries;
pub(crate) mod due;
pub(crate) mod events;
pub(crate) mod idempotency;
pub(crate) mod jobs;

pub(crate) mod files;
pub(crate) mod households;
pub(crate) mod lists;
pub(crate) mod members;
pub(crate) mod roles;
pub(crate) mod seen;

pub(crate) mod messages;
pub(crate) mod outgoing;

pub(crate) mod ledger;
pub(crate) mod rules;

pub(crate) mod profile;
pub(crate) mod settings;

pub(crate) mod audit;
pub(crate) mod digest;
pub(crate) mod verify;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};

use cunshi_model::SpaceId;
use cunshi_model::port::Result;

use crate::StoreError;
use crate::db::{self, Access, Connection, Lease, Opening, Pool, PoolOptions};
use crate::store::Shared;

/// The one live handle of a space.
#[derive(Debug)]
pub struct SpaceStore {
    id: SpaceId,
    /// The id as statements take it.
    key: String,
    me: Weak<Self>,
    writer: Pool,
    readers: Pool,
    kept: profile::Kept,
    counts: messages::Counts,
    /// The revision last committed; 0 until it is known.
    latest: AtomicU64,
    pub(crate) shared: Arc<Shared>,
}

const READERS: usize = 2;

impl SpaceStore {
    /// Opens a space's file, which is made when the space is opened for the first time.
    pub(crate) async fn open(shared: Arc<Shared>, id: SpaceId) -> Result<Arc<Self>> {
        let path = shared.data.join("spaces").join(format!("{id}.db"));
        let key = id.to_string();
        let born = shared.district.born(id).await?;
        if born && !path.exists() {
            return Err(StoreError::Lost { path }.into());
        }
        let options = &shared.options;
        let opening =
            Opening { access: Access::Write, durable: options.durable, patience: options.writer_wait, create: !born };
        let mut connection = Connection::open(&path, opening).await?;
        db::migrate(&mut connection, &path, db::SPACE).await?;
        if !born {
            state::begin(&mut connection, &key).await?;
            shared.district.set_born(id).await?;
        }
        let pool = |access, size, queue| PoolOptions {
            access,
            size,
            wait: options.writer_wait,
            queue,
            durable: options.durable,
        };
        // More may wait to read than to write: reading is what most do.
        let queue = options.writer_queue;
        let writer = Pool::new(&path, pool(Access::Write, 1, queue), Some(connection));
        let readers = Pool::new(&path, pool(Access::Read, READERS, queue.saturating_mul(4)), None);
        Ok(Arc::new_cyclic(|me| Self {
            id,
            key,
            me: me.clone(),
            writer,
            readers,
            kept: profile::Kept::default(),
            counts: messages::Counts::default(),
            latest: AtomicU64::new(0),
            shared,
        }))
    }

    /// The space's id.
    pub fn id(&self) -> SpaceId {
        self.id
    }

    /// The revision last committed, from memory: what a cache asks before it reads anything.
    pub async fn revision(&self) -> Result<u64> {
        match self.latest.load(Ordering::Acquire) {
            0 => {
                let state = state::read(&mut self.reader().await?, self.key()).await?;
                Ok(self.committed(transaction::revision(&state)))
            }
            known => Ok(known),
        }
    }

    /// Notes a revision that is on disk; answers the greatest known.
    pub(crate) fn committed(&self, revision: u64) -> u64 {
        self.latest.fetch_max(revision, Ordering::AcqRel).max(revision)
    }

    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// A connection for single statements that read.
    pub(crate) async fn reader(&self) -> Result<Lease> {
        self.readers.lease().await
    }

    /// The writing connection, outside a transaction.
    pub(crate) async fn writer(&self) -> Result<Lease> {
        self.writer.lease().await
    }

    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Whoever holds a transaction holds the handle: while one lives, the space is not opened twice.
    fn me(&self) -> Result<Arc<Self>> {
        Ok(self.me.upgrade().ok_or(StoreError::Closed)?)
    }
}
