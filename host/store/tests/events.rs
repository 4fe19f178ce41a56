//! Events: outbox and inbox, order, parking, up and down the tree, jobs, and knowing which space is due.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::time::Duration;

use common::{World, options};
use cunshi_contract::manifest::Direction;
use cunshi_model::clock::{HOUR, MINUTE};
use cunshi_model::port::{Carriage, DataError, Delivery, DueJob, MAX_CAUSAL_EVENTS, NewEvent, Spaces as _};
use cunshi_model::{EventId, Micros, SpaceId};
use cunshi_store::StoreOptions;

fn names(plugins: &[&str]) -> Vec<String> {
    plugins.iter().map(|plugin| (*plugin).to_owned()).collect()
}

async fn due(world: &World, space: SpaceId, subscribers: &[String]) -> Vec<Delivery> {
    world.store.read(space).await.unwrap().due_deliveries(world.now(), subscribers, 50).await.unwrap()
}

fn payloads(deliveries: &[Delivery]) -> Vec<i64> {
    deliveries.iter().map(|delivery| delivery.event.payload.as_i64().unwrap()).collect()
}

async fn settle(world: &World, space: SpaceId, delivery: &Delivery) -> bool {
    let mut tx = world.write(space).await;
    let settled = tx.delivered(delivery.id).await.unwrap();
    tx.commit().await.unwrap();
    settled
}

async fn fail(world: &World, delivery: &Delivery, retry_at: Option<Micros>) {
    let mut tx = world.write(world.tianfu).await;
    tx.failed(delivery.id, "the guest trapped", retry_at).await.unwrap();
    tx.commit().await.unwrap();
}

async fn carriages(world: &World, space: SpaceId) -> Vec<Carriage> {
    world.store.read(space).await.unwrap().due_carriages(world.now(), 50).await.unwrap()
}

/// What the host's worker does with a carriage.
async fn carry(world: &World, carriage: &Carriage, hearers: &[String]) -> bool {
    let mut there = world.write(carriage.target).await;
    let new = there.receive(carriage, hearers, world.now()).await.unwrap();
    there.commit().await.unwrap();
    let mut here = world.write(carriage.source).await;
    here.carried(carriage.id).await.unwrap();
    here.commit().await.unwrap();
    new
}

#[tokio::test]
async fn each_hearer_hears_each_subject_in_order() {
    let world = World::new().await;
    let hearers = names(&["points", "diaries"]);
    for (subject, payload) in [("a", "1"), ("b", "2"), ("a", "3")] {
        world.send(world.tianfu, world.event(subject, payload, &hearers)).await;
    }
    let points = names(&["points"]);
    let first = due(&world, world.tianfu, &points).await;
    assert_eq!(payloads(&first), [1, 2], "the second of `a` waits for the first");
    assert_eq!((first[0].event.from.as_str(), first[0].event.from_plugin.as_str()), ("here", "issues"));
    assert!(settle(&world, world.tianfu, &first[0]).await);
    assert!(!settle(&world, world.tianfu, &first[0]).await, "it has had its effect already");
    assert_eq!(payloads(&due(&world, world.tianfu, &points).await), [2, 3]);
    assert_eq!(payloads(&due(&world, world.tianfu, &names(&["diaries"])).await), [1, 2]);
    assert!(due(&world, world.tianfu, &names(&["jobs"])).await.is_empty());
}

#[tokio::test]
async fn a_failed_one_is_tried_again_and_holds_back_those_behind_it() {
    let world = World::new().await;
    let points = names(&["points"]);
    for payload in ["1", "2"] {
        world.send(world.tianfu, world.event("a", payload, &points)).await;
    }
    let first = due(&world, world.tianfu, &points).await;
    fail(&world, &first[0], Some(world.now() + MINUTE)).await;
    assert!(due(&world, world.tianfu, &points).await.is_empty());
    world.advance(60);
    let again = due(&world, world.tianfu, &points).await;
    assert_eq!((payloads(&again), again[0].attempts), (vec![1], 1));
}

#[tokio::test]
async fn a_parked_one_blocks_its_subject_only_until_it_is_replayed() {
    let world = World::new().await;
    let points = names(&["points"]);
    for (subject, payload) in [("a", "1"), ("a", "2"), ("b", "3")] {
        world.send(world.tianfu, world.event(subject, payload, &points)).await;
    }
    let first = due(&world, world.tianfu, &points).await;
    fail(&world, &first[0], None).await;
    assert_eq!(payloads(&due(&world, world.tianfu, &points).await), [3]);
    let space = world.space(world.tianfu).await;
    let parked = space.parked(10).await.unwrap();
    assert_eq!(parked.len(), 1);
    assert_eq!((parked[0].subject.as_str(), parked[0].error.as_str()), ("a", "the guest trapped"));
    assert_eq!((parked[0].event.as_str(), parked[0].attempts), ("issues.case-closed/1", 1));
    space.replay(parked[0].id, None, world.now()).await.unwrap();
    assert!(matches!(space.replay(parked[0].id, None, world.now()).await, Err(DataError::Missing)));
    assert_eq!(payloads(&due(&world, world.tianfu, &points).await), [1, 3]);
}

