//! What a posting and a sign-up are and how they may move: pure, without a host, tested natively.
//!
//! A new move of a posting begins in [`course`], one of a sign-up in [`signup`]; its words are in `texts.toml`. What does
//! not belong here: reading, writing, views, and words for people.

pub mod course;
pub mod doubt;
pub mod posting;
pub mod signup;
pub mod terms;

pub use cunshi_sdk::days;

pub use course::{News, Refused};
pub use doubt::{Doubt, DoubtIndexes, Passage, PassageIndexes};
pub use posting::{Hand, Posting, PostingIndexes, State, Why};
pub use signup::{Applicant, Lead, LeadIndexes, NotPossible, Origin, SignState, Signup, SignupIndexes};
pub use terms::{Kind, Lack, Per, TRADES, Terms};
