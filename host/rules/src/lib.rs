//! Rules: Rhai, in the one hardened engine (DESIGN.md §6), the check before a version is published, and the replay
//! of what was decided.
//!
//! A rule is a table and a script. The script's one function is given facts and answers the declared output; what
//! depends on history it asks of the host, and a run ends at the first question that has no answer yet
//! ([`cunshi_model::rules::Step`]). A script reads, reckons and answers; there is no door to anything else.
//!
//! - [`Rules`] steps, checks and replays; `engine` builds the engine and sets every limit, and nothing else may.
//! - To give scripts one more function, register it in `host`; to ask the host one more thing, add the question in
//!   `cunshi_model::rules` and its function in `host`.
//! - [`files`] reads a rule as it lies in `tenants/`.
//!
//! What does not belong here: where rules and decisions are kept (`store`), who may publish (`web`), asking and
//! answering questions of a running call (`runtime`).

pub mod check;
pub mod files;
mod rules;

mod amount;
mod guard;
mod mistake;
mod table;
mod value;

mod engine;
mod host;
mod run;
mod script;
mod walk;

mod say;

pub use check::{CaseResult, Mistake, Report};
pub use rules::{ENGINE_VERSION, Rules};
