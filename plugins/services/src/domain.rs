//! What services and requests are and how a request may move: pure, without a host, tested natively.
//!
//! A new kind of step begins in [`state`] (which moves are allowed), gets its method in [`moves`] and its words in
//! `texts.toml`. What does not belong here: reading, writing, views, and words for people.

pub mod code;
pub mod figures;
pub mod moves;
pub mod paper;
pub mod request;
pub mod service;
pub mod state;
pub mod step;
pub mod time;

pub use cunshi_sdk::days;

pub use figures::{Figure, FigureIndexes, Rating, RatingIndexes, Tally, TallyIndexes};
pub use moves::{By, Finish, UpperStep};
pub use paper::{Paper, PaperIndexes};
pub use request::{Asked, Origin, Passed, Request, RequestIndexes};
pub use service::{Guide, Offer, OfferIndexes, ResultKind, Service, Source};
pub use state::{Board, Move, Refused, State, next};
pub use step::{Side, Step, StepKind};
