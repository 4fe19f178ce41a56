//! Who sits on the committees: name, office and term, which are public.

use cunshi_sdk::document;
use serde::{Deserialize, Serialize};

use super::Refused;

/// A body that somebody sits on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Body {
    /// 党组织
    Party,
    /// 村（居）委会、政府
    Village,
    /// 监督委员会
    Supervision,
    /// Any other.
    Other,
}

impl Body {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Party, Self::Village, Self::Supervision, Self::Other];

    /// The word in documents, forms and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Village => "village",
            Self::Supervision => "supervision",
            Self::Other => "other",
        }
    }

    /// Reads the word; anything unknown is another body.
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|body| body.as_str() == text).unwrap_or(Self::Other)
    }
}

/// Somebody in office.
#[document("seat")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Their name.
    pub name: String,
    /// Where they sit.
    pub committee: Body,
    /// What they are.
    pub office: String,
    /// The year in which they took office.
    pub since: i64,
    /// The year in which the term ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// Place in the list; equal ones stand in the order in which they were added.
    pub place: i64,
}

impl Seat {
    /// Refuses a term that ends before it begins.
    pub fn checked(self) -> Result<Self, Refused> {
        if self.until.is_some_and(|until| until < self.since) {
            return Err(Refused::TermEndsBefore);
        }
        Ok(self)
    }
}
