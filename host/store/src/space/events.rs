//! Events: what was sent here and what arrived, with the budget of each causal tree.

use cunshi_contract::Event;
use cunshi_contract::manifest::Direction;
use cunshi_model::port::{Carriage, DataError, MAX_CAUSAL_EVENTS, NewEvent, Result};
use cunshi_model::{EventId, Micros, SpaceId};

use super::transaction::Transaction;
use super::{carriages, deliveries};
use crate::StoreError;
use crate::db::{Row, args};

statements! {
    ADD = "INSERT INTO event (space_id, sequence, id, plugin, name, subject, payload, at, came, from_name,
            source_space, source_sequence, root, cause, answers)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING";
    LINEAGE = "SELECT root, came, source_space FROM event WHERE space_id = $1 AND id = $2";
    TREE_SIZE = "SELECT COUNT(*) FROM event WHERE space_id = $1 AND root = $2";
}

/// An event's words for where it came from, as `contract::Event` says them.
const HERE: &str = "here";
const BELOW: &str = "below";
const ABOVE: &str = "above";

/// A row of the table.
struct EventRow<'a> {
    sequence: i64,
    id: &'a str,
    plugin: &'a str,
    name: &'a str,
    subject: &'a str,
    payload: &'a str,
    at: Micros,
    came: &'a str,
    from_name: Option<&'a str>,
    source: (SpaceId, i64),
    root: &'a str,
    cause: Option<String>,
    answers: Option<String>,
}

/// Where a stored event came from.
struct Lineage {
    root: String,
    came: String,
    source: SpaceId,
}

/// Keeps an event in the outbox, with a delivery for each hearer here or a carriage for each space there.
pub(super) async fn send(tx: &mut Transaction, event: NewEvent<'_>) -> Result<EventId> {
    let targets = targets(tx, &event).await?;
    let id = EventId::new(event.now);
    let text = id.to_string();
    let root = root(tx, event.cause).await?.unwrap_or_else(|| text.clone());
    let sequence = tx.state.next();
    let row = EventRow {
        sequence,
        id: &text,
        plugin: event.plugin,
        name: event.name,
        subject: event.subject,
        payload: event.payload,
        at: event.now,
        came: HERE,
        from_name: None,
        source: (tx.space.id(), sequence),
        root: &root,
        cause: event.cause.map(|cause| cause.to_string()),
        answers: event.answers.map(|answered| answered.to_string()),
    };
    add(tx, &row).await?;
    let ready = event.not_before.unwrap_or(event.now).max(event.now);
    match event.direction {
        Direction::Here => deliveries::add(tx, sequence, event.subject, event.hearers, ready).await?,
        direction => carriages::add(tx, sequence, event.subject, &targets, direction, ready).await?,
    }
    Ok(id)
}

/// Receives an event of another space; false when it was here already.
pub(super) async fn receive(
    tx: &mut Transaction,
    carriage: &Carriage,
    hearers: &[String],
    now: Micros,
) -> Result<bool> {
    let came = match carriage.direction {
        Direction::Up => BELOW,
        Direction::Down => ABOVE,
        Direction::Here => return Err(DataError::Invalid("an event that stays here is not carried".to_owned())),
    };
    if carriage.target != tx.space.id() {
        return Err(DataError::Invalid("the event is carried to another space".to_owned()));
    }
    let event = &carriage.event;
    let sequence = tx.state.next();
    let row = EventRow {
        sequence,
        id: &event.id,
        plugin: &event.from_plugin,
        name: &event.name,
        subject: &event.subject,
        payload: &event.payload.to_string(),
        at: event.at,
        came,
        from_name: event.from_name.as_deref(),
        source: (carriage.source, carriage.sequence),
        root: &carriage.root.to_string(),
        cause: None,
        answers: None,
    };
    let new = add(tx, &row).await?;
    if new {
        deliveries::add(tx, sequence, &event.subject, hearers, now).await?;
    }
    Ok(new)
}

/// The event in a row whose columns are those of [`event_columns`].
pub(super) fn event(row: &Row, first: usize) -> Result<Event, StoreError> {
    let payload = row.text(first + 6)?;
    Ok(Event {
        id: row.text(first)?,
        name: row.text(first + 1)?,
        from_plugin: row.text(first + 2)?,
        from: row.text(first + 3)?,
        from_name: row.maybe_text(first + 4)?,
        subject: row.text(first + 5)?,
        payload: serde_json::from_str(&payload).map_err(|error| row.damaged(error.into()))?,
        at: row.integer(first + 7)?,
    })
}

/// What [`event`] reads of a row `e` of the table.
macro_rules! event_columns {
    () => {
        "e.id, e.name, e.plugin, e.came, e.from_name, e.subject, e.payload, e.at"
    };
}
pub(super) use event_columns;

async fn add(tx: &mut Transaction, row: &EventRow<'_>) -> Result<bool> {
    let args = args![
        tx.space.key(),
        row.sequence,
        row.id,
        row.plugin,
        row.name,
        row.subject,
        row.payload,
        row.at,
        row.came,
        row.from_name,
        row.source.0,
        row.source.1,
        row.root,
        row.cause.as_deref(),
        row.answers.as_deref(),
    ];
    Ok(tx.lease.execute(ADD, args).await? == 1)
}

async fn lineage(tx: &mut Transaction, id: EventId) -> Result<Option<Lineage>> {
    let row = tx.lease.first(LINEAGE, args![tx.space.key(), id.to_string()]).await?;
    let lineage =
        |row: Row| Ok::<_, StoreError>(Lineage { root: row.text(0)?, came: row.text(1)?, source: row.parsed(2)? });
    Ok(row.map(lineage).transpose()?)
}

/// The root of the tree that a new event belongs to; none when it is a root itself.
async fn root(tx: &mut Transaction, cause: Option<EventId>) -> Result<Option<String>> {
    let Some(cause) = cause else { return Ok(None) };
    let Some(Lineage { root, .. }) = lineage(tx, cause).await? else {
        return Err(DataError::Invalid("the event's cause is not an event of this village".to_owned()));
    };
    let row = tx.lease.first(TREE_SIZE, args![tx.space.key(), &root]).await?;
    let size = row.map_or(Ok(0), |row| row.small(0))?;
    if size >= MAX_CAUSAL_EVENTS {
        let message = format!("one event has caused {size} others here already: no more are sent");
        return Err(DataError::Invalid(message));
    }
    Ok(Some(root))
}

/// The spaces that an event goes to.
async fn targets(tx: &mut Transaction, event: &NewEvent<'_>) -> Result<Vec<SpaceId>> {
    let invalid = |message: &str| Err(DataError::Invalid(message.to_owned()));
    let tree = tx.space.shared.district.tree();
    let here = tx.space.id();
    match (event.direction, event.answers) {
        (Direction::Here, None) => Ok(Vec::new()),
        (Direction::Up, None) => match tree.by_id(here).and_then(|space| space.parent) {
            Some(parent) => Ok(vec![parent]),
            None => invalid("there is no space above this one"),
        },
        (Direction::Down, None) => Ok(tree.children(here).iter().map(|child| child.id).collect()),
        (Direction::Down, Some(answered)) => match lineage(tx, answered).await? {
            Some(lineage) if lineage.came == BELOW => Ok(vec![lineage.source]),
            _ => invalid("only an event that came from below can be answered downwards"),
        },
        (_, Some(_)) => invalid("an answer goes down"),
    }
}
