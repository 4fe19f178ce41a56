//! What an admin sets for the space: plugins on or off, their settings, the office's telephone.

use cunshi_model::port::{AuditEntry, DataError, PluginState, Result};
use cunshi_model::{Actor, Micros};
use serde_json::Value;

use super::audit::RecordState;
use super::digest::Fields;
use super::transaction::Transaction;
use super::{SpaceStore, jobs, profile};
use crate::db::{Lease, args};

statements! {
    PUT_PLUGIN = "INSERT INTO plugin_state (space_id, plugin, is_on, pinned) VALUES ($1, $2, $3, $4)
        ON CONFLICT (space_id, plugin) DO UPDATE SET is_on = excluded.is_on, pinned = excluded.pinned";
    PUT_SETTINGS = "INSERT INTO setting (space_id, plugin, value) VALUES ($1, $2, $3)
        ON CONFLICT (space_id, plugin) DO UPDATE SET value = excluded.value";
    PUT_OFFICE = "UPDATE space_state SET office_phone = $2 WHERE space_id = $1";
}

const PLUGIN: &str = "plugin";
const SETTING: &str = "setting";
const OFFICE: &str = "office";

fn plugin_hash(name: &str, state: &PluginState) -> String {
    Fields::of(PLUGIN).text(name).number(i64::from(state.on)).maybe(state.pinned.as_deref()).finish()
}

fn setting_hash(plugin: &str, value: &str) -> String {
    Fields::of(SETTING).text(plugin).text(value).finish()
}

fn office_hash(phone: Option<&str>) -> String {
    Fields::of(OFFICE).maybe(phone).finish()
}

/// What the audit's traces should say.
pub(super) async fn states(lease: &mut Lease, space: &str) -> Result<Vec<(&'static str, String, RecordState)>> {
    let mut states = Vec::new();
    let mut state = |collection, record, hash| states.push((collection, record, RecordState { version: 0, hash }));
    for (name, plugin) in profile::plugins(lease, space).await? {
        let hash = plugin_hash(&name, &plugin);
        state(PLUGIN, name, hash);
    }
    for (plugin, value) in profile::settings(lease, space).await? {
        let hash = setting_hash(&plugin, &value);
        state(SETTING, plugin, hash);
    }
    if let Some(phone) = profile::office_phone(lease, space).await? {
        state(OFFICE, "phone".to_owned(), office_hash(Some(&phone)));
    }
    Ok(states)
}

impl SpaceStore {
    /// Switches a plugin on or off, or pins it, and sets the jobs that it has. What is the same already is not
    /// written.
    pub async fn set_plugin(
        &self,
        name: &str,
        state: &PluginState,
        jobs: &[String],
        by: Option<Actor>,
        now: Micros,
    ) -> Result<()> {
        let mut tx = self.transaction().await?;
        let stored = profile::plugins(&mut tx.lease, self.key()).await?;
        let same = stored.get(name) == Some(state);
        if !jobs::set(&mut tx, name, jobs, now).await? && same {
            return Ok(());
        }
        tx.lease.execute(PUT_PLUGIN, args![self.key(), name, state.on, state.pinned.as_deref()]).await?;
        // Its deliveries and jobs begin to count, or cease to.
        tx.touch();
        let record = (PLUGIN, name, plugin_hash(name, state));
        keep(tx, "host/plugin", record, by, now).await
    }

    /// Sets a plugin's settings: a JSON object of declared names. What is the same already is not written.
    pub async fn set_settings(&self, plugin: &str, settings: &Value, by: Option<Actor>, now: Micros) -> Result<()> {
        if !settings.is_object() {
            return Err(DataError::Invalid(format!("the settings of `{plugin}` must be a JSON object")));
        }
        let value = settings.to_string();
        let mut tx = self.transaction().await?;
        if profile::settings(&mut tx.lease, self.key()).await?.get(plugin) == Some(&value) {
            return Ok(());
        }
        tx.lease.execute(PUT_SETTINGS, args![self.key(), plugin, &value]).await?;
        keep(tx, "host/settings", (SETTING, plugin, setting_hash(plugin, &value)), by, now).await
    }

    /// Sets the telephone of the office. What is the same already is not written.
    pub async fn set_office_phone(&self, phone: Option<&str>) -> Result<()> {
        let mut tx = self.transaction().await?;
        if profile::office_phone(&mut tx.lease, self.key()).await?.as_deref() == phone {
            return Ok(());
        }
        tx.lease.execute(PUT_OFFICE, args![self.key(), phone]).await?;
        let hash = phone.map(|_| office_hash(phone)).unwrap_or_default();
        let now = self.shared.clock.now();
        keep(tx, "host/office-phone", (OFFICE, "phone", hash), None, now).await
    }
}

async fn keep(
    mut tx: Transaction,
    action: &str,
    record: (&str, &str, String),
    by: Option<Actor>,
    now: Micros,
) -> Result<()> {
    let (collection, name, hash) = record;
    tx.note(&AuditEntry { at: now, actor: by, action, subject: Some(name), digest: &hash });
    tx.pending.trace("", collection, name, 0, hash.clone());
    tx.renew_profile();
    tx.commit().await.map(drop)
}
