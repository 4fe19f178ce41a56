//! Where an award stands, and what may still be done with it.

use serde::{Deserialize, Serialize};

/// Where an award comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Another module told of it.
    #[default]
    Deed,
    /// A villager claimed it.
    Claim,
    /// A cadre or supervisor entered it.
    Deduction,
}

impl Source {
    /// The word in documents, indexes and rules.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deed => "deed",
            Self::Claim => "claim",
            Self::Deduction => "deduction",
        }
    }
}

/// Where an award stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Waits for its first review.
    Claimed,
    /// Some of the review group have looked at it.
    UnderReview,
    /// 公示: in its publicity period.
    Published,
    /// In its publicity period, with an objection that waits for its answer.
    Objected,
    /// 入账: in the ledger.
    Posted,
    /// The review group declined it.
    Declined,
    /// Its claimant took it back.
    Withdrawn,
    /// An objection was upheld.
    Struck,
    /// The rule gave nothing.
    Nothing,
}

impl State {
    /// The word in documents and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::UnderReview => "under-review",
            Self::Published => "published",
            Self::Objected => "objected",
            Self::Posted => "posted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Struck => "struck",
            Self::Nothing => "nothing",
        }
    }

    /// On whose desk it is: `review`, `publicity` or `done`.
    pub fn desk(self) -> &'static str {
        match self {
            Self::Claimed | Self::UnderReview => REVIEW,
            Self::Published | Self::Objected => PUBLICITY,
            _ => "done",
        }
    }

    /// Waits for the review group.
    pub fn is_in_review(self) -> bool {
        self.desk() == REVIEW
    }

    /// On the public board.
    pub fn is_public(self) -> bool {
        self.desk() == PUBLICITY
    }

    /// On its way to the ledger.
    pub fn is_open(self) -> bool {
        self.is_in_review() || self.is_public()
    }
}

/// The desk of what waits for review.
pub const REVIEW: &str = "review";
/// The desk of what is in its publicity period.
pub const PUBLICITY: &str = "publicity";

/// Why something cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is not in review.
    NotInReview,
    /// The reviewer has voted already.
    AlreadyVoted,
    /// It concerns the actor's own household.
    OwnHousehold,
    /// The actor entered it, or objected to it.
    OwnHand,
    /// It is not in its publicity period.
    NotPublic,
    /// The actor's objection to it is still waiting.
    AlreadyObjected,
    /// Only its claimant may take it back.
    NotYours,
    /// It is too late to take it back.
    TooLate,
    /// The objection is answered.
    Answered,
    /// It is not in the ledger.
    NotPosted,
    /// The correction changes nothing, or turns an award into a deduction.
    NoCorrection,
    /// Another correction of it waits for its second person.
    CorrectionWaits,
    /// The correction has been dealt with.
    CorrectionOver,
}
