//! The runtime: what all calls share, and the catalogue of releases.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::{BuildHasher, Hasher};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use cunshi_contract::Manifest;
use cunshi_model::budgets::BUDGETS;
use cunshi_model::port::{SpaceProfile, Spaces};
use cunshi_model::rules::RuleEngine;
use cunshi_model::{Calendar, Clock, SpaceId};
use tokio::sync::{Notify, Semaphore};
use wasmtime::Engine;
use wasmtime::component::{Component, Linker};

use crate::admission::Loads;
use crate::budget::Budgets;
use crate::cache::{Cache, sha256};
use crate::capability;
use crate::check::{self, one_line};
use crate::compile;
use crate::engine::{self, Ticker, UPGRADERS};
use crate::error::{LoadError, RuntimeError};
use crate::lane::SideThreads;
use crate::release::{Catalogue, Exports, Release};
use crate::report::{FailureReport, Failures};
use crate::rules::{self, NoRules};
use crate::shape;
use crate::state::CallState;

/// How a runtime is set up.
#[derive(Clone)]
pub struct RuntimeOptions {
    /// Folder for compiled code; made private to this user.
    pub cache_dir: PathBuf,
    /// What calls may use.
    pub budgets: Budgets,
    /// Instances that may live at once.
    pub instances: u32,
    /// The binary that compiles components in a child process; none compiles in this one (tests).
    pub compiler: Option<PathBuf>,
    /// The engine that runs rules.
    pub rules: Arc<dyn RuleEngine>,
}

impl RuntimeOptions {
    /// The defaults, with a folder for compiled code and without an engine for rules.
    pub fn new(cache_dir: impl Into<PathBuf>) -> Self {
        Self {
            cache_dir: cache_dir.into(),
            budgets: Budgets::default(),
            instances: 256,
            compiler: None,
            rules: Arc::new(NoRules),
        }
    }
}

impl fmt::Debug for RuntimeOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RuntimeOptions")
            .field("cache_dir", &self.cache_dir)
            .field("budgets", &self.budgets)
            .field("instances", &self.instances)
            .field("compiler", &self.compiler)
            .field("rules", &self.rules.version())
            .finish()
    }
}

/// The catalogue of plugins and the calls into them. Clones share everything.
#[derive(Clone)]
pub struct Runtime {
    pub(crate) inner: Arc<Inner>,
}

/// What all calls share.
pub(crate) struct Inner {
    pub(crate) engine: Engine,
    budgets: Arc<Budgets>,
    pub(crate) spaces: Arc<dyn Spaces>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) rules: Arc<dyn RuleEngine>,
    pub(crate) catalogue: Catalogue,
    pub(crate) loads: Arc<Loads>,
    pub(crate) slots: Arc<Semaphore>,
    pub(crate) upgrader_slots: Arc<Semaphore>,
    pub(crate) failures: Failures,
    /// Woken when there may be work.
    pub(crate) wake: Notify,
    /// Spaces whose jobs and documents were brought up to a release, by its digest.
    pub(crate) settled: Mutex<HashSet<(SpaceId, String)>>,
    /// Spaces to work in although nothing is due there: old documents were seen.
    soon: Mutex<HashSet<SpaceId>>,
    /// Spaces that are worked in at the moment.
    pub(crate) working: Mutex<HashMap<SpaceId, Arc<tokio::sync::Mutex<()>>>>,
    linker: Linker<CallState>,
    cache: Cache,
    compiler: Option<PathBuf>,
    calendar: RwLock<Arc<Calendar>>,
    boot: u32,
    calls: AtomicU32,
    pub(crate) side: SideThreads,
    _ticker: Ticker,
}

