//! Stories of the diary of 天府社区, told against a village in memory: the platform's rules for documents, indexes,
//! owners and readers, without a database.

#![expect(clippy::unwrap_used, reason = "tests say what must be there")]

mod corrections;
mod deeds;
mod disputes;
mod drafts;
mod homes;
mod manifest;
mod months;
mod pages;
mod village;
mod visit;
