//! Spaces: the units of tenancy, in a tree village → town → district.

use std::fmt;
use std::str::FromStr;

use cunshi_contract::manifest::SpaceKindName;
use serde::{Deserialize, Serialize};

use crate::id::SpaceId;

/// The statistical code that is a space's address: 12 digits (a town's and the district's code is filled
/// up with zeros: 成佳镇 `510303108000`, 贡井区 `510303000000`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SpaceCode(String);

/// Why a text is not a [`SpaceCode`].
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a statistical code: write 12 digits, or the first 6 or 9 of a district or town")]
pub struct BadCode(String);

impl SpaceCode {
    /// The 12 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SpaceCode {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<Self, BadCode> {
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        match text.len() {
            12 | 9 | 6 if digits => Ok(Self(format!("{text:0<12}"))),
            _ => Err(BadCode(text.to_owned())),
        }
    }
}

impl TryFrom<String> for SpaceCode {
    type Error = BadCode;

    fn try_from(text: String) -> Result<Self, BadCode> {
        text.parse()
    }
}

impl From<SpaceCode> for String {
    fn from(code: SpaceCode) -> Self {
        code.0
    }
}

impl fmt::Display for SpaceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Kinds of space. A community is a village by another name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpaceKind {
    /// 村
    Village,
    /// 社区
    Community,
    /// 镇 / 街道
    Town,
    /// 区
    District,
}

impl SpaceKind {
    /// `village`, `community`, `town`, `district`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Village => "village",
            Self::Community => "community",
            Self::Town => "town",
            Self::District => "district",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Village, Self::Community, Self::Town, Self::District].into_iter().find(|kind| kind.as_str() == text)
    }

    /// A village or community.
    pub fn is_village(self) -> bool {
        matches!(self, Self::Village | Self::Community)
    }

    /// The word that manifests use under `in`.
    pub fn manifest_name(self) -> SpaceKindName {
        match self {
            Self::Village | Self::Community => SpaceKindName::Village,
            Self::Town => SpaceKindName::Town,
            Self::District => SpaceKindName::District,
        }
    }
}

/// A space as the district knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Space {
    /// Its lasting identity.
    pub id: SpaceId,
    /// Its present address.
    pub code: SpaceCode,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: SpaceKind,
    /// The space above; none for the district.
    pub parent: Option<SpaceId>,
}
