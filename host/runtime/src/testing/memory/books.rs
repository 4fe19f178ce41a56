//! The ledger of a space in memory: the contract's own, with holders and decisions held against the space.

use async_trait::async_trait;
use cunshi_contract::ledger::books::Refused;
use cunshi_contract::ledger::{
    Balances, ClosePeriod, Closed, Entry, Hold, Holder, Posting, Ranked, RankingQuery, StatementQuery,
};
use cunshi_model::ledger::{ReadLedger, WriteLedger};
use cunshi_model::port::{DataError, Result};
use cunshi_model::{Micros, PersonId};

use super::read::Snapshot;
use super::{Data, Transaction};

impl Data {
    fn has(&self, holder: &Holder) -> Result<()> {
        let known = match holder {
            Holder::Household(id) => id.parse().is_ok_and(|id| self.households.contains_key(&id)),
            Holder::Person(id) => id.parse().is_ok_and(|id| self.members.contains_key(&id)),
        };
        if known { Ok(()) } else { Err(DataError::Invalid("the account's holder is not of this village".to_owned())) }
    }

    fn may_post(&self, plugin: &str, posting: &Posting) -> Result<()> {
        self.has(&posting.holder)?;
        if let Some(person) = &posting.person {
            self.has(&Holder::Person(person.clone()))?;
        }
        let stands = |id: &String| {
            let mut decisions = self.decisions.iter().filter(|made| made.plugin == plugin && made.voided.is_none());
            decisions.any(|made| made.id.to_string() == *id)
        };
        if posting.decision.as_ref().is_some_and(|id| !stands(id)) {
            let text = "the decision is not one that this module asked for here, or it was set aside";
            return Err(DataError::Invalid(text.to_owned()));
        }
        Ok(())
    }
}

fn refused(refused: Refused) -> DataError {
    match refused {
        Refused::Missing => DataError::Missing,
        Refused::Invalid(text) => DataError::Invalid(text),
    }
}

fn new_id(now: Micros) -> String {
    cunshi_model::id::uuid_at(now).to_string()
}

macro_rules! read_ledger {
    ($type:ty) => {
        #[async_trait]
        impl ReadLedger for $type {
            async fn balances(&mut self, holder: &Holder) -> Result<Balances> {
                Ok(self.data.books.balances(holder))
            }
            async fn statement(&mut self, query: &StatementQuery) -> Result<Vec<Entry>> {
                self.data.books.statement(query).map_err(refused)
            }
            async fn entry(&mut self, id: &str) -> Result<Option<Entry>> {
                Ok(self.data.books.entry(id).cloned())
            }
            async fn ranking(&mut self, query: &RankingQuery) -> Result<Vec<Ranked>> {
                self.data.books.ranking(query).map_err(refused)
            }
        }
    };
}

read_ledger!(Snapshot);
read_ledger!(Transaction);

#[async_trait]
impl WriteLedger for Transaction {
    async fn post(&mut self, plugin: &str, posting: &Posting, by: Option<PersonId>, now: Micros) -> Result<Entry> {
        self.data.may_post(plugin, posting)?;
        let by = by.map(|person| person.to_string());
        self.data.books.post(new_id(now), posting, by.as_deref(), now).map_err(refused)
    }

    async fn reserve(&mut self, plugin: &str, hold: &Hold, now: Micros) -> Result<String> {
        self.data.has(&hold.holder)?;
        self.data.books.reserve(new_id(now), plugin, hold).map_err(refused)
    }

    async fn release(&mut self, plugin: &str, hold: &str, _now: Micros) -> Result<()> {
        self.data.books.release(plugin, hold).map_err(refused)
    }

    async fn capture(
        &mut self,
        plugin: &str,
        hold: &str,
        posting: &Posting,
        by: Option<PersonId>,
        now: Micros,
    ) -> Result<Entry> {
        self.data.may_post(plugin, posting)?;
        let by = by.map(|person| person.to_string());
        self.data.books.capture(new_id(now), plugin, hold, posting, by.as_deref(), now).map_err(refused)
    }

    async fn close_period(&mut self, _plugin: &str, close: &ClosePeriod, now: Micros) -> Result<Closed> {
        self.data.books.close_period(close, now, || new_id(now)).map_err(refused)
    }
}
