//! A form that was refused: shown again where it stood, with what was typed and what is wrong.

use axum::http::StatusCode;
use axum::response::Response;
use cunshi_contract::manifest::Action;
use cunshi_runtime::Release;
use maud::Markup;

use super::{local, plugin, private};
use crate::Web;
use crate::error::Refusal;
use crate::frame;
use crate::render::pages::form;
use crate::render::{FormState, addresses};
use crate::visit::Visit;

/// The page that the form came from with the form in it, or the form alone when that page cannot be drawn.
pub(super) async fn again(
    web: &Web,
    visit: &Visit,
    release: &Release,
    action: &Action,
    from: Option<&str>,
    status: StatusCode,
    state: FormState,
) -> Result<Response, Refusal> {
    let page = match where_it_stood(web, visit, from, &state).await {
        Some(page) => page,
        None => alone(web, visit, release, action, Some(state)).await?,
    };
    Ok(private(web, &visit.reader, status, page))
}

async fn where_it_stood(web: &Web, visit: &Visit, from: Option<&str>, state: &FormState) -> Option<Markup> {
    let from = local(from?)?;
    let below = from.strip_prefix(&addresses::home(visit.code()))?.strip_prefix('/')?;
    let (path, query) = below.split_once('?').map_or((below, None), |(path, query)| (path, Some(query)));
    let path = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    let (name, route) = path.split_once('/').unwrap_or((path.as_ref(), ""));
    let release = visit.plugin(web, name).ok()?;
    let (page, params) = plugin::route_in(&release.manifest, route, query)?;
    visit.admit(&page.who).ok()?;
    let drawn = plugin::draw(web, visit, &release, page, params, Some(state.clone())).await.ok()?;
    drawn.shows_form.then_some(drawn.markup)
}

/// The form on a page of its own.
pub(super) async fn alone(
    web: &Web,
    visit: &Visit,
    release: &Release,
    action: &Action,
    state: Option<FormState>,
) -> Result<Markup, Refusal> {
    let mut cx = frame::of_visit(web, visit).await;
    cx.form = state;
    frame::fill(web, visit, &mut cx, &[]).await?;
    frame::choices(web, visit, &mut cx, &[(&release.manifest, action)]).await?;
    Ok(form(&cx, &release.manifest, action))
}
