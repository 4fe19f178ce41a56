//! An id for every request, a span for the log without bodies or queries, and the counts.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use cunshi_model::id::uuid_at;
use tracing::Instrument;

use crate::Web;
use crate::metrics::Of;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The layer.
pub(crate) async fn trace(State(web): State<Web>, request: Request, next: Next) -> Response {
    let id = uuid_at(web.clock.now()).to_string();
    let span = tracing::info_span!("request", id, method = %request.method(), path = request.uri().path());
    let began = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = began.elapsed();
    let plugin = response.extensions().get::<Of>().map(|of| of.0.clone());
    web.metrics.count(plugin.as_deref(), response.status(), took);
    span.in_scope(|| {
        let (status, ms) = (response.status().as_u16(), took.as_secs_f64() * 1_000.0);
        tracing::info!(status, ms, plugin = plugin.as_deref().unwrap_or("host"), "answered");
    });
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}
