//! `GET /assets/{file}`: stylesheet, script and icon; their names change with their content.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};

use crate::assets;
use crate::cache::knows;
use crate::error::Refusal;
use crate::visit::At;

/// The handler.
pub(crate) async fn get(At(file): At<String>, headers: HeaderMap) -> Result<Response<Body>, Refusal> {
    let asset = assets::find(&file).ok_or(Refusal::NotFound)?;
    let mut response = if knows(&headers, asset.etag) {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        Response::new(Body::from(asset.bytes))
    };
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static(asset.media_type));
    out.insert(ETAG, HeaderValue::from_static(asset.etag));
    out.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    Ok(response)
}
