//! A village whose plugin never ends costs its neighbours nothing that they would notice.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use cunshi_tests::{Actor, District, Served, free_address};
use serde_json::json;
use tokio::task::JoinSet;

/// Callers who keep the attacker's plugin busy.
const ATTACKERS: usize = 8;
/// Calls of the neighbour in one round.
const CALLS: usize = 300;
/// Rounds with and without the attack, in turn: a busy machine spoils some of them, not all.
const ROUNDS: usize = 5;
/// What the issue allows.
const ALLOWED: f64 = 1.5;

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_loop_next_door_is_not_felt() {
    let district = District::of_today(&["issues", "hostile"]).await;
    let lin = district.tianfu().villager("林秀英").await;
    for nth in 0..20 {
        lin.does("issues", "report", json!({ "title": format!("第{nth}件"), "category": "other" })).await.result();
    }
    let zhang = district.zhaoshi().villager("张三").await;
    let data = district.leaves().await;
    let listen = free_address();
    let served = Served::start(data.path(), listen).await;
    let (lin, zhang) = (lin.through(&served.base), zhang.through(&served.base));
    p99(&lin).await;

    let mut ratios = Vec::new();
    for _ in 0..ROUNDS {
        let quiet = p99(&lin).await;
        let attack = Attack::begins(&zhang);
        let attacked = p99(&lin).await;
        let stopped = attack.ends().await;
        assert!(stopped > 0, "the attack did not take place");
        ratios.push(attacked.as_secs_f64() / quiet.as_secs_f64());
    }
    let best = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    assert!(best <= ALLOWED, "p99 of the neighbour with the attack, by that without: {ratios:.2?}");

    // And the attacked village itself is served as soon as it lets go.
    zhang.asks("issues", "cases", "").await.result();
    served.is_killed().await;
}

/// The time in which 99 of 100 calls were answered.
async fn p99(actor: &Actor) -> Duration {
    let mut times = Vec::with_capacity(CALLS);
    for _ in 0..CALLS {
        let began = Instant::now();
        actor.asks("issues", "cases", "show=open").await.result();
        times.push(began.elapsed());
    }
    times.sort();
    times[CALLS * 99 / 100]
}

/// Callers of an endless loop, until they are told to stop.
struct Attack {
    over: Arc<AtomicBool>,
    stopped: Arc<AtomicU64>,
    callers: JoinSet<()>,
}

impl Attack {
    fn begins(attacker: &Actor) -> Self {
        let (over, stopped) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let mut callers = JoinSet::new();
        for _ in 0..ATTACKERS {
            let (attacker, over, stopped) = (attacker.clone(), Arc::clone(&over), Arc::clone(&stopped));
            callers.spawn(async move {
                while !over.load(Ordering::Relaxed) {
                    let answer = attacker.asks("hostile", "spin", "").await.is(503);
                    assert!(answer.body["detail"].is_string(), "{:#}", answer.body);
                    stopped.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        Self { over, stopped, callers }
    }

    /// How many calls were stopped in the attack.
    async fn ends(self) -> u64 {
        self.over.store(true, Ordering::Relaxed);
        self.callers.join_all().await;
        self.stopped.load(Ordering::Relaxed)
    }
}

#[tokio::test]
async fn hostile_calls_leave_nothing_and_their_village_goes_on() {
    let district = District::with("2026-09-02 08:14", &["issues", "hostile"]).await;
    let zhaoshi = district.zhaoshi();
    let zhang = zhaoshi.villager("张三").await;
    for action in ["spin-after-write", "alloc", "flood"] {
        let answer = zhang.does("hostile", action, json!({})).await;
        assert!(matches!(answer.status.as_u16(), 413 | 500 | 503), "{action}: {} {:#}", answer.status, answer.body);
        assert_eq!(answer.media_type, "application/problem+json");
        let seen = format!("{:#}", answer.body);
        assert!(!seen.contains("wasm") && !seen.contains("src/"), "{action}: the villager reads machinery: {seen}");
        let kept = zhang.asks("hostile", "kept", "").await.result();
        assert_eq!(kept, json!({ "marks": 0, "heard": 0 }), "{action} left something");
    }
    zhang.does("issues", "report", json!({ "title": "一切照常", "category": "other" })).await.result();
    district.is_quiet().await;
}
