//! `GET /api/v1/openapi.json`: the API as it stands, generated from the catalogue's manifests.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::response::{IntoResponse, Response};
use cunshi_contract::Manifest;
use cunshi_contract::field::Field;
use cunshi_contract::manifest::Audience;
use cunshi_runtime::Release;
use serde_json::{Map, Value, json};

use super::act::KEY;
use super::schema::{components, needed, of_field, of_fields};
use super::upload::FIELD;
use crate::Web;
use crate::error::KINDS;
use crate::pages::act::LONGEST_KEY;

mod messages;
mod rules;

/// The handler.
pub(crate) async fn get(State(web): State<Web>) -> Response {
    let server = web.options.public_url.clone().unwrap_or_else(|| "/".to_owned());
    let mut response = Json(document(&web.runtime.releases(), &server, web.cookies().session())).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// The document for some releases.
fn document(releases: &[Arc<Release>], server: &str, cookie: &str) -> Value {
    let mut paths = host_paths();
    paths.extend(rules::paths());
    paths.extend(messages::paths());
    for release in releases {
        plugin_paths(&release.manifest, &mut paths);
    }
    let tags: Vec<Value> = releases
        .iter()
        .map(|release| {
            let title = &release.manifest.title;
            json!({ "name": release.manifest.name, "description": format!("{} / {}", title.zh, title.en) })
        })
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Cunshi",
            "version": "1",
            "description": "Village affairs. `{village}` is the 12-digit statistical code of any space. \
                            Messages come in the reader's language (`Accept-Language`, or `?lang=zh|en`).",
        },
        "servers": [{ "url": server }],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": components(),
            "responses": responses(),
            "parameters": { "village": {
                "name": "village", "in": "path", "required": true,
                "schema": { "type": "string", "pattern": "^[0-9]{12}$" },
            } },
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer" },
                "cookie": { "type": "apiKey", "in": "cookie", "name": cookie },
            },
        },
    })
}

/// One named response per status of the problems that there are.
fn responses() -> Map<String, Value> {
    let mut by_status: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for (kind, status, ..) in KINDS {
        by_status.entry(status).or_default().push(kind);
    }
    let response = |kinds: &[&str]| {
        let schema = json!({ "$ref": "#/components/schemas/Problem" });
        json!({ "description": kinds.join(", "), "content": { "application/problem+json": { "schema": schema } } })
    };
    by_status.iter().map(|(status, kinds)| (format!("Problem{status}"), response(kinds))).collect()
}

/// The answers of an operation: what it gives, and the problems that it may have.
fn answers(success: &str, schema: Option<&Value>, problems: &[u16]) -> Value {
    let mut answers = Map::new();
    let good = match schema {
        Some(schema) => json!({ "description": "Done", "content": { "application/json": { "schema": schema } } }),
        None => json!({ "description": "Done" }),
    };
    answers.insert(success.to_owned(), good);
    for status in problems {
        let reference = format!("#/components/responses/Problem{status}");
        answers.insert(status.to_string(), json!({ "$ref": reference }));
    }
    Value::Object(answers)
}

/// What any address may answer: a stale token, something unreadable, a failure, too many at once.
const ALWAYS: [u16; 6] = [400, 401, 403, 405, 500, 503];

fn problems(more: &[u16]) -> Vec<u16> {
    let mut all: Vec<u16> = ALWAYS.iter().chain(more).copied().collect();
    all.sort_unstable();
    all
}

fn security(public: bool) -> Value {
    if public { json!([{}, { "bearer": [] }, { "cookie": [] }]) } else { json!([{ "bearer": [] }, { "cookie": [] }]) }
}

fn village() -> Value {
    json!({ "$ref": "#/components/parameters/village" })
}

fn object(properties: &Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": properties, "required": required })
}

