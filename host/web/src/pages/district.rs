//! `GET /district`: every village at a glance, for officers of the district; and the same for a town's
//! officers at `GET /v/{town}/manage/villages`.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_model::{Role, SpaceKind};

use super::{overview, private};
use crate::Web;
use crate::error::Refusal;
use crate::frame;
use crate::reader::Reader;
use crate::render::pages::{Overview, overview as draw};
use crate::visit::Visit;

/// The handler of the district.
pub(crate) async fn get(
    State(web): State<Web>,
    Extension(reader): Extension<Arc<Reader>>,
) -> Result<Response, Refusal> {
    let root = web.store.district().tree().root().map(|root| root.code.clone()).ok_or(Refusal::NotFound)?;
    let visit = Visit::open(&web, &reader, root.as_str()).await?;
    show(&web, &visit).await
}

/// The handler of a town.
pub(crate) async fn town(State(web): State<Web>, visit: Visit) -> Result<Response, Refusal> {
    if visit.space.kind.is_village() {
        return Err(Refusal::NotFound);
    }
    show(&web, &visit).await
}

async fn show(web: &Web, visit: &Visit) -> Result<Response, Refusal> {
    visit.require(visit.roles.has(Role::Officer))?;
    let rows = overview::rows(web, visit.space.id).await;
    let mut cx = frame::of_visit(web, visit).await;
    if visit.space.kind == SpaceKind::District {
        cx.space = None;
    }
    Ok(private(web, &visit.reader, StatusCode::OK, draw(&cx, &Overview { rows: rows.as_ref().clone() })))
}
