//! Power cuts: people act while the server is killed again and again, and what is found on the disk afterwards.

use std::future::Future;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;
use tokio::task::JoinSet;

use crate::{Chance, Served};

/// Somebody who does one thing after the other. Each thing is sent under a key of its own, again and again until it
/// is acknowledged.
pub trait Acting: Send + 'static {
    /// Does the next step; false when the server went away before it was acknowledged.
    fn steps(&mut self) -> impl Future<Output = bool> + Send;

    /// Steps that were acknowledged.
    fn done(&self) -> usize;
}

/// Lets people act while the server is killed so many times; `holds` is asked after each.
pub async fn killed_while_acting<A: Acting>(
    data: &Path,
    listen: SocketAddr,
    mut people: Vec<A>,
    times: usize,
    mut chance: Chance,
    holds: impl Fn(usize, &A),
) -> Vec<A> {
    for kill in 0..times {
        let before = done(&people);
        let served = Served::start(data, listen).await;
        let acting = tokio::spawn(act(people));
        tokio::time::sleep(Duration::from_millis(chance.between(50, 400))).await;
        served.is_killed().await;
        people = acting.await.expect("nobody met a wrong answer");
        for one in &people {
            holds(kill, one);
        }
        assert!(done(&people) >= before, "an acknowledgement was forgotten");
    }
    people
}

/// After the last kill: everybody says again what was under way, and goes on to the end of a round of so many steps.
/// Also who stood at the end of one: the first step of the next may have been done and not acknowledged.
pub async fn to_the_end_of_a_round<A: Acting>(people: &mut [A], steps: usize, served: &Served) {
    for one in people {
        loop {
            assert!(one.steps().await, "the server went away by itself:\n{}", served.said());
            if one.done().is_multiple_of(steps) {
                break;
            }
        }
    }
}

/// Steps that were acknowledged, of all together.
pub fn done<A: Acting>(people: &[A]) -> usize {
    people.iter().map(Acting::done).sum()
}

/// Lets all act until the server is gone.
async fn act<A: Acting>(people: Vec<A>) -> Vec<A> {
    let mut acting = JoinSet::new();
    for mut one in people {
        acting.spawn(async move {
            while one.steps().await {}
            one
        });
    }
    acting.join_all().await
}

/// After one more start and its work, nothing is parked and nothing waits to be told or carried, in any space.
pub async fn nothing_waits(data: &Path, listen: SocketAddr) {
    let served = Served::start(data, listen).await;
    served.is_killed().await;
    let pool = database(&data.join("district.db")).await;
    let spaces: Vec<(String,)> = sqlx::query_as("SELECT id FROM space").fetch_all(&pool).await.expect("spaces");
    pool.close().await;
    for (space,) in spaces {
        let file = data.join("spaces").join(format!("{space}.db"));
        if !file.exists() {
            continue;
        }
        let pool = database(&file).await;
        let count = "SELECT (SELECT COUNT(*) FROM delivery) + (SELECT COUNT(*) FROM carriage)";
        let (waiting,): (i64,) = sqlx::query_as(count).fetch_one(&pool).await.expect("a count");
        assert_eq!(waiting, 0, "deliveries or carriages wait in {space}");
        pool.close().await;
    }
}

/// A database of the platform as a file, with nobody else using it.
pub async fn database(file: &Path) -> SqlitePool {
    let options = SqliteConnectOptions::new().filename(file);
    SqlitePool::connect_with(options).await.unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
