//! The JSON API: one file per address, described at `/api/v1/openapi.json`. Errors are problem documents, made
//! in `error.rs`.

use axum::Json;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use crate::body::{self, MAX_JSON, media_type};
use crate::error::Refusal;

pub(crate) mod act;
pub(crate) mod decision;
pub(crate) mod messages;
pub(crate) mod openapi;
pub(crate) mod page;
pub(crate) mod query;
pub(crate) mod rule_versions;
pub(crate) mod rules;
pub(crate) mod schema;
pub(crate) mod session;
pub(crate) mod upload;
pub(crate) mod villages;

/// An answer for its reader alone.
pub(crate) fn answer(status: StatusCode, body: Value) -> Response {
    let mut response = (status, Json(body)).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response
}

/// The JSON object of a body; no body at all is an empty one.
pub(crate) async fn object(request: Request) -> Result<Map<String, Value>, Refusal> {
    let (parts, content) = request.into_parts();
    let kind = media_type(&parts.headers);
    if !kind.is_empty() && kind != "application/json" {
        return Err(Refusal::MediaType("application/json"));
    }
    let content = body::read(content, &parts.headers, MAX_JSON).await?;
    if content.is_empty() {
        return Ok(Map::new());
    }
    if kind.is_empty() {
        return Err(Refusal::MediaType("application/json"));
    }
    match serde_json::from_slice(&content) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Refusal::Malformed("expected a JSON object".to_owned())),
        Err(error) => Err(Refusal::Malformed(error.to_string())),
    }
}