#[tokio::test]
async fn what_a_rule_failed_at_is_replayed_once_it_is_mended_in_order_and_wakes_the_worker() {
    let world = World::new().await;
    let both = names(&["points", "diaries"]);
    for plugin in &both {
        world.switch_on(world.tianfu, plugin, &[]).await;
    }
    for (subject, payload) in [("a", "1"), ("a", "2"), ("b", "3")] {
        world.send(world.tianfu, world.event(subject, payload, &both)).await;
    }
    for delivery in due(&world, world.tianfu, &both).await {
        fail(&world, &delivery, None).await;
    }
    assert!(due(&world, world.tianfu, &both).await.is_empty());
    let soon = Duration::from_millis(20);
    world.store.wait_for_work().await;
    assert!(tokio::time::timeout(soon, world.store.wait_for_work()).await.is_err(), "nothing is left to do");
    assert!(world.store.due(world.now(), 10).await.unwrap().is_empty());

    world.advance(60);
    let space = world.space(world.tianfu).await;
    assert_eq!(space.replay_parked_of("points", world.now()).await.unwrap(), 2);
    world.store.wait_for_work().await;
    assert_eq!(world.store.due(world.now(), 10).await.unwrap(), [world.tianfu]);
    let points = names(&["points"]);
    let again = due(&world, world.tianfu, &points).await;
    assert_eq!((payloads(&again), again[0].attempts), (vec![1, 3], 0), "in order: 2 waits for 1");
    settle(&world, world.tianfu, &again[0]).await;
    assert_eq!(payloads(&due(&world, world.tianfu, &points).await), [2, 3]);
    assert!(due(&world, world.tianfu, &names(&["diaries"])).await.is_empty(), "another's stay parked");
    assert_eq!(space.replay_parked_of("points", world.now()).await.unwrap(), 0);

    world.store.wait_for_work().await;
    let parked = space.parked(10).await.unwrap();
    space.replay(parked[0].id, None, world.now()).await.unwrap();
    tokio::time::timeout(Duration::from_secs(5), world.store.wait_for_work()).await.unwrap();
}

#[tokio::test]
async fn what_must_wait_lets_later_ones_pass_until_its_time() {
    let world = World::new().await;
    let points = names(&["points"]);
    let lapse = NewEvent { not_before: Some(world.now() + HOUR), ..world.event("a", "1", &points) };
    world.send(world.tianfu, lapse).await;
    world.send(world.tianfu, world.event("a", "2", &points)).await;
    let now = due(&world, world.tianfu, &points).await;
    assert_eq!(payloads(&now), [2]);
    settle(&world, world.tianfu, &now[0]).await;
    assert!(due(&world, world.tianfu, &points).await.is_empty());
    world.clock.advance(HOUR);
    assert_eq!(payloads(&due(&world, world.tianfu, &points).await), [1]);
}

#[tokio::test]
async fn a_case_goes_up_to_the_town_and_its_answer_to_the_asking_village_alone() {
    let world = World::new().await;
    let issues = names(&["issues"]);
    let refer = NewEvent { direction: Direction::Up, ..world.event("case-1", "1", &[]) };
    world.send(world.tianfu, refer).await;
    let up = carriages(&world, world.tianfu).await;
    assert_eq!(up.len(), 1);
    assert_eq!((up[0].source, up[0].target), (world.tianfu, world.town));
    assert!(carry(&world, &up[0], &issues).await);
    assert!(!carry(&world, &up[0], &issues).await, "a repeat is recognised");
    assert!(carriages(&world, world.tianfu).await.is_empty());

    let heard = due(&world, world.town, &issues).await;
    assert_eq!(payloads(&heard), [1], "exactly once");
    let event = &heard[0].event;
    assert_eq!((event.from.as_str(), event.from_name.as_deref()), ("below", Some("天府社区")));
    let asked: EventId = event.id.parse().unwrap();
    let answer = NewEvent {
        direction: Direction::Down,
        answers: Some(asked),
        cause: Some(asked),
        ..world.event("case-1", "2", &[])
    };
    world.send(world.town, answer).await;
    let down = carriages(&world, world.town).await;
    assert_eq!(down.iter().map(|carriage| carriage.target).collect::<Vec<_>>(), [world.tianfu]);
    assert_eq!(down[0].root, up[0].root, "the causal tree goes on");
    assert!(carry(&world, &down[0], &issues).await);
    let heard = due(&world, world.tianfu, &issues).await;
    assert_eq!((heard[0].event.from.as_str(), heard[0].event.from_name.as_deref()), ("above", Some("成佳镇")));
    assert!(due(&world, world.zhaoshi, &issues).await.is_empty());
}

