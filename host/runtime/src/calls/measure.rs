//! Measures: read-only numbers over a period, for ratings and dashboards.

use cunshi_contract::call::Measured;
use cunshi_model::{Micros, SpaceId};
use serde_json::json;

use super::visit::Visit;
use crate::abi::Export;
use crate::error::CallError;
use crate::runtime::Runtime;
use crate::state::Access;

impl Runtime {
    /// A measure of a space over a period; the platform asks, and sees everything.
    pub async fn measure(
        &self,
        space: SpaceId,
        plugin: &str,
        measure: &str,
        from: Micros,
        to: Micros,
    ) -> Result<Measured, CallError> {
        let inner = &self.inner;
        let site = inner.site(space, plugin).await?;
        if !site.release.manifest.measures.iter().any(|declared| declared.name == measure) {
            return Err(CallError::NotFound);
        }
        let admission = inner.admit(space)?;
        let data = inner.spaces.read(space).await?;
        let visit = Visit::own(inner, &site, Export::Measures, measure);
        let context = visit.context(&json!({ "from": from, "to": to }))?;
        let (state, answer) = visit.run::<String>(Access::Read(data), admission, context).await;
        visit.json(&answer?, "a `contract::Measured`", &state.log)
    }
}
