//! What the crates ask of each other: `runtime` asks for spaces ([`Spaces`]), `store` answers; the
//! in-memory double of the runtime's own tests is the second implementation.
//!
//! A [`ReadSpace`] is one snapshot; a [`WriteSpace`] is one transaction that is undone unless it is
//! committed. Neither can name another space.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use cunshi_contract::manifest::{Collection, Direction};
use cunshi_contract::{Group, Household, HouseholdPage, HouseholdQuery, PeopleQuery, Query, Seen};
use serde_json::Value;

use crate::clock::Micros;
use crate::id::{EventId, FileId, HouseholdId, PersonId, SpaceId};
use crate::ledger::{ReadLedger, WriteLedger};
use crate::messages::WriteMessages;
use crate::people::{Actor, Member, Viewer};
use crate::rules::{DistrictRules, ReadRules, WriteRules};
use crate::space::Space;

/// Why data is not given or taken. The texts name what to do; none quotes SQL.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// No such record in this space, or not for this reader.
    #[error("there is no such record here")]
    Missing,
    /// The record has another version than the one named.
    #[error("the record has changed: it has version {current} now")]
    Conflict {
        /// The version stored.
        current: u64,
    },
    /// A unique index holds the key already.
    #[error("another record of this village has the same key in `{index}`")]
    Duplicate {
        /// The index.
        index: String,
    },
    /// The request is malformed.
    #[error("{0}")]
    Invalid(String),
    /// Too many wait for this space's one writer.
    #[error("this village is busy; try again in a few seconds")]
    Busy,
    /// The space is unknown.
    #[error("there is no such space")]
    NoSpace,
    /// The storage failed; `Display` does not print the source.
    #[error("the storage failed")]
    Storage(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Result of this module.
pub type Result<T, E = DataError> = std::result::Result<T, E>;

/// Whether a plugin runs in a space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PluginState {
    /// Switched on.
    pub on: bool,
    /// Kept at a version; none follows the district's roll-out.
    pub pinned: Option<String>,
}

/// What every call needs to know of its space, kept in memory and renewed when it changes.
#[derive(Clone, Debug)]
pub struct SpaceProfile {
    /// The space.
    pub space: Space,
    /// The name of the space above.
    pub above: Option<String>,
    /// Plugins by name; one that is not named is off.
    pub plugins: BTreeMap<String, PluginState>,
    /// Changed settings by plugin: JSON objects of declared names.
    pub settings: BTreeMap<String, Value>,
    /// The office's telephone, shown on every page.
    pub office_phone: Option<String>,
}

/// Where a document operation happens.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The plugin whose collection it is.
    pub plugin: &'a str,
    /// The collection as its manifest declares it.
    pub collection: &'a Collection,
    /// Who reads.
    pub viewer: Viewer,
}

/// A document as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// UUIDv7 as text.
    pub id: String,
    /// The schema that its body has.
    pub schema: u32,
    /// From 1, growing by 1.
    pub version: u64,
    /// When it came to be.
    pub created: Micros,
    /// When it last changed.
    pub updated: Micros,
    /// A JSON object, as text.
    pub body: String,
}

/// Some documents and where to go on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// In the order of the index.
    pub documents: Vec<Document>,
    /// The cursor of the next page.
    pub next: Option<String>,
}

/// Some people of a space, by name, and where to go on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// In the order of their names.
    pub people: Vec<Member>,
    /// The cursor of the next page.
    pub next: Option<String>,
}

/// A file record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRecord {
    /// Its id.
    pub id: FileId,
    /// Who uploaded it.
    pub by: PersonId,
    /// When.
    pub at: Micros,
    /// `image` or `file`.
    pub image: bool,
    /// Name on the sender's device.
    pub name: String,
    /// Media type found in the content.
    pub media_type: String,
    /// Bytes stored.
    pub bytes: u64,
    /// Width and height in pixels.
    pub pixels: Option<(u32, u32)>,
    /// The document that it hangs on: plugin, collection, id.
    pub attached: Option<(String, String, String)>,
}

/// An event to keep in the outbox.
#[derive(Clone, Debug)]
pub struct NewEvent<'a> {
    /// The plugin that sends it.
    pub plugin: &'a str,
    /// Name and version.
    pub name: &'a str,
    /// Deliveries of one subject stay in order.
    pub subject: &'a str,
    /// JSON text.
    pub payload: &'a str,
    /// Not delivered before; now when none.
    pub not_before: Option<Micros>,
    /// Where it goes.
    pub direction: Direction,
    /// For `Down`: the event from below that it answers; none goes to every space below.
    pub answers: Option<EventId>,
    /// Plugins of this space that hear it (for `Here`), on or off: each gets a delivery.
    pub hearers: &'a [String],
    /// The delivery that caused it, for the budget of the causal tree.
    pub cause: Option<EventId>,
    /// The clock.
    pub now: Micros,
}

