//! Who sees a document, and where it stands in an index.

use cunshi_contract::Query;
use cunshi_contract::manifest::{Collection, IndexSpec, KeyType};
use cunshi_model::Viewer;
use cunshi_model::people::who_bit;
use cunshi_model::port::{DataError, Document, Place, Result};
use serde_json::Value;

/// One field of a key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Bool(bool),
    Number(i64),
    Text(String),
}

pub(super) fn body(document: &Document) -> Value {
    serde_json::from_str(&document.body).unwrap_or_default()
}

/// Whether the place's viewer may read a body.
pub(super) fn sees(at: Place<'_>, body: &Value) -> bool {
    let Viewer::Reader { person, roles } = at.viewer else { return true };
    let owns = |field: &String| person.is_some_and(|person| body[field] == person.to_string());
    match &at.collection.readers {
        None => true,
        Some(readers) => {
            at.collection.owner.as_ref().is_some_and(owns)
                || readers.iter().any(|(who, rule)| roles.bits() & who_bit(*who) != 0 && rule.covers(body))
        }
    }
}

/// The keys under which a body stands in an index: several when a field holds a list, none when one lacks.
pub(super) fn keys(index: &IndexSpec, body: &Value) -> Vec<Vec<Key>> {
    let mut all = vec![Vec::new()];
    for field in index.fields() {
        let values = match &body[&field.name] {
            Value::Array(values) => values.iter().filter_map(|value| key(field.kind, value)).collect(),
            value => key(field.kind, value).into_iter().collect::<Vec<_>>(),
        };
        all = all
            .into_iter()
            .flat_map(|prefix| values.iter().map(move |value| [prefix.clone(), vec![value.clone()]].concat()))
            .collect();
    }
    all
}

fn key(kind: KeyType, value: &Value) -> Option<Key> {
    match kind {
        KeyType::Text => value.as_str().map(|text| Key::Text(text.to_owned())),
        KeyType::Integer | KeyType::Time => value.as_i64().map(Key::Number),
        KeyType::Bool => value.as_bool().map(Key::Bool),
    }
}

/// The documents that a query finds, in order, without limit and cursor.
pub(super) fn select<'a>(
    at: Place<'_>,
    query: &Query,
    documents: impl Iterator<Item = &'a Document>,
) -> Result<Vec<&'a Document>> {
    let index = find(at.collection, &query.index)?;
    let fields = index.fields();
    if query.equals.len() > fields.len() {
        return Err(DataError::Invalid(format!("`{}` has {} fields", query.index, fields.len())));
    }
    let wanted = query.equals.iter().zip(fields);
    let wanted: Option<Vec<Key>> = wanted.map(|(value, field)| key(field.kind, value)).collect();
    let wanted = wanted.ok_or_else(|| DataError::Invalid("a value has another type than its field".to_owned()))?;
    let next = fields.get(wanted.len());
    let end = |value: &Option<Value>| value.as_ref().zip(next).and_then(|(value, field)| key(field.kind, value));
    let (from, to) = query.range.as_ref().map_or((None, None), |range| (end(&range.from), end(&range.to)));
    let within = |found: &Vec<Key>| {
        let ranged = found.get(wanted.len());
        found.starts_with(&wanted)
            && from.as_ref().is_none_or(|from| ranged.is_some_and(|key| key >= from))
            && to.as_ref().is_none_or(|to| ranged.is_some_and(|key| key < to))
    };
    let mut found: Vec<(Vec<Key>, &Document)> = documents
        .map(|document| (body(document), document))
        .filter(|(body, _)| sees(at, body))
        .flat_map(|(body, document)| keys(index, &body).into_iter().map(move |key| (key, document)))
        .filter(|(key, _)| within(key))
        .collect();
    found.sort_by(|a, b| (&a.0, &a.1.id).cmp(&(&b.0, &b.1.id)));
    if query.descending {
        found.reverse();
    }
    Ok(found.into_iter().map(|(_, document)| document).collect())
}

fn find<'a>(collection: &'a Collection, index: &str) -> Result<&'a IndexSpec> {
    collection
        .index
        .get(index)
        .ok_or_else(|| DataError::Invalid(format!("`{}` declares no index `{index}`", collection.name)))
}
