//! How a village names households in public, and texts without the names of the people visited.

use cunshi_sdk::words::{masked, masked_name};

/// How a village names households in public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameStyle {
    /// 林**家
    Surname,
    /// 三组一户人家
    Group,
    /// 一户人家
    Nothing,
}

impl NameStyle {
    /// Reads the setting; anything unknown shows the surname only.
    pub fn parse(text: &str) -> Self {
        match text {
            "group" => Self::Group,
            "none" => Self::Nothing,
            _ => Self::Surname,
        }
    }
}

/// A text as the public reads it: long numbers are hidden, and of these names only the surname stays. A given name
/// alone is hidden too: that is how people call each other.
pub fn public_text(text: &str, names: &[String]) -> String {
    let mut names: Vec<&str> = names.iter().map(|name| name.trim()).filter(|name| name.chars().count() > 1).collect();
    // The longest first, so that a name inside another one does not break it.
    names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
    let mut shown = masked(text).into_owned();
    for name in &names {
        shown = shown.replace(name, &masked_name(name));
    }
    for name in names {
        let given = given_name(name);
        if given.chars().count() > 1 {
            shown = shown.replace(given, "**");
        }
    }
    shown
}

fn given_name(name: &str) -> &str {
    name.strip_prefix(&cunshi_sdk::words::surname(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_of_the_visited_do_not_stand_in_public() {
        let names = ["林秀英".to_owned(), "林秀".to_owned(), "王".to_owned()];
        let text = "看望林秀英，秀英电话13812345678，林秀在家，王医生也来了";
        assert_eq!(public_text(text, &names), "看望林**，**电话138******78，林**在家，王医生也来了");
        assert_eq!(public_text("开会", &[]), "开会");
    }

    #[test]
    fn styles_are_read() {
        assert_eq!(NameStyle::parse("group"), NameStyle::Group);
        assert_eq!(NameStyle::parse("none"), NameStyle::Nothing);
        assert_eq!(NameStyle::parse("?"), NameStyle::Surname);
    }
}
