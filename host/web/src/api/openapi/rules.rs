//! The API's rules and decisions, described.

use serde_json::{Map, Value, json};

use super::{answers, object, problems, security, village};

/// The paths.
pub(super) fn paths() -> Map<String, Value> {
    let base = "/api/v1/villages/{village}";
    let mut paths = Map::new();
    let mut add = |path: String, method: &str, operation: Value| {
        paths.insert(path, json!({ method: operation }));
    };
    let list = object(&json!({ "rules": { "type": "array", "items": object(&short(), &SHORT) } }), &["rules"]);
    add(format!("{base}/rules"), "get", reads("rules", "Whose rule decides what", &[village()], &list));
    let at_hook = [village(), hook()];
    add(format!("{base}/rules/{{hook}}"), "get", reads("rule", "One rule whole", &at_hook, &whole()));
    let check = writes("check-rule", "Check a text and keep nothing", &at_hook, &text(&json!({}), &[]));
    add(format!("{base}/rules/{{hook}}/check"), "post", answering(check, "200", &checked(), &[]));
    let more = json!({
        "note": { "type": "string", "minLength": 1, "maxLength": 500, "description": "What is changed and why." },
        "from": { "type": "string", "format": "date", "description": "The day from which it is to decide." },
    });
    let save = writes("save-rule", "Keep a draft, if its check passes", &at_hook, &text(&more, &["note"]));
    add(format!("{base}/rules/{{hook}}/versions"), "post", answering(save, "201", &version(), &[]));
    let at_version = [village(), hook(), in_path("version", &json!({ "type": "string", "pattern": "^[0-9]{1,9}$" }))];
    let from = json!({
        "type": "object", "additionalProperties": false,
        "properties": { "from": { "type": "string", "format": "date", "description": "The author's day when left out." } },
    });
    let publish = writes("publish-rule", "Publish a draft of somebody else", &at_version, &from);
    add(
        format!("{base}/rules/{{hook}}/versions/{{version}}/publish"),
        "post",
        answering(publish, "200", &version(), &[409]),
    );
    let which = json!({
        "type": "object", "properties": { "version": number() }, "required": ["version"], "additionalProperties": false,
    });
    let back = writes("roll-back-rule", "Go back to a version that decided before", &at_hook, &which);
    add(format!("{base}/rules/{{hook}}/rollback"), "post", answering(back, "200", &version(), &[409]));
    let at_id = [village(), in_path("id", &json!({ "type": "string", "minLength": 1 }))];
    let why = "Why something was decided so: for whom it is about, supervisors and the admin; 404 for anybody else";
    add(format!("{base}/decisions/{{id}}"), "get", reads("decision", why, &at_id, &decision()));
    paths
}

fn reads(id: &str, summary: &str, parameters: &[Value], schema: &Value) -> Value {
    json!({
        "operationId": id, "summary": summary, "security": security(false), "parameters": parameters,
        "responses": answers("200", Some(schema), &problems(&[404])),
    })
}

fn writes(id: &str, summary: &str, parameters: &[Value], body: &Value) -> Value {
    json!({
        "operationId": id, "summary": summary, "security": security(false), "parameters": parameters,
        "requestBody": { "required": false, "content": { "application/json": { "schema": body } } },
    })
}

fn answering(mut operation: Value, success: &str, schema: &Value, more: &[u16]) -> Value {
    let also: Vec<u16> = [404, 413, 415, 422].iter().chain(more).copied().collect();
    operation["responses"] = answers(success, Some(schema), &problems(&also));
    operation
}

fn in_path(name: &str, schema: &Value) -> Value {
    json!({ "name": name, "in": "path", "required": true, "schema": schema })
}

fn hook() -> Value {
    in_path("hook", &json!({ "type": "string", "pattern": "^[a-z0-9-]+[.][a-z0-9-]+$" }))
}

fn number() -> Value {
    json!({ "type": "integer", "minimum": 1, "maximum": 1_000_000 })
}

fn version() -> Value {
    object(&json!({ "version": number() }), &["version"])
}

fn rows() -> Value {
    json!({ "type": "array", "items": { "type": "object" }, "description": "Values by column." })
}

fn cases() -> Value {
    json!({ "type": "array", "items": {
        "type": "object",
        "properties": {
            "name": { "type": "string" }, "input": { "type": "object" }, "answers": { "type": "object" },
            "output": { "type": "object" },
        },
        "required": ["name", "input", "output"],
    } })
}

