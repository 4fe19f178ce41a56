//! Long calls keep to their lane: a guest that has run for a whole tick goes on only with its space's one lane,
//! and with one of the few places that long calls of all spaces have together. Short calls of the neighbours
//! always find a free worker.
//!
//! What a call waits for here is charged to its wall clock, not to its processor time.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The places of long calls of all spaces: half of the workers, so that the others are free for short calls.
pub(crate) fn places() -> Arc<Semaphore> {
    let workers = available_parallelism().map_or(1, usize::from);
    Arc::new(Semaphore::new((workers / 2).max(1)))
}

/// A call's way through its space's lane; an upgrade that the call waits for goes the same way.
pub(crate) struct Lane {
    of_space: Arc<Semaphore>,
    places: Arc<Semaphore>,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    lane: Option<OwnedSemaphorePermit>,
    place: Option<OwnedSemaphorePermit>,
}

impl Lane {
    pub(crate) fn new(of_space: Arc<Semaphore>, places: Arc<Semaphore>) -> Self {
        Self { of_space, places, held: Mutex::default() }
    }

    /// Before the guest runs: while a long call of the same space is under way, the next one waits behind it.
    pub(crate) async fn enter(&self) {
        if self.of_space.available_permits() == 0 && self.held().lane.is_none() {
            self.take_lane().await;
        }
    }

    /// A tick is used up: the place goes to whoever waited longest, and this call goes on when it has one again.
    pub(crate) async fn next_tick(&self) {
        drop(self.held().place.take());
        tokio::task::yield_now().await;
        if self.held().lane.is_none() {
            self.take_lane().await;
        }
        // The semaphores are never closed.
        let place = Arc::clone(&self.places).acquire_owned().await.ok();
        self.held().place = place;
    }

    /// The guest has ended.
    pub(crate) fn leave(&self) {
        *self.held() = Held::default();
    }

    async fn take_lane(&self) {
        let lane = Arc::clone(&self.of_space).acquire_owned().await.ok();
        self.held().lane = lane;
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    /// Polls a few times: what is still pending then waits for somebody else.
    fn waits(future: impl Future<Output = ()>) -> bool {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        (0..3).all(|_| future.as_mut().poll(&mut context) == Poll::Pending)
    }

    fn two_villages() -> (Lane, Lane, Lane) {
        let (places, village) = (Arc::new(Semaphore::new(1)), Arc::new(Semaphore::new(1)));
        let lane = |of: &Arc<Semaphore>| Lane::new(Arc::clone(of), Arc::clone(&places));
        let other = Arc::new(Semaphore::new(1));
        (lane(&village), lane(&village), lane(&other))
    }

    #[test]
    fn a_long_call_holds_up_those_of_its_own_village_until_it_ends() {
        let (first, second, other) = two_villages();
        assert!(!waits(first.enter()), "nobody is under way");
        assert!(!waits(first.next_tick()));
        assert!(waits(second.enter()), "the village's lane is taken");
        assert!(!waits(other.enter()), "another village's short call does not wait");
        first.leave();
        assert!(!waits(second.enter()));
    }

    #[tokio::test]
    async fn long_calls_of_two_villages_take_turns_tick_by_tick() {
        let (first, _, other) = two_villages();
        first.next_tick().await;
        assert!(waits(other.next_tick()), "the one place is taken");
        let (mut turn_of_other, mut context) = (Box::pin(other.next_tick()), Context::from_waker(Waker::noop()));
        for _ in 0..3 {
            assert!(turn_of_other.as_mut().poll(&mut context).is_pending(), "it waits in the queue");
        }
        let turn_of_first = async { first.next_tick().await };
        tokio::select! {
            biased;
            () = turn_of_first => panic!("the other village waited longer"),
            () = &mut turn_of_other => {}
        }
        assert!(other.held().place.is_some());
    }
}
