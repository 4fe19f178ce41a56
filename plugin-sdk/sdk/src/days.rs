//! Days in China Standard Time: what modules need beside the host's own formatting and its calendar of working days.

pub use cunshi_contract::call::Micros;

/// One second.
pub const SECOND: Micros = 1_000_000;
/// One minute.
pub const MINUTE: Micros = 60 * SECOND;
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

/// The instant at which the month of an instant begins.
pub fn month_start(at: Micros) -> Micros {
    let (_, _, day) = date(at);
    midnight(at) - (day - 1) * DAY
}

/// The instant at which the month after that of an instant begins.
pub fn next_month(at: Micros) -> Micros {
    // 31 days after its first day lies in the next month, whatever the month.
    month_start(month_start(at) + 31 * DAY)
}

/// The month of an instant: `2026-09`.
pub fn write_month(at: Micros) -> String {
    let (year, month, _) = date(at);
    format!("{year:04}-{month:02}")
}

/// The instant at which a month begins, written `2026-09`.
pub fn read_month(text: &str) -> Option<Micros> {
    read_day(&format!("{text}-01"))
}

/// The spoken number of the `n`-th thing of the year of an instant: `2026-0042`.
pub fn spoken_number(at: Micros, n: u64) -> String {
    let (year, _, _) = date(at);
    format!("{year}-{n:04}")
}

/// A spoken number as people type it: spaces and full-width digits, `2026 42` for `2026-0042`.
pub fn read_number(typed: &str) -> Option<String> {
    let plain: String = typed
        .trim()
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
            '－' | '—' | '–' | '_' | '/' | '.' | ' ' => '-',
            other => other,
        })
        .filter(|c| c.is_ascii_digit() || *c == '-')
        .collect();
    let (year, rest) = plain.split_once('-').or_else(|| plain.split_at_checked(4))?;
    let year: u32 = year.parse().ok().filter(|year| (2000..3000).contains(year))?;
    let n: u64 = rest.trim_matches('-').parse().ok()?;
    Some(format!("{year}-{n:04}"))
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
    }

    #[test]
    fn times_of_day_are_read_and_written() {
        assert_eq!(read_time("08:30"), Some(8 * HOUR + 30 * MINUTE));
        assert_eq!(read_time("24:00"), None);
        assert_eq!(write_time(read_day("2026-09-02").unwrap_or_default() + 8 * HOUR + 5 * MINUTE), "08:05");
    }

    #[test]
    fn months_follow_each_other() {
        let day = |text| read_day(text).unwrap_or_default();
        for (within, start, next) in [
            ("2026-01-31", "2026-01-01", "2026-02-01"),
            ("2026-02-28", "2026-02-01", "2026-03-01"),
            ("2026-12-31", "2026-12-01", "2027-01-01"),
        ] {
            assert_eq!(month_start(day(within) + DAY - 1), day(start));
            assert_eq!(next_month(day(within)), day(next));
        }
        assert_eq!(read_month("2026-09").map(write_month).as_deref(), Some("2026-09"));
        assert_eq!(read_month("2026-9x"), None);
    }

    /// 2026-09-02 08:14 in China.
    const MORNING: Micros = 1_788_308_040 * SECOND;

    #[test]
    fn a_september_morning_is_the_second() {
        assert_eq!(date(MORNING), (2026, 9, 2));
        assert_eq!(date(next_midnight(MORNING)), (2026, 9, 3));
        assert_eq!(date(next_midnight(MORNING) - 1), (2026, 9, 2));
        assert_eq!(days_between(MORNING, MORNING + 2 * DAY), 2);
        assert_eq!(days_between(MORNING, MORNING + 5 * HOUR), 0);
    }

    #[test]
    fn the_year_turns_at_local_midnight_and_leap_days_exist() {
        let new_year = 1_767_196_800 * SECOND; // 2026-01-01 00:00 in China
        assert_eq!(date(new_year), (2026, 1, 1));
        assert_eq!(date(new_year - 1), (2025, 12, 31));
        assert_eq!(date(1_709_136_000 * SECOND), (2024, 2, 29));
        assert_eq!(date(0), (1970, 1, 1));
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        assert_eq!(spoken_number(MORNING, 42), "2026-0042");
        for typed in ["2026-0042", " 2026-42 ", "2026 0042", "２０２６－００４２", "20260042", "编号2026-0042"]
        {
            assert_eq!(read_number(typed).as_deref(), Some("2026-0042"), "{typed}");
        }
        assert_eq!(read_number("42"), None);
        assert_eq!(read_number("路灯"), None);
        assert_eq!(spoken_number(MORNING, 12_345), "2026-12345");
    }
}
