//! What every call needs to know of its space, kept in memory and read anew when it has changed.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use cunshi_model::port::{DataError, PluginState, Result, SpaceProfile};

use super::SpaceStore;
use crate::SpaceTree;
use crate::StoreError;
use crate::db::{Lease, Row, args};

statements! {
    PLUGINS = "SELECT plugin, is_on, pinned FROM plugin_state WHERE space_id = $1";
    SETTINGS = "SELECT plugin, value FROM setting WHERE space_id = $1";
    OFFICE = "SELECT office_phone FROM space_state WHERE space_id = $1";
}

/// The profile last read, with the tree that it was read under.
#[derive(Debug, Default)]
pub(super) struct Kept {
    changes: AtomicU64,
    profile: RwLock<Option<(Arc<SpaceTree>, Arc<SpaceProfile>)>>,
}

impl Kept {
    /// It has changed: the next who asks reads it anew.
    pub(super) fn forget(&self) {
        let mut kept = self.profile.write().unwrap_or_else(PoisonError::into_inner);
        self.changes.fetch_add(1, Ordering::AcqRel);
        *kept = None;
    }

    fn get(&self, tree: &Arc<SpaceTree>) -> Option<Arc<SpaceProfile>> {
        let kept = self.profile.read().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().filter(|(under, _)| Arc::ptr_eq(under, tree)).map(|(_, profile)| Arc::clone(profile))
    }

    /// Keeps what was read, unless it has changed since.
    fn keep(&self, changes: u64, tree: Arc<SpaceTree>, profile: Arc<SpaceProfile>) {
        let mut kept = self.profile.write().unwrap_or_else(PoisonError::into_inner);
        if self.changes.load(Ordering::Acquire) == changes {
            *kept = Some((tree, profile));
        }
    }
}

pub(super) async fn plugins(lease: &mut Lease, space: &str) -> Result<BTreeMap<String, PluginState>> {
    let rows = lease.rows(PLUGINS, args![space]).await?;
    let plugin = |row: &Row| Ok((row.text(0)?, PluginState { on: row.truth(1)?, pinned: row.maybe_text(2)? }));
    Ok(rows.iter().map(plugin).collect::<Result<_, StoreError>>()?)
}

/// Each plugin's settings as JSON text.
pub(super) async fn settings(lease: &mut Lease, space: &str) -> Result<BTreeMap<String, String>> {
    let rows = lease.rows(SETTINGS, args![space]).await?;
    Ok(rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect::<Result<_, StoreError>>()?)
}

pub(super) async fn office_phone(lease: &mut Lease, space: &str) -> Result<Option<String>> {
    let row = lease.first(OFFICE, args![space]).await?;
    Ok(row.map_or(Ok(None), |row| row.maybe_text(0))?)
}

impl SpaceStore {
    /// The space, its plugins and settings.
    pub async fn profile(&self) -> Result<Arc<SpaceProfile>> {
        let tree = self.shared.district.tree();
        if let Some(profile) = self.kept.get(&tree) {
            return Ok(profile);
        }
        let changes = self.kept.changes.load(Ordering::Acquire);
        let mut snapshot = self.snapshot().await?;
        let (lease, key) = (&mut snapshot.lease, self.key());
        let mut values = BTreeMap::new();
        for (plugin, text) in settings(lease, key).await? {
            let value = serde_json::from_str(&text).map_err(|error| DataError::Storage(error.into()))?;
            values.insert(plugin, value);
        }
        let space = tree.by_id(self.id()).ok_or(DataError::NoSpace)?;
        let profile = Arc::new(SpaceProfile {
            above: space.parent.and_then(|above| tree.by_id(above)).map(|above| above.name.clone()),
            space: space.clone(),
            plugins: plugins(lease, key).await?,
            settings: values,
            office_phone: office_phone(lease, key).await?,
        });
        self.kept.keep(changes, Arc::clone(&tree), Arc::clone(&profile));
        Ok(profile)
    }
}
