//! The district's database: what no single space owns. A file for each kind of thing.

pub(crate) mod accounts;
pub(crate) mod calendar;
pub(crate) mod grants;
mod kept;
pub(crate) mod notes;
pub(crate) mod releases;
pub(crate) mod rules;
pub(crate) mod sessions;
pub(crate) mod tree;

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use cunshi_model::Clock;
use cunshi_model::port::Result;

use crate::db::{self, Access, Connection, Lease, Opening, Pool, PoolOptions};
use crate::{SpaceTree, StoreError, StoreOptions};

/// The district's database, `district.db`. Clones share it.
#[derive(Clone, Debug)]
pub struct District(Arc<Inner>);

struct Inner {
    writer: Pool,
    readers: Pool,
    /// Where releases keep their bytes.
    plugins: PathBuf,
    tree: RwLock<Arc<SpaceTree>>,
    rules: rules::Kept,
    kept: kept::Kept,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("District").field("writer", &self.writer).finish_non_exhaustive()
    }
}

/// How many may wait for the district's database: every request reads it.
const QUEUE: usize = 1_024;
const READERS: usize = 4;

impl District {
    pub(crate) async fn open(data: &Path, options: &StoreOptions, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        let path = data.join("district.db");
        let opening =
            Opening { access: Access::Write, durable: options.durable, patience: options.writer_wait, create: true };
        let mut connection = Connection::open(&path, opening).await?;
        db::migrate(&mut connection, &path, db::DISTRICT).await?;
        let known = i64::try_from(db::SPACE.len()).unwrap_or(i64::MAX);
        let found = notes::space_schema(&mut connection, known).await?;
        if found > known {
            return Err(StoreError::NewerVersion { path: data.join("spaces"), found, known });
        }
        let pool = |access, size| PoolOptions {
            access,
            size,
            wait: options.writer_wait,
            queue: QUEUE,
            durable: options.durable,
        };
        let tree = tree::load(&mut connection).await?;
        Ok(Self(Arc::new(Inner {
            writer: Pool::new(&path, pool(Access::Write, 1), Some(connection)),
            readers: Pool::new(&path, pool(Access::Read, READERS), None),
            plugins: data.join("plugins"),
            tree: RwLock::new(Arc::new(tree)),
            rules: rules::Kept::default(),
            kept: kept::Kept::default(),
            clock,
        })))
    }

    pub(crate) async fn close(&self) {
        self.0.readers.close().await;
        self.0.writer.close().await;
    }

    /// How often a session, an account or a grant over a subtree has changed.
    pub(crate) fn changes(&self) -> u64 {
        self.0.kept.changes()
    }

    /// A connection for single statements that write.
    pub(crate) async fn writer(&self) -> Result<Lease> {
        self.0.writer.lease().await
    }

    /// A connection for single statements that read.
    pub(crate) async fn reader(&self) -> Result<Lease> {
        self.0.readers.lease().await
    }

    /// A transaction.
    pub(crate) async fn write(&self) -> Result<Lease> {
        self.0.writer.begin(db::Begin::Write).await
    }

    fn renew_tree(&self, tree: SpaceTree) {
        *self.0.tree.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(tree);
        // The space at the top may be another.
        self.forget_rules();
    }
}
