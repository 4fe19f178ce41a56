//! Numbers that belong to one person, found in texts: mobile telephone, identity card, bank card. One place for host
//! and modules, so that what one finds the other does not overlook.

use std::borrow::Cow;

/// The text with telephone, identity and bank card numbers made unreadable, as it may be published.
pub fn masked(text: &str) -> Cow<'_, str> {
    let chars: Vec<char> = text.chars().collect();
    let mut hidden = vec![false; chars.len()];
    for run in runs(&chars) {
        hide(&chars, &run, &mut hidden);
    }
    if !hidden.contains(&true) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(chars.iter().zip(&hidden).map(|(c, hide)| if *hide { '*' } else { *c }).collect())
}

/// Positions of digits that stand together.
#[derive(Clone, Copy)]
struct Group {
    start: usize,
    /// Exclusive.
    end: usize,
}

impl Group {
    fn len(self) -> usize {
        self.end - self.start
    }
}

/// Groups of digits that only a blank or a hyphen parts: `138 1234 5678` is one run of three.
fn runs(chars: &[char]) -> Vec<Vec<Group>> {
    let mut runs: Vec<Vec<Group>> = Vec::new();
    let mut at = 0;
    while let Some(found) = chars.iter().skip(at).position(|c| is_digit(*c)) {
        let start = at + found;
        let digits = chars.iter().skip(start).take_while(|c| is_digit(**c)).count();
        let mut end = start + digits;
        // The check digit of an identity number may be an X.
        if digits == 17 && chars.get(end).is_some_and(|c| matches!(c, 'x' | 'X' | 'Ｘ')) {
            end += 1;
        }
        let joins = |before: &Vec<Group>| {
            before.last().is_some_and(|last| {
                last.end + 1 == start && chars.get(last.end).is_some_and(|c| matches!(c, ' ' | '-' | '－' | '　'))
            })
        };
        match runs.last_mut() {
            Some(run) if joins(run) => run.push(Group { start, end }),
            _ => runs.push(Vec::from([Group { start, end }])),
        }
        at = end;
    }
    runs
}

fn hide(chars: &[char], run: &[Group], hidden: &mut [bool]) {
    let digits = |groups: &[Group]| -> String {
        groups
            .iter()
            .flat_map(|group| chars.get(group.start..group.end).unwrap_or_default())
            .map(|c| ascii(*c))
            .collect()
    };
    let mut mark = |groups: &[Group]| {
        let places: Vec<usize> = groups.iter().flat_map(|group| group.start..group.end).collect();
        // Some figures stay, so that the owner knows which number was meant.
        let shown_before = if places.len() <= 13 { 3 } else { 4 };
        let last_shown = places.len().saturating_sub(2);
        for place in places.into_iter().take(last_shown).skip(shown_before) {
            if let Some(hidden) = hidden.get_mut(place) {
                *hidden = true;
            }
        }
    };
    let mut whole = Vec::new();
    for group in run {
        if is_private(&digits(std::slice::from_ref(group))) {
            mark(std::slice::from_ref(group));
        } else if (3..=7).contains(&group.len()) {
            whole.push(*group);
        } else {
            whole.clear();
        }
    }
    if whole.len() > 1 && is_private(&digits(&whole)) {
        mark(&whole);
    }
}

/// Whether digits are a mobile number, an identity number or a bank card.
fn is_private(digits: &str) -> bool {
    let mobile = |text: &str| {
        text.len() == 11 && text.starts_with('1') && text.chars().nth(1).is_some_and(|second| second >= '3')
    };
    match digits.len() {
        11 => mobile(digits),
        13 => digits.strip_prefix("86").is_some_and(mobile),
        15..=19 => true,
        _ => false,
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn ascii(c: char) -> char {
    if c.is_ascii() { c } else { char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or('X') }
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
        ] {
            assert_eq!(masked(text), shown);
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in
            ["编号 2026-0042", "2026-09-02 08:14", "村委会 0813-1234567", "三组 12 号 100 元", "灯杆 20260902001", ""]
        {
            assert_eq!(masked(text), text);
        }
    }
}
