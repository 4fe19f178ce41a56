//! Wiring: a data folder opened as store and runtime, with the releases that the district runs.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use cunshi_model::port::PluginState;
use cunshi_model::{Clock, Space};
use cunshi_rules::Rules;
use cunshi_runtime::{Release, Runtime, RuntimeOptions};
use cunshi_store::{Store, StoreOptions};
use sha2::{Digest, Sha256};

use crate::words::wrong;

/// A data folder in use: its store, and the runtime over it.
pub struct House {
    /// The data.
    pub store: Store,
    /// The modules.
    pub runtime: Runtime,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The folder.
    pub data: PathBuf,
    _lock: File,
}

impl House {
    /// Opens a data folder (made when it is missing) for this process alone, and loads the active releases from
    /// their compiled form. Opens no space. `compiler` is the program that compiles components in a child process
    /// ([`this_program`]); none compiles in this one.
    pub async fn open(
        data: &Path,
        options: StoreOptions,
        clock: Arc<dyn Clock>,
        compiler: Option<PathBuf>,
    ) -> Result<Self> {
        let lock = lock(data)?;
        let store = Store::open(data, options, Arc::clone(&clock)).await?;
        let calendar = store.district().calendar().await?;
        let mut settings = RuntimeOptions::new(data.join("compiled"));
        settings.compiler = compiler;
        settings.rules = Arc::new(Rules::new());
        let runtime = Runtime::new(settings, Arc::new(store.clone()), calendar, Arc::clone(&clock))?;
        let house = Self { store, runtime, clock, data: data.to_path_buf(), _lock: lock };
        for release in house.store.district().releases().await?.iter().filter(|release| release.active) {
            let component = house.store.district().release_bytes(&release.digest).await?;
            let loaded = house.runtime.load(component).await;
            loaded.with_context(|| format!("{} {}", release.name, release.version))?;
        }
        Ok(house)
    }

    /// Installs a component as the active release of its plugin; none when it is that already. Spaces that have
    /// the plugin on get its jobs.
    pub async fn install(&self, file: &Path) -> Result<Option<Arc<Release>>> {
        let component = std::fs::read(file).with_context(|| file.display().to_string())?;
        let digest = sha256(&component);
        if self.runtime.releases().iter().any(|release| release.digest == digest) {
            return Ok(None);
        }
        let release = self.runtime.load(component.clone()).await.with_context(|| file.display().to_string())?;
        let manifest = &release.manifest;
        let now = self.clock.now();
        let district = self.store.district();
        district.put_release(&manifest.name, &manifest.version, &release.digest, &component, now).await?;
        for (space, state) in self.spaces_with(&manifest.name).await? {
            let jobs = jobs_of(&self.runtime, &manifest.name);
            self.store.space(space.id).await?.set_plugin(&manifest.name, &state, &jobs, None, now).await?;
        }
        Ok(Some(release))
    }

    /// The spaces that have a plugin on.
    async fn spaces_with(&self, plugin: &str) -> Result<Vec<(Space, PluginState)>> {
        let mut found = Vec::new();
        for space in self.store.district().tree().all() {
            let profile = self.store.space(space.id).await?.profile().await?;
            if let Some(state) = profile.plugins.get(plugin).filter(|state| state.on) {
                found.push((space.clone(), state.clone()));
            }
        }
        Ok(found)
    }

    /// The space with a code as people write it, or a sentence that there is none.
    pub fn space(&self, code: &str) -> Result<Space> {
        let tree = self.store.district().tree();
        let full = code.parse::<cunshi_model::SpaceCode>();
        let space = full.ok().and_then(|full| tree.by_code(full.as_str()).cloned());
        space.ok_or_else(|| {
            wrong(
                format!("没有编号为 {code} 的村（镇、区）：用 cunshi village list 查看"),
                format!("there is no village, town or district `{code}`: see `cunshi village list`"),
            )
        })
    }

    /// Closes the store.
    pub async fn close(self) {
        self.store.close().await;
    }
}

/// The binary that runs: it has the command `compile-component`.
pub fn this_program() -> Result<PathBuf> {
    std::env::current_exe().context("this program does not find itself")
}

/// The names of a plugin's jobs.
pub fn jobs_of(runtime: &Runtime, plugin: &str) -> Vec<String> {
    let release = runtime.release(plugin);
    release.iter().flat_map(|release| &release.manifest.jobs).map(|job| job.name.clone()).collect()
}

/// SHA-256, hex.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// One process per data folder: two would each keep their own idea of what is due and who waits.
pub(crate) fn lock(data: &Path) -> Result<File> {
    let unusable = |error: std::io::Error| {
        wrong(
            format!("数据目录 {} 不能写：{}", data.display(), error.kind()),
            format!("the data folder {} cannot be written: {}", data.display(), error.kind()),
        )
    };
    std::fs::create_dir_all(data).map_err(unusable)?;
    let file = File::options().create(true).truncate(false).write(true).open(data.join("lock")).map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(wrong(
            format!("数据目录 {} 正被另一个 cunshi 使用：先停下它", data.display()),
            format!("the data folder {} is in use by another cunshi: stop that one first", data.display()),
        )),
        Err(TryLockError::Error(error)) => Err(unusable(error)),
    }
}
