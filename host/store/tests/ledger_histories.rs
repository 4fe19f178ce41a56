//! Ten thousand histories of award, deduction, claim-hold, redeem, cancel, correction and close against a plain
//! model: whatever happens in whichever order, both agree, no balance passes its floor, no row that stands changes,
//! and at the end the whole ledger proves itself.
//!
//! A village lives through 500 histories at once, each with an account of its own, and twenty villages do so. Time
//! goes on for all of a village together: at each step every history does one thing, in one transaction, which is
//! now and then undone; and when a quarter is over it is closed for all, twice.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::collections::BTreeMap;

use common::{Villager, World, posting};
use cunshi_contract::ledger::books::{Books, Refused};
use cunshi_contract::ledger::{
    ClosePeriod, Entry, EntryReason, Hold, Holder, PointKind, Posting, RankBy, RankingQuery, StatementQuery, period,
};
use cunshi_model::Micros;
use cunshi_model::clock::DAY;
use cunshi_model::port::{DataError, Result, Spaces as _, WriteSpace};
use cunshi_store::StoreOptions;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};

const VILLAGES: u32 = 20;
const HISTORIES: usize = 500;
const STEPS: usize = 12;
/// From one step to the next: a quarter is over after four or five.
const STEP: Micros = 20 * DAY;
const POINTS: &str = "points";
const KINDS: [PointKind; 3] = [PointKind::Redeemable, PointKind::Base, PointKind::Honour];

/// One thing that happens to an account.
#[derive(Clone, Debug)]
enum Deed {
    Award {
        kind: usize,
        amount: i64,
        days_ago: i64,
    },
    Deduct {
        kind: usize,
        amount: i64,
        floor: i64,
        clip: bool,
    },
    Reserve {
        amount: i64,
    },
    /// Hands out what was set aside under one of the holds, which may be gone.
    Redeem {
        which: prop::sample::Index,
    },
    /// Takes the wish back, or lets it lapse.
    Cancel {
        which: prop::sample::Index,
    },
    Correct {
        which: prop::sample::Index,
        amount: i64,
    },
}

fn deed() -> impl Strategy<Value = Deed> {
    let which = any::<prop::sample::Index>;
    prop_oneof![
        3 => (0..3_usize, 1..2_000_i64, 0..60_i64)
            .prop_map(|(kind, amount, days_ago)| Deed::Award { kind, amount, days_ago }),
        2 => (0..3_usize, 1..2_000_i64, prop_oneof![3 => Just(0), 1 => -500..0_i64], any::<bool>())
            .prop_map(|(kind, amount, floor, clip)| Deed::Deduct { kind, amount, floor, clip }),
        3 => (1..1_500_i64).prop_map(|amount| Deed::Reserve { amount }),
        2 => which().prop_map(|which| Deed::Redeem { which }),
        1 => which().prop_map(|which| Deed::Cancel { which }),
        1 => (which(), prop_oneof![-800..0_i64, 1..800_i64]).prop_map(|(which, amount)| Deed::Correct { which, amount }),
    ]
}

/// What happens in a village: step by step, history by history, and whether the step is kept.
type Plan = Vec<(Vec<Deed>, bool)>;

fn plan() -> impl Strategy<Value = Plan> {
    let step = (prop::collection::vec(deed(), HISTORIES), prop::bool::weighted(0.85));
    prop::collection::vec(step, STEPS)
}

/// An account and what the plain model says of it.
#[derive(Clone)]
struct History {
    villager: Villager,
    holder: Holder,
    books: Books,
    /// Holds by name there and name in the model, those that are gone too.
    holds: Vec<(String, String, i64)>,
    /// Rows by id there and id in the model.
    rows: Vec<(String, String)>,
    /// The lowest floor that a deduction was allowed.
    floor: i64,
}

