//! What the host and its guests share: the manifest (`plugin.toml`), the JSON that crosses the ABI,
//! and the view tree that pages answer with.
//!
//! Everything here is plain data. A type that grows gets optional fields only; a new kind of node or
//! field is a new variant. The JSON Schemas in `schemas/` are generated from these types and checked
//! by a test, so that authors in other languages can rely on them.
//!
//! To add a node to the view tree: add the variant in [`view`], draw it in `host/web`'s renderer, add
//! a builder in `plugin-sdk/sdk`'s `view`. What does not belong here: anything that reads, writes or decides
//! (but for [`privacy`], which finds what must not be published, and the ledger in memory of tests, `ledger::books`,
//! behind the feature `testing`).

pub mod call;
pub mod deed;
pub mod field;
pub mod ledger;
pub mod manifest;
pub mod message;
pub mod people;
pub mod privacy;
pub mod rule;
pub mod text;
pub mod view;

pub use call::{Call, Event, FileInfo, Household, Outcome, Person, Query, Range, Send, Todo};
pub use field::{Field, FieldKind};
pub use manifest::{Manifest, ManifestError};
pub use message::{Message, Reach};
pub use people::{Group, HouseholdPage, HouseholdQuery, PeoplePage, PeopleQuery, Seen};
pub use text::{Lang, Text};
pub use view::{Node, View};

/// The WIT of package `cunshi:plugin`, in the order in which a reader needs it.
pub const WIT: [(&str, &str); 3] = [
    ("types.wit", include_str!("../../wit/types.wit")),
    ("exports.wit", include_str!("../../wit/exports.wit")),
    ("imports.wit", include_str!("../../wit/imports.wit")),
];

/// The version of the WIT package, part of every interface's name.
pub const ABI_VERSION: &str = "1.0.0";

/// The name of the custom section that carries the manifest as JSON.
pub const MANIFEST_SECTION: &str = "cunshi:manifest";
