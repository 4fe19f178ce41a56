//! `GET /api/v1/villages/{village}/{plugin}/p/{route…}`: a page of a plugin as its view tree.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::answer;
use crate::Web;
use crate::error::Refusal;
use crate::pages::counted;
use crate::pages::plugin::route_in;
use crate::receipts::Opened;
use crate::visit::{At, Visit};

/// The handler of the first page.
pub(crate) async fn first(
    State(web): State<Web>,
    visit: Visit,
    At((_, plugin)): At<(String, String)>,
    RawQuery(query): RawQuery,
    opened: Opened,
) -> Response {
    counted(&web, &plugin, tree(&web, &visit, &opened, (&plugin, "", query.as_deref())).await)
}

/// The handler of the pages below.
pub(crate) async fn below(
    State(web): State<Web>,
    visit: Visit,
    At((_, plugin, route)): At<(String, String, String)>,
    RawQuery(query): RawQuery,
    opened: Opened,
) -> Response {
    counted(&web, &plugin, tree(&web, &visit, &opened, (&plugin, &route, query.as_deref())).await)
}

async fn tree(
    web: &Web,
    visit: &Visit,
    opened: &Opened,
    (plugin, route, query): (&str, &str, Option<&str>),
) -> Result<Response, Refusal> {
    let release = visit.plugin(web, plugin)?;
    let (page, params) = route_in(&release.manifest, route, query).ok_or(Refusal::NotFound)?;
    visit.admit(&page.who)?;
    let view = web.runtime.page(&visit.caller(), plugin, &page.name, params.clone()).await?;
    let response = answer(StatusCode::OK, serde_json::to_value(view).map_err(Refusal::internal)?);
    web.receipts.note(web, visit, opened, plugin, page, &params);
    Ok(response)
}
