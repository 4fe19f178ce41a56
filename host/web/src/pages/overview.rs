//! Villages in numbers, for the district and for towns: measures of all their plugins, kept for a minute.

use std::sync::Arc;
use std::time::Duration;

use cunshi_contract::call::Measured;
use cunshi_model::calendar::{local_day, start_of};
use cunshi_model::{Micros, Space, SpaceId};
use cunshi_runtime::Release;
use futures::StreamExt;
use moka::future::Cache;

use crate::Web;
use crate::render::pages::OverviewRow;

/// Villages counted at once.
const AT_ONCE: usize = 8;
/// How long numbers are shown before they are counted again.
const KEPT: Duration = Duration::from_mins(1);

/// The numbers last counted, by the space above.
pub(crate) struct Overviews(Cache<SpaceId, Arc<Vec<OverviewRow>>>);

impl Overviews {
    pub(crate) fn new() -> Self {
        Self(Cache::builder().max_capacity(64).time_to_live(KEPT).build())
    }
}

/// The villages below a space, in the order of their codes.
pub(super) async fn rows(web: &Web, above: SpaceId) -> Arc<Vec<OverviewRow>> {
    // Many officers who look at once wait for one count.
    web.overviews.0.get_with(above, count(web, above)).await
}

async fn count(web: &Web, above: SpaceId) -> Arc<Vec<OverviewRow>> {
    let tree = web.store.district().tree();
    let mut villages: Vec<Space> = tree.all().iter().filter(|space| space.kind.is_village()).cloned().collect();
    villages.retain(|village| {
        let town = village.parent.and_then(|id| tree.by_id(id));
        village.parent == Some(above) || town.and_then(|town| town.parent) == Some(above)
    });
    villages.sort_by(|a, b| a.code.cmp(&b.code));
    let now = web.clock.now();
    let rows: Vec<_> = villages
        .into_iter()
        .map(|village| {
            let town = village.parent.and_then(|id| tree.by_id(id)).map(|town| town.name.clone());
            row(web, village, town, now)
        })
        .collect();
    Arc::new(futures::stream::iter(rows).buffered(AT_ONCE).collect().await)
}

async fn row(web: &Web, village: Space, town: Option<String>, now: Micros) -> OverviewRow {
    let plugins = match web.store.space(village.id).await {
        Ok(handle) => handle.profile().await.map(|profile| web.runtime.plugins_of(&profile)).unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    let year = start_of(local_day(now).first_of_year());
    let ask = |name: &'static str| measure(web, village.id, &plugins, name, year, now);
    let on_time = ask("closed_on_time").await;
    OverviewRow {
        code: village.code.to_string(),
        name: village.name,
        town: town.unwrap_or_default(),
        cases: ask("registered").await.map(|measured| measured.value),
        open: ask("open").await.map(|measured| measured.value),
        overdue: ask("overdue_open").await.map(|measured| measured.value),
        on_time: on_time.and_then(|measured| Some((measured.value, measured.of?))),
    }
}

/// The measure of that name of whichever plugin declares it; none when there is none, or when it fails.
async fn measure(
    web: &Web,
    village: SpaceId,
    plugins: &[Arc<Release>],
    name: &str,
    from: Micros,
    to: Micros,
) -> Option<Measured> {
    let declares = |release: &&Arc<Release>| release.manifest.measures.iter().any(|measure| measure.name == name);
    let plugin = plugins.iter().find(declares)?;
    web.runtime.measure(village, &plugin.manifest.name, name, from, to).await.ok()
}
