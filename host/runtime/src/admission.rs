//! Who may call now: so many calls of one space at once, and so much memory of all of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use cunshi_model::SpaceId;
use tokio::sync::Semaphore;

use crate::budget::Budgets;
use crate::lane::Lane;

/// What the calls in flight use, by space.
pub(crate) struct Loads {
    calls_per_space: u32,
    total_memory: usize,
    now: Mutex<Now>,
}

#[derive(Default)]
struct Now {
    spaces: HashMap<SpaceId, Load>,
    memory: usize,
}

struct Load {
    calls: u32,
    memory: usize,
    /// Of the long calls of the space.
    lane: Arc<Semaphore>,
}

impl Default for Load {
    fn default() -> Self {
        Self { calls: 0, memory: 0, lane: Arc::new(Semaphore::new(1)) }
    }
}

/// The right to make one call; given back when dropped, with the memory taken under it.
pub(crate) struct Admission {
    loads: Arc<Loads>,
    space: SpaceId,
    memory: usize,
    counted: bool,
    lane: Arc<Lane>,
}

impl Loads {
    pub(crate) fn new(budgets: &Budgets) -> Arc<Self> {
        Arc::new(Self {
            calls_per_space: budgets.calls_per_space,
            total_memory: budgets.total_memory,
            now: Mutex::default(),
        })
    }

    /// Lets a call in, or none when the space has enough of them already.
    pub(crate) fn admit(self: &Arc<Self>, space: SpaceId) -> Option<Admission> {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let load = now.spaces.entry(space).or_default();
        if load.calls >= self.calls_per_space {
            return None;
        }
        load.calls += 1;
        let lane = Arc::new(Lane::new(Arc::clone(&load.lane)));
        Some(Admission { loads: Arc::clone(self), space, memory: 0, counted: true, lane })
    }
}

impl Admission {
    /// For a call inside this one (an upgrade): it takes memory of the same space, and no place of its own.
    pub(crate) fn beside(&self) -> Self {
        let (loads, lane) = (Arc::clone(&self.loads), Arc::clone(&self.lane));
        Self { loads, space: self.space, memory: 0, counted: false, lane }
    }

    /// The way of the call, and of the upgrades that it waits for, through the space's lane.
    pub(crate) fn lane(&self) -> &Arc<Lane> {
        &self.lane
    }

    /// Takes memory for the call; false when the space has a quarter of all, or nothing is left.
    pub(crate) fn take_memory(&mut self, bytes: usize) -> bool {
        let mut now = self.loads.now.lock().unwrap_or_else(PoisonError::into_inner);
        let total = now.memory.saturating_add(bytes);
        let load = now.spaces.entry(self.space).or_default();
        let of_space = load.memory.saturating_add(bytes);
        if total > self.loads.total_memory || of_space > self.loads.total_memory / 4 {
            return false;
        }
        load.memory = of_space;
        now.memory = total;
        self.memory += bytes;
        true
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        let mut now = self.loads.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.memory = now.memory.saturating_sub(self.memory);
        if let Some(load) = now.spaces.get_mut(&self.space) {
            load.memory = load.memory.saturating_sub(self.memory);
            load.calls = load.calls.saturating_sub(u32::from(self.counted));
            if load.calls == 0 {
                now.spaces.remove(&self.space);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loads() -> Arc<Loads> {
        Loads::new(&Budgets { calls_per_space: 2, total_memory: 400, ..Budgets::default() })
    }

    #[test]
    fn the_third_call_of_a_village_waits_outside_and_another_village_does_not() {
        let loads = loads();
        let (one, other) = (SpaceId::new(1), SpaceId::new(2));
        let first = loads.admit(one).unwrap();
        let _second = loads.admit(one).unwrap();
        assert!(loads.admit(one).is_none());
        assert!(loads.admit(other).is_some());
        drop(first);
        assert!(loads.admit(one).is_some());
    }

    #[test]
    fn no_village_has_more_than_a_quarter_of_the_memory() {
        let loads = loads();
        let mut one = loads.admit(SpaceId::new(1)).unwrap();
        assert!(one.take_memory(100));
        assert!(!one.take_memory(1));
        let mut other = loads.admit(SpaceId::new(2)).unwrap();
        assert!(other.take_memory(100));
        drop(one);
        let mut again = loads.admit(SpaceId::new(1)).unwrap();
        assert!(again.take_memory(100));
    }
}
