//! JSON Schemas of what the API takes and gives: from the manifest's fields, and from the contract's types.

use cunshi_contract::View;
use cunshi_contract::field::{Field, FieldKind};
use cunshi_runtime::privacy;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::error::KINDS;

/// The schema of one declared field's value.
pub(crate) fn of_field(field: &Field) -> Value {
    let mut schema = of_kind(field);
    if let Some(label) = &field.label {
        schema["description"] = format!("{} / {}", label.zh, label.en).into();
    }
    if let Some(default) = &field.default {
        schema["default"] = default.clone();
    }
    schema
}

fn of_kind(field: &Field) -> Value {
    let ids = || json!({ "type": "array", "items": { "type": "string", "format": "uuid" } });
    let mut schema = match field.kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::Markdown | FieldKind::Place => text(field),
        FieldKind::Phone => json!({ "type": "string", "pattern": "^[0-9+ -]{5,20}$" }),
        FieldKind::Integer => number(field),
        FieldKind::Stars => json!({ "type": "integer", "minimum": 1, "maximum": 5 }),
        FieldKind::Decimal => json!({ "type": "string", "pattern": "^-?[0-9]+([.][0-9]{1,4})?$" }),
        FieldKind::Money => json!({ "type": "integer", "description": "fen" }),
        FieldKind::Points => json!({ "type": "integer", "description": "hundredths of a point" }),
        FieldKind::Date => json!({ "type": "string", "format": "date" }),
        FieldKind::Time => json!({ "type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$" }),
        FieldKind::Period => json!({
            "type": "object",
            "properties": {
                "from": { "type": "string", "format": "date" },
                "to": { "type": "string", "format": "date" },
            },
            "required": ["from", "to"],
            "additionalProperties": false,
        }),
        FieldKind::YesNo => json!({ "type": "boolean" }),
        FieldKind::Choice => choice(field),
        FieldKind::MultiChoice => json!({ "type": "array", "items": choice(field) }),
        FieldKind::Person | FieldKind::Household => json!({ "type": "string", "format": "uuid" }),
        FieldKind::Photos | FieldKind::Files => ids(),
        FieldKind::Reference => reference(field),
    };
    if schema["type"] == "array" {
        let limits = [("minItems", field.min), ("maxItems", field.limit())];
        for (name, limit) in limits.into_iter().filter_map(|(name, limit)| Some((name, limit?))) {
            schema[name] = limit.into();
        }
    }
    schema
}

/// Characters of a text: everything but control characters, lines and tabs excepted.
const SHOWN: &str = r"[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]";

fn text(field: &Field) -> Value {
    let pattern =
        if must(field) { format!(r"^{SHOWN}*[^\s\u0000-\u001f\u007f-\u009f]{SHOWN}*$") } else { format!("^{SHOWN}*$") };
    let mut schema = json!({ "type": "string", "pattern": pattern });
    if let Some(limit) = field.limit() {
        schema["maxLength"] = limit.into();
    }
    schema
}

/// Ids are visible ASCII.
fn reference(field: &Field) -> Value {
    json!({ "type": "string", "pattern": if must(field) { "^[!-~]{1,200}$" } else { "^[!-~]{0,200}$" } })
}

fn must(field: &Field) -> bool {
    field.required && field.when.is_none()
}

fn number(field: &Field) -> Value {
    let mut schema = json!({ "type": "integer" });
    for (name, limit) in [("minimum", field.min), ("maximum", field.max)] {
        if let Some(limit) = limit {
            schema[name] = limit.into();
        }
    }
    schema
}

fn choice(field: &Field) -> Value {
    if field.choices.is_empty() {
        return json!({ "type": "string" });
    }
    // An empty text says: nothing chosen.
    let nothing = (field.kind == FieldKind::Choice && !must(field)).then_some("");
    let values: Vec<&str> = field.choices.iter().map(|choice| choice.value.as_str()).chain(nothing).collect();
    json!({ "type": "string", "enum": values })
}

