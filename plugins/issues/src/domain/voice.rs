//! Small documents beside the cases: voices of neighbours, and what the spaces below have overdue.

use cunshi_sdk::prelude::document;
use serde::{Deserialize, Serialize};

use super::days::Micros;

/// How somebody is with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VoiceKind {
    /// 附议: it happens to me too.
    Support,
    /// 关注: tell me how it goes.
    Follow,
}

impl VoiceKind {
    /// The word in documents and indexes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Follow => "follow",
        }
    }
}

/// One person standing behind one case, or following it.
#[document("voice")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The case's id.
    pub case: String,
    /// The person's id.
    pub person: String,
    /// Which of the two.
    pub kind: VoiceKind,
    /// Since when.
    pub at: Micros,
    /// Case, person and kind in one, so that nobody counts twice.
    pub key: String,
}

impl Voice {
    /// A voice.
    pub fn new(case: &str, person: &str, kind: VoiceKind, at: Micros) -> Self {
        let key = Self::key(case, person, kind);
        Self { case: case.to_owned(), person: person.to_owned(), kind, at, key }
    }

    /// The key under which one is found.
    pub fn key(case: &str, person: &str, kind: VoiceKind) -> String {
        format!("{case}/{person}/{}", kind.as_str())
    }
}

/// A case of a space below that is past its deadline, as that space told it.
#[document("overdue")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverdueBelow {
    /// The case's id there; the subject of the event.
    pub case: String,
    /// The name of that space.
    pub from_name: String,
    /// The case's spoken number there.
    pub number: String,
    /// Its title; none when the case is private.
    #[serde(default)]
    pub title: Option<String>,
    /// Its category.
    pub category: String,
    /// When it should have been settled.
    pub due_at: Micros,
    /// Still overdue; false once it was settled or put off.
    pub open: bool,
}
