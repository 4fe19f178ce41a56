//! Texts of rules: script and table, kept once by their digest.

use cunshi_contract::rule::RuleText;
use cunshi_model::port::{DataError, Result};

use super::{json, to_json};
use crate::StoreError;
use crate::db::{Lease, Row, args};
use crate::space::audit::RecordState;
use crate::space::digest::Fields;
use crate::space::transaction::Transaction;

statements! {
    KNOWN = "SELECT 1 FROM rule_text WHERE space_id = $1 AND digest = $2";
    ADD = "INSERT INTO rule_text (space_id, digest, hook, script, rows) VALUES ($1, $2, $3, $4, $5)";
    GET = "SELECT script, rows FROM rule_text WHERE space_id = $1 AND digest = $2";
    EVERY = "SELECT digest, hook, script, rows FROM rule_text WHERE space_id = $1";
}

/// Records of this kind in the audit's traces.
const TRACED: &str = "rule-text";

/// Keeps a text unless it is there.
pub(super) async fn keep(tx: &mut Transaction, hook: &str, digest: &str, text: &RuleText) -> Result<()> {
    if tx.lease.first(KNOWN, args![tx.space.key(), digest]).await?.is_some() {
        return Ok(());
    }
    let rows = to_json(&text.table)?;
    tx.lease.execute(ADD, args![tx.space.key(), digest, hook, &text.script, &rows]).await?;
    tx.pending.trace("", TRACED, digest, 0, hash(digest, hook, &text.script, &rows));
    Ok(())
}

/// Script and table with a digest; the cases are the version's.
pub(super) async fn get(lease: &mut Lease, space: &str, digest: &str) -> Result<RuleText> {
    let row = lease.first(GET, args![space, digest]).await?.ok_or(DataError::Missing)?;
    Ok(RuleText { script: row.text(0)?, table: json(&row, &row.text(1)?)?, cases: Vec::new() })
}

fn hash(digest: &str, hook: &str, script: &str, rows: &str) -> String {
    Fields::of(TRACED).text(digest).text(hook).text(script).text(rows).finish()
}

/// What the audit's traces should say.
pub(in crate::space) async fn states(
    lease: &mut Lease,
    space: &str,
) -> Result<Vec<(&'static str, String, RecordState)>> {
    let rows = lease.rows(EVERY, args![space]).await?;
    let state = |row: &Row| {
        let digest = row.text(0)?;
        let hash = hash(&digest, &row.text(1)?, &row.text(2)?, &row.text(3)?);
        Ok((TRACED, digest, RecordState { version: 0, hash }))
    };
    Ok(rows.iter().map(state).collect::<Result<_, StoreError>>()?)
}
