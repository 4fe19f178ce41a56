//! Every address of the host, in one table: the router is built from it, and the tests that walk the routes
//! read it.

use axum::Router;
use axum::extract::{OriginalUri, Request};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, delete, get, post};

use crate::Web;
use crate::error::Refusal;
use crate::pages::manage;
use crate::{api, ops, pages};

/// An address and a method that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteInfo {
    /// `GET` (and `HEAD`), `POST` or `DELETE`.
    pub method: &'static str,
    /// The pattern: `{village}`, `{plugin}` and so on stand for one segment, `{*route}` for all that follow.
    pub path: &'static str,
}

type Entry = (&'static str, &'static str, MethodRouter<Web>);

/// The table.
fn entries() -> Vec<Entry> {
    let mut entries = for_people();
    entries.extend(consoles());
    entries.extend(for_programs());
    entries
}

fn for_people() -> Vec<Entry> {
    vec![
        ("GET", "/", get(pages::portal::get)),
        ("GET", "/sign-in", get(pages::sign_in::get_anywhere)),
        ("POST", "/sign-in", post(pages::sign_in::post_anywhere)),
        ("POST", "/sign-out", post(pages::sign_out::post_anywhere)),
        ("POST", "/preferences", post(pages::preferences::post)),
        ("GET", "/v/{village}", get(pages::home::get)),
        ("GET", "/v/{village}/sign-in", get(pages::sign_in::get)),
        ("POST", "/v/{village}/sign-in", post(pages::sign_in::post)),
        ("POST", "/v/{village}/sign-out", post(pages::sign_out::post)),
        ("GET", "/v/{village}/home/outside", get(pages::outside::get)),
        ("GET", "/v/{village}/me", get(pages::me::get)),
        ("POST", "/v/{village}/me/password", post(pages::me::password)),
        ("GET", "/v/{village}/me/todos", get(pages::todos::get)),
        ("GET", "/v/{village}/me/messages", get(pages::messages::get)),
        ("GET", "/v/{village}/me/messages/{id}", get(pages::messages::open)),
        ("POST", "/v/{village}/me/messages/read-all", post(pages::messages::read_all)),
        ("POST", "/v/{village}/me/letters", post(pages::letters::post)),
        ("GET", "/v/{village}/files/{id}", get(pages::file::get)),
        ("GET", "/v/{village}/files/{id}/small", get(pages::file::small)),
        ("GET", "/v/{village}/decisions/{id}", get(pages::decision::get)),
        ("GET", "/v/{village}/{plugin}", get(pages::plugin::first)),
        ("GET", "/v/{village}/{plugin}/{*route}", get(pages::plugin::below)),
        ("GET", "/v/{village}/{plugin}/a/{action}", get(pages::act::get)),
        ("POST", "/v/{village}/{plugin}/a/{action}", post(pages::act::post)),
    ]
}

fn consoles() -> Vec<Entry> {
    vec![
        ("GET", "/district", get(pages::district::get)),
        ("GET", "/v/{village}/manage/villages", get(pages::district::town)),
        ("GET", "/v/{village}/manage/people", get(manage::people::get)),
        ("POST", "/v/{village}/manage/people", post(manage::people::post)),
        ("GET", "/v/{village}/manage/people/{person}", get(manage::person::get)),
        ("POST", "/v/{village}/manage/people/{person}/roles", post(manage::person::roles)),
        ("POST", "/v/{village}/manage/people/{person}/password", post(manage::person::password)),
        ("GET", "/v/{village}/manage/modules", get(manage::modules::get)),
        ("POST", "/v/{village}/manage/modules/{plugin}/state", post(manage::modules::state)),
        ("GET", "/v/{village}/manage/modules/{plugin}/settings", get(manage::settings::get)),
        ("POST", "/v/{village}/manage/modules/{plugin}/settings", post(manage::settings::post)),
        ("GET", "/v/{village}/manage/rules", get(manage::rules::get)),
        ("GET", "/v/{village}/manage/rules/{hook}", get(manage::rule::get)),
        ("POST", "/v/{village}/manage/rules/{hook}", post(manage::rule::post)),
        ("POST", "/v/{village}/manage/rules/{hook}/versions/{version}/publish", post(manage::rule_versions::publish)),
        ("POST", "/v/{village}/manage/rules/{hook}/rollback", post(manage::rule_versions::roll_back)),
        ("GET", "/v/{village}/manage/events", get(manage::events::get)),
        ("POST", "/v/{village}/manage/events/{delivery}/replay", post(manage::events::replay)),
        ("GET", "/v/{village}/manage/letters", get(manage::letters::get)),
        ("POST", "/v/{village}/manage/letters/retry", post(manage::letters::retry)),
    ]
}

