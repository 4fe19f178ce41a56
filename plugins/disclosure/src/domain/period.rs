//! Months, quarters and years in China Standard Time, and when something of them is due. All clocks here count
//! calendar days, as the regulation does.

use super::days::{self, DAY, Micros};
use super::item::Every;

/// A month, quarter or year; for a matter at once, its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its first instant.
    pub start: Micros,
    /// The first instant after it.
    pub end: Micros,
}

impl Period {
    /// The period in which an instant lies.
    pub fn of(every: Every, at: Micros) -> Self {
        let month = days::month_start(at);
        let months = match every {
            Every::AtOnce => return Self { start: days::midnight(at), end: days::next_midnight(at) },
            Every::Monthly => return Self { start: month, end: days::next_month(month) },
            Every::Quarterly => 3,
            Every::Yearly => 12,
        };
        let (_, of_year, _) = days::date(month);
        let start = (0..(of_year - 1) % months).fold(month, |start, _| days::month_start(start - DAY));
        let end = (0..months).fold(start, |end, _| days::next_month(end));
        Self { start, end }
    }

    /// The period after this one.
    #[must_use]
    pub fn next(self, every: Every) -> Self {
        Self::of(every, self.end)
    }

    /// Its name in keys: `2026-09`, `2026-q3`, `2026`.
    pub fn key(self, every: Every) -> String {
        let (year, month, _) = days::date(self.start);
        match every {
            Every::Monthly => days::write_month(self.start),
            Every::Quarterly => format!("{year}-q{}", quarter(month)),
            Every::Yearly => year.to_string(),
            Every::AtOnce => days::write_day(self.start),
        }
    }

    /// The last instant at which something of it is published in time: the end of the `days`-th day after it.
    pub fn due_at(self, days: u32) -> Micros {
        self.end + i64::from(days) * DAY - 1
    }
}

/// The quarter of a month, 1 to 4.
pub fn quarter(month: i64) -> i64 {
    (month - 1) / 3 + 1
}

/// The end of the `days`-th day after the day of an instant.
pub fn within(at: Micros, days: i64) -> Micros {
    days::next_midnight(at) + days * DAY - 1
}

/// The first instant of a year, and that of the next.
pub fn year(of: i64) -> Option<(Micros, Micros)> {
    Some((days::read_day(&format!("{of:04}-01-01"))?, days::read_day(&format!("{:04}-01-01", of + 1))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Micros {
        days::read_day(text).unwrap_or_default()
    }

    #[test]
    fn periods_begin_and_end_where_people_expect() {
        for (every, at, start, end, key) in [
            (Every::Monthly, "2026-02-28", "2026-02-01", "2026-03-01", "2026-02"),
            (Every::Quarterly, "2026-09-30", "2026-07-01", "2026-10-01", "2026-q3"),
            (Every::Quarterly, "2026-10-01", "2026-10-01", "2027-01-01", "2026-q4"),
            (Every::Yearly, "2026-12-31", "2026-01-01", "2027-01-01", "2026"),
            (Every::AtOnce, "2026-09-15", "2026-09-15", "2026-09-16", "2026-09-15"),
        ] {
            let period = Period::of(every, day(at) + DAY - 1);
            assert_eq!((period.start, period.end), (day(start), day(end)), "{at}");
            assert_eq!(period.key(every), key);
        }
        let third = Period::of(Every::Quarterly, day("2026-08-10"));
        assert_eq!(third.next(Every::Quarterly).key(Every::Quarterly), "2026-q4");
    }

    #[test]
    fn ten_days_after_september_end_on_the_tenth_of_october_at_midnight() {
        let september = Period::of(Every::Monthly, day("2026-09-05"));
        assert_eq!(september.due_at(10), day("2026-10-11") - 1);
        assert_eq!(within(day("2026-09-02") + 9 * days::HOUR, 10), day("2026-09-13") - 1);
        assert_eq!(Period::of(Every::AtOnce, day("2026-09-02")).due_at(10), within(day("2026-09-02"), 10));
    }

    #[test]
    fn a_year_has_its_ends() {
        assert_eq!(year(2026), Some((day("2026-01-01"), day("2027-01-01"))));
    }
}
