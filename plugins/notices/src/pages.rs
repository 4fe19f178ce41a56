//! What people see. One file for each page; `row` draws a notice in lists.

pub mod below;
pub mod board;
pub mod cards;
pub mod desk;
pub mod office;
pub mod readers;
pub mod row;
pub mod show;
pub mod write;
