//! `POST /api/v1/villages/{village}/rules/{hook}/versions`: a draft, if its check passes. `POST …/{version}/publish`:
//! by a second person. `POST …/rules/{hook}/rollback`: back to a version that decided before.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use cunshi_contract::Lang;
use cunshi_model::Micros;
use cunshi_runtime::FieldError;
use serde_json::{Map, Value, json};

use super::{answer, object};
use crate::Web;
use crate::error::Refusal;
use crate::rules::{self, text, versions};
use crate::visit::{At, Visit};

/// A draft: `{table?, script?, cases?, note, from?}` → `{version}`. What is left out is that of the rule in force.
pub(crate) async fn post(
    State(web): State<Web>,
    visit: Visit,
    At((_, hook)): At<(String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    let (author, here) = rules::to_change(&web, &visit, &hook).await?;
    let lang = visit.reader.lang;
    let body = object(request).await?;
    let text = text::of_json(&body, &here.rule.text, &["note", "from"], lang)?;
    let note = note(&body, lang)?;
    let from = from(&body, lang)?;
    let version = versions::save(&web, &visit, &here, text, &note, from, author).await?;
    Ok(answer(StatusCode::CREATED, json!({ "version": version })))
}

/// A draft is published: `{from?}`; it decides from that day on, or from its author's, or at once.
pub(crate) async fn publish(
    State(web): State<Web>,
    visit: Visit,
    At((_, hook, version)): At<(String, String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    let (by, here) = rules::to_change(&web, &visit, &hook).await?;
    let lang = visit.reader.lang;
    let version: u32 = version.parse().map_err(|_| Refusal::NotFound)?;
    let body = object(request).await?;
    only(&body, &["from"], lang)?;
    versions::publish(&web, &visit, &here, version, from(&body, lang)?, by).await?;
    Ok(answer(StatusCode::OK, json!({ "version": version })))
}

/// Back to an older version: `{version}`.
pub(crate) async fn roll_back(
    State(web): State<Web>,
    visit: Visit,
    At((_, hook)): At<(String, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    let (by, here) = rules::to_change(&web, &visit, &hook).await?;
    let lang = visit.reader.lang;
    let body = object(request).await?;
    only(&body, &["version"], lang)?;
    let version = body.get("version").and_then(Value::as_u64).and_then(|version| u32::try_from(version).ok());
    let version = version.ok_or_else(|| Refusal::field("version", say(lang, "写第几版", "say which version")))?;
    versions::roll_back(&web, &visit, &here, version, by).await?;
    Ok(answer(StatusCode::OK, json!({ "version": version })))
}

fn say<'t>(lang: Lang, zh: &'t str, en: &'t str) -> &'t str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn only(body: &Map<String, Value>, known: &[&str], lang: Lang) -> Result<(), Refusal> {
    let unknown = body.keys().filter(|name| !known.contains(&name.as_str()));
    let errors: Vec<_> = unknown
        .map(|name| {
            FieldError::new(name.chars().take(60).collect::<String>(), say(lang, "没有这一项", "is not known here"))
        })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(Refusal::Fields(errors)) }
}

/// What was changed and why: required, so that the second person and the village know.
fn note(body: &Map<String, Value>, lang: Lang) -> Result<String, Refusal> {
    let note = body.get("note").and_then(Value::as_str).map(str::trim).unwrap_or_default();
    versions::fit_note(note).ok_or_else(|| Refusal::field("note", versions::note_needed(lang)))
}

/// The first instant of the day from which it is to count.
fn from(body: &Map<String, Value>, lang: Lang) -> Result<Option<Micros>, Refusal> {
    let wrong = || Refusal::field("from", say(lang, "写成 2026-10-01 这样的日期", "is a day such as 2026-10-01"));
    match body.get("from") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(day)) => versions::day(day).map(Some).ok_or_else(wrong),
        Some(_) => Err(wrong()),
    }
}