fn host_paths() -> Map<String, Value> {
    let space = json!({ "$ref": "#/components/schemas/Space" });
    let person = object(&json!({ "id": { "type": "string" }, "name": { "type": "string" } }), &["id", "name"]);
    let words = json!({ "type": "array", "items": { "type": "string" } });
    let credentials = json!({
        "type": "object",
        "properties": {
            "village": { "type": "string", "pattern": "^[0-9]{12}$" },
            "phone": { "type": "string", "minLength": 1 },
            "password": { "type": "string", "minLength": 1 },
        },
        "required": ["phone", "password"],
        "additionalProperties": false,
    });
    let opened = object(
        &json!({ "token": { "type": "string" }, "person": person, "roles": words }),
        &["token", "person", "roles"],
    );
    let known =
        object(&json!({ "person": person, "villages": { "type": "array", "items": space } }), &["person", "villages"]);
    let list = object(&json!({ "villages": { "type": "array", "items": space } }), &["villages"]);
    let file = object(
        &json!({
            "id": { "type": "string", "format": "uuid" }, "kind": { "type": "string", "enum": ["image", "file"] },
            "name": { "type": "string" }, "media_type": { "type": "string" }, "bytes": { "type": "integer" },
            "width": { "type": "integer" }, "height": { "type": "integer" },
        }),
        &["id", "kind", "name", "media_type", "bytes"],
    );
    let upload = json!({ "required": true, "content": { "multipart/form-data": { "schema": {
        "type": "object", "properties": { FIELD: { "type": "string", "format": "binary" } }, "required": [FIELD],
    } } } });
    let body = json!({ "required": true, "content": { "application/json": { "schema": credentials } } });
    let paths = json!({
        "/api/v1/session": {
            "post": {
                "operationId": "sign-in", "summary": "Sign in", "security": security(true), "requestBody": body,
                "responses": answers("200", Some(&opened), &problems(&[404, 413, 415, 422, 429])),
            },
            "get": {
                "operationId": "who-am-i", "summary": "Who is signed in", "security": security(false),
                "responses": answers("200", Some(&known), &problems(&[])),
            },
            "delete": {
                "operationId": "sign-out", "summary": "Sign out", "security": security(false),
                "responses": answers("204", None, &problems(&[])),
            },
        },
        "/api/v1/villages": { "get": {
            "operationId": "villages", "summary": "All villages", "security": security(true),
            "responses": answers("200", Some(&list), &problems(&[])),
        } },
        "/api/v1/villages/{village}": { "get": {
            "operationId": "village", "summary": "One village, town or district", "security": security(true),
            "parameters": [village()], "responses": answers("200", Some(&space), &problems(&[404])),
        } },
        "/api/v1/villages/{village}/files": { "post": {
            "operationId": "upload", "summary": "Upload a file for an action to name", "security": security(false),
            "parameters": [village()], "requestBody": upload,
            "responses": answers("201", Some(&file), &problems(&[404, 413, 415, 422, 429])),
        } },
    });
    match paths {
        Value::Object(paths) => paths,
        _ => Map::new(),
    }
}

fn plugin_paths(manifest: &Manifest, paths: &mut Map<String, Value>) {
    let name = &manifest.name;
    let base = format!("/api/v1/villages/{{village}}/{name}");
    for page in manifest.pages.iter().filter(|page| page.slot.is_none()) {
        let path = if page.route.is_empty() { format!("{base}/p") } else { format!("{base}/p/{}", page.route) };
        let view = json!({ "$ref": "#/components/schemas/View" });
        let asked = parameters(&page.params, &page.route);
        let operation = read(name, "page", &page.name, &page.who, &asked, &view);
        paths.insert(path, json!({ "get": operation }));
    }
    for query in &manifest.queries {
        let result = object(&json!({ "result": {} }), &["result"]);
        let operation = read(name, "query", &query.name, &query.who, &parameters(&query.params, ""), &result);
        paths.insert(format!("{base}/q/{}", query.name), json!({ "get": operation }));
    }
    for action in &manifest.actions {
        let schema = of_fields(&action.fields, !action.on_behalf.is_empty());
        let properties = json!({ "result": {}, "say": { "type": "string" }, "repeated": { "type": "boolean" } });
        let result = object(&properties, &["result", "repeated"]);
        let key = json!({
            "name": KEY, "in": "header", "required": false,
            "description": "Sent again with the same key and body, an action is done once.",
            "schema": { "type": "string", "pattern": format!("^[!-~]{{1,{LONGEST_KEY}}}$") },
        });
        let operation = json!({
            "operationId": format!("{name}-action-{}", action.name),
            "summary": format!("{} / {}", action.label.zh, action.label.en),
            "tags": [name],
            "security": security(action.who.is_public()),
            "parameters": [village(), key],
            "requestBody": {
                "required": needed(&action.fields).next().is_some(),
                "content": { "application/json": { "schema": schema } },
            },
            "responses": answers("200", Some(&result), &problems(&[404, 409, 413, 415, 422])),
        });
        paths.insert(format!("{base}/a/{}", action.name), json!({ "post": operation }));
    }
}

