//! What makes a row of digits a number of a person.

/// The first two digits of the administrative codes: provinces and their like (GB/T 2260).
const PROVINCES: [&str; 35] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
    "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
];
/// How issuers of bank cards used in China begin their numbers. Those that begin as the codes of Sichuan do (51) are
/// left to the words beside them.
const ISSUERS: [&str; 14] = ["62", "60", "4", "52", "53", "54", "55", "35", "9558", "9559", "103", "2221", "69", "84"];

/// 11 digits from 13 to 19.
pub(super) fn is_mobile(digits: &str) -> bool {
    let mut chars = digits.chars();
    digits.len() == 11
        && chars.next() == Some('1')
        && chars.next().is_some_and(|second| second >= '3')
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The same, with the country's code or the zero of long-distance calls before it.
pub(super) fn is_mobile_abroad(digits: &str) -> bool {
    let bare =
        ["0086", "086", "86", "0"].iter().find_map(|prefix| digits.strip_prefix(prefix).filter(|d| d.len() == 11));
    is_mobile(bare.unwrap_or(digits))
}

/// Whether people part a telephone number so: in groups of three and more, or digit by digit. A row of amounts or
/// scores is parted otherwise.
pub(super) fn grouped_as_mobile(sizes: &[usize]) -> bool {
    let own = match sizes {
        // The country's code stands by itself.
        [1 | 2 | 4, rest @ ..] if rest.iter().sum::<usize>() == 11 => rest,
        all => all,
    };
    own.iter().all(|size| *size >= 3) || own.iter().all(|size| *size == 1)
}

/// Whether people part a card's number so: the last group may be short.
pub(super) fn grouped_as_card(sizes: &[usize]) -> bool {
    let Some((_, ahead)) = sizes.split_last() else { return false };
    sizes.len() == 1 || ahead.iter().all(|size| *size >= 3) || sizes.iter().all(|size| *size == 1)
}

/// 18 places with a birthday and the check digit of ISO 7064 MOD 11-2.
pub(super) fn is_identity(digits: &str) -> bool {
    has_birthday(digits) && digits.chars().next_back() == check_digit(digits)
}

/// 18 places with a province and a birthday.
pub(super) fn has_birthday(digits: &str) -> bool {
    let day = |text: &str| is_day(text.get(..4), text.get(4..6), text.get(6..8));
    digits.len() == 18
        && in_province(digits)
        && digits.get(6..14).is_some_and(day)
        && digits.get(..17).is_some_and(|body| body.bytes().all(|byte| byte.is_ascii_digit()))
}

/// 15 digits with a province and a birthday of two-digit year, as before 1999.
pub(super) fn is_old_identity(digits: &str) -> bool {
    let year = digits.get(6..8).map(|year| format!("19{year}"));
    digits.len() == 15
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && in_province(digits)
        && is_day(year.as_deref(), digits.get(8..10), digits.get(10..12))
}

fn in_province(digits: &str) -> bool {
    digits.get(..2).is_some_and(|province| PROVINCES.contains(&province))
}

fn is_day(year: Option<&str>, month: Option<&str>, day: Option<&str>) -> bool {
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<u32>().ok()).unwrap_or_default();
    let (year, month, day) = (number(year), number(month), number(day));
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1900..2100).contains(&year) && (1..=days).contains(&day)
}

fn check_digit(digits: &str) -> Option<char> {
    // The weights are the powers of two modulo 11, from the left.
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let mut sum = 0;
    for (digit, weight) in digits.chars().zip(weights) {
        sum += digit.to_digit(10)? * weight;
    }
    "10X98765432".chars().nth(usize::try_from(sum % 11).ok()?)
}

/// 16 to 19 digits of a known issuer that pass Luhn's check.
pub(super) fn is_card(digits: &str) -> bool {
    let issued = ISSUERS.iter().any(|issuer| digits.starts_with(issuer));
    (16..=19).contains(&digits.len()) && issued && luhn(digits)
}

fn luhn(digits: &str) -> bool {
    let mut sum = 0;
    for (place, digit) in digits.chars().rev().enumerate() {
        let Some(digit) = digit.to_digit(10) else { return false };
        let twice = digit * 2;
        sum += match place % 2 {
            0 => digit,
            _ if twice > 9 => twice - 9,
            _ => twice,
        };
    }
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_those_of_the_standards() {
        assert!(is_identity("11010519491231002X"), "the example of GB 11643");
        assert!(!is_identity("110105194912310021"));
        assert!(is_card("6222020000000000000") == luhn("6222020000000000000"));
        assert!(luhn("4111111111111111") && !luhn("4111111111111112"));
        assert!(is_old_identity("510303500101123") && !is_old_identity("510303501301123"));
        assert!(!is_identity("510303202613011234"), "there is no thirteenth month");
    }
}
