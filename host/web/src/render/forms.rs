//! Names that every form of the host carries beside the manifest's fields. A manifest's field names have
//! no dot, so these cannot collide.

/// The idempotency key.
pub const KEY: &str = "form.key";
/// Path and query of the page on which the form stood: where a refused form is shown again.
pub const FROM: &str = "form.from";
/// Whom the action is done for; the runtime's reserved field.
pub const ON_BEHALF_OF: &str = "on_behalf_of";
/// A `period` field sends `<name>.from` and `<name>.to`.
pub const PERIOD_FROM: &str = ".from";
/// See [`PERIOD_FROM`].
pub const PERIOD_TO: &str = ".to";
