//! The runtime with real components, in spaces in memory.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops")]

mod acts;
mod calls;
mod capabilities;
mod deeds;
mod district;
mod hostile;
mod ledger;
mod loading;
mod messages;
mod rules;
mod upgrades;
mod work;
