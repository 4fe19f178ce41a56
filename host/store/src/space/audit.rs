//! The audit: who did what, each row's hash over the row before, itself, and its traces.
//!
//! A trace says in which state a transaction left a record. Rows and traces are written when the transaction
//! commits, so that a document written twice leaves one trace.

use std::collections::BTreeMap;

use cunshi_model::port::{AuditEntry, Result};
use cunshi_model::{Actor, Micros, PersonId};

use super::SpaceStore;
use super::digest::Fields;
use super::transaction::Transaction;
use crate::StoreError;
use crate::db::{Row, args};

statements! {
    ADD = "INSERT INTO audit (space_id, seq, at, actor, via, on_behalf_of, action, subject, digest, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ADD_TRACE = "INSERT INTO trace (space_id, audit_seq, plugin, collection, record, version, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    NEWEST = "SELECT seq, at, actor, via, on_behalf_of, action, subject, digest, hash FROM audit
        WHERE space_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3";
}

/// One row of a space's audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number, from 1 without gaps.
    pub seq: i64,
    /// When.
    pub at: Micros,
    /// Whose hand it was; none for the platform itself.
    pub actor: Option<PersonId>,
    /// `web`, `api`, `command`, `system`.
    pub via: Option<String>,
    /// Whom it was done for.
    pub on_behalf_of: Option<PersonId>,
    /// `plugin/action`, `plugin/job/name`, `plugin/event/name`, `host/…`.
    pub action: String,
    /// What it was about.
    pub subject: Option<String>,
    /// SHA-256 of what was asked, hex.
    pub digest: String,
    /// The chain's hash up to this row, hex.
    pub hash: String,
}

/// Plugin, collection and id of a record; the platform's own have an empty plugin.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RecordKey {
    pub(crate) plugin: String,
    pub(crate) collection: String,
    pub(crate) record: String,
}

/// The state of a record: its hash, empty when it is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RecordState {
    pub(crate) version: i64,
    pub(crate) hash: String,
}

/// What a transaction adds to the audit when it commits.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    rows: Vec<PendingRow>,
    traces: BTreeMap<RecordKey, RecordState>,
}

#[derive(Debug)]
struct PendingRow {
    at: Micros,
    actor: Option<Actor>,
    action: String,
    subject: Option<String>,
    digest: String,
}

impl Pending {
    /// Adds a row.
    pub(crate) fn row(&mut self, entry: &AuditEntry<'_>) {
        self.rows.push(PendingRow {
            at: entry.at,
            actor: entry.actor,
            action: entry.action.to_owned(),
            subject: entry.subject.map(str::to_owned),
            digest: entry.digest.to_owned(),
        });
    }

    /// The transaction leaves a record in a state.
    pub(crate) fn trace(&mut self, plugin: &str, collection: &str, record: &str, version: i64, hash: String) {
        let key = RecordKey { plugin: plugin.to_owned(), collection: collection.to_owned(), record: record.to_owned() };
        self.traces.insert(key, RecordState { version, hash });
    }
}

/// The digest of a row's traces, in the order of their keys.
pub(super) fn traces_digest<'a>(traces: impl IntoIterator<Item = (&'a RecordKey, &'a RecordState)>) -> String {
    let fields = traces.into_iter().fold(Fields::of("traces"), |fields, (key, state)| {
        let fields = fields.text(&key.plugin).text(&key.collection).text(&key.record);
        fields.number(state.version).text(&state.hash)
    });
    fields.finish()
}

/// The hash of a row in the chain.
pub(super) fn chain_hash(before: &str, row: &AuditRow, traces: &str) -> String {
    Fields::of("audit")
        .text(before)
        .number(row.seq)
        .number(row.at)
        .maybe(row.actor.map(|person| person.to_string()).as_deref())
        .maybe(row.via.as_deref())
        .maybe(row.on_behalf_of.map(|person| person.to_string()).as_deref())
        .text(&row.action)
        .maybe(row.subject.as_deref())
        .text(&row.digest)
        .text(traces)
        .finish()
}

pub(super) fn audit_row(row: &Row) -> Result<AuditRow, StoreError> {
    Ok(AuditRow {
        seq: row.integer(0)?,
        at: row.integer(1)?,
        actor: row.maybe_parsed(2)?,
        via: row.maybe_text(3)?,
        on_behalf_of: row.maybe_parsed(4)?,
        action: row.text(5)?,
        subject: row.maybe_text(6)?,
        digest: row.text(7)?,
        hash: row.text(8)?,
    })
}

/// Writes what is pending: the traces hang on the first row. Records that nobody accounted for get a row of
/// the platform.
pub(super) async fn append(tx: &mut Transaction) -> Result<()> {
    let Pending { mut rows, mut traces } = std::mem::take(&mut tx.pending);
    if rows.is_empty() && !traces.is_empty() {
        let at = tx.space.shared.clock.now();
        let digest = traces_digest(&traces);
        rows.push(PendingRow { at, actor: None, action: "host/records".to_owned(), subject: None, digest });
    }
    for pending in rows {
        let traces = std::mem::take(&mut traces);
        let mut row = AuditRow {
            seq: tx.state.audit_seq + 1,
            at: pending.at,
            actor: pending.actor.map(|actor| actor.person),
            via: pending.actor.map(|actor| actor.via.as_str().to_owned()),
            on_behalf_of: pending.actor.and_then(|actor| actor.on_behalf_of),
            action: pending.action,
            subject: pending.subject,
            digest: pending.digest,
            hash: String::new(),
        };
        row.hash = chain_hash(&tx.state.audit_hash, &row, &traces_digest(&traces));
        tx.state.audit_seq = row.seq;
        tx.state.audit_hash.clone_from(&row.hash);
        let space = tx.space.key();
        let seq = row.seq;
        let args = args![
            space,
            seq,
            row.at,
            row.actor,
            row.via,
            row.on_behalf_of,
            row.action,
            row.subject,
            row.digest,
            row.hash
        ];
        tx.lease.execute(ADD, args).await?;
        for (key, state) in traces {
            let args = args![space, seq, key.plugin, key.collection, key.record, state.version, state.hash];
            tx.lease.execute(ADD_TRACE, args).await?;
        }
    }
    Ok(())
}

impl SpaceStore {
    /// Rows of the audit, newest first, before a number.
    pub async fn audit_rows(&self, before: Option<i64>, limit: u32) -> Result<Vec<AuditRow>> {
        let args = args![self.key(), before.unwrap_or(i64::MAX), limit];
        let rows = self.reader().await?.rows(NEWEST, args).await?;
        Ok(rows.iter().map(audit_row).collect::<Result<_, StoreError>>()?)
    }
}