/// The object that an action takes.
pub(crate) fn of_fields(fields: &[Field], on_behalf: bool) -> Value {
    let mut properties: Map<String, Value> = fields.iter().map(|field| (field.name.clone(), of_field(field))).collect();
    if on_behalf {
        let about = "The person for whom it is done, when that is somebody else.";
        properties
            .insert("on_behalf_of".to_owned(), json!({ "type": "string", "format": "uuid", "description": about }));
    }
    if fields.iter().any(privacy::is_searched) {
        properties.extend(chosen());
    }
    let required: Vec<&str> = needed(fields).map(|field| field.name.as_str()).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    schema
}

/// What the sender of texts may choose when they hold numbers of persons.
fn chosen() -> [(String, Value); 2] {
    let about = "What becomes of mobile, identity and bank card numbers in the texts: without it they are refused \
                 (422 `private-data`); `mask` makes them unreadable; `keep` leaves them, for a cadre of the space.";
    let why = "Why they are kept; required with `keep`. It is recorded with who and where, and holds no number itself.";
    [
        (privacy::CHOICE.to_owned(), json!({ "type": "string", "enum": ["mask", "keep"], "description": about })),
        (privacy::REASON.to_owned(), json!({ "type": "string", "maxLength": privacy::MAX_REASON, "description": why })),
    ]
}

/// The fields that must be there in any case.
pub(crate) fn needed(fields: &[Field]) -> impl Iterator<Item = &Field> {
    fields.iter().filter(|field| field.required && field.when.is_none() && field.default.is_none())
}

/// The named schemas: problem documents, spaces, view trees.
pub(crate) fn components() -> Map<String, Value> {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.for_serialize().into_generator();
    generator.subschema_for::<View>();
    let mut schemas = generator.take_definitions(true);
    schemas.insert("Problem".to_owned(), problem());
    schemas.insert("Space".to_owned(), space());
    schemas
}

fn problem() -> Value {
    let types: Vec<String> = KINDS.iter().map(|(kind, ..)| format!("urn:cunshi:problem:{kind}")).collect();
    json!({
        "type": "object",
        "description": "RFC 9457",
        "properties": {
            "type": { "type": "string", "enum": types },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string", "description": "What to do, in the reader's language." },
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "field": { "type": "string" }, "message": { "type": "string" },
                        "line": { "type": ["integer", "null"], "description": "In a rule's script, from 1." },
                        "column": { "type": ["integer", "null"] },
                        "row": { "type": "integer", "description": "Of a rule's table, from 1." },
                        "guard": { "type": "string", "description": "The guard that a rule passes." },
                    },
                    "required": ["field", "message"],
                },
            },
            "found": {
                "type": "array",
                "description": "The numbers of persons in the texts, for `private-data`.",
                "items": {
                    "type": "object",
                    "properties": {
                        "field": { "type": "string" },
                        "kind": { "type": "string", "enum": ["mobile", "identity", "bank-card"] },
                        "text": { "type": "string", "description": "As it was written." },
                        "masked": { "type": "string", "description": "As it would read with `privacy` = `mask`." },
                    },
                    "required": ["field", "kind", "text", "masked"],
                },
            },
            "limit": { "type": "integer", "description": "Bytes, when a limit on them was passed." },
        },
        "required": ["type", "title", "status", "detail"],
    })
}

fn space() -> Value {
    let name = || {
        json!({
            "type": "object",
            "properties": { "code": { "type": "string" }, "name": { "type": "string" } },
            "required": ["code", "name"],
        })
    };
    json!({
        "type": "object",
        "properties": {
            "code": { "type": "string", "pattern": "^[0-9]{12}$" },
            "name": { "type": "string" },
            "kind": { "type": "string", "enum": ["village", "community", "town", "district"] },
            "town": name(),
            "above": name(),
            "budgets": {
                "type": "object",
                "description": "What one call of a module may use here, as the district has set it.",
                "additionalProperties": { "type": "integer", "minimum": 1 },
            },
        },
        "required": ["code", "name", "kind"],
    })
}
