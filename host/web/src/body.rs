//! Reading bodies under a limit that the answer can name.

use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use futures::StreamExt;

use crate::error::Refusal;

/// Greatest JSON or urlencoded body.
pub(crate) const MAX_JSON: u64 = 1024 * 1024;
/// Greatest multipart body: some photos at once.
pub(crate) const MAX_MULTIPART: u64 = 20 * 1024 * 1024;
/// How much of a body that is too large is still read and thrown away, so that its sender hears the answer
/// instead of a broken connection.
const PATIENCE: u64 = 64 * 1024 * 1024;

/// The whole body, or a refusal that names the limit.
pub(crate) async fn read(body: Body, headers: &HeaderMap, limit: u64) -> Result<Bytes, Refusal> {
    let declared =
        headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()).and_then(|n| n.parse::<u64>().ok());
    if declared.is_some_and(|length| length > PATIENCE) {
        return Err(Refusal::TooLarge(limit));
    }
    let mut stream = body.into_data_stream();
    let mut kept = Vec::new();
    let mut seen: u64 = 0;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|error| Refusal::Malformed(error.to_string()))?;
        seen += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        if seen <= limit {
            kept.extend_from_slice(&chunk);
        } else {
            kept = Vec::new();
            if seen > PATIENCE {
                break;
            }
        }
    }
    if seen > limit { Err(Refusal::TooLarge(limit)) } else { Ok(kept.into()) }
}

/// The media type of a body, without parameters, in lower case; empty when there is none.
pub(crate) fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
