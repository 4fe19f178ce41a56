//! When a part of the page changed last, and by whom: shown beneath the part.

use cunshi_sdk::days::Micros;
use cunshi_sdk::document;

/// A part of the page that is edited by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The introduction with its figures.
    Introduction,
    /// Who sits on the committees.
    Committee,
    /// Who is on duty.
    Duty,
    /// Albums and their pictures.
    Albums,
    /// 大事记
    Milestones,
    /// The secretary's hours.
    Sessions,
}

impl Part {
    /// The word in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Introduction => "introduction",
            Self::Committee => "committee",
            Self::Duty => "duty",
            Self::Albums => "albums",
            Self::Milestones => "milestones",
            Self::Sessions => "sessions",
        }
    }
}

/// The last change of a part.
#[document("stamp")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// See [`Part::as_str`].
    pub part: String,
    /// When.
    pub at: Micros,
    /// Name of whoever changed it.
    pub by: String,
}
