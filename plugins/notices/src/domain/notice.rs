//! A notice as it is kept.

use cunshi_sdk::days::Micros;
use cunshi_sdk::document;
use serde::{Deserialize, Serialize};

use super::{Audience, Count, Kind, State};

/// A notice. Fields that follow from others are set by `arrange` alone.
#[document("notice")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// What it is about.
    pub kind: Kind,
    /// One line.
    pub title: String,
    /// The text; line breaks are kept.
    pub text: String,
    /// File ids of pictures.
    #[serde(default)]
    pub photos: Vec<String>,
    /// File ids of attachments.
    #[serde(default)]
    pub files: Vec<String>,
    /// Where it stands.
    pub state: State,
    /// For whom it is.
    pub addressed: Audience,
    /// Those for whom it is are asked to say that they know it.
    #[serde(default)]
    pub acknowledge: bool,
    /// Also told outside the platform.
    #[serde(default)]
    pub urgent: bool,
    /// Its place on the board: when it was published; before that, when it was written.
    pub at: Micros,
    /// When it goes out by itself, while it waits for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publish_at: Option<Micros>,
    /// The end of its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Micros>,
    /// When it was put right last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_at: Option<Micros>,
    /// Since when it stands at the head of the board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<Micros>,
    /// Why it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawal>,
    /// Name of the cadre who wrote it, for the office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// 1 when it went out, and one more with every correction: what was heard twice changes nothing.
    #[serde(default)]
    pub revision: u32,
    /// The id of the notice in the space above that it is a copy of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Who sent it down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<Sender>,
    /// Those it reached and who read it, as last counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<Count>,

    /// Who reads it, for the host: follows from state and audience.
    pub sight: Sight,
    /// Keys of those for whom it is: follow from `addressed`.
    #[serde(default)]
    pub audience: Vec<String>,
    /// Which board it is on, if any: follows from `state`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub board: Option<Board>,
    /// The keys once more, while it asks to be acknowledged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asking: Option<Vec<String>>,
    /// `expires_at`, while it is on the board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry_due: Option<Micros>,
    /// `at`, once it is out and while it was not withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_at: Option<Micros>,
}

/// Who reads a notice, as the manifest's `readers` know it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sight {
    /// The office only.
    #[default]
    Office,
    /// Everybody, visitors too.
    Public,
    /// Those for whom it is.
    Addressed,
}

/// The boards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Board {
    /// What holds now.
    #[default]
    Current,
    /// What is over.
    Past,
}

impl Board {
    /// The word in indexes and parameters.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Past => "past",
        }
    }

    /// Reads the parameter.
    pub fn parse(word: &str) -> Self {
        if word == "past" { Self::Past } else { Self::Current }
    }
}

/// The office above that sent a notice down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// Its name, such as `贡井区`.
    pub name: String,
    /// `town` or `district`.
    pub kind: String,
    /// Pictures and attachments that it has there; files stay in the space where they were uploaded.
    #[serde(default)]
    pub attachments: u32,
}

/// Why a notice was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// When.
    pub at: Micros,
    /// The reason, for readers.
    pub reason: String,
    /// Name of the cadre, for the office; none for a copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

impl Notice {
    /// Whether it is a copy of a notice of the town or the district.
    pub fn is_copy(&self) -> bool {
        self.source.is_some()
    }

    /// Whether it is for somebody who has these keys.
    pub fn is_for(&self, keys: &[String]) -> bool {
        self.audience.iter().any(|key| keys.contains(key))
    }

    /// Whether somebody for whom it is may be asked to acknowledge it now.
    pub fn asks(&self) -> bool {
        self.acknowledge && self.state == State::Published
    }

    /// Sets what follows from state and audience.
    pub(super) fn arrange(&mut self) {
        let published = self.state == State::Published;
        self.audience = self.addressed.keys();
        self.sight = match (self.state.is_out(), &self.addressed) {
            (false, _) => Sight::Office,
            (true, Audience::All) => Sight::Public,
            (true, _) => Sight::Addressed,
        };
        self.board = match self.state {
            State::Published => Some(Board::Current),
            State::Expired => Some(Board::Past),
            _ => None,
        };
        self.asking = (published && self.acknowledge).then(|| self.audience.clone());
        self.expiry_due = self.expires_at.filter(|_| published);
        self.counted_at = self.state.is_out().then_some(self.at);
        if !published {
            self.pin = None;
        }
        if self.state != State::Scheduled {
            self.publish_at = None;
        }
        self.urgent &= self.kind == Kind::Safety;
    }
}