fn read(plugin: &str, what: &str, name: &str, who: &Audience, asked: &[Value], schema: &Value) -> Value {
    json!({
        "operationId": format!("{plugin}-{what}-{name}"),
        "tags": [plugin],
        "security": security(who.is_public()),
        "parameters": asked,
        "responses": answers("200", Some(schema), &problems(&[404, 409, 413, 422])),
    })
}

/// Parameters of path and query string.
fn parameters(params: &[Field], route: &str) -> Vec<Value> {
    let mut all = vec![village()];
    let in_path: Vec<&str> =
        route.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}')).collect();
    for name in &in_path {
        // What stands in the path is always given.
        let declared = params.iter().find(|param| param.name == *name).cloned();
        let schema = declared.map_or_else(
            || json!({ "type": "string", "minLength": 1 }),
            |param| of_field(&Field { required: true, ..param }),
        );
        all.push(json!({ "name": name, "in": "path", "required": true, "schema": schema }));
    }
    for param in params.iter().filter(|param| !in_path.contains(&param.name.as_str())) {
        all.push(json!({
            "name": param.name, "in": "query", "required": param.required, "schema": of_field(param),
        }));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_leads_somewhere() {
        let document = document(&[], "/", "cunshi");
        let text = document.to_string();
        let references = text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next());
        let mut count = 0;
        for pointer in references {
            assert!(document.pointer(pointer).is_some(), "{pointer} is not there");
            count += 1;
        }
        assert!(count > 30, "the view tree is described");
    }

    #[test]
    fn a_plugin_s_offers_are_all_described() {
        let manifest: Manifest = serde_json::from_value(json!({
            "name": "hello", "version": "1.0.0", "title": { "zh": "你好", "en": "Hello" },
            "page": [
                { "name": "first", "who": "anyone" },
                { "name": "one", "route": "one/{id}", "who": "member", "params": [{ "name": "id", "kind": "reference" }] },
                { "name": "card", "who": "anyone", "slot": "home" },
            ],
            "query": [{ "name": "all", "who": "anyone", "params": [{ "name": "state", "kind": "text" }] }],
            "action": [{
                "name": "greet", "who": "member", "label": { "zh": "问好", "en": "Greet" },
                "fields": [{ "name": "words", "kind": "text", "required": true, "max": 20,
                             "label": { "zh": "话", "en": "Words" } }],
            }],
        }))
        .unwrap();
        let mut paths = Map::new();
        plugin_paths(&manifest, &mut paths);
        let base = "/api/v1/villages/{village}/hello";
        let found: Vec<&str> = paths.keys().map(String::as_str).collect();
        let expected = ["p", "p/one/{id}", "q/all", "a/greet"].map(|end| format!("{base}/{end}"));
        assert_eq!(found, expected.iter().map(String::as_str).collect::<Vec<_>>());
        let words = &paths[&format!("{base}/a/greet")]["post"]["requestBody"]["content"]["application/json"]["schema"];
        assert_eq!(words["properties"]["words"]["maxLength"], 20);
        assert_eq!(words["required"], json!(["words"]));
    }
}
