//! Long calls keep to their lane: a guest that has run for a whole tick goes on only with its space's one lane,
//! beside the server's own threads and with less of the processor, so that short calls of the neighbours always
//! find a free worker.
//!
//! What a call waits for here is charged to its wall clock, not to its processor time.

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;
use std::time::Duration;

#[cfg(target_os = "linux")]
use thread_priority::{
    NormalThreadSchedulePolicy, ThreadPriority, ThreadSchedulePolicy, set_thread_priority_and_policy, thread_native_id,
};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;
use tracing::Instrument as _;

use crate::error::RuntimeError;

/// How long a long call leaves its processor alone after each tick: whoever waits there has its turn at once
/// instead of after the system's own slice of several milliseconds.
const BREATH: Duration = Duration::from_micros(100);

/// A call's way through its space's lane; an upgrade that the call waits for goes the same way.
pub(crate) struct Lane {
    of_space: Arc<Semaphore>,
    held: Mutex<Option<OwnedSemaphorePermit>>,
}

impl Lane {
    pub(crate) fn new(of_space: Arc<Semaphore>) -> Self {
        Self { of_space, held: Mutex::default() }
    }

    /// Before the guest runs: while a long call of the same space is under way, the next one waits behind it.
    pub(crate) async fn enter(&self) {
        if self.of_space.available_permits() == 0 && !self.is_long() {
            self.take().await;
            tokio::task::yield_now().await;
        }
    }

    /// A tick is used up. The first makes the call long: it goes on beside the server's threads. After each
    /// other one, others have their turn.
    pub(crate) async fn next_tick(&self) {
        if self.is_long() {
            // Blocks one of the side threads, which are there for this.
            std::thread::sleep(BREATH);
        } else {
            self.take().await;
        }
        tokio::task::yield_now().await;
    }

    /// Whether the call has the lane.
    pub(crate) fn is_long(&self) -> bool {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// The guest has ended.
    pub(crate) fn leave(&self) {
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    async fn take(&self) {
        // The semaphore is never closed.
        let lane = Arc::clone(&self.of_space).acquire_owned().await.ok();
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = lane;
    }
}

/// The threads that long calls go on on: half as many as processors, and stepping back behind all others.
pub(crate) struct SideThreads {
    runtime: Option<Runtime>,
    at_work: Arc<AtomicUsize>,
}

impl SideThreads {
    pub(crate) fn start() -> Result<Self, RuntimeError> {
        let threads = (available_parallelism().map_or(1, usize::from) / 2).max(1);
        let runtime = Builder::new_multi_thread()
            .worker_threads(threads)
            .thread_name("cunshi-long-call")
            .enable_time()
            .on_thread_start(step_back)
            .build()
            .map_err(|error| RuntimeError::Engine(format!("no threads for long calls: {error}")))?;
        Ok(Self { runtime: Some(runtime), at_work: Arc::default() })
    }

    /// How many long calls there are now.
    pub(crate) fn at_work(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.at_work)
    }

    /// Goes on with a call until it ends. Whoever stops waiting ends it at its next tick.
    pub(crate) async fn finish<T: Send + 'static>(&self, call: impl Future<Output = T> + Send + 'static) -> T {
        let Some(runtime) = &self.runtime else { return call.await };
        let mut going = Going::start(runtime.spawn(call.in_current_span()), &self.at_work);
        match (&mut going.call).await {
            Ok(ended) => ended,
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                // The threads have ended with the runtime, and nobody waits any more.
                Err(_) => std::future::pending().await,
            },
        }
    }
}

impl Drop for SideThreads {
    fn drop(&mut self) {
        // Without waiting: the last hand on the runtime may be that of a call on one of these threads.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Ends its call when nobody waits for it any more.
struct Going<'a, T> {
    call: JoinHandle<T>,
    at_work: &'a AtomicUsize,
}

impl<'a, T> Going<'a, T> {
    fn start(call: JoinHandle<T>, at_work: &'a AtomicUsize) -> Self {
        at_work.fetch_add(1, Ordering::Relaxed);
        Self { call, at_work }
    }
}

impl<T> Drop for Going<'_, T> {
    fn drop(&mut self) {
        self.call.abort();
        self.at_work.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Of the calling thread alone: any other thread that wants its processor has it at once. Where this is not
/// allowed, long calls have as much of the processor as others.
fn step_back() {
    #[cfg(target_os = "linux")]
    {
        let idle = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
        if let Err(error) = set_thread_priority_and_policy(thread_native_id(), ThreadPriority::Min, idle) {
            tracing::debug!(?error, "long calls do not step back");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    /// Polls a few times: what is still pending then waits for somebody else.
    fn waits(future: impl Future<Output = ()>) -> bool {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        (0..3).all(|_| future.as_mut().poll(&mut context) == Poll::Pending)
    }

    #[test]
    fn a_long_call_holds_up_those_of_its_own_village_until_it_ends() {
        let (village, other) = (Arc::new(Semaphore::new(1)), Arc::new(Semaphore::new(1)));
        let (first, second) = (Lane::new(Arc::clone(&village)), Lane::new(village));
        let other = Lane::new(other);
        assert!(!waits(first.enter()) && !first.is_long(), "nobody is under way");
        assert!(!waits(first.next_tick()) && first.is_long());
        assert!(waits(second.enter()), "the village's lane is taken");
        assert!(!waits(other.enter()), "another village's call does not wait");
        first.leave();
        assert!(!waits(second.next_tick()) && second.is_long());
    }

    #[tokio::test]
    async fn a_call_that_nobody_waits_for_is_ended() {
        let side = SideThreads::start().unwrap();
        let (gone, end) = tokio::sync::oneshot::channel::<()>();
        let call = async move {
            let _ends_with_the_call = gone;
            std::future::pending::<()>().await;
        };
        let left = tokio::time::timeout(Duration::from_millis(20), side.finish(call)).await;
        assert!(left.is_err());
        assert!(end.await.is_err(), "the call still holds what it had");
        assert_eq!(side.at_work().load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn a_long_call_runs_on_a_thread_of_its_own_kind() {
        let side = SideThreads::start().unwrap();
        let name = side.finish(async { std::thread::current().name().map(str::to_owned) }).await;
        assert_eq!(name.as_deref(), Some("cunshi-long-call"));
    }
}
