//! Pages: read-only, each a view tree.

use cunshi_contract::View;
use serde_json::{Map, Value};

use super::Caller;
use super::visit::Visit;
use crate::abi::Export;
use crate::error::CallError;
use crate::fields;
use crate::runtime::Runtime;
use crate::state::Access;

impl Runtime {
    /// A page's view tree. Parameters that the page does not declare are passed over: links travel, and
    /// come back with other people's additions.
    pub async fn page(
        &self,
        caller: &Caller,
        plugin: &str,
        page: &str,
        mut params: Map<String, Value>,
    ) -> Result<View, CallError> {
        let inner = &self.inner;
        let site = inner.site(caller.space, plugin).await?;
        let declared = site.release.manifest.page(page).ok_or(CallError::NotFound)?;
        caller.pass(&declared.who)?;
        params.retain(|name, _| declared.params.iter().any(|param| name.split('.').next() == Some(&param.name)));
        let params = fields::validate(&declared.params, &params, caller.lang).map_err(CallError::Invalid)?;
        let admission = inner.admit(caller.space)?;
        let space = inner.spaces.read(caller.space).await?;
        let visit = Visit::of(inner, &site, Export::Pages, page, caller);
        let context = visit.context(&params)?;
        let (state, answer) = visit.run::<String>(Access::Read(space), admission, context).await;
        visit.view(&answer?, &state.log)
    }
}
