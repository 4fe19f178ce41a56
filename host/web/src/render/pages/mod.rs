//! The host's pages, each a whole document.

mod decision;
mod form;
mod home;
mod messages;
mod mine;
mod outside;
mod overview;
mod plugin;
mod portal;
mod problem;
mod sign_in;
mod todos;

pub use decision::{Decided, decision};
pub use form::form;
pub use home::{Card, home};
pub use messages::{MessageRow, Messages, messages};
pub use mine::{Mine, mine};
pub use outside::outside;
pub use overview::{Overview, OverviewRow, overview};
pub use plugin::plugin;
pub use portal::{Portal, PortalTown, PortalVillage, portal};
pub use problem::{Problem, problem};
pub use sign_in::{SignIn, sign_in};
pub use todos::{ModuleTodos, todos};
