//! The shop: goods on the shelf, reservations, and the budget of a period.

use cunshi_sdk::contract::ledger::Holder;
use cunshi_sdk::prelude::document;
use serde::{Deserialize, Serialize};

use super::course::Why;
use super::days::Micros;
use super::step::Hand;

/// A thing that points can be redeemed for.
#[document("goods")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goods {
    /// What it is.
    pub title: String,
    /// More about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Hundredths of a point.
    pub price: i64,
    /// Fen that it costs the village.
    pub value: i64,
    /// How many are there and not promised.
    pub stock: i64,
    /// Photos.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<String>,
    /// `on` or `off`.
    pub shelf: String,
}

/// Why a thing cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotToBeHad {
    /// It was taken off the shelf.
    Off,
    /// None is left.
    SoldOut,
    /// The budget of the period is promised.
    OverBudget,
    /// It was handed out, cancelled or has lapsed.
    Over,
}

impl Goods {
    /// One of them is promised to somebody.
    pub fn take(&mut self) -> Result<(), NotToBeHad> {
        if self.shelf != "on" {
            return Err(NotToBeHad::Off);
        }
        if self.stock < 1 {
            return Err(NotToBeHad::SoldOut);
        }
        self.stock -= 1;
        Ok(())
    }

    /// One comes back.
    pub fn put_back(&mut self) {
        self.stock += 1;
    }
}

/// What was promised out of the budget of a period.
#[document("budget")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// The period's name.
    pub period: String,
    /// Fen.
    pub promised: i64,
}

impl Budget {
    /// Promises the value of a thing; a ceiling of 0 is none.
    pub fn take(&mut self, value: i64, ceiling: i64) -> Result<(), NotToBeHad> {
        let promised = self.promised.saturating_add(value);
        if ceiling > 0 && promised > ceiling {
            return Err(NotToBeHad::OverBudget);
        }
        self.promised = promised;
        Ok(())
    }

    /// A promise that comes to nothing.
    pub fn put_back(&mut self, value: i64) {
        self.promised = self.promised.saturating_sub(value).max(0);
    }
}

/// Where a reservation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReservationState {
    /// Waits to be fetched.
    Held,
    /// Handed out.
    Collected,
    /// Called off.
    Cancelled,
    /// Nobody came.
    Lapsed,
}

impl ReservationState {
    /// The word in documents and indexes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Collected => "collected",
            Self::Cancelled => "cancelled",
            Self::Lapsed => "lapsed",
        }
    }
}

/// A thing set aside for somebody, with the points for it.
#[document("reservation")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// The thing's id.
    pub goods: String,
    /// What it is.
    pub title: String,
    /// Hundredths that it costs, as the rule decided.
    pub price: i64,
    /// Fen that it costs the village.
    pub value: i64,
    /// For whom: the id, for index and owner.
    pub person: String,
    /// Their full name.
    pub name: String,
    /// Their household.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<String>,
    /// The account that pays.
    pub account: Holder,
    /// The same as one word, for the index.
    pub holder: String,
    /// The hold in the ledger.
    pub hold: String,
    /// Why it was allowed, and for how much.
    pub why: Why,
    /// The pick-up code.
    pub code: String,
    /// The same while it is held: no two are alike.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_code: Option<String>,
    /// Where it stands.
    pub state: ReservationState,
    /// Since when.
    pub at: Micros,
    /// Until when it is kept.
    pub until: Micros,
    /// The person was told that it is about to go back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub warned: bool,
    /// The period whose budget pays.
    pub period: String,
    /// Who asked for it on the person's behalf.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<Hand>,
    /// When it was handed out, called off or lapsed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over_at: Option<Micros>,
    /// Who handed it out or called it off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over_by: Option<Hand>,
}

impl Reservation {
    /// An account as one word.
    pub fn holder_key(account: &Holder) -> String {
        match account {
            Holder::Household(id) => format!("household/{id}"),
            Holder::Person(id) => format!("person/{id}"),
        }
    }

    /// It comes to its end.
    pub fn end(&mut self, state: ReservationState, by: Option<Hand>, now: Micros) -> Result<(), NotToBeHad> {
        if self.state != ReservationState::Held {
            return Err(NotToBeHad::Over);
        }
        self.state = state;
        self.over_at = Some(now);
        self.over_by = by;
        self.open_code = None;
        Ok(())
    }

    /// Whether it is still kept at an instant.
    pub fn is_kept(&self, now: Micros) -> bool {
        self.state == ReservationState::Held && now < self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn towels(stock: i64) -> Goods {
        let (title, shelf) = ("毛巾".into(), "on".into());
        Goods { title, text: None, price: 500, value: 600, stock, photos: Vec::new(), shelf }
    }

    #[test]
    fn what_is_gone_is_gone() {
        let mut goods = towels(1);
        assert_eq!(goods.take(), Ok(()));
        assert_eq!(goods.take(), Err(NotToBeHad::SoldOut));
        goods.put_back();
        goods.shelf = "off".into();
        assert_eq!((goods.take(), goods.stock), (Err(NotToBeHad::Off), 1));
    }

    #[test]
    fn the_ceiling_is_never_passed_and_0_is_none() {
        let mut budget = Budget { period: "2026-Q3".into(), promised: 0 };
        assert_eq!(budget.take(600, 1_000), Ok(()));
        assert_eq!(budget.take(600, 1_000), Err(NotToBeHad::OverBudget));
        assert_eq!((budget.take(400, 1_000), budget.promised), (Ok(()), 1_000));
        assert_eq!(budget.take(600, 0), Ok(()));
        budget.put_back(5_000);
        assert_eq!(budget.promised, 0);
    }
}
