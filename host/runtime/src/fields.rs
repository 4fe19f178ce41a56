//! Forms and parameters: what was given, checked against what the manifest declares.
//!
//! Values come as JSON, or as strings as forms and query strings give them; what leaves is the JSON that
//! [`cunshi_contract::FieldKind`] promises. To add a kind: its variant there, its reading in `value`.

use std::collections::HashMap;

use cunshi_contract::{Field, FieldKind, Lang};
use serde_json::{Map, Value};

use crate::error::FieldError;

mod number;
mod say;
mod value;

/// What one field holds.
enum Given {
    /// Nothing: left out, null, empty.
    Nothing,
    /// A value in the form that plugins receive.
    Good(Value),
    /// Something else; a sentence for the reader.
    Wrong(String),
}

/// Checks and completes `given`. Hidden fields (see `when`) are neither required nor kept; unknown ones
/// are mistakes. A period may come as two values, `name.from` and `name.to`.
pub fn validate(
    fields: &[Field],
    given: &Map<String, Value>,
    lang: Lang,
) -> Result<Map<String, Value>, Vec<FieldError>> {
    let read: HashMap<&str, Given> =
        fields.iter().map(|field| (field.name.as_str(), complete(field, read(field, given, lang)))).collect();
    let mut taken = Map::new();
    let mut errors = Vec::new();
    for field in fields.iter().filter(|field| is_shown(field, fields, &read, fields.len())) {
        match read.get(field.name.as_str()) {
            Some(Given::Good(value)) => {
                taken.insert(field.name.clone(), value.clone());
            }
            Some(Given::Wrong(message)) => errors.push(FieldError::new(&field.name, message)),
            Some(Given::Nothing) | None if field.required => {
                errors.push(FieldError::new(&field.name, say::needed(field, lang)));
            }
            Some(Given::Nothing) | None => {
                if let Some(nothing) = nothing_of(field.kind) {
                    taken.insert(field.name.clone(), nothing);
                }
            }
        }
    }
    errors.extend(given.keys().filter(|name| !is_declared(name, fields)).map(|name| {
        let short: String = name.chars().take(60).collect();
        FieldError::new(short, say::unknown(lang))
    }));
    if errors.is_empty() { Ok(taken) } else { Err(errors) }
}

/// Whether a text is a plain decimal number with at most four places.
pub(crate) fn is_decimal(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.')) && number::parse(text, 4).is_some()
}

/// A cell of a rule's table as people write it, in the shape that plugins receive; none when it is empty. In a table
/// a whole number of points is so many points, not hundredths.
pub(crate) fn written(field: &Field, value: &Value, lang: Lang) -> Result<Option<Value>, String> {
    let text =
        value.as_i64().filter(|_| field.kind == FieldKind::Points).map(|points| Value::String(points.to_string()));
    match value::read(field, text.as_ref().unwrap_or(value), lang) {
        Given::Nothing => Ok(None),
        Given::Good(value) => Ok(Some(value)),
        Given::Wrong(sentence) => Err(sentence),
    }
}

fn read(field: &Field, given: &Map<String, Value>, lang: Lang) -> Given {
    match given.get(&field.name) {
        Some(value) => value::read(field, value, lang),
        None if field.kind == FieldKind::Period => {
            let day = |end: &str| given.get(&format!("{}.{end}", field.name)).cloned().unwrap_or_default();
            value::read(field, &Value::Array(vec![day("from"), day("to")]), lang)
        }
        None => Given::Nothing,
    }
}

/// The default in the place of nothing.
fn complete(field: &Field, given: Given) -> Given {
    match (given, &field.default) {
        (Given::Nothing, Some(default)) if !default.is_null() => Given::Good(default.clone()),
        (given, _) => given,
    }
}

fn is_shown(field: &Field, fields: &[Field], read: &HashMap<&str, Given>, left: usize) -> bool {
    let Some(when) = &field.when else { return true };
    let Some(other) = fields.iter().find(|other| other.name == when.field) else { return true };
    // A field that waits for a hidden one is hidden too; a circle of them never shows.
    if left == 0 || !is_shown(other, fields, read, left - 1) {
        return false;
    }
    let is = |value: &Value| match value {
        Value::String(text) => when.is.contains(text),
        other => when.is.contains(&other.to_string()),
    };
    match read.get(when.field.as_str()) {
        Some(Given::Good(Value::Array(values))) => values.iter().any(is),
        Some(Given::Good(value)) => is(value),
        _ => nothing_of(other.kind).is_some_and(|nothing| is(&nothing)),
    }
}

fn is_declared(name: &str, fields: &[Field]) -> bool {
    fields.iter().any(|field| {
        field.name == name
            || field.kind == FieldKind::Period
                && name.strip_prefix(&field.name).is_some_and(|end| matches!(end, ".from" | ".to"))
    })
}

/// What a plugin receives of a shown field that was left empty.
fn nothing_of(kind: FieldKind) -> Option<Value> {
    match kind {
        FieldKind::YesNo => Some(Value::Bool(false)),
        FieldKind::MultiChoice | FieldKind::Photos | FieldKind::Files => Some(Value::Array(Vec::new())),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
