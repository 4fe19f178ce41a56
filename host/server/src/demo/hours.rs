//! When things happen in the demo: days and hours of people and offices.

use cunshi_model::calendar::{Calendar, LocalDay, local_day, start_of};
use cunshi_model::clock::{HOUR, MINUTE, Micros};
use jiff::ToSpan;
use rand::RngExt;
use rand::rngs::StdRng;

/// An instant of a local day.
pub fn at(day: LocalDay, hour: i64, minute: i64) -> Micros {
    start_of(day) + hour * HOUR + minute * MINUTE
}

/// The day some days later (earlier when negative).
pub fn days_after(day: LocalDay, days: i64) -> LocalDay {
    day.checked_add(days.days()).unwrap_or(day)
}

/// The working day that is `days` working days after (0: the day itself or the next one worked).
pub fn working_day(calendar: &Calendar, from: LocalDay, days: u32) -> LocalDay {
    let mut day = from;
    while !calendar.is_working(day) {
        day = days_after(day, 1);
    }
    for _ in 0..days {
        day = days_after(day, 1);
        while !calendar.is_working(day) {
            day = days_after(day, 1);
        }
    }
    day
}

/// The working day that is `days` working days before.
pub fn working_day_before(calendar: &Calendar, from: LocalDay, days: u32) -> LocalDay {
    let mut day = from;
    for _ in 0..days {
        day = days_after(day, -1);
        while !calendar.is_working(day) {
            day = days_after(day, -1);
        }
    }
    day
}

/// Some time in a day when villagers have their phone in hand.
pub fn leisure(chance: &mut StdRng, day: LocalDay) -> Micros {
    let hour = *[7, 8, 9, 11, 12, 13, 17, 18, 19, 19, 20, 20, 21].get(chance.random_range(0..13)).unwrap_or(&12);
    at(day, hour, chance.random_range(0..60)) + chance.random_range(0..60_000_000)
}

/// Some time in the office's hours, 8:30 to 17:30.
pub fn office(chance: &mut StdRng, day: LocalDay) -> Micros {
    at(day, 8, 30) + chance.random_range(0..9 * HOUR)
}

/// The first time after `then` at which an office is at work, some minutes into it.
pub fn next_office(chance: &mut StdRng, calendar: &Calendar, then: Micros) -> Micros {
    let today = local_day(then);
    let minutes = chance.random_range(4..90) * MINUTE;
    if calendar.is_working(today) && then < at(today, 16, 0) {
        return then.max(at(today, 8, 30)) + minutes;
    }
    at(working_day(calendar, days_after(today, 1), 0), 8, 30) + minutes
}

#[cfg(test)]
mod tests {
    use cunshi_model::calendar::DayKind;
    use jiff::civil::date;
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn offices_keep_the_districts_calendar() {
        let calendar = Calendar::new([(date(2026, 10, 1), DayKind::Holiday), (date(2026, 10, 2), DayKind::Holiday)]);
        assert_eq!(working_day(&calendar, date(2026, 9, 30), 1), date(2026, 10, 5));
        assert_eq!(working_day(&calendar, date(2026, 10, 1), 0), date(2026, 10, 5));
        assert_eq!(working_day_before(&calendar, date(2026, 10, 5), 1), date(2026, 9, 30));

        let mut chance = StdRng::seed_from_u64(1);
        let late = at(date(2026, 9, 30), 20, 0);
        assert_eq!(local_day(next_office(&mut chance, &calendar, late)), date(2026, 10, 5));
        let early = at(date(2026, 9, 30), 6, 0);
        let taken = next_office(&mut chance, &calendar, early);
        assert!(taken > at(date(2026, 9, 30), 8, 30) && taken < at(date(2026, 9, 30), 10, 30));
    }
}
