//! Points and other decimals: exact, never floats.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Greatest number of hundredths that one decision or one row of a table may hold, either way: a million points.
pub(crate) const MOST_HUNDREDTHS: i64 = 100_000_000;

/// Points as the script reckons with them; whole ones without places, so that they read as people write them.
pub(crate) fn points(hundredths: i64) -> Decimal {
    Decimal::new(hundredths, 2).normalize()
}

/// Whole hundredths; none when there are more than two places or the number is too great for the ledger.
pub(crate) fn hundredths(points: Decimal) -> Option<i64> {
    let scaled = points.checked_mul(Decimal::ONE_HUNDRED)?.normalize();
    (scaled.scale() == 0).then_some(())?;
    scaled.to_i64().filter(|hundredths| hundredths.checked_abs().is_some_and(|most| most <= MOST_HUNDREDTHS))
}

/// Reads `-12.5` with at most `places` decimal places; none when it is not such a number.
pub(crate) fn read(text: &str, places: usize) -> Option<Decimal> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(part) || whole.len() > 18 || part.len() > places.max(1) {
        return None;
    }
    let number = Decimal::from_str_exact(text).ok()?.normalize();
    (number.scale() as usize <= places).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_become_hundredths_exactly() {
        for (text, there) in [("0.1", 10), ("-0.05", -5), ("12", 1_200), ("1.50", 150), ("1000000", MOST_HUNDREDTHS)] {
            assert_eq!(read(text, 2).and_then(hundredths), Some(there), "{text}");
            assert_eq!(hundredths(points(there)), Some(there), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_none() {
        for text in ["", "-", ".5", "5.", "1.234", "1e3", "1_000", "NaN", "٣", "9999999999999999999"] {
            assert_eq!(read(text, 2), None, "{text}");
        }
        assert_eq!(hundredths(Decimal::new(1_001, 3)), None, "a thousandth is no hundredth");
        assert_eq!(hundredths(Decimal::from(1_000_001)), None, "more than a million");
        assert_eq!(hundredths(Decimal::MAX), None);
    }

    #[test]
    fn amounts_read_as_people_write_them() {
        assert_eq!(points(500).to_string(), "5");
        assert_eq!(points(-50).to_string(), "-0.5");
        assert_eq!(points(1_205).to_string(), "12.05");
    }
}
