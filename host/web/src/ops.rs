//! For machines that watch: `/healthz`, `/readyz`, `/metrics`.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::Web;
use crate::error::Refusal;

/// The process answers.
pub(crate) async fn health() -> Response {
    ([(CACHE_CONTROL, "no-store")], "ok\n").into_response()
}

/// The process can serve: its database answers and it knows its district.
pub(crate) async fn ready(State(web): State<Web>) -> Result<Response, Refusal> {
    web.store.district().note("ready").await?;
    web.store.district().tree().root().ok_or(Refusal::Busy { retry_after_s: 5 })?;
    Ok(([(CACHE_CONTROL, "no-store")], "ok\n").into_response())
}

/// The counts.
pub(crate) async fn metrics(State(web): State<Web>) -> Response {
    let (pages, bytes) = web.cache.size();
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-store")], web.metrics.text(pages, bytes)).into_response()
}
