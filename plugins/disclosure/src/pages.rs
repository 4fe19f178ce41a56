//! Pages: each file builds one view tree (or the cards of one place). Words come from `words` and `texts.toml`; what
//! is looked up comes from `listing`. What does not belong here: deciding or writing.

pub mod below;
pub mod board;
pub mod calendar;
pub mod cards;
pub mod desk;
pub mod disclosure;
pub mod items;
pub mod question;
pub mod questions;
pub mod row;
pub mod table;
pub mod write;
