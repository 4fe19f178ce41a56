//! `GET /v/{village}/me/messages`: the reader's inbox. `GET …/messages/{id}` marks one as read and goes where it
//! leads; `POST …/messages/read-all` marks all.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_contract::Lang;

use super::{go, private};
use crate::Web;
use crate::error::Refusal;
use crate::frame;
use crate::inbox;
use crate::pages::plugin::query_params;
use crate::render::addresses;
use crate::render::pages::{Messages, messages};
use crate::visit::{At, Visit};

/// Messages on one page.
const ON_PAGE: u32 = 30;

/// The inbox.
pub(crate) async fn get(State(web): State<Web>, visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let params = query_params(query.as_deref(), |name| name == "cursor");
    let cursor = params.get("cursor").and_then(serde_json::Value::as_str);
    let page = inbox::page(&web, &visit, false, cursor, ON_PAGE).await?;
    let cx = frame::of_visit(&web, &visit).await;
    let rows = page.messages.iter().map(|message| inbox::row(&web, &visit, message)).collect();
    let base = addresses::messages(visit.code());
    let next = page.next.map(|next| format!("{base}?cursor={next}"));
    Ok(private(&web, &visit.reader, StatusCode::OK, messages(&cx, &Messages { rows, next })))
}

/// One message: on to its page, or back to the inbox where it leads nowhere.
pub(crate) async fn open(
    State(web): State<Web>,
    visit: Visit,
    At((_, id)): At<(String, String)>,
) -> Result<Response, Refusal> {
    let message = inbox::open(&web, &visit, &id).await?;
    let to = inbox::leads_to(&web, &visit, &message).unwrap_or_else(|| addresses::messages(visit.code()));
    Ok(go(&web, &to, None))
}

/// All of them are read.
pub(crate) async fn read_all(State(web): State<Web>, visit: Visit) -> Result<Response, Refusal> {
    let person = inbox::owner(&visit)?;
    web.store.space(visit.space.id).await?.read_messages(person, web.clock.now()).await?;
    let said = match visit.reader.lang {
        Lang::Zh => "都标成已读了。",
        Lang::En => "All are marked as read.",
    };
    Ok(go(&web, &addresses::messages(visit.code()), Some((said.to_owned(), true))))
}
