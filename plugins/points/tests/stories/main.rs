//! Stories of 天府社区 and its points, told against a village in memory: the platform's rules for documents, owners,
//! readers and the ledger, without a database. What the rule answers is `village::rule`'s.

#![expect(clippy::unwrap_used, reason = "tests say what must be there")]

mod claims;
mod corrections;
mod cycle;
mod deductions;
mod deeds;
mod manifest;
mod messages;
mod objections;
mod pages;
mod shop;
mod village;
mod volunteers;