/// Greatest number of events that one first event may cause in a space, itself included.
pub const MAX_CAUSAL_EVENTS: u32 = 500;

/// An event to be delivered.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// The row's id, for settling it.
    pub id: i64,
    /// The plugin that hears.
    pub subscriber: String,
    /// Failed attempts so far.
    pub attempts: u32,
    /// The event.
    pub event: cunshi_contract::Event,
}

/// An event on its way to another space, carried by the host.
#[derive(Clone, Debug, PartialEq)]
pub struct Carriage {
    /// The row's id, for settling it.
    pub id: i64,
    /// Where it came from: with the sequence number the key by which a repeat is recognised.
    pub source: SpaceId,
    /// Number in the source's outbox.
    pub sequence: i64,
    /// Where it goes.
    pub target: SpaceId,
    /// Up or down.
    pub direction: Direction,
    /// The first event of the causal tree that it belongs to: the budget of the tree travels with it.
    pub root: EventId,
    /// The event.
    pub event: cunshi_contract::Event,
    /// Failed attempts so far.
    pub attempts: u32,
}

/// A job whose time has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueJob {
    /// The plugin.
    pub plugin: String,
    /// The job's name.
    pub job: String,
    /// Where it stopped.
    pub cursor: Option<String>,
    /// Failed attempts of this step.
    pub attempts: u32,
}

/// The key of an action that may be sent twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Who acts.
    pub actor: PersonId,
    /// `plugin/action`.
    pub action: String,
    /// What the sender chose.
    pub key: String,
}

/// What an action answered when its key was used first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// SHA-256 of the fields, hex.
    pub digest: String,
    /// The outcome as JSON text.
    pub outcome: String,
}

/// One row of the audit: who did what to what.
#[derive(Clone, Debug)]
pub struct AuditEntry<'a> {
    /// When.
    pub at: Micros,
    /// Who; none for the platform itself.
    pub actor: Option<Actor>,
    /// `plugin/action`, `plugin/job/name`, `plugin/event/name`, `host/…`.
    pub action: &'a str,
    /// What it was about.
    pub subject: Option<&'a str>,
    /// SHA-256 of the fields or the event, hex: the text itself is in the documents.
    pub digest: &'a str,
}

/// The spaces of the district.
#[async_trait]
pub trait Spaces: Send + Sync + 'static {
    /// What is known of a space without a transaction.
    async fn profile(&self, space: SpaceId) -> Result<Arc<SpaceProfile>>;
    /// A snapshot, taken by the first question put to it, that does not change while it is held.
    async fn read(&self, space: SpaceId) -> Result<Box<dyn ReadSpace>>;
    /// The space's one write transaction; [`DataError::Busy`] when too many wait.
    async fn write(&self, space: SpaceId) -> Result<Box<dyn WriteSpace>>;
    /// What the district lays down for all its spaces about rules.
    async fn district_rules(&self) -> Result<Arc<DistrictRules>>;
    /// Spaces with a delivery, carriage or job due at `now`, at most `limit`, longest due first.
    async fn due(&self, now: Micros, limit: usize) -> Result<Vec<SpaceId>>;
    /// The earliest instant at which some space is due; none when nothing waits.
    async fn next_due(&self) -> Result<Option<Micros>>;
    /// Returns when a commit has made work since the last call, at once if it did so meanwhile. For one
    /// waiting worker; it never returns for spaces that cannot tell.
    async fn wait_for_work(&self) {
        std::future::pending::<()>().await;
    }
}

