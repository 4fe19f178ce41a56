//! Processor time, fairly charged: while the guest runs, and not while it waits for the host or its turn.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::engine::TICK;

/// The processor time of one call. Not a lock: one call runs on one thread at a time.
pub(crate) struct Meter {
    base: Instant,
    budget: u64,
    spent: AtomicU64,
    since: AtomicU64,
}

const PAUSED: u64 = u64::MAX;

impl Meter {
    /// Paused; [`Self::resume`] starts to charge.
    pub(crate) fn new(budget: Duration) -> Self {
        Self { base: Instant::now(), budget: nanos(budget), spent: AtomicU64::new(0), since: AtomicU64::new(PAUSED) }
    }

    /// The guest waits: nothing is charged until [`Self::resume`].
    pub(crate) fn pause(&self) {
        let since = self.since.swap(PAUSED, Ordering::Relaxed);
        if since != PAUSED {
            // The system may have taken the thread away in between; a guest cannot run longer than this
            // without being asked.
            let ran = nanos(self.base.elapsed()).saturating_sub(since).min(2 * nanos(TICK));
            self.spent.fetch_add(ran, Ordering::Relaxed);
        }
    }

    /// The guest runs again.
    pub(crate) fn resume(&self) {
        self.since.store(nanos(self.base.elapsed()), Ordering::Relaxed);
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
}

/// A guest that waits for the host.
pub(crate) struct Waiting(Arc<Meter>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.resume();
    }
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
        std::thread::sleep(Duration::from_millis(12));
        drop(waiting);
        meter.pause();
        assert!(!meter.is_spent());
    }

    #[test]
    fn a_guest_that_runs_is_charged_until_nothing_is_left() {
        let meter = Meter::new(Duration::from_millis(3));
        meter.resume();
        let until = Instant::now() + Duration::from_millis(4);
        while Instant::now() < until {
            std::hint::spin_loop();
        }
        meter.pause();
        assert!(meter.is_spent());
    }
}
