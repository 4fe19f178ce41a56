//! `GET /`: the district's portal.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_model::{Space, SpaceKind};

use super::private;
use crate::Web;
use crate::frame;
use crate::reader::Reader;
use crate::render::pages::{Portal, PortalTown, PortalVillage, portal};

/// Longest text searched for, in characters.
const LONGEST: usize = 40;

/// The handler.
pub(crate) async fn get(
    State(web): State<Web>,
    Extension(reader): Extension<Arc<Reader>>,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let asked = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "q").map(|(_, text)| text);
    let asked: String = asked.unwrap_or_default().trim().chars().take(LONGEST).collect();
    let tree = web.store.district().tree();
    let mut total = 0;
    let mut towns: Vec<PortalTown> = Vec::new();
    for town in tree.all().iter().filter(|space| space.kind == SpaceKind::Town) {
        let villages: Vec<&Space> =
            tree.children(town.id).into_iter().filter(|space| space.kind.is_village()).collect();
        total += villages.len();
        let whole_town = asked.is_empty() || fits(town, &asked);
        let villages: Vec<PortalVillage> = villages
            .into_iter()
            .filter(|village| whole_town || fits(village, &asked))
            .map(|village| PortalVillage { code: village.code.to_string(), name: village.name.clone() })
            .collect();
        if whole_town || !villages.is_empty() {
            towns.push(PortalTown { code: town.code.to_string(), name: town.name.clone(), villages });
        }
    }
    towns.sort_by(|a, b| a.code.cmp(&b.code));
    for town in &mut towns {
        town.villages.sort_by(|a, b| a.code.cmp(&b.code));
    }
    let mut cx = frame::of_district(&web, &reader);
    cx.flash = frame::flash(&web, &reader);
    private(&web, &reader, StatusCode::OK, portal(&cx, &Portal { towns, total, query: asked }))
}

/// By a part of the name, or by the beginning of the code.
fn fits(space: &Space, asked: &str) -> bool {
    space.name.contains(asked) || space.code.as_str().starts_with(asked)
}
