//! An award from the deed to its row in the ledger, on disk before it is settled: the event is delivered to `points`,
//! the village's rule decides, and the points are posted at once, without review or publicity. Against a bare sqlx
//! transaction that writes the same rows, which were noted while another village did the same.

use std::time::Instant;

use cunshi_contract::deed::{Deed, Evidence};
use cunshi_contract::manifest::Direction;
use cunshi_model::port::{NewEvent, Spaces};
use cunshi_model::{Clock, PersonId};

use super::written::Written;
use super::{Figure, Promise, each, median, span};
use crate::{District, Village};

/// Awards of one round, and rounds. As many as the worker fetches at once.
const AWARDS: u32 = 50;
const ROUNDS: u32 = 15;
/// Of so many villagers.
const PEOPLE: u32 = 30;

pub(super) async fn measure() -> Figure {
    let district = District::with("2026-09-02 08:14", &["issues", "points"]).await;
    let (tianfu, zhaoshi) = (district.tianfu(), district.zhaoshi());
    let here = people(&tianfu).await;
    let there = people(&zhaoshi).await;
    let file = district.folder().join("spaces").join(format!("{}.db", zhaoshi.space.id));
    // What the other village writes while it makes the same awards is what the counterpart will write.
    deeds(&zhaoshi, &there, 0).await;
    award(&district, &zhaoshi).await;
    let mut written = Written::noting(&file).await;
    for round in 1..=ROUNDS {
        deeds(&zhaoshi, &there, round).await;
        written.keep().await;
        award(&district, &zhaoshi).await;
        written.keep().await;
    }
    let mut bare = written.counterpart(&district.folder().join("counterpart.db")).await;
    deeds(&tianfu, &here, 0).await;
    award(&district, &tianfu).await;

    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        deeds(&tianfu, &here, round).await;
        bare.round().await;
        let began = Instant::now();
        award(&district, &tianfu).await;
        let one = each(began.elapsed(), AWARDS);
        let began = Instant::now();
        let transactions = bare.round().await;
        let other = each(began.elapsed(), AWARDS);
        assert_eq!(transactions, AWARDS as usize, "every award is a transaction");
        ours.push(one);
        theirs.push(other);
        ratios.push(one / other);
    }
    Figure {
        what: "an award from deed to posted row, synced to disk, against a bare sqlx transaction of the same rows",
        ours: span(median(ours)),
        counterpart: span(median(theirs)),
        measured: median(ratios),
        promise: Promise::AtMostTimes(1.5),
    }
}

async fn people(village: &Village<'_>) -> Vec<PersonId> {
    let mut people = Vec::new();
    for nth in 0..PEOPLE {
        people.push(village.without_phone(&format!("村民{nth}")).await);
    }
    people
}

/// Deeds that `issues` has told of, waiting to be delivered.
async fn deeds(village: &Village<'_>, people: &[PersonId], round: u32) {
    let now = village.district.clock.now();
    let mut space = village.district.store.write(village.space.id).await.expect("a transaction");
    for (nth, person) in (0..AWARDS).zip(people.iter().cycle()) {
        let id = format!("01990000-0000-7000-8000-{round:04x}{nth:08x}");
        let text = format!("2026-{nth:04} 三组路口的路灯不亮，已经两天了");
        let deed = Deed {
            kind: "issue.adopted".to_owned(),
            person: Some(person.to_string()),
            household: None,
            quantity: "1".to_owned(),
            unit: "times".to_owned(),
            at: now,
            evidence: Evidence { id: id.clone(), text, link: None },
        };
        let event = NewEvent {
            plugin: "issues",
            name: "deed/1",
            subject: &id,
            payload: &serde_json::to_string(&deed).expect("a deed"),
            not_before: None,
            direction: Direction::Here,
            answers: None,
            hearers: &["points".to_owned()],
            cause: None,
            now,
        };
        space.send(event).await.expect("an event");
    }
    space.commit().await.expect("on disk");
}

async fn award(district: &District, village: &Village<'_>) {
    let worked = district.runtime.work(village.space.id).await.expect("the work is done");
    assert_eq!((worked.delivered, worked.failed, worked.parked), (AWARDS, 0, 0), "{worked:?}");
}
