//! Categories and the extra questions that some of them ask: the same words as in `plugin.toml`.

/// The categories in the order of the form.
pub const CATEGORIES: [&str; 7] = ["safety", "roads", "environment", "water", "disputes", "policy", "other"];

/// The extra questions of the report form, in its order.
pub const QUESTIONS: [&str; 6] = ["danger", "lamp", "households", "mediate", "paper", "since"];
