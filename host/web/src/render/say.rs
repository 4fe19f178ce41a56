//! How times, money and counts are written: China Standard Time, yuan, words for what is left. Pure.

use cunshi_contract::Lang;
use cunshi_model::Micros;
use cunshi_model::calendar::{LocalDay, china};
use cunshi_model::clock::{DAY, HOUR, MINUTE};
use jiff::Timestamp;
use jiff::civil::DateTime;

use Lang::{En, Zh};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn local(instant: Micros) -> DateTime {
    Timestamp::from_microsecond(instant).unwrap_or_default().to_zoned_datetime(china()).datetime()
}

/// An instant with its time of day: 今天 09:00, 昨天 16:40, 9月2日 08:14; Today 09:00, 2 Sep, 08:14. The year is
/// written when it is not this one.
pub fn time(lang: Lang, now: Micros, at: Micros) -> String {
    let at = local(at);
    let clock = format!("{:02}:{:02}", at.hour(), at.minute());
    let (day, near) = day_words(lang, local(now).date(), at.date());
    match (lang, near) {
        (En, false) => format!("{day}, {clock}"),
        _ => format!("{day} {clock}"),
    }
}

/// The day of an instant: 今天, 昨天, 明天, 9月2日; Today, 2 Sep.
pub fn day(lang: Lang, now: Micros, at: Micros) -> String {
    day_words(lang, local(now).date(), local(at).date()).0
}

fn day_words(lang: Lang, today: LocalDay, day: LocalDay) -> (String, bool) {
    let near = if day == today {
        Some(["今天", "Today"])
    } else if today.yesterday().is_ok_and(|yesterday| yesterday == day) {
        Some(["昨天", "Yesterday"])
    } else if today.tomorrow().is_ok_and(|tomorrow| tomorrow == day) {
        Some(["明天", "Tomorrow"])
    } else {
        None
    };
    if let Some([zh, en]) = near {
        return (if lang == Zh { zh } else { en }.to_owned(), true);
    }
    let words = match lang {
        _ if day.year() != today.year() => dated(lang, day),
        Zh => format!("{}月{}日", day.month(), day.day()),
        En => format!("{} {}", day.day(), month_name(day)),
    };
    (words, false)
}

/// An instant as it stands on paper, where "today" would soon be wrong: 2026年9月4日 16:58.
pub fn dated_time(lang: Lang, at: Micros) -> String {
    let local = local(at);
    let clock = format!("{:02}:{:02}", local.hour(), local.minute());
    match lang {
        Zh => format!("{} {clock}", dated(lang, local.date())),
        En => format!("{}, {clock}", dated(lang, local.date())),
    }
}

/// The day of an instant as it stands on paper: 2026年9月4日.
pub fn dated_day(lang: Lang, at: Micros) -> String {
    dated(lang, local(at).date())
}

fn dated(lang: Lang, day: LocalDay) -> String {
    match lang {
        Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        En => format!("{} {} {}", day.day(), month_name(day), day.year()),
    }
}

fn month_name(day: LocalDay) -> &'static str {
    usize::try_from(day.month() - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or_default()
}

