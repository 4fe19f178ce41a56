//! When a space has something to do next.

use cunshi_model::Micros;
use cunshi_model::port::Result;

use crate::db::{Lease, args};

statements! {
    /// Deliveries that stand first and are not parked, carriages that stand first, jobs: of plugins that are on.
    NEXT = "SELECT MIN(waiting.due) FROM (
        SELECT d.due AS due FROM delivery AS d
            JOIN plugin_state AS p ON p.space_id = $1 AND p.plugin = d.subscriber AND p.is_on = 1
            WHERE d.space_id = $1 AND d.parked = 0
            AND NOT EXISTS (SELECT 1 FROM delivery AS b
                WHERE b.space_id = $1 AND b.subscriber = d.subscriber AND b.subject = d.subject
                AND (b.ready < d.ready OR (b.ready = d.ready AND b.id < d.id)))
        UNION ALL
        SELECT c.due AS due FROM carriage AS c WHERE c.space_id = $1
            AND NOT EXISTS (SELECT 1 FROM carriage AS b
                WHERE b.space_id = $1 AND b.target = c.target AND b.subject = c.subject
                AND (b.ready < c.ready OR (b.ready = c.ready AND b.id < c.id)))
        UNION ALL
        SELECT j.next_at AS due FROM job AS j
            JOIN plugin_state AS p ON p.space_id = $1 AND p.plugin = j.plugin AND p.is_on = 1
            WHERE j.space_id = $1
        ) AS waiting";
}

pub(crate) async fn next(lease: &mut Lease, space: &str) -> Result<Option<Micros>> {
    let row = lease.first(NEXT, args![space]).await?;
    Ok(row.map_or(Ok(None), |row| row.maybe_integer(0))?)
}