#[tokio::test]
async fn a_notice_goes_down_to_every_village() {
    let world = World::new().await;
    world.send(world.town, NewEvent { direction: Direction::Down, ..world.event("n", "1", &[]) }).await;
    let mut targets: Vec<_> = carriages(&world, world.town).await.iter().map(|carriage| carriage.target).collect();
    targets.sort();
    let mut villages = vec![world.tianfu, world.zhaoshi];
    villages.sort();
    assert_eq!(targets, villages);
}

#[tokio::test]
async fn only_what_came_from_below_can_be_answered_and_nobody_is_above_the_district() {
    let world = World::new().await;
    let own = world.send(world.town, world.event("a", "1", &[])).await;
    let mut tx = world.write(world.town).await;
    for (direction, answers) in [
        (Direction::Down, Some(own)),
        (Direction::Down, Some(EventId::new(world.now()))),
        (Direction::Up, Some(own)),
        (Direction::Here, Some(own)),
    ] {
        let event = NewEvent { direction, answers, ..world.event("a", "2", &[]) };
        assert!(matches!(tx.send(event).await, Err(DataError::Invalid(_))), "{direction:?}");
    }
    drop(tx);
    let mut tx = world.write(world.district).await;
    let up = NewEvent { direction: Direction::Up, ..world.event("a", "1", &[]) };
    assert!(matches!(tx.send(up).await, Err(DataError::Invalid(message)) if message.contains("no space above")));
}

#[tokio::test]
async fn a_carriage_that_fails_waits_and_keeps_its_order() {
    let world = World::new().await;
    for payload in ["1", "2"] {
        world.send(world.tianfu, NewEvent { direction: Direction::Up, ..world.event("a", payload, &[]) }).await;
    }
    let first = carriages(&world, world.tianfu).await;
    assert_eq!(first.len(), 1);
    let mut tx = world.write(world.tianfu).await;
    tx.not_carried(first[0].id, "the town is busy", world.now() + MINUTE).await.unwrap();
    tx.commit().await.unwrap();
    assert!(carriages(&world, world.tianfu).await.is_empty());
    world.advance(60);
    let again = carriages(&world, world.tianfu).await;
    assert_eq!((again[0].sequence, again[0].attempts), (first[0].sequence, 1));
}

#[tokio::test]
async fn a_storm_of_events_ends_at_its_budget() {
    let world = World::new().await;
    let mut tx = world.write(world.tianfu).await;
    let first = tx.send(world.event("a", "0", &[])).await.unwrap();
    let mut cause = first;
    for _ in 1..MAX_CAUSAL_EVENTS {
        cause = tx.send(NewEvent { cause: Some(cause), ..world.event("a", "1", &[]) }).await.unwrap();
    }
    for cause in [first, cause] {
        let refused = tx.send(NewEvent { cause: Some(cause), ..world.event("a", "2", &[]) }).await.unwrap_err();
        assert!(matches!(refused, DataError::Invalid(message) if message.contains("500")));
    }
    assert!(tx.send(world.event("a", "3", &[])).await.is_ok(), "another tree has a budget of its own");
}

