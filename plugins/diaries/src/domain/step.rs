//! The history of an entry: nothing in it is changed or removed.

use serde::{Deserialize, Serialize};

use super::days::Micros;

/// Whose hand something is, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct By {
    /// The person's id.
    pub person: String,
    /// The full name.
    pub name: String,
    /// When.
    pub at: Micros,
}

/// What happened to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// It was published.
    Written,
    /// Somebody of the household says that it was so.
    Confirmed,
    /// Somebody of the household says that it was not so. The words are in a [`super::Dispute`].
    Disputed,
    /// Its author changed it; `before` is what stood there.
    Corrected,
    /// Checked: it is right.
    Stands,
    /// Checked: it is wrong.
    Falls,
    /// What was promised is done.
    Followed,
    /// Taken back.
    Withdrawn,
}

impl StepKind {
    /// Whether somebody of the household did it, whose name the public does not read.
    pub fn is_of_household(self) -> bool {
        matches!(self, Self::Confirmed | Self::Disputed)
    }
}

/// What a correction replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// What was done.
    pub text: String,
    /// The day.
    pub day: Micros,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// How long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<i64>,
    /// What was promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<String>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<Micros>,
}

/// One step of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What happened.
    pub kind: StepKind,
    /// When.
    pub at: Micros,
    /// The person's id.
    pub by: String,
    /// The full name; that of villagers is masked before it is shown.
    pub name: String,
    /// Reason, finding, what became of a promise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Of a correction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Before>,
}

impl Step {
    /// A step.
    pub fn new(kind: StepKind, by: &By) -> Self {
        Self { kind, at: by.at, by: by.person.clone(), name: by.name.clone(), text: None, before: None }
    }

    /// Its words.
    #[must_use]
    pub fn words(self, text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..self }
    }
}
