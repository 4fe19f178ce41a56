//! The bank of texts (`matters.toml`): what people say, what offices answer.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::pictures::Subject;

/// All texts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bank {
    #[serde(rename = "matter")]
    pub matters: Vec<Matter>,
    pub declined: Vec<Declined>,
    pub extend: Reasons,
    pub supplement: Texts,
    pub unsolved: Unsolved,
    pub note: Texts,
    pub town: Town,
    pub stars: BTreeMap<u8, Vec<String>>,
}

/// Something that somebody says.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matter {
    pub category: String,
    pub title: String,
    pub detail: String,
    pub complexity: Complexity,
    /// Answers to the questions of the category.
    #[serde(default)]
    pub extra: Map<String, Value>,
    /// What the office says when it accepts, in between, and at the end.
    pub accept: String,
    pub progress: Option<String>,
    pub close: String,
    /// Why it may go to the town.
    pub refer: Option<String>,
    /// Shown before and after.
    pub picture: Option<Subject>,
    #[serde(default)]
    pub private: bool,
}

/// Something that is not the village's to settle.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declined {
    pub category: String,
    pub title: String,
    pub detail: String,
    #[serde(default)]
    pub extra: Map<String, Value>,
    /// Why, and where to turn instead.
    pub reason: String,
}

/// How hard it is: decides the deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Complexity {
    Simple,
    Ordinary,
    Complex,
}

impl Complexity {
    /// As the action's field takes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Ordinary => "ordinary",
            Self::Complex => "complex",
        }
    }

    /// Working days, where a village set nothing else.
    pub fn working_days(self) -> u32 {
        match self {
            Self::Simple => 3,
            Self::Ordinary => 7,
            Self::Complex => 15,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reasons {
    pub reasons: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    pub texts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unsolved {
    pub texts: Vec<String>,
    pub again: Vec<String>,
    pub closed: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Town {
    pub accepts: Vec<String>,
    pub progress: Vec<String>,
}

impl Bank {
    /// Reads the bank.
    pub fn read() -> Result<Self> {
        toml::from_str(include_str!("matters.toml")).context("the demo's texts")
    }
}

impl Matter {
    /// The matter as it is said in one group at one spot.
    #[must_use]
    pub fn said(&self, group: &str, spot: &str) -> Self {
        let fill = |text: &str| text.replace("{group}", group).replace("{spot}", spot);
        let mut said = self.clone();
        for text in [&mut said.title, &mut said.detail, &mut said.accept, &mut said.close] {
            *text = fill(text);
        }
        for text in [&mut said.progress, &mut said.refer].into_iter().flatten() {
            *text = fill(text);
        }
        for value in said.extra.values_mut() {
            if let Value::String(text) = value {
                *text = fill(text);
            }
        }
        said
    }
}

/// Spots that the people of any village would name.
pub const SPOTS: [&str; 14] = [
    "老水井旁边",
    "村口小桥",
    "大黄桷树下",
    "村小门口",
    "文化广场",
    "卫生室对面",
    "堰塘边",
    "祠堂坝子",
    "小卖部门口",
    "公交站台",
    "晒坝边上",
    "石板桥头",
    "观音岩下面",
    "机耕道口",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_matter_can_be_said_and_names_no_placeholder_any_more() {
        let bank = Bank::read().unwrap();
        assert!(bank.matters.len() >= 40);
        for matter in &bank.matters {
            let said = matter.said("三组", "村口小桥");
            let all = [&said.title, &said.detail, &said.accept, &said.close].into_iter();
            for text in all.chain(&said.progress).chain(&said.refer) {
                assert!(!text.contains(['{', '}']), "{text}");
            }
            assert!(said.title.chars().count() <= 80 && !said.close.is_empty());
        }
        for category in ["safety", "roads", "environment", "water", "disputes", "policy", "other"] {
            assert!(bank.matters.iter().any(|matter| matter.category == category), "{category}");
        }
    }

    #[test]
    fn every_number_of_stars_has_its_words() {
        let bank = Bank::read().unwrap();
        assert_eq!(bank.stars.keys().copied().collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    }
}
