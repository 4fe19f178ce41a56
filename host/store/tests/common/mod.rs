//! A small district to tell stories in: 贡井区, 成佳镇, and two villages beneath it.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(dead_code, reason = "each test file uses a part of the harness")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use cunshi_contract::manifest::{Collection, Direction};
use cunshi_model::clock::{DAY, SECOND};
use cunshi_model::port::{NewEvent, Place, Spaces, WriteSpace};
use cunshi_model::{ManualClock, Micros, PersonId, Role, Roles, SpaceId, SpaceKind, Viewer};
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
        self.space(space).await.set_plugin(plugin, &state, jobs, self.now()).await.unwrap();
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
