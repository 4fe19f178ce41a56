//! The village's ledger of points. Needs `ledger = true` under `[uses]`; amounts are whole hundredths of a point.

use cunshi_contract::ledger::{
    Balances, ClosePeriod, Closed, Entry, Hold, Holder, Posting, Ranked, RankingQuery, StatementQuery,
};

use super::{Read, Write};
use crate::error::Refusal;

impl Read {
    /// What an account has; nothing yet is all zeros.
    pub fn balances(&self, holder: &Holder) -> Result<Balances, Refusal> {
        self.door.balances(holder)
    }

    /// Rows of an account, the newest first.
    pub fn statement(&self, query: &StatementQuery) -> Result<Vec<Entry>, Refusal> {
        self.door.statement(query)
    }

    /// One row.
    pub fn entry(&self, id: &str) -> Result<Option<Entry>, Refusal> {
        self.door.entry(id)
    }

    /// Who has most, or earned most in a period.
    pub fn ranking(&self, query: &RankingQuery) -> Result<Vec<Ranked>, Refusal> {
        self.door.ranking(query)
    }
}

impl Write {
    /// Adds a row, for good; [`Refusal::Invalid`] when the balance would pass its floor.
    pub fn post(&mut self, posting: &Posting) -> Result<Entry, Refusal> {
        self.0.door.post(posting)
    }

    /// Sets points aside; the hold's id.
    pub fn reserve(&mut self, hold: &Hold) -> Result<String, Refusal> {
        self.0.door.reserve(hold)
    }

    /// Gives back what was set aside; [`Refusal::Missing`] when it was captured or released already.
    pub fn release(&mut self, hold: &str) -> Result<(), Refusal> {
        self.0.door.release(hold)
    }

    /// Spends exactly what was set aside.
    pub fn capture(&mut self, hold: &str, posting: &Posting) -> Result<Entry, Refusal> {
        self.0.door.capture(hold, posting)
    }

    /// Closes a part of a period's accounts: call again, in the next step of a job, until `more` is false.
    pub fn close_period(&mut self, close: &ClosePeriod) -> Result<Closed, Refusal> {
        self.0.door.close_period(close)
    }
}
