//! Documents: JSON in the collections that a manifest declares, with compare-and-set, owner and readers.

use std::collections::BTreeSet;

use cunshi_contract::manifest::{Collection, Who};
use cunshi_model::people::who_bit;
use cunshi_model::port::{DataError, Document, Place, Result};
use cunshi_model::{Micros, Viewer};
use serde_json::Value;

use super::digest::Fields;
use super::entries::{self, Shade};
use super::key::{self, Key};
use super::transaction::Transaction;
use super::{files, search};
use crate::StoreError;
use crate::db::{Lease, Row, args};

statements! {
    GET = "SELECT id, schema, version, created, updated, body FROM document
        WHERE space_id = $1 AND plugin = $2 AND collection = $3 AND id = $4
        AND ($5 = -1 OR (readers & $5) <> 0 OR owner = $6)";
    GET_WHOLE = "SELECT id, schema, version, created, updated, body, owner, readers FROM document
        WHERE space_id = $1 AND plugin = $2 AND collection = $3 AND id = $4
        AND ($5 = -1 OR (readers & $5) <> 0 OR owner = $6)";
    ADD = "INSERT INTO document
        (space_id, plugin, collection, id, schema, version, owner, readers, created, updated, body, body_hash)
        VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, $8, $9, $10) ON CONFLICT DO NOTHING";
    CHANGE = "UPDATE document SET schema = $5, version = $6, owner = $7, readers = $8, updated = $9,
        body = $10, body_hash = $11
        WHERE space_id = $1 AND plugin = $2 AND collection = $3 AND id = $4 AND version = $12";
    REMOVE = "DELETE FROM document
        WHERE space_id = $1 AND plugin = $2 AND collection = $3 AND id = $4 AND version = $5";
    OUTDATED = "SELECT id, schema, version, created, updated, body FROM document
        WHERE space_id = $1 AND plugin = $2 AND collection = $3 AND schema < $4 AND id > $5
        ORDER BY id LIMIT $6";
}

/// Greatest size of a body, in bytes.
const MAX_BODY: usize = 256 * 1_024;

/// The mask and person under which a viewer reads; the mask −1 stands for the platform itself.
pub(super) fn sight(viewer: Viewer) -> (i64, String) {
    match viewer {
        Viewer::System => (-1, String::new()),
        Viewer::Reader { person, roles } => (roles.bits(), person.map(|person| person.to_string()).unwrap_or_default()),
    }
}

/// The document in a row, whose columns begin at one.
pub(super) fn document(row: &Row, first: usize) -> Result<Document, StoreError> {
    Ok(Document {
        id: row.text(first)?,
        schema: row.small(first + 1)?,
        version: row.count(first + 2)?,
        created: row.integer(first + 3)?,
        updated: row.integer(first + 4)?,
        body: row.text(first + 5)?,
    })
}

/// What covers a document in the audit: the row and its index entries.
pub(super) fn body_hash(document: &Document, shade: &Shade, keys: &BTreeSet<Key>) -> String {
    let fields = Fields::of("document")
        .text(&document.id)
        .number(i64::from(document.schema))
        .number(version(document.version))
        .maybe(shade.owner.as_deref())
        .number(shade.readers)
        .text(&document.body);
    keys.iter().fold(fields, |fields, key| fields.text(&key.index).text(&key.encoded)).finish()
}

/// A document, unless it is not there or not for the viewer.
pub(super) async fn get(lease: &mut Lease, space: &str, at: Place<'_>, id: &str) -> Result<Option<Document>> {
    let (mask, person) = sight(at.viewer);
    let row = lease.first(GET, args![space, at.plugin, at.collection.name.as_str(), id, mask, person]).await?;
    Ok(row.map(|row| document(&row, 0)).transpose()?)
}

