//! File records: who uploaded what, and the document that it hangs on. The bytes are elsewhere.

use cunshi_model::people::Via;
use cunshi_model::port::{AuditEntry, DataError, FileRecord, Place, Result};
use cunshi_model::{Actor, FileId, Micros, PersonId};

use super::audit::RecordState;
use super::digest::Fields;
use super::transaction::Transaction;
use super::{SpaceStore, documents};
use crate::StoreError;
use crate::db::{Lease, Row, args};

statements! {
    GET = "SELECT id, uploader, at, is_image, name, media_type, bytes, width, height, plugin, collection, document
        FROM file WHERE space_id = $1 AND id = $2";
    PUT = "INSERT INTO file (space_id, id, uploader, at, is_image, name, media_type, bytes, width, height)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
    ATTACH = "UPDATE file SET plugin = $3, collection = $4, document = $5
        WHERE space_id = $1 AND id = $2 AND document IS NULL";
    OF_DOCUMENT = "SELECT
        id, uploader, at, is_image, name, media_type, bytes, width, height, plugin, collection, document
        FROM file WHERE space_id = $1 AND plugin = $2 AND collection = $3 AND document = $4";
    LET_GO = "UPDATE file SET plugin = NULL, collection = NULL, document = NULL WHERE space_id = $1 AND id = $2";
    UNATTACHED = "SELECT
        id, uploader, at, is_image, name, media_type, bytes, width, height, plugin, collection, document
        FROM file WHERE space_id = $1 AND document IS NULL AND at < $2 ORDER BY at, id LIMIT $3";
    REMOVE = "DELETE FROM file WHERE space_id = $1 AND id = $2 AND document IS NULL";
    EVERY = "SELECT id, uploader, at, is_image, name, media_type, bytes, width, height, plugin, collection, document
        FROM file WHERE space_id = $1";
}

/// Records of this kind in the audit's traces.
const TRACED: &str = "file";

pub(super) async fn get(lease: &mut Lease, space: &str, file: FileId) -> Result<Option<FileRecord>> {
    let row = lease.first(GET, args![space, file]).await?;
    Ok(row.as_ref().map(record).transpose()?)
}

/// Hangs a file on a document that the viewer sees. Only its uploader can, and only once.
pub(super) async fn attach(
    tx: &mut Transaction,
    file: FileId,
    at: Place<'_>,
    document: &str,
    by: Option<PersonId>,
) -> Result<()> {
    let space = tx.space.key().to_owned();
    let collection = at.collection.name.as_str();
    let mut stored = get(&mut tx.lease, &space, file).await?.ok_or(DataError::Missing)?;
    let there = Some((at.plugin.to_owned(), collection.to_owned(), document.to_owned()));
    if stored.attached == there {
        return Ok(());
    }
    if by != Some(stored.by) {
        return Err(DataError::Missing);
    }
    if stored.attached.is_some() {
        return Err(DataError::Invalid("the file hangs on another record already".to_owned()));
    }
    if documents::get(&mut tx.lease, &space, at, document).await?.is_none() {
        return Err(DataError::Missing);
    }
    tx.lease.execute(ATTACH, args![&space, file, at.plugin, collection, document]).await?;
    stored.attached = there;
    trace(tx, &stored);
    Ok(())
}

/// Lets the files of a document go that is removed.
pub(super) async fn let_go(tx: &mut Transaction, at: Place<'_>, document: &str) -> Result<()> {
    let space = tx.space.key().to_owned();
    let args = args![&space, at.plugin, at.collection.name.as_str(), document];
    let rows = tx.lease.rows(OF_DOCUMENT, args).await?;
    for row in &rows {
        let file = FileRecord { attached: None, ..record(row)? };
        tx.lease.execute(LET_GO, args![&space, file.id]).await?;
        trace(tx, &file);
    }
    Ok(())
}

fn trace(tx: &mut Transaction, file: &FileRecord) {
    tx.pending.trace("", TRACED, &file.id.to_string(), 0, hash(file));
}

