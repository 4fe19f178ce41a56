//! What tests need: spaces in memory, and guests written as a list of steps.
//!
//! Not part of the platform: behind the feature `testing`. Everything here panics on misuse, as tests do.

#![expect(clippy::expect_used, reason = "doubles for tests: what is wrong here must stop the test")]
#![expect(clippy::missing_panics_doc, reason = "see above")]

pub mod guest;
pub mod memory;
pub mod rules;

pub use guest::{Guest, Step};
pub use memory::MemorySpaces;
pub use rules::{JsonRule, JsonRules};
