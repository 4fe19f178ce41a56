//! Spaces in memory: a snapshot is a shared copy, a transaction a private copy that replaces it at the end.
//! Slow and simple; the rules (visibility, unique keys, order of deliveries) are those of the store.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use cunshi_contract::ledger::Entry;
use cunshi_contract::ledger::books::Books;
use cunshi_contract::rule::RuleText;
use cunshi_contract::{Event, Household, Seen};
use cunshi_model::port::{
    DataError, Document, FileRecord, IdempotencyKey, PluginState, ReadSpace, Remembered, Result, SpaceProfile, Spaces,
    WriteSpace,
};
use cunshi_model::rules::{self as model_rules, DecisionRecord, DistrictRules, Origin, Rule};
use cunshi_model::{EventId, FileId, HouseholdId, Member, Micros, PersonId, Space, SpaceCode, SpaceId, SpaceKind};
use serde_json::Value;

mod books;
mod index;
mod messages;
mod people;
mod read;
mod rules;
mod write;

pub use messages::Got;
use read::Snapshot;
pub use rules::FailedRule;
use rules::Published;
use write::Transaction;

/// The spaces of a district that lives as long as the test.
#[derive(Clone, Default)]
pub struct MemorySpaces {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    spaces: Mutex<BTreeMap<SpaceId, Arc<One>>>,
    rules: Mutex<Arc<DistrictRules>>,
    trouble: Arc<Trouble>,
}

/// What a test does to the storage.
#[derive(Default)]
struct Trouble {
    delay: Mutex<std::time::Duration>,
    failing: std::sync::atomic::AtomicBool,
}

/// One space: what was committed last, and the right to write.
struct One {
    space: Space,
    profile: Mutex<Arc<SpaceProfile>>,
    data: Mutex<Arc<Data>>,
    writer: Arc<tokio::sync::Mutex<()>>,
}

/// Everything that a space holds.
#[derive(Clone, Default)]
struct Data {
    revision: u64,
    documents: BTreeMap<(String, String, String), Document>,
    numbers: BTreeMap<(String, String), u64>,
    members: BTreeMap<PersonId, Member>,
    households: BTreeMap<HouseholdId, Household>,
    files: BTreeMap<FileId, FileRecord>,
    seen: BTreeMap<(String, String), Vec<Seen>>,
    messages: Vec<Got>,
    outbox: Vec<Sent>,
    deliveries: Vec<Row>,
    carriages: Vec<CarriageRow>,
    jobs: BTreeMap<(String, String), JobRow>,
    received: BTreeSet<(SpaceId, i64)>,
    remembered: Vec<(IdempotencyKey, Remembered, Micros)>,
    audit: Vec<Audited>,
    books: Books,
    published: Vec<Published>,
    decisions: Vec<DecisionRecord>,
    failures: Vec<FailedRule>,
    next_row: i64,
}

/// An event in the outbox or inbox.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// The event.
    pub event: Event,
    /// The first event of its causal tree.
    root: EventId,
    /// Where it came from, when from another space.
    source: Option<SpaceId>,
}

#[derive(Clone)]
struct Row {
    id: i64,
    subscriber: String,
    event: Event,
    due: Micros,
    attempts: u32,
    parked: Option<String>,
}

#[derive(Clone)]
struct CarriageRow {
    carriage: cunshi_model::port::Carriage,
    due: Micros,
}

#[derive(Clone)]
struct JobRow {
    due: Micros,
    cursor: Option<String>,
    attempts: u32,
}

/// A row of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audited {
    /// Who.
    pub actor: Option<PersonId>,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: Option<String>,
}

impl MemorySpaces {
    /// A district without spaces.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a space under another one.
    pub fn add(&self, kind: SpaceKind, name: &str, parent: Option<SpaceId>) -> SpaceId {
        let mut spaces = self.shared.spaces.lock().unwrap_or_else(PoisonError::into_inner);
        let number = i64::try_from(spaces.len()).expect("few spaces");
        let id = SpaceId::new(number);
        let code: SpaceCode = format!("{:012}", 510_303_000_000 + number).parse().expect("12 digits");
        let above = parent.and_then(|parent| spaces.get(&parent)).map(|one| one.space.name.clone());
        let space = Space { id, code, name: name.to_owned(), kind, parent };
        let profile = SpaceProfile {
            space: space.clone(),
            above,
            plugins: BTreeMap::new(),
            settings: BTreeMap::new(),
            office_phone: None,
        };
        let profile = Mutex::new(Arc::new(profile));
        let one = One { space, profile, data: Mutex::default(), writer: Arc::default() };
        spaces.insert(id, Arc::new(one));
        id
    }