impl History {
    /// Does one thing in both, which must agree.
    async fn live(&mut self, tx: &mut Box<dyn WriteSpace>, deed: &Deed, now: Micros) {
        let by = self.villager.person;
        let name = format!("{now}/{}", self.rows.len());
        let base = Posting { holder: self.holder.clone(), ..posting(&self.villager, 1) };
        match deed {
            Deed::Award { kind, amount, days_ago } => {
                let at = Some(now - days_ago * DAY);
                self.post(tx, &Posting { kind: KINDS[*kind], amount: *amount, at, ..base }, now).await;
            }
            Deed::Deduct { kind, amount, floor, clip } => {
                let (reason, kind) = (EntryReason::Deduction, KINDS[*kind]);
                let posting = Posting { kind, amount: -amount, floor: *floor, clip: *clip, reason, ..base };
                self.floor = self.floor.min(*floor);
                self.post(tx, &posting, now).await;
            }
            Deed::Correct { which, amount } => {
                let Some((there, here)) = pick(*which, &self.rows).cloned() else { return };
                let kind = self.books.entry(&here).unwrap().kind;
                let posting = Posting { kind, amount: *amount, reason: EntryReason::Correction, ..base };
                let done = tx.post(POINTS, &Posting { corrects: Some(there), ..posting.clone() }, Some(by), now).await;
                let model = self.books.post(name, &Posting { corrects: Some(here), ..posting }, Some("x"), now);
                self.agree(done, model);
            }
            Deed::Reserve { amount } => {
                let hold = Hold { holder: self.holder.clone(), kind: PointKind::Redeemable, amount: *amount };
                let done = tx.reserve(POINTS, &hold, now).await;
                let model = self.books.reserve(format!("{}", self.holds.len()), POINTS, &hold);
                match (done, model) {
                    (Ok(there), Ok(here)) => self.holds.push((there, here, *amount)),
                    (Err(DataError::Invalid(_)), Err(Refused::Invalid(_))) => {}
                    (done, model) => panic!("{done:?} but {model:?}"),
                }
            }
            Deed::Redeem { which } => {
                let Some((there, here, amount)) = pick(*which, &self.holds).cloned() else { return };
                let posting = Posting { amount: -amount, reason: EntryReason::Redeem, ..base };
                let done = tx.capture(POINTS, &there, &posting, Some(by), now).await;
                let model = self.books.capture(name, POINTS, &here, &posting, Some("x"), now);
                self.agree(done, model);
            }
            Deed::Cancel { which } => {
                let Some((there, here, _)) = pick(*which, &self.holds).cloned() else { return };
                match (tx.release(POINTS, &there, now).await, self.books.release(POINTS, &here)) {
                    (Ok(()), Ok(())) | (Err(DataError::Missing), Err(Refused::Missing)) => {}
                    (done, model) => panic!("{done:?} but {model:?}"),
                }
            }
        }
    }

    async fn post(&mut self, tx: &mut Box<dyn WriteSpace>, posting: &Posting, now: Micros) {
        let name = format!("{now}/{}", self.rows.len());
        let done = tx.post(POINTS, posting, Some(self.villager.person), now).await;
        let model = self.books.post(name, posting, Some("x"), now);
        self.agree(done, model);
    }

    fn agree(&mut self, done: Result<Entry>, model: std::result::Result<Entry, Refused>) {
        match (done, model) {
            (Ok(there), Ok(here)) => {
                assert_eq!(plain(&there), plain(&here));
                self.rows.push((there.id, here.id));
            }
            (Err(DataError::Invalid(_)), Err(Refused::Invalid(_)))
            | (Err(DataError::Missing), Err(Refused::Missing)) => {}
            (done, model) => panic!("{done:?} but {model:?}"),
        }
    }
}

fn pick<T>(which: prop::sample::Index, from: &[T]) -> Option<&T> {
    (!from.is_empty()).then(|| which.get(from))
}

/// What two rows must have in common.
fn plain(entry: &Entry) -> (PointKind, i64, i64, EntryReason, Micros, Micros) {
    (entry.kind, entry.amount, entry.balance, entry.reason, entry.at, entry.posted)
}

/// A village with its histories, half of them of households, half of persons.
async fn begin() -> (World, Vec<History>) {
    let world = World::with(StoreOptions { durable: false, ..StoreOptions::default() }).await;
    let mut histories = Vec::new();
    let cadre = world.villager(world.tianfu, "书记").await;
    let space = world.space(world.tianfu).await;
    for number in 0..HISTORIES {
        let mut villager = cadre;
        let holder = if number % 2 == 0 {
            villager.household = space.put_household(None, "某家", None, world.now()).await.unwrap();
            villager.home()
        } else {
            let member = cunshi_model::Member {
                person: world.person(),
                name: "某人".to_owned(),
                household: None,
                phone: None,
                roles: Vec::new(),
            };
            space.put_member(&member, None, world.now()).await.unwrap();
            villager.person = member.person;
            villager.own()
        };
        let (books, holds, rows) = (Books::default(), Vec::new(), Vec::new());
        histories.push(History { villager, holder, books, holds, rows, floor: 0 });
    }
    (world, histories)
}

