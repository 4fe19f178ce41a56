//! How each node is drawn, in files of nodes that belong together.

pub(super) mod calendar;
pub(super) mod cell;
pub(super) mod choice;
pub(super) mod field;
pub(super) mod figures;
pub(super) mod form;
pub(super) mod ledger;
pub(super) mod links;
pub(super) mod list;
pub(super) mod media;
pub(crate) mod private;
pub(super) mod prose;
pub(super) mod qr;
pub(super) mod receipt;
pub(super) mod table;
pub(super) mod timeline;
pub(super) mod upload;
