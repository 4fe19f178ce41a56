//! Index keys in memory, in the order that the platform keeps them.

use cunshi_contract::Query;
use cunshi_contract::manifest::{Collection, IndexField, KeyType};
use serde_json::Value;

use crate::error::Refusal;

/// Most keys that one document has in one index.
const MAX_KEYS: usize = 32;

/// One field of a key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Bool(bool),
    Integer(i64),
    Text(String),
}

/// The fields of an index.
pub(super) fn fields<'a>(collection: &'a Collection, index: &str) -> Result<&'a [IndexField], Refusal> {
    let found = collection.index.get(index).ok_or_else(|| {
        let known: Vec<&str> = collection.index.keys().map(String::as_str).collect();
        Refusal::Invalid(format!("`{}` has no index `{index}`: it has {}", collection.name, known.join(", ")))
    })?;
    Ok(found.fields())
}

/// The keys of a document: none when it lacks a field, several when a field is an array.
pub(super) fn keys(fields: &[IndexField], body: &Value) -> Result<Vec<Vec<Key>>, Refusal> {
    let mut keys = vec![Vec::new()];
    for field in fields {
        let values: Vec<&Value> = match body.get(&field.name) {
            None | Some(Value::Null) => return Ok(Vec::new()),
            Some(Value::Array(values)) => values.iter().collect(),
            Some(value) => vec![value],
        };
        let mut longer = Vec::new();
        for key in &keys {
            for value in &values {
                let mut key = key.clone();
                key.push(one(field, value)?);
                longer.push(key);
            }
        }
        keys = longer;
    }
    if keys.len() > MAX_KEYS {
        return Err(Refusal::Invalid(format!("a document has at most {MAX_KEYS} keys in one index")));
    }
    keys.sort();
    keys.dedup();
    Ok(keys)
}

fn one(field: &IndexField, value: &Value) -> Result<Key, Refusal> {
    let key = match field.kind {
        KeyType::Text => value.as_str().map(|text| Key::Text(text.to_owned())),
        KeyType::Integer | KeyType::Time => value.as_i64().map(Key::Integer),
        KeyType::Bool => value.as_bool().map(Key::Bool),
    };
    key.ok_or_else(|| {
        Refusal::Invalid(format!("the index field `{}` does not hold {value}", String::from(field.clone())))
    })
}

/// What a query asks of keys.
pub(super) struct Wanted {
    equals: Vec<Key>,
    from: Option<Key>,
    to: Option<Key>,
}

impl Wanted {
    pub(super) fn of(fields: &[IndexField], query: &Query) -> Result<Self, Refusal> {
        if query.equals.len() > fields.len() {
            return Err(Refusal::Invalid(format!("the index `{}` has {} fields only", query.index, fields.len())));
        }
        let equals =
            fields.iter().zip(&query.equals).map(|(field, value)| one(field, value)).collect::<Result<_, _>>()?;
        let mut wanted = Self { equals, from: None, to: None };
        if let Some(range) = &query.range {
            let field = fields.get(query.equals.len()).ok_or_else(|| {
                Refusal::Invalid(format!("the index `{}` has no field left for a range", query.index))
            })?;
            wanted.from = range.from.as_ref().map(|value| one(field, value)).transpose()?;
            wanted.to = range.to.as_ref().map(|value| one(field, value)).transpose()?;
        }
        Ok(wanted)
    }

    pub(super) fn covers(&self, key: &[Key]) -> bool {
        let (head, rest) = key.split_at(self.equals.len().min(key.len()));
        head == self.equals.as_slice()
            && self.from.as_ref().is_none_or(|from| rest.first() >= Some(from))
            && self.to.as_ref().is_none_or(|to| rest.first() < Some(to))
    }
}
