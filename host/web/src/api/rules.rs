//! `GET /api/v1/villages/{village}/rules`: the hooks of the village's plugins and whose rule decides now.
//! `GET …/rules/{hook}`: one of them whole. `POST …/rules/{hook}/check`: a text is checked and not kept.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_contract::Lang;
use cunshi_model::rules::Guard;
use serde_json::{Value, json};

use super::{answer, object};
use crate::Web;
use crate::error::Refusal;
use crate::rules::{self, Here, check::check, origin_word, text, versions};
use crate::visit::{At, Visit};

/// The list.
pub(crate) async fn list(State(web): State<Web>, visit: Visit) -> Result<Response, Refusal> {
    rules::require_reader(&visit)?;
    let all = rules::all(&web, &visit).await?;
    let rules: Vec<Value> = all.iter().map(|here| short(here, visit.reader.lang)).collect();
    Ok(answer(StatusCode::OK, json!({ "rules": rules })))
}

/// One hook.
pub(crate) async fn get(
    State(web): State<Web>,
    visit: Visit,
    At((_, hook)): At<(String, String)>,
) -> Result<Response, Refusal> {
    rules::require_reader(&visit)?;
    let lang = visit.reader.lang;
    let here = rules::one(&web, &visit, &hook).await?;
    let versions: Vec<Value> = versions::all(&web, &visit, &hook).await?.iter().map(versions::Version::json).collect();
    let mut body = short(&here, lang);
    let fields = json!({ "input": here.hook.input, "output": here.hook.output, "table": here.hook.table });
    body["entry"] = here.hook.entry.as_str().into();
    body["on_failure"] = json!(here.hook.on_failure);
    body["fields"] = fields;
    body["table"] = json!(here.rule.text.table);
    body["script"] = here.rule.text.script.as_str().into();
    body["cases"] = json!(here.rule.text.cases);
    body["versions"] = versions.into();
    body["guards"] = here.guards.iter().map(|one| guard(one, lang)).collect();
    Ok(answer(StatusCode::OK, body))
}

/// A text is checked: `{table?, script?, cases?}`, over what decides now.
pub(crate) async fn post_check(
    State(web): State<Web>,
    visit: Visit,
    At((_, hook)): At<(String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    rules::require_reader(&visit)?;
    let lang = visit.reader.lang;
    let here = rules::one(&web, &visit, &hook).await?;
    let body = object(request).await?;
    let text = text::of_json(&body, &here.rule.text, &[], lang)?;
    Ok(answer(StatusCode::OK, check(&web, &here, text).await?.json(lang)))
}

fn short(here: &Here, lang: Lang) -> Value {
    json!({
        "hook": here.hook.name,
        "plugin": here.release.manifest.name,
        "title": here.hook.title.get(lang),
        "summary": here.hook.summary.as_ref().map(|summary| summary.get(lang)),
        "origin": origin_word(here.rule.origin),
        "version": here.rule.version,
        "digest": here.rule.digest,
        "locked": here.locked,
    })
}

fn guard(guard: &Guard, lang: Lang) -> Value {
    json!({
        "name": guard.name, "say": guard.say.get(lang), "when": guard.when,
        "output": guard.output, "min": guard.min, "max": guard.max,
    })
}
