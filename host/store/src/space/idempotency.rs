//! What an action answered under the key that its sender chose.

use cunshi_model::Micros;
use cunshi_model::port::{IdempotencyKey, Remembered, Result};

use super::transaction::Transaction;
use crate::db::args;

statements! {
    RECALL = "SELECT digest, outcome FROM idempotency
        WHERE space_id = $1 AND actor = $2 AND action = $3 AND key = $4 AND expires > $5";
    REMEMBER = "INSERT INTO idempotency (space_id, actor, action, key, digest, outcome, expires)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (space_id, actor, action, key)
        DO UPDATE SET digest = excluded.digest, outcome = excluded.outcome, expires = excluded.expires";
    PURGE = "DELETE FROM idempotency WHERE space_id = $1 AND expires <= $2";
}

pub(super) async fn recall(tx: &mut Transaction, key: &IdempotencyKey, now: Micros) -> Result<Option<Remembered>> {
    let IdempotencyKey { actor, action, key } = key;
    let row = tx.lease.first(RECALL, args![tx.space.key(), *actor, action, key, now]).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Remembered { digest: row.text(0)?, outcome: row.text(1)? }))
}

/// Keeps an answer, and every now and then lets those go that have expired.
pub(super) async fn remember(
    tx: &mut Transaction,
    key: &IdempotencyKey,
    answer: &Remembered,
    until: Micros,
) -> Result<()> {
    let space = tx.space.key().to_owned();
    if tx.state.revision % 32 == 0 {
        tx.lease.execute(PURGE, args![&space, tx.space.shared.clock.now()]).await?;
    }
    let IdempotencyKey { actor, action, key } = key;
    let args = args![&space, *actor, action, key, &answer.digest, &answer.outcome, until];
    tx.lease.execute(REMEMBER, args).await?;
    Ok(())
}
