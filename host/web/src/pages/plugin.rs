//! `GET /v/{village}/{plugin}` and `GET /v/{village}/{plugin}/{route…}`: a page of a plugin.

use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use cunshi_contract::Manifest;
use cunshi_contract::manifest::Page;
use cunshi_model::Micros;
use cunshi_runtime::{Release, Runtime};
use maud::Markup;
use serde_json::{Map, Value};

use super::{counted, shared};
use crate::Web;
use crate::error::Refusal;
use crate::frame;
use crate::receipts::Opened;
use crate::render::FormState;
use crate::render::pages::plugin;
use crate::visit::{At, Visit};

/// The handler of the first page.
pub(crate) async fn first(
    State(web): State<Web>,
    visit: Visit,
    At((_, name)): At<(String, String)>,
    RawQuery(query): RawQuery,
    opened: Opened,
    headers: HeaderMap,
) -> Response {
    let page = page(&web, &visit, &opened, (&name, "", query.as_deref()), &headers).await;
    counted(&web, &name, page)
}

/// The handler of the pages below.
pub(crate) async fn below(
    State(web): State<Web>,
    visit: Visit,
    At((_, name, route)): At<(String, String, String)>,
    RawQuery(query): RawQuery,
    opened: Opened,
    headers: HeaderMap,
) -> Response {
    let page = page(&web, &visit, &opened, (&name, &route, query.as_deref()), &headers).await;
    counted(&web, &name, page)
}

async fn page(
    web: &Web,
    visit: &Visit,
    opened: &Opened,
    (name, route, query): (&str, &str, Option<&str>),
    headers: &HeaderMap,
) -> Result<Response, Refusal> {
    let release = visit.plugin(web, name)?;
    let (page, params) = route_in(&release.manifest, route, query).ok_or(Refusal::NotFound)?;
    visit.admit(&page.who)?;
    let given = params.clone();
    let draw = Box::pin(async {
        let drawn = draw(web, visit, &release, page, given, None).await?;
        Ok((drawn.markup, drawn.fresh_until))
    });
    let response = shared(web, visit, headers, draw).await?;
    web.receipts.note(web, visit, opened, name, page, &params);
    Ok(response)
}

/// A page as drawn.
pub(super) struct Drawn {
    pub(super) markup: Markup,
    pub(super) fresh_until: Option<Micros>,
    /// The actions whose forms it shows include the one of the refused form, if one was given.
    pub(super) shows_form: bool,
}

/// Asks the plugin for a page and draws it, with a form that was refused if there is one.
pub(super) async fn draw(
    web: &Web,
    visit: &Visit,
    release: &Release,
    page: &Page,
    params: Map<String, Value>,
    form: Option<FormState>,
) -> Result<Drawn, Refusal> {
    let manifest = &release.manifest;
    let view = web.runtime.page(&visit.caller(), &manifest.name, &page.name, params).await?;
    let mut cx = frame::of_visit(web, visit).await;
    let shows_form =
        form.as_ref().is_some_and(|form| form.plugin == manifest.name && frame::shows_form(&view, &form.action));
    cx.form = form;
    frame::fill(web, visit, &mut cx, &[(manifest, &view)]).await?;
    Ok(Drawn { markup: plugin(&cx, manifest, page, &view), fresh_until: view.fresh_until, shows_form })
}

/// The page that a path and a query name, with its parameters. What the path says wins.
pub(crate) fn route_in<'m>(
    manifest: &'m Manifest,
    route: &str,
    query: Option<&str>,
) -> Option<(&'m Page, Map<String, Value>)> {
    let (page, from_path) = Runtime::match_route(manifest, route)?;
    let mut params = query_params(query, |name| page.params.iter().any(|param| param.name == name));
    params.extend(from_path);
    Some((page, params))
}

/// A query string as JSON: strings, and arrays of strings where a name repeats. `lang` is the reader's, unless
/// it is declared.
pub(crate) fn query_params(query: Option<&str>, declared: impl Fn(&str) -> bool) -> Map<String, Value> {
    let mut params = Map::new();
    for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        if name == "lang" && !declared("lang") {
            continue;
        }
        let value = Value::String(value.into_owned());
        match params.get_mut(name.as_ref()) {
            None => {
                params.insert(name.into_owned(), value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    params
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn query_strings_become_json() {
        let params = query_params(Some("state=open&kind=a&kind=b&lang=en&q=%E6%A0%91+1"), |_| false);
        assert_eq!(Value::Object(params), json!({ "state": "open", "kind": ["a", "b"], "q": "树 1" }));
        assert_eq!(query_params(Some("lang=en"), |_| true), json!({ "lang": "en" }).as_object().unwrap().clone());
        assert_eq!(query_params(None, |_| false), Map::new());
    }
}
