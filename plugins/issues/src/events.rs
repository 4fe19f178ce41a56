//! Between spaces: what is told upward and downward, and what is done with what is heard.
//!
//! A case that an office cannot settle goes up (`case-referred`); each step there comes down
//! (`case-answered`), addressed by the id of the event that brought it; what is past its deadline is told
//! upward (`case-overdue`). Subject is always the case's id in the lower space, so that the host keeps order.

pub mod deeds;
pub mod hear;
pub mod tell;

use cunshi_sdk::prelude::{Deserialize, Serialize};

use crate::domain::days::Micros;
use crate::domain::{Answer, StepKind, Visibility};

/// `issues.case-referred/1`: what the office above needs to know. No name, no photos.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CaseReferred {
    /// The spoken number below.
    pub number: String,
    /// As published.
    pub title: String,
    /// As published.
    #[serde(default)]
    pub detail: Option<String>,
    /// As published.
    #[serde(default)]
    pub place: Option<String>,
    /// One of the plugin's categories.
    pub category: String,
    /// Answers to the category's questions.
    #[serde(default)]
    pub answers: Vec<Answer>,
    /// Whether it is on the public board below.
    pub visibility: Visibility,
    /// How many photos it has below.
    #[serde(default)]
    pub photos: u32,
    /// Why it is referred, and what was done.
    #[serde(default)]
    pub text: Option<String>,
}

/// `issues.case-answered/1`: a step that the office above took.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CaseAnswered {
    /// What happened.
    pub kind: StepKind,
    /// The office that did it.
    pub office: String,
    /// The words, as published.
    #[serde(default)]
    pub text: Option<String>,
    /// The deadline there.
    #[serde(default)]
    pub due_at: Option<Micros>,
    /// The office further up, when it was referred onward.
    #[serde(default)]
    pub to: Option<String>,
}

/// `issues.case-overdue/1`: a case is past its deadline, or no longer is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CaseOverdue {
    /// The spoken number below.
    pub number: String,
    /// As published; none for a private case.
    #[serde(default)]
    pub title: Option<String>,
    /// One of the plugin's categories.
    pub category: String,
    /// When it should have been settled.
    pub due_at: Micros,
    /// Still overdue.
    pub open: bool,
}

/// Name and version of [`CaseReferred`].
pub const REFERRED: &str = "issues.case-referred/1";
/// Name and version of [`CaseAnswered`].
pub const ANSWERED: &str = "issues.case-answered/1";
/// Name and version of [`CaseOverdue`].
pub const OVERDUE: &str = "issues.case-overdue/1";
