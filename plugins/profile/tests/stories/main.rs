//! Stories of 天府社区, told against a village in memory: the platform's rules for documents, indexes, owners and
//! readers, without a database.

#![expect(clippy::unwrap_used, reason = "tests say what must be there")]

mod chronicle;
mod duty;
mod hours;
mod introduction;
mod manifest;
mod measures;
mod pages;
mod pictures;
mod questions;
mod village;
