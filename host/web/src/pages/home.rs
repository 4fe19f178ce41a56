//! `GET /v/{village}`: a space's home, made of the cards that its plugins offer.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use cunshi_contract::manifest::Slot;
use cunshi_contract::{Manifest, View};
use cunshi_model::Micros;
use cunshi_runtime::{CallError, Card as Called, Release};
use maud::Markup;

use super::shared;
use crate::Web;
use crate::error::Refusal;
use crate::frame;
use crate::render::pages::{Card, home};
use crate::visit::Visit;

/// The handler.
pub(crate) async fn get(State(web): State<Web>, visit: Visit, headers: HeaderMap) -> Result<Response, Refusal> {
    shared(&web, &visit, &headers, Box::pin(draw(&web, &visit))).await
}

async fn draw(web: &Web, visit: &Visit) -> Result<(Markup, Option<Micros>), Refusal> {
    let caller = visit.caller();
    let doors = web.runtime.cards(&caller, Slot::Door).await?;
    let cards = web.runtime.cards(&caller, Slot::Home).await?;
    let releases = web.runtime.plugins_of(&visit.profile);
    let mut cx = frame::of_visit(web, visit).await;
    let (doors, cards) = (with_modules(&doors, &releases), with_modules(&cards, &releases));
    let drawn: Vec<(&Manifest, &View)> = drawn(&doors).chain(drawn(&cards)).collect();
    frame::fill(web, visit, &mut cx, &drawn).await?;
    // The page is good as long as each of its cards is; one that failed is tried again soon.
    let fresh_until = drawn.iter().filter_map(|(_, view)| view.fresh_until).min();
    Ok((home(&cx, &doors, &cards), fresh_until))
}

/// Cards as the renderer takes them: with the plugin they are of.
pub(super) fn with_modules<'a>(cards: &'a [Called], releases: &'a [Arc<Release>]) -> Vec<Card<'a>> {
    let module = |name: &str| releases.iter().find(|release| release.manifest.name == name);
    let card = |card: &'a Called| {
        let view = match &card.view {
            Ok(view) => Ok(view),
            // A card that is not for this reader is not there.
            Err(CallError::NotFound | CallError::Unauthenticated) => return None,
            Err(error) => Err(call_of(error)),
        };
        Some(Card { module: &module(&card.plugin)?.manifest, view })
    };
    cards.iter().filter_map(card).collect()
}

/// The trees among some cards.
pub(super) fn drawn<'a>(cards: &'a [Card<'a>]) -> impl Iterator<Item = (&'a Manifest, &'a View)> {
    cards.iter().filter_map(|card| Some((card.module, card.view.as_ref().copied().ok()?)))
}

/// The id of a failed call, for whoever looks into it.
pub(super) fn call_of(error: &CallError) -> Option<String> {
    match error {
        CallError::Failed(failure) => Some(failure.call.clone()),
        CallError::Stopped(stopped) => Some(stopped.call.clone()),
        _ => None,
    }
}
