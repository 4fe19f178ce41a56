//! Deliveries: one event, one subscriber, one transaction that also settles the delivery.

use std::sync::Arc;

use cunshi_model::clock::{HOUR, MINUTE, SECOND};
use cunshi_model::port::{AuditEntry, Delivery, SpaceProfile};
use cunshi_model::{EventId, Micros};

use super::Site;
use super::visit::Visit;
use crate::abi::Export;
use crate::cache::sha256;
use crate::error::CallError;
use crate::release::Release;
use crate::rules::FailedRule;
use crate::runtime::Runtime;
use crate::state::Access;

/// Waiting times after the first failure, the second and so on; after the last it is parked.
pub(crate) const BACKOFF: [Micros; 5] = [SECOND, 10 * SECOND, MINUTE, 10 * MINUTE, HOUR];

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// It had its effect.
    Delivered,
    /// Somebody else settled it, or the space is busy: nothing to do now.
    Later,
    /// It failed and will be tried again.
    Failed,
    /// It failed too often, or by a rule that has to be mended first.
    Parked,
}

impl Runtime {
    pub(crate) async fn deliver(
        &self,
        profile: &Arc<SpaceProfile>,
        release: Arc<Release>,
        delivery: &Delivery,
    ) -> Result<Heard, CallError> {
        let site = Site { profile: Arc::clone(profile), release };
        let mut failed = Vec::new();
        let heard = self.hear(&site, delivery, &mut failed).await;
        self.inner.keep_failed_rules(profile.space.id, failed).await;
        match heard {
            Ok(true) => Ok(Heard::Delivered),
            Ok(false) | Err(CallError::Busy { .. }) => Ok(Heard::Later),
            Err(CallError::Data(error)) => Err(CallError::Data(error)),
            Err(error) => self.not_heard(&site, delivery, &error).await,
        }
    }

    async fn hear(&self, site: &Site, delivery: &Delivery, failed: &mut Vec<FailedRule>) -> Result<bool, CallError> {
        let inner = &self.inner;
        let id = site.profile.space.id;
        let event = &delivery.event;
        let admission = inner.admit(id)?;
        let mut space = inner.spaces.write(id).await?;
        if !space.delivered(delivery.id).await? {
            return Ok(false);
        }
        if !site.release.hears(&event.name) {
            // The present release does not hear it any more: settled without effect.
            space.commit().await?;
            return Ok(true);
        }
        let mut visit = Visit::own(inner, site, Export::Events, &event.name);
        visit.cause = event.id.parse::<EventId>().ok();
        let context = visit.context(event)?;
        let (mut state, answer) = visit.run::<()>(Access::Write(space), admission, context).await;
        failed.append(&mut state.failed_rules);
        answer?;
        let Access::Write(mut space) = state.access else { return Ok(false) };
        if state.wrote {
            let action = format!("{}/event/{}", site.release.name(), event.name);
            let digest = sha256(event.payload.to_string().as_bytes());
            let subject = Some(event.subject.as_str());
            space.audit(AuditEntry { at: visit.now, actor: None, action: &action, subject, digest: &digest }).await?;
        }
        space.commit().await?;
        Ok(true)
    }

    async fn not_heard(&self, site: &Site, delivery: &Delivery, error: &CallError) -> Result<Heard, CallError> {
        let attempts = usize::try_from(delivery.attempts).unwrap_or(usize::MAX);
        // A rule is mended by people: until then trying again is no use.
        let again = BACKOFF.get(attempts).filter(|_| !matches!(error, CallError::RuleFailed(_)));
        let retry_at = again.map(|wait| self.inner.clock.now().saturating_add(*wait));
        let mut space = self.inner.spaces.write(site.profile.space.id).await?;
        space.failed(delivery.id, &for_the_record(error), retry_at).await?;
        space.commit().await?;
        Ok(if retry_at.is_some() { Heard::Failed } else { Heard::Parked })
    }
}

/// A failure in a few words, as the village's console shows it.
pub(crate) fn for_the_record(error: &CallError) -> String {
    let text = match error {
        CallError::Failed(failure) => {
            format!("{} ({})", failure.detail.lines().next().unwrap_or_default(), failure.call)
        }
        CallError::RuleFailed(failed) => format!("{} ({})", failed.detail, failed.call),
        CallError::Stopped(stopped) => format!("{stopped} ({})", stopped.call),
        other => other.to_string(),
    };
    text.chars().take(500).collect()
}