fn record(row: &Row) -> Result<FileRecord, StoreError> {
    let pixels = match (row.maybe_integer(7)?, row.maybe_integer(8)?) {
        (Some(_), Some(_)) => Some((row.small(7)?, row.small(8)?)),
        _ => None,
    };
    let attached = match (row.maybe_text(9)?, row.maybe_text(10)?, row.maybe_text(11)?) {
        (Some(plugin), Some(collection), Some(document)) => Some((plugin, collection, document)),
        _ => None,
    };
    Ok(FileRecord {
        id: row.parsed(0)?,
        by: row.parsed(1)?,
        at: row.integer(2)?,
        image: row.truth(3)?,
        name: row.text(4)?,
        media_type: row.text(5)?,
        bytes: row.count(6)?,
        pixels,
        attached,
    })
}

fn hash(file: &FileRecord) -> String {
    let (width, height) = file.pixels.unwrap_or_default();
    let fields = Fields::of(TRACED)
        .text(&file.id.to_string())
        .text(&file.by.to_string())
        .number(file.at)
        .number(i64::from(file.image))
        .text(&file.name)
        .text(&file.media_type)
        .number(bytes(file))
        .number(i64::from(width))
        .number(i64::from(height));
    match &file.attached {
        Some((plugin, collection, document)) => fields.text(plugin).text(collection).text(document).finish(),
        None => fields.finish(),
    }
}

fn bytes(file: &FileRecord) -> i64 {
    i64::try_from(file.bytes).unwrap_or(i64::MAX)
}

/// What the audit's traces should say.
pub(super) async fn states(lease: &mut Lease, space: &str) -> Result<Vec<(&'static str, String, RecordState)>> {
    let rows = lease.rows(EVERY, args![space]).await?;
    let state = |row: &Row| {
        let file = record(row)?;
        Ok((TRACED, file.id.to_string(), RecordState { version: 0, hash: hash(&file) }))
    };
    Ok(rows.iter().map(state).collect::<Result<_, StoreError>>()?)
}

impl SpaceStore {
    /// Keeps the record of a file that was uploaded; it hangs on nothing yet.
    pub async fn put_file(&self, file: &FileRecord) -> Result<()> {
        if file.attached.is_some() {
            return Err(DataError::Invalid("a file is attached by an action, not while it is uploaded".to_owned()));
        }
        let mut tx = self.transaction().await?;
        let (width, height) = file.pixels.unzip();
        let args = args![
            self.key(),
            file.id,
            file.by,
            file.at,
            file.image,
            &file.name,
            &file.media_type,
            bytes(file),
            width,
            height,
        ];
        if tx.lease.execute(PUT, args).await? == 0 {
            return Err(DataError::Duplicate { index: "id".to_owned() });
        }
        let actor = Some(Actor { person: file.by, via: Via::Web, on_behalf_of: None });
        let (subject, digest) = (file.id.to_string(), hash(file));
        let entry = AuditEntry { at: file.at, actor, action: "host/file", subject: Some(&subject), digest: &digest };
        tx.note(&entry);
        trace(&mut tx, file);
        tx.commit().await.map(drop)
    }

    /// Files uploaded before an instant that hang on nothing, oldest first.
    pub async fn unattached_files(&self, before: Micros, limit: u32) -> Result<Vec<FileRecord>> {
        let rows = self.reader().await?.rows(UNATTACHED, args![self.key(), before, limit]).await?;
        Ok(rows.iter().map(record).collect::<Result<_, StoreError>>()?)
    }

    /// Forgets a file that hangs on nothing; false when there is none such.
    pub async fn remove_file(&self, file: FileId) -> Result<bool> {
        let mut tx = self.transaction().await?;
        if tx.lease.execute(REMOVE, args![self.key(), file]).await? == 0 {
            return Ok(false);
        }
        tx.pending.trace("", TRACED, &file.to_string(), 0, String::new());
        let (at, subject) = (self.shared.clock.now(), file.to_string());
        tx.note(&AuditEntry { at, actor: None, action: "host/file-removed", subject: Some(&subject), digest: "" });
        tx.commit().await?;
        Ok(true)
    }
}
