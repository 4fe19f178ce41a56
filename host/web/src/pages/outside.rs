//! `GET /v/{village}/home/outside?url=`: the page between the platform and an address outside. It never leads
//! on by itself.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::{local, private};
use crate::Web;
use crate::error::Refusal;
use crate::frame;
use crate::layers::back_of;
use crate::render::addresses;
use crate::render::pages::outside;
use crate::visit::Visit;

/// Longest address.
const LONGEST: usize = 2_000;

/// The handler.
pub(crate) async fn get(
    State(web): State<Web>,
    visit: Visit,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let query = query.unwrap_or_default();
    let url = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "url").map(|(_, url)| url);
    let url = url.filter(|url| !url.is_empty() && url.len() <= LONGEST).ok_or(Refusal::NotFound)?;
    let back = back_of(&headers).and_then(|path| local(&path).map(str::to_owned));
    let back = back.unwrap_or_else(|| addresses::home(visit.code()));
    let cx = frame::of_visit(&web, &visit).await;
    Ok(private(&web, &visit.reader, StatusCode::OK, outside(&cx, &url, &back)))
}
