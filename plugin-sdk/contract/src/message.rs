//! Messages to people: what crosses `notify`.

use serde::{Deserialize, Serialize};

use crate::Text;
use crate::manifest::Who;
use crate::view::To;

/// Longest title of a message, in characters of either language.
pub const MAX_TITLE: usize = 80;
/// Longest body of a message, in characters of either language.
pub const MAX_BODY: usize = 300;
/// Longest key of a message, in bytes.
pub const MAX_KEY: usize = 200;
/// Greatest number of messages of one call; one to everybody is one.
pub const MAX_MESSAGES: u32 = 20;

/// A message into the inbox of people of this space, kept with the call that sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Who gets it.
    pub to: Reach,
    /// What it says first, at most [`MAX_TITLE`] characters.
    pub title: Text,
    /// A sentence or two more, at most [`MAX_BODY`] characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Text>,
    /// The page of this plugin that it leads to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<To>,
    /// What it is about, such as `closed:<id of the case>`: nobody gets a second message of the same plugin and key.
    pub key: String,
    /// Also sent outside the platform (SMS and the like), where the district has a sender and the person agreed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub urgent: bool,
}

/// Who gets a message. People of other spaces are never among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// One person, by id.
    Person(String),
    /// Everybody of a household, by id.
    Household(String),
    /// Everybody of a group of the village, by name.
    Group(String),
    /// Everybody with a role: `member` (all people of the space), `cadre`, `supervisor` or `admin`.
    Role(Who),
}

impl Message {
    /// A message with its title, under a key.
    pub fn new(to: Reach, key: impl Into<String>, title: Text) -> Self {
        Self { to, title, body: None, link: None, key: key.into(), urgent: false }
    }

    /// A sentence or two more.
    #[must_use]
    pub fn body(mut self, body: Text) -> Self {
        self.body = Some(body);
        self
    }

    /// The page that it leads to.
    #[must_use]
    pub fn link(mut self, to: To) -> Self {
        self.link = Some(to);
        self
    }

    /// Also outside the platform.
    #[must_use]
    pub fn urgent(mut self) -> Self {
        self.urgent = true;
        self
    }
}
