//! The nodes of a request's timeline.

use serde::{Deserialize, Serialize};

use super::days::Micros;

/// Whose hand a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The asker's.
    Asker,
    /// This office's.
    Office,
    /// The town's; the step's name is its name.
    Above,
    /// The village below that passed it; the step's name is its name.
    Below,
    /// The platform's own.
    Platform,
}

/// What happened in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// It came in; `until` is the deadline.
    Received,
    /// Taken up; `until` is the deadline.
    Accepted,
    /// Something is missing.
    NeedMore,
    /// Words or papers were added.
    Supplemented,
    /// Something was done.
    Progress,
    /// Passed to the town, whose name is `to`.
    Passed,
    /// Past its deadline `until`.
    Overdue,
    /// Finished, with a file or with nothing to hand over; `until` was the deadline.
    Finished,
    /// The result is at the counter `to`; `until` was the deadline.
    Ready,
    /// Handed over; `to` is who fetched it, where it was somebody else.
    HandedOver,
    /// Refused with a reason.
    Refused,
    /// Withdrawn by the asker.
    Withdrawn,
    /// Given stars.
    Rated,
}

impl StepKind {
    /// The word in the keys of messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::NeedMore => "need-more",
            Self::Supplemented => "supplemented",
            Self::Progress => "progress",
            Self::Passed => "passed",
            Self::Overdue => "overdue",
            Self::Finished => "finished",
            Self::Ready => "ready",
            Self::HandedOver => "handed-over",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Rated => "rated",
        }
    }
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
    /// The full name of the person or office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What to do instead, of a refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
    /// File ids of photos.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<String>,
    /// A deadline: see [`StepKind`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Micros>,
    /// An office, a place or a person: see [`StepKind`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The asker's name and details went along to the town.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub with_details: bool,
}

impl Step {
    /// A step without words.
    pub fn new(kind: StepKind, side: Side, at: Micros) -> Self {
        Self {
            kind,
            at,
            side,
            name: None,
            text: None,
            instead: None,
            photos: Vec::new(),
            until: None,
            to: None,
            with_details: false,
        }
    }

    /// The words; empty ones are none.
    #[must_use]
    pub fn words(self, text: Option<String>) -> Self {
        Self { text: text.filter(|text| !text.trim().is_empty()), ..self }
    }
}
