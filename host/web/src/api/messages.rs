//! `GET /api/v1/villages/{village}/messages`: the reader's inbox. `POST …/messages/{id}/read` and
//! `POST …/messages/read-all` mark as read.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_contract::Lang;
use cunshi_runtime::FieldError;
use serde_json::{Map, Value, json};

use super::answer;
use crate::Web;
use crate::error::Refusal;
use crate::inbox;
use crate::pages::plugin::query_params;
use crate::visit::{At, Visit};

/// Greatest number of messages of one answer.
pub(crate) const MOST: u32 = 100;
/// Messages of one answer where the query is silent.
const LIMIT: u32 = 20;

/// `?unread=true&limit=20&cursor=…` → `{messages, unread, next?}`.
pub(crate) async fn list(State(web): State<Web>, visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    inbox::owner(&visit)?;
    let lang = visit.reader.lang;
    let params = query_params(query.as_deref(), |_| false);
    let only_unread = match text(&params, "unread") {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(wrong("unread", lang, "只能是 true 或 false。", "It is true or false.")),
    };
    let limit = match text(&params, "limit") {
        None => LIMIT,
        Some(limit) => limit
            .parse()
            .ok()
            .filter(|limit| (1..=MOST).contains(limit))
            .ok_or_else(|| wrong("limit", lang, "要在 1 和 100 之间。", "It is between 1 and 100."))?,
    };
    let page = inbox::page(&web, &visit, only_unread, text(&params, "cursor"), limit).await?;
    let messages: Vec<Value> = page.messages.iter().map(|message| inbox::json(&web, &visit, message)).collect();
    let mut body = json!({ "messages": messages, "unread": unread(&web, &visit).await });
    if let Some(next) = page.next {
        body["next"] = next.to_string().into();
    }
    Ok(answer(StatusCode::OK, body))
}

/// One is read → `{unread}`.
pub(crate) async fn read(
    State(web): State<Web>,
    visit: Visit,
    At((_, id)): At<(String, String)>,
) -> Result<Response, Refusal> {
    inbox::open(&web, &visit, &id).await?;
    Ok(answer(StatusCode::OK, json!({ "unread": unread(&web, &visit).await })))
}

/// All are read → `{unread}`.
pub(crate) async fn read_all(State(web): State<Web>, visit: Visit) -> Result<Response, Refusal> {
    let person = inbox::owner(&visit)?;
    web.store.space(visit.space.id).await?.read_messages(person, web.clock.now()).await?;
    Ok(answer(StatusCode::OK, json!({ "unread": unread(&web, &visit).await })))
}

async fn unread(web: &Web, visit: &Visit) -> u32 {
    inbox::unread(web, visit).await.unwrap_or_default()
}

fn text<'p>(params: &'p Map<String, Value>, name: &str) -> Option<&'p str> {
    // One that is given twice is none that could be meant.
    params.get(name).map(|value| value.as_str().unwrap_or_default())
}

fn wrong(field: &str, lang: Lang, zh: &str, en: &str) -> Refusal {
    let message = match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    Refusal::Fields(vec![FieldError::new(field, message)])
}
