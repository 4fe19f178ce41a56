//! Between spaces: the calendar goes down, questions go up and their answers down, what is overdue and how a village
//! stands go up.
//!
//! The host carries an event one step: a town passes the calendar on to its villages, and their numbers on to the
//! district. The subject is always an id of the space that tells first, so that the host keeps the order.

pub mod hear;
pub mod tell;

use cunshi_sdk::prelude::{Deserialize, Serialize, Text};

use crate::domain::days::Micros;
use crate::domain::{Affairs, Counts, Item, What};

/// `disclosure.calendar/1`: the whole list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CalendarSent {
    /// Grows with every list.
    pub version: i64,
    /// What every village makes public.
    pub items: Vec<Item>,
}

/// `disclosure.question-raised/1`: a question for the office above. No name of an asker.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct QuestionRaised {
    /// The spoken number below.
    pub number: String,
    /// What it is about.
    #[serde(default)]
    pub about: Option<Text>,
    /// Which affairs.
    #[serde(default)]
    pub affairs: Option<Affairs>,
    /// As published.
    pub text: String,
    /// What the village answered.
    #[serde(default)]
    pub answer: Option<String>,
    /// What the asker still misses; none: nobody answered in time.
    #[serde(default)]
    pub why: Option<String>,
}

/// `disclosure.question-answered/1`: the answer from above.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct QuestionAnswered {
    /// The office that answers.
    pub office: String,
    /// The words.
    pub text: String,
}

/// `disclosure.overdue/1`: something is past its day, or no longer is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Overdue {
    /// What it is.
    pub what: What,
    /// What it is called.
    #[serde(default)]
    pub title: Option<Text>,
    /// Which affairs.
    #[serde(default)]
    pub affairs: Option<Affairs>,
    /// When it was due.
    pub due_at: Micros,
    /// Still overdue.
    pub open: bool,
}

/// `disclosure.counts/1`: how a village stands. A town adds the names when it passes it on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CountsTold {
    /// The numbers.
    pub counts: Counts,
    /// When they were counted.
    pub at: Micros,
    /// The village; none when it tells itself.
    #[serde(default)]
    pub name: Option<String>,
    /// The town that passes it on.
    #[serde(default)]
    pub town: Option<String>,
}

/// Name and version of [`CalendarSent`].
pub const CALENDAR: &str = "disclosure.calendar/1";
/// Name and version of [`QuestionRaised`].
pub const RAISED: &str = "disclosure.question-raised/1";
/// Name and version of [`QuestionAnswered`].
pub const ANSWERED: &str = "disclosure.question-answered/1";
/// Name and version of [`Overdue`].
pub const OVERDUE: &str = "disclosure.overdue/1";
/// Name and version of [`CountsTold`].
pub const COUNTS: &str = "disclosure.counts/1";
