//! What the runtime asks of the store about the ledger of a space.

use async_trait::async_trait;
use cunshi_contract::ledger::{
    Balances, ClosePeriod, Closed, Entry, Hold, Holder, Posting, Ranked, RankingQuery, StatementQuery,
};

use crate::clock::Micros;
use crate::id::PersonId;
use crate::port::Result;

/// The ledger of one space, as one snapshot.
#[async_trait]
pub trait ReadLedger: Send {
    /// What an account has; nothing yet is all zeros.
    async fn balances(&mut self, holder: &Holder) -> Result<Balances>;
    /// Rows of an account, the newest first.
    async fn statement(&mut self, query: &StatementQuery) -> Result<Vec<Entry>>;
    /// One row.
    async fn entry(&mut self, id: &str) -> Result<Option<Entry>>;
    /// Who has most.
    async fn ranking(&mut self, query: &RankingQuery) -> Result<Vec<Ranked>>;
}

/// Writing the ledger of one space.
#[async_trait]
pub trait WriteLedger: ReadLedger {
    /// Adds a row. Refused with [`crate::port::DataError::Invalid`] when the balance less what is held would pass
    /// its floor (the text says what is there), when neither decision nor `by` makes it, or when holder, decision
    /// or corrected row are not of this space.
    async fn post(&mut self, plugin: &str, posting: &Posting, by: Option<PersonId>, now: Micros) -> Result<Entry>;
    /// Sets points aside; the id of the hold.
    async fn reserve(&mut self, plugin: &str, hold: &Hold, now: Micros) -> Result<String>;
    /// Gives what was set aside back; [`crate::port::DataError::Missing`] when it was captured or released already.
    async fn release(&mut self, plugin: &str, hold: &str, now: Micros) -> Result<()>;
    /// Spends what was set aside: the posting takes exactly the held amount of the held account.
    async fn capture(
        &mut self,
        plugin: &str,
        hold: &str,
        posting: &Posting,
        by: Option<PersonId>,
        now: Micros,
    ) -> Result<Entry>;
    /// Closes a part of a period's accounts; idempotent per account and period.
    async fn close_period(&mut self, plugin: &str, close: &ClosePeriod, now: Micros) -> Result<Closed>;
}
