//! Stories of the counter of 天府社区 and of 成佳镇, told against a village in memory: the platform's rules for
//! documents, indexes, owners and readers, without a database.

#![expect(clippy::unwrap_used, reason = "tests say what must be there")]

mod catalogue;
mod certificate;
mod clock;
mod counter;
mod manifest;
mod pages;
mod papers;
mod privacy;
mod town;
mod village;
