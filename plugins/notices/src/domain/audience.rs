//! For whom a notice is, as keys: a reader has keys too, and reads what shares one with them.

use serde::{Deserialize, Serialize};

/// The key that everybody has, visitors too.
pub const EVERYBODY: &str = "all";

/// For whom a notice is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Everybody: public.
    #[default]
    All,
    /// Groups of the village, by name.
    Groups(Vec<String>),
    /// Households, by id.
    Households(Vec<String>),
}

impl Audience {
    /// Greatest number of groups or households: each of them is one message, and a call sends twenty.
    pub const MOST: usize = 20;

    /// The word of the form's choice.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::All => EVERYBODY,
            Self::Groups(_) => "groups",
            Self::Households(_) => "households",
        }
    }

    /// Whether it is for everybody.
    pub fn is_all(&self) -> bool {
        matches!(self, Self::All)
    }

    /// Whether somebody is chosen, and not too many.
    pub fn is_complete(&self) -> bool {
        match self {
            Self::All => true,
            Self::Groups(chosen) | Self::Households(chosen) => !chosen.is_empty() && chosen.len() <= Self::MOST,
        }
    }

    /// The keys that it is indexed by.
    pub fn keys(&self) -> Vec<String> {
        match self {
            Self::All => vec![EVERYBODY.to_owned()],
            Self::Groups(names) => names.iter().map(|name| Self::group_key(name)).collect(),
            Self::Households(ids) => ids.iter().map(|id| Self::household_key(id)).collect(),
        }
    }

    /// The keys of somebody of this household and group.
    pub fn keys_of(household: Option<&str>, group: Option<&str>) -> Vec<String> {
        let own = [group.map(Self::group_key), household.map(Self::household_key)];
        std::iter::once(EVERYBODY.to_owned()).chain(own.into_iter().flatten()).collect()
    }

    fn group_key(name: &str) -> String {
        format!("group:{name}")
    }

    fn household_key(id: &str) -> String {
        format!("household:{id}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn somebody_reads_what_shares_a_key_with_them() {
        let lin = Audience::keys_of(Some("h1"), Some("三组"));
        let reads = |audience: &Audience, keys: &[String]| audience.keys().iter().any(|key| keys.contains(key));
        assert!(reads(&Audience::All, &lin));
        assert!(reads(&Audience::Groups(texts(&["一组", "三组"])), &lin));
        assert!(reads(&Audience::Households(texts(&["h1"])), &lin));
        assert!(!reads(&Audience::Groups(texts(&["一组"])), &lin));
        assert!(!reads(&Audience::Households(texts(&["h2", "三组"])), &lin));
        // A group that is called like a household, or like everybody, is neither.
        assert!(!reads(&Audience::Groups(texts(&["h1", "all"])), &lin));
        assert_eq!(Audience::keys_of(None, None), ["all"]);
    }

    #[test]
    fn nobody_chosen_is_not_everybody() {
        assert!(Audience::All.is_complete());
        assert!(!Audience::Groups(Vec::new()).is_complete());
        assert!(Audience::Households(Vec::new()).keys().is_empty());
        assert!(!Audience::Households(vec!["h".to_owned(); Audience::MOST + 1]).is_complete());
    }
}
