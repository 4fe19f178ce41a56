//! Numbers as people type them: full-width digits, signs and thousands commas included; no floats.

/// A decimal number in ten-thousandths.
pub(super) const SCALE: i128 = 10_000;

/// Full-width forms (as Chinese keyboards give them) to plain ones.
pub(super) fn narrow(text: &str) -> String {
    text.trim()
        .chars()
        .map(|c| match c {
            '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '。' => '.',
            '\u{3000}' => ' ',
            other => other,
        })
        .collect()
}

/// Reads `-12.5` as ten-thousandths, with at most `places` decimal places; none when it is not such a number.
pub(super) fn parse(text: &str, places: usize) -> Option<i128> {
    let text = narrow(text).replace(',', "");
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 18 || part.len() > places || !all_digits(whole) || !all_digits(part) {
        return None;
    }
    let whole: i128 = whole.parse().ok()?;
    let part: i128 = if part.is_empty() { 0 } else { format!("{part:0<4}").parse().ok()? };
    Some(sign * (whole * SCALE + part))
}

/// Writes ten-thousandths in the shortest form: `25000` as `2.5`.
pub(super) fn write(scaled: i128) -> String {
    let sign = if scaled < 0 { "-" } else { "" };
    let (whole, part) = (scaled.abs() / SCALE, scaled.abs() % SCALE);
    if part == 0 {
        return format!("{sign}{whole}");
    }
    let part = format!("{part:04}");
    format!("{sign}{whole}.{}", part.trim_end_matches('0'))
}
