//! An item of the calendar: which affairs, what, how often, within how many days.

use cunshi_sdk::prelude::Text;
use serde::{Deserialize, Serialize};

use super::days::Micros;

/// The three kinds of affairs (三务).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Affairs {
    /// 党务
    Party,
    /// 村务
    Village,
    /// 财务
    Finance,
}

impl Affairs {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Village, Self::Finance, Self::Party];

    /// Reads the form's value; anything unknown is none of them.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|affairs| affairs.as_str() == text)
    }

    /// The word in documents, indexes and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Village => "village",
            Self::Finance => "finance",
        }
    }
}

/// How often something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Every {
    /// After every month.
    Monthly,
    /// After every quarter.
    Quarterly,
    /// After every year.
    Yearly,
    /// Whenever it happens: a major matter.
    AtOnce,
}

impl Every {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Monthly, Self::Quarterly, Self::Yearly, Self::AtOnce];

    /// Reads the form's value.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|every| every.as_str() == text)
    }

    /// The word in documents and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
            Self::Yearly => "yearly",
            Self::AtOnce => "at-once",
        }
    }
}

/// Something that every village makes public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its name in keys: `finance`, `item-7`. Never used for another item.
    pub key: String,
    /// Which affairs.
    pub affairs: Affairs,
    /// What it is called.
    pub title: Text,
    /// How often.
    pub every: Every,
    /// Published at the latest so many calendar days after the period's end, or after the day of the matter.
    pub days: u32,
    /// Asked for since this instant; none: since the village began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Micros>,
}

/// What villages go by until their district has sent a list of its own (sample): village affairs every quarter,
/// finance every month, party affairs every quarter, major matters within 10 days.
pub fn defaults() -> Vec<Item> {
    let item = |key: &str, affairs, zh: &str, en: &str, every, days| Item {
        key: key.to_owned(),
        affairs,
        title: Text::new(zh, en),
        every,
        days,
        since: None,
    };
    vec![
        item("village", Affairs::Village, "村务公开", "Village affairs", Every::Quarterly, 15),
        item("finance", Affairs::Finance, "财务收支", "Income and expenses", Every::Monthly, 10),
        item("party", Affairs::Party, "党务公开", "Party affairs", Every::Quarterly, 15),
        item("major", Affairs::Village, "重大事项", "Major matters", Every::AtOnce, 10),
    ]
}
