//! Steps: what happened to an award, for its timeline.

use serde::{Deserialize, Serialize};

use super::days::Micros;

/// A person with a part in something: their name is kept as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// Id of the person.
    pub person: String,
    /// Full name.
    pub name: String,
    /// Id of their household.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<String>,
}

impl Hand {
    /// Whether both are of one household, or the same person.
    pub fn is_of(&self, person: Option<&str>, household: Option<&str>) -> bool {
        person == Some(self.person.as_str()) || (self.household.is_some() && self.household.as_deref() == household)
    }
}

/// Kinds of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// Another module told of the deed.
    Recorded,
    /// A villager claimed it.
    Claimed,
    /// A deduction was entered.
    Entered,
    /// One of the review group is for it.
    Approved,
    /// One of the review group is against it.
    Opposed,
    /// The review group declined it.
    Declined,
    /// Its claimant took it back.
    Withdrawn,
    /// Its publicity period began.
    Published,
    /// Somebody objected.
    Objected,
    /// An objection was upheld.
    Upheld,
    /// An objection was dismissed.
    Dismissed,
    /// It was posted.
    Posted,
    /// There was nothing to take away.
    Spared,
    /// The row was put right.
    Corrected,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What happened.
    pub kind: StepKind,
    /// When.
    pub at: Micros,
    /// Whose hand; none for the platform's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Hand>,
    /// The words said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Until when, for a publicity period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Micros>,
}

impl Step {
    /// A step of the platform's.
    pub fn new(kind: StepKind, at: Micros) -> Self {
        Self { kind, at, by: None, text: None, until: None }
    }

    /// Whose hand it was.
    #[must_use]
    pub fn by(mut self, hand: Option<Hand>) -> Self {
        self.by = hand;
        self
    }

    /// The words said; none for empty ones.
    #[must_use]
    pub fn words(mut self, text: Option<String>) -> Self {
        self.text = text.filter(|text| !text.trim().is_empty());
        self
    }
}
