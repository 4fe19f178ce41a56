//! A cadre without duties in a month, and why.

use cunshi_sdk::document;

use super::days::Micros;

/// An excuse.
#[document("excuse")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excuse {
    /// Month and person: as a sheet's key.
    pub key: String,
    /// The cadre.
    pub person: String,
    /// The cadre's name.
    pub name: String,
    /// The instant at which the month begins.
    pub month: Micros,
    /// Leave, illness, study: read by the cadre, the admin and the supervisors.
    pub reason: String,
    /// Who gave it.
    pub by: String,
    /// When.
    pub at: Micros,
}