fn for_programs() -> Vec<Entry> {
    vec![
        ("GET", "/api/v1/openapi.json", get(api::openapi::get)),
        ("GET", "/api/v1/session", get(api::session::get)),
        ("POST", "/api/v1/session", post(api::session::post)),
        ("DELETE", "/api/v1/session", delete(api::session::delete)),
        ("GET", "/api/v1/villages", get(api::villages::list)),
        ("GET", "/api/v1/villages/{village}", get(api::villages::get)),
        ("POST", "/api/v1/villages/{village}/files", post(api::upload::post)),
        ("GET", "/api/v1/villages/{village}/rules", get(api::rules::list)),
        ("GET", "/api/v1/villages/{village}/rules/{hook}", get(api::rules::get)),
        ("POST", "/api/v1/villages/{village}/rules/{hook}/check", post(api::rules::post_check)),
        ("POST", "/api/v1/villages/{village}/rules/{hook}/versions", post(api::rule_versions::post)),
        (
            "POST",
            "/api/v1/villages/{village}/rules/{hook}/versions/{version}/publish",
            post(api::rule_versions::publish),
        ),
        ("POST", "/api/v1/villages/{village}/rules/{hook}/rollback", post(api::rule_versions::roll_back)),
        ("GET", "/api/v1/villages/{village}/decisions/{id}", get(api::decision::get)),
        ("GET", "/api/v1/villages/{village}/messages", get(api::messages::list)),
        ("POST", "/api/v1/villages/{village}/messages/{id}/read", post(api::messages::read)),
        ("POST", "/api/v1/villages/{village}/messages/read-all", post(api::messages::read_all)),
        ("GET", "/api/v1/villages/{village}/{plugin}/q/{query}", get(api::query::get)),
        ("POST", "/api/v1/villages/{village}/{plugin}/a/{action}", post(api::act::post)),
        ("GET", "/api/v1/villages/{village}/{plugin}/p", get(api::page::first)),
        ("GET", "/api/v1/villages/{village}/{plugin}/p/{*route}", get(api::page::below)),
        ("GET", "/assets/{file}", get(pages::asset::get)),
        ("GET", "/healthz", get(ops::health)),
        ("GET", "/readyz", get(ops::ready)),
        ("GET", "/metrics", get(ops::metrics)),
    ]
}

/// Every address and method that the host answers.
pub fn routes() -> Vec<RouteInfo> {
    entries().into_iter().map(|(method, path, _)| RouteInfo { method, path }).collect()
}

/// The router, without its layers.
pub(crate) fn table() -> Router<Web> {
    let router = entries().into_iter().fold(Router::new(), |router, (_, path, handler)| router.route(path, handler));
    router.fallback(nothing)
}

/// Nothing is here; a slash too many at the end is forgiven.
async fn nothing(OriginalUri(uri): OriginalUri, request: Request) -> Response {
    let path = uri.path();
    let trimmed = path.trim_end_matches('/');
    let reads = request.method() == Method::GET || request.method() == Method::HEAD;
    if reads && trimmed.len() < path.len() && pages::local(trimmed).is_some() {
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        return Redirect::permanent(&format!("{trimmed}{query}")).into_response();
    }
    Refusal::NotFound.into_response()
}
