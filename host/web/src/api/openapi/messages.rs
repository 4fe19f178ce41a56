//! The inbox in the document.

use serde_json::{Map, Value, json};

use super::{answers, object, problems, security, village};
use crate::api::messages::MOST;

pub(super) fn paths() -> Map<String, Value> {
    let base = "/api/v1/villages/{village}/messages";
    let query = |name: &str, schema: Value, what: &str| json!({ "name": name, "in": "query", "required": false, "schema": schema, "description": what });
    let asked = [
        village(),
        query("unread", json!({ "type": "boolean" }), "Only those that were not read."),
        query("limit", json!({ "type": "integer", "minimum": 1, "maximum": MOST }), "20 when left out."),
        query("cursor", json!({ "type": "string", "format": "uuid" }), "`next` of the page before."),
    ];
    let text = || json!({ "type": "string" });
    let maybe = || json!({ "type": ["string", "null"] });
    let message = object(
        &json!({
            "id": { "type": "string", "format": "uuid" }, "plugin": text(), "title": text(), "body": maybe(),
            "page": { "type": ["object", "null"], "description": "The page of the plugin that it leads to." },
            "address": maybe(), "urgent": { "type": "boolean" }, "at": text(), "read": { "type": "boolean" },
        }),
        &["id", "plugin", "title", "body", "page", "address", "urgent", "at", "read"],
    );
    let unread = || json!({ "type": "integer", "minimum": 0, "description": "At most 100." });
    let list = object(
        &json!({ "messages": { "type": "array", "items": message }, "unread": unread(), "next": text() }),
        &["messages", "unread"],
    );
    let left = object(&json!({ "unread": unread() }), &["unread"]);
    let id = json!({
        "name": "id", "in": "path", "required": true, "schema": { "type": "string", "minLength": 1 },
    });
    let paths = json!({
        base: { "get": {
            "operationId": "messages", "summary": "The reader's messages, newest first", "security": security(false),
            "parameters": asked, "responses": answers("200", Some(&list), &problems(&[404, 422])),
        } },
        format!("{base}/{{id}}/read"): { "post": {
            "operationId": "read-message", "summary": "A message was read", "security": security(false),
            "parameters": [village(), id], "responses": answers("200", Some(&left), &problems(&[404])),
        } },
        format!("{base}/read-all"): { "post": {
            "operationId": "read-messages", "summary": "All messages were read", "security": security(false),
            "parameters": [village()], "responses": answers("200", Some(&left), &problems(&[404])),
        } },
    });
    match paths {
        Value::Object(paths) => paths,
        _ => Map::new(),
    }
}
