//! Index entries of a document: kept in step with it, in the same transaction.

use std::collections::BTreeSet;

use cunshi_model::port::{DataError, Place, Result};

use super::key::Key;
use crate::db::{Arg, Lease, args};

statements! {
    OF_DOCUMENT = "SELECT index_name, key, is_unique FROM index_entry
        WHERE space_id = $1 AND plugin = $2 AND collection = $3 AND document = $4";
    HOLDER = "SELECT 1 FROM index_entry WHERE space_id = $1 AND plugin = $2 AND collection = $3
        AND index_name = $4 AND key = $5 AND is_unique = 1 AND document <> $6 LIMIT 1";
    /// Eight entries at once; a shorter list repeats its last entry.
    ADD = "INSERT INTO index_entry
        (space_id, plugin, collection, index_name, key, document, is_unique, owner, readers) VALUES
        ($1, $2, $3, $7, $8, $4, $9, $5, $6),
        ($1, $2, $3, $10, $11, $4, $12, $5, $6),
        ($1, $2, $3, $13, $14, $4, $15, $5, $6),
        ($1, $2, $3, $16, $17, $4, $18, $5, $6),
        ($1, $2, $3, $19, $20, $4, $21, $5, $6),
        ($1, $2, $3, $22, $23, $4, $24, $5, $6),
        ($1, $2, $3, $25, $26, $4, $27, $5, $6),
        ($1, $2, $3, $28, $29, $4, $30, $5, $6)
        ON CONFLICT DO NOTHING";
    REMOVE = "DELETE FROM index_entry WHERE space_id = $1 AND plugin = $2 AND collection = $3
        AND index_name = $4 AND key = $5 AND document = $6";
    REMOVE_ALL = "DELETE FROM index_entry WHERE space_id = $1 AND plugin = $2 AND collection = $3 AND document = $4";
    RESHADE = "UPDATE index_entry SET owner = $5, readers = $6
        WHERE space_id = $1 AND plugin = $2 AND collection = $3 AND document = $4";
}

const BATCH: usize = 8;

/// Who may read a document, as kept with each of its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shade {
    pub(super) owner: Option<String>,
    pub(super) readers: i64,
}

/// The entries stored for a document.
pub(super) async fn stored(lease: &mut Lease, space: &str, at: Place<'_>, document: &str) -> Result<BTreeSet<Key>> {
    let args = args![space, at.plugin, at.collection.name.as_str(), document];
    let mut keys = BTreeSet::new();
    for row in lease.rows(OF_DOCUMENT, args).await? {
        keys.insert(Key { index: row.text(0)?, encoded: row.text(1)?, unique: row.truth(2)? });
    }
    Ok(keys)
}

/// Refuses keys of unique indexes that another document holds. It asks before anything is written, so that
/// a caller who goes on after a refusal leaves nothing half done; nobody else writes meanwhile.
pub(super) async fn check_unique(
    lease: &mut Lease,
    space: &str,
    at: Place<'_>,
    document: &str,
    keys: impl IntoIterator<Item = &Key>,
) -> Result<()> {
    for key in keys.into_iter().filter(|key| key.unique) {
        let args = args![space, at.plugin, at.collection.name.as_str(), &key.index, &key.encoded, document];
        if lease.first(HOLDER, args).await?.is_some() {
            return Err(DataError::Duplicate { index: key.index.clone() });
        }
    }
    Ok(())
}

/// Adds entries of a document.
pub(super) async fn add(
    lease: &mut Lease,
    space: &str,
    at: Place<'_>,
    document: &str,
    shade: &Shade,
    keys: &[&Key],
) -> Result<()> {
    for batch in keys.chunks(BATCH) {
        let Some(last) = batch.last() else { continue };
        let mut args: Vec<Arg<'_>> = Vec::with_capacity(6 + 3 * BATCH);
        args.extend([space.into(), at.plugin.into(), at.collection.name.as_str().into(), document.into()]);
        args.extend([shade.owner.as_deref().into(), shade.readers.into()]);
        for key in batch.iter().chain(std::iter::repeat(last)).take(BATCH) {
            args.extend([(&key.index).into(), (&key.encoded).into(), key.unique.into()]);
        }
        let added = lease.execute(ADD, &args).await?;
        if usize::try_from(added).ok() != Some(batch.len()) {
            let index = batch.iter().find(|key| key.unique).unwrap_or(last).index.clone();
            return Err(DataError::Duplicate { index });
        }
    }
    Ok(())
}

/// Brings the entries of a changed document from one set to another.
pub(super) async fn change(
    lease: &mut Lease,
    space: &str,
    at: Place<'_>,
    document: &str,
    (old, new): (&BTreeSet<Key>, &BTreeSet<Key>),
    (before, after): (&Shade, &Shade),
) -> Result<()> {
    let collection = at.collection.name.as_str();
    for key in old.difference(new) {
        lease.execute(REMOVE, args![space, at.plugin, collection, &key.index, &key.encoded, document]).await?;
    }
    if before != after && !old.is_empty() {
        let args = args![space, at.plugin, collection, document, after.owner.as_deref(), after.readers];
        lease.execute(RESHADE, args).await?;
    }
    let added: Vec<_> = new.difference(old).collect();
    add(lease, space, at, document, after, &added).await
}

/// Removes all entries of a document.
pub(super) async fn remove(lease: &mut Lease, space: &str, at: Place<'_>, document: &str) -> Result<()> {
    lease.execute(REMOVE_ALL, args![space, at.plugin, at.collection.name.as_str(), document]).await?;
    Ok(())
}
