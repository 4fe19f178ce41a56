//! Pages: each file builds one view tree (or the cards of one place). Words come from `words` and `texts.toml`; what
//! is looked up comes from `listing` and `books`. What does not belong here: deciding or writing.

pub mod account;
pub mod activities;
pub mod award;
pub mod cards;
pub mod claim;
pub mod desk;
pub mod earn;
pub mod overview;
pub mod publicity;
pub mod ranks;
pub mod reservation;
pub mod row;
pub mod shop;
pub mod timeline;
