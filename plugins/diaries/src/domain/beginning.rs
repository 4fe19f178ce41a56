//! When the diary of a village began.

use cunshi_sdk::document;

use super::days::Micros;

/// The first entry was published: one document in each village.
#[document("beginning")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// When.
    pub at: Micros,
}
