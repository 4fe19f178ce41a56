//! Keys of index entries: one text whose bytes sort as the fields sort, and of which none is the beginning
//! of another.
//!
//! A text is its UTF-8 in hex, closed by `!`, which sorts before every digit. An integer or time is 16 hex
//! digits with the sign turned round. A bool is one digit.

use std::collections::BTreeSet;

use cunshi_contract::manifest::{Collection, IndexField, IndexSpec, KeyType};
use cunshi_contract::{Query, Range};
use cunshi_model::port::{DataError, Result};
use serde_json::Value;

use super::digest::hex;

/// Greatest number of entries of one document in one index.
const MAX_KEYS: usize = 32;
/// Longest key, in characters: what an index page of any engine takes.
const MAX_LENGTH: usize = 1_024;
/// Sorts after every character of a key.
const AFTER: char = '~';

/// An entry that a document has in an index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    /// The index.
    pub(crate) index: String,
    /// What sorts.
    pub(crate) encoded: String,
    /// No other document has it.
    pub(crate) unique: bool,
}

/// A half-open range of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) from: String,
    pub(crate) to: String,
}

/// The entries of a document in all indexes of its collection.
pub(crate) fn keys(collection: &Collection, body: &Value) -> Result<BTreeSet<Key>> {
    let mut all = BTreeSet::new();
    for (index, spec) in &collection.index {
        let found = index_keys(index, spec, body)?;
        all.extend(found.into_iter().map(|encoded| Key { index: index.clone(), encoded, unique: spec.unique() }));
    }
    Ok(all)
}

fn index_keys(index: &str, spec: &IndexSpec, body: &Value) -> Result<BTreeSet<String>> {
    let mut keys = BTreeSet::from([String::new()]);
    for field in spec.fields() {
        let values: BTreeSet<String> = match body.get(&field.name) {
            None | Some(Value::Null) => return Ok(BTreeSet::new()),
            Some(Value::Array(values)) => {
                values.iter().map(|value| encode(index, field, value)).collect::<Result<_>>()?
            }
            Some(value) => BTreeSet::from([encode(index, field, value)?]),
        };
        if keys.len() * values.len() > MAX_KEYS {
            let name = &field.name;
            let message = format!("the index `{index}` takes at most {MAX_KEYS} values of `{name}` in a document");
            return Err(DataError::Invalid(message));
        }
        keys = keys.iter().flat_map(|key| values.iter().map(move |value| format!("{key}{value}"))).collect();
    }
    match keys.iter().find(|key| key.len() > MAX_LENGTH) {
        Some(_) => {
            Err(DataError::Invalid(format!("the values of the index `{index}` are too long: at most 500 bytes")))
        }
        None => Ok(keys),
    }
}

/// The keys that a query covers.
pub(crate) fn bounds(collection: &Collection, query: &Query) -> Result<Bounds> {
    let index = &query.index;
    let spec = collection.index.get(index).ok_or_else(|| {
        let known: Vec<_> = collection.index.keys().map(|name| format!("`{name}`")).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        DataError::Invalid(format!("`{}` has no index `{index}`; it declares {known}", collection.name))
    })?;
    let fields = spec.fields();
    if query.equals.len() > fields.len() {
        let message =
            format!("the index `{index}` has {} fields, {} values were given", fields.len(), query.equals.len());
        return Err(DataError::Invalid(message));
    }
    let mut prefix = String::new();
    for (field, value) in fields.iter().zip(&query.equals) {
        prefix.push_str(&encode(index, field, value)?);
    }
    let whole = Bounds { to: format!("{prefix}{AFTER}"), from: prefix };
    let Some(Range { from, to }) = &query.range else { return Ok(whole) };
    let Some(field) = fields.get(query.equals.len()) else {
        return Err(DataError::Invalid(format!("the index `{index}` has no further field for a range")));
    };
    let end = |value: &Option<Value>, open: &str| match value {
        Some(value) => Ok(format!("{}{}", whole.from, encode(index, field, value)?)),
        None => Ok::<_, DataError>(open.to_owned()),
    };
    Ok(Bounds { from: end(from, &whole.from)?, to: end(to, &whole.to)? })
}

/// A key right after one: no key lies between, because none is the beginning of another.
pub(crate) fn right_after(key: &str) -> String {
    format!("{key}{AFTER}")
}

