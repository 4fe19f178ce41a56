//! Decisions: what was decided, by which text, of what, and why; and the history that rules ask about.

use std::sync::Arc;

use cunshi_model::port::{DataError, Result};
use cunshi_model::rules::{DecisionRecord, NewDecision, Rule, Whose};
use cunshi_model::{DecisionId, Micros};
use serde_json::Value;

use super::{json, origin_word, read_origin, texts, to_json};
use crate::StoreError;
use crate::db::{Lease, Row, args};
use crate::space::audit::RecordState;
use crate::space::digest::Fields;
use crate::space::transaction::Transaction;

macro_rules! columns {
    () => {
        "id, hook, plugin, origin, version, digest, guards, engine, input, answers, output, because, fell_back, person,
        household, item, points, at, made, voided"
    };
}

statements! {
    ADD = concat!("INSERT INTO decision (space_id, ", columns!(), ")
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, NULL)");
    GET = concat!("SELECT ", columns!(), " FROM decision WHERE space_id = $1 AND id = $2");
    VOID = "UPDATE decision SET voided = $3 WHERE space_id = $1 AND id = $2 AND voided IS NULL";
    OF_PERSON = "SELECT COUNT(*), CAST(COALESCE(SUM(points), 0) AS BIGINT) FROM decision
        WHERE space_id = $1 AND person = $2 AND hook = $3 AND item = $4 AND at >= $5 AND at < $6
        AND voided IS NULL AND person IS NOT NULL";
    OF_HOUSEHOLD = "SELECT COUNT(*), CAST(COALESCE(SUM(points), 0) AS BIGINT) FROM decision
        WHERE space_id = $1 AND household = $2 AND hook = $3 AND item = $4 AND at >= $5 AND at < $6
        AND voided IS NULL AND household IS NOT NULL";
    EVERY = concat!("SELECT ", columns!(), " FROM decision WHERE space_id = $1 AND id > $2 ORDER BY id LIMIT 500");
}

/// Records of this kind in the audit's traces: version 0, or 1 once it was set aside.
const TRACED: &str = "decision";

/// A row as stored: JSON as text.
struct Stored {
    id: String,
    hook: String,
    plugin: String,
    origin: String,
    version: u32,
    digest: String,
    guards: String,
    engine: String,
    input: String,
    answers: String,
    output: String,
    because: String,
    fell_back: Option<String>,
    person: Option<String>,
    household: Option<String>,
    item: Option<String>,
    points: i64,
    at: Micros,
    made: Micros,
    voided: Option<Micros>,
}

pub(super) async fn record(tx: &mut Transaction, new: NewDecision<'_>) -> Result<DecisionId> {
    let id = DecisionId::new(new.now);
    texts::keep(tx, new.hook, &new.rule.digest, &new.rule.text).await?;
    let item = new.output.get("item").or_else(|| new.input.get("item")).and_then(Value::as_str);
    let stored = Stored {
        id: id.to_string(),
        hook: new.hook.to_owned(),
        plugin: new.plugin.to_owned(),
        origin: origin_word(new.rule.origin).to_owned(),
        version: new.rule.version,
        digest: new.rule.digest.clone(),
        guards: new.guards.to_owned(),
        engine: new.engine.to_owned(),
        input: to_json(new.input)?,
        answers: to_json(&new.answers)?,
        output: to_json(new.output)?,
        because: to_json(&new.because)?,
        fell_back: new.fell_back.map(to_json).transpose()?,
        person: new.person.map(|person| person.to_string()),
        household: new.household.map(|household| household.to_string()),
        item: item.map(str::to_owned),
        points: new.output.get("points").and_then(Value::as_i64).unwrap_or(0),
        at: new.at,
        made: new.now,
        voided: None,
    };
    let args = args![
        tx.space.key(),
        &stored.id,
        &stored.hook,
        &stored.plugin,
        &stored.origin,
        stored.version,
        &stored.digest,
        &stored.guards,
        &stored.engine,
        &stored.input,
        &stored.answers,
        &stored.output,
        &stored.because,
        stored.fell_back.as_deref(),
        stored.person.as_deref(),
        stored.household.as_deref(),
        stored.item.as_deref(),
        stored.points,
        stored.at,
        stored.made,
    ];
    tx.lease.execute(ADD, args).await?;
    tx.pending.trace("", TRACED, &stored.id, 0, stored.hash());
    Ok(id)
}

