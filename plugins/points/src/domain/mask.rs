//! What is not shown in public: names as the village chose, and long numbers that belong to one person.

/// How a village writes names in public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameStyle {
    /// 林秀英
    Full,
    /// 林**
    Surname,
    /// 三组林家
    Household,
}

impl NameStyle {
    /// Reads the setting; anything unknown shows the surname only.
    pub fn parse(text: &str) -> Self {
        match text {
            "full" => Self::Full,
            "household" => Self::Household,
            _ => Self::Surname,
        }
    }
}

/// Surnames of two characters that are met in Sichuan.
const COMPOUND: [&str; 10] = ["欧阳", "上官", "司马", "诸葛", "夏侯", "皇甫", "尉迟", "令狐", "慕容", "司徒"];

/// The surname of a Chinese name; of any other, its first letter.
pub fn surname(full: &str) -> String {
    let full = full.trim();
    let compound = COMPOUND.into_iter().find(|two| full.starts_with(two) && full.chars().count() > 2);
    compound.map_or_else(|| full.chars().take(1).collect(), str::to_owned)
}

/// The text with long numbers (telephone, identity, bank card) made unreadable but for the first three and the last
/// two figures, as it may be published. Groups of digits that one blank or hyphen parts count as one number.
pub fn private_numbers(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        let run = number_at(&chars, at);
        let digits = run.iter().filter(|c| is_digit(**c)).count();
        if digits == 0 {
            shown.push(*c);
            at += 1;
            continue;
        }
        let mut seen = 0;
        for c in run {
            let hidden = is_digit(*c) && digits >= PRIVATE && seen >= 3 && seen + 2 < digits;
            seen += usize::from(is_digit(*c));
            shown.push(if hidden { '*' } else { *c });
        }
        at += run.len();
    }
    shown
}

/// A number of so many digits is somebody's.
const PRIVATE: usize = 11;

/// The number that begins here, with what parts its groups.
fn number_at(chars: &[char], start: usize) -> &[char] {
    let rest = chars.get(start..).unwrap_or_default();
    let mut end = 0;
    while let Some(c) = rest.get(end) {
        let parts = matches!(c, ' ' | '-' | '　' | '－') && end > 0 && rest.get(end + 1).is_some_and(|c| is_digit(*c));
        if !is_digit(*c) && !parts {
            break;
        }
        end += 1;
    }
    rest.get(..end).unwrap_or_default()
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames() {
        assert_eq!(surname("林秀英"), "林");
        assert_eq!(surname("欧阳秀英"), "欧阳");
        assert_eq!(surname("欧阳"), "欧");
        assert_eq!(surname("Ann Lin"), "A");
        assert_eq!(surname(""), "");
        assert_eq!(NameStyle::parse("nonsense"), NameStyle::Surname);
    }

    #[test]
    fn numbers_of_persons_are_hidden_and_others_stay() {
        for (text, shown) in [
            ("打我电话13812345678。", "打我电话138******78。"),
            ("电话 138 1234 5678 找我", "电话 138 **** **78 找我"),
            ("１３８１２３４５６７８", "１３８******７８"),
            ("三组 12 号，帮 2 个人", "三组 12 号，帮 2 个人"),
            ("2026-09-02 上午", "2026-09-02 上午"),
            ("", ""),
        ] {
            assert_eq!(private_numbers(text), shown);
        }
    }
}
