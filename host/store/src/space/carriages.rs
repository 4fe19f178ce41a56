//! Carriages: events on their way to another space, in order per target and subject.

use cunshi_contract::manifest::Direction;
use cunshi_model::port::{Carriage, Result};
use cunshi_model::{Micros, SpaceId};

use super::SpaceStore;
use super::events::{event, event_columns};
use super::transaction::Transaction;
use crate::StoreError;
use crate::db::{Lease, Row, args};

statements! {
    ADD = "INSERT INTO carriage (space_id, id, event, target, direction, subject, ready, due, attempts, error)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7, 0, NULL)";
    DUE = concat!("SELECT c.id, c.event, c.target, c.direction, c.attempts, e.root, ", event_columns!(), "
        FROM carriage AS c
        JOIN event AS e ON e.space_id = $1 AND e.sequence = c.event
        WHERE c.space_id = $1 AND c.due <= $2
        AND NOT EXISTS (SELECT 1 FROM carriage AS b
            WHERE b.space_id = $1 AND b.target = c.target AND b.subject = c.subject
            AND (b.ready < c.ready OR (b.ready = c.ready AND b.id < c.id)))
        ORDER BY c.due, c.id LIMIT $3");
    DONE = "DELETE FROM carriage WHERE space_id = $1 AND id = $2";
    RETRY = "UPDATE carriage SET attempts = attempts + 1, error = $3, due = $4 WHERE space_id = $1 AND id = $2";
}

const UP: &str = "up";
const DOWN: &str = "down";

pub(super) async fn add(
    tx: &mut Transaction,
    event: i64,
    subject: &str,
    targets: &[SpaceId],
    direction: Direction,
    ready: Micros,
) -> Result<()> {
    let direction = if direction == Direction::Up { UP } else { DOWN };
    for target in targets {
        let id = tx.state.next();
        tx.lease.execute(ADD, args![tx.space.key(), id, event, *target, direction, subject, ready]).await?;
        tx.touch();
    }
    Ok(())
}

/// Events to carry now. Each says where it comes from as its target will see it.
pub(super) async fn due(lease: &mut Lease, space: &SpaceStore, now: Micros, limit: u32) -> Result<Vec<Carriage>> {
    let rows = lease.rows(DUE, args![space.key(), now, limit]).await?;
    let tree = space.shared.district.tree();
    let name = tree.by_id(space.id()).map(|space| space.name.as_str());
    Ok(rows.iter().map(|row| carriage(row, space.id(), name)).collect::<Result<_, StoreError>>()?)
}

fn carriage(row: &Row, source: SpaceId, name: Option<&str>) -> Result<Carriage, StoreError> {
    let (direction, from) = match row.text(3)?.as_str() {
        UP => (Direction::Up, "below"),
        DOWN => (Direction::Down, "above"),
        other => return Err(row.damaged(format!("unknown direction `{other}`").into())),
    };
    let mut event = event(row, 6)?;
    from.clone_into(&mut event.from);
    event.from_name = name.map(str::to_owned);
    Ok(Carriage {
        id: row.integer(0)?,
        source,
        sequence: row.integer(1)?,
        target: row.parsed(2)?,
        direction,
        root: row.parsed(5)?,
        event,
        attempts: row.small(4)?,
    })
}

pub(super) async fn carried(tx: &mut Transaction, carriage: i64) -> Result<()> {
    tx.touch();
    tx.lease.execute(DONE, args![tx.space.key(), carriage]).await?;
    Ok(())
}

pub(super) async fn not_carried(tx: &mut Transaction, carriage: i64, error: &str, retry_at: Micros) -> Result<()> {
    tx.touch();
    tx.lease.execute(RETRY, args![tx.space.key(), carriage, error, retry_at]).await?;
    Ok(())
}
