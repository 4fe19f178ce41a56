//! The JSON that crosses the ABI beside pages: what a call is told, and what it answers.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Lang, Text};

mod build;

/// Microseconds since 1970-01-01 UTC.
pub type Micros = i64;

/// What every exported function is told about its call.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Call {
    /// Who acts; none for visitors, jobs and events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Caller>,
    /// The reader's language.
    pub lang: Lang,
    /// The platform's clock at the start of the call.
    pub now: Micros,
    /// Where the call runs.
    pub space: SpaceInfo,
    /// Parameters of a page or query, fields of an action (validated, defaults filled in), `{cursor}` of
    /// a job, `{from, to}` of a measure, an [`Event`] for `hear`.
    #[serde(default)]
    pub params: Map<String, Value>,
}

/// The acting person as a plugin sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Caller {
    /// Opaque id of the person.
    pub person: String,
    /// The name, as the grant allows.
    pub name: String,
    /// Their household in this space.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<String>,
    /// Roles in this space: `member`, `cadre`, `supervisor`, `admin`, `officer`.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Whom the actor acts for (a cadre for somebody without a phone), when the action's form says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<String>,
}

/// The space of the call. A plugin learns its name, never an address to reach another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SpaceInfo {
    /// `village`, `community`, `town` or `district`.
    pub kind: String,
    /// The name, such as `天府社区`.
    pub name: String,
    /// The name of the space above, such as `成佳镇`; none for the district.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<String>,
}

/// A query over one declared index.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// The index's name.
    pub index: String,
    /// Values for the first fields of the index, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equals: Vec<Value>,
    /// A range on the next field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// From the greatest key down.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub descending: bool,
    /// At most this many, 1 to 200; 50 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Where the page before ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// A half-open range: from (inclusive) to (exclusive); either end may be left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// Inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Value>,
    /// Exclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Value>,
}

/// An event to send.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Send {
    /// Name and version as the manifest lists it under `sends`, such as `issues.case-closed/1`.
    pub name: String,
    /// Deliveries of one subject stay in order; usually a document id.
    pub subject: String,
    /// The payload, at most 64 KiB.
    #[serde(default)]
    pub payload: Value,
    /// Not delivered before this instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Micros>,
    /// For events that go down: the id of an event from below that this one answers; only its sender's
    /// space receives it. Left out, every space below receives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<String>,
}

/// An event as a plugin hears it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// Opaque id; pass it as [`Send::answers`].
    pub id: String,
    /// Name and version.
    pub name: String,
    /// The plugin that sent it.
    pub from_plugin: String,
    /// `here`, `below` (a space underneath sent it up) or `above`.
    pub from: String,
    /// The name of the sending space when it is another one: for people to read, not to address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_name: Option<String>,
    /// Deliveries of one subject stay in order.
    pub subject: String,
    /// The payload.
    pub payload: Value,
    /// When it was sent.
    pub at: Micros,
}

/// What an action answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Outcome {
    /// Where the browser goes next; the plugin's first page when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub go: Option<crate::view::To>,
    /// A sentence to show there, in the reader's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub say: Option<String>,
    /// What the JSON API answers as `result`.
    #[serde(default)]
    pub result: Value,
    /// What the action was about, kept in the audit row: usually a document id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

/// A person of the space, as far as the grant goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Person {
    /// Opaque id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Household in this space.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<String>,
    /// Roles in this space.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Telephone, with the grant `contact` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// A household of the space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Household {
    /// Opaque id.
    pub id: String,
    /// Name, usually of its head.
    pub name: String,
    /// Group of the village (村民小组), such as `三组`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Ids of its members.
    #[serde(default)]
    pub members: Vec<String>,
}

/// A file that was uploaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FileInfo {
    /// Opaque id; images are shown by it, others linked by it.
    pub id: String,
    /// `image` or `file`.
    pub kind: String,
    /// The name that it had on the sender's device.
    pub name: String,
    /// Media type as found in the content.
    pub media_type: String,
    /// Bytes stored.
    pub bytes: u64,
    /// Pixels, for images.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Pixels, for images.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

/// One thing that waits for the actor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Todo {
    /// What to do, in the reader's language.
    pub title: String,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Micros>,
    /// Where it is done.
    pub link: crate::view::To,
    /// Greater comes first among equals in time; 0 to 100.
    #[serde(default)]
    pub weight: u8,
}

/// A measure over a period.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Measured {
    /// The number (counts are whole; shares are parts of `of`).
    pub value: i64,
    /// For a share: of how many. None for plain counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<i64>,
    /// What was counted, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}
