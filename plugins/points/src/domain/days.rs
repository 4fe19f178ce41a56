//! Days in China Standard Time: what is needed beside the host's own formatting.

/// Microseconds since 1970-01-01 UTC.
pub type Micros = i64;

/// One minute.
pub const MINUTE: Micros = 60_000_000;
/// One hour.
pub const HOUR: Micros = 60 * MINUTE;
/// Twenty-four hours.
pub const DAY: Micros = 24 * HOUR;

/// UTC+8, without summer time since 1991.
const CHINA: Micros = 8 * HOUR;

/// Days since 1970-01-01, by the local calendar.
pub fn day_number(at: Micros) -> i64 {
    (at + CHINA).div_euclid(DAY)
}

/// The instant at which the local day of an instant begins.
pub fn midnight(at: Micros) -> Micros {
    day_number(at) * DAY - CHINA
}

/// The instant at which the next local day begins.
pub fn next_midnight(at: Micros) -> Micros {
    midnight(at) + DAY
}

/// Local days from one instant to another; 0 on the same day.
pub fn days_between(from: Micros, to: Micros) -> i64 {
    day_number(to) - day_number(from)
}

/// Year, month and day by the local calendar.
pub fn date(at: Micros) -> (i64, i64, i64) {
    // Howard Hinnant's civil_from_days: exact for the proleptic Gregorian calendar.
    let shifted = day_number(at) + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// The instant at which a day begins, written as fields of the kind `date` give it: `2026-09-02`.
pub fn read_day(text: &str) -> Option<Micros> {
    let mut parts = text.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // days_from_civil, the inverse of the above.
    let shifted_year = year - i64::from(month <= 2);
    let era = shifted_year.div_euclid(400);
    let of_era = shifted_year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let number = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    let at = number * DAY - CHINA;
    (date(at) == (year, month, day)).then_some(at)
}

/// The time since midnight, written as fields of the kind `time` give it: `08:30`.
pub fn read_time(text: &str) -> Option<Micros> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute) = (hour.parse::<i64>().ok()?, minute.parse::<i64>().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * HOUR + minute * MINUTE)
}

/// The day of an instant as fields of the kind `date` take it.
pub fn write_day(at: Micros) -> String {
    let (year, month, day) = date(at);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Hours and minutes of an instant: `08:30`.
pub fn write_time(at: Micros) -> String {
    let minutes = (at - midnight(at)) / MINUTE;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The spoken number of the `n`-th award of the year of an instant. The letter keeps it apart from cases.
pub fn spoken_number(at: Micros, n: u64) -> String {
    let (year, _, _) = date(at);
    format!("J{year}-{n:04}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_written() {
        for text in ["1970-01-01", "2026-09-02", "2028-02-29", "2026-12-31"] {
            assert_eq!(read_day(text).map(write_day).as_deref(), Some(text));
        }
        for text in ["2026-02-29", "2026-13-01", "2026-00-10", "yesterday", ""] {
            assert_eq!(read_day(text), None, "{text}");
        }
        let at = read_day("2026-09-02").unwrap_or_default();
        assert_eq!(at, 1_788_278_400_000_000);
        assert_eq!(midnight(at + 9 * HOUR), at);
        assert_eq!(next_midnight(at), at + DAY);
        assert_eq!(days_between(at, at + DAY - 1), 0);
        assert_eq!(spoken_number(at, 7), "J2026-0007");
    }

    #[test]
    fn times_of_day_are_read_and_written() {
        assert_eq!(read_time("08:30"), Some(8 * HOUR + 30 * MINUTE));
        assert_eq!(read_time("24:00"), None);
        assert_eq!(write_time(read_day("2026-09-02").unwrap_or_default() + 8 * HOUR + 5 * MINUTE), "08:05");
    }
}
