//! What the district lays down about rules for all its spaces: guards and locks, kept as notes, and the active rules
//! of the space at the top of the tree. Kept in memory until one of them changes.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use cunshi_model::Micros;
use cunshi_model::port::{DataError, Result};
use cunshi_model::rules::{DistrictRules, Guard, Origin};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::District;
use crate::Store;

/// The note of the guards.
const GUARDS: &str = "rules/guards";
/// The note of the locks.
const LOCKS: &str = "rules/locks";

/// What was read last.
#[derive(Debug, Default)]
pub(super) struct Kept {
    changes: AtomicU64,
    rules: RwLock<Option<Reading>>,
}

/// What held at an instant, and until when it does.
#[derive(Clone, Debug)]
struct Reading {
    rules: Arc<DistrictRules>,
    from: Micros,
    until: Micros,
}

impl Kept {
    fn forget(&self) {
        let mut kept = self.rules.write().unwrap_or_else(PoisonError::into_inner);
        self.changes.fetch_add(1, Ordering::AcqRel);
        *kept = None;
    }

    fn at(&self, now: Micros) -> Option<Arc<DistrictRules>> {
        let kept = self.rules.read().unwrap_or_else(PoisonError::into_inner);
        let reading = kept.as_ref().filter(|reading| (reading.from..reading.until).contains(&now));
        reading.map(|reading| Arc::clone(&reading.rules))
    }

    /// Keeps what was read, unless something has changed since.
    fn keep(&self, changes: u64, reading: Reading) {
        let mut kept = self.rules.write().unwrap_or_else(PoisonError::into_inner);
        if self.changes.load(Ordering::Acquire) == changes {
            *kept = Some(reading);
        }
    }
}

impl District {
    /// Sets what no rule may pass, in all spaces.
    pub async fn set_guards(&self, guards: &[Guard]) -> Result<()> {
        self.set_list(GUARDS, guards).await
    }

    /// What no rule may pass.
    pub async fn guards(&self) -> Result<Vec<Guard>> {
        self.list(GUARDS).await
    }

    /// Sets the hooks for which only the district's rule counts.
    pub async fn set_locks(&self, hooks: &[String]) -> Result<()> {
        self.set_list(LOCKS, hooks).await
    }

    /// The hooks for which only the district's rule counts.
    pub async fn locks(&self) -> Result<Vec<String>> {
        self.list(LOCKS).await
    }

    /// The district's rules have changed: who asks next reads them anew.
    pub(crate) fn forget_rules(&self) {
        self.0.rules.forget();
    }

    async fn set_list<T: Serialize>(&self, key: &str, list: &[T]) -> Result<()> {
        let text = serde_json::to_string(list).map_err(|error| DataError::Storage(error.into()))?;
        let set = self.set_note(key, &text).await;
        self.forget_rules();
        set
    }

    async fn list<T: DeserializeOwned>(&self, key: &str) -> Result<Vec<T>> {
        let Some(text) = self.note(key).await? else { return Ok(Vec::new()) };
        serde_json::from_str(&text).map_err(|error| DataError::Storage(error.into()))
    }
}

impl Store {
    /// Guards, locks and the district's own rules as they hold now.
    pub(crate) async fn rules_of_district(&self) -> Result<Arc<DistrictRules>> {
        let district = self.district();
        let (kept, now) = (&district.0.rules, district.0.clock.now());
        if let Some(rules) = kept.at(now) {
            return Ok(rules);
        }
        let changes = kept.changes.load(Ordering::Acquire);
        let (guards, locks) = (district.guards().await?, district.locks().await?);
        let (active, next) = match district.tree().root() {
            Some(root) => self.space(root.id).await?.active_rules_until(now, Origin::District).await?,
            None => Default::default(),
        };
        let rules = Arc::new(DistrictRules { guards, locks, active });
        let reading = Reading { rules: Arc::clone(&rules), from: now, until: next.unwrap_or(Micros::MAX) };
        kept.keep(changes, reading);
        Ok(rules)
    }
}
