//! What crosses `people` beside one person or household: lists of them, and who has seen what.

use serde::{Deserialize, Serialize};

use crate::call::{Household, Micros, Person};
use crate::manifest::Who;

/// Greatest number of people or households of one answer.
pub const MAX_PEOPLE: u32 = 500;

/// Which people of the space; everything left out is not asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PeopleQuery {
    /// With this role: `member` (everybody of the space), `cadre`, `supervisor` or `admin`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Who>,
    /// Of this group of the village, such as `三组`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Of this household.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<String>,
    /// At most this many, 1 to [`MAX_PEOPLE`]; 100 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Where the page before ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// Some people, by name, and where to go on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PeoplePage {
    /// In the order of their names.
    pub people: Vec<Person>,
    /// The cursor of the next page; none at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Which households of the space.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HouseholdQuery {
    /// Of this group of the village.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// At most this many, 1 to [`MAX_PEOPLE`]; 100 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Where the page before ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// Some households, by name, and where to go on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HouseholdPage {
    /// In the order of their names.
    pub households: Vec<Household>,
    /// The cursor of the next page; none at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A group of the village (村民小组) with its size.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Group {
    /// Its name, such as `三组`.
    pub name: String,
    /// Households in it.
    pub households: u32,
    /// People in those households.
    pub people: u32,
}

/// Somebody who opened a page that declares `seen = true`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Seen {
    /// Opaque id of the person.
    pub person: String,
    /// When they opened it first.
    pub at: Micros,
}
