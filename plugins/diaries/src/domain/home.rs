//! Hard-pressed households: who they are and why is for cadres only.

use cunshi_sdk::document;
use serde::{Deserialize, Serialize};

use super::days::Micros;

/// Most households on the list.
pub const MOST: u32 = 200;

/// Who put it on the list or took it off, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// On or off.
    pub on: bool,
    /// Why.
    pub why: String,
    /// The cadre's name.
    pub by: String,
    /// When.
    pub at: Micros,
}

/// A hard-pressed household.
#[document("home")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Id of the household.
    pub household: String,
    /// Its name.
    pub name: String,
    /// Its group; empty for none.
    pub group: String,
    /// On the list now.
    pub listed: bool,
    /// Since when it is on the list, or was.
    pub since: Micros,
    /// What happened, oldest first.
    pub history: Vec<Listed>,
}

impl Home {
    /// Why it is on the list, or was taken off.
    pub fn why(&self) -> &str {
        self.history.last().map(|last| last.why.as_str()).unwrap_or_default()
    }

    /// Puts it on the list or takes it off; the history keeps its last twenty lines.
    pub fn note(&mut self, listed: Listed) {
        self.listed = listed.on;
        if listed.on {
            self.since = listed.at;
        }
        self.history.push(listed);
        let over = self.history.len().saturating_sub(20);
        self.history.drain(..over);
    }
}
