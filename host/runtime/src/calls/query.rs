//! Queries: read-only, each gives JSON.

use serde_json::{Map, Value};

use super::Caller;
use super::visit::Visit;
use crate::abi::Export;
use crate::error::CallError;
use crate::fields;
use crate::runtime::Runtime;
use crate::state::Access;

impl Runtime {
    /// A query's answer.
    pub async fn query(
        &self,
        caller: &Caller,
        plugin: &str,
        query: &str,
        params: Map<String, Value>,
    ) -> Result<Value, CallError> {
        let inner = &self.inner;
        let site = inner.site(caller.space, plugin).await?;
        let declared = site.release.manifest.query(query).ok_or(CallError::NotFound)?;
        caller.pass(&declared.who)?;
        let params = fields::validate(&declared.params, &params, caller.lang).map_err(CallError::Invalid)?;
        let admission = inner.admit(caller.space)?;
        let space = inner.spaces.read(caller.space).await?;
        let visit = Visit::of(inner, &site, Export::Queries, query, caller);
        let context = visit.context(&params)?;
        let (state, answer) = visit.run::<String>(Access::Read(space), admission, context).await;
        visit.json(&answer?, "JSON", &state.log)
    }
}