/// A rule's text with other properties; what is left out is that of the rule in force.
fn text(more: &Value, required: &[&str]) -> Value {
    let mut properties = json!({ "table": rows(), "script": { "type": "string" }, "cases": cases() });
    for (name, schema) in more.as_object().into_iter().flatten() {
        properties[name] = schema.clone();
    }
    let mut schema = object(&properties, required);
    schema["additionalProperties"] = false.into();
    schema
}

fn text_or_null() -> Value {
    json!({ "type": ["string", "null"] })
}

fn origin() -> Value {
    json!({ "type": "string", "enum": ["village", "district", "plugin"] })
}

/// What is said of every rule.
const SHORT: [&str; 7] = ["hook", "plugin", "title", "origin", "version", "digest", "locked"];

fn short() -> Value {
    json!({
        "hook": { "type": "string" }, "plugin": { "type": "string" }, "title": { "type": "string" },
        "summary": text_or_null(), "origin": origin(),
        "version": { "type": "integer", "description": "0 for a plugin's default." },
        "digest": { "type": "string" }, "locked": { "type": "boolean" },
    })
}

fn whole() -> Value {
    let fields = json!({ "type": "array", "items": { "type": "object" } });
    let version = object(
        &json!({
            "version": number(), "active": { "type": "boolean" }, "digest": { "type": "string" },
            "state": { "type": "string", "enum": ["draft", "checked", "tried", "published", "superseded"] },
            "author": { "type": "string" }, "note": { "type": "string" }, "made": { "type": "string" },
            "published_by": text_or_null(), "published": text_or_null(), "from": text_or_null(),
        }),
        &["version", "state", "active", "digest", "author", "note", "made", "published_by", "published", "from"],
    );
    let guard = object(
        &json!({
            "name": { "type": "string" }, "say": { "type": "string" }, "when": { "type": "object" },
            "output": { "type": "string" }, "min": {}, "max": {},
        }),
        &["name", "say", "when", "output"],
    );
    let mut properties = short();
    for (name, schema) in [
        ("entry", json!({ "type": "string" })),
        ("on_failure", json!({ "type": "string", "enum": ["wait", "fall-back"] })),
        (
            "fields",
            object(&json!({ "input": fields, "output": fields, "table": fields }), &["input", "output", "table"]),
        ),
        ("table", rows()),
        ("script", json!({ "type": "string" })),
        ("cases", cases()),
        ("versions", json!({ "type": "array", "items": version })),
        ("guards", json!({ "type": "array", "items": guard })),
    ] {
        properties[name] = schema;
    }
    let own = ["entry", "on_failure", "fields", "table", "script", "cases", "versions", "guards"];
    let required: Vec<&str> = SHORT.into_iter().chain(own).collect();
    object(&properties, &required)
}

fn mistake() -> Value {
    let place = json!({ "type": ["integer", "null"] });
    object(
        &json!({
            "line": place, "column": place, "message": { "type": "string" },
            "row": { "type": "integer", "description": "Of the table, from 1." },
            "guard": { "type": "string", "description": "The guard that is passed." },
        }),
        &["line", "column", "message"],
    )
}

fn checked() -> Value {
    let case = object(
        &json!({
            "name": { "type": "string" }, "ok": { "type": "boolean" }, "message": { "type": "string" },
            "output": { "type": "object" },
        }),
        &["name", "ok"],
    );
    object(
        &json!({
            "ok": { "type": "boolean" }, "errors": { "type": "array", "items": mistake() },
            "cases": { "type": "array", "items": case },
        }),
        &["ok", "errors", "cases"],
    )
}

fn decision() -> Value {
    let answer =
        object(&json!({ "question": { "type": "string" }, "answer": { "type": "integer" } }), &["question", "answer"]);
    let failure = json!({ "oneOf": [{ "type": "null" }, mistake()] });
    object(
        &json!({
            "id": { "type": "string", "format": "uuid" }, "hook": { "type": "string" }, "plugin": { "type": "string" },
            "origin": origin(), "version": { "type": "integer" }, "digest": { "type": "string" },
            "guards": { "type": "string" }, "engine": { "type": "string" },
            "output": { "type": "object", "description": "Points in hundredths, money in fen." },
            "because": { "type": "array", "items": { "type": "string" } },
            "row": { "type": ["object", "null"] }, "input": { "type": "object" },
            "answers": { "type": "array", "items": answer }, "fell_back": failure,
            "at": { "type": "string" }, "made": { "type": "string" }, "voided": text_or_null(),
        }),
        &[
            "id",
            "hook",
            "plugin",
            "origin",
            "version",
            "digest",
            "guards",
            "engine",
            "output",
            "because",
            "row",
            "input",
            "answers",
            "fell_back",
            "at",
            "made",
            "voided",
        ],
    )
}
