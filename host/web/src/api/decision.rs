//! `GET /api/v1/villages/{village}/decisions/{id}`: a decision with its trace, for those whom it concerns.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::answer;
use crate::Web;
use crate::error::Refusal;
use crate::rules::decision;
use crate::visit::{At, Visit};

/// The handler.
pub(crate) async fn get(
    State(web): State<Web>,
    visit: Visit,
    At((_, id)): At<(String, String)>,
) -> Result<Response, Refusal> {
    let found = decision::find(&web, &visit, &id).await?;
    Ok(answer(StatusCode::OK, found.json(visit.reader.lang)))
}
