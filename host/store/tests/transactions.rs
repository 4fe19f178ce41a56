//! Transactions: whole or not at all, whoever goes away in the middle; and the life of handles and files.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::future::Future as _;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use common::{World, case, cases, options, system, tamper};
use cunshi_contract::Query;
use cunshi_model::clock::HOUR;
use cunshi_model::port::{DataError, IdempotencyKey, Remembered, Spaces as _};
use cunshi_store::{Store, StoreError, StoreOptions};

fn open_cases() -> Query {
    Query { index: "by_state".to_owned(), ..Query::default() }
}

async fn count(world: &World) -> u64 {
    let mut read = world.store.read(world.tianfu).await.unwrap();
    read.count(system(&cases()), &open_cases()).await.unwrap()
}

#[tokio::test]
async fn what_is_not_committed_leaves_nothing() {
    let world = World::new().await;
    let cases = cases();
    let mut tx = world.write(world.tianfu).await;
    let hearers = ["points".to_owned()];
    tx.insert(system(&cases), None, &case("1", "open", 1).to_string(), world.now()).await.unwrap();
    tx.send(world.event("1", "{}", &hearers)).await.unwrap();
    drop(tx);
    assert_eq!(count(&world).await, 0);
    let mut read = world.store.read(world.tianfu).await.unwrap();
    assert_eq!(world.space(world.tianfu).await.revision().await.unwrap(), 0);
    assert!(read.due_deliveries(world.now(), &hearers, 9).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_call_that_panics_in_the_middle_does_not_spoil_the_writer() {
    let world = World::new().await;
    let store = world.store.clone();
    let space = world.tianfu;
    let call = tokio::spawn(async move {
        let mut tx = store.write(space).await.unwrap();
        tx.insert(system(&cases()), None, &case("1", "open", 1).to_string(), 1).await.unwrap();
        panic!("a defect in the middle of a call");
    });
    assert!(call.await.unwrap_err().is_panic());
    world.insert(world.tianfu, &cases(), case("1", "open", 1)).await;
    assert_eq!(count(&world).await, 1);
}

/// Drops a whole write at each of its points of waiting: the next writer must find a clean connection, and
/// either all of it or nothing.
#[tokio::test]
async fn a_call_that_is_dropped_anywhere_is_kept_whole_or_not_at_all() {
    let world = World::new().await;
    let mut kept = 0;
    for polls in 1..60 {
        {
            let collection = cases();
            let number = format!("dropped-{polls}");
            let mut whole = pin!(async {
                let mut tx = world.store.write(world.tianfu).await.unwrap();
                let body = case(&number, "open", 1).to_string();
                tx.insert(system(&collection), None, &body, world.now()).await.unwrap();
                tx.next_number("issues", "dropped").await.unwrap();
                tx.commit().await.unwrap();
            });
            let mut left = polls;
            let finished = std::future::poll_fn(|cx| {
                let polled = whole.as_mut().poll(cx);
                left -= 1;
                if polled.is_ready() || left == 0 { Poll::Ready(polled.is_ready()) } else { Poll::Pending }
            });
            finished.await;
        }
        let mut tx = world.write(world.tianfu).await;
        let series = tx.next_number("issues", "dropped").await.unwrap() - 1;
        let found = tx.count(system(&cases()), &open_cases()).await.unwrap();
        assert_eq!(series, found, "after {polls} polls");
        kept = found;
    }
    assert!(kept > 0, "some were polled to their end");
    assert_eq!(world.space(world.tianfu).await.verify().await.unwrap().flaws, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_act_at_once_and_some_who_go_away_leave_what_was_acknowledged() {
    let world = Arc::new(World::with(StoreOptions { writer_wait: Duration::from_secs(30), ..options() }).await);
    let mut actors = Vec::new();
    for actor in 0..8 {
        let world = Arc::clone(&world);
        actors.push(tokio::spawn(async move {
            let space = if actor % 2 == 0 { world.tianfu } else { world.zhaoshi };
            let mut acknowledged = 0;
            for turn in 0..12_u64 {
                let act = async {
                    let collection = cases();
                    let mut tx = world.store.write(space).await?;
                    let number = format!("{actor}-{turn}");
                    tx.insert(system(&collection), None, &case(&number, "open", 1).to_string(), 1).await?;
                    tx.next_number("issues", "2026").await?;
                    tx.commit().await
                };
                // Every third goes away while it waits or writes.
                if turn % 3 == 2 {
                    let _ = tokio::time::timeout(Duration::from_micros(turn * 60), act).await;
                } else {
                    act.await.unwrap();
                    acknowledged += 1;
                }
            }
            acknowledged
        }));
    }
    let mut acknowledged = 0;
    for actor in actors {
        acknowledged += actor.await.unwrap();
    }
    let mut found = 0;
    for space in [world.tianfu, world.zhaoshi] {
        let mut tx = world.write(space).await;
        let cases = tx.count(system(&cases()), &open_cases()).await.unwrap();
        assert_eq!(tx.next_number("issues", "2026").await.unwrap(), cases + 1, "whole or not at all");
        found += cases;
        drop(tx);
        assert_eq!(world.space(space).await.verify().await.unwrap().flaws, []);
    }
    assert!((acknowledged..=96).contains(&found), "{acknowledged} acknowledged, {found} found");
}

#[tokio::test]
async fn another_program_that_writes_the_file_makes_the_village_busy_for_a_while() {
    let world = World::new().await;
    world.space(world.tianfu).await;
    let mut other = common::raw(&world.file(world.tianfu)).await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    assert!(matches!(world.store.write(world.tianfu).await, Err(DataError::Busy)));
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    world.insert(world.tianfu, &cases(), case("1", "open", 1)).await;
    assert_eq!(count(&world).await, 1);
}

#[tokio::test]
async fn who_waits_too_long_for_the_writer_is_told_so() {
    let world = World::with(StoreOptions { writer_wait: Duration::from_millis(50), ..options() }).await;
    let held = world.write(world.tianfu).await;
    let since = Instant::now();
    assert!(matches!(world.store.write(world.tianfu).await, Err(DataError::Busy)));
    assert!(since.elapsed() >= Duration::from_millis(50));
    assert!(world.store.write(world.zhaoshi).await.is_ok(), "another village does not wait");
    drop(held);
    assert!(world.store.write(world.tianfu).await.is_ok());
}

#[tokio::test]
async fn a_full_queue_refuses_at_once_and_those_in_it_are_served_in_order() {
    let options = StoreOptions { writer_wait: Duration::from_mins(1), writer_queue: 2, ..options() };
    let world = World::with(options).await;
    let held = world.write(world.tianfu).await;
    let (served, mut order) = tokio::sync::mpsc::unbounded_channel();
    let mut waiting = Vec::new();
    for place in [1, 2] {
        let (store, space, served) = (world.store.clone(), world.tianfu, served.clone());
        waiting.push(tokio::spawn(async move {
            let tx = store.write(space).await.unwrap();
            served.send(place).unwrap();
            tx.commit().await.unwrap();
        }));
        tokio::task::yield_now().await;
    }
    assert!(matches!(world.store.write(world.tianfu).await, Err(DataError::Busy)));
    drop(held);
    for place in [1, 2] {
        assert_eq!(order.recv().await, Some(place));
    }
    for task in waiting {
        task.await.unwrap();
    }
}

#[tokio::test]
async fn a_snapshot_stays_what_its_first_question_found() {
    let world = World::new().await;
    let cases = cases();
    world.insert(world.tianfu, &cases, case("1", "open", 1)).await;
    let space = world.space(world.tianfu).await;
    assert_eq!(space.revision().await.unwrap(), 1);
    let mut before = world.store.read(world.tianfu).await.unwrap();
    assert_eq!(before.count(system(&cases), &open_cases()).await.unwrap(), 1);
    world.insert(world.tianfu, &cases, case("2", "open", 2)).await;
    assert_eq!(space.revision().await.unwrap(), 2);
    let mut after = world.store.read(world.tianfu).await.unwrap();
    assert_eq!(before.count(system(&cases), &open_cases()).await.unwrap(), 1);
    assert_eq!(after.count(system(&cases), &open_cases()).await.unwrap(), 2);
    drop((before, after));
    let tx = world.write(world.tianfu).await;
    assert_eq!(tx.commit().await.unwrap(), 3);
}

#[tokio::test]
async fn a_space_put_out_of_the_cache_in_use_is_not_opened_twice() {
    let world = World::with(StoreOptions { open_spaces: 1, ..options() }).await;
    let handle = world.space(world.tianfu).await;
    let mut tx = world.write(world.tianfu).await;
    tx.next_number("issues", "2026").await.unwrap();
    for _ in 0..3 {
        world.space(world.zhaoshi).await;
        world.space(world.town).await;
    }
    assert!(Arc::ptr_eq(&handle, &world.space(world.tianfu).await));
    drop(handle);
    world.space(world.zhaoshi).await;
    // The transaction alone keeps it alive: its writer is still the only one.
    assert!(matches!(world.store.write(world.tianfu).await, Err(DataError::Busy)));
    tx.commit().await.unwrap();
    let mut tx = world.write(world.tianfu).await;
    assert_eq!(tx.next_number("issues", "2026").await.unwrap(), 2);
}

#[tokio::test]
async fn an_unknown_space_is_not_made() {
    let world = World::new().await;
    let unknown = cunshi_model::SpaceId::new(1);
    assert!(matches!(world.store.read(unknown).await, Err(DataError::NoSpace)));
    assert!(!world.file(unknown).exists());
}

#[tokio::test]
async fn an_answer_is_remembered_under_its_key_for_its_time() {
    let world = World::new().await;
    let actor = world.person();
    let key = |key: &str| IdempotencyKey { actor, action: "issues/report".to_owned(), key: key.to_owned() };
    let answer = Remembered { digest: "d".to_owned(), outcome: r#"{"say":"谢谢"}"#.to_owned() };
    let until = world.now() + 72 * HOUR;
    let mut tx = world.write(world.tianfu).await;
    tx.remember(&key("a"), &answer, until).await.unwrap();
    drop(tx);
    let mut tx = world.write(world.tianfu).await;
    assert_eq!(tx.recall(&key("a"), world.now()).await.unwrap(), None, "a failure does not consume the key");
    tx.remember(&key("a"), &answer, until).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = world.write(world.tianfu).await;
    assert_eq!(tx.recall(&key("a"), world.now()).await.unwrap(), Some(answer.clone()));
    assert_eq!(tx.recall(&key("b"), world.now()).await.unwrap(), None);
    let somebody_else = IdempotencyKey { actor: world.person(), ..key("a") };
    assert_eq!(tx.recall(&somebody_else, world.now()).await.unwrap(), None);
    assert_eq!(tx.recall(&key("a"), until).await.unwrap(), None);
    drop(tx);
    let mut elsewhere = world.write(world.zhaoshi).await;
    assert_eq!(elsewhere.recall(&key("a"), world.now()).await.unwrap(), None);
}

#[tokio::test]
async fn everything_is_there_after_closing_and_opening_again() {
    let world = World::new().await;
    let cases = cases();
    let id = world.insert(world.tianfu, &cases, case("1", "open", 1)).await;
    world.store.close().await;
    assert!(world.store.read(world.tianfu).await.is_err(), "closed is closed");
    let store = Store::open(world.data(), options(), Arc::new(world.clock.clone())).await.unwrap();
    assert_eq!(store.district().tree().all().len(), 4);
    let mut read = store.read(world.tianfu).await.unwrap();
    assert_eq!(store.space(world.tianfu).await.unwrap().revision().await.unwrap(), 1);
    assert_eq!(read.get(system(&cases), &id).await.unwrap().unwrap().version, 1);
}

#[tokio::test]
async fn what_was_committed_survives_a_crash_and_what_was_not_does_not() {
    let world = World::new().await;
    let cases = cases();
    world.insert(world.tianfu, &cases, case("1", "open", 1)).await;
    let mut tx = world.write(world.tianfu).await;
    tx.insert(system(&cases), None, &case("2", "open", 2).to_string(), world.now()).await.unwrap();
    drop(tx);
    let world = world.crash().await;
    assert_eq!(count(&world).await, 1);
    assert_eq!(world.space(world.tianfu).await.verify().await.unwrap().flaws, []);
}

async fn reopened(world: &World) -> Result<Store, StoreError> {
    world.store.close().await;
    Store::open(world.data(), options(), Arc::new(world.clock.clone())).await
}

#[tokio::test]
async fn data_of_a_newer_version_is_left_alone() {
    let world = World::new().await;
    world.space(world.tianfu).await;
    world.store.close().await;
    tamper(&world.file(world.tianfu), "PRAGMA user_version = 99").await;
    let store = reopened(&world).await.unwrap();
    let error = store.space(world.tianfu).await.unwrap_err();
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("was written by a newer version"), "{source}");
    store.close().await;

    tamper(&world.data().join("district.db"), "UPDATE note SET value = '99' WHERE key = 'store/space-schema'").await;
    let error = reopened(&world).await.unwrap_err();
    assert!(matches!(error, StoreError::NewerVersion { found: 99, .. }), "{error:?}");
    tamper(&world.data().join("district.db"), "PRAGMA user_version = 99").await;
    let error = reopened(&world).await.unwrap_err();
    assert!(matches!(error, StoreError::NewerVersion { found: 99, .. }), "{error:?}");
    assert!(error.to_string().contains("install the newer version"), "{error}");
}

#[tokio::test]
async fn a_lost_file_is_reported_and_not_begun_anew() {
    let world = World::new().await;
    world.space(world.tianfu).await;
    world.store.close().await;
    std::fs::remove_file(world.file(world.tianfu)).unwrap();
    let store = reopened(&world).await.unwrap();
    let error = store.space(world.tianfu).await.unwrap_err();
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("is missing: restore it from a backup"), "{source}");
    assert!(!world.file(world.tianfu).exists());
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-file");
    std::fs::write(&file, "").unwrap();
    let clock = Arc::new(cunshi_model::ManualClock::at(0));
    let error = Store::open(&file.join("data"), options(), clock).await.unwrap_err();
    assert!(matches!(error, StoreError::NotWritable { .. }), "{error:?}");
    assert!(error.to_string().contains("cannot be written"), "{error}");
}
