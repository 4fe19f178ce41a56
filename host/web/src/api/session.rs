//! `/api/v1/session`: sign in (`POST`), who am I (`GET`), sign out (`DELETE`).

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cunshi_contract::Lang;
use cunshi_model::{PersonId, Role, Roles, Space};
use cunshi_runtime::FieldError;
use serde_json::{Map, Value, json};

use super::{answer, object};
use crate::Web;
use crate::error::Refusal;
use crate::reader::Reader;
use crate::signing;

/// Signs in: `{village?, phone, password}` → `{token, person, roles}`.
pub(crate) async fn post(
    State(web): State<Web>,
    Extension(reader): Extension<Arc<Reader>>,
    request: Request,
) -> Result<Response, Refusal> {
    let body = object(request).await?;
    let (phone, password, village) = credentials(&body, reader.lang)?;
    let space = match village {
        Some(code) => Some(web.store.district().tree().by_code(code).cloned().ok_or(Refusal::NotFound)?),
        None => None,
    };
    let account = signing::authenticate(&web, reader.address, phone, password).await?;
    let roles = match &space {
        Some(space) => web.store.standing(account.person, space.id).await?.roles,
        None => Roles::NONE,
    };
    let token = signing::open(&web, &account).await?;
    let person = json!({ "id": account.person, "name": account.name });
    Ok(answer(StatusCode::OK, json!({ "token": token, "person": person, "roles": words(roles) })))
}

/// Who is signed in, and where they have a role.
pub(crate) async fn get(
    State(web): State<Web>,
    Extension(reader): Extension<Arc<Reader>>,
) -> Result<Response, Refusal> {
    let signed = reader.signed.as_ref().ok_or(Refusal::SignIn)?;
    let tree = web.store.district().tree();
    let mut villages = Vec::new();
    for id in web.store.district().memberships(signed.person).await? {
        let Some(space) = tree.by_id(id) else { continue };
        villages.push(membership(&web, signed.person, space).await?);
    }
    let person = json!({ "id": signed.person, "name": signed.name });
    Ok(answer(StatusCode::OK, json!({ "person": person, "villages": villages })))
}

/// Closes the session that the request shows.
pub(crate) async fn delete(
    State(web): State<Web>,
    Extension(reader): Extension<Arc<Reader>>,
) -> Result<Response, Refusal> {
    let signed = reader.signed.as_ref().ok_or(Refusal::SignIn)?;
    web.store.district().close_session(&signed.session).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn membership(web: &Web, person: PersonId, space: &Space) -> Result<Value, Refusal> {
    let roles = web.store.standing(person, space.id).await?.roles;
    Ok(json!({ "code": space.code, "name": space.name, "kind": space.kind.as_str(), "roles": words(roles) }))
}

fn words(roles: Roles) -> Vec<&'static str> {
    roles.iter().map(Role::as_str).collect()
}

type Credentials<'b> = (&'b str, &'b str, Option<&'b str>);

fn credentials(body: &Map<String, Value>, lang: Lang) -> Result<Credentials<'_>, Refusal> {
    let (needed, text, unknown) = match lang {
        Lang::Zh => ("要填", "要用文字", "没有这一项"),
        Lang::En => ("is required", "must be a string", "is not known here"),
    };
    let mut errors = Vec::new();
    let mut read = |name: &str, required: bool| match body.get(name) {
        Some(Value::String(value)) if !(required && value.is_empty()) => Some(value.as_str()),
        None | Some(Value::Null) if !required => None,
        None | Some(Value::String(_)) => {
            errors.push(FieldError::new(name, needed));
            None
        }
        Some(_) => {
            errors.push(FieldError::new(name, text));
            None
        }
    };
    let (phone, password, village) = (read("phone", true), read("password", true), read("village", false));
    let strays = body.keys().filter(|name| !matches!(name.as_str(), "phone" | "password" | "village"));
    errors.extend(strays.map(|name| FieldError::new(name, unknown)));
    match (phone, password) {
        (Some(phone), Some(password)) if errors.is_empty() => Ok((phone, password, village)),
        _ => Err(Refusal::Fields(errors)),
    }
}
