//! Numbers that belong to one person, found in texts: mobile telephone, identity card, bank card. One place for host
//! and modules, so that what one finds the other does not overlook.
//!
//! Digits may be half or full width or Chinese words (一三八, 幺 for 1), and parted by blanks, hyphens or dots. A number
//! is known by its own rule (birthday and check digit, Luhn and issuer); beside words such as 身份证 or 卡号 one that
//! fails its rule is found too, because a slip of the finger still says whose it is. Spoken numbers, dates, amounts,
//! landlines, codes of villages and order numbers are not meant. `tests/privacy.rs` holds it to 200 texts.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

mod number;
mod read;

use read::Digits;

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A mobile telephone number.
    Mobile,
    /// The number of an identity card.
    Identity,
    /// The number of a bank card or account.
    BankCard,
}

impl Kind {
    /// The word in JSON and in the audit.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mobile => "mobile",
            Self::Identity => "identity",
            Self::BankCard => "bank-card",
        }
    }
}

/// A number in a text, by the bytes where it begins and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// Words near a number that make it one of an identity card, whatever its check digit says.
const IDENTITY: [&str; 7] = ["身份证", "身份號", "身份号", "证件号", "公民身份", "证号", "id card"];
/// Words near a number that make it one of a bank.
const BANK: [&str; 19] = [
    "银行",
    "卡号",
    "账号",
    "帐号",
    "账户",
    "帐户",
    "存折",
    "开户",
    "转账",
    "打款",
    "打到",
    "信用社",
    "农商行",
    "工行",
    "农行",
    "建行",
    "邮储",
    "一卡通",
    "bank",
];
/// Words right before a number that make it none of a person.
const ORDER: [&str; 11] =
    ["订单", "单号", "运单", "流水", "编号", "合同", "发票", "税号", "信用代码", "物流", "项目代码"];
/// How far such words count, in characters before the number and after it.
const NEAR: (usize, usize) = (16, 8);

/// The numbers in a text that belong to persons, in order; none overlaps another.
pub fn find(text: &str) -> Vec<Found> {
    let runs = read::runs(text);
    let mut found = Vec::new();
    for run in &runs {
        let mut at = 0;
        while at < run.len() {
            // The longest number that begins here, so that the end of a card is not read as a telephone.
            let hit = (at..run.len()).rev().find_map(|last| number_at(text, run, at, last).map(|hit| (last, hit)));
            match hit {
                Some((last, hit)) => {
                    found.push(hit);
                    at = last + 1;
                }
                None => at += 1,
            }
        }
    }
    found
}

/// The text with such numbers made unreadable, as it may be published.
pub fn masked(text: &str) -> Cow<'_, str> {
    let found = find(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = 0;
    for Found { start, end, .. } in found {
        shown.push_str(text.get(rest..start).unwrap_or_default());
        hide(text.get(start..end).unwrap_or_default(), &mut shown);
        rest = end;
    }
    shown.push_str(text.get(rest..).unwrap_or_default());
    Cow::Owned(shown)
}

/// Some figures stay, so that the owner knows which number was meant.
fn hide(number: &str, shown: &mut String) {
    let digits = number.chars().filter(|c| read::digit(*c).is_some() || read::is_x(*c)).count();
    let before = if digits <= 13 { 3 } else { 4 };
    let after = digits.saturating_sub(2);
    let mut place = 0;
    for c in number.chars() {
        let counts = read::digit(c).is_some() || read::is_x(c);
        shown.push(if counts && (before..after).contains(&place) { '*' } else { c });
        place += usize::from(counts);
    }
}