impl Runtime {
    /// A runtime without any plugin.
    pub fn new(
        options: RuntimeOptions,
        spaces: Arc<dyn Spaces>,
        calendar: Calendar,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, RuntimeError> {
        let engine = engine::running(&options.budgets, options.instances)?;
        let mut linker = Linker::new(&engine);
        capability::add_all(&mut linker).map_err(|error| RuntimeError::Engine(format!("{error:#}")))?;
        let side = SideThreads::start()?;
        let inner = Inner {
            _ticker: Ticker::start(&engine, side.at_work())?,
            side,
            cache: Cache::open(&options.cache_dir, &engine)?,
            compiler: options.compiler,
            loads: Loads::new(&options.budgets),
            budgets: Arc::new(options.budgets),
            spaces,
            clock,
            rules: options.rules,
            catalogue: Catalogue::default(),
            slots: Arc::new(Semaphore::new(options.instances as usize)),
            upgrader_slots: Arc::new(Semaphore::new(UPGRADERS as usize)),
            failures: Failures::default(),
            wake: Notify::new(),
            settled: Mutex::default(),
            soon: Mutex::default(),
            working: Mutex::default(),
            linker,
            calendar: RwLock::new(Arc::new(calendar)),
            boot: random(),
            calls: AtomicU32::new(0),
            engine,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Replaces the district's calendar.
    pub fn set_calendar(&self, calendar: Calendar) {
        *self.inner.calendar.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(calendar);
    }

    /// Checks and compiles a component (or takes it from the cache); it becomes the active release of its
    /// name.
    pub async fn load(&self, component: Vec<u8>) -> Result<Arc<Release>, LoadError> {
        let manifest = check::component(&component)?;
        let digest = sha256(&component);
        let compiled = self.inner.compiled(&component, &digest).await?;
        let release = Arc::new(self.inner.release(manifest, digest, component.len(), &compiled)?);
        self.inner.catalogue.enter(&release);
        self.inner.wake.notify_one();
        Ok(release)
    }

    /// The active release of a plugin.
    pub fn release(&self, plugin: &str) -> Option<Arc<Release>> {
        self.inner.catalogue.active(plugin)
    }

    /// The active releases, by name.
    pub fn releases(&self) -> Vec<Arc<Release>> {
        self.inner.catalogue.all()
    }

    /// The releases that run in a space (switched on, fitting its kind, pinned versions heeded), in the order of their manifests.
    pub fn plugins_of(&self, profile: &SpaceProfile) -> Vec<Arc<Release>> {
        self.inner.catalogue.all_running(profile)
    }

    /// What one call may use in a space.
    pub fn budgets_of(&self, profile: &SpaceProfile) -> Budgets {
        self.inner.budgets.of(profile)
    }

    /// The last failures of a plugin, newest first.
    pub fn failures(&self, plugin: &str) -> Vec<FailureReport> {
        self.inner.failures.of(plugin)
    }
}

impl Inner {
    /// What one call may use in a space; shared where the district has set nothing there.
    pub(crate) fn budgets_of(&self, profile: &SpaceProfile) -> Arc<Budgets> {
        if profile.settings.contains_key(BUDGETS) {
            Arc::new(self.budgets.of(profile))
        } else {
            Arc::clone(&self.budgets)
        }
    }

    pub(crate) fn calendar(&self) -> Arc<Calendar> {
        Arc::clone(&self.calendar.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The id of a new call: this process by chance, the call by number.
    pub(crate) fn call_id(&self) -> CallId {
        CallId(self.boot, self.calls.fetch_add(1, Ordering::Relaxed))
    }

    /// Has the worker look at a space.
    pub(crate) fn visit_soon(&self, space: SpaceId) {
        self.soon.lock().unwrap_or_else(PoisonError::into_inner).insert(space);
        self.wake.notify_one();
    }

    /// The spaces to look at, which are forgotten by it.
    pub(crate) fn to_visit(&self) -> HashSet<SpaceId> {
        std::mem::take(&mut *self.soon.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn compiled(&self, component: &[u8], digest: &str) -> Result<Component, LoadError> {
        let taken = {
            let (cache, engine, digest) = (self.cache.clone(), self.engine.clone(), digest.to_owned());
            blocking(move || Ok(cache.take(&engine, &digest))).await?
        };
        if let Some(component) = taken {
            return Ok(component);
        }
        let code = if let Some(exe) = &self.compiler {
            compile::in_child(exe, self.cache.folder(), component).await?
        } else {
            let component = component.to_vec();
            blocking(move || compile::here(&component)).await?
        };
        let (cache, engine, digest) = (self.cache.clone(), self.engine.clone(), digest.to_owned());
        blocking(move || cache.put(&engine, &digest, &code)).await
    }

    fn release(
        &self,
        manifest: Manifest,
        digest: String,
        bytes: usize,
        component: &Component,
    ) -> Result<Release, LoadError> {
        let pre = self
            .linker
            .instantiate_pre(component)
            .map_err(|error| LoadError::Unfit(one_line(&format!("{error:#}"))))?;
        capability::check_exports(component, &pre)
            .map_err(|error| LoadError::Unfit(one_line(&format!("{error:#}"))))?;
        let (exports, defaults) = (Exports::of(component), rules::defaults(&manifest));
        let shapes = shape::all(&manifest).map_err(LoadError::Manifest)?;
        Ok(Release { manifest, digest, bytes, defaults, shapes, pre, exports })
    }
}

/// The id of one call, as it is written to logs and shown to readers.
#[derive(Clone, Copy)]
pub(crate) struct CallId(u32, u32);

impl fmt::Display for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}-{:x}", self.0, self.1)
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, LoadError> + Send + 'static,
) -> Result<T, LoadError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| LoadError::Compile("the compiler failed unexpectedly".to_owned()))?
}

fn random() -> u32 {
    let hash = std::hash::RandomState::new().build_hasher().finish();
    u32::try_from(hash & u64::from(u32::MAX)).unwrap_or_default()
}