/// Sets a decision aside; it stays so if it was already.
pub(super) async fn void(tx: &mut Transaction, plugin: &str, id: DecisionId, now: Micros) -> Result<()> {
    let row = tx.lease.first(GET, args![tx.space.key(), id.to_string()]).await?.ok_or(DataError::Missing)?;
    let mut stored = stored(&row)?;
    if stored.plugin != plugin {
        return Err(DataError::Missing);
    }
    if stored.voided.is_none() {
        tx.lease.execute(VOID, args![tx.space.key(), &stored.id, now]).await?;
        stored.voided = Some(now);
        tx.pending.trace("", TRACED, &stored.id, 1, stored.hash());
    }
    Ok(())
}

pub(super) async fn get(lease: &mut Lease, space: &str, id: DecisionId) -> Result<Option<DecisionRecord>> {
    let Some(row) = lease.first(GET, args![space, id.to_string()]).await? else { return Ok(None) };
    let stored = stored(&row)?;
    let text = Arc::new(texts::get(lease, space, &stored.digest).await?);
    Ok(Some(DecisionRecord {
        id,
        hook: stored.hook,
        plugin: stored.plugin,
        rule: Rule { origin: read_origin(&row, 3)?, version: stored.version, digest: stored.digest, text },
        guards: stored.guards,
        engine: stored.engine,
        input: json(&row, &stored.input)?,
        answers: json(&row, &stored.answers)?,
        output: json(&row, &stored.output)?,
        because: json(&row, &stored.because)?,
        fell_back: stored.fell_back.map(|text| json(&row, &text)).transpose()?,
        person: row.maybe_parsed(13)?,
        household: row.maybe_parsed(14)?,
        at: stored.at,
        made: stored.made,
        voided: stored.voided,
    }))
}

/// How many standing decisions gave somebody an item, and the points that they gave.
pub(super) async fn decided(
    lease: &mut Lease,
    space: &str,
    hook: &str,
    whose: Whose,
    item: &str,
    (from, to): (Micros, Micros),
) -> Result<(i64, i64)> {
    let (sql, id) = match whose {
        Whose::Person(person) => (OF_PERSON, person.to_string()),
        Whose::Household(household) => (OF_HOUSEHOLD, household.to_string()),
    };
    let row = lease.first(sql, args![space, id, hook, item, from, to]).await?;
    Ok(row.map_or(Ok((0, 0)), |row| Ok::<_, StoreError>((row.integer(0)?, row.integer(1)?)))?)
}

fn stored(row: &Row) -> Result<Stored, StoreError> {
    Ok(Stored {
        id: row.text(0)?,
        hook: row.text(1)?,
        plugin: row.text(2)?,
        origin: row.text(3)?,
        version: row.small(4)?,
        digest: row.text(5)?,
        guards: row.text(6)?,
        engine: row.text(7)?,
        input: row.text(8)?,
        answers: row.text(9)?,
        output: row.text(10)?,
        because: row.text(11)?,
        fell_back: row.maybe_text(12)?,
        person: row.maybe_text(13)?,
        household: row.maybe_text(14)?,
        item: row.maybe_text(15)?,
        points: row.integer(16)?,
        at: row.integer(17)?,
        made: row.integer(18)?,
        voided: row.maybe_integer(19)?,
    })
}

impl Stored {
    fn hash(&self) -> String {
        let fields = Fields::of(TRACED).text(&self.id).text(&self.hook).text(&self.plugin).text(&self.origin);
        let fields = fields.number(i64::from(self.version)).text(&self.digest).text(&self.guards).text(&self.engine);
        let fields = fields.text(&self.input).text(&self.answers).text(&self.output).text(&self.because);
        let fields = fields.maybe(self.fell_back.as_deref()).maybe(self.person.as_deref());
        let fields = fields.maybe(self.household.as_deref()).maybe(self.item.as_deref()).number(self.points);
        let voided = self.voided.map(|at| at.to_string());
        fields.number(self.at).number(self.made).maybe(voided.as_deref()).finish()
    }
}

/// What the audit's traces should say of some decisions, by id after one.
pub(in crate::space) async fn states(
    lease: &mut Lease,
    space: &str,
    after: &str,
) -> Result<Vec<(&'static str, String, RecordState)>> {
    let rows = lease.rows(EVERY, args![space, after]).await?;
    let state = |row: &Row| {
        let stored = stored(row)?;
        let (version, hash) = (i64::from(stored.voided.is_some()), stored.hash());
        Ok((TRACED, stored.id, RecordState { version, hash }))
    };
    Ok(rows.iter().map(state).collect::<Result<_, StoreError>>()?)
}
