//! Jobs: steps that the clock asks for, each one write transaction that also plans the next.

use std::sync::Arc;

use cunshi_model::clock::{DAY, HOUR};
use cunshi_model::port::{AuditEntry, DueJob, SpaceProfile};
use serde_json::json;

use super::Site;
use super::hear::BACKOFF;
use super::visit::Visit;
use crate::abi::Export;
use crate::cache::sha256;
use crate::error::CallError;
use crate::release::Release;
use crate::rules::FailedRule;
use crate::runtime::Runtime;
use crate::state::Access;

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stepped {
    /// It was done.
    Done,
    /// The space is busy: nothing to do now.
    Later,
    /// It failed and will be tried again.
    Failed,
    /// It met a rule that has to be mended first.
    Parked,
}

impl Runtime {
    pub(crate) async fn step(
        &self,
        profile: &Arc<SpaceProfile>,
        release: Arc<Release>,
        due: &DueJob,
    ) -> Result<Stepped, CallError> {
        let site = Site { profile: Arc::clone(profile), release };
        let declared = site.release.manifest.jobs.iter().find(|job| job.name == due.job);
        let Some(period) = declared.map(|job| job.period().unwrap_or(HOUR)) else {
            self.forget_missing_jobs(&site).await?;
            return Ok(Stepped::Done);
        };
        let mut failed = Vec::new();
        let stepped = self.one_step(&site, due, period, &mut failed).await;
        self.inner.keep_failed_rules(profile.space.id, failed).await;
        match stepped {
            Ok(()) => Ok(Stepped::Done),
            Err(CallError::Busy { .. }) => Ok(Stepped::Later),
            Err(CallError::Data(error)) => Err(CallError::Data(error)),
            Err(CallError::RuleFailed(_)) => {
                // Until the rule is mended trying again is no use; whoever mends it brings the job forward.
                let plan = DueJob { attempts: 1, ..due.clone() };
                self.plan(&site, &plan, DAY).await?;
                Ok(Stepped::Parked)
            }
            Err(_) => {
                let attempts = usize::try_from(due.attempts).unwrap_or(usize::MAX);
                // After the last retry the job begins anew at its next time.
                let (plan, wait) = match BACKOFF.get(attempts) {
                    Some(wait) => (DueJob { attempts: due.attempts + 1, ..due.clone() }, *wait),
                    None => (DueJob { attempts: 0, cursor: None, ..due.clone() }, period),
                };
                self.plan(&site, &plan, wait).await?;
                Ok(Stepped::Failed)
            }
        }
    }

    async fn plan(&self, site: &Site, plan: &DueJob, wait: i64) -> Result<(), CallError> {
        let mut space = self.inner.spaces.write(site.profile.space.id).await?;
        space.plan_job(plan, self.inner.clock.now().saturating_add(wait)).await?;
        space.commit().await?;
        Ok(())
    }

    async fn one_step(
        &self,
        site: &Site,
        due: &DueJob,
        period: i64,
        failed: &mut Vec<FailedRule>,
    ) -> Result<(), CallError> {
        let inner = &self.inner;
        let id = site.profile.space.id;
        let admission = inner.admit(id)?;
        let space = inner.spaces.write(id).await?;
        let visit = Visit::own(inner, site, Export::Jobs, &due.job);
        let context = visit.context(&json!({ "cursor": due.cursor }))?;
        let (mut state, answer) = visit.run::<Option<String>>(Access::Write(space), admission, context).await;
        failed.append(&mut state.failed_rules);
        let cursor = answer?;
        let Access::Write(mut space) = state.access else { return Ok(()) };
        let next_at = if cursor.is_some() { visit.now } else { visit.now.saturating_add(period) };
        let plan = DueJob { cursor, attempts: 0, ..due.clone() };
        space.plan_job(&plan, next_at).await?;
        if state.wrote {
            let action = format!("{}/job/{}", due.plugin, due.job);
            let digest = sha256(due.cursor.as_deref().unwrap_or_default().as_bytes());
            space
                .audit(AuditEntry { at: visit.now, actor: None, action: &action, subject: None, digest: &digest })
                .await?;
        }
        space.commit().await?;
        Ok(())
    }

    async fn forget_missing_jobs(&self, site: &Site) -> Result<(), CallError> {
        let names: Vec<String> = site.release.manifest.jobs.iter().map(|job| job.name.clone()).collect();
        let mut space = self.inner.spaces.write(site.profile.space.id).await?;
        space.set_jobs(site.release.name(), &names, self.inner.clock.now()).await?;
        space.commit().await?;
        Ok(())
    }
}
