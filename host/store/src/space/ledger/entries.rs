//! Rows of the ledger: how one is added to the chain, and how they are read.

use cunshi_contract::ledger::{Entry, EntryReason, Posting, StatementQuery};
use cunshi_model::port::Result;
use cunshi_model::{Micros, PersonId};

use super::accounts::{self, Standing};
use super::{Owner, canonical, kind_word, limit, read_kind, read_reason, reason_word, sums};
use crate::StoreError;
use crate::db::{Lease, Row, args};
use crate::space::digest::Fields;
use crate::space::transaction::Transaction;

/// What [`entry`] reads of a row.
macro_rules! entry_columns {
    () => {
        "id, number, whose, holder, person, kind, amount, balance, reason, item, text, decision, corrects, made_by,
        at, posted"
    };
}
pub(super) use entry_columns;

statements! {
    ADD = "INSERT INTO ledger_entry (space_id, number, id, plugin, whose, holder, kind, amount, balance, reason,
            is_earned, decision, corrects, made_by, at, posted, text, person, item, salt, digest, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)";
    GET = concat!("SELECT ", entry_columns!(), " FROM ledger_entry WHERE space_id = $1 AND id = $2");
    STATEMENT = concat!("SELECT ", entry_columns!(), " FROM ledger_entry
        WHERE space_id = $1 AND whose = $2 AND holder = $3 AND number < $4 AND ($5 = '' OR kind = $5)
        ORDER BY number DESC LIMIT $6");
}

/// The head of the chain in the audit's traces.
pub(super) const TRACED: &str = "ledger";
/// Its one record, whose version is the number of the newest row.
pub(super) const HEAD: &str = "head";

/// What the hash of a row covers beside what [`Entry`] has.
pub(super) struct Covered<'a> {
    pub(super) plugin: &'a str,
    pub(super) earned: bool,
    /// Of the payload.
    pub(super) digest: &'a str,
}

/// A row about to be added: checked, with the account as it was found.
pub(super) struct Draft<'a> {
    pub(super) plugin: &'a str,
    pub(super) posting: &'a Posting,
    /// What is added: the posting's amount, or less of it.
    pub(super) amount: i64,
    pub(super) owner: Owner,
    /// Before the row, but for what it spends of a hold.
    pub(super) standing: Standing,
    pub(super) earned: bool,
    pub(super) by: Option<PersonId>,
    pub(super) now: Micros,
}

/// Adds a row with the balance after it, the sums, and the chain's new head.
pub(super) async fn add(tx: &mut Transaction, draft: Draft<'_>) -> Result<Entry> {
    let Draft { plugin, posting, amount, owner, standing, earned, by, now } = draft;
    let number = tx.state.ledger_number + 1;
    let balance = standing.balance.saturating_add(amount);
    let entry = Entry {
        id: cunshi_model::id::uuid_at(now).to_string(),
        number: u64::try_from(number).unwrap_or_default(),
        holder: owner.clone().holder(),
        person: posting.person.as_deref().map(canonical),
        kind: posting.kind,
        amount,
        balance,
        reason: posting.reason,
        item: posting.item.clone(),
        text: posting.text.clone(),
        decision: posting.decision.as_deref().map(canonical),
        corrects: posting.corrects.as_deref().map(canonical),
        by: by.map(|person| person.to_string()),
        at: posting.at.unwrap_or(now),
        posted: now,
    };
    let salt = format!("{:032x}", rand::random::<u128>());
    let digest = payload_digest(&salt, &entry.text, entry.person.as_deref(), entry.item.as_deref());
    let hash = chain_hash(&tx.state.ledger_hash, &entry, &Covered { plugin, earned, digest: &digest });
    let args = args![
        tx.space.key(),
        number,
        &entry.id,
        plugin,
        owner.whose,
        &owner.id,
        kind_word(entry.kind),
        amount,
        balance,
        reason_word(entry.reason),
        earned,
        entry.decision.as_deref(),
        entry.corrects.as_deref(),
        entry.by.as_deref(),
        entry.at,
        now,
        &entry.text,
        entry.person.as_deref(),
        entry.item.as_deref(),
        &salt,
        &digest,
        &hash,
    ];
    tx.lease.execute(ADD, args).await?;
    accounts::put(tx, &owner, entry.kind, Standing { balance, held: standing.held }).await?;
    sums::add(tx, &owner, &entry, earned).await?;
    tx.pending.trace("", TRACED, HEAD, number, hash.clone());
    tx.state.ledger_number = number;
    tx.state.ledger_hash = hash;
    Ok(entry)
}

