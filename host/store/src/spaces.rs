//! What the runtime asks of spaces, answered from the store.

use std::sync::Arc;

use async_trait::async_trait;
use cunshi_model::port::{ReadSpace, Result, SpaceProfile, Spaces, WriteSpace};
use cunshi_model::rules::DistrictRules;
use cunshi_model::{Micros, SpaceId};

use crate::Store;

#[async_trait]
impl Spaces for Store {
    async fn profile(&self, space: SpaceId) -> Result<Arc<SpaceProfile>> {
        self.space(space).await?.profile().await
    }

    async fn read(&self, space: SpaceId) -> Result<Box<dyn ReadSpace>> {
        Ok(Box::new(self.space(space).await?.snapshot().await?))
    }

    async fn write(&self, space: SpaceId) -> Result<Box<dyn WriteSpace>> {
        Ok(Box::new(self.space(space).await?.transaction().await?))
    }

    async fn district_rules(&self) -> Result<Arc<DistrictRules>> {
        self.rules_of_district().await
    }

    async fn due(&self, now: Micros, limit: usize) -> Result<Vec<SpaceId>> {
        self.due_spaces(now, limit).await
    }

    async fn next_due(&self) -> Result<Option<Micros>> {
        self.earliest_due().await
    }

    async fn wait_for_work(&self) {
        self.shared().work.notified().await;
    }
}
