//! Rules as their authors and as the rest of the house meet them.

#![expect(clippy::expect_used, clippy::panic, reason = "a test stops with a sentence")]

mod stage;

mod checks;
mod deciding;
mod files;
mod golden;
mod hostile;
mod speed;