/// Reading one space.
#[async_trait]
pub trait ReadSpace: ReadLedger + ReadRules + Send {
    /// A document, or none when absent or not for the viewer.
    async fn get(&mut self, at: Place<'_>, id: &str) -> Result<Option<Document>>;
    /// Documents by an index. Cursors travel through address bars: one that this query did not give is
    /// [`DataError::Missing`], like any page that is not there.
    async fn find(&mut self, at: Place<'_>, query: &Query) -> Result<Found>;
    /// How many documents a query finds.
    async fn count(&mut self, at: Place<'_>, query: &Query) -> Result<u64>;
    /// The same for several queries, in their order: dearer than one, cheaper than one after the other.
    async fn count_each(&mut self, at: Place<'_>, queries: &[Query]) -> Result<Vec<u64>>;
    /// Documents by words, best first.
    async fn search(&mut self, at: Place<'_>, text: &str, limit: u32) -> Result<Vec<Document>>;
    /// A person of the space.
    async fn member(&mut self, person: PersonId) -> Result<Option<Member>>;
    /// People whose name holds the text, or whose phone ends with it when `by_phone`.
    async fn search_members(&mut self, text: &str, by_phone: bool, limit: u32) -> Result<Vec<Member>>;
    /// A household of the space.
    async fn household(&mut self, household: HouseholdId) -> Result<Option<Household>>;
    /// People of the space by name, a page of them. Whoever is here only as an officer is not of the space; an admin
    /// is a cadre too. A cursor that is not of this space is [`DataError::Missing`].
    async fn people(&mut self, query: &PeopleQuery) -> Result<People>;
    /// Households of the space by name, a page of them.
    async fn households(&mut self, query: &HouseholdQuery) -> Result<HouseholdPage>;
    /// The groups of the village by name.
    async fn groups(&mut self) -> Result<Vec<Group>>;
    /// Who of the space has opened a plugin's page about a subject, by time.
    async fn seen(&mut self, plugin: &str, subject: &str) -> Result<Vec<Seen>>;
    /// A file record.
    async fn file(&mut self, file: FileId) -> Result<Option<FileRecord>>;
    /// Deliveries that may run at `now`: one per (subscriber, subject), the oldest, none behind a parked one,
    /// only of the subscribers named.
    async fn due_deliveries(&mut self, now: Micros, subscribers: &[String], limit: u32) -> Result<Vec<Delivery>>;
    /// Events to carry to other spaces, in order per subject and target.
    async fn due_carriages(&mut self, now: Micros, limit: u32) -> Result<Vec<Carriage>>;
    /// Jobs whose time has come, only of the plugins named.
    async fn due_jobs(&mut self, now: Micros, plugins: &[String], limit: u32) -> Result<Vec<DueJob>>;
}

/// Writing one space: a transaction, undone unless committed.
#[async_trait]
pub trait WriteSpace: ReadSpace + WriteLedger + WriteMessages + WriteRules {
    /// The revision with which it began; it grows with every committed write of the space.
    fn revision(&self) -> u64;
    /// A new document with its index entries; `schema` is the collection's.
    async fn insert(&mut self, at: Place<'_>, id: Option<&str>, body: &str, now: Micros) -> Result<Document>;
    /// Compare-and-set.
    async fn update(&mut self, at: Place<'_>, id: &str, version: u64, body: &str, now: Micros) -> Result<Document>;
    /// Compare-and-remove.
    async fn remove(&mut self, at: Place<'_>, id: &str, version: u64) -> Result<()>;
    /// The next number of a series, from 1.
    async fn next_number(&mut self, plugin: &str, series: &str) -> Result<u64>;
    /// Hangs a file on a document; refused unless `by` uploaded it or it hangs on the same document already.
    async fn attach(&mut self, file: FileId, at: Place<'_>, document: &str, by: Option<PersonId>) -> Result<()>;
    /// Keeps an event; refused with [`DataError::Invalid`] past [`MAX_CAUSAL_EVENTS`].
    async fn send(&mut self, event: NewEvent<'_>) -> Result<EventId>;
    /// Documents of a collection that still have a schema below the collection's, by id after `after`.
    async fn outdated(&mut self, at: Place<'_>, after: Option<&str>, limit: u32) -> Result<Vec<Document>>;
    /// Stores an upgraded body with the collection's schema; the version stays.
    async fn store_upgraded(&mut self, at: Place<'_>, id: &str, version: u64, body: &str) -> Result<()>;
    /// Receives an event of another space: false when it was here already.
    async fn receive(&mut self, carriage: &Carriage, hearers: &[String], now: Micros) -> Result<bool>;
    /// The delivery has had its effect (in this transaction). False when it was settled meanwhile: undo.
    async fn delivered(&mut self, delivery: i64) -> Result<bool>;
    /// The delivery failed: to be tried again at an instant, or parked when none.
    async fn failed(&mut self, delivery: i64, error: &str, retry_at: Option<Micros>) -> Result<()>;
    /// The event has arrived in the other space.
    async fn carried(&mut self, carriage: i64) -> Result<()>;
    /// The event could not be carried: try again at an instant.
    async fn not_carried(&mut self, carriage: i64, error: &str, retry_at: Micros) -> Result<()>;
    /// When a job runs next, from which cursor, after how many failures.
    async fn plan_job(&mut self, job: &DueJob, next_at: Micros) -> Result<()>;
    /// The jobs of a plugin in this space: new ones are due at once, missing ones are forgotten.
    async fn set_jobs(&mut self, plugin: &str, jobs: &[String], now: Micros) -> Result<()>;
    /// What was answered under a key, unless it has expired.
    async fn recall(&mut self, key: &IdempotencyKey, now: Micros) -> Result<Option<Remembered>>;
    /// Keeps an answer under a key until an instant.
    async fn remember(&mut self, key: &IdempotencyKey, answer: &Remembered, until: Micros) -> Result<()>;
    /// Adds a row to the audit chain.
    async fn audit(&mut self, entry: AuditEntry<'_>) -> Result<()>;
    /// Keeps everything; returns the new revision once it is on disk.
    async fn commit(self: Box<Self>) -> Result<u64>;
}
