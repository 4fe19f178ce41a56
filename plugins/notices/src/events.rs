//! Between spaces: a notice of the district goes down to the towns, and each town passes it on to its villages; what
//! villages count goes up the same way. The host carries an event one step down or up.
//!
//! Subject is always the notice's id where it was written, so that the host keeps order and every space knows it by
//! that id, once.

pub mod hear;
pub mod tell;

use cunshi_sdk::days::Micros;
use cunshi_sdk::prelude::{Deserialize, Serialize};

use crate::domain::{Count, Kind, Sender};

/// `notices.published/1`: a notice, or a later version of it. Files stay where they were uploaded.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Published {
    /// Greater with every correction.
    pub revision: u32,
    /// What it is about.
    pub kind: Kind,
    /// One line.
    pub title: String,
    /// The text.
    pub text: String,
    /// Asks to be acknowledged.
    #[serde(default)]
    pub acknowledge: bool,
    /// Also outside the platform.
    #[serde(default)]
    pub urgent: bool,
    /// The end of its last day.
    #[serde(default)]
    pub expires_at: Option<Micros>,
    /// Who wrote it.
    pub sender: Sender,
}

/// `notices.withdrawn/1`: it no longer holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Why, for readers.
    pub reason: String,
}

/// `notices.counted/1`: how many it reached. Names nobody.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Counted {
    /// The village that counted, where a town passes it on; left out: the sender itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What it counted.
    #[serde(flatten)]
    pub count: Count,
}

/// Name and version of [`Published`].
pub const PUBLISHED: &str = "notices.published/1";
/// Name and version of [`Withdrawn`].
pub const WITHDRAWN: &str = "notices.withdrawn/1";
/// Name and version of [`Counted`].
pub const COUNTED: &str = "notices.counted/1";
