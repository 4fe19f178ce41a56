//! The words of `plugin-sdk/wit` as the engine lifts and lowers them, and where each export is found.

use wasmtime::component::{ComponentType, Lift, Lower};

/// Kinds of export, each one interface with one function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Export {
    Pages,
    Queries,
    Actions,
    Events,
    Jobs,
    Measures,
    Todos,
    Upgrade,
}

impl Export {
    pub(crate) const ALL: [Self; 8] = [
        Self::Pages,
        Self::Queries,
        Self::Actions,
        Self::Events,
        Self::Jobs,
        Self::Measures,
        Self::Todos,
        Self::Upgrade,
    ];

    /// The interface's full name.
    pub(crate) fn interface(self) -> &'static str {
        match self {
            Self::Pages => "cunshi:plugin/pages@1.0.0",
            Self::Queries => "cunshi:plugin/queries@1.0.0",
            Self::Actions => "cunshi:plugin/actions@1.0.0",
            Self::Events => "cunshi:plugin/events@1.0.0",
            Self::Jobs => "cunshi:plugin/jobs@1.0.0",
            Self::Measures => "cunshi:plugin/measures@1.0.0",
            Self::Todos => "cunshi:plugin/todos@1.0.0",
            Self::Upgrade => "cunshi:plugin/upgrade@1.0.0",
        }
    }

    /// Its one function.
    pub(crate) fn function(self) -> &'static str {
        match self {
            Self::Pages => "page",
            Self::Queries => "query",
            Self::Actions => "act",
            Self::Events => "hear",
            Self::Jobs => "step",
            Self::Measures => "measure",
            Self::Todos => "todos",
            Self::Upgrade => "upgrade",
        }
    }

    /// What a manifest declares to need it.
    pub(crate) fn declared_by(self) -> &'static str {
        match self {
            Self::Pages => "pages",
            Self::Queries => "queries",
            Self::Actions => "actions",
            Self::Events => "events under `uses.hears`",
            Self::Jobs => "jobs",
            Self::Measures => "measures",
            Self::Todos => "roles under `todos`",
            Self::Upgrade => "a collection with a schema above 1",
        }
    }
}

/// `types.field-error`
#[derive(ComponentType, Lift, Lower, Clone, Debug)]
#[component(record)]
pub(crate) struct GuestFieldError {
    pub(crate) field: String,
    pub(crate) message: String,
}

/// `types.failure`
#[derive(ComponentType, Lift, Lower, Clone, Debug)]
#[component(variant)]
pub(crate) enum GuestFailure {
    #[component(name = "invalid")]
    Invalid(Vec<GuestFieldError>),
    #[component(name = "denied")]
    Denied(String),
    #[component(name = "missing")]
    Missing,
    #[component(name = "conflict")]
    Conflict(String),
    #[component(name = "failed")]
    Failed(String),
}

impl GuestFailure {
    /// In a few words, for the record.
    pub(crate) fn in_words(&self) -> String {
        match self {
            Self::Failed(text) => text.clone(),
            Self::Denied(text) => format!("denied: {text}"),
            Self::Conflict(text) => format!("conflict: {text}"),
            Self::Missing => "missing".to_owned(),
            Self::Invalid(fields) => {
                let all: Vec<String> =
                    fields.iter().map(|wrong| format!("{}: {}", wrong.field, wrong.message)).collect();
                format!("invalid: {}", all.join("; "))
            }
        }
    }
}

/// `types.refusal`
#[derive(ComponentType, Lift, Lower, Clone, Debug, PartialEq)]
#[component(variant)]
pub(crate) enum Refusal {
    #[component(name = "not-granted")]
    NotGranted(String),
    #[component(name = "missing")]
    Missing,
    #[component(name = "conflict")]
    Conflict(String),
    #[component(name = "duplicate")]
    Duplicate(String),
    #[component(name = "invalid")]
    Invalid(String),
    #[component(name = "over-budget")]
    OverBudget(String),
    #[component(name = "read-only")]
    ReadOnly,
    #[component(name = "unavailable")]
    Unavailable(String),
}

/// `log.level`
#[derive(ComponentType, Lift, Lower, Clone, Copy, Debug, PartialEq, Eq)]
#[component(enum)]
#[repr(u8)]
#[expect(dead_code, reason = "made by lifting what the guest gives")]
pub(crate) enum Level {
    #[component(name = "debug")]
    Debug,
    #[component(name = "info")]
    Info,
    #[component(name = "warn")]
    Warn,
    #[component(name = "error")]
    Error,
}

impl Level {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}

/// `data.document`
#[derive(ComponentType, Lift, Lower, Clone, Debug)]
#[component(record)]
pub(crate) struct GuestDocument {
    pub(crate) id: String,
    pub(crate) schema: u32,
    pub(crate) version: u64,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) body: String,
}

/// `data.page`
#[derive(ComponentType, Lift, Lower, Clone, Debug)]
#[component(record)]
pub(crate) struct GuestPage {
    pub(crate) documents: Vec<GuestDocument>,
    pub(crate) next: Option<String>,
}
