//! Pages: each file builds one view tree (or the cards of one place). Words come from `words` and `texts.toml`; what is
//! looked up comes from `listing`. What does not belong here: deciding or writing.

pub mod cards;
pub mod catalogue;
pub mod counter;
pub mod desk;
pub mod mine;
pub mod offers;
pub mod receipt;
pub mod row;
pub mod service;
pub mod timeline;
pub mod track;
