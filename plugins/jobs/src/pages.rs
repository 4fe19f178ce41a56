//! What people see: one file per page, and [`cards`] on the host's own pages. Views only; which postings there are is
//! `listing`'s, how things are called is `words`'.

pub mod applied;
pub mod board;
pub mod cards;
pub mod desk;
pub mod edit;
pub mod posting;
pub mod row;
pub mod signup;
