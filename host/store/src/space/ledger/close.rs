//! The close of a period: what was in an account at its end and is still there goes, what is held stays.

use std::collections::HashMap;

use cunshi_contract::ledger::{ClosePeriod, Closed, EntryReason, PointKind, Posting, period};
use cunshi_model::Micros;
use cunshi_model::port::Result;

use super::accounts::Standing;
use super::entries::{self, Draft};
use super::sums::Periods;
use super::{Owner, invalid, kind_word, read_kind};
use crate::db::args;
use crate::space::transaction::Transaction;

statements! {
    /// Holders whose accounts have not had this close.
    OPEN = "SELECT DISTINCT a.whose, a.holder FROM ledger_account AS a
        WHERE a.space_id = $1 AND NOT EXISTS (SELECT 1 FROM ledger_close AS c
            WHERE c.space_id = $1 AND c.period = $2 AND c.whose = a.whose AND c.holder = a.holder)
        ORDER BY a.whose, a.holder LIMIT $3";
    ACCOUNTS = "SELECT kind, balance, held FROM ledger_account
        WHERE space_id = $1 AND whose = $2 AND kind IN ('base', 'redeemable', 'honour') AND holder = $3";
    /// What moved the accounts of some holders after the period.
    SINCE = "SELECT whose, holder, kind, CAST(SUM(amount) AS BIGINT) FROM ledger_sum
        WHERE space_id = $1 AND whose = $2 AND span = 'month' AND period >= $3 AND holder >= $4 AND holder <= $5
        GROUP BY whose, holder, kind";
    DONE = "INSERT INTO ledger_close (space_id, period, whose, holder, at) VALUES ($1, $2, $3, $4, $5)";
}

/// Amounts by account.
type Since = HashMap<(Owner, &'static str), i64>;

/// Closes some of the accounts.
pub(super) async fn close(tx: &mut Transaction, plugin: &str, close: &ClosePeriod, now: Micros) -> Result<Closed> {
    let Some((_, end)) = period(&close.period) else {
        return invalid(format!("`{}` is not a period such as 2026, 2026-Q3 or 2026-09", close.period));
    };
    if now < end {
        return invalid(format!("the period {} is not over", close.period));
    }
    if !(1..=100).contains(&close.limit) {
        return invalid("1 to 100 accounts are closed in one call");
    }
    let characters = close.text.chars().count();
    if close.text.trim().is_empty() || characters > 200 {
        return invalid("a close says in 1 to 200 characters what it is");
    }
    let mut turn = open(tx, &close.period, close.limit + 1).await?;
    let more = turn.len() > close.limit as usize;
    turn.truncate(close.limit as usize);
    let since = since(tx, &turn, end).await?;
    let mut rows = 0;
    for owner in turn {
        let mut accounts = accounts(tx, &owner).await?;
        for kind in &close.clear {
            // Taken out: a kind that is named twice is closed once.
            let Some((kind, standing)) = accounts.remove_entry(kind) else { continue };
            let later = since.get(&(owner.clone(), kind_word(kind))).copied().unwrap_or(0);
            let amount = -goes(standing, later);
            if amount != 0 {
                let posting = row(&owner, kind, amount, &close.text, end - 1);
                let (posting, owner) = (&posting, owner.clone());
                let draft = Draft { plugin, posting, amount, owner, standing, earned: false, by: None, now };
                entries::add(tx, draft).await?;
                rows += 1;
            }
        }
        tx.lease.execute(DONE, args![tx.space.key(), &close.period, owner.whose, &owner.id, now]).await?;
    }
    Ok(Closed { rows, more })
}

/// What goes of an account: its balance at the end of the period, as far as it is still there and not held. A debt
/// goes whole.
fn goes(standing: Standing, later: i64) -> i64 {
    let at_end = standing.balance.saturating_sub(later);
    if at_end > 0 { at_end.min(standing.free()).max(0) } else { at_end }
}

async fn open(tx: &mut Transaction, period: &str, limit: u32) -> Result<Vec<Owner>> {
    let mut owners = Vec::new();
    for row in tx.lease.rows(OPEN, args![tx.space.key(), period, limit]).await? {
        owners.push(Owner::read(&row, 0, 1)?);
    }
    Ok(owners)
}

async fn accounts(tx: &mut Transaction, owner: &Owner) -> Result<HashMap<PointKind, Standing>> {
    let mut accounts = HashMap::new();
    for row in tx.lease.rows(ACCOUNTS, args![tx.space.key(), owner.whose, &owner.id]).await? {
        let standing = Standing { balance: row.integer(1)?, held: row.integer(2)? };
        accounts.insert(read_kind(&row, 0)?, standing);
    }
    Ok(accounts)
}

/// Sums of the months after the period, of the holders in turn. They stand in the order of their ids.
async fn since(tx: &mut Transaction, turn: &[Owner], end: Micros) -> Result<Since> {
    let month = Periods::of(end).month;
    let mut since = Since::new();
    for owners in turn.chunk_by(|one, next| one.whose == next.whose) {
        let (Some(first), Some(last)) = (owners.first(), owners.last()) else { continue };
        let args = args![tx.space.key(), first.whose, &month, &first.id, &last.id];
        for row in tx.lease.rows(SINCE, args).await? {
            since.insert((Owner::read(&row, 0, 1)?, kind_word(read_kind(&row, 2)?)), row.integer(3)?);
        }
    }
    Ok(since)
}

/// It counts in the period that it closes.
fn row(owner: &Owner, kind: PointKind, amount: i64, text: &str, at: Micros) -> Posting {
    Posting {
        holder: owner.clone().holder(),
        person: None,
        kind,
        amount,
        reason: EntryReason::Close,
        item: None,
        text: text.to_owned(),
        decision: None,
        corrects: None,
        at: Some(at),
        floor: 0,
        clip: false,
    }
}
