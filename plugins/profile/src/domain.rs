//! What the village's page holds and how it may change: pure, without a host, tested natively.
//!
//! A new part of the page begins with its type in a file of its own, a name in [`stamp::Part`], and its words in
//! `texts.toml`. What does not belong here: reading, writing, views, and words for people.

pub mod about;
pub mod album;
pub mod duty;
pub mod milestone;
pub mod question;
pub mod refused;
pub mod seat;
pub mod session;
pub mod stamp;

pub use about::{About, AboutIndexes, Figure, FigureKind};
pub use album::{Album, AlbumIndexes, Picture, PictureIndexes};
pub use duty::{Duty, DutyIndexes, Hours, Rota};
pub use milestone::{Correction, Milestone, MilestoneIndexes, Words};
pub use question::{Answer, Question, QuestionIndexes, Sight, State};
pub use refused::Refused;
pub use seat::{Body, Seat, SeatIndexes};
pub use session::{Booking, BookingIndexes, Session, SessionIndexes, When};
pub use stamp::{Part, Stamp, StampIndexes};
