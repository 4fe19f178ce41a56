//! How a village writes the names of those who report.

use cunshi_sdk::words;

/// How a village writes the names of those who report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameStyle {
    /// 林**
    Surname,
    /// 林*英
    Ends,
    /// No name at all.
    Villager,
}

impl NameStyle {
    /// Reads the setting; anything unknown hides the whole name.
    pub fn parse(text: &str) -> Self {
        match text {
            "surname" => Self::Surname,
            "ends" => Self::Ends,
            _ => Self::Villager,
        }
    }
}

/// A name as the public reads it; `None` when the village writes no names.
pub fn name(full: &str, style: NameStyle) -> Option<String> {
    if full.trim().is_empty() {
        return None;
    }
    match style {
        NameStyle::Villager => None,
        NameStyle::Ends => Some(words::ends_of_name(full)),
        NameStyle::Surname => Some(words::masked_name(full)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_what_the_village_chose() {
        assert_eq!(name("林秀英", NameStyle::Surname).as_deref(), Some("林**"));
        assert_eq!(name("林秀英", NameStyle::Ends).as_deref(), Some("林*英"));
        assert_eq!(name("林秀英", NameStyle::Villager), None);
        assert_eq!(name("", NameStyle::Surname), None);
        assert_eq!(NameStyle::parse("nonsense"), NameStyle::Villager);
    }
}