    /// A village of its own.
    pub fn village(&self, name: &str) -> SpaceId {
        self.add(SpaceKind::Village, name, None)
    }

    /// Switches a plugin on or off.
    pub fn switch(&self, space: SpaceId, plugin: &str, on: bool) {
        self.change_profile(space, |profile| {
            profile.plugins.insert(plugin.to_owned(), PluginState { on, pinned: None });
        });
    }

    /// Keeps a plugin, switched on, at a version.
    pub fn pin(&self, space: SpaceId, plugin: &str, version: &str) {
        self.change_profile(space, |profile| {
            profile.plugins.insert(plugin.to_owned(), PluginState { on: true, pinned: Some(version.to_owned()) });
        });
    }

    /// Changes the settings of a plugin.
    pub fn set(&self, space: SpaceId, plugin: &str, settings: Value) {
        self.change_profile(space, |profile| {
            profile.settings.insert(plugin.to_owned(), settings);
        });
    }

    /// Puts a person.
    pub fn put_member(&self, space: SpaceId, member: Member) {
        self.change(space, |data| {
            data.members.insert(member.person, member);
        });
    }

    /// Puts a household.
    pub fn put_household(&self, space: SpaceId, id: HouseholdId, household: Household) {
        self.change(space, |data| {
            data.households.insert(id, household);
        });
    }

    /// Puts a file.
    pub fn put_file(&self, space: SpaceId, file: FileRecord) {
        self.change(space, |data| {
            data.files.insert(file.id, file);
        });
    }

    /// Puts a document as an earlier release left it.
    pub fn put_document(&self, space: SpaceId, plugin: &str, collection: &str, document: Document) {
        self.change(space, |data| {
            data.documents.insert((plugin.to_owned(), collection.to_owned(), document.id.clone()), document);
        });
    }

    /// Publishes a version of a space's own rule, active from an instant; its number.
    pub fn publish(&self, space: SpaceId, hook: &str, text: RuleText, from: Micros) -> u32 {
        let before = self.data(space).published.iter().filter(|version| version.hook == hook).count();
        let version = u32::try_from(before).expect("few versions") + 1;
        let rule = rule(Origin::Village, hook, version, text);
        self.change(space, |data| data.published.push(Published { hook: hook.to_owned(), rule, from }));
        version
    }

    /// Lays down what the district does for all its spaces.
    pub fn lay_down(&self, rules: DistrictRules) {
        *self.shared.rules.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(rules);
    }

    /// From now on each document is read so slowly.
    pub fn slow_down(&self, delay: std::time::Duration) {
        *self.shared.trouble.delay.lock().unwrap_or_else(PoisonError::into_inner) = delay;
    }

    /// From now on reading a document fails, or does not.
    pub fn fail(&self, failing: bool) {
        self.shared.trouble.failing.store(failing, std::sync::atomic::Ordering::SeqCst);
    }

    /// The documents of a collection, by id.
    pub fn documents(&self, space: SpaceId, plugin: &str, collection: &str) -> Vec<Document> {
        let of = |key: &&(String, String, String)| key.0 == plugin && key.1 == collection;
        let data = self.data(space);
        data.documents.iter().filter(|(key, _)| of(key)).map(|(_, document)| document.clone()).collect()
    }

    /// The events sent or received, in order.
    pub fn events(&self, space: SpaceId) -> Vec<Event> {
        self.data(space).outbox.iter().map(|sent| sent.event.clone()).collect()
    }

    /// The audit, in order.
    pub fn audit(&self, space: SpaceId) -> Vec<Audited> {
        self.data(space).audit.clone()
    }

    /// The decisions, in order.
    pub fn decisions(&self, space: SpaceId) -> Vec<DecisionRecord> {
        self.data(space).decisions.clone()
    }

    /// The failures of rules, in order.
    pub fn failed_rules(&self, space: SpaceId) -> Vec<FailedRule> {
        self.data(space).failures.clone()
    }

    /// The rows of the ledger, in order.
    pub fn ledger(&self, space: SpaceId) -> Vec<Entry> {
        self.data(space).books.entries().to_vec()
    }

    /// The ids of what is set aside.
    pub fn holds(&self, space: SpaceId) -> Vec<String> {
        self.data(space).books.holds().map(|(id, _)| id.to_owned()).collect()
    }

    /// Deliveries that wait, parked ones included.
    pub fn waiting(&self, space: SpaceId) -> usize {
        self.data(space).deliveries.len()
    }

    /// The errors of parked deliveries.
    pub fn parked(&self, space: SpaceId) -> Vec<String> {
        self.data(space).deliveries.iter().filter_map(|row| row.parked.clone()).collect()
    }