fn encode(index: &str, field: &IndexField, value: &Value) -> Result<String> {
    let encoded = match field.kind {
        KeyType::Text => value.as_str().map(encode_text),
        KeyType::Integer | KeyType::Time => value.as_i64().map(encode_integer),
        KeyType::Bool => value.as_bool().map(|truth| if truth { "1" } else { "0" }.to_owned()),
    };
    encoded.ok_or_else(|| {
        let expected = match field.kind {
            KeyType::Text => "a text",
            KeyType::Integer => "a whole number",
            KeyType::Time => "a time (a whole number of microseconds)",
            KeyType::Bool => "true or false",
        };
        DataError::Invalid(format!("`{}` in the index `{index}` must be {expected}, not {}", field.name, kind(value)))
    })
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(number) if number.is_f64() => "a fraction",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn encode_text(text: &str) -> String {
    format!("{}!", hex(text.as_bytes()))
}

fn encode_integer(number: i64) -> String {
    hex(&(number.cast_unsigned() ^ (1 << 63)).to_be_bytes())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn collection(fields: &[&str]) -> Collection {
        let fields: Vec<_> = fields.iter().map(|field| json!(field)).collect();
        serde_json::from_value(json!({ "name": "case", "schema": 1, "index": { "by": fields } })).unwrap()
    }

    fn key(fields: &[&str], body: &Value) -> String {
        keys(&collection(fields), body).unwrap().pop_first().unwrap().encoded
    }

    const TUPLE: [&str; 4] = ["a: text", "b: integer", "c: bool", "d: text"];

    fn tuple() -> impl Strategy<Value = (String, i64, bool, String)> {
        let text = prop_oneof![any::<String>(), "[a天!~\u{0}\u{10ffff}]{0,3}"];
        (text.clone(), prop_oneof![any::<i64>(), -2..3_i64], any::<bool>(), text)
    }

    fn body((a, b, c, d): &(String, i64, bool, String)) -> Value {
        json!({ "a": a, "b": b, "c": c, "d": d })
    }

    proptest! {
        #[test]
        fn keys_sort_as_their_tuples(left in tuple(), right in tuple()) {
            let keys = (key(&TUPLE, &body(&left)), key(&TUPLE, &body(&right)));
            prop_assert_eq!(keys.0.cmp(&keys.1), left.cmp(&right));
        }

        #[test]
        fn no_key_is_the_beginning_of_another(left in tuple(), right in tuple()) {
            let keys = (key(&TUPLE, &body(&left)), key(&TUPLE, &body(&right)));
            prop_assert!(left == right || !keys.1.starts_with(&keys.0));
        }

        #[test]
        fn a_prefix_covers_exactly_the_equal_ones(tuple in tuple(), other in tuple()) {
            let query = Query { index: "by".to_owned(), equals: vec![json!(tuple.0), json!(tuple.1)], ..Query::default() };
            let bounds = bounds(&collection(&TUPLE), &query).unwrap();
            let inside = |key: &String| bounds.from <= *key && *key < bounds.to;
            prop_assert!(inside(&key(&TUPLE, &body(&tuple))));
            prop_assert_eq!(inside(&key(&TUPLE, &body(&other))), (&tuple.0, tuple.1) == (&other.0, other.1));
        }

        #[test]
        fn a_range_is_half_open(from in any::<i64>(), to in any::<i64>(), at in any::<i64>()) {
            let range = Some(Range { from: Some(json!(from)), to: Some(json!(to)) });
            let query = Query { index: "by".to_owned(), range, ..Query::default() };
            let fields = ["at: time"];
            let bounds = bounds(&collection(&fields), &query).unwrap();
            let key = key(&fields, &json!({ "at": at }));
            prop_assert_eq!(bounds.from <= key && key < bounds.to, from <= at && at < to);
        }
    }

    #[test]
    fn a_list_gives_a_key_for_each_of_its_values_once() {
        let body = json!({ "a": ["东", "西", "东"], "b": 1 });
        assert_eq!(keys(&collection(&["a: text", "b: integer"]), &body).unwrap().len(), 2);
        let crowd: Vec<_> = (0..33).collect();
        let refused = keys(&collection(&["b: integer"]), &json!({ "b": crowd })).unwrap_err();
        assert!(refused.to_string().contains("at most 32"), "{refused}");
    }

    #[test]
    fn what_lacks_a_field_is_not_in_the_index() {
        let lacking = [json!({}), json!({ "a": null }), json!({ "a": [] })];
        assert!(lacking.iter().all(|body| keys(&collection(&["a: text"]), body).unwrap().is_empty()));
    }

    #[test]
    fn a_wrong_type_is_named_with_the_right_one() {
        let refused = keys(&collection(&["due_at: time"]), &json!({ "due_at": "tomorrow" })).unwrap_err();
        let message = "`due_at` in the index `by` must be a time (a whole number of microseconds), not a text";
        assert_eq!(refused.to_string(), message);
    }
}
