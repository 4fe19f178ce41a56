//! What rules failed at, for whoever mends them.

use cunshi_model::Micros;
use cunshi_model::port::Result;
use cunshi_model::rules::{Origin, Rule, RuleFailure};
use serde_json::{Map, Value};

use super::{json, origin_word, read_origin, to_json};
use crate::StoreError;
use crate::db::{Row, args};
use crate::space::SpaceStore;
use crate::space::transaction::Transaction;

statements! {
    ADD = "INSERT INTO rule_failure (space_id, hook, number, origin, version, digest, input, failure, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// All but the newest of a hook.
    FORGET = "DELETE FROM rule_failure WHERE space_id = $1 AND hook = $2 AND number <= (
        SELECT f.number FROM rule_failure AS f WHERE f.space_id = $1 AND f.hook = $2
        ORDER BY f.number DESC LIMIT 1 OFFSET 200)";
    LIST = "SELECT number, origin, version, digest, input, failure, at FROM rule_failure
        WHERE space_id = $1 AND hook = $2 ORDER BY number DESC LIMIT $3";
}

/// A failure of a rule as kept.
#[derive(Clone, Debug, PartialEq)]
pub struct FailedRule {
    /// Number, growing with time.
    pub number: i64,
    /// Whose rule it was.
    pub origin: Origin,
    /// Its version.
    pub version: u32,
    /// The digest of its text.
    pub digest: String,
    /// What it was given.
    pub input: Map<String, Value>,
    /// Where and why.
    pub failure: RuleFailure,
    /// When.
    pub at: Micros,
}

pub(super) async fn record(
    tx: &mut Transaction,
    hook: &str,
    rule: &Rule,
    input: &Map<String, Value>,
    failure: &RuleFailure,
    now: Micros,
) -> Result<()> {
    let number = tx.state.next();
    let (input, failure) = (to_json(input)?, to_json(failure)?);
    let origin = origin_word(rule.origin);
    let args = args![tx.space.key(), hook, number, origin, rule.version, &rule.digest, &input, &failure, now];
    tx.lease.execute(ADD, args).await?;
    tx.lease.execute(FORGET, args![tx.space.key(), hook]).await?;
    Ok(())
}

impl SpaceStore {
    /// What the rules of a hook failed at, the newest first; the newest 200 of each hook are kept.
    pub async fn rule_failures(&self, hook: &str, limit: u32) -> Result<Vec<FailedRule>> {
        let rows = self.reader().await?.rows(LIST, args![self.key(), hook, limit]).await?;
        let failed = |row: &Row| {
            Ok(FailedRule {
                number: row.integer(0)?,
                origin: read_origin(row, 1)?,
                version: row.small(2)?,
                digest: row.text(3)?,
                input: json(row, &row.text(4)?)?,
                failure: json(row, &row.text(5)?)?,
                at: row.integer(6)?,
            })
        };
        Ok(rows.iter().map(failed).collect::<Result<_, StoreError>>()?)
    }
}
