//! Collections: names, indexes, owners and readers.

use std::collections::BTreeSet;

use super::{Found, Manifest, Place, is_name};
use crate::manifest::{Collection, Rule};

/// Greatest number of indexes of one collection.
const MAX_INDEXES: usize = 16;
/// Greatest number of fields of one index.
const MAX_INDEX_FIELDS: usize = 6;
/// Greatest number of fields that `search` covers.
const MAX_SEARCH: usize = 8;

pub(super) fn check(manifest: &Manifest, found: &mut Found) {
    let root = Place::root();
    if !manifest.collections.is_empty() && !manifest.uses.data {
        found.add(&root.key("collection"), "collections need the capability: write `data = true` under `[uses]`");
    }
    let mut seen = BTreeSet::new();
    for (nth, collection) in manifest.collections.iter().enumerate() {
        let at = root.key("collection").nth(nth);
        if !is_name(&collection.name, '-', 40) {
            found.add(
                &at.key("name"),
                format!(
                    "`{}` is not a collection's name: write lower-case letters and digits, words joined by `-`",
                    collection.name
                ),
            );
        }
        if !seen.insert(&collection.name) {
            found.add(&at.key("name"), format!("`{}` is declared twice: call this one differently", collection.name));
        }
        one(collection, &at, found);
    }
}

fn one(collection: &Collection, at: &Place, found: &mut Found) {
    if collection.schema == 0 {
        found.add(&at.key("schema"), "schemas are counted from 1: write `schema = 1`");
    }
    if let Some(owner) = &collection.owner {
        field(owner, &at.key("owner"), found);
    }
    for (who, rule) in collection.readers.iter().flatten() {
        if let Rule::Equals { field: name, .. } = rule {
            field(name, &at.key("readers").key(&format!("{who:?}").to_lowercase()), found);
        }
    }
    if collection.index.len() > MAX_INDEXES {
        found.add(&at.key("index"), format!("at most {MAX_INDEXES} indexes: each one costs every write"));
    }
    for (name, index) in &collection.index {
        let at = at.key("index").key(name);
        if !is_name(name, '_', 40) {
            found.add(
                &at,
                format!("`{name}` is not an index's name: write lower-case letters and digits, words joined by `_`, such as `by_state`"),
            );
        }
        if index.fields().is_empty() || index.fields().len() > MAX_INDEX_FIELDS {
            found.add(
                &at,
                format!("an index has 1 to {MAX_INDEX_FIELDS} fields, such as `[\"state: text\", \"due_at: time\"]`"),
            );
        }
        for indexed in index.fields() {
            field(&indexed.name, &at, found);
        }
        found.once(&at, index.fields().iter().map(|indexed| indexed.name.clone()));
    }
    if collection.search.len() > MAX_SEARCH {
        found.add(&at.key("search"), format!("search covers at most {MAX_SEARCH} fields"));
    }
    for name in &collection.search {
        field(name, &at.key("search"), found);
    }
    found.once(&at.key("search"), collection.search.iter().cloned());
}

fn field(name: &str, at: &Place, found: &mut Found) {
    if !is_name(name, '_', 40) {
        found.add(
            at,
            format!(
                "`{name}` is not a field of a document: write its top-level name in lower-case letters, digits and `_`"
            ),
        );
    }
}
