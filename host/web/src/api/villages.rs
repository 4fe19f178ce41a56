//! `GET /api/v1/villages`: all villages of the district. `GET /api/v1/villages/{village}`: one space, be it a
//! village, a town or the district.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_model::Space;
use cunshi_store::SpaceTree;
use serde_json::{Value, json};

use super::answer;
use crate::Web;
use crate::visit::Visit;

/// The list.
pub(crate) async fn list(State(web): State<Web>) -> Response {
    let tree = web.store.district().tree();
    let mut villages: Vec<&Space> = tree.all().iter().filter(|space| space.kind.is_village()).collect();
    villages.sort_by(|a, b| a.code.cmp(&b.code));
    let villages: Vec<Value> = villages.into_iter().map(|village| short(village, &tree)).collect();
    answer(StatusCode::OK, json!({ "villages": villages }))
}

/// One space.
pub(crate) async fn get(State(web): State<Web>, visit: Visit) -> Response {
    let tree = web.store.district().tree();
    let mut body = short(&visit.space, &tree);
    let plugins: Vec<Value> = web
        .runtime
        .plugins_of(&visit.profile)
        .iter()
        .map(|release| {
            let manifest = &release.manifest;
            let title = manifest.title.get(visit.reader.lang);
            json!({ "name": manifest.name, "version": manifest.version, "title": title })
        })
        .collect();
    body["plugins"] = plugins.into();
    let budgets = web.runtime.budgets_of(&visit.profile).listed();
    body["budgets"] = budgets.map(|(name, value)| (name.to_owned(), Value::from(value))).into_iter().collect();
    body["office_phone"] = visit.profile.office_phone.clone().into();
    answer(StatusCode::OK, body)
}

fn short(space: &Space, tree: &SpaceTree) -> Value {
    let mut body = json!({ "code": space.code, "name": space.name, "kind": space.kind.as_str() });
    if let Some(above) = space.parent.and_then(|id| tree.by_id(id)) {
        let key = if space.kind.is_village() { "town" } else { "above" };
        body[key] = json!({ "code": above.code, "name": above.name });
    }
    body
}
