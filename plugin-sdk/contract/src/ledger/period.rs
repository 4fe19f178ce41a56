//! Years, quarters and months of the ledger, in the district's calendar days.

use crate::call::Micros;

/// One day in microseconds.
const DAY: i64 = 86_400_000_000;
/// China Standard Time is so far ahead of UTC.
const AHEAD: i64 = 8 * 3_600_000_000;

/// The span of `2026`, `2026-Q3` or `2026-09` in China Standard Time: from its first instant up to, not including,
/// that of the next one. None when it is written otherwise.
///
/// ```
/// let (from, to) = cunshi_contract::ledger::period("2026-09").unwrap();
/// assert_eq!(from, 1_788_192_000_000_000);
/// assert_eq!(to - from, 30 * 86_400_000_000);
/// assert_eq!(cunshi_contract::ledger::period("2026-13"), None);
/// ```
pub fn period(text: &str) -> Option<(Micros, Micros)> {
    let (year, rest) = text.split_at_checked(4)?;
    let year: i64 = number(year).filter(|year| *year >= 1970)?;
    let (first, months) = match rest.strip_prefix('-') {
        None if rest.is_empty() => (1, 12),
        None => return None,
        Some(part) => match part.strip_prefix('Q') {
            Some(quarter) if quarter.len() == 1 => {
                (number(quarter).filter(|quarter| (1..=4).contains(quarter))? * 3 - 2, 3)
            }
            None if part.len() == 2 => (number(part).filter(|month| (1..=12).contains(month))?, 1),
            _ => return None,
        },
    };
    let start = |month: i64| days(year + (month - 1) / 12, (month - 1) % 12 + 1) * DAY - AHEAD;
    Some((start(first), start(first + months)))
}

fn number(text: &str) -> Option<i64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// Days from 1970-01-01 to the first of a month.
fn days(year: i64, month: i64) -> i64 {
    // Counted in years that begin in March, so that the leap day is the last of its year.
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_follow_each_other_without_gaps() {
        for year in 1999..=2101 {
            let (from, to) = period(&year.to_string()).unwrap();
            let quarters: Vec<_> = (1..=4).map(|q| period(&format!("{year}-Q{q}")).unwrap()).collect();
            let months: Vec<_> = (1..=12).map(|m| period(&format!("{year}-{m:02}")).unwrap()).collect();
            assert!(quarters.windows(2).chain(months.windows(2)).all(|two| two[0].1 == two[1].0));
            assert_eq!((quarters[0].0, quarters[3].1), (from, to));
            assert_eq!((months[0].0, months[11].1), (from, to));
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            assert_eq!((to - from) / DAY, if leap { 366 } else { 365 });
        }
        assert_eq!(period("1970").unwrap().0, -AHEAD);
    }

    #[test]
    fn what_is_written_otherwise_is_no_period() {
        for text in ["", "20", "2026-", "2026-9", "2026-Q5", "2026-q1", "2026-00", "2026-Q", "2026-Q11", "二〇二六"]
        {
            assert_eq!(period(text), None, "{text}");
        }
    }
}