/// The number that groups of a run make together, from one to another.
fn number_at(text: &str, run: &[Digits], first: usize, last: usize) -> Option<Found> {
    let groups = run.get(first..=last)?;
    let (start, end) = (groups.first()?.start(), groups.last()?.end());
    let digits: String = groups.iter().map(Digits::text).collect();
    if let Some(kind) = whole(text, groups, &digits, start, end) {
        return Some(Found { kind, start, end });
    }
    // In Chinese words a number runs into the next word: 一三八…八一直打不通.
    let [words] = groups else { return None };
    if !words.in_words() {
        return None;
    }
    let within = |length: usize, fits: fn(&str) -> bool| {
        let spare = digits.len().checked_sub(length).filter(|spare| (1..=3).contains(spare))?;
        (0..=spare).find(|skip| digits.get(*skip..skip + length).is_some_and(fits)).map(|skip| (skip, length))
    };
    let (kind, (skip, length)) = match (within(18, number::is_identity), within(11, number::is_mobile)) {
        (Some(place), _) => (Kind::Identity, place),
        (None, Some(place)) => (Kind::Mobile, place),
        (None, None) => return None,
    };
    let (start, end) = words.part(skip, length)?;
    Some(Found { kind, start, end })
}

/// What the digits of whole groups are.
fn whole(text: &str, groups: &[Digits], digits: &str, start: usize, end: usize) -> Option<Kind> {
    let sizes: Vec<usize> = groups.iter().map(Digits::len).collect();
    let near = |words: &[&str]| read::near(text, start, end, NEAR, words);
    if number::is_identity(digits) {
        return Some(Kind::Identity);
    }
    if number::is_mobile_abroad(digits) && number::grouped_as_mobile(&sizes) {
        return Some(Kind::Mobile);
    }
    if !number::grouped_as_card(&sizes) {
        return None;
    }
    let order = || read::near(text, start, end, (6, 0), &ORDER) && !near(&BANK);
    if number::is_card(digits) && !order() {
        return Some(Kind::BankCard);
    }
    if (14..=20).contains(&digits.len()) && !digits.contains('X') && near(&BANK) && !near(&IDENTITY) {
        return Some(Kind::BankCard);
    }
    let slip = (15..=19).contains(&digits.len()) && near(&IDENTITY);
    let old = || number::is_old_identity(digits) || number::has_birthday(digits);
    (slip || (old() && !order())).then_some(Kind::Identity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_persons_are_hidden() {
        for (text, shown) in [
            ("打我电话13812345678。", "打我电话138******78。"),
            ("电话 138 1234 5678 找我", "电话 138 **** **78 找我"),
            ("+8613812345678", "+861********78"),
            ("身份证51030319500101123X", "身份证5103************3X"),
            ("卡号6222 0212 3456 7890 123", "卡号6222 **** **** **** *23"),
            ("１３８１２３４５６７８", "１３８******７８"),
            ("138\u{a0}1234\u{a0}5678", "138\u{a0}****\u{a0}**78"),
            ("打一三八一二三四五六七八一直不通", "打一三八******七八一直不通"),
            ("138 1234 5678 139 8765 4321", "138 **** **78 139 **** **21"),
        ] {
            assert_eq!(masked(text), shown);
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "编号 2026-0042",
            "2026-09-02 08:14",
            "村委会 0813-1234567",
            "三组 12 号 100 元",
            "灯杆 20260902001",
            "代码 510303108001",
            "13 25 18 40 22 9",
            "",
        ] {
            assert_eq!(masked(text), text);
        }
    }

    #[test]
    fn a_number_is_told_from_what_stands_beside_it() {
        let text = "三组林**13812345678三号";
        let found = find(text);
        assert_eq!(found.iter().map(|it| &text[it.start..it.end]).collect::<Vec<_>>(), ["13812345678"]);
        assert_eq!(found[0].kind, Kind::Mobile);
        let text = "2026-09-02 13812345678";
        assert_eq!(find(text).iter().map(|it| &text[it.start..it.end]).collect::<Vec<_>>(), ["13812345678"]);
    }

    #[test]
    fn a_wrong_digit_beside_its_word_is_found_and_elsewhere_it_is_an_order() {
        let kinds = |text: &str| find(text).into_iter().map(|it| it.kind).collect::<Vec<_>>();
        assert_eq!(kinds("银行卡号是 6222021234567890"), [Kind::BankCard]);
        assert_eq!(kinds("订单号 6222021234567890"), []);
        assert_eq!(kinds("身份证号码：510303195013011239"), [Kind::Identity]);
        assert_eq!(kinds("物流 773012345678901"), []);
    }
}
