//! Periods: their names, which one is over, and what was posted on a day.

use super::days::{self, Micros};
use cunshi_sdk::prelude::document;

/// Lengths of periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A year.
    Year,
}

impl Span {
    /// Reads a setting or parameter; anything else is none.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "month" => Some(Self::Month),
            "quarter" => Some(Self::Quarter),
            "year" => Some(Self::Year),
            _ => None,
        }
    }

    /// The name of the period that holds an instant: `2026-09`, `2026-Q3`, `2026`.
    pub fn holding(self, at: Micros) -> String {
        let (year, month, _) = days::date(at);
        self.name(year, month)
    }

    /// The name of the last period that is over.
    pub fn before(self, now: Micros) -> String {
        let (year, month, _) = days::date(now);
        let months = match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        };
        let earlier = year * 12 + month - 1 - months;
        self.name(earlier.div_euclid(12), earlier.rem_euclid(12) + 1)
    }

    fn name(self, year: i64, month: i64) -> String {
        match self {
            Self::Month => format!("{year}-{month:02}"),
            Self::Quarter => format!("{year}-Q{}", (month + 2) / 3),
            Self::Year => year.to_string(),
        }
    }
}

/// The close of a period.
#[document("cycle")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// Its name.
    pub period: String,
    /// Every account is closed.
    pub done: bool,
    /// Rows that were posted.
    pub rows: u32,
    /// When it began.
    pub at: Micros,
}

/// What was posted on one day.
#[document("day")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// The instant at which it began.
    pub day: Micros,
    /// Hundredths given.
    pub given: i64,
    /// Hundredths taken away, as a positive number.
    pub taken: i64,
    /// Hundredths spent in the shop.
    pub redeemed: i64,
    /// Households that got something.
    pub households: Vec<String>,
}

impl Day {
    /// Counts a row.
    pub fn count(&mut self, hundredths: i64, household: Option<&str>) {
        if hundredths < 0 {
            self.taken += -hundredths;
            return;
        }
        self.given += hundredths;
        if let Some(household) = household
            && !self.households.iter().any(|known| known == household)
        {
            self.households.push(household.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_the_ledgers_names() {
        let at = |text| days::read_day(text).unwrap_or_default();
        let now = at("2026-09-02");
        assert_eq!(Span::Month.holding(now), "2026-09");
        assert_eq!(Span::Quarter.holding(now), "2026-Q3");
        assert_eq!(Span::Year.holding(now), "2026");
        assert_eq!(Span::Month.before(at("2026-01-15")), "2025-12");
        assert_eq!(Span::Quarter.before(now), "2026-Q2");
        assert_eq!(Span::Quarter.before(at("2026-01-01")), "2025-Q4");
        assert_eq!(Span::Year.before(now), "2025");
        for name in [Span::Month.before(now), Span::Quarter.before(now), Span::Year.before(now)] {
            let (_, to) = cunshi_sdk::contract::ledger::period(&name).unwrap_or_default();
            assert!(to <= now && to > 0, "{name} is over");
        }
    }

    #[test]
    fn a_household_counts_once_a_day() {
        let mut day = Day::default();
        day.count(200, Some("lin"));
        day.count(100, Some("lin"));
        day.count(-500, Some("wang"));
        day.count(50, None);
        assert_eq!((day.given, day.taken, day.households.len()), (350, 500, 1));
    }
}
