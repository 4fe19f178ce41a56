//! What one call may use, and the names of these limits.

use std::fmt;
use std::time::Duration;

use cunshi_model::budgets::{BUDGET_KEYS, BUDGETS};
use cunshi_model::port::SpaceProfile;
use serde_json::Value;

/// Core instances of one component (toolchains for dynamic languages link a dozen).
pub(crate) const MAX_INSTANCES: u32 = 64;
/// Linear memories of one component.
pub(crate) const MAX_MEMORIES: u32 = 4;
/// Tables of one component.
pub(crate) const MAX_TABLES: u32 = 16;
/// Elements of all tables of one call.
pub(crate) const MAX_TABLE_ELEMENTS: usize = 50_000;
/// Requests beyond a budget that are refused before the call is stopped: a guest that was told so often
/// does not listen.
pub(crate) const PATIENCE: u32 = 16;

/// Budgets of the calls of one runtime; the defaults are the district's, and it may set others for a space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budgets {
    /// Processor time of a page, query, measure or list of to-dos.
    pub read_cpu: Duration,
    /// Processor time of an action, event or job step.
    pub write_cpu: Duration,
    /// Time from beginning to end of any call.
    pub wall: Duration,
    /// Linear memory of one call, in bytes.
    pub memory: usize,
    /// Linear memory of all calls together, in bytes; no space has more than a quarter of it.
    pub total_memory: usize,
    /// Operations on documents and people in one call.
    pub data_operations: u32,
    /// Bytes of JSON into the guest, and out of it, in one call.
    pub bytes: usize,
    /// Events sent by one call.
    pub events: u32,
    /// Bytes of log kept of one call.
    pub log_bytes: usize,
    /// Calls of one space at once.
    pub calls_per_space: u32,
}

impl Default for Budgets {
    fn default() -> Self {
        Self {
            read_cpu: Duration::from_millis(100),
            write_cpu: Duration::from_millis(200),
            wall: Duration::from_secs(2),
            memory: 64 << 20,
            total_memory: 2 << 30,
            data_operations: 200,
            bytes: 1 << 20,
            events: 50,
            log_bytes: 64 << 10,
            calls_per_space: 32,
        }
    }
}

impl Budgets {
    /// Those of one space: as everywhere, but for what the district has set there. A value that this program would
    /// not take counts as not set.
    pub(crate) fn of(&self, profile: &SpaceProfile) -> Self {
        let mut budgets = self.clone();
        let Some(set) = profile.settings.get(BUDGETS).and_then(Value::as_object) else { return budgets };
        for key in BUDGET_KEYS {
            let value = set.get(key.name).and_then(Value::as_u64).and_then(|value| u32::try_from(value).ok());
            if let Some(value) = value.filter(|value| key.takes(*value)) {
                budgets.set(key.name, value);
            }
        }
        // An instance is made with this much and can have no more.
        budgets.memory = budgets.memory.min(self.memory);
        budgets
    }

    fn set(&mut self, name: &str, value: u32) {
        let size = usize::try_from(value).unwrap_or(usize::MAX);
        let millis = Duration::from_millis(value.into());
        match name {
            "read_cpu_ms" => self.read_cpu = millis,
            "write_cpu_ms" => self.write_cpu = millis,
            "wall_ms" => self.wall = millis,
            "memory_mib" => self.memory = size.saturating_mul(1 << 20),
            "data_operations" => self.data_operations = value,
            "json_kib" => self.bytes = size.saturating_mul(1 << 10),
            "events" => self.events = value,
            "log_kib" => self.log_bytes = size.saturating_mul(1 << 10),
            _ => {}
        }
    }

    /// As the district sets them: name and value, in the order of [`BUDGET_KEYS`].
    pub fn listed(&self) -> [(&'static str, u64); BUDGET_KEYS.len()] {
        let millis = |span: Duration| u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
        let size = |bytes: usize| u64::try_from(bytes).unwrap_or(u64::MAX);
        BUDGET_KEYS.map(|key| {
            let value = match key.name {
                "read_cpu_ms" => millis(self.read_cpu),
                "write_cpu_ms" => millis(self.write_cpu),
                "wall_ms" => millis(self.wall),
                "memory_mib" => size(self.memory >> 20),
                "data_operations" => self.data_operations.into(),
                "json_kib" => size(self.bytes >> 10),
                "events" => self.events.into(),
                _ => size(self.log_bytes >> 10),
            };
            (key.name, value)
        })
    }
}

/// A limit that a call ran into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Processor time.
    Cpu,
    /// Time from beginning to end.
    Wall,
    /// Linear memory of the call.
    Memory,
    /// Linear memory of all calls of the space, or of the whole host.
    SharedMemory,
    /// Elements of tables.
    Tables,
    /// Operations on documents and people.
    DataOperations,
    /// Bytes of JSON.
    Bytes,
    /// Events, of one call or of one causal tree.
    Events,
    /// Messages to people.
    Messages,
    /// Nodes of a view tree.
    ViewNodes,
    /// Depth of a view tree.
    ViewDepth,
    /// Size of a view tree.
    ViewBytes,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cpu => "processor time",
            Self::Wall => "wall-clock time",
            Self::Memory => "memory of one call",
            Self::SharedMemory => "memory of all calls of one space",
            Self::Tables => "table elements",
            Self::DataOperations => "data operations",
            Self::Bytes => "bytes of JSON",
            Self::Events => "events",
            Self::Messages => "messages",
            Self::ViewNodes => "nodes of a view",
            Self::ViewDepth => "depth of a view",
            Self::ViewBytes => "bytes of a view",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_that_may_be_set_is_listed_as_it_was_set() {
        for key in BUDGET_KEYS {
            for value in [key.least, key.most] {
                let mut budgets = Budgets::default();
                budgets.set(key.name, value);
                assert!(budgets.listed().contains(&(key.name, value.into())), "{}", key.name);
            }
            let default = Budgets::default().listed().into_iter().find(|(name, _)| *name == key.name).unwrap().1;
            assert!(key.takes(u32::try_from(default).unwrap()), "the default of {} is within its bounds", key.name);
        }
    }
}
