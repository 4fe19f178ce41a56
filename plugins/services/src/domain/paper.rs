//! What is written in a request: for its asker and the office only, and not kept for ever.

use cunshi_sdk::prelude::document;

use super::step::Step;

/// The contents of a request.
#[document("paper")]
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Paper {
    /// The request's id.
    pub request: String,
    /// The asker's person id; none for a request from below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asker: Option<String>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// What is to be said in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// The asker's identity number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_number: Option<String>,
    /// The asker's telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// `file` or `pickup`, as the asker would like it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub want: Option<String>,
    /// Photos of papers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<String>,
    /// Everything that happened, oldest first.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Files of the result.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// Where the result is to be fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The code with which the result is fetched, while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_code: Option<String>,
}
