//! A release: one version of one plugin, checked and compiled; and the catalogue of them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use cunshi_contract::Manifest;
use cunshi_model::SpaceKind;
use cunshi_model::port::SpaceProfile;
use cunshi_model::rules::Rule;
use jsonschema::Validator;
use wasmtime::component::{Component, ComponentExportIndex, InstancePre};

use crate::abi::Export;
use crate::state::CallState;

/// One version of one plugin, ready to be called in any space.
pub struct Release {
    /// What the plugin is.
    pub manifest: Manifest,
    /// SHA-256 of the component, hex.
    pub digest: String,
    /// Size of the component in bytes.
    pub bytes: usize,
    pub(crate) defaults: BTreeMap<String, Rule>,
    /// Of the events that it sends, by name.
    pub(crate) shapes: BTreeMap<String, Validator>,
    pub(crate) pre: InstancePre<CallState>,
    pub(crate) exports: Exports,
}

impl Release {
    /// The plugin's name.
    pub fn name(&self) -> &str {
        &self.manifest.name
    }

    /// Whether it runs in spaces of this kind.
    pub fn fits(&self, kind: SpaceKind) -> bool {
        self.manifest.spaces.contains(&kind.manifest_name())
    }

    /// Whether it hears an event.
    pub fn hears(&self, event: &str) -> bool {
        self.manifest.uses.hears.iter().any(|heard| heard == event)
    }
}

impl fmt::Debug for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Release")
            .field("name", &self.manifest.name)
            .field("version", &self.manifest.version)
            .field("digest", &self.digest)
            .finish_non_exhaustive()
    }
}

/// Where a component's exports are, looked up once.
pub(crate) struct Exports([Option<ComponentExportIndex>; Export::ALL.len()]);

impl Exports {
    pub(crate) fn of(component: &Component) -> Self {
        Self(Export::ALL.map(|export| {
            let interface = component.get_export_index(None, export.interface())?;
            component.get_export_index(Some(&interface), export.function())
        }))
    }

    pub(crate) fn get(&self, export: Export) -> Option<&ComponentExportIndex> {
        self.0.get(export as usize)?.as_ref()
    }
}

/// The releases that were loaded, by plugin.
#[derive(Default)]
pub(crate) struct Catalogue(RwLock<BTreeMap<String, Plugin>>);

struct Plugin {
    active: Arc<Release>,
    by_version: BTreeMap<String, Arc<Release>>,
}

impl Catalogue {
    /// Enters a release, which becomes the active one of its plugin.
    pub(crate) fn enter(&self, release: &Arc<Release>) {
        let mut plugins = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let plugin = plugins
            .entry(release.manifest.name.clone())
            .or_insert_with(|| Plugin { active: Arc::clone(release), by_version: BTreeMap::new() });
        plugin.active = Arc::clone(release);
        plugin.by_version.insert(release.manifest.version.clone(), Arc::clone(release));
    }

    pub(crate) fn active(&self, plugin: &str) -> Option<Arc<Release>> {
        let plugins = self.0.read().unwrap_or_else(PoisonError::into_inner);
        plugins.get(plugin).map(|plugin| Arc::clone(&plugin.active))
    }

    pub(crate) fn all(&self) -> Vec<Arc<Release>> {
        let plugins = self.0.read().unwrap_or_else(PoisonError::into_inner);
        plugins.values().map(|plugin| Arc::clone(&plugin.active)).collect()
    }

    /// The release of a plugin that runs in a space: none when it is off or does not fit.
    pub(crate) fn running(&self, profile: &SpaceProfile, plugin: &str) -> Option<Arc<Release>> {
        let state = profile.plugins.get(plugin).filter(|state| state.on)?;
        let plugins = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let plugin = plugins.get(plugin)?;
        let pinned = state.pinned.as_ref().and_then(|version| plugin.by_version.get(version));
        let release = pinned.unwrap_or(&plugin.active);
        release.fits(profile.space.kind).then(|| Arc::clone(release))
    }

    /// Everything that runs in a space, in the order of its manifests.
    pub(crate) fn all_running(&self, profile: &SpaceProfile) -> Vec<Arc<Release>> {
        let mut running: Vec<_> = profile.plugins.keys().filter_map(|plugin| self.running(profile, plugin)).collect();
        running.sort_by_key(|release| release.manifest.order);
        running
    }

    /// Who hears an event in spaces of a kind, switched on or off: what is off hears it when it is on again.
    pub(crate) fn hearers(&self, event: &str, kind: SpaceKind) -> Vec<String> {
        let plugins = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let hearing = plugins.values().filter(|plugin| plugin.active.fits(kind) && plugin.active.hears(event));
        hearing.map(|plugin| plugin.active.manifest.name.clone()).collect()
    }
}
