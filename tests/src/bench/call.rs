//! A call into a plugin that does nothing: what a fresh instance costs, alone and with the store around it.

use std::sync::Arc;
use std::time::Instant;

use cunshi_contract::Lang;
use cunshi_model::{Calendar, ManualClock, Roles, SpaceId};
use cunshi_runtime::testing::MemorySpaces;
use cunshi_runtime::{Caller, Runtime, RuntimeOptions};
use serde_json::Map;

use super::{Figure, Promise, each, median, span};
use crate::{District, instant, plugin, workspace};

/// Calls of one round, and rounds.
const CALLS: u32 = 2_000;
const ROUNDS: usize = 25;

pub(super) async fn measure() -> [Figure; 2] {
    let clock = Arc::new(ManualClock::at(instant("2026-09-02 08:14")));
    let spaces = MemorySpaces::new();
    let space = spaces.village("天府社区");
    spaces.switch(space, "noop", true);
    let options = RuntimeOptions::new(workspace().join("target/cunshi/compiled"));
    let bare = Runtime::new(options, Arc::new(spaces), Calendar::default(), clock).expect("a runtime");
    bare.load(plugin("noop")).await.expect("the plugin");
    let district = District::with("2026-09-02 08:14", &["noop"]).await;
    let stored = district.tianfu().space.id;

    let (mut alone, mut whole) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        alone.push(round(&bare, space).await);
        whole.push(round(&district.runtime, stored).await);
    }
    let (alone, whole) = (median(alone), median(whole));
    [
        Figure {
            what: "a page of a plugin that does nothing, fresh instance included",
            ours: span(alone),
            counterpart: String::new(),
            measured: alone * 1e6,
            promise: Promise::AtMost(20.0, "µs"),
        },
        Figure {
            what: "the same, with the store's profile and snapshot",
            ours: span(whole),
            counterpart: span(alone),
            measured: alone / whole,
            promise: Promise::None,
        },
    ]
}

/// Seconds per call.
async fn round(runtime: &Runtime, space: SpaceId) -> f64 {
    let visitor =
        Caller { space, actor: None, name: String::new(), household: None, roles: Roles::NONE, lang: Lang::Zh };
    let began = Instant::now();
    for _ in 0..CALLS {
        runtime.page(&visitor, "noop", "noop", Map::new()).await.expect("a page");
    }
    each(began.elapsed(), CALLS)
}
