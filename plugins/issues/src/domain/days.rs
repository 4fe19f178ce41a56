//! Days in China Standard Time: what is needed beside the host's own formatting.

/// Microseconds since 1970-01-01 UTC.
pub type Micros = i64;

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

/// The instant at which the next local day begins.
pub fn next_midnight(at: Micros) -> Micros {
    (day_number(at) + 1) * DAY - CHINA
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

/// The spoken number of the `n`-th case of the year of `at`: `2026-0042`.
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
