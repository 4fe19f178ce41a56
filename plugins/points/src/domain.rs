//! What awards, goods and activities are and how they may move: pure, without a host, tested natively.
//!
//! A new kind of step begins in [`state`] (which moves are allowed), gets its method in [`award`] and its words in
//! `texts.toml`. What does not belong here: reading, writing, views, and words for people.

pub mod activity;
pub mod amount;
pub mod award;
pub mod code;
pub mod correction;
pub mod course;
pub mod cycle;
pub mod mask;
pub mod objection;
pub mod shop;
pub mod state;
pub mod step;
pub mod table;

pub use cunshi_sdk::days;

pub use activity::{Activity, ActivityIndexes, ActivityState, Signup, SignupIndexes, SignupState};
pub use award::{Award, AwardIndexes, Claimed, Visibility, Vote};
pub use correction::{Correction, CorrectionIndexes, CorrectionState};
pub use course::{Course, Why};
pub use cycle::{Cycle, CycleIndexes, Day, DayIndexes, Span};
pub use objection::{Objection, ObjectionIndexes, ObjectionState};
pub use shop::{Budget, BudgetIndexes, Goods, GoodsIndexes, Reservation, ReservationIndexes, ReservationState};
pub use state::{Refused, Source, State};
pub use step::{Hand, Step, StepKind};
