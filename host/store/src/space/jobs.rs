//! Jobs: when each runs next and where it stopped.

use std::collections::BTreeSet;

use cunshi_model::Micros;
use cunshi_model::port::{DueJob, Result};

use super::deliveries::names;
use super::transaction::Transaction;
use crate::StoreError;
use crate::db::{Lease, Row, args};

statements! {
    DUE = "SELECT plugin, job, cursor, attempts FROM job
        WHERE space_id = $1 AND next_at <= $2 AND $3 LIKE '%,' || plugin || ',%'
        ORDER BY next_at, plugin, job LIMIT $4";
    PLAN = "UPDATE job SET next_at = $4, cursor = $5, attempts = $6
        WHERE space_id = $1 AND plugin = $2 AND job = $3";
    AGAIN = "UPDATE job SET next_at = $3 WHERE space_id = $1 AND plugin = $2 AND attempts > 0 AND next_at > $3";
    OF_PLUGIN = "SELECT job FROM job WHERE space_id = $1 AND plugin = $2";
    ADD = "INSERT INTO job (space_id, plugin, job, next_at, cursor, attempts) VALUES ($1, $2, $3, $4, NULL, 0)";
    REMOVE = "DELETE FROM job WHERE space_id = $1 AND plugin = $2 AND job = $3";
}

pub(super) async fn due(
    lease: &mut Lease,
    space: &str,
    now: Micros,
    plugins: &[String],
    limit: u32,
) -> Result<Vec<DueJob>> {
    let rows = lease.rows(DUE, args![space, now, names(plugins), limit]).await?;
    let job = |row: &Row| {
        Ok(DueJob { plugin: row.text(0)?, job: row.text(1)?, cursor: row.maybe_text(2)?, attempts: row.small(3)? })
    };
    Ok(rows.iter().map(job).collect::<Result<_, StoreError>>()?)
}

/// A job that was forgotten meanwhile stays forgotten.
pub(super) async fn plan(tx: &mut Transaction, job: &DueJob, next_at: Micros) -> Result<()> {
    tx.touch();
    let args = args![tx.space.key(), &job.plugin, &job.job, next_at, job.cursor.as_deref(), job.attempts];
    tx.lease.execute(PLAN, args).await?;
    Ok(())
}

/// Those whose last step failed are due at once; how many.
pub(super) async fn again(tx: &mut Transaction, plugin: &str, now: Micros) -> Result<u64> {
    let args = args![tx.space.key(), plugin, now];
    Ok(tx.lease.execute(AGAIN, args).await?)
}

/// New ones are due at once, missing ones are forgotten. Returns whether that changed anything.
pub(super) async fn set(tx: &mut Transaction, plugin: &str, jobs: &[String], now: Micros) -> Result<bool> {
    let space = tx.space.key().to_owned();
    let rows = tx.lease.rows(OF_PLUGIN, args![&space, plugin]).await?;
    let stored: BTreeSet<String> = rows.iter().map(|row| row.text(0)).collect::<Result<_, StoreError>>()?;
    let wanted: BTreeSet<String> = jobs.iter().cloned().collect();
    for job in wanted.difference(&stored) {
        tx.lease.execute(ADD, args![&space, plugin, job, now]).await?;
    }
    for job in stored.difference(&wanted) {
        tx.lease.execute(REMOVE, args![&space, plugin, job]).await?;
    }
    let changed = stored != wanted;
    if changed {
        tx.touch();
    }
    Ok(changed)
}
