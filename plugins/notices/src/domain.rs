//! What a notice is, for whom, and how it may move: pure, without a host, tested natively.
//!
//! A new step begins in [`state`] (which moves are allowed), gets its method in [`moves`] and its words in
//! `texts.toml`. What does not belong here: reading, writing, views, and words for people.

pub mod audience;
pub mod count;
pub mod kind;
pub mod moves;
pub mod notice;
pub mod records;
pub mod state;

pub use audience::{Audience, EVERYBODY};
pub use count::Count;
pub use kind::Kind;
pub use moves::{Change, Words};
pub use notice::{Board, Notice, NoticeIndexes, Sender, Sight, Withdrawal};
pub use records::{
    Acknowledgment, AcknowledgmentIndexes, Reminder, ReminderIndexes, Slip, SlipIndexes, Tally, TallyIndexes, Whom,
};
pub use state::{Move, Refused, State, next};
