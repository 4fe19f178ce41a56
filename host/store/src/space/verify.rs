//! Whether a space is what its audit says: nothing changed behind the platform's back.

use std::collections::{BTreeMap, HashMap};

use cunshi_model::port::Result;

use super::audit::{self, AuditRow, RecordKey, RecordState, audit_row, chain_hash, traces_digest};
use super::documents::{body_hash, document};
use super::entries::Shade;
use super::key::Key;
use super::ledger::proof::Heads;
use super::{SpaceStore, files, households, ledger, members, roles, rules, settings, state};
use crate::StoreError;
use crate::db::{Lease, args};

statements! {
    CHAIN = "SELECT seq, at, actor, via, on_behalf_of, action, subject, digest, hash FROM audit
        WHERE space_id = $1 AND seq > $2 ORDER BY seq LIMIT 500";
    TRACES = "SELECT audit_seq, plugin, collection, record, version, hash FROM trace
        WHERE space_id = $1 AND audit_seq > $2 AND audit_seq <= $3";
    DOCUMENTS = "SELECT id, schema, version, created, updated, body, owner, readers, body_hash, plugin, collection
        FROM document WHERE space_id = $1 AND (plugin, collection, id) > ($2, $3, $4)
        ORDER BY plugin, collection, id LIMIT 200";
    ENTRIES = "SELECT index_name, key, is_unique, owner, readers FROM index_entry
        WHERE space_id = $1 AND plugin = $2 AND collection = $3 AND document = $4";
    LOOSE_ENTRIES = "SELECT COUNT(*) FROM index_entry AS e WHERE e.space_id = $1 AND NOT EXISTS (
        SELECT 1 FROM document AS d WHERE d.space_id = $1 AND d.plugin = e.plugin
        AND d.collection = e.collection AND d.id = e.document)";
    LOOSE_PAIRS = "SELECT COUNT(*) FROM search_entry AS e WHERE e.space_id = $1 AND NOT EXISTS (
        SELECT 1 FROM document AS d WHERE d.space_id = $1 AND d.plugin = e.plugin
        AND d.collection = e.collection AND d.id = e.document)";
    LOOSE_DELIVERIES = "SELECT COUNT(*) FROM delivery AS d WHERE d.space_id = $1 AND NOT EXISTS (
        SELECT 1 FROM event AS e WHERE e.space_id = $1 AND e.sequence = d.event)";
    LOOSE_CARRIAGES = "SELECT COUNT(*) FROM carriage AS c WHERE c.space_id = $1 AND NOT EXISTS (
        SELECT 1 FROM event AS e WHERE e.space_id = $1 AND e.sequence = c.event)";
}

/// What [`SpaceStore::verify`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// Rows of the audit chain that were recomputed.
    pub audit_rows: u64,
    /// Documents that were compared with the chain.
    pub documents: u64,
    /// Rows of the ledger that were recomputed.
    pub ledger_rows: u64,
    /// Decisions that were compared with the chain.
    pub decisions: u64,
    /// What does not agree; empty when all is well.
    pub flaws: Vec<Flaw>,
}

impl VerifyReport {
    /// Whether nothing is amiss.
    pub fn is_sound(&self) -> bool {
        self.flaws.is_empty()
    }
}

/// One thing that does not agree with the rest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// The engine finds the file damaged.
    #[error("the database file is damaged: {0}")]
    Engine(String),
    /// The first row of the chain that is not what was written (later ones are not looked at).
    #[error("row {seq} of the audit is not what was written")]
    Audit {
        /// Its number.
        seq: i64,
    },
    /// Rows at the end of the chain are gone, or were added.
    #[error("the audit ends with row {found}, not with row {expected}")]
    AuditEnd {
        /// The number of the last row there.
        found: i64,
        /// The number that the last commit gave.
        expected: i64,
    },
    /// A record is not what the last audited transaction left.
    #[error("{} was changed behind the platform's back", name(plugin, collection, record))]
    Changed {
        /// The plugin; empty for the platform's own records.
        plugin: String,
        /// The collection, or the platform's kind of record.
        collection: String,
        /// Its id.
        record: String,
    },
    /// A record of which no audited transaction knows.
    #[error("{} was added behind the platform's back", name(plugin, collection, record))]
    Added {
        /// The plugin; empty for the platform's own records.
        plugin: String,
        /// The collection, or the platform's kind of record.
        collection: String,
        /// Its id.
        record: String,
    },
    /// A record that no audited transaction removed.
    #[error("{} was removed behind the platform's back", name(plugin, collection, record))]
    Removed {
        /// The plugin; empty for the platform's own records.
        plugin: String,
        /// The collection, or the platform's kind of record.
        collection: String,
        /// Its id.
        record: String,
    },
    /// A row of the ledger that is not what was written, or does not follow from the one before.
    #[error("row {number} of the ledger is not what was written")]
    Ledger {
        /// Its number.
        number: i64,
    },
    /// Rows at the end of the ledger are gone, or were added.
    #[error("the ledger ends with row {found}, not with row {expected}")]
    LedgerEnd {
        /// The number of the last row there.
        found: i64,
        /// The number that the last posting gave.
        expected: i64,
    },
    /// A balance or sum is not what the rows come to.
    #[error("the {what} of {of} is {stored} hundredths of a point, the rows come to {counted}")]
    Figure {
        /// `balance`, `amount set aside`, `sum`, `sum earned`.
        what: &'static str,
        /// The account, and the period of a sum.
        of: String,
        /// What is stored.
        stored: i64,
        /// What the rows come to.
        counted: i64,
    },
    /// Rows that refer to what is not there.
    #[error("{count} rows of `{table}` refer to something that is not there")]
    Loose {
        /// The table.
        table: &'static str,
        /// How many.
        count: u64,
    },
}

