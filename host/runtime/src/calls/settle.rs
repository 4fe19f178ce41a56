//! A new release in a space: its jobs are planned, and its old documents brought to the present schema in
//! batches that may stop and go on at any point.

use std::sync::{Arc, PoisonError};

use cunshi_contract::manifest::Collection;
use cunshi_model::Viewer;
use cunshi_model::port::{DataError, Document, Place};

use super::Site;
use crate::admission::Admission;
use crate::error::CallError;
use crate::report::FailureReport;
use crate::runtime::Runtime;
use crate::upgrade::{self, Asker};

/// Documents of one batch.
const BATCH: u32 = 50;
/// Batches of one visit to a space.
const BATCHES: usize = 20;

impl Runtime {
    /// Brings a space up to a release, once; answers how many documents were upgraded.
    pub(crate) async fn settle(&self, site: &Site) -> Result<u32, CallError> {
        let space = site.profile.space.id;
        let key = (space, site.release.digest.clone());
        if self.inner.settled.lock().unwrap_or_else(PoisonError::into_inner).contains(&key) {
            return Ok(0);
        }
        let manifest = &site.release.manifest;
        if !manifest.jobs.is_empty() {
            let names: Vec<String> = manifest.jobs.iter().map(|job| job.name.clone()).collect();
            let mut data = self.inner.spaces.write(space).await?;
            data.set_jobs(&manifest.name, &names, self.inner.clock.now()).await?;
            data.commit().await?;
        }
        let mut upgraded = 0;
        for collection in manifest.collections.iter().filter(|collection| collection.schema > 1) {
            let (stored, finished) = self.upgrade_all(site, collection).await?;
            upgraded += stored;
            if !finished {
                self.inner.visit_soon(space);
                return Ok(upgraded);
            }
        }
        self.inner.settled.lock().unwrap_or_else(PoisonError::into_inner).insert(key);
        Ok(upgraded)
    }

    /// Upgrades what is outdated in a collection; answers how many, and whether that was all. A document
    /// that cannot be upgraded is reported and passed over.
    async fn upgrade_all(&self, site: &Site, collection: &Collection) -> Result<(u32, bool), CallError> {
        let space = site.profile.space.id;
        let admission = self.inner.admit(space)?;
        let mut after: Option<String> = None;
        let mut stored = 0;
        for _ in 0..BATCHES {
            let at = Place { plugin: site.release.name(), collection, viewer: Viewer::System };
            let mut data = self.inner.spaces.write(space).await?;
            let documents = data.outdated(at, after.as_deref(), BATCH).await?;
            drop(data);
            let Some(last) = documents.last() else { return Ok((stored, true)) };
            after = Some(last.id.clone());
            // The guest runs outside of the transaction: nothing slow happens inside.
            let bodies = self.bodies(site, collection, &admission, documents).await;
            let mut data = self.inner.spaces.write(space).await?;
            for (document, body) in &bodies {
                match data.store_upgraded(at, &document.id, document.version, body).await {
                    Ok(()) => stored += 1,
                    // Changed meanwhile, and by that brought to the present schema.
                    Err(DataError::Conflict { .. } | DataError::Missing) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            data.commit().await?;
        }
        Ok((stored, false))
    }

    async fn bodies(
        &self,
        site: &Site,
        collection: &Collection,
        admission: &Admission,
        documents: Vec<Document>,
    ) -> Vec<(Document, String)> {
        let now = self.inner.clock.now();
        let mut bodies = Vec::with_capacity(documents.len());
        for document in documents {
            let asker = Asker {
                inner: &self.inner,
                release: &site.release,
                profile: &site.profile,
                admission: admission.beside(),
                now,
            };
            match upgrade::body(asker, collection, &document).await {
                Ok(body) => bodies.push((document, body)),
                Err(told) => {
                    let what = format!("upgrade/{}/{}", collection.name, document.id);
                    let (plugin, space) = (site.release.name(), site.profile.space.id);
                    tracing::warn!(%space, plugin, what, guest = told.detail, "a document cannot be upgraded");
                    let call = self.inner.call_id().to_string();
                    let (summary, detail) = (told.summary, told.detail);
                    self.inner.failures.keep(plugin, FailureReport { at: now, space, call, what, summary, detail });
                }
            }
        }
        bodies
    }

    pub(crate) fn sites(&self, profile: &Arc<cunshi_model::port::SpaceProfile>) -> Vec<Site> {
        let running = self.inner.catalogue.all_running(profile);
        running.into_iter().map(|release| Site { profile: Arc::clone(profile), release }).collect()
    }
}