    /// Tries parked deliveries once more, as whoever mended something would.
    pub fn replay(&self, space: SpaceId) {
        self.change(space, |data| {
            for row in &mut data.deliveries {
                row.parked = None;
            }
            for job in data.jobs.values_mut() {
                if job.attempts > 0 {
                    job.due = Micros::MIN;
                }
            }
        });
    }

    /// The revision.
    pub fn revision(&self, space: SpaceId) -> u64 {
        self.data(space).revision
    }

    fn one(&self, space: SpaceId) -> Result<Arc<One>> {
        let spaces = self.shared.spaces.lock().unwrap_or_else(PoisonError::into_inner);
        spaces.get(&space).cloned().ok_or(DataError::NoSpace)
    }

    fn data(&self, space: SpaceId) -> Arc<Data> {
        self.one(space).expect("a space that was added").snapshot()
    }

    fn change_profile(&self, space: SpaceId, change: impl FnOnce(&mut SpaceProfile)) {
        let one = self.one(space).expect("a space that was added");
        let mut profile = one.profile.lock().unwrap_or_else(PoisonError::into_inner);
        change(Arc::make_mut(&mut profile));
    }

    fn change(&self, space: SpaceId, change: impl FnOnce(&mut Data)) {
        let one = self.one(space).expect("a space that was added");
        let mut data = one.data.lock().unwrap_or_else(PoisonError::into_inner);
        change(Arc::make_mut(&mut data));
    }
}

/// A rule that can decide, with its digest.
pub fn rule(origin: Origin, hook: &str, version: u32, text: RuleText) -> Rule {
    Rule { origin, version, digest: model_rules::digest(hook, &text), text: Arc::new(text) }
}

impl Trouble {
    async fn meet(&self) -> Result<()> {
        let delay = *self.delay.lock().unwrap_or_else(PoisonError::into_inner);
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        if self.failing.load(std::sync::atomic::Ordering::SeqCst) {
            return Err(DataError::Storage("the disk is on fire".into()));
        }
        Ok(())
    }
}

impl One {
    fn snapshot(&self) -> Arc<Data> {
        Arc::clone(&self.data.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn profile(&self) -> Arc<SpaceProfile> {
        Arc::clone(&self.profile.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn next_due(&self) -> Option<Micros> {
        self.snapshot().next_due(&self.profile())
    }
}

impl Data {
    fn next_due(&self, profile: &SpaceProfile) -> Option<Micros> {
        let on = |plugin: &String| profile.plugins.get(plugin).is_some_and(|state| state.on);
        let deliveries =
            self.deliveries.iter().filter(|row| row.parked.is_none() && on(&row.subscriber)).map(|row| row.due);
        let carriages = self.carriages.iter().map(|row| row.due);
        let jobs = self.jobs.iter().filter(|((plugin, _), _)| on(plugin)).map(|(_, job)| job.due);
        deliveries.chain(carriages).chain(jobs).min()
    }
}

#[async_trait]
impl Spaces for MemorySpaces {
    async fn profile(&self, space: SpaceId) -> Result<Arc<SpaceProfile>> {
        Ok(self.one(space)?.profile())
    }

    async fn read(&self, space: SpaceId) -> Result<Box<dyn ReadSpace>> {
        Ok(Box::new(Snapshot { data: self.one(space)?.snapshot(), trouble: Arc::clone(&self.shared.trouble) }))
    }

    async fn write(&self, space: SpaceId) -> Result<Box<dyn WriteSpace>> {
        let one = self.one(space)?;
        let turn = Arc::clone(&one.writer).lock_owned().await;
        let data = Data::clone(&one.snapshot());
        let spaces: Vec<Space> = {
            let spaces = self.shared.spaces.lock().unwrap_or_else(PoisonError::into_inner);
            spaces.values().map(|one| one.space.clone()).collect()
        };
        let trouble = Arc::clone(&self.shared.trouble);
        Ok(Box::new(Transaction { one, spaces, data, trouble, _turn: turn }))
    }

    async fn district_rules(&self) -> Result<Arc<DistrictRules>> {
        Ok(Arc::clone(&self.shared.rules.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    async fn due(&self, now: Micros, limit: usize) -> Result<Vec<SpaceId>> {
        let spaces = self.shared.spaces.lock().unwrap_or_else(PoisonError::into_inner);
        let mut due: Vec<(Micros, SpaceId)> =
            spaces.iter().filter_map(|(id, one)| Some((one.next_due()?, *id))).filter(|(due, _)| *due <= now).collect();
        due.sort_unstable();
        Ok(due.into_iter().take(limit).map(|(_, id)| id).collect())
    }

    async fn next_due(&self) -> Result<Option<Micros>> {
        let spaces = self.shared.spaces.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(spaces.values().filter_map(|one| one.next_due()).min())
    }
}