pub(super) async fn get(lease: &mut Lease, space: &str, id: &str) -> Result<Option<Entry>> {
    let row = lease.first(GET, args![space, canonical(id)]).await?;
    Ok(row.map(|row| entry(&row)).transpose()?)
}

/// Rows of an account, the newest first.
pub(super) async fn statement(lease: &mut Lease, space: &str, query: &StatementQuery) -> Result<Vec<Entry>> {
    let limit = limit(query.limit)?;
    let owner = Owner::of(&query.holder);
    let before = query.before.map_or(i64::MAX, |number| i64::try_from(number).unwrap_or(i64::MAX));
    let kind = query.kind.map_or("", kind_word);
    let rows = lease.rows(STATEMENT, args![space, owner.whose, &owner.id, before, kind, limit]).await?;
    Ok(rows.iter().map(entry).collect::<Result<_, StoreError>>()?)
}

/// The entry in a row whose first columns are those of [`entry_columns`].
pub(super) fn entry(row: &Row) -> Result<Entry, StoreError> {
    Ok(Entry {
        id: row.text(0)?,
        number: row.count(1)?,
        holder: Owner::read(row, 2, 3)?.holder(),
        person: row.maybe_text(4)?,
        kind: read_kind(row, 5)?,
        amount: row.integer(6)?,
        balance: row.integer(7)?,
        reason: read_reason(row, 8)?,
        item: row.maybe_text(9)?,
        text: row.maybe_text(10)?.unwrap_or_default(),
        decision: row.maybe_text(11)?,
        corrects: row.maybe_text(12)?,
        by: row.maybe_text(13)?,
        at: row.integer(14)?,
        posted: row.integer(15)?,
    })
}

/// What was spent and the close of a period are not earned; what puts such a row right is neither.
pub(super) fn is_earned(reason: EntryReason, corrected: Option<bool>) -> bool {
    match reason {
        EntryReason::Award | EntryReason::Deduction => true,
        EntryReason::Correction => corrected.unwrap_or(true),
        EntryReason::Redeem | EntryReason::Close => false,
    }
}

/// The digest of what may be erased.
pub(super) fn payload_digest(salt: &str, text: &str, person: Option<&str>, item: Option<&str>) -> String {
    Fields::of("ledger-payload").text(salt).text(text).maybe(person).maybe(item).finish()
}

/// The hash of a row in the chain: over everything that stays for ever.
pub(super) fn chain_hash(before: &str, entry: &Entry, covered: &Covered<'_>) -> String {
    let owner = Owner::of(&entry.holder);
    Fields::of("ledger")
        .text(before)
        .number(i64::try_from(entry.number).unwrap_or(i64::MAX))
        .text(&entry.id)
        .text(covered.plugin)
        .text(owner.whose)
        .text(&owner.id)
        .text(kind_word(entry.kind))
        .number(entry.amount)
        .number(entry.balance)
        .text(reason_word(entry.reason))
        .number(i64::from(covered.earned))
        .maybe(entry.decision.as_deref())
        .maybe(entry.corrects.as_deref())
        .maybe(entry.by.as_deref())
        .number(entry.at)
        .number(entry.posted)
        .text(covered.digest)
        .finish()
}
