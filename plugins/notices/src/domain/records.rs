//! What is kept beside notices.

use cunshi_sdk::days::Micros;
use cunshi_sdk::document;
use serde::{Deserialize, Serialize};

use super::{Count, Notice, Sight};

/// Somebody knows a notice.
#[document("acknowledgment")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledgment {
    /// Which notice.
    pub notice: String,
    /// Who knows it.
    pub person: String,
    /// Since when.
    pub at: Micros,
    /// Name of the cadre who told them and entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<String>,
    /// Nobody acknowledges twice.
    pub key: String,
}

impl Acknowledgment {
    /// A person's acknowledgment.
    pub fn new(notice: &str, person: &str, at: Micros, entered_by: Option<String>) -> Self {
        let key = Self::key(notice, person);
        Self { notice: notice.to_owned(), person: person.to_owned(), at, entered_by, key }
    }

    /// The unique key.
    pub fn key(notice: &str, person: &str) -> String {
        format!("{notice}|{person}")
    }
}

/// What readers of a withdrawn notice are told. It says nothing of what stood in it.
#[document("slip")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// Which notice it was.
    pub notice: String,
    /// Why it was taken back.
    pub reason: String,
    /// When.
    pub at: Micros,
    /// Who reads this.
    pub sight: Sight,
    /// For whom the notice was.
    pub audience: Vec<String>,
}

impl Slip {
    /// The slip of a notice that was out with this sight.
    pub fn of(id: &str, notice: &Notice, sight: Sight, reason: &str, at: Micros) -> Self {
        Self { notice: id.to_owned(), reason: reason.to_owned(), at, sight, audience: notice.audience.clone() }
    }
}

/// Whom a reminder is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Whom {
    /// Those who have not read it.
    #[default]
    Unread,
    /// Those who have not acknowledged it.
    Unacknowledged,
}

impl Whom {
    /// Reads the form's choice.
    pub fn parse(word: &str) -> Self {
        if word == "unacknowledged" { Self::Unacknowledged } else { Self::Unread }
    }
}

/// A reminder on its way.
#[document("reminder")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// Of which notice.
    pub notice: String,
    /// For whom.
    pub whom: Whom,
    /// When it began.
    pub at: Micros,
    /// Its day, `2026-09-02`: a notice is reminded of once a day.
    pub day: String,
    /// Some are still to be told.
    pub open: bool,
    /// The last person who was told; people are gone through by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// How many were told.
    #[serde(default)]
    pub told: u32,
    /// One a day and notice.
    pub key: String,
}

impl Reminder {
    /// A reminder that begins now.
    pub fn new(notice: &str, whom: Whom, at: Micros, day: String) -> Self {
        let key = Self::key(notice, &day);
        Self { notice: notice.to_owned(), whom, at, day, open: true, after: None, told: 0, key }
    }

    /// The unique key.
    pub fn key(notice: &str, day: &str) -> String {
        format!("{notice}|{day}")
    }
}

/// What one space below has counted of a notice of here.
#[document("tally")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The notice's id where it was written.
    pub notice: String,
    /// The town in between; empty where the space is right below.
    pub town: String,
    /// The space that counted; empty for the town itself.
    pub place: String,
    /// What it counted.
    pub count: Count,
    /// Read, of a hundred: those behind come first.
    pub percent: i64,
    /// When it was told.
    pub at: Micros,
    /// One a notice and space.
    pub key: String,
}

impl Tally {
    /// The unique key.
    pub fn key(notice: &str, town: &str, place: &str) -> String {
        format!("{notice}|{town}|{place}")
    }
}
