//! What modules write alike: names as the public reads them, short texts, and days and money inside sentences in the
//! language of the call (inside `both!`, of each language).

use cunshi_contract::Lang;
use cunshi_contract::call::Micros;

use crate::{days, lang};

pub use cunshi_contract::privacy::masked;

/// Surnames of two characters that are met in Sichuan.
const COMPOUND: [&str; 10] = ["欧阳", "上官", "司马", "诸葛", "夏侯", "皇甫", "尉迟", "令狐", "慕容", "司徒"];

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The surname of a Chinese name; of any other, its first letter.
pub fn surname(full: &str) -> String {
    let full = full.trim();
    let compound = COMPOUND.into_iter().find(|two| full.starts_with(two) && full.chars().count() > 2);
    compound.map_or_else(|| full.chars().take(1).collect(), str::to_owned)
}

/// A name as the public reads it, `林**`: always two stars, because the length of a name tells who it is in a village.
pub fn masked_name(full: &str) -> String {
    surname(full) + "**"
}

/// A name with its last character, `林*英`; one of two characters is `林**`. Empty for an empty name.
pub fn ends_of_name(full: &str) -> String {
    let full = full.trim();
    let surname = surname(full);
    let rest = full.chars().count() - surname.chars().count();
    match full.chars().last() {
        None => String::new(),
        Some(last) if rest >= 2 => surname + &"*".repeat(rest - 1) + last.encode_utf8(&mut [0; 4]),
        Some(_) => surname + "**",
    }
}

/// A day inside a sentence: 9月11日, 11 Sep. Where a date stands alone the host writes it.
pub fn date(at: Micros) -> String {
    let (_, month, day) = days::date(at);
    match lang::current() {
        Lang::Zh => format!("{month}月{day}日"),
        Lang::En => format!("{day} {}", name_of(month)),
    }
}

/// A month with its year: 2026年9月, Sep 2026.
pub fn month(at: Micros) -> String {
    let (year, month, _) = days::date(at);
    match lang::current() {
        Lang::Zh => format!("{year}年{month}月"),
        Lang::En => format!("{} {year}", name_of(month)),
    }
}

fn name_of(month: i64) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|index| MONTHS.get(index).copied()).unwrap_or_default()
}

/// Money inside a sentence, from whole fen: `1,280.50 元`, `¥1,280.50`; without fen where there are none.
pub fn money(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let whole = (fen / 100).unsigned_abs().to_string();
    let mut yuan = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            yuan.push(',');
        }
        yuan.push(digit);
    }
    let part = (fen % 100).unsigned_abs();
    let part = if part == 0 { String::new() } else { format!(".{part:02}") };
    match lang::current() {
        Lang::Zh => format!("{sign}{yuan}{part} 元"),
        Lang::En => format!("{sign}¥{yuan}{part}"),
    }
}

/// A text cut for a list, at most `max` characters with the `…`.
pub fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(max.saturating_sub(1)).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_what_may_be_read() {
        assert_eq!(masked_name("林秀英"), "林**");
        assert_eq!(masked_name("欧阳秀英"), "欧阳**");
        assert_eq!(ends_of_name("林秀英"), "林*英");
        assert_eq!(ends_of_name("林英"), "林**");
        assert_eq!(ends_of_name(" "), "");
        assert_eq!(surname("Smith"), "S");
    }

    #[test]
    fn days_and_money_read_as_people_say_them() {
        let at = days::read_day("2026-09-11").unwrap_or_default();
        assert_eq!(
            [date(at), month(at), money(128_050), money(-5)],
            ["9月11日", "2026年9月", "1,280.50 元", "-0.05 元"]
        );
        let english = lang::within(Lang::En, || [date(at), month(at), money(123_456_700)]);
        assert_eq!(english, ["11 Sep", "Sep 2026", "¥1,234,567"]);
        assert_eq!(date(at), "9月11日", "the language before is back");
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(cut("三组路灯不亮", 6), "三组路灯不亮");
        assert_eq!(cut("三组路灯不亮了", 6), "三组路灯不…");
    }
}
