//! `GET` and `POST /v/{village}/sign-in` (and `/sign-in`): by telephone and password.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{RawQuery, Request, State};
use axum::http::StatusCode;
use axum::http::header::{HeaderValue, RETRY_AFTER};
use axum::response::Response;
use cunshi_contract::Lang;
use cunshi_model::{Roles, Space};
use cunshi_store::Account;
use maud::Markup;

use super::manage::person::reset_note;
use super::{go, local, private, set_cookie};
use crate::Web;
use crate::error::Refusal;
use crate::form::Sent;
use crate::frame;
use crate::reader::Reader;
use crate::render::addresses;
use crate::render::pages::{SignIn, sign_in};
use crate::signing;
use crate::visit::Visit;

/// The page of a village.
pub(crate) async fn get(State(web): State<Web>, visit: Visit, RawQuery(query): RawQuery) -> Response {
    let shown = SignIn { next: next_of(query.as_deref()), ..SignIn::default() };
    let page = draw(&web, &visit.reader, Some(&visit), &shown).await;
    private(&web, &visit.reader, StatusCode::OK, page)
}

/// The page of the district.
pub(crate) async fn get_anywhere(
    State(web): State<Web>,
    Extension(reader): Extension<Arc<Reader>>,
    RawQuery(query): RawQuery,
) -> Response {
    let shown = SignIn { next: next_of(query.as_deref()), ..SignIn::default() };
    let page = draw(&web, &reader, None, &shown).await;
    private(&web, &reader, StatusCode::OK, page)
}

/// The form of a village's page.
pub(crate) async fn post(State(web): State<Web>, visit: Visit, request: Request) -> Result<Response, Refusal> {
    let reader = Arc::clone(&visit.reader);
    enter(&web, &reader, Some(&visit), request).await
}

/// The form of the district's page.
pub(crate) async fn post_anywhere(
    State(web): State<Web>,
    Extension(reader): Extension<Arc<Reader>>,
    request: Request,
) -> Result<Response, Refusal> {
    enter(&web, &reader, None, request).await
}

async fn enter(web: &Web, reader: &Arc<Reader>, visit: Option<&Visit>, request: Request) -> Result<Response, Refusal> {
    let sent = Sent::read(request, false).await?;
    let next = local(sent.text("next")).unwrap_or_default().to_owned();
    let phone = sent.text("phone").to_owned();
    let password = sent.get("password").unwrap_or_default();
    let account = match signing::authenticate(web, reader.address, &phone, password).await {
        Ok(account) => account,
        Err(refusal @ (Refusal::Credentials | Refusal::Throttled { .. })) => {
            let answer = refusal.answer(reader.lang);
            let shown = SignIn { phone, next, error: Some(answer.detail) };
            let page = draw(web, reader, visit, &shown).await;
            let mut response = private(web, reader, answer.status, page);
            if let Some(seconds) = answer.retry_after_s {
                response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            }
            return Ok(response);
        }
        Err(refusal) => return Err(refusal),
    };
    if let Some(old) = &reader.signed {
        web.store.district().close_session(&old.session).await?;
    }
    let token = signing::open(web, &account).await?;
    let next = if own_page_elsewhere(web, &account, visit, &next).await? { String::new() } else { next };
    let to = if next.is_empty() { home_of(web, &account, visit.map(|visit| &visit.space)).await? } else { next };
    let told = reset_by(web, &account).await?.map(|name| match reader.lang {
        Lang::Zh => (format!("您的密码由{name}重设过。如果不是您请他办的，请告诉村里。"), true),
        Lang::En => (format!("Your password was set by {name}. If you did not ask for it, tell the village."), true),
    });
    let mut response = go(web, &to, told);
    set_cookie(response.headers_mut(), &web.cookies().keep(web.cookies().session(), &token));
    Ok(response)
}

/// Who set the password anew since the person last signed in; told once.
async fn reset_by(web: &Web, account: &Account) -> Result<Option<String>, Refusal> {
    let note = reset_note(account.person);
    let district = web.store.district();
    let name = district.note(&note).await?.filter(|name| !name.is_empty());
    if name.is_some() {
        district.set_note(&note, "").await?;
    }
    Ok(name)
}

/// Whether a visitor asked for their own page of a village in which they turn out to be nobody.
async fn own_page_elsewhere(web: &Web, account: &Account, visit: Option<&Visit>, next: &str) -> Result<bool, Refusal> {
    let Some(visit) = visit.filter(|visit| next == addresses::mine(visit.code())) else { return Ok(false) };
    let standing = web.store.standing(account.person, visit.space.id).await?;
    Ok(standing.member.is_none() && standing.roles == Roles::NONE)
}

/// Where somebody lands who asked for nothing: the village at hand when it is theirs, else their own.
async fn home_of(web: &Web, account: &Account, here: Option<&Space>) -> Result<String, Refusal> {
    let theirs = web.store.district().memberships(account.person).await?;
    let tree = web.store.district().tree();
    let own = theirs.iter().find_map(|id| tree.by_id(*id));
    let here = here.filter(|here| theirs.contains(&here.id) || own.is_none());
    Ok(here.or(own).map_or_else(|| addresses::PORTAL.to_owned(), |space| addresses::home(space.code.as_str())))
}

async fn draw(web: &Web, reader: &Reader, visit: Option<&Visit>, shown: &SignIn) -> Markup {
    let mut cx = match visit {
        Some(visit) => frame::of_visit(web, visit).await,
        None => frame::of_district(web, reader),
    };
    if visit.is_none() {
        cx.flash = frame::flash(web, reader);
    }
    sign_in(&cx, shown)
}

fn next_of(query: Option<&str>) -> String {
    let next = form_urlencoded::parse(query.unwrap_or_default().as_bytes()).find(|(name, _)| name == "next");
    next.and_then(|(_, path)| local(&path).map(str::to_owned)).unwrap_or_default()
}
