//! Working days in memory: Monday to Friday, less the holidays and plus the make-up days that a test names.

use std::collections::BTreeMap;

use cunshi_contract::call::Micros;

use crate::error::Refusal;

const HOUR: Micros = 3_600_000_000;
const DAY: Micros = 24 * HOUR;
/// China Standard Time is eight hours ahead.
const OFFSET: Micros = 8 * HOUR;
/// Greatest number of working days of one question, as on the platform.
const MAX_DAYS: u32 = 1_000;

/// The instant at which a day begins in China.
pub fn day(year: i32, month: u8, day: u8) -> Micros {
    number(year, month, day) * DAY - OFFSET
}

/// Exceptions by day, counted from 1 January 1970.
#[derive(Clone, Debug, Default)]
pub(super) struct Calendar {
    worked: BTreeMap<i64, bool>,
}

impl Calendar {
    pub(super) fn set(&mut self, year: i32, month: u8, day: u8, worked: bool) {
        self.worked.insert(number(year, month, day), worked);
    }

    fn is_working(&self, day: i64) -> bool {
        // Day 0 was a Thursday: with Monday as 0 that is 3.
        self.worked.get(&day).copied().unwrap_or((day + 3).rem_euclid(7) < 5)
    }

    pub(super) fn add(&self, at: Micros, days: u32) -> Result<Micros, Refusal> {
        if days > MAX_DAYS {
            return Err(Refusal::Invalid(format!("at most {MAX_DAYS} working days can be counted")));
        }
        let mut day = local(at);
        let mut left = days;
        while left > 0 {
            day += 1;
            left -= u32::from(self.is_working(day));
        }
        Ok((day + 1) * DAY - OFFSET)
    }

    pub(super) fn between(&self, start: Micros, end: Micros) -> i32 {
        let (from, to, sign) = if local(start) <= local(end) { (start, end, 1) } else { (end, start, -1) };
        let worked = (local(from) + 1..=local(to)).filter(|day| self.is_working(*day)).count();
        sign * i32::try_from(worked).unwrap_or(i32::MAX)
    }
}

fn local(at: Micros) -> i64 {
    (at + OFFSET).div_euclid(DAY)
}

/// Days since 1 January 1970, by the civil calendar.
fn number(year: i32, month: u8, day: u8) -> i64 {
    let (month, day) = (i64::from(month), i64::from(day));
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_january_1970_in_china() {
        assert_eq!(day(1970, 1, 1), -OFFSET);
        assert_eq!(day(2026, 9, 2), 1_788_278_400_000_000);
    }

    #[test]
    fn holidays_and_make_up_days_are_kept() {
        let mut calendar = Calendar::default();
        calendar.set(2026, 9, 20, true);
        calendar.set(2026, 9, 25, false);
        assert_eq!(calendar.add(day(2026, 9, 2) + HOUR, 7), Ok(day(2026, 9, 12)));
        assert_eq!(calendar.add(day(2026, 9, 18), 1), Ok(day(2026, 9, 21)));
        assert_eq!(calendar.add(day(2026, 9, 24), 1), Ok(day(2026, 9, 29)));
        assert_eq!(calendar.between(day(2026, 9, 4), day(2026, 9, 11)), 5);
        assert_eq!(calendar.between(day(2026, 9, 11), day(2026, 9, 4)), -5);
    }
}
