//! Draws pages: every node of the view tree, the shell around it, and the host's own pages.
//!
//! A handler fills a [`RenderContext`] and calls one function of [`pages`]; what comes back is a whole
//! document. Every text that did not come from this crate is escaped by `maud`; there is no inline
//! script or style anywhere, so the Content Security Policy needs no exceptions.
//!
//! To add a node: draw it in a file of [`nodes`] and name it in [`view`]. To add a page of the host: a
//! file in [`pages`]. What does not belong here: asking plugins, reading stores, deciding who may.

pub mod addresses;
pub mod context;
pub mod forms;
pub mod icon;
pub mod layout;
pub mod markdown;
pub(crate) mod nodes;
pub mod pages;
pub mod say;
pub mod view;

#[cfg(test)]
mod tests;

pub use context::{Flash, FormState, NavEntry, Opt, PersonView, RenderContext, SpaceView};
pub use view::file_ids;
