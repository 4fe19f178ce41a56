//! What a case is and how it may move: pure, without a host, tested natively.
//!
//! A new kind of step begins in [`state`] (which moves are allowed), gets its method in [`moves`] and its
//! words in `texts.toml`. What does not belong here: reading, writing, views, and words for people.

pub mod case;
pub mod category;
pub mod mask;
pub mod moves;
pub mod state;
pub mod step;
pub mod voice;

pub use cunshi_sdk::days;

pub use case::{Answer, Case, CaseIndexes, Complexity, Origin, Referral, Report, Visibility};
pub use moves::{By, Rating, UpperStep};
pub use state::{Move, Refused, State, next};
pub use step::{Side, Step, StepKind};
pub use voice::{OverdueBelow, OverdueBelowIndexes, Voice, VoiceIndexes, VoiceKind};
