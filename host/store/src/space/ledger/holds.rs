//! Holds: redeemable points set aside until they are spent or given back.

use cunshi_contract::ledger::{Entry, Hold, PointKind, Posting};
use cunshi_model::port::{DataError, Result};
use cunshi_model::{Micros, PersonId};

use super::accounts::{self, Standing};
use super::entries::{self, Draft};
use super::post::{self, Facts, LARGEST};
use super::{Owner, canonical, invalid, kind_word, points, read_kind};
use crate::StoreError;
use crate::db::{Lease, Row, args};
use crate::space::audit::RecordState;
use crate::space::digest::Fields;
use crate::space::transaction::Transaction;

statements! {
    ADD = "INSERT INTO ledger_hold (space_id, id, plugin, whose, kind, holder, amount, made)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    GET = "SELECT id, plugin, whose, holder, kind, amount, made FROM ledger_hold
        WHERE space_id = $1 AND id = $2 AND plugin = $3";
    END = "DELETE FROM ledger_hold WHERE space_id = $1 AND id = $2";
    ACCOUNT = "SELECT balance, held FROM ledger_account
        WHERE space_id = $1 AND whose = $2 AND kind = $3 AND holder = $4";
    EVERY = "SELECT id, plugin, whose, holder, kind, amount, made FROM ledger_hold WHERE space_id = $1";
}

/// Records of this kind in the audit's traces.
const TRACED: &str = "ledger-hold";

/// A hold as stored.
pub(super) struct Held {
    id: String,
    plugin: String,
    pub(super) owner: Owner,
    pub(super) kind: PointKind,
    pub(super) amount: i64,
    made: Micros,
}

/// Sets points aside; the id of the hold.
pub(super) async fn reserve(tx: &mut Transaction, plugin: &str, hold: &Hold, now: Micros) -> Result<String> {
    if hold.kind != PointKind::Redeemable {
        return invalid("only redeemable points are set aside");
    }
    if !(1..=LARGEST).contains(&hold.amount) {
        return invalid(format!("an amount to set aside is above 0 and at most {} points", points(LARGEST)));
    }
    let owner = Owner::of(&hold.holder);
    let standing = account(tx, &owner, hold.kind).await?;
    if standing.free() < hold.amount {
        let (there, wanted) = (points(standing.free()), points(hold.amount));
        return invalid(format!("the account has {there} points: {wanted} cannot be set aside"));
    }
    let id = cunshi_model::id::uuid_at(now).to_string();
    let held = Held { id, plugin: plugin.to_owned(), owner, kind: hold.kind, amount: hold.amount, made: now };
    let Held { id, owner, amount, .. } = &held;
    let args = args![tx.space.key(), id, plugin, owner.whose, kind_word(held.kind), &owner.id, *amount, now];
    tx.lease.execute(ADD, args).await?;
    accounts::put(tx, owner, held.kind, Standing { held: standing.held.saturating_add(*amount), ..standing }).await?;
    tx.pending.trace("", TRACED, id, 0, hash(&held));
    Ok(held.id)
}

/// Gives back what was set aside.
pub(super) async fn release(tx: &mut Transaction, plugin: &str, id: &str) -> Result<()> {
    let held = get(tx, plugin, id).await?;
    let standing = account(tx, &held.owner, held.kind).await?;
    end(tx, &held.id).await?;
    accounts::put(tx, &held.owner, held.kind, without(standing, &held)).await
}

/// Spends exactly what was set aside.
pub(super) async fn capture(
    tx: &mut Transaction,
    plugin: &str,
    id: &str,
    posting: &Posting,
    by: Option<PersonId>,
    now: Micros,
) -> Result<Entry> {
    let held = get(tx, plugin, id).await?;
    if (Owner::of(&posting.holder), posting.kind, posting.amount) != (held.owner.clone(), held.kind, -held.amount) {
        let amount = points(held.amount);
        return invalid(format!("the row takes exactly the {amount} points set aside, of the same account"));
    }
    post::check(posting, by)?;
    let Facts { owner, standing, earned } = post::facts(tx, plugin, posting).await?;
    end(tx, &held.id).await?;
    let (amount, standing) = (posting.amount, without(standing, &held));
    entries::add(tx, Draft { plugin, posting, amount, owner, standing, earned, by, now }).await
}

fn without(standing: Standing, held: &Held) -> Standing {
    Standing { held: standing.held.saturating_sub(held.amount), ..standing }
}

async fn account(tx: &mut Transaction, owner: &Owner, kind: PointKind) -> Result<Standing> {
    let row = tx.lease.first(ACCOUNT, args![tx.space.key(), owner.whose, kind_word(kind), &owner.id]).await?;
    let Some(row) = row else { return Ok(Standing::default()) };
    Ok(Standing { balance: row.integer(0)?, held: row.integer(1)? })
}

async fn get(tx: &mut Transaction, plugin: &str, id: &str) -> Result<Held> {
    let row = tx.lease.first(GET, args![tx.space.key(), canonical(id), plugin]).await?;
    Ok(held(&row.ok_or(DataError::Missing)?)?)
}

async fn end(tx: &mut Transaction, id: &str) -> Result<()> {
    tx.lease.execute(END, args![tx.space.key(), id]).await?;
    tx.pending.trace("", TRACED, id, 0, String::new());
    Ok(())
}

fn held(row: &Row) -> Result<Held, StoreError> {
    Ok(Held {
        id: row.text(0)?,
        plugin: row.text(1)?,
        owner: Owner::read(row, 2, 3)?,
        kind: read_kind(row, 4)?,
        amount: row.integer(5)?,
        made: row.integer(6)?,
    })
}

fn hash(held: &Held) -> String {
    let fields = Fields::of(TRACED).text(&held.id).text(&held.plugin).text(held.owner.whose).text(&held.owner.id);
    fields.text(kind_word(held.kind)).number(held.amount).number(held.made).finish()
}

/// Every hold.
pub(super) async fn every(lease: &mut Lease, space: &str) -> Result<Vec<Held>> {
    let rows = lease.rows(EVERY, args![space]).await?;
    Ok(rows.iter().map(held).collect::<Result<_, StoreError>>()?)
}

/// What the audit's traces should say.
pub(in crate::space) async fn states(
    lease: &mut Lease,
    space: &str,
) -> Result<Vec<(&'static str, String, RecordState)>> {
    let every = every(lease, space).await?;
    let state = |held: Held| {
        let hash = hash(&held);
        (TRACED, held.id, RecordState { version: 0, hash })
    };
    Ok(every.into_iter().map(state).collect())
}