/// Documents whose schema is below the collection's, by id.
pub(super) async fn outdated(
    lease: &mut Lease,
    space: &str,
    at: Place<'_>,
    after: Option<&str>,
    limit: u32,
) -> Result<Vec<Document>> {
    let collection = at.collection;
    let args = args![space, at.plugin, collection.name.as_str(), collection.schema, after.unwrap_or_default(), limit];
    let rows = lease.rows(OUTDATED, args).await?;
    rows.iter().map(|row| Ok(document(row, 0)?)).collect()
}

/// A new document with its entries.
pub(super) async fn insert(
    tx: &mut Transaction,
    at: Place<'_>,
    id: Option<&str>,
    body: &str,
    now: Micros,
) -> Result<Document> {
    let Derived { shade, keys, grams } = derive(at.collection, body)?;
    let document = Document {
        id: id.map_or_else(|| Ok(cunshi_model::id::uuid_at(now).to_string()), checked_id)?,
        schema: at.collection.schema,
        version: 1,
        created: now,
        updated: now,
        body: body.to_owned(),
    };
    let (collection, id) = (at.collection.name.as_str(), document.id.as_str());
    let space = tx.space.key().to_owned();
    entries::check_unique(&mut tx.lease, &space, at, id, &keys).await?;
    let hash = body_hash(&document, &shade, &keys);
    let args = args![
        &space,
        at.plugin,
        collection,
        id,
        document.schema,
        shade.owner.as_deref(),
        shade.readers,
        now,
        body,
        &hash,
    ];
    if tx.lease.execute(ADD, args).await? == 0 {
        return Err(DataError::Duplicate { index: "id".to_owned() });
    }
    let all: Vec<_> = keys.iter().collect();
    entries::add(&mut tx.lease, &space, at, id, &shade, &all).await?;
    search::add(&mut tx.lease, &space, at, id, &grams).await?;
    tx.pending.trace(at.plugin, collection, id, 1, hash);
    Ok(document)
}

/// Compare-and-set.
pub(super) async fn update(
    tx: &mut Transaction,
    at: Place<'_>,
    id: &str,
    version: u64,
    body: &str,
    now: Micros,
) -> Result<Document> {
    let (old, before) = expected(tx, at, id, version).await?;
    let new = Document {
        schema: at.collection.schema,
        version: version + 1,
        updated: now,
        body: body.to_owned(),
        ..old.clone()
    };
    rewrite(tx, at, &old, &before, new).await
}

/// Another body under the same version: what an upgrade of the schema gives.
pub(super) async fn store_upgraded(
    tx: &mut Transaction,
    at: Place<'_>,
    id: &str,
    version: u64,
    body: &str,
) -> Result<()> {
    let (old, before) = expected(tx, at, id, version).await?;
    let new = Document { schema: at.collection.schema, body: body.to_owned(), ..old.clone() };
    rewrite(tx, at, &old, &before, new).await.map(drop)
}

/// Compare-and-remove. Files that hang on the document are let go.
pub(super) async fn remove(tx: &mut Transaction, at: Place<'_>, id: &str, version: u64) -> Result<()> {
    let (old, _) = expected(tx, at, id, version).await?;
    let collection = at.collection.name.as_str();
    let space = tx.space.key().to_owned();
    tx.lease.execute(REMOVE, args![&space, at.plugin, collection, id, self::version(version)]).await?;
    entries::remove(&mut tx.lease, &space, at, id).await?;
    if old.schema == at.collection.schema {
        let grams = search::grams(at.collection, &parse(&old.body)?);
        search::remove(&mut tx.lease, &space, at, id, &grams).await?;
    } else {
        search::remove_all(&mut tx.lease, &space, at, id).await?;
    }
    files::let_go(tx, at, id).await?;
    tx.pending.trace(at.plugin, collection, id, self::version(version), String::new());
    Ok(())
}

/// The document as it stands, when its version is the one named.
async fn expected(tx: &mut Transaction, at: Place<'_>, id: &str, version: u64) -> Result<(Document, Shade)> {
    let (mask, person) = sight(at.viewer);
    let args = args![tx.space.key(), at.plugin, at.collection.name.as_str(), id, mask, person];
    let row = tx.lease.first(GET_WHOLE, args).await?.ok_or(DataError::Missing)?;
    let document = document(&row, 0)?;
    if document.version != version {
        return Err(DataError::Conflict { current: document.version });
    }
    Ok((document, Shade { owner: row.maybe_text(6)?, readers: row.integer(7)? }))
}

