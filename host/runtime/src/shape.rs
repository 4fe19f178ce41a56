//! The shape of events: the JSON Schema that a plugin gives for what it sends, held against each payload.

use std::collections::BTreeMap;

use cunshi_contract::Manifest;
use jsonschema::Validator;
use serde_json::Value;

/// A schema made ready; the reason when it is none. What it refers to must be in itself: nothing is fetched.
pub(crate) fn of(schema: &Value) -> Result<Validator, String> {
    jsonschema::validator_for(schema).map_err(|error| error.to_string())
}

/// The shapes of a plugin's events, by name.
pub(crate) fn all(manifest: &Manifest) -> Result<BTreeMap<String, Validator>, String> {
    let mut shapes = BTreeMap::new();
    for sends in &manifest.uses.sends {
        let Some(told) = sends.told() else { continue };
        let (Some(file), name) = (&told.schema, sends.name()) else { continue };
        let Some(built) = &told.built else {
            return Err(format!(
                "the event `{name}` has no schema in the component (`cunshi plugin build` puts in what `{file}` holds)"
            ));
        };
        let shape = of(built).map_err(|why| format!("the schema of the event `{name}` cannot be used: {why}"))?;
        shapes.insert(name.to_owned(), shape);
    }
    Ok(shapes)
}

/// What is wrong with a payload, and where.
pub(crate) fn wrong(shape: &Validator, payload: &Value) -> Option<String> {
    let error = shape.iter_errors(payload).next()?;
    let place = error.instance_path().to_string();
    Some(if place.is_empty() { error.to_string() } else { format!("{place}: {error}") })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_wrong_with_a_payload_is_told_with_its_place() {
        let schema = json!({
            "type": "object",
            "properties": { "number": { "type": "string" }, "answers": { "items": { "type": "string" } } },
            "required": ["number"],
            "additionalProperties": false,
        });
        let shape = of(&schema).unwrap();
        let wrong = |payload: Value| wrong(&shape, &payload);
        assert_eq!(wrong(json!({ "number": "2026-0042", "answers": [] })), None);
        assert_eq!(wrong(json!({})).unwrap(), "\"number\" is a required property");
        assert_eq!(
            wrong(json!({ "number": "1", "answers": ["a", 2] })).unwrap(),
            "/answers/1: 2 is not of type \"string\""
        );
        assert!(wrong(json!({ "number": "1", "nubmer": "1" })).unwrap().contains("nubmer"));
    }
}
