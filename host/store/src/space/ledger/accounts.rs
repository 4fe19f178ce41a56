//! Accounts: the balance and what of it is set aside, per holder and kind.

use cunshi_contract::ledger::{Balances, Holder, PointKind};
use cunshi_model::port::Result;

use super::{Owner, kind_word, read_kind};
use crate::db::{Lease, args};
use crate::space::transaction::Transaction;

statements! {
    OF_HOLDER = "SELECT kind, balance, held FROM ledger_account
        WHERE space_id = $1 AND whose = $2 AND kind IN ('base', 'redeemable', 'honour') AND holder = $3";
    PUT = "INSERT INTO ledger_account (space_id, whose, kind, holder, balance, held)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (space_id, whose, kind, holder)
        DO UPDATE SET balance = excluded.balance, held = excluded.held";
}

/// What an account has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) balance: i64,
    pub(super) held: i64,
}

impl Standing {
    /// What may be taken.
    pub(super) fn free(self) -> i64 {
        self.balance.saturating_sub(self.held)
    }
}

pub(super) async fn balances(lease: &mut Lease, space: &str, holder: &Holder) -> Result<Balances> {
    let owner = Owner::of(holder);
    let mut balances = Balances::default();
    for row in lease.rows(OF_HOLDER, args![space, owner.whose, &owner.id]).await? {
        let balance = row.integer(1)?;
        match read_kind(&row, 0)? {
            PointKind::Base => balances.base = balance,
            PointKind::Redeemable => (balances.redeemable, balances.held) = (balance, row.integer(2)?),
            PointKind::Honour => balances.honour = balance,
        }
    }
    Ok(balances)
}

pub(super) async fn put(tx: &mut Transaction, owner: &Owner, kind: PointKind, standing: Standing) -> Result<()> {
    let Standing { balance, held } = standing;
    let args = args![tx.space.key(), owner.whose, kind_word(kind), &owner.id, balance, held];
    tx.lease.execute(PUT, args).await?;
    Ok(())
}
