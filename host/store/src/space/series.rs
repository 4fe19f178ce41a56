//! Numbered series: spoken numbers without gaps among committed calls.

use cunshi_model::port::{DataError, Result};

use super::transaction::Transaction;
use crate::db::args;

statements! {
    NEXT = "INSERT INTO series (space_id, plugin, series, value) VALUES ($1, $2, $3, 1)
        ON CONFLICT (space_id, plugin, series) DO UPDATE SET value = series.value + 1 RETURNING value";
}

pub(super) async fn next_number(tx: &mut Transaction, plugin: &str, series: &str) -> Result<u64> {
    let row = tx.lease.first(NEXT, args![tx.space.key(), plugin, series]).await?;
    Ok(row.ok_or(DataError::Missing)?.count(0)?)
}