async fn rewrite(
    tx: &mut Transaction,
    at: Place<'_>,
    old: &Document,
    before: &Shade,
    new: Document,
) -> Result<Document> {
    let Derived { shade, keys, grams } = derive(at.collection, &new.body)?;
    let collection = at.collection.name.as_str();
    let space = tx.space.key().to_owned();
    let stored = entries::stored(&mut tx.lease, &space, at, &new.id).await?;
    entries::check_unique(&mut tx.lease, &space, at, &new.id, keys.difference(&stored)).await?;
    let hash = body_hash(&new, &shade, &keys);
    let args = args![
        &space,
        at.plugin,
        collection,
        &new.id,
        new.schema,
        version(new.version),
        shade.owner.as_deref(),
        shade.readers,
        new.updated,
        &new.body,
        &hash,
        version(old.version),
    ];
    if tx.lease.execute(CHANGE, args).await? == 0 {
        return Err(DataError::Conflict { current: old.version });
    }
    entries::change(&mut tx.lease, &space, at, &new.id, (&stored, &keys), (before, &shade)).await?;
    if old.schema == new.schema {
        let was = search::grams(at.collection, &parse(&old.body)?);
        search::remove(&mut tx.lease, &space, at, &new.id, was.difference(&grams)).await?;
        search::add(&mut tx.lease, &space, at, &new.id, grams.difference(&was)).await?;
    } else {
        search::remove_all(&mut tx.lease, &space, at, &new.id).await?;
        search::add(&mut tx.lease, &space, at, &new.id, &grams).await?;
    }
    tx.pending.trace(at.plugin, collection, &new.id, version(new.version), hash);
    Ok(new)
}

/// What follows from a body.
struct Derived {
    shade: Shade,
    keys: BTreeSet<Key>,
    grams: BTreeSet<String>,
}

fn derive(collection: &Collection, body: &str) -> Result<Derived> {
    if body.len() > MAX_BODY {
        let name = &collection.name;
        let message = format!("a document of `{name}` has {} bytes: at most {MAX_BODY} are kept", body.len());
        return Err(DataError::Invalid(message));
    }
    let body = parse(body)?;
    if !body.is_object() {
        return Err(DataError::Invalid(format!("a document of `{}` must be a JSON object", collection.name)));
    }
    let shade = Shade { owner: owner(collection, &body)?, readers: readers(collection, &body) };
    Ok(Derived { shade, keys: key::keys(collection, &body)?, grams: search::grams(collection, &body) })
}

fn owner(collection: &Collection, body: &Value) -> Result<Option<String>> {
    let Some(field) = &collection.owner else { return Ok(None) };
    match body.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(person)) if person.is_empty() => Ok(None),
        Some(Value::String(person)) => Ok(Some(person.clone())),
        Some(_) => Err(DataError::Invalid(format!("the owner field `{field}` must be a person's id"))),
    }
}

fn readers(collection: &Collection, body: &Value) -> i64 {
    let Some(rules) = &collection.readers else { return who_bit(Who::Anyone) };
    rules.iter().filter(|(_, rule)| rule.covers(body)).fold(0, |bits, (who, _)| bits | who_bit(*who))
}

fn parse(body: &str) -> Result<Value> {
    serde_json::from_str(body).map_err(|error| DataError::Invalid(format!("the document is not JSON: {error}")))
}

fn checked_id(id: &str) -> Result<String> {
    let canonical = uuid::Uuid::parse_str(id).is_ok_and(|uuid| uuid.to_string() == id);
    if canonical { Ok(id.to_owned()) } else { Err(DataError::Invalid(format!("`{id}` is not a UUID in lower case"))) }
}

fn version(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}