/// Closes a quarter for all, in batches, and once more.
async fn close(world: &World, histories: &mut [History], quarter: &str) {
    let close = ClosePeriod {
        period: quarter.to_owned(),
        clear: vec![PointKind::Redeemable, PointKind::Honour],
        text: "季度结算".to_owned(),
        limit: 100,
    };
    let mut rows = 0;
    for again in [false, true] {
        loop {
            let mut tx = world.write(world.tianfu).await;
            let closed = tx.close_period(POINTS, &close, world.now()).await.unwrap();
            tx.commit().await.unwrap();
            assert!(!again || closed.rows == 0, "an account is closed once");
            rows += closed.rows;
            if !closed.more {
                break;
            }
        }
    }
    let mut expected = 0;
    for history in histories {
        let mut number = 0;
        let id = || {
            number += 1;
            format!("{quarter}/{number}")
        };
        expected += history.books.close_period(&close, world.now(), id).unwrap().rows;
    }
    assert_eq!(rows, expected);
}

/// Everything that can be read says the same as the model.
async fn compare(world: &World, histories: &[History], kept: &mut BTreeMap<String, Entry>) {
    let mut read = world.store.read(world.tianfu).await.unwrap();
    let mut ranked: BTreeMap<String, i64> = BTreeMap::new();
    for history in histories {
        let balances = read.balances(&history.holder).await.unwrap();
        assert_eq!(balances, history.books.balances(&history.holder));
        assert!(balances.held >= 0 && balances.redeemable - balances.held >= history.floor.min(0), "{balances:?}");
        let query = StatementQuery { holder: history.holder.clone(), kind: None, limit: Some(200), before: None };
        let rows = read.statement(&query).await.unwrap();
        let model = history.books.statement(&query).unwrap();
        assert_eq!(rows.iter().map(plain).collect::<Vec<_>>(), model.iter().map(plain).collect::<Vec<_>>());
        for row in rows {
            let before = kept.entry(row.id.clone()).or_insert_with(|| row.clone());
            assert_eq!(*before, row, "a row that stands is never changed");
        }
        if let Holder::Household(id) = &history.holder
            && !history.books.entries().is_empty()
        {
            ranked.insert(id.clone(), balances.base + balances.redeemable + balances.honour);
        }
    }
    let query = RankingQuery { by: RankBy::Households, kind: None, period: None, limit: Some(200) };
    let listed = read.ranking(&query).await.unwrap();
    let mut expected: Vec<i64> = ranked.values().copied().collect();
    expected.sort_unstable_by(|one, other| other.cmp(one));
    expected.truncate(200);
    assert_eq!(listed.iter().map(|ranked| ranked.points).collect::<Vec<_>>(), expected);
}

async fn live(plan: Plan) {
    let (world, mut histories) = begin().await;
    let mut kept = BTreeMap::new();
    for (deeds, keep) in plan {
        let mut tx = world.write(world.tianfu).await;
        let mut after = histories.clone();
        for (history, deed) in after.iter_mut().zip(&deeds) {
            history.live(&mut tx, deed, world.now()).await;
        }
        if keep {
            tx.commit().await.unwrap();
            histories = after;
        } else {
            drop(tx);
        }
        world.clock.advance(STEP);
        for quarter in ["2026-Q3", "2026-Q4", "2027-Q1"] {
            let (_, end) = period(quarter).unwrap();
            if (end..end + STEP).contains(&world.now()) {
                close(&world, &mut histories, quarter).await;
            }
        }
    }
    compare(&world, &histories, &mut kept).await;
    let report = world.space(world.tianfu).await.verify().await.unwrap();
    assert!(report.is_sound(), "{:?}", report.flaws);
    assert_eq!(report.ledger_rows, kept.len() as u64);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_histories_end_as_the_plain_model_says() {
    // The same histories on every machine: a failure can be looked at again.
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let mut villages = tokio::task::JoinSet::new();
    for _ in 0..VILLAGES {
        villages.spawn(live(plan().new_tree(&mut runner).unwrap().current()));
        if villages.len() >= 2 {
            villages.join_next().await.unwrap().unwrap();
        }
    }
    while let Some(done) = villages.join_next().await {
        done.unwrap();
    }
}
