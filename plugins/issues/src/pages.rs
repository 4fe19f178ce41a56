//! Pages: each file builds one view tree (or the cards of one place). Words come from `words` and
//! `texts.toml`; what is looked up comes from `listing`. What does not belong here: deciding or writing.

pub mod below;
pub mod board;
pub mod cards;
pub mod case;
pub mod desk;
pub mod new;
pub mod number;
pub mod receipt;
pub mod row;
pub mod stats;
pub mod timeline;
