//! Months and quarters in China.

use super::days::{self, Micros};

/// How many days an entry may lie back when it is published.
pub const BACK_DAYS: i64 = 31;

/// Where a month begins that somebody asks for, or that of `now` when it cannot be read or lies ahead.
pub fn asked(text: Option<&str>, now: Micros) -> Micros {
    let read = text.and_then(|text| days::read_month(text.trim()));
    read.filter(|month| *month <= now).unwrap_or_else(|| days::month_start(now))
}

/// Where the month before begins.
pub fn before(month: Micros) -> Micros {
    days::month_start(days::month_start(month) - 1)
}

/// How many days a month has.
pub fn length(month: Micros) -> i64 {
    days::days_between(month, days::next_month(month))
}

/// The day of the month of an instant, from 1.
pub fn day_of(at: Micros) -> i64 {
    days::date(at).2
}

/// The months of the quarter of an instant, in order, by where they begin.
pub fn quarter(at: Micros) -> [Micros; 3] {
    let (_, month, _) = days::date(at);
    let mut first = days::month_start(at);
    for _ in 0..(month - 1) % 3 {
        first = before(first);
    }
    let second = days::next_month(first);
    [first, second, days::next_month(second)]
}

/// Where the quarter after that of an instant begins.
pub fn next_quarter(at: Micros) -> Micros {
    let [_, _, last] = quarter(at);
    days::next_month(last)
}

/// The number of the quarter of an instant, 1 to 4, with its year.
pub fn quarter_number(at: Micros) -> (i64, i64) {
    let (year, month, _) = days::date(at);
    (year, (month + 2) / 3)
}

/// Whether a day may be written about now: not ahead, and at most [`BACK_DAYS`] back.
pub fn is_within_reach(day: Micros, now: Micros) -> bool {
    (0..=BACK_DAYS).contains(&days::days_between(day, now))
}

/// The months that ended within a period, by where they begin; at most 24.
pub fn ended_within(from: Micros, to: Micros) -> Vec<Micros> {
    let mut months = Vec::new();
    // The month that holds the last instant of the period may end with it.
    let mut month = days::month_start(to - 1);
    for _ in 0..25 {
        let end = days::next_month(month);
        if end <= from {
            break;
        }
        if end <= to {
            months.push(month);
        }
        month = before(month);
    }
    months.truncate(24);
    months.reverse();
    months
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Micros {
        days::read_day(text).unwrap()
    }

    #[test]
    fn quarters_have_three_months() {
        let quarter = quarter(day("2026-08-31"));
        assert_eq!(quarter.map(days::write_month), ["2026-07", "2026-08", "2026-09"]);
        assert_eq!(days::write_day(next_quarter(day("2026-12-31"))), "2027-01-01");
        assert_eq!(quarter_number(day("2026-09-30")), (2026, 3));
        assert_eq!(quarter_number(day("2026-10-01")), (2026, 4));
    }

    #[test]
    fn an_entry_reaches_back_a_month_and_never_ahead() {
        let now = day("2026-09-02") + 10 * days::HOUR;
        for (text, within) in [("2026-09-02", true), ("2026-09-03", false), ("2026-08-02", true), ("2026-08-01", false)]
        {
            assert_eq!(is_within_reach(day(text), now), within, "{text}");
        }
    }

    #[test]
    fn a_month_counts_where_it_ends() {
        let ended = |from, to| ended_within(day(from), day(to)).into_iter().map(days::write_month).collect::<Vec<_>>();
        assert_eq!(ended("2026-08-01", "2026-09-01"), ["2026-08"]);
        assert_eq!(ended("2026-08-03", "2026-09-02"), ["2026-08"]);
        assert_eq!(ended("2026-07-01", "2026-10-01"), ["2026-07", "2026-08", "2026-09"]);
        assert_eq!(ended("2026-09-01", "2026-09-20"), Vec::<String>::new());
        assert_eq!(ended_within(0, day("2026-09-20")).len(), 24);
    }

    #[test]
    fn what_is_asked_for_is_a_month_that_has_begun() {
        let now = day("2026-09-02");
        assert_eq!(days::write_month(asked(Some("2026-07"), now)), "2026-07");
        for text in [None, Some("2026-10"), Some("x"), Some("")] {
            assert_eq!(days::write_month(asked(text, now)), "2026-09");
        }
        assert_eq!((length(day("2026-02-01")), day_of(day("2026-02-28"))), (28, 28));
    }
}
