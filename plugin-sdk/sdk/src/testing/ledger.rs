//! The ledger of the village in memory: the contract's own, with its holders and decisions of this village.

use cunshi_contract::ledger::books::Refused;
use cunshi_contract::ledger::{
    Balances, ClosePeriod, Closed, Entry, Hold, Holder, Posting, Ranked, RankingQuery, StatementQuery,
};

use super::Host;
use super::door::Door;
use super::state::State;
use crate::error::Refusal;

impl Host {
    /// The rows of the ledger, the oldest first.
    pub fn ledger(&self) -> Vec<Entry> {
        self.shared.state.borrow().books.entries().to_vec()
    }

    /// What an account has.
    pub fn balances(&self, holder: &Holder) -> Balances {
        self.shared.state.borrow().books.balances(holder)
    }
}

impl Door {
    pub(crate) fn balances(&self, holder: &Holder) -> Result<Balances, Refusal> {
        self.may_book()?;
        Ok(self.shared.state.borrow().books.balances(holder))
    }

    pub(crate) fn statement(&self, query: &StatementQuery) -> Result<Vec<Entry>, Refusal> {
        self.may_book()?;
        Ok(self.shared.state.borrow().books.statement(query)?)
    }

    pub(crate) fn entry(&self, id: &str) -> Result<Option<Entry>, Refusal> {
        self.may_book()?;
        Ok(self.shared.state.borrow().books.entry(id).cloned())
    }

    pub(crate) fn ranking(&self, query: &RankingQuery) -> Result<Vec<Ranked>, Refusal> {
        self.may_book()?;
        Ok(self.shared.state.borrow().books.ranking(query)?)
    }

    pub(crate) fn post(&self, posting: &Posting) -> Result<Entry, Refusal> {
        self.may_book()?;
        let mut state = self.shared.state.borrow_mut();
        state.may_post(posting)?;
        let (id, now) = (state.new_id(), state.now);
        Ok(state.books.post(id, posting, self.actor(), now)?)
    }

    pub(crate) fn reserve(&self, hold: &Hold) -> Result<String, Refusal> {
        self.may_book()?;
        let mut state = self.shared.state.borrow_mut();
        state.has(&hold.holder)?;
        let id = state.new_id();
        Ok(state.books.reserve(id, self.plugin(), hold)?)
    }

    pub(crate) fn release(&self, hold: &str) -> Result<(), Refusal> {
        self.may_book()?;
        Ok(self.shared.state.borrow_mut().books.release(self.plugin(), hold)?)
    }

    pub(crate) fn capture(&self, hold: &str, posting: &Posting) -> Result<Entry, Refusal> {
        self.may_book()?;
        let mut state = self.shared.state.borrow_mut();
        state.may_post(posting)?;
        let (id, now) = (state.new_id(), state.now);
        Ok(state.books.capture(id, self.plugin(), hold, posting, self.actor(), now)?)
    }

    pub(crate) fn close_period(&self, close: &ClosePeriod) -> Result<Closed, Refusal> {
        self.may_book()?;
        let mut state = self.shared.state.borrow_mut();
        let (now, mut books) = (state.now, state.books.clone());
        let closed = books.close_period(close, now, || state.new_id())?;
        state.books = books;
        Ok(closed)
    }

    fn may_book(&self) -> Result<(), Refusal> {
        self.granted(self.shared.manifest.uses.ledger, "ledger")
    }
}

impl State {
    /// Refuses a holder who is not of this village.
    pub(super) fn has(&self, holder: &Holder) -> Result<(), Refusal> {
        let known = match holder {
            Holder::Household(id) => self.households.iter().any(|household| household.id == *id),
            Holder::Person(id) => self.people.iter().any(|person| person.id == *id),
        };
        if known { Ok(()) } else { Err(Refusal::Invalid(format!("{holder:?} is not of this village"))) }
    }

    fn may_post(&self, posting: &Posting) -> Result<(), Refusal> {
        self.has(&posting.holder)?;
        if let Some(person) = &posting.person {
            self.has(&Holder::Person(person.clone()))?;
        }
        let stands = |id: &String| {
            let mut standing = self.decisions.iter().filter(|made| !made.voided);
            standing.any(|made| made.decided.id.as_ref() == Some(id))
        };
        match &posting.decision {
            Some(id) if !stands(id) => Err(Refusal::Invalid(format!(
                "the decision `{id}` is not one that this module asked for here, or it was set aside"
            ))),
            _ => Ok(()),
        }
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Missing => Self::Missing,
            Refused::Invalid(text) => Self::Invalid(text),
        }
    }
}