/// An instant for machines, as `<time datetime>` has it.
pub fn machine(at: Micros) -> String {
    let at = local(at);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+08:00",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

/// Fen as yuan: `1,234.50 元`, `¥1,234.50`.
pub fn money(lang: Lang, fen: i64) -> String {
    let sign = if fen < 0 { "−" } else { "" };
    let amount = format!("{}.{:02}", thousands(fen.unsigned_abs() / 100), fen.unsigned_abs() % 100);
    match lang {
        Zh => format!("{sign}{amount} 元"),
        En => format!("{sign}¥{amount}"),
    }
}

/// Fen as it is typed into a field: `12.50`, `12`.
pub fn yuan_typed(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let (yuan, rest) = (fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
    if rest == 0 { format!("{sign}{yuan}") } else { format!("{sign}{yuan}.{rest:02}") }
}

/// Hundredths of a point: `12`, `2.5`, `−0.25`, `1,284`.
pub fn points(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "−" } else { "" };
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    let rest = match rest {
        0 => String::new(),
        tenths if tenths % 10 == 0 => format!(".{}", tenths / 10),
        _ => format!(".{rest:02}"),
    };
    format!("{sign}{}{rest}", thousands(whole))
}

/// Hundredths of a point that came or went: `+12`, `−2.5`.
pub fn points_signed(hundredths: i64) -> String {
    format!("{}{}", if hundredths > 0 { "+" } else { "" }, points(hundredths))
}

/// Whose rule decided: 按天府社区的规则第 3 版.
pub fn by_rule(lang: Lang, whose: &str, version: u32) -> String {
    match (lang, version) {
        (Zh, 0) => format!("按{whose}。"),
        (Zh, _) => format!("按{whose}第 {version} 版。"),
        (En, 0) => format!("By {whose}."),
        (En, _) => format!("By {whose}, version {version}."),
    }
}

/// A whole number with thousands marked: `1,284`.
pub fn count(number: i64) -> String {
    format!("{}{}", if number < 0 { "−" } else { "" }, thousands(number.unsigned_abs()))
}

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Time left or past, in its largest two units: 还剩 2 天 3 小时, 已超过 1 天; 2 days 3 hours left, 1 day over.
pub fn countdown(lang: Lang, now: Micros, until: Micros) -> String {
    let left = until.saturating_sub(now);
    let span = span(lang, left.saturating_abs());
    match (lang, left >= 0) {
        (Zh, true) => format!("还剩 {span}"),
        (Zh, false) => format!("已超过 {span}"),
        (En, true) => format!("{span} left"),
        (En, false) => format!("{span} over"),
    }
}

fn span(lang: Lang, length: Micros) -> String {
    let (days, hours, minutes) = (length / DAY, length % DAY / HOUR, length % HOUR / MINUTE);
    let parts = if days > 6 {
        vec![(days, 0)]
    } else if days > 0 {
        vec![(days, 0), (hours, 1)]
    } else if hours > 0 {
        vec![(hours, 1)]
    } else {
        vec![(minutes.max(1), 2)]
    };
    let unit = |number: i64, unit: usize| match lang {
        Zh => format!("{number} {}", ["天", "小时", "分钟"].get(unit).copied().unwrap_or_default()),
        En => {
            let word = ["day", "hour", "minute"].get(unit).copied().unwrap_or_default();
            format!("{number} {word}{}", if number == 1 { "" } else { "s" })
        }
    };
    parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, name)| unit(*number, *name))
        .collect::<Vec<_>>()
        .join(" ")
}

/// `3 MB`, `120 KB`.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// Which of several pictures: 照片 1,共 3 张.
pub fn picture(lang: Lang, what: &str, index: usize, all: usize) -> String {
    match (lang, all) {
        (_, 0 | 1) => what.to_owned(),
        (Zh, _) => format!("{what} {index}，共 {all} 张"),
        (En, _) => format!("{what} {index} of {all}"),
    }
}

/// 4 星,满分 5 星.
pub fn stars(lang: Lang, value: u8) -> String {
    match lang {
        Zh => format!("{value} 星，满分 5 星"),
        En => format!("{value} of 5 stars"),
    }
}

/// What stars mean when somebody rates.
pub fn star_meaning(lang: Lang, value: u8) -> &'static str {
    match (lang, value) {
        (Zh, 1) => "很不满意",
        (Zh, 2) => "不满意",
        (Zh, 3) => "一般",
        (Zh, 4) => "满意",
        (Zh, _) => "很满意",
        (En, 1) => "Very poor",
        (En, 2) => "Poor",
        (En, 3) => "Fair",
        (En, 4) => "Good",
        (En, _) => "Very good",
    }
}

/// 还有 2 处要改.
pub fn mistakes(lang: Lang, number: usize) -> String {
    match (lang, number) {
        (Zh, _) => format!("有 {number} 处要改，写好的都还在"),
        (En, 1) => "One thing to mend; what you typed is kept".to_owned(),
        (En, _) => format!("{number} things to mend; what you typed is kept"),
    }
}

/// 最多 80 个字.
pub fn at_most_characters(lang: Lang, number: i64) -> String {
    match lang {
        Zh => format!("最多 {number} 个字。"),
        En => format!("At most {number} characters."),
    }
}

/// 最多 6 个.
pub fn at_most_files(lang: Lang, number: i64, photos: bool) -> String {
    match (lang, photos) {
        (Zh, true) => format!("最多 {number} 张。"),
        (Zh, false) => format!("最多 {number} 个。"),
        (En, true) => format!("At most {number} photos."),
        (En, false) => format!("At most {number} files."),
    }
}

/// The condition of a field, for readers without JavaScript: 只有「类别」是「公共安全」时才填.
pub fn only_if(lang: Lang, field: &str, values: &[String]) -> String {
    match lang {
        Zh => {
            let values: Vec<_> = values.iter().map(|value| format!("「{value}」")).collect();
            format!("只有「{field}」是{}时才填。", values.join("或"))
        }
        En => {
            let values: Vec<_> = values.iter().map(|value| format!("“{value}”")).collect();
            format!("Only if “{field}” is {}.", values.join(" or "))
        }
    }
}

