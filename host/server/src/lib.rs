//! The operator's side of Cunshi: the command line, the district in files, the demo, and the wiring of store,
//! runtime and web into one process.
//!
//! One file per command in `command/`: its arguments, its `run`, nothing else. To add one, write its file and
//! a line in [`command::Command`]. What does not belong here: what a request does (`web`), what a call does
//! (`runtime`), how things are kept (`store`).

pub mod command;
pub mod demo;
pub mod plan;
pub mod senders;
pub mod telemetry;
pub mod tenants;
pub mod wire;
pub mod words;
