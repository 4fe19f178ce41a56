//! Stories of work near 重滩村, told against a village in memory: the platform's rules for documents, indexes, owners and
//! readers, without a database.

#![expect(clippy::unwrap_used, reason = "tests say what must be there")]

mod below;
mod come_home;
mod course;
mod fraud;
mod manifest;
mod pages;
mod private;
mod village;
