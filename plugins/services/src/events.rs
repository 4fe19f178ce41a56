//! Between village and town: what a village cannot finish goes up (`request-passed`); each step there comes down
//! (`request-answered`), addressed by the id of the event that brought it; what ends in the village while the town waits
//! for papers is told upward too (`request-closed`). Subject is always the request's id in the
//! village, so that the host keeps order.

pub mod hear;
pub mod tell;

use cunshi_sdk::Text;
use cunshi_sdk::prelude::{Deserialize, Micros, Serialize};

use crate::domain::{ResultKind, StepKind};

/// Name and version of [`RequestPassed`].
pub const PASSED: &str = "services.request-passed/1";
/// Name and version of [`RequestClosed`].
pub const CLOSED: &str = "services.request-closed/1";
/// Name and version of [`RequestAnswered`].
pub const ANSWERED: &str = "services.request-answered/1";

/// What the town needs to know. No photos; name and details only where the cadre passed them along.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestPassed {
    /// The spoken number in the village.
    pub number: String,
    /// The service's key.
    pub service: String,
    /// The service's title.
    pub title: Text,
    /// Working days of the service.
    pub days: u32,
    /// How the result is given.
    pub result: ResultKind,
    /// How many photos it has in the village.
    #[serde(default)]
    pub photos: u32,
    /// What the town is to do, and what was done.
    pub text: String,
    /// The asker, where passed along.
    #[serde(default)]
    pub details: Option<Details>,
}

/// What the asker wrote, where it was passed along.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Details {
    /// The asker's name.
    pub name: String,
    /// See [`crate::domain::Paper::purpose`].
    #[serde(default)]
    pub purpose: Option<String>,
    /// See [`crate::domain::Paper::details`].
    #[serde(default)]
    pub details: Option<String>,
    /// See [`crate::domain::Paper::id_number`].
    #[serde(default)]
    pub id_number: Option<String>,
    /// See [`crate::domain::Paper::phone`].
    #[serde(default)]
    pub phone: Option<String>,
}

/// A request ended in the village while the town still had it, waiting for papers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestClosed {
    /// How it ended.
    pub kind: StepKind,
}

/// A step that the town took.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestAnswered {
    /// What happened.
    pub kind: StepKind,
    /// The town's name.
    pub office: String,
    /// The words.
    #[serde(default)]
    pub text: Option<String>,
    /// What to do instead, of a refusal.
    #[serde(default)]
    pub instead: Option<String>,
    /// The deadline there.
    #[serde(default)]
    pub due_at: Option<Micros>,
}
