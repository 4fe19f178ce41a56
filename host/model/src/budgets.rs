//! What the district lets one call use in a space, where it is not as everywhere: names and bounds. What the limits
//! mean is the runtime's.

/// Under this name a space's settings keep what the district has set; no plugin can be called so.
pub const BUDGETS: &str = "host/budgets";

/// A limit that the district may set per space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BudgetKey {
    /// As files and the API name it, with its unit.
    pub name: &'static str,
    /// The least that still lets a plugin work.
    pub least: u32,
    /// The most that one village may take from the others.
    pub most: u32,
}

/// All of them. A call never lasts longer than two seconds, and never has more memory than an instance is made with.
pub const BUDGET_KEYS: [BudgetKey; 8] = [
    BudgetKey { name: "read_cpu_ms", least: 10, most: 1_000 },
    BudgetKey { name: "write_cpu_ms", least: 10, most: 1_000 },
    BudgetKey { name: "wall_ms", least: 100, most: 2_000 },
    BudgetKey { name: "memory_mib", least: 4, most: 64 },
    BudgetKey { name: "data_operations", least: 10, most: 1_000 },
    BudgetKey { name: "json_kib", least: 64, most: 4_096 },
    BudgetKey { name: "events", least: 1, most: 200 },
    BudgetKey { name: "log_kib", least: 1, most: 256 },
];

impl BudgetKey {
    /// The limit of a name.
    pub fn named(name: &str) -> Option<Self> {
        BUDGET_KEYS.into_iter().find(|key| key.name == name)
    }

    /// Whether it may be set so.
    pub fn takes(self, value: u32) -> bool {
        (self.least..=self.most).contains(&value)
    }
}
