//! The data folder: opens it, keeps at most one live handle per space, closes it.

use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use cunshi_contract::rule::RuleText;
use cunshi_model::port::{DataError, Result};
use cunshi_model::{Clock, SpaceId};
use moka::future::Cache;
use moka::policy::EvictionPolicy;
use tokio::sync::Notify;

use crate::due::Dues;
use crate::outside::Outside;
use crate::standing::Standings;
use crate::{District, SpaceStore, StoreError};

/// How a store behaves.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    /// Spaces kept open at once; those least used are closed.
    pub open_spaces: u64,
    /// A space that nobody used for so long is closed.
    pub idle: Duration,
    /// Syncs every commit to disk. Switch it off only while demo data is built.
    pub durable: bool,
    /// How long a writer waits for the space's one write connection.
    pub writer_wait: Duration,
    /// How many may wait for it.
    pub writer_queue: usize,
}

/// Bytes of scripts kept in memory, with an allowance for the table of each.
const RULE_TEXTS: u64 = 64 * 1024 * 1024;

impl Default for StoreOptions {
    fn default() -> Self {
        Self {
            open_spaces: 256,
            idle: Duration::from_mins(5),
            durable: true,
            writer_wait: Duration::from_secs(5),
            writer_queue: 32,
        }
    }
}

/// The store of a district. Clones share everything.
#[derive(Clone, Debug)]
pub struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    open: Cache<SpaceId, Arc<SpaceStore>>,
    /// Handles that live, in the cache or, after they were put out of it, in somebody's hand.
    live: Mutex<HashMap<SpaceId, Weak<SpaceStore>>>,
    standings: Standings,
    shared: Arc<Shared>,
}

/// What every space needs of the store.
pub(crate) struct Shared {
    pub(crate) data: PathBuf,
    pub(crate) options: StoreOptions,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) district: District,
    pub(crate) dues: Dues,
    pub(crate) outside: Outside,
    /// Texts of rules in use, by space and `hook/version/digest`.
    pub(crate) texts: moka::sync::Cache<(SpaceId, String), Arc<RuleText>>,
    /// A commit has made work.
    pub(crate) work: Notify,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("data", &self.data).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens a data folder, which is made when it is not there.
    pub async fn open(data: &Path, options: StoreOptions, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        for folder in [data.to_owned(), data.join("spaces"), data.join("plugins")] {
            std::fs::create_dir_all(&folder).map_err(|error| StoreError::io(&folder, error))?;
        }
        let district = District::open(data, &options, Arc::clone(&clock)).await?;
        let open = Cache::builder()
            .max_capacity(options.open_spaces)
            .time_to_idle(options.idle)
            // The space asked for last stays, however seldom it was asked for before.
            .eviction_policy(EvictionPolicy::lru())
            // In a task of its own: whoever makes the cache tidy up may hold the very writer that this waits for.
            .eviction_listener(|_, space: Arc<SpaceStore>, _| drop(tokio::spawn(put_out(space))))
            .build();
        let texts = moka::sync::Cache::builder()
            .max_capacity(RULE_TEXTS)
            .weigher(|_, text: &Arc<RuleText>| {
                u32::try_from(text.script.len()).unwrap_or(u32::MAX).saturating_add(4_096)
            })
            .build();
        let (data_folder, dues, work) = (data.to_owned(), Dues::default(), Notify::new());
        let outside = Outside::default();
        outside.load(&district).await.map_err(|error| opening(data, error))?;
        let shared = Shared { data: data_folder, options, clock, district, dues, outside, texts, work };
        let (live, standings) = (Mutex::default(), Standings::default());
        let store = Self(Arc::new(Inner { open, live, standings, shared: Arc::new(shared) }));
        store.recount().await.map_err(|error| opening(data, error))?;
        tokio::spawn(sweep(Arc::downgrade(&store.0)));
        Ok(store)
    }

    /// The district's database.
    pub fn district(&self) -> &District {
        &self.0.shared.district
    }

    /// The space's live handle; [`DataError::NoSpace`] when the tree does not know it.
    pub async fn space(&self, id: SpaceId) -> Result<Arc<SpaceStore>> {
        let opened = self.0.open.try_get_with(id, self.open_space(id)).await;
        opened.map_err(|error| repeat(&error))
    }

    /// Closes everything: writes the due times down, waits for those who read and write, closes the files.
    /// What is asked afterwards fails.
    pub async fn close(&self) {
        let live: Vec<_> = {
            let live = self.0.live.lock().unwrap_or_else(PoisonError::into_inner);
            live.values().filter_map(Weak::upgrade).collect()
        };
        for space in live {
            put_out(Arc::clone(&space)).await;
            space.close().await;
        }
        self.0.open.invalidate_all();
        self.0.open.run_pending_tasks().await;
        self.district().close().await;
    }

    pub(crate) fn standings(&self) -> &Standings {
        &self.0.standings
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.0.shared
    }

    async fn open_space(&self, id: SpaceId) -> Result<Arc<SpaceStore>> {
        if self.district().tree().by_id(id).is_none() {
            return Err(DataError::NoSpace);
        }
        let live = self.0.live.lock().unwrap_or_else(PoisonError::into_inner).get(&id).and_then(Weak::upgrade);
        if let Some(live) = live {
            return Ok(live);
        }
        let space = SpaceStore::open(Arc::clone(&self.0.shared), id).await?;
        let mut live = self.0.live.lock().unwrap_or_else(PoisonError::into_inner);
        live.retain(|_, handle| handle.strong_count() > 0);
        live.insert(id, Arc::downgrade(&space));
        Ok(space)
    }
}

/// A space leaves the cache: its due time is written down. Its files close when the last hand lets it go.
async fn put_out(space: Arc<SpaceStore>) {
    if !space.is_marked() {
        return;
    }
    if let Err(error) = space.settle().await {
        // Its due time stays in memory, and the mark in the district's database.
        tracing::warn!(space = %space.id(), %error, "the due time of a space could not be written down");
    }
}

/// Puts idle spaces out of the cache, which does so only when it is asked.
async fn sweep(store: Weak<Inner>) {
    let Some(every) = store.upgrade().map(|store| store.shared.options.idle / 4) else { return };
    loop {
        tokio::time::sleep(every.clamp(Duration::from_millis(100), Duration::from_mins(1))).await;
        let Some(store) = store.upgrade() else { return };
        store.open.run_pending_tasks().await;
    }
}

/// The error of an opening that several waited for: each gets one of its own.
fn repeat(error: &Arc<DataError>) -> DataError {
    match error.as_ref() {
        DataError::NoSpace => DataError::NoSpace,
        DataError::Busy => DataError::Busy,
        _ => DataError::Storage(Box::new(Told(Arc::clone(error)))),
    }
}

/// The same failure, told to several.
#[derive(Debug)]
struct Told(Arc<DataError>);

impl Told {
    fn cause(&self) -> &(dyn Error + 'static) {
        self.0.source().unwrap_or(&*self.0)
    }
}

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.cause())
    }
}

impl Error for Told {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause().source()
    }
}

fn opening(data: &Path, error: DataError) -> StoreError {
    StoreError::Storage { path: data.to_owned(), source: Box::new(error) }
}
