//! "That was not so": the words of a villager against an entry. Its author never reads them.

use cunshi_sdk::document;

use super::days::Micros;

/// What somebody of the household said.
#[document("dispute")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// The entry's id.
    pub entry: String,
    /// Who said it.
    pub person: String,
    /// Their full name.
    pub name: String,
    /// How it really was.
    pub text: String,
    /// When.
    pub at: Micros,
}
