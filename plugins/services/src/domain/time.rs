//! Spans of the calendar that the SDK does not have: months back, the middle of many times.

use super::days::{self, Micros};

/// The beginning of the local day so many months before an instant's day; the last of a short month stays in it or
/// falls on the days after.
pub fn months_before(at: Micros, months: i64) -> Micros {
    let (year, month, day) = days::date(at);
    let count = year * 12 + month - 1 - months;
    let first = days::read_month(&format!("{:04}-{:02}", count.div_euclid(12), count.rem_euclid(12) + 1));
    first.map_or(at, |first| first + (day - 1) * days::DAY)
}

/// The middle one of some numbers; none of none. Of an even count the lower of the two in the middle.
pub fn median(mut numbers: Vec<i64>) -> Option<i64> {
    numbers.sort_unstable();
    numbers.get(numbers.len().checked_sub(1)? / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_months_of_the_calendar() {
        let back = |day: &str, months| days::write_day(months_before(days::read_day(day).unwrap_or_default(), months));
        assert_eq!(back("2026-09-02", 12), "2025-09-02");
        assert_eq!(back("2026-01-15", 3), "2025-10-15");
        assert_eq!(back("2026-05-31", 3), "2026-03-03");
    }

    #[test]
    fn the_middle_is_not_moved_by_one_long_one() {
        assert_eq!(median(vec![17, 9_000, 12]), Some(17));
        assert_eq!(median(vec![1, 2, 3, 4]), Some(2));
        assert_eq!(median(Vec::new()), None);
    }
}
