//! Objections to an award in its publicity period.

use cunshi_sdk::prelude::document;
use serde::{Deserialize, Serialize};

use super::days::Micros;
use super::step::Hand;

/// Where an objection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ObjectionState {
    /// Waits for its answer.
    Open,
    /// It is right: the award was struck.
    Upheld,
    /// It is not.
    Dismissed,
}

impl ObjectionState {
    /// The word in documents and indexes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Upheld => "upheld",
            Self::Dismissed => "dismissed",
        }
    }
}

/// One objection. Who made it is shown to the office and the supervisors only.
#[document("objection")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    /// The award's id.
    pub award: String,
    /// Its spoken number.
    pub number: String,
    /// What it is called.
    pub label: String,
    /// Who objects.
    pub by: Hand,
    /// What is not right.
    pub text: String,
    /// When.
    pub at: Micros,
    /// Until when it must be answered.
    pub due: Micros,
    /// Where it stands.
    pub state: ObjectionState,
    /// Who answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<Hand>,
    /// What.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Micros>,
    /// Within its deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_time: Option<bool>,
    /// Award and person while it is open: nobody has two open ones to the same award.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_key: Option<String>,
}

impl Objection {
    /// A new one.
    pub fn new(award: &str, number: &str, label: &str, by: Hand, text: String, at: Micros, due: Micros) -> Self {
        let open_key = Some(Self::key(award, &by.person));
        let (award, number, label) = (award.to_owned(), number.to_owned(), label.to_owned());
        Self {
            award,
            number,
            label,
            by,
            text,
            at,
            due,
            state: ObjectionState::Open,
            answered_by: None,
            answer: None,
            answered_at: None,
            on_time: None,
            open_key,
        }
    }

    /// The key of an open one.
    pub fn key(award: &str, person: &str) -> String {
        format!("{award}/{person}")
    }

    /// Answers it.
    pub fn answer(&mut self, by: Hand, upheld: bool, text: String, now: Micros) {
        self.state = if upheld { ObjectionState::Upheld } else { ObjectionState::Dismissed };
        self.answered_by = Some(by);
        self.answer = Some(text);
        self.answered_at = Some(now);
        self.on_time = Some(now <= self.due);
        self.open_key = None;
    }

    /// Whether its answer is late.
    pub fn is_overdue(&self, now: Micros) -> bool {
        self.state == ObjectionState::Open && now > self.due
    }
}