#[tokio::test]
async fn jobs_are_due_at_once_then_as_planned_and_go_with_their_plugin() {
    let world = World::new().await;
    let jobs = names(&["raise-overdue", "close-stale"]);
    world.switch_on(world.tianfu, "issues", &jobs).await;
    let issues = names(&["issues"]);
    let due = async |at| world.store.read(world.tianfu).await.unwrap().due_jobs(at, &issues, 9).await.unwrap();
    let first = due(world.now()).await;
    assert_eq!(first.iter().map(|job| job.job.as_str()).collect::<Vec<_>>(), ["close-stale", "raise-overdue"]);
    let mut tx = world.write(world.tianfu).await;
    let step = DueJob { cursor: Some("half".to_owned()), attempts: 1, ..first[1].clone() };
    tx.plan_job(&step, world.now() + HOUR).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(due(world.now()).await.len(), 1);
    assert!(due(world.now() + HOUR).await.contains(&step));
    let mut tx = world.write(world.tianfu).await;
    tx.set_jobs("issues", &names(&["raise-overdue"]), world.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(due(world.now() + HOUR).await, [step]);
}

#[tokio::test]
async fn the_store_knows_which_space_is_due_and_when() {
    let world = World::new().await;
    assert_eq!(world.store.next_due().await.unwrap(), None);
    let points = names(&["points"]);
    world.send(world.zhaoshi, world.event("a", "1", &points)).await;
    assert_eq!(world.store.next_due().await.unwrap(), None, "a plugin that is off is not waited for");
    world.switch_on(world.zhaoshi, "points", &[]).await;
    assert_eq!(world.store.due(world.now(), 9).await.unwrap(), [world.zhaoshi]);
    let later = world.now() + HOUR;
    let delayed = NewEvent { not_before: Some(later), ..world.event("b", "2", &points) };
    world.switch_on(world.tianfu, "points", &[]).await;
    world.send(world.tianfu, delayed).await;
    let delivery = due(&world, world.zhaoshi, &points).await.remove(0);
    settle(&world, world.zhaoshi, &delivery).await;
    assert!(world.store.due(world.now(), 9).await.unwrap().is_empty());
    assert_eq!(world.store.next_due().await.unwrap(), Some(later));
    assert_eq!(world.store.due(later, 9).await.unwrap(), [world.tianfu]);
}

#[tokio::test]
async fn what_is_parked_or_behind_it_is_not_due() {
    let world = World::new().await;
    let points = names(&["points"]);
    world.switch_on(world.tianfu, "points", &[]).await;
    for payload in ["1", "2"] {
        world.send(world.tianfu, world.event("a", payload, &points)).await;
    }
    let first = due(&world, world.tianfu, &points).await;
    fail(&world, &first[0], None).await;
    assert_eq!(world.store.next_due().await.unwrap(), None);
    world.space(world.tianfu).await.replay(first[0].id, None, world.now()).await.unwrap();
    assert_eq!(world.store.due(world.now(), 9).await.unwrap(), [world.tianfu]);
}

#[tokio::test]
async fn due_times_survive_closing_and_crashing() {
    let world = World::new().await;
    let points = names(&["points"]);
    let later = world.now() + HOUR;
    for space in [world.tianfu, world.zhaoshi] {
        world.switch_on(space, "points", &[]).await;
    }
    world.send(world.tianfu, NewEvent { not_before: Some(later), ..world.event("a", "1", &points) }).await;
    let world = world.crash().await;
    assert_eq!(world.store.next_due().await.unwrap(), Some(later), "counted anew after a crash");
    world.send(world.zhaoshi, NewEvent { not_before: Some(later - 1), ..world.event("a", "1", &points) }).await;
    world.store.close().await;
    let world = world.crash().await;
    assert_eq!(world.store.next_due().await.unwrap(), Some(later - 1), "written down when the store closed");
    assert_eq!(world.store.due(later, 1).await.unwrap(), [world.zhaoshi]);
    assert_eq!(world.store.due(later, 9).await.unwrap(), [world.zhaoshi, world.tianfu]);
}

#[tokio::test]
async fn due_times_survive_being_put_out_of_the_cache() {
    let world = World::with(StoreOptions { open_spaces: 1, ..options() }).await;
    let points = names(&["points"]);
    for space in [world.tianfu, world.zhaoshi, world.town] {
        world.switch_on(space, "points", &[]).await;
        world.send(space, world.event("a", "1", &points)).await;
    }
    let mut due = world.store.due(world.now(), 9).await.unwrap();
    due.sort();
    let mut all = vec![world.tianfu, world.zhaoshi, world.town];
    all.sort();
    assert_eq!(due, all);
}

#[tokio::test]
async fn a_commit_that_makes_work_wakes_the_worker() {
    let world = World::new().await;
    let points = names(&["points"]);
    world.switch_on(world.tianfu, "points", &[]).await;
    world.store.wait_for_work().await;
    let idle = tokio::time::timeout(Duration::from_millis(20), world.store.wait_for_work()).await;
    assert!(idle.is_err(), "nothing to do");
    world.insert(world.tianfu, &common::cases(), common::case("1", "open", 1)).await;
    let still = tokio::time::timeout(Duration::from_millis(20), world.store.wait_for_work()).await;
    assert!(still.is_err(), "a document alone makes no work");
    let store = world.store.clone();
    let worker = tokio::spawn(async move { store.wait_for_work().await });
    world.send(world.tianfu, world.event("a", "1", &points)).await;
    worker.await.unwrap();
}
