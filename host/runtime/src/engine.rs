//! The one engine: how guests are compiled, where their instances live, and the tick that interrupts them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use wasmtime::{Config, Enabled, Engine, InstanceAllocationStrategy, PoolingAllocationConfig};

use crate::budget::{Budgets, MAX_INSTANCES, MAX_MEMORIES, MAX_TABLE_ELEMENTS, MAX_TABLES};
use crate::error::RuntimeError;

/// How often guests may be interrupted; a call is charged in steps of at most two ticks. Short, because it is how
/// long a guest may keep a worker before it counts as long (see `lane`).
pub(crate) const TICK: Duration = Duration::from_millis(2);

/// The tick while long calls are at work: how long one of them keeps a processor from whoever waits for it.
const FINE_TICK: Duration = Duration::from_micros(500);

/// Instances kept beside those of calls, for upgrading old documents while a call waits for them.
pub(crate) const UPGRADERS: u32 = 8;

/// The engine that runs guests: instances come from a pool, so that a fresh one costs microseconds.
pub(crate) fn running(budgets: &Budgets, instances: u32) -> Result<Engine, RuntimeError> {
    let total = instances.saturating_add(UPGRADERS);
    let mut pool = PoolingAllocationConfig::default();
    pool.total_component_instances(total)
        .total_core_instances(total.saturating_mul(4))
        .total_memories(total)
        .total_tables(total.saturating_mul(4))
        .total_stacks(total)
        .max_core_instances_per_component(MAX_INSTANCES)
        .max_memories_per_component(MAX_MEMORIES)
        .max_tables_per_component(MAX_TABLES)
        .max_memory_size(budgets.memory)
        .table_elements(MAX_TABLE_ELEMENTS)
        .linear_memory_keep_resident(2 << 20)
        .table_keep_resident(512 << 10)
        .async_stack_keep_resident(64 << 10)
        // Finds the pages that a call dirtied instead of clearing them all; kernels before 6.7 go without.
        .pagemap_scan(Enabled::Auto);
    let mut config = compiling_config();
    config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    match new(&config) {
        Ok(engine) => Ok(engine),
        Err(error) => {
            // A machine without room for the pool's addresses still serves, only slower.
            tracing::warn!(%error, "no pool for instances: each call allocates its own");
            new(&compiling_config()).map_err(|error| RuntimeError::Engine(format!("{error:#}")))
        }
    }
}

/// An engine that only compiles: its code runs in [`running`]'s.
pub(crate) fn compiling() -> Result<Engine, RuntimeError> {
    new(&compiling_config()).map_err(|error| RuntimeError::Engine(format!("{error:#}")))
}

/// Everything that decides what compiled code looks like.
fn compiling_config() -> Config {
    let mut config = Config::new();
    config
        .wasm_component_model(true)
        .concurrency_support(false)
        .epoch_interruption(true)
        .memory_init_cow(true)
        .max_wasm_stack(512 << 10)
        .async_stack_size(1 << 20)
        .wasm_memory64(false);
    config
}

#[expect(clippy::disallowed_methods, reason = "the one place that builds engines")]
fn new(config: &Config) -> wasmtime::Result<Engine> {
    Engine::new(config)
}

/// The thread that moves the engine's epoch; it ends when this is dropped.
pub(crate) struct Ticker {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Ticker {
    pub(crate) fn start(engine: &Engine, long_calls: Arc<AtomicUsize>) -> Result<Self, RuntimeError> {
        let engine = engine.clone();
        let (stop, stopped) = channel();
        let thread = std::thread::Builder::new()
            .name("cunshi-ticker".to_owned())
            .spawn(move || {
                let tick = || if long_calls.load(Ordering::Relaxed) == 0 { TICK } else { FINE_TICK };
                while matches!(stopped.recv_timeout(tick()), Err(RecvTimeoutError::Timeout)) {
                    engine.increment_epoch();
                }
            })
            .map_err(|error| RuntimeError::Engine(format!("no thread for its clock: {error}")))?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
