//! What people see: one file for each page or kind of page.

pub mod board;
pub mod cadre;
pub mod calendar;
pub mod cards;
pub mod desk;
pub mod diary;
pub mod homes;
pub mod row;
pub mod summary;
pub mod timeline;
pub mod writing;
