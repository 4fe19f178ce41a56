//! Words of the domain: ids, spaces, people, roles, time, the working-day calendar, and the traits
//! through which the other crates ask things of each other.
//!
//! Nothing here does I/O. To add a word, give it a file of its own; to let one crate ask something of
//! another, add a method to the trait in [`port`] and implement it where the data is. What does not
//! belong here: SQL, HTTP, wasm, and anything that only one crate needs.

pub mod budgets;
pub mod calendar;
pub mod clock;
pub mod id;
pub mod ledger;
pub mod messages;
pub mod people;
pub mod port;
pub mod rules;
pub mod space;

pub use calendar::{Calendar, LocalDay};
pub use clock::{Clock, ManualClock, Micros, SystemClock};
pub use id::{DecisionId, EventId, FileId, HouseholdId, MessageId, PersonId, SpaceId};
pub use people::{Actor, Member, Role, Roles, Via, Viewer};
pub use space::{Space, SpaceCode, SpaceKind};
