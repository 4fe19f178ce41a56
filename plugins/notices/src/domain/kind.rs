//! The kinds of notices.

use serde::{Deserialize, Serialize};

/// What a notice is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// 公告通知
    #[default]
    Announcement,
    /// 惠农政策
    Policy,
    /// 便民信息
    Service,
    /// 安全知识; the only one that may be urgent.
    Safety,
}

impl Kind {
    /// All of them, in the order of the filters.
    pub const ALL: [Self; 4] = [Self::Announcement, Self::Policy, Self::Service, Self::Safety];

    /// The word in documents, indexes and parameters.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Announcement => "announcement",
            Self::Policy => "policy",
            Self::Service => "service",
            Self::Safety => "safety",
        }
    }

    /// Reads the word; what is not one of them is an announcement.
    pub fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_is_what_serde_writes_and_reads() {
        for kind in Kind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
            assert_eq!(Kind::parse(kind.as_str()), kind);
        }
        assert_eq!(Kind::parse("gossip"), Kind::Announcement);
    }
}
