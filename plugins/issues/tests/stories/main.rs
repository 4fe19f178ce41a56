//! Stories of 天府社区 and 成佳镇, told against a village in memory: the platform's rules for documents, indexes,
//! owners and readers, without a database.

#![expect(clippy::unwrap_used, reason = "tests say what must be there")]

mod deeds;
mod duplicates;
mod fig_tree;
mod manifest;
mod messages;
mod overdue;
mod pages;
mod private;
mod referral;
mod village;
