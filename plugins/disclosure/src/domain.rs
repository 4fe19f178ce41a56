//! What must be made public, what was, and what is asked about it: pure, without a host, tested natively.
//!
//! A new kind of item begins in [`item`], a new move of a disclosure in [`state`] and [`disclosure`]. What does not
//! belong here: reading, writing, views, and words for people.

pub mod below;
pub mod calendar;
pub mod disclosure;
pub mod duty;
pub mod finance;
pub mod item;
pub mod period;
pub mod question;
pub mod state;

pub use cunshi_sdk::days;

pub use below::{Below, BelowIndexes, Counts, OverdueBelow, OverdueBelowIndexes, What};
pub use calendar::{Calendar, CalendarIndexes};
pub use disclosure::{Content, Disclosure, DisclosureIndexes, Step, StepKind};
pub use duty::{Duty, DutyIndexes, Mark};
pub use finance::{Finance, LineError, LineProblem, Row, TableError};
pub use item::{Affairs, Every, Item};
pub use period::Period;
pub use question::{Asked, Origin, Question, QuestionIndexes, QuestionState, Raised, Said};
pub use state::{Move, Refused, State, next};
