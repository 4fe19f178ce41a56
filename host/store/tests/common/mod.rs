//! A small district to tell stories in: 贡井区, 成佳镇, and two villages beneath it.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(dead_code, reason = "each test file uses a part of the harness")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use cunshi_contract::ledger::{EntryReason, Holder, PointKind, Posting};
use cunshi_contract::manifest::{Collection, Direction};
use cunshi_contract::rule::RuleText;
use cunshi_model::clock::{DAY, SECOND};
use cunshi_model::port::{NewEvent, Place, Spaces, WriteSpace};
use cunshi_model::rules::{self, Origin, Rule};
use cunshi_model::{HouseholdId, ManualClock, Member, Micros, PersonId, Role, Roles, SpaceId, SpaceKind, Viewer};
use cunshi_store::{SpaceStore, Store, StoreOptions};
use serde_json::{Value, json};
use tempfile::TempDir;

/// 2026-09-02, in the morning.
pub const START: Micros = 20_698 * DAY;

pub struct World {
    pub store: Store,
    pub clock: ManualClock,
    pub folder: TempDir,
    pub district: SpaceId,
    pub town: SpaceId,
    pub tianfu: SpaceId,
    pub zhaoshi: SpaceId,
}

#[derive(Clone, Copy)]
pub struct Villager {
    pub person: PersonId,
    pub household: HouseholdId,
}

impl Villager {
    /// The household's account.
    pub fn home(&self) -> Holder {
        Holder::Household(self.household.to_string())
    }

    /// Their own account.
    pub fn own(&self) -> Holder {
        Holder::Person(self.person.to_string())
    }
}

/// A rule as a plugin brings it.
pub fn rule(script: &str) -> Rule {
    let text = RuleText { script: script.to_owned(), ..RuleText::default() };
    Rule { origin: Origin::Plugin, version: 0, digest: rules::digest(AWARD, &text), text: Arc::new(text) }
}

/// The hook of the stories.
pub const AWARD: &str = "points.award";

/// Points for somebody's household, by nobody's decision yet.
pub fn posting(villager: &Villager, amount: i64) -> Posting {
    Posting {
        holder: villager.home(),
        person: Some(villager.person.to_string()),
        kind: PointKind::Redeemable,
        amount,
        reason: if amount < 0 { EntryReason::Deduction } else { EntryReason::Award },
        item: Some("volunteer".to_owned()),
        text: "参加义务劳动".to_owned(),
        decision: None,
        corrects: None,
        at: None,
        floor: 0,
        clip: false,
    }
}

/// Short waits, so that a test of waiting is short.
pub fn options() -> StoreOptions {
    StoreOptions { writer_wait: Duration::from_millis(200), durable: false, ..StoreOptions::default() }
}

impl World {
    pub async fn new() -> Self {
        Self::with(options()).await
    }

