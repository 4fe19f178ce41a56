//! wasmtime: the engine and its limits, what plugins may ask of the host, and the calls into them.
//!
//! A [`Runtime`] holds the catalogue of [`Release`]s and turns a page, a query, an action, an event or a
//! job step into one call of a fresh instance inside one transaction of one space.
//!
//! To offer plugins one more capability, add its interface to `plugin-sdk/wit` and a file to
//! `capability/`; to call plugins for one more reason, add an interface there and a file to `calls/`.
//! What does not belong here: SQL, HTTP, HTML, and any decision about a village's affairs.

mod calls;
mod capability;
mod error;
pub mod fields;
mod instance;
pub mod privacy;
mod release;
mod report;
mod routes;
mod rules;
mod runtime;
mod shape;
mod state;
mod upgrade;
mod view;

mod admission;
mod budget;
mod lane;
mod meter;

mod abi;
mod cache;
pub mod check;
mod compile;
mod engine;

pub mod package;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use budget::{Budgets, Limit};
pub use calls::{Acted, Caller, Card, PluginTodos, Worked};
pub use check::MAX_COMPONENT_BYTES;
pub use compile::{compile_in_child, compile_main};
pub use error::{CallError, Failure, FieldError, LoadError, RuleFailed, RuntimeError, Stopped};
pub use release::Release;
pub use report::FailureReport;
pub use rules::NoRules;
pub use runtime::{Runtime, RuntimeOptions};
