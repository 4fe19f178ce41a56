//! `ledger`: the village's points.

use cunshi_contract::ledger::{
    Balances, ClosePeriod, Closed, Entry, Hold, Holder, Posting, Ranked, RankingQuery, StatementQuery,
};

use super::imports::cunshi::plugin::ledger;
use super::{Door, maybe};
use crate::error::Refusal;

#[expect(clippy::unused_self, reason = "see the other half of the door")]
impl Door {
    pub(crate) fn balances(&self, holder: &Holder) -> Result<Balances, Refusal> {
        Ok(serde_json::from_str(&ledger::balances(&serde_json::to_string(holder)?)?)?)
    }

    pub(crate) fn statement(&self, query: &StatementQuery) -> Result<Vec<Entry>, Refusal> {
        Ok(serde_json::from_str(&ledger::statement(&serde_json::to_string(query)?)?)?)
    }

    pub(crate) fn entry(&self, id: &str) -> Result<Option<Entry>, Refusal> {
        maybe(ledger::entry(id)?.as_deref())
    }

    pub(crate) fn ranking(&self, query: &RankingQuery) -> Result<Vec<Ranked>, Refusal> {
        Ok(serde_json::from_str(&ledger::ranking(&serde_json::to_string(query)?)?)?)
    }

    pub(crate) fn post(&self, posting: &Posting) -> Result<Entry, Refusal> {
        Ok(serde_json::from_str(&ledger::post(&serde_json::to_string(posting)?)?)?)
    }

    pub(crate) fn reserve(&self, hold: &Hold) -> Result<String, Refusal> {
        Ok(ledger::reserve(&serde_json::to_string(hold)?)?)
    }

    pub(crate) fn release(&self, hold: &str) -> Result<(), Refusal> {
        Ok(ledger::release(hold)?)
    }

    pub(crate) fn capture(&self, hold: &str, posting: &Posting) -> Result<Entry, Refusal> {
        Ok(serde_json::from_str(&ledger::capture(hold, &serde_json::to_string(posting)?)?)?)
    }

    pub(crate) fn close_period(&self, close: &ClosePeriod) -> Result<Closed, Refusal> {
        Ok(serde_json::from_str(&ledger::close_period(&serde_json::to_string(close)?)?)?)
    }
}
