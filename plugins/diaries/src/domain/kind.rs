//! The kinds of work that a diary knows.

use serde::{Deserialize, Serialize};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// 走访入户
    Visit,
    /// 开会
    Meeting,
    /// 政策宣讲
    Policy,
    /// 代办跑腿
    Errand,
    /// 巡查
    Patrol,
}

impl Kind {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 5] = [Self::Visit, Self::Meeting, Self::Policy, Self::Errand, Self::Patrol];

    /// The word in documents, indexes and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Meeting => "meeting",
            Self::Policy => "policy",
            Self::Errand => "errand",
            Self::Patrol => "patrol",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether a household may be named.
    pub fn takes_household(self) -> bool {
        matches!(self, Self::Visit | Self::Policy | Self::Errand)
    }

    /// Whether a household must be named.
    pub fn needs_household(self) -> bool {
        self == Self::Visit
    }
}