/// Whose module asks.
pub fn asked_by(lang: Lang, module: &str, space: &str) -> String {
    match lang {
        Zh => format!("由「{module}」模块收集，交{space}办理。"),
        En => format!("Asked by the module “{module}”, for {space}."),
    }
}

/// A card that could not be drawn.
pub fn card_failed(lang: Lang, module: &str) -> String {
    match lang {
        Zh => format!("「{module}」暂时打不开，别的都不受影响。"),
        En => format!("“{module}” cannot be shown at the moment; the rest is not affected."),
    }
}

/// 94 个村(社区).
pub fn villages(lang: Lang, number: usize) -> String {
    match (lang, number) {
        (Zh, _) => format!("{number} 个村（社区）"),
        (En, 1) => "1 village".to_owned(),
        (En, _) => format!("{number} villages"),
    }
}

/// 找到 3 个.
pub fn found(lang: Lang, number: usize, query: &str) -> String {
    match lang {
        Zh => format!("「{query}」找到 {number} 个"),
        En => format!("{number} found for “{query}”"),
    }
}

/// 请等 5 秒再试.
pub fn wait(lang: Lang, seconds: u32) -> String {
    match (lang, seconds) {
        (Zh, 0..=90) => format!("大约 {seconds} 秒后再试。"),
        (Zh, _) => format!("大约 {} 分钟后再试。", seconds.div_ceil(60)),
        (En, 0..=90) => format!("Try again in about {seconds} seconds."),
        (En, _) => format!("Try again in about {} minutes.", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 4 September 2026, 17:00 in China.
    const NOW: Micros = 1_788_512_400_000_000;

    #[test]
    fn times_are_written_as_people_say_them() {
        let told = |before: Micros| (time(Zh, NOW, NOW - before), time(En, NOW, NOW - before));
        assert_eq!(told(8 * HOUR), ("今天 09:00".to_owned(), "Today 09:00".to_owned()));
        assert_eq!(told(DAY), ("昨天 17:00".to_owned(), "Yesterday 17:00".to_owned()));
        assert_eq!(told(-DAY), ("明天 17:00".to_owned(), "Tomorrow 17:00".to_owned()));
        assert_eq!(told(2 * DAY + 8 * HOUR + 46 * MINUTE), ("9月2日 08:14".to_owned(), "2 Sep, 08:14".to_owned()));
        assert_eq!(told(365 * DAY), ("2025年9月4日 17:00".to_owned(), "4 Sep 2025, 17:00".to_owned()));
        assert_eq!(day(Zh, NOW, NOW - 17 * HOUR - MINUTE), "昨天", "the day turns at midnight in China");
        assert_eq!(dated_time(Zh, NOW), "2026年9月4日 17:00");
        assert_eq!(dated_time(En, NOW), "4 Sep 2026, 17:00");
        assert_eq!(machine(NOW), "2026-09-04T17:00:00+08:00");
    }

    #[test]
    fn money_is_in_yuan_and_counts_have_thousands() {
        assert_eq!(money(Zh, 123_450), "1,234.50 元");
        assert_eq!(money(En, -5), "−¥0.05");
        assert_eq!(
            (yuan_typed(1_250), yuan_typed(1_200), yuan_typed(-5)),
            ("12.50".into(), "12".into(), "-0.05".into())
        );
        assert_eq!((count(1_284), count(-1_000_000), count(999)), ("1,284".into(), "−1,000,000".into(), "999".into()));
        assert_eq!(
            (points(1_200), points(250), points(-25), points(128_400)),
            ("12".into(), "2.5".into(), "−0.25".into(), "1,284".into())
        );
        assert_eq!(
            (points_signed(500), points_signed(-250), points_signed(0)),
            ("+5".into(), "−2.5".into(), "0".into())
        );
        assert_eq!(money(Zh, i64::MIN), "−92,233,720,368,547,758.08 元");
    }

    #[test]
    fn what_is_left_is_said_in_days_and_hours() {
        assert_eq!(countdown(Zh, NOW, NOW + 2 * DAY + 3 * HOUR), "还剩 2 天 3 小时");
        assert_eq!(countdown(En, NOW, NOW + DAY), "1 day left");
        assert_eq!(countdown(Zh, NOW, NOW - DAY), "已超过 1 天");
        assert_eq!(countdown(Zh, NOW, NOW + 14 * DAY + 23 * HOUR), "还剩 14 天");
        assert_eq!(countdown(En, NOW, NOW + 5), "1 minute left");
        assert_eq!(countdown(Zh, i64::MAX, i64::MIN).chars().take(3).collect::<String>(), "已超过");
    }
}
