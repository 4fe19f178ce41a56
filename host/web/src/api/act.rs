//! `POST /api/v1/villages/{village}/{plugin}/a/{action}`: an action with JSON fields → `{result, say?, repeated}`.
//! With the header `Idempotency-Key` it may be sent again without being done twice.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use cunshi_contract::Lang;
use serde_json::json;

use super::{answer, object};
use crate::Web;
use crate::error::Refusal;
use crate::pages::act::LONGEST_KEY;
use crate::pages::counted;
use crate::visit::{At, Visit};

/// The name of the header.
pub(crate) const KEY: &str = "Idempotency-Key";

/// The handler.
pub(crate) async fn post(
    State(web): State<Web>,
    visit: Visit,
    At((_, plugin, action)): At<(String, String, String)>,
    request: Request,
) -> Response {
    counted(&web, &plugin, act(&web, &visit, &plugin, &action, request).await)
}

async fn act(web: &Web, visit: &Visit, plugin: &str, name: &str, request: Request) -> Result<Response, Refusal> {
    let release = visit.plugin(web, plugin)?;
    let action = release.manifest.action(name).ok_or(Refusal::NotFound)?;
    visit.admit(&action.who)?;
    let key = key(request.headers(), visit.reader.lang)?;
    let fields = object(request).await?;
    let acted = web.runtime.act(&visit.caller(), plugin, name, fields, key.as_deref()).await?;
    let mut body = json!({ "result": acted.outcome.result, "repeated": acted.repeated });
    if let Some(say) = acted.outcome.say {
        body["say"] = say.into();
    }
    Ok(answer(StatusCode::OK, body))
}

fn key(headers: &HeaderMap, lang: Lang) -> Result<Option<String>, Refusal> {
    let Some(value) = headers.get(KEY) else { return Ok(None) };
    let fits = |key: &&str| !key.is_empty() && key.len() <= LONGEST_KEY && key.bytes().all(|b| b.is_ascii_graphic());
    match value.to_str().ok().filter(fits) {
        Some(key) => Ok(Some(key.to_owned())),
        None => Err(Refusal::field(
            KEY,
            match lang {
                Lang::Zh => format!("1 到 {LONGEST_KEY} 个可见的 ASCII 字符"),
                Lang::En => format!("1 to {LONGEST_KEY} visible ASCII characters"),
            },
        )),
    }
}
