//! The nodes of a case's timeline.

use serde::{Deserialize, Serialize};

use super::days::Micros;

/// Whose hand a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// A villager's.
    Villager,
    /// This office's.
    Office,
    /// The office above; the step's name is its name.
    Above,
    /// The space below that referred the case; the step's name is its name.
    Below,
    /// The platform's own.
    Platform,
}

/// What happened in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// The matter was said (by [`Side::Below`]: referred here).
    Reported,
    /// Taken up; `until` is the deadline.
    Accepted,
    /// Something was done.
    Progress,
    /// A reply on the way.
    Answered,
    /// Handed to the office above, whose name is `to`.
    Referred,
    /// The deadline was put off to `until`.
    Extended,
    /// Closed with an answer; `until` was the deadline.
    Closed,
    /// Refused with a reason.
    Declined,
    /// Goes on as the case whose number is `to`.
    Merged,
    /// The case whose number is `to` goes on here.
    Absorbed,
    /// Not solved.
    Reopened,
    /// Given `stars`.
    Rated,
    /// For colleagues only.
    Note,
    /// Words added by the reporter.
    Supplemented,
    /// Taken from the public board.
    Hidden,
    /// Past its deadline `until`.
    Overdue,
}

/// One node of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What happened.
    pub kind: StepKind,
    /// When.
    pub at: Micros,
    /// Whose hand.
    pub side: Side,
    /// The person's id, where a person of this space did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The full name of the person or office; villagers' names are masked before they are shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// File ids of photos.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<String>,
    /// A deadline: see [`StepKind`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Micros>,
    /// An office or a number: see [`StepKind`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<u8>,
}

impl Step {
    /// A step without words.
    pub fn new(kind: StepKind, side: Side, at: Micros) -> Self {
        Self {
            kind,
            at,
            side,
            by: None,
            name: None,
            text: None,
            photos: Vec::new(),
            until: None,
            to: None,
            stars: None,
        }
    }

    /// Who did it.
    #[must_use]
    pub fn by(self, person: Option<String>, name: Option<String>) -> Self {
        Self { by: person, name, ..self }
    }

    /// The words; empty ones are none.
    #[must_use]
    pub fn words(self, text: Option<String>) -> Self {
        Self { text: text.filter(|text| !text.trim().is_empty()), ..self }
    }

    /// Whether only the office and the supervisors see it.
    pub fn is_internal(&self) -> bool {
        self.kind == StepKind::Note
    }
}
