//! `POST /v/{village}/sign-out` (and `/sign-out`): closes the session.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::response::Response;

use super::{go, set_cookie};
use crate::Web;
use crate::error::Refusal;
use crate::reader::Reader;
use crate::render::addresses;
use crate::visit::Visit;

/// From a village: back to its home.
pub(crate) async fn post(State(web): State<Web>, visit: Visit) -> Result<Response, Refusal> {
    leave(&web, &visit.reader, &addresses::home(visit.code())).await
}

/// From the district: back to the portal.
pub(crate) async fn post_anywhere(
    State(web): State<Web>,
    Extension(reader): Extension<Arc<Reader>>,
) -> Result<Response, Refusal> {
    leave(&web, &reader, addresses::PORTAL).await
}

async fn leave(web: &Web, reader: &Reader, to: &str) -> Result<Response, Refusal> {
    if let Some(signed) = &reader.signed {
        web.store.district().close_session(&signed.session).await?;
    }
    let mut response = go(web, to, None);
    set_cookie(response.headers_mut(), &web.cookies().forget(web.cookies().session()));
    Ok(response)
}
