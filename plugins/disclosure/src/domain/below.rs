//! What the spaces below have told: what is overdue there, and how each village stands.

use cunshi_sdk::prelude::{Text, document};
use serde::{Deserialize, Serialize};

use super::days::Micros;
use super::item::Affairs;

/// What is overdue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// Something that should have been published.
    Duty,
    /// A question that a town should have answered.
    Question,
}

/// Something overdue below, as that space told it.
#[document("overdue")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverdueBelow {
    /// Its id in that space.
    pub subject: String,
    /// The name of that space.
    pub from_name: String,
    /// What it is.
    pub what: What,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// Which affairs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub affairs: Option<Affairs>,
    /// When it was due.
    pub due_at: Micros,
    /// Still overdue.
    pub open: bool,
}

/// How a village stands, as numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Duties past their day.
    pub overdue: i64,
    /// Questions past their day without an answer.
    pub questions: i64,
    /// Duties that fell due this year.
    pub due: i64,
    /// Of those, published in time.
    pub in_time: i64,
}

/// A village below.
#[document("below")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Below {
    /// The opaque name that the village gives itself.
    pub mark: String,
    /// Its name.
    pub name: String,
    /// The town between, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub town: Option<String>,
    /// Duties past their day.
    pub overdue: i64,
    /// All numbers.
    pub counts: Counts,
    /// When it told.
    pub at: Micros,
}
