//! Amounts of points: whole hundredths inside, decimals as people write them outside.

/// Hundredths as people write them: `2`, `2.5`, `-0.25`.
pub fn show(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    match rest {
        0 => format!("{sign}{whole}"),
        rest if rest % 10 == 0 => format!("{sign}{whole}.{}", rest / 10),
        rest => format!("{sign}{whole}.{rest:02}"),
    }
}

/// With its sign: `+2`, `-5`.
pub fn signed(hundredths: i64) -> String {
    if hundredths > 0 { format!("+{}", show(hundredths)) } else { show(hundredths) }
}

/// Hundredths of a decimal with at most two places that count.
pub fn read(text: &str) -> Option<i64> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let rest = rest.trim_end_matches('0');
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(rest) || rest.len() > 2 {
        return None;
    }
    let hundredths = whole.parse::<i64>().ok()?.checked_mul(100)?;
    let hundredths = hundredths.checked_add(format!("{rest:0<2}").parse::<i64>().ok()?)?;
    Some(if negative { -hundredths } else { hundredths })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_what_is_shown() {
        for (text, hundredths) in [("2", 200), ("2.5", 250), ("-0.25", -25), ("0", 0), ("10.05", 1_005)] {
            assert_eq!(read(text), Some(hundredths), "{text}");
            assert_eq!(show(hundredths), text);
        }
        assert_eq!((signed(200).as_str(), signed(-500).as_str(), signed(0).as_str()), ("+2", "-5", "0"));
        assert_eq!(read("2.500"), Some(250));
    }

    #[test]
    fn what_is_no_amount_is_not_read() {
        for text in ["", "-", ".5", "two", "1e3", "0.005", "1.2.3", "99999999999999999999"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
