//! When a space is looked after in the demo: events delivered, jobs run. In life that is every moment; here it is when
//! something is known to wait, so that months pass in seconds.

use std::collections::{BTreeMap, BTreeSet};

use cunshi_model::Micros;
use cunshi_model::calendar::{LocalDay, local_day, start_of};
use cunshi_model::clock::MINUTE;

use super::play::Thing;

/// Visits are at full and half hours, so that what ends together is seen to together.
const EVERY: Micros = 30 * MINUTE;

/// A village or town, by its place in the cast, or more of them at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    Village(usize),
    Town(usize),
    /// A town and the villages below it: it has told them something.
    Below(usize),
    /// The district, and all below it.
    All,
}

/// Why a visit was planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Something was said that is to be heard, or a period ends.
    Anyway,
    /// A thing's time is up, should it still wait by then.
    Waits(Thing),
    /// The same in the town.
    WaitsAbove(Thing),
}

/// Visits that are planned.
#[derive(Default)]
pub struct Visits(BTreeMap<Micros, BTreeSet<(Spot, Reason)>>);

impl Visits {
    /// Plans a visit at the first full or half hour after an instant.
    pub fn after(&mut self, then: Micros, spot: Spot, reason: Reason) {
        self.0.entry((then.div_euclid(EVERY) + 1) * EVERY).or_default().insert((spot, reason));
    }

    /// Takes the next visits that fall up to an instant.
    pub fn next(&mut self, until: Micros) -> Option<(Micros, BTreeSet<(Spot, Reason)>)> {
        let first = self.0.first_entry()?;
        (*first.key() <= until).then(|| first.remove_entry())
    }

    /// Visits of some villages a week into each month: the month before is summed up then.
    pub fn a_week_into_months(&mut self, from: Micros, to: Micros, villages: usize) {
        let mut day = local_day(from);
        while start_of(day) <= to {
            if day.day() == 7 && start_of(day) > from {
                (0..villages).for_each(|village| self.after(start_of(day), Spot::Village(village), Reason::Anyway));
            }
            let Ok(next) = day.tomorrow() else { return };
            day = next;
        }
    }

    /// Visits of some villages where a quarter begins: the books are closed then.
    pub fn at_quarters(&mut self, from: Micros, to: Micros, villages: usize) {
        let first = local_day(from);
        for year in first.year()..=local_day(to).year() {
            for month in [1, 4, 7, 10] {
                let begins = LocalDay::new(year, month, 1).map(start_of).unwrap_or_default();
                if begins > from && begins <= to {
                    (0..villages).for_each(|village| self.after(begins, Spot::Village(village), Reason::Anyway));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use cunshi_model::clock::HOUR;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_ends_at_midnight_is_seen_to_half_an_hour_later_and_together() {
        let midnight = start_of(date(2026, 9, 3));
        let mut visits = Visits::default();
        visits.after(midnight, Spot::Village(1), Reason::Waits(7));
        visits.after(midnight, Spot::Village(2), Reason::Anyway);
        visits.after(midnight + HOUR, Spot::Town(0), Reason::WaitsAbove(7));
        assert_eq!(visits.next(midnight), None);
        let (at, which) = visits.next(midnight + HOUR).unwrap();
        assert_eq!((at, which.len()), (midnight + HOUR / 2, 2));
        assert_eq!(visits.next(midnight + HOUR), None);
        assert!(visits.next(midnight + 2 * HOUR).is_some());
    }

    #[test]
    fn every_village_is_visited_where_a_quarter_begins() {
        let mut visits = Visits::default();
        visits.at_quarters(start_of(date(2026, 3, 4)), start_of(date(2027, 1, 2)), 3);
        let mut found = Vec::new();
        while let Some((at, which)) = visits.next(Micros::MAX) {
            assert_eq!(which.len(), 3);
            found.push(local_day(at));
        }
        let quarters = [date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1)];
        assert_eq!(found, quarters);
    }
}
