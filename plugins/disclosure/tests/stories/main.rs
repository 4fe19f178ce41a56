//! Stories of 天府社区, 成佳镇 and 贡井区, told against spaces in memory: the platform's rules for documents, indexes,
//! owners and readers, without a database.

#![expect(clippy::unwrap_used, reason = "tests say what must be there")]

mod calendar;
mod finance;
mod manifest;
mod overdue;
mod pages;
mod questions;
mod signing;
mod village;
