//! Processor time, fairly charged: while the guest runs, and not while it waits for the host or its turn.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::engine::TICK;

/// The processor time of one call, as the system counts it for the thread: what others took from the guest is
/// not charged. Not a lock: one call runs on one thread at a time, and on one from each resume to the next pause.
pub(crate) struct Meter {
    budget: u64,
    spent: AtomicU64,
    since: AtomicU64,
}

const PAUSED: u64 = u64::MAX;

impl Meter {
    /// Paused; [`Self::resume`] starts to charge.
    pub(crate) fn new(budget: Duration) -> Self {
        Self { budget: nanos(budget), spent: AtomicU64::new(0), since: AtomicU64::new(PAUSED) }
    }

    /// The guest waits: nothing is charged until [`Self::resume`].
    pub(crate) fn pause(&self) {
        let since = self.since.swap(PAUSED, Ordering::Relaxed);
        if since != PAUSED {
            self.spent.fetch_add(thread_time().saturating_sub(since), Ordering::Relaxed);
        }
    }

    /// The guest runs again.
    pub(crate) fn resume(&self) {
        self.since.store(thread_time(), Ordering::Relaxed);
    }

    /// The guest waits for the host until what this gives is dropped.
    pub(crate) fn wait(self: &Arc<Self>) -> Waiting {
        self.pause();
        Waiting(Arc::clone(self))
    }

    /// Whether the budget is used up; call it while paused.
    pub(crate) fn is_spent(&self) -> bool {
        self.spent.load(Ordering::Relaxed) >= self.budget
    }

    /// Whether the guest has run for a whole tick in all: one that a tick only happened to meet has not.
    pub(crate) fn is_long(&self) -> bool {
        self.spent.load(Ordering::Relaxed) >= nanos(TICK)
    }
}

/// A guest that waits for the host.
pub(crate) struct Waiting(Arc<Meter>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.resume();
    }
}

/// Processor time of the calling thread since it began, in nanoseconds.
fn thread_time() -> u64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    nanos(Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0)))
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_that_only_waits_is_not_charged() {
        let meter = Arc::new(Meter::new(Duration::from_millis(10)));
        meter.resume();
        let waiting = meter.wait();
        run_for(Duration::from_millis(12));
        drop(waiting);
        meter.pause();
        assert!(!meter.is_spent());
    }

    #[test]
    fn a_guest_that_runs_is_charged_until_nothing_is_left() {
        let meter = Meter::new(Duration::from_millis(3));
        meter.resume();
        run_for(Duration::from_millis(4));
        meter.pause();
        assert!(meter.is_spent());
    }

    #[test]
    fn a_call_is_long_once_it_has_run_for_a_tick_and_not_before() {
        let meter = Meter::new(Duration::from_secs(1));
        for _ in 0..3 {
            assert!(!meter.is_long());
            meter.resume();
            run_for(TICK * 2 / 5);
            meter.pause();
        }
        assert!(meter.is_long());
    }

    /// Uses so much of the processor, however long that takes.
    fn run_for(time: Duration) {
        let until = thread_time() + nanos(time);
        while thread_time() < until {
            std::hint::spin_loop();
        }
    }
}