fn name(plugin: &str, collection: &str, record: &str) -> String {
    if plugin.is_empty() { format!("{collection} {record}") } else { format!("{plugin}/{collection} {record}") }
}

/// What the chain says of each record.
type Latest = HashMap<RecordKey, RecordState>;

impl SpaceStore {
    /// Recomputes the audit chain and compares every document with it, its index entries, owner and readers
    /// included; then people, roles, settings, files, rules and decisions; recomputes the ledger's chain with its
    /// balances and sums; looks for rows that refer to nothing; lets the
    /// engine check the file. Reads one snapshot: the space goes on working.
    pub async fn verify(&self) -> Result<VerifyReport> {
        let mut report = VerifyReport::default();
        let mut snapshot = self.snapshot().await?;
        let lease = &mut snapshot.lease;
        report.flaws.extend(lease.check_engine().await?.into_iter().map(Flaw::Engine));
        let (mut latest, mut heads) = (Latest::new(), Heads::new());
        chain(lease, self.key(), &mut report, &mut latest, &mut heads).await?;
        documents(lease, self.key(), &mut report, &mut latest).await?;
        host_records(lease, self.key(), &mut report, &mut latest).await?;
        decided(lease, self.key(), &mut report, &mut latest).await?;
        ledger::proof::verify(lease, self.key(), &heads, &mut report).await?;
        let gone = latest.into_iter().filter(|(_, state)| !state.hash.is_empty());
        let mut gone: Vec<_> = gone.map(|(key, _)| key).collect();
        gone.sort();
        report.flaws.extend(gone.into_iter().map(|RecordKey { plugin, collection, record }| Flaw::Removed {
            plugin,
            collection,
            record,
        }));
        let loose = [
            ("index_entry", LOOSE_ENTRIES),
            ("search_entry", LOOSE_PAIRS),
            ("delivery", LOOSE_DELIVERIES),
            ("carriage", LOOSE_CARRIAGES),
        ];
        for (table, sql) in loose {
            let row = lease.first(sql, args![self.key()]).await?;
            let count = row.map_or(Ok(0), |row| row.count(0))?;
            if count > 0 {
                report.flaws.push(Flaw::Loose { table, count });
            }
        }
        Ok(report)
    }
}

async fn chain(
    lease: &mut Lease,
    space: &str,
    report: &mut VerifyReport,
    latest: &mut Latest,
    heads: &mut Heads,
) -> Result<()> {
    let head = state::read(lease, space).await?;
    let (mut last, mut hash) = (0, String::new());
    let mut whole = true;
    loop {
        let rows = lease.rows(CHAIN, args![space, last]).await?;
        let rows: Vec<AuditRow> = rows.iter().map(audit_row).collect::<Result<_, StoreError>>()?;
        let Some(end) = rows.last().map(|row| row.seq) else { break };
        let mut traces = traces(lease, space, last, end).await?;
        for row in rows {
            let traces = traces.remove(&row.seq).unwrap_or_default();
            let expected = chain_hash(&hash, &row, &traces_digest(&traces));
            if whole && (row.seq != last + 1 || row.hash != expected) {
                whole = false;
                report.flaws.push(Flaw::Audit { seq: last + 1 });
            }
            report.audit_rows += 1;
            last = row.seq;
            hash = row.hash;
            for (key, state) in &traces {
                ledger::proof::head(heads, key, state);
            }
            latest.extend(traces);
        }
    }
    if whole && (last, &hash) != (head.audit_seq, &head.audit_hash) {
        report.flaws.push(Flaw::AuditEnd { found: last, expected: head.audit_seq });
    }
    Ok(())
}

