//! Reports that a posting is false, and how a town remembers the way down.

use cunshi_sdk::prelude::document;

use super::days::Micros;

/// Every reason that a report may give, in the order of the form.
pub const REASONS: [&str; 5] = ["money", "false", "pay", "filled", "other"];

/// Somebody says that something is wrong with a posting.
#[document("doubt")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The posting's id here.
    pub posting: String,
    /// Its title.
    pub title: String,
    /// Who says so: the id; none for one from below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Their full name, for the office; none for one from below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The village that tells of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub village: Option<String>,
    /// One of [`REASONS`].
    pub why: String,
    /// What happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Since when.
    pub at: Micros,
    /// Nobody has decided yet.
    pub open: bool,
    /// What was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// Posting and person in one, until it was decided: nobody reports twice before that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

impl Doubt {
    /// The key of a person's open report.
    pub fn key(posting: &str, person: &str) -> String {
        format!("{posting}/{person}")
    }

    /// Decided.
    pub fn settle(&mut self, verdict: &str) {
        self.open = false;
        self.key = None;
        self.verdict = Some(verdict.to_owned());
    }
}

/// Which event from below brought a sign-up that was passed on to the office above.
#[document("passage")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The sign-up's id where it was made.
    pub signup: String,
    /// The event.
    pub event: String,
}
