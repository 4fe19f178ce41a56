//! An action that writes one document and sends one event, on disk before it answers, against a bare sqlx
//! transaction that writes the same rows.

use std::time::Instant;

use cunshi_contract::Lang;
use cunshi_model::{Actor, Role, Roles, SpaceId, Via};
use cunshi_runtime::Caller;
use serde_json::{Map, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection, SqliteConnection};

use super::{Figure, Promise, each, median, span};
use crate::District;

/// Actions of one round, and rounds.
const ACTIONS: u32 = 200;
const ROUNDS: u32 = 15;
const WORDS: &str = "三组路口的路灯不亮，已经两天了，晚上走路看不见。";

pub(super) async fn measure() -> Figure {
    let district = District::with("2026-09-02 08:14", &["noop"]).await;
    let tianfu = district.tianfu();
    let person = tianfu.without_phone("林秀英").await;
    let caller = Caller {
        space: tianfu.space.id,
        actor: Some(Actor { person, via: Via::Api, on_behalf_of: None }),
        name: "林秀英".to_owned(),
        household: None,
        roles: Roles::granted([Role::Member]),
        lang: Lang::Zh,
    };
    // Another village's file, made by the store and then left to the counterpart.
    let zhaoshi = district.zhaoshi().space.id;
    let mut bare = Bare::open(&district, zhaoshi, person.to_string()).await;

    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let began = Instant::now();
        for nth in 0..ACTIONS {
            let fields = Map::from_iter([("words".to_owned(), json!(WORDS))]);
            let key = format!("key-{round}-{nth}");
            district.runtime.act(&caller, "noop", "write", fields, Some(&key)).await.expect("an action");
        }
        let one = each(began.elapsed(), ACTIONS);
        let began = Instant::now();
        for nth in 0..ACTIONS {
            bare.write(i64::from(round * ACTIONS + nth)).await.expect("a transaction");
        }
        let other = each(began.elapsed(), ACTIONS);
        ours.push(one);
        theirs.push(other);
        ratios.push(other / one);
    }
    Figure {
        what: "an action with one document and one event, synced to disk, against a bare sqlx transaction of the same rows",
        ours: span(median(ours)),
        counterpart: span(median(theirs)),
        measured: median(ratios),
        promise: Promise::AtLeast(0.7),
    }
}

/// What somebody would write who had only sqlx and this table layout.
struct Bare {
    connection: SqliteConnection,
    space: String,
    person: String,
}

impl Bare {
    async fn open(district: &District, space: SpaceId, person: String) -> Self {
        district.store.space(space).await.expect("a space").profile().await.expect("its file");
        let file = district.folder().join("spaces").join(format!("{space}.db"));
        let options = SqliteConnectOptions::new()
            .filename(file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true);
        let connection = SqliteConnection::connect_with(&options).await.expect("the village's file");
        Self { connection, space: space.to_string(), person }
    }

    async fn write(&mut self, nth: i64) -> sqlx::Result<()> {
        let (space, person, at) = (&self.space, &self.person, 1_788_220_440_000_000 + nth);
        let id = format!("01990000-0000-7000-8000-{nth:012x}");
        let event = format!("01990001-0000-7000-8000-{nth:012x}");
        let key = format!("{at:020x}");
        let hash = format!("{nth:064x}");
        let body = json!({ "words": WORDS, "at": at }).to_string();
        let payload = json!({ "words": WORDS }).to_string();
        let outcome = json!({ "result": null, "subject": id }).to_string();
        let mut writing = self.connection.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("INSERT INTO document VALUES ($1, 'noop', 'line', $2, 1, 1, NULL, 1, $3, $3, $4, $5)")
            .bind(space)
            .bind(&id)
            .bind(at)
            .bind(body)
            .bind(&hash)
            .execute(&mut *writing)
            .await?;
        sqlx::query("INSERT INTO index_entry VALUES ($1, 'noop', 'line', 'by_at', $2, $3, 0, NULL, 1)")
            .bind(space)
            .bind(key)
            .bind(&id)
            .execute(&mut *writing)
            .await?;
        sqlx::query("INSERT INTO event VALUES ($1, $2, $3, 'noop', 'noop.written/1', $4, $5, $6, 'here', NULL, $1, $2, $3, NULL, NULL)")
            .bind(space).bind(nth + 1).bind(&event).bind(&id).bind(payload).bind(at).execute(&mut *writing).await?;
        sqlx::query("INSERT INTO audit VALUES ($1, $2, $3, $4, 'api', NULL, 'noop/write', $5, $6, $6)")
            .bind(space)
            .bind(1_000_000 + nth)
            .bind(at)
            .bind(person)
            .bind(&id)
            .bind(&hash)
            .execute(&mut *writing)
            .await?;
        sqlx::query("INSERT INTO trace VALUES ($1, $2, 'noop', 'line', $3, 1, $4)")
            .bind(space)
            .bind(1_000_000 + nth)
            .bind(&id)
            .bind(&hash)
            .execute(&mut *writing)
            .await?;
        sqlx::query("INSERT INTO idempotency VALUES ($1, $2, 'noop/write', $3, $4, $5, $6)")
            .bind(space)
            .bind(person)
            .bind(format!("key-{nth}"))
            .bind(&hash)
            .bind(outcome)
            .bind(at)
            .execute(&mut *writing)
            .await?;
        sqlx::query("UPDATE space_state SET revision = revision + 1, audit_seq = $2, audit_hash = $3, counter = $4 WHERE space_id = $1")
            .bind(space).bind(1_000_000 + nth).bind(&hash).bind(nth + 1).execute(&mut *writing).await?;
        writing.commit().await
    }
}
