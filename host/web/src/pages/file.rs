//! `GET /v/{village}/files/{id}` and `…/small`: an uploaded file, for whoever may read its record.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, VARY};
use axum::http::{Response, StatusCode};
use cunshi_model::port::FileRecord;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::Web;
use crate::cache::knows;
use crate::error::Refusal;
use crate::files::access::readable;
use crate::visit::{At, Visit};

/// The handler of the whole file.
pub(crate) async fn get(
    State(web): State<Web>,
    visit: Visit,
    At((_, id)): At<(String, String)>,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    answer(&web, &visit, &id, &headers, false).await
}

/// The handler of the small picture.
pub(crate) async fn small(
    State(web): State<Web>,
    visit: Visit,
    At((_, id)): At<(String, String)>,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    answer(&web, &visit, &id, &headers, true).await
}

async fn answer(
    web: &Web,
    visit: &Visit,
    id: &str,
    headers: &HeaderMap,
    small: bool,
) -> Result<Response<Body>, Refusal> {
    let record = readable(web, visit, id.parse().map_err(|_| Refusal::NotFound)?).await?;
    if small && !record.image {
        return Err(Refusal::NotFound);
    }
    // The bytes of an id never change; who may see them may, and another reader brings another cookie.
    let tag = format!("\"{}{}\"", record.id, if small { "-small" } else { "" });
    let mut response = if knows(headers, &tag) {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        Response::new(Body::from(web.files.bytes(visit.space.id, record.id, small).await?))
    };
    let out = response.headers_mut();
    out.insert(CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
    out.insert(VARY, HeaderValue::from_static("cookie, authorization"));
    for (name, value) in
        [(ETAG, tag), (CONTENT_TYPE, record.media_type.clone()), (CONTENT_DISPOSITION, shown_as(&record))]
    {
        out.insert(name, HeaderValue::from_str(&value).map_err(Refusal::internal)?);
    }
    Ok(response)
}

/// Photos are shown, everything else is saved.
fn shown_as(record: &FileRecord) -> String {
    let name = utf8_percent_encode(&record.name, NON_ALPHANUMERIC);
    let how = if record.image { "inline" } else { "attachment" };
    format!("{how}; filename*=UTF-8''{name}")
}
