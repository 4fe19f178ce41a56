//! `GET /api/v1/villages/{village}/{plugin}/q/{query}`: a query of a plugin → `{result}`.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::answer;
use crate::Web;
use crate::error::Refusal;
use crate::pages::counted;
use crate::pages::plugin::query_params;
use crate::visit::{At, Visit};

/// The handler.
pub(crate) async fn get(
    State(web): State<Web>,
    visit: Visit,
    At((_, plugin, query)): At<(String, String, String)>,
    RawQuery(asked): RawQuery,
) -> Response {
    counted(&web, &plugin, ask(&web, &visit, &plugin, &query, asked.as_deref()).await)
}

async fn ask(web: &Web, visit: &Visit, plugin: &str, name: &str, asked: Option<&str>) -> Result<Response, Refusal> {
    let release = visit.plugin(web, plugin)?;
    let query = release.manifest.query(name).ok_or(Refusal::NotFound)?;
    visit.admit(&query.who)?;
    let params = query_params(asked, |name| query.params.iter().any(|param| param.name == name));
    let result = web.runtime.query(&visit.caller(), plugin, name, params).await?;
    Ok(answer(StatusCode::OK, json!({ "result": result })))
}
