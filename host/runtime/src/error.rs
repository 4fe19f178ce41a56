//! What can go wrong, in three places: building the runtime, loading a component, calling a plugin.

use cunshi_model::port::DataError;
use cunshi_model::rules::RuleFailure;

use crate::budget::Limit;
use crate::privacy::FoundNumber;

/// The runtime cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum RuntimeError {
    /// The engine refuses its configuration.
    #[error("the WebAssembly engine cannot start: {0}")]
    Engine(String),
    /// The folder for compiled code cannot be used.
    #[error("the folder for compiled code cannot be used: {path}: {source}")]
    Cache {
        /// The folder.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// A component is refused. Each is one sentence for its author.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Larger than [`crate::MAX_COMPONENT_BYTES`].
    #[error("the component has {found} bytes; at most {most} are accepted")]
    TooLarge {
        /// Its size.
        found: usize,
        /// The limit.
        most: usize,
    },
    /// Not a well-formed component.
    #[error("this is not a valid WebAssembly component: {0}")]
    Malformed(String),
    /// It imports what the platform does not offer.
    #[error(
        "the component imports `{0}`, which the platform does not offer: plugins may import interfaces of \
         `cunshi:plugin` version 1.0.0 only, and none of WASI"
    )]
    Import(String),
    /// It imports what its manifest does not ask for.
    #[error("the component imports `{import}`, but its manifest does not ask for it: write {what} in plugin.toml")]
    Ungranted {
        /// The interface.
        import: String,
        /// What plugin.toml lacks.
        what: String,
    },
    /// It lacks the manifest, has several, or one that cannot be read.
    #[error("{0}")]
    Manifest(String),
    /// Manifest and exports disagree.
    #[error("{0}")]
    Exports(String),
    /// It does not fit the engine: other types than the ABI's, more memory than a call may have.
    #[error("the component does not fit the platform: {0}")]
    Unfit(String),
    /// The compiler gave up: too much memory or time, or a failure of its own.
    #[error("the component could not be compiled: {0}")]
    Compile(String),
    /// The compiled code could not be kept or read.
    #[error("the compiled code could not be kept: {0}")]
    Cache(#[from] std::io::Error),
}

/// One mistake in one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name.
    pub field: String,
    /// What is wrong and what to do, in the reader's language.
    pub message: String,
}

impl FieldError {
    /// A mistake.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// A call that ran into a limit and was undone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("stopped by the limit on {limit}")]
pub struct Stopped {
    /// The limit.
    pub limit: Limit,
    /// For the plugin's author: what happened, with log lines of the call.
    pub detail: String,
    /// For the reader, in their language.
    pub public: String,
    /// The call's id, to be found again in the logs.
    pub call: String,
}

/// A call in which the plugin failed and which was undone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the plugin failed")]
pub struct Failure {
    /// For the reader, in their language.
    pub public: String,
    /// For the plugin's author: message, backtrace, log lines of the call.
    pub detail: String,
    /// The call's id, to be found again in the logs.
    pub call: String,
}

/// A rule failed where the hook says `wait`, and the call was undone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct RuleFailed {
    /// The hook.
    pub hook: String,
    /// Where and why.
    pub failure: RuleFailure,
    /// For whoever mends it, in both languages: hook, line, column and what went wrong.
    pub detail: String,
    /// For the reader, in their language.
    pub public: String,
    /// The call's id, to be found again in the logs.
    pub call: String,
}

/// Why a call has no answer. Everything that it wrote is undone.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// Fields are wrong (422).
    #[error("some fields are wrong")]
    Invalid(Vec<FieldError>),
    /// Texts hold numbers of persons, and nothing was chosen about them (422).
    #[error("the texts hold numbers of persons")]
    Private(Vec<FoundNumber>),
    /// Nobody is signed in, and somebody could (401, or the sign-in page).
    #[error("sign in first")]
    Unauthenticated,
    /// No such thing, or not for these roles (404).
    #[error("there is no such thing here")]
    NotFound,
    /// The plugin says that the actor may not (403).
    #[error("{0}")]
    Denied(String),
    /// The thing has moved on meanwhile (409).
    #[error("{0}")]
    Conflict(String),
    /// The idempotency key was used for another request (409).
    #[error("this idempotency key was used for another request")]
    KeyReused,
    /// Too many at once (503 with `Retry-After`).
    #[error("the village is busy; try again in {retry_after_s} s")]
    Busy {
        /// When to try again.
        retry_after_s: u32,
    },
    /// The request is too large (413).
    #[error("{0}")]
    TooLarge(String),
    /// A limit was hit (503).
    #[error(transparent)]
    Stopped(Stopped),
    /// The plugin failed (500).
    #[error(transparent)]
    Failed(Failure),
    /// A rule failed, and what hangs on it waits until it is mended (409).
    #[error(transparent)]
    RuleFailed(Box<RuleFailed>),
    /// The storage did not answer.
    #[error(transparent)]
    Data(DataError),
}

impl From<DataError> for CallError {
    fn from(error: DataError) -> Self {
        match error {
            DataError::Busy => Self::Busy { retry_after_s: 2 },
            DataError::NoSpace => Self::NotFound,
            other => Self::Data(other),
        }
    }
}
