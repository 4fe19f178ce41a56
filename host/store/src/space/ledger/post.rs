//! Posting: everything is looked at before anything is written.

use cunshi_contract::ledger::{Entry, EntryReason, Posting};
use cunshi_model::port::Result;
use cunshi_model::{Micros, PersonId};

use super::accounts::Standing;
use super::entries::{self, Draft, is_earned};
use super::{Owner, canonical, invalid, kind_word, points};
use crate::db::args;
use crate::space::transaction::Transaction;

statements! {
    /// What a posting refers to, in one question: holder, person, account, corrected row, standing decision.
    FACTS = "SELECT
        CASE WHEN $2 = 'household'
            THEN (SELECT 1 FROM household AS h WHERE h.space_id = $1 AND h.id = $4)
            ELSE (SELECT 1 FROM member AS m WHERE m.space_id = $1 AND m.person = $4) END,
        (SELECT 1 FROM member AS m WHERE m.space_id = $1 AND m.person = $5),
        (SELECT a.balance FROM ledger_account AS a
            WHERE a.space_id = $1 AND a.whose = $2 AND a.kind = $3 AND a.holder = $4),
        (SELECT a.held FROM ledger_account AS a
            WHERE a.space_id = $1 AND a.whose = $2 AND a.kind = $3 AND a.holder = $4),
        (SELECT e.is_earned FROM ledger_entry AS e WHERE e.space_id = $1 AND e.id = $6),
        (SELECT d.plugin FROM decision AS d WHERE d.space_id = $1 AND d.id = $7 AND d.voided IS NULL)";
}

/// Greatest number of characters of a row's text.
const LONGEST_TEXT: usize = 200;
/// Greatest number of characters of an item's name.
const LONGEST_ITEM: usize = 100;
/// Greatest amount of one row, in hundredths: ten thousand million points.
pub(super) const LARGEST: i64 = 1_000_000_000_000;

/// What a posting refers to, as found.
pub(super) struct Facts {
    pub(super) owner: Owner,
    pub(super) standing: Standing,
    pub(super) earned: bool,
}

/// Adds a row.
pub(super) async fn post(
    tx: &mut Transaction,
    plugin: &str,
    posting: &Posting,
    by: Option<PersonId>,
    now: Micros,
) -> Result<Entry> {
    check(posting, by)?;
    let Facts { owner, standing, earned } = facts(tx, plugin, posting).await?;
    let amount = allowed(posting, standing.free())?;
    entries::add(tx, Draft { plugin, posting, amount, owner, standing, earned, by, now }).await
}

/// What can be said of a posting by itself.
pub(super) fn check(posting: &Posting, by: Option<PersonId>) -> Result<()> {
    if posting.amount == 0 {
        return invalid("a row of 0 says nothing");
    }
    if posting.amount.unsigned_abs() > LARGEST.unsigned_abs() {
        return invalid(format!("one row moves at most {} points", points(LARGEST)));
    }
    if posting.floor > 0 || posting.floor < -LARGEST {
        return invalid("a floor is at most 0");
    }
    if posting.text.trim().is_empty() || posting.text.chars().count() > LONGEST_TEXT {
        return invalid(format!("a row says in 1 to {LONGEST_TEXT} characters why it is there"));
    }
    if posting.item.as_ref().is_some_and(|item| item.chars().count() > LONGEST_ITEM) {
        return invalid(format!("an item has at most {LONGEST_ITEM} characters"));
    }
    if posting.decision.is_none() && by.is_none() {
        return invalid("every row names the decision or the person that made it");
    }
    match (posting.reason, &posting.corrects) {
        (EntryReason::Correction, None) => invalid("a correction names the row that it puts right"),
        (EntryReason::Close, _) => invalid("the rows of a close are those of `close-period`"),
        _ => Ok(()),
    }
}

/// What the posting names must be of this space.
pub(super) async fn facts(tx: &mut Transaction, plugin: &str, posting: &Posting) -> Result<Facts> {
    let owner = Owner::of(&posting.holder);
    let named = |id: &Option<String>| id.as_deref().map(canonical);
    let args = args![
        tx.space.key(),
        owner.whose,
        kind_word(posting.kind),
        &owner.id,
        named(&posting.person),
        named(&posting.corrects),
        named(&posting.decision),
    ];
    let Some(row) = tx.lease.first(FACTS, args).await? else {
        return invalid("the account's holder is not of this village");
    };
    if row.maybe_integer(0)?.is_none() {
        return invalid("the account's holder is not of this village");
    }
    if posting.person.is_some() && row.maybe_integer(1)?.is_none() {
        return invalid("the person whose deed it was is not of this village");
    }
    let corrected = row.maybe_integer(4)?.map(|earned| earned != 0);
    if posting.corrects.is_some() && corrected.is_none() {
        return invalid("the row to put right is not in this ledger");
    }
    if posting.decision.is_some() && row.maybe_text(5)?.as_deref() != Some(plugin) {
        return invalid("the decision is not one that this module asked for here, or it was set aside");
    }
    let standing = Standing { balance: row.maybe_integer(2)?.unwrap_or(0), held: row.maybe_integer(3)?.unwrap_or(0) };
    Ok(Facts { owner, standing, earned: is_earned(posting.reason, corrected) })
}

/// What of the amount the account can bear.
fn allowed(posting: &Posting, free: i64) -> Result<i64> {
    let amount = posting.amount;
    if amount > 0 || free.saturating_add(amount) >= posting.floor {
        return Ok(amount);
    }
    if posting.clip {
        // Nothing may be there to take: the row is kept all the same, and says so.
        return Ok(posting.floor.saturating_sub(free).min(0));
    }
    let floor = match posting.floor {
        0 => String::new(),
        floor => format!(" and may go down to {}", points(floor)),
    };
    invalid(format!("the account has {} points{floor}: {} cannot be taken", points(free), points(-amount)))
}
