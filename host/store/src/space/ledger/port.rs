//! The port's ledger over a snapshot and a transaction: each method is one function of its own file.

use async_trait::async_trait;
use cunshi_contract::ledger::{
    Balances, ClosePeriod, Closed, Entry, Hold, Holder, Posting, Ranked, RankingQuery, StatementQuery,
};
use cunshi_model::ledger::{ReadLedger, WriteLedger};
use cunshi_model::port::Result;
use cunshi_model::{Micros, PersonId};

use super::{accounts, close, entries, holds, post, sums};
use crate::space::transaction::{Snapshot, Transaction};

/// Reading is the same inside a snapshot and inside a transaction.
macro_rules! read_ledger {
    ($kind:ty) => {
        #[async_trait]
        impl ReadLedger for $kind {
            async fn balances(&mut self, holder: &Holder) -> Result<Balances> {
                accounts::balances(&mut self.lease, self.space.key(), holder).await
            }

            async fn statement(&mut self, query: &StatementQuery) -> Result<Vec<Entry>> {
                entries::statement(&mut self.lease, self.space.key(), query).await
            }

            async fn entry(&mut self, id: &str) -> Result<Option<Entry>> {
                entries::get(&mut self.lease, self.space.key(), id).await
            }

            async fn ranking(&mut self, query: &RankingQuery) -> Result<Vec<Ranked>> {
                sums::ranking(&mut self.lease, self.space.key(), query).await
            }
        }
    };
}

read_ledger!(Snapshot);
read_ledger!(Transaction);

#[async_trait]
impl WriteLedger for Transaction {
    async fn post(&mut self, plugin: &str, posting: &Posting, by: Option<PersonId>, now: Micros) -> Result<Entry> {
        post::post(self, plugin, posting, by, now).await
    }

    async fn reserve(&mut self, plugin: &str, hold: &Hold, now: Micros) -> Result<String> {
        holds::reserve(self, plugin, hold, now).await
    }

    async fn release(&mut self, plugin: &str, hold: &str, _now: Micros) -> Result<()> {
        holds::release(self, plugin, hold).await
    }

    async fn capture(
        &mut self,
        plugin: &str,
        hold: &str,
        posting: &Posting,
        by: Option<PersonId>,
        now: Micros,
    ) -> Result<Entry> {
        holds::capture(self, plugin, hold, posting, by, now).await
    }

    async fn close_period(&mut self, plugin: &str, close: &ClosePeriod, now: Micros) -> Result<Closed> {
        close::close(self, plugin, close, now).await
    }
}
