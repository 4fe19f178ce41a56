//! `GET /v/{village}/me/todos`: everything that waits for the reader, from all plugins.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_runtime::CallError;

use super::home::call_of;
use super::private;
use crate::Web;
use crate::badge;
use crate::error::Refusal;
use crate::frame;
use crate::render::pages::{ModuleTodos, todos};
use crate::visit::Visit;

/// The handler.
pub(crate) async fn get(State(web): State<Web>, visit: Visit) -> Result<Response, Refusal> {
    visit.person().ok_or(Refusal::SignIn)?;
    let releases = web.runtime.plugins_of(&visit.profile);
    visit.require(releases.iter().any(|release| badge::has_todos(&release.manifest, visit.roles)))?;
    let all = web.runtime.todos(&visit.caller()).await?;
    let cx = frame::of_visit(&web, &visit).await;
    let modules: Vec<ModuleTodos<'_>> = all
        .iter()
        .filter(|module| !matches!(module.todos, Err(CallError::NotFound | CallError::Unauthenticated)))
        .filter_map(|module| {
            let release = releases.iter().find(|release| release.manifest.name == module.plugin)?;
            let todos = module.todos.as_ref().map(Vec::as_slice).map_err(call_of);
            Some(ModuleTodos { module: &release.manifest, todos })
        })
        .collect();
    Ok(private(&web, &visit.reader, StatusCode::OK, todos(&cx, &modules)))
}
