//! Carriage: events that go up or down the tree, from one space's outbox to another's inbox.
//!
//! The target keeps (source, sequence), so that an event that was written there and not yet marked here
//! arrives once.

use cunshi_model::clock::{HOUR, MINUTE, SECOND};
use cunshi_model::port::{Carriage, DataError};
use cunshi_model::{Micros, SpaceId};

use crate::error::CallError;
use crate::runtime::Runtime;

const WAITS: [Micros; 4] = [SECOND, 10 * SECOND, MINUTE, 10 * MINUTE];

impl Runtime {
    /// Carries some events out of a space; answers how many arrived and how many did not.
    pub(crate) async fn carry(&self, source: SpaceId, carriages: &[Carriage]) -> Result<(u32, u32), CallError> {
        let mut arrived = Vec::new();
        let mut stayed = Vec::new();
        for carriage in carriages {
            // What follows a failed one to the same place about the same thing waits behind it.
            let behind = |(other, _): &(&Carriage, DataError)| {
                other.target == carriage.target && other.event.subject == carriage.event.subject
            };
            if stayed.iter().any(behind) {
                continue;
            }
            match self.hand_over(carriage).await {
                Ok(()) => arrived.push(carriage.id),
                Err(error) => stayed.push((carriage, error)),
            }
        }
        let now = self.inner.clock.now();
        let mut space = self.inner.spaces.write(source).await?;
        for id in &arrived {
            space.carried(*id).await?;
        }
        for (carriage, error) in &stayed {
            let wait = usize::try_from(carriage.attempts).ok().and_then(|attempts| WAITS.get(attempts));
            let (to, event) = (carriage.target, &carriage.event.name);
            tracing::warn!(space = %source, %to, event, %error, "an event was not carried");
            let retry_at = now.saturating_add(*wait.unwrap_or(&HOUR));
            space.not_carried(carriage.id, &error.to_string(), retry_at).await?;
        }
        space.commit().await?;
        let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
        Ok((count(arrived.len()), count(stayed.len())))
    }

    async fn hand_over(&self, carriage: &Carriage) -> Result<(), DataError> {
        let inner = &self.inner;
        let profile = inner.spaces.profile(carriage.target).await?;
        let hearers = inner.catalogue.hearers(&carriage.event.name, profile.space.kind);
        let mut space = inner.spaces.write(carriage.target).await?;
        if space.receive(carriage, &hearers, inner.clock.now()).await? {
            space.commit().await?;
            inner.wake.notify_one();
        }
        Ok(())
    }
}
