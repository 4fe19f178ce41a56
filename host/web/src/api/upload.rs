//! `POST /api/v1/villages/{village}/files`: one file in the multipart field `file` → `{id, …}`. It hangs on
//! nothing until an action names it, and is removed after a day otherwise.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_contract::Lang;
use cunshi_model::Roles;
use serde_json::json;

use super::answer;
use crate::Web;
use crate::body::media_type;
use crate::error::Refusal;
use crate::files::{self, Accept, NotTaken};
use crate::form::Sent;
use crate::visit::Visit;

/// The multipart field.
pub(crate) const FIELD: &str = "file";

/// The handler.
pub(crate) async fn post(State(web): State<Web>, visit: Visit, request: Request) -> Result<Response, Refusal> {
    let person = visit.person().ok_or(Refusal::SignIn)?;
    visit.require(visit.roles != Roles::NONE)?;
    if media_type(request.headers()) != "multipart/form-data" {
        return Err(Refusal::MediaType("multipart/form-data"));
    }
    let lang = visit.reader.lang;
    let missing = || {
        Refusal::field(
            FIELD,
            match lang {
                Lang::Zh => "请附上一个文件。",
                Lang::En => "Please attach one file.",
            },
        )
    };
    let (name, content) = Sent::read(request, true).await?.into_file(FIELD).ok_or_else(missing)?;
    web.files.allow(person)?;
    match files::take(&web, visit.space.id, person, &name, content, Accept::Any).await {
        Ok(record) => {
            let mut body = json!({
                "id": record.id,
                "kind": if record.image { "image" } else { "file" },
                "name": record.name,
                "media_type": record.media_type,
                "bytes": record.bytes,
            });
            if let Some((width, height)) = record.pixels {
                body["width"] = width.into();
                body["height"] = height.into();
            }
            Ok(answer(StatusCode::CREATED, body))
        }
        Err(NotTaken::Refused(files::Why::TooLarge)) => Err(Refusal::TooLarge(files::MAX_FILE)),
        Err(NotTaken::Refused(why)) => Err(Refusal::field(FIELD, why.say(lang))),
        Err(NotTaken::Failed(refusal)) => Err(refusal),
    }
}
