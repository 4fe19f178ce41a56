//! How many things wait for a reader: asked of every module, shown on every page, and kept until the village changes.

use std::sync::Arc;

use cunshi_contract::Manifest;
use cunshi_contract::manifest::Audience;
use cunshi_model::clock::SECOND;
use cunshi_model::{Micros, PersonId, Roles, SpaceId};
use moka::sync::Cache;

use crate::Web;
use crate::cache::Basis;
use crate::visit::Visit;

/// Readers whose count is kept.
const READERS: u64 = 20_000;
/// How long a count is good while the village does not change: what is due by the clock shows after so long.
const FRESH: Micros = 30 * SECOND;

/// The counts last taken, by space, person and roles.
pub(crate) struct Badges(Cache<(SpaceId, PersonId, i64), Arc<Counted>>);

struct Counted {
    basis: Basis,
    fresh_until: Micros,
    count: usize,
}

impl Badges {
    pub(crate) fn new() -> Self {
        Self(Cache::new(READERS))
    }
}

/// Whether a plugin has to-dos for somebody with these roles.
pub(crate) fn has_todos(manifest: &Manifest, roles: Roles) -> bool {
    !manifest.todos.is_empty() && roles.meets(&Audience::Any(manifest.todos.clone()))
}

/// How many things wait for the reader; none when no plugin has to-dos for their roles.
pub(crate) async fn todos(web: &Web, visit: &Visit) -> Option<usize> {
    let key = (visit.space.id, visit.person()?, visit.roles.bits());
    // The revision is read before the modules are asked: a write in between makes the count stale, never wrong.
    let basis = Basis::of(web, visit).await.ok()?;
    if !basis.releases.iter().any(|release| has_todos(&release.manifest, visit.roles)) {
        return None;
    }
    let now = web.clock.now();
    if let Some(kept) = web.badges.0.get(&key).filter(|kept| kept.fresh_until > now && kept.basis.same(&basis)) {
        return Some(kept.count);
    }
    let modules = web.runtime.todos(&visit.caller()).await.ok()?;
    let whole = modules.iter().all(|module| module.todos.is_ok());
    let count = modules.iter().filter_map(|module| module.todos.as_ref().ok()).map(Vec::len).sum();
    // A module that failed may answer next time.
    if whole {
        web.badges.0.insert(key, Arc::new(Counted { basis, fresh_until: now.saturating_add(FRESH), count }));
    }
    Some(count)
}
