//! What people see: one file for each page, and the parts that several share.

pub mod albums;
pub mod asked;
pub mod board;
pub mod cards;
pub mod chronicle;
pub mod duty_desk;
pub mod edit;
pub mod front;
pub mod hours;
pub mod milestone;
pub mod mine;
pub mod row;
pub mod session;
pub mod week;