/// The traces of some audit rows, each in the order in which they were hashed.
async fn traces(
    lease: &mut Lease,
    space: &str,
    after: i64,
    until: i64,
) -> Result<HashMap<i64, BTreeMap<RecordKey, RecordState>>> {
    let mut traces: HashMap<i64, BTreeMap<_, _>> = HashMap::new();
    for row in lease.rows(TRACES, args![space, after, until]).await? {
        let key = RecordKey { plugin: row.text(1)?, collection: row.text(2)?, record: row.text(3)? };
        let state = RecordState { version: row.integer(4)?, hash: row.text(5)? };
        traces.entry(row.integer(0)?).or_default().insert(key, state);
    }
    Ok(traces)
}

async fn documents(lease: &mut Lease, space: &str, report: &mut VerifyReport, latest: &mut Latest) -> Result<()> {
    let mut after = RecordKey { plugin: String::new(), collection: String::new(), record: String::new() };
    loop {
        let args = args![space, &after.plugin, &after.collection, &after.record];
        let rows = lease.rows(DOCUMENTS, args).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in &rows {
            let document = document(row, 0)?;
            let shade = Shade { owner: row.maybe_text(6)?, readers: row.integer(7)? };
            let key = RecordKey { plugin: row.text(9)?, collection: row.text(10)?, record: document.id.clone() };
            let mut keys = std::collections::BTreeSet::new();
            let mut shaded = true;
            let args = args![space, &key.plugin, &key.collection, &key.record];
            for entry in lease.rows(ENTRIES, args).await? {
                keys.insert(Key { index: entry.text(0)?, encoded: entry.text(1)?, unique: entry.truth(2)? });
                shaded &= Shade { owner: entry.maybe_text(3)?, readers: entry.integer(4)? } == shade;
            }
            let hash = body_hash(&document, &shade, &keys);
            let version = i64::try_from(document.version).unwrap_or(i64::MAX);
            let stored_agrees = shaded && row.text(8)? == hash;
            after = key.clone();
            compare(report, latest, key, &RecordState { version, hash }, stored_agrees);
            report.documents += 1;
        }
    }
}

async fn host_records(lease: &mut Lease, space: &str, report: &mut VerifyReport, latest: &mut Latest) -> Result<()> {
    let mut all = households::states(lease, space).await?;
    all.extend(members::states(lease, space).await?);
    all.extend(roles::states(lease, space).await?);
    all.extend(settings::states(lease, space).await?);
    all.extend(files::states(lease, space).await?);
    all.extend(rules::texts::states(lease, space).await?);
    all.extend(rules::versions::states(lease, space).await?);
    all.extend(rules::publications::states(lease, space).await?);
    all.extend(ledger::holds::states(lease, space).await?);
    all.extend(ledger::proof::states(lease, space).await?);
    for (collection, record, state) in all {
        let key = audit::RecordKey { plugin: String::new(), collection: collection.to_owned(), record };
        compare(report, latest, key, &state, true);
    }
    Ok(())
}

/// Decisions, some at a time: a village makes many.
async fn decided(lease: &mut Lease, space: &str, report: &mut VerifyReport, latest: &mut Latest) -> Result<()> {
    let mut after = String::new();
    loop {
        let some = rules::decisions::states(lease, space, &after).await?;
        let Some((_, last, _)) = some.last() else { return Ok(()) };
        after.clone_from(last);
        for (collection, record, state) in some {
            let key = RecordKey { plugin: String::new(), collection: collection.to_owned(), record };
            compare(report, latest, key, &state, true);
            report.decisions += 1;
        }
    }
}

/// Compares a record with what the chain says of it, and strikes it off.
fn compare(report: &mut VerifyReport, latest: &mut Latest, key: RecordKey, state: &RecordState, agrees: bool) {
    let said = latest.remove(&key).filter(|said| !said.hash.is_empty());
    let RecordKey { plugin, collection, record } = key;
    match said {
        None => report.flaws.push(Flaw::Added { plugin, collection, record }),
        Some(said) if !agrees || said != *state => report.flaws.push(Flaw::Changed { plugin, collection, record }),
        Some(_) => {}
    }
}
