//! Deliveries: what each hearer here has still to hear, in order per subscriber and subject.

use cunshi_model::port::{AuditEntry, DataError, Delivery, Result};
use cunshi_model::{Actor, Micros};

use super::events::{event, event_columns};
use super::transaction::Transaction;
use super::{SpaceStore, jobs};
use crate::StoreError;
use crate::db::{Lease, args};

statements! {
    ADD = "INSERT INTO delivery (space_id, id, event, subscriber, subject, ready, due, attempts, parked, error)
        VALUES ($1, $2, $3, $4, $5, $6, $6, 0, 0, NULL)";
    /// The first of each (subscriber, subject), whatever keeps it: what stands behind it waits.
    DUE = concat!("SELECT d.id, d.subscriber, d.attempts, ", event_columns!(), "
        FROM delivery AS d
        JOIN event AS e ON e.space_id = $1 AND e.sequence = d.event
        WHERE d.space_id = $1 AND d.parked = 0 AND d.due <= $2 AND $3 LIKE '%,' || d.subscriber || ',%'
        AND NOT EXISTS (SELECT 1 FROM delivery AS b
            WHERE b.space_id = $1 AND b.subscriber = d.subscriber AND b.subject = d.subject
            AND (b.ready < d.ready OR (b.ready = d.ready AND b.id < d.id)))
        ORDER BY d.due, d.id LIMIT $4");
    DONE = "DELETE FROM delivery WHERE space_id = $1 AND id = $2";
    RETRY = "UPDATE delivery SET attempts = attempts + 1, error = $3, due = $4
        WHERE space_id = $1 AND id = $2 AND parked = 0";
    PARK = "UPDATE delivery SET attempts = attempts + 1, error = $3, parked = 1
        WHERE space_id = $1 AND id = $2 AND parked = 0";
    PARKED = "SELECT d.id, d.subscriber, e.name, d.subject, d.error, d.attempts, e.at
        FROM delivery AS d
        JOIN event AS e ON e.space_id = $1 AND e.sequence = d.event
        WHERE d.space_id = $1 AND d.parked = 1 ORDER BY d.id LIMIT $2";
    REPLAY = "UPDATE delivery SET parked = 0, attempts = 0, due = $3
        WHERE space_id = $1 AND id = $2 AND parked = 1";
    REPLAY_OF = "UPDATE delivery SET parked = 0, attempts = 0, due = $3
        WHERE space_id = $1 AND subscriber = $2 AND parked = 1";
}

/// A delivery that failed too often and waits for somebody to look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedDelivery {
    /// The row's id, for [`SpaceStore::replay`].
    pub id: i64,
    /// The plugin that hears.
    pub subscriber: String,
    /// The event's name and version.
    pub event: String,
    /// The subject, whose later deliveries to the plugin wait behind this one.
    pub subject: String,
    /// What went wrong last.
    pub error: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When the event was sent.
    pub at: Micros,
}

pub(super) async fn add(
    tx: &mut Transaction,
    event: i64,
    subject: &str,
    hearers: &[String],
    ready: Micros,
) -> Result<()> {
    for subscriber in hearers {
        let id = tx.state.next();
        tx.lease.execute(ADD, args![tx.space.key(), id, event, subscriber, subject, ready]).await?;
        tx.touch();
    }
    Ok(())
}

/// Deliveries that may run now.
pub(super) async fn due(
    lease: &mut Lease,
    space: &str,
    now: Micros,
    subscribers: &[String],
    limit: u32,
) -> Result<Vec<Delivery>> {
    let rows = lease.rows(DUE, args![space, now, names(subscribers), limit]).await?;
    let delivery = |row: &crate::db::Row| {
        let event = event(row, 3)?;
        Ok(Delivery { id: row.integer(0)?, subscriber: row.text(1)?, attempts: row.small(2)?, event })
    };
    Ok(rows.iter().map(delivery).collect::<Result<_, StoreError>>()?)
}

/// Plugin names as one text for `LIKE`: they have neither commas nor wildcards, and a list is not a type that
/// all engines know.
pub(super) fn names(plugins: &[String]) -> String {
    format!(",{},", plugins.join(","))
}

pub(super) async fn delivered(tx: &mut Transaction, delivery: i64) -> Result<bool> {
    tx.touch();
    Ok(tx.lease.execute(DONE, args![tx.space.key(), delivery]).await? == 1)
}

pub(super) async fn failed(tx: &mut Transaction, delivery: i64, error: &str, retry_at: Option<Micros>) -> Result<()> {
    tx.touch();
    match retry_at {
        Some(at) => tx.lease.execute(RETRY, args![tx.space.key(), delivery, error, at]).await?,
        None => tx.lease.execute(PARK, args![tx.space.key(), delivery, error]).await?,
    };
    Ok(())
}

impl SpaceStore {
    /// Deliveries that failed too often, oldest first.
    pub async fn parked(&self, limit: u32) -> Result<Vec<ParkedDelivery>> {
        let rows = self.reader().await?.rows(PARKED, args![self.key(), limit]).await?;
        let parked = |row: &crate::db::Row| {
            Ok(ParkedDelivery {
                id: row.integer(0)?,
                subscriber: row.text(1)?,
                event: row.text(2)?,
                subject: row.text(3)?,
                error: row.maybe_text(4)?.unwrap_or_default(),
                attempts: row.small(5)?,
                at: row.integer(6)?,
            })
        };
        Ok(rows.iter().map(parked).collect::<Result<_, StoreError>>()?)
    }

    /// Lets all parked deliveries to a plugin be tried again at once, in order per subject, and the steps of its jobs
    /// that failed; how many. For when what they failed at has been mended: a rule, a release.
    pub async fn replay_parked_of(&self, plugin: &str, now: Micros) -> Result<u64> {
        let mut tx = self.transaction().await?;
        let replayed = tx.lease.execute(REPLAY_OF, args![self.key(), plugin, now]).await?;
        let replayed = replayed + jobs::again(&mut tx, plugin, now).await?;
        if replayed == 0 {
            return Ok(0);
        }
        tx.touch();
        tx.note(&AuditEntry { at: now, actor: None, action: "host/replay", subject: Some(plugin), digest: "" });
        tx.commit().await?;
        Ok(replayed)
    }

    /// Lets a parked delivery be tried again at once, as the audit says by whom; [`DataError::Missing`] when it is not parked.
    pub async fn replay(&self, delivery: i64, by: Option<Actor>, now: Micros) -> Result<()> {
        let mut tx = self.transaction().await?;
        if tx.lease.execute(REPLAY, args![self.key(), delivery, now]).await? == 0 {
            return Err(DataError::Missing);
        }
        tx.touch();
        let subject = delivery.to_string();
        tx.note(&AuditEntry { at: now, actor: by, action: "host/replay", subject: Some(&subject), digest: "" });
        tx.commit().await.map(drop)
    }
}
