//! The district's database and one data space per village, on SQLite through sqlx.
//!
//! [`Store`] opens a data folder: `district.db` ([`District`]) holds what no single space owns;
//! `spaces/<uuid>.db` ([`SpaceStore`]) holds what one space owns, so that it can be exported, verified and
//! restored as one piece. The runtime reaches documents, events and jobs through the traits of
//! [`cunshi_model::port`], which [`Store`] implements.
//!
//! How to add one more kind of record: a migration under `migrations/<engine>/<district|space>/` with the
//! next number; a file in `district/` or `space/` with its statements inside [`statements!`] and its
//! functions beneath them; its `ALL` in the list of `statements.rs`, so that a test prepares them. Statements
//! are one text for every engine: `$1` placeholders, `space_id` as an explicit condition, ids TEXT, times
//! BIGINT, booleans 0 or 1.
//!
//! What does not belong here: who may do what (the runtime asks with a `Viewer`), HTTP, wasm, and what a
//! rule means: rules are texts here.

#[macro_use]
mod statements;

mod store;

mod district;
mod error;
mod space;

mod db;
mod due;
mod outside;
mod spaces;
mod standing;

pub use district::District;
pub use district::accounts::{Account, NewAccount};
pub use district::releases::ReleaseRecord;
pub use district::sessions::{SessionRecord, SignedIn};
pub use district::tree::SpaceTree;
pub use error::StoreError;
pub use space::SpaceStore;
pub use space::audit::AuditRow;
pub use space::deliveries::ParkedDelivery;
pub use space::messages::Received;
pub use space::outgoing::{Choice, FailedLetter, Outgoing, Tried};
pub use space::rules::failures::FailedRule;
pub use space::rules::publications::Publication;
pub use space::rules::versions::{RuleState, RuleVersion};
pub use space::seen::Sight;
pub use space::verify::{Flaw, VerifyReport};
pub use standing::Standing;
pub use store::{Store, StoreOptions};