    pub async fn with(options: StoreOptions) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = ManualClock::at(START);
        let store = Store::open(folder.path(), options, Arc::new(clock.clone())).await.unwrap();
        let put = async |code: &str, name: &str, kind, parent| {
            store.district().put_space(&code.parse().unwrap(), name, kind, parent).await.unwrap().id
        };
        let district = put("510303", "贡井区", SpaceKind::District, None).await;
        let town = put("510303108", "成佳镇", SpaceKind::Town, Some(district)).await;
        let tianfu = put("510303108001", "天府社区", SpaceKind::Community, Some(town)).await;
        let zhaoshi = put("510303106209", "照石村", SpaceKind::Village, Some(town)).await;
        Self { store, clock, folder, district, town, tianfu, zhaoshi }
    }

    /// As after a restart of the machine: nothing was closed.
    pub async fn crash(self) -> Self {
        let Self { store, clock, folder, district, town, tianfu, zhaoshi } = self;
        drop(store);
        let store = Store::open(folder.path(), options(), Arc::new(clock.clone())).await.unwrap();
        Self { store, clock, folder, district, town, tianfu, zhaoshi }
    }

    pub fn now(&self) -> Micros {
        use cunshi_model::Clock as _;
        self.clock.now()
    }

    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self, space: SpaceId) -> PathBuf {
        self.data().join("spaces").join(format!("{space}.db"))
    }

    pub async fn space(&self, id: SpaceId) -> Arc<SpaceStore> {
        self.store.space(id).await.unwrap()
    }

    pub async fn write(&self, id: SpaceId) -> Box<dyn WriteSpace> {
        self.store.write(id).await.unwrap()
    }

    /// A document in a transaction of its own.
    pub async fn insert(&self, space: SpaceId, collection: &Collection, body: Value) -> String {
        let mut tx = self.write(space).await;
        let id = tx.insert(system(collection), None, &body.to_string(), self.now()).await.unwrap().id;
        tx.commit().await.unwrap();
        id
    }

    /// Switches a plugin on.
    pub async fn switch_on(&self, space: SpaceId, plugin: &str, jobs: &[String]) {
        let state = cunshi_model::port::PluginState { on: true, pinned: None };
        self.space(space).await.set_plugin(plugin, &state, jobs, None, self.now()).await.unwrap();
    }

    /// Sends an event in a transaction of its own.
    pub async fn send(&self, space: SpaceId, event: NewEvent<'_>) -> cunshi_model::EventId {
        let mut tx = self.write(space).await;
        let id = tx.send(event).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub fn event<'a>(&self, subject: &'a str, payload: &'a str, hearers: &'a [String]) -> NewEvent<'a> {
        NewEvent {
            plugin: "issues",
            name: "issues.case-closed/1",
            subject,
            payload,
            not_before: None,
            direction: Direction::Here,
            answers: None,
            hearers,
            cause: None,
            now: self.now(),
        }
    }

    pub fn advance(&self, seconds: i64) {
        self.clock.advance(seconds * SECOND);
    }

    pub fn person(&self) -> PersonId {
        PersonId::new(self.now())
    }

    /// Somebody of a space, in a household of their own; the next one a second later.
    pub async fn villager(&self, space: SpaceId, name: &str) -> Villager {
        self.advance(1);
        let handle = self.space(space).await;
        let household = handle.put_household(None, &format!("{name}家"), None, self.now()).await.unwrap();
        let person = self.person();
        let member =
            Member { person, name: name.to_owned(), household: Some(household), phone: None, roles: Vec::new() };
        handle.put_member(&member, None, self.now()).await.unwrap();
        Villager { person, household }
    }
}

/// Cases as the issues plugin keeps them: private ones for their reporter and cadres.
pub fn cases() -> Collection {
    serde_json::from_value(json!({
        "name": "case",
        "schema": 1,
        "owner": "reporter",
        "readers": { "anyone": "visibility = 'public'", "cadre": "all" },
        "index": {
            "by_state": ["state: text", "due_at: time"],
            "by_number": { "fields": ["number: text"], "unique": true },
            "by_follower": ["followers: text"],
        },
        "search": ["title", "detail"],
    }))
    .unwrap()
}

pub fn case(number: &str, state: &str, due_at: i64) -> Value {
    json!({ "number": number, "state": state, "due_at": due_at, "title": "路灯坏了", "visibility": "public" })
}

pub fn system(collection: &Collection) -> Place<'_> {
    Place { plugin: "issues", collection, viewer: Viewer::System }
}

pub fn reader(collection: &Collection, person: Option<PersonId>, roles: impl IntoIterator<Item = Role>) -> Place<'_> {
    Place { plugin: "issues", collection, viewer: Viewer::Reader { person, roles: Roles::granted(roles) } }
}

/// A plain connection to a database, as any program could open one.
pub async fn raw(path: &Path) -> sqlx::SqliteConnection {
    use sqlx::ConnectOptions as _;
    sqlx::sqlite::SqliteConnectOptions::new().filename(path).connect().await.unwrap()
}

/// Changes a database behind the platform's back.
pub async fn tamper(path: &Path, sql: &'static str) -> u64 {
    use sqlx::Connection as _;
    let mut raw = raw(path).await;
    let changed = sqlx::raw_sql(sql).execute(&mut raw).await.unwrap().rows_affected();
    raw.close().await.unwrap();
    changed
}
