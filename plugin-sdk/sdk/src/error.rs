//! Why a plugin does not do what it was asked ([`Error`]), and why the host does not ([`Refusal`]).

use cunshi_contract::Lang;

use crate::lang;

/// Result of a plugin's methods.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a plugin does not do what it was asked. Everything written by the call is undone. Sentences are for the
/// reader, in the reader's language; only that of [`Error::Failed`] is for the plugin's author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// Fields are wrong: shown beside each of them.
    Invalid(Vec<FieldError>),
    /// The actor may not do this here.
    Denied(String),
    /// The thing asked for is not there, or not for this reader.
    Missing,
    /// The thing has moved on meanwhile: already closed, already rated.
    Conflict(String),
    /// The plugin itself cannot go on; for its author.
    Failed(String),
}

/// One mistake in one field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name.
    pub field: String,
    /// What to write instead.
    pub message: String,
}

impl Error {
    /// A field is wrong.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError { field: field.into(), message: message.into() }])
    }

    /// The actor may not do this here.
    pub fn denied(sentence: impl Into<String>) -> Self {
        Self::Denied(sentence.into())
    }

    /// The thing is not there.
    pub fn missing() -> Self {
        Self::Missing
    }

    /// The thing has moved on.
    pub fn conflict(sentence: impl Into<String>) -> Self {
        Self::Conflict(sentence.into())
    }

    /// The plugin cannot go on.
    pub fn failed(why: impl Into<String>) -> Self {
        Self::Failed(why.into())
    }
}

/// Why the host does not do what a plugin asked of it. `?` turns it into the [`Error`] that readers expect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The manifest does not ask for this capability, or the district did not grant it.
    NotGranted(String),
    /// No such record here.
    Missing,
    /// The record has another version than the one named.
    Conflict(String),
    /// The unique index of this name holds the key already.
    Duplicate(String),
    /// The request is malformed.
    Invalid(String),
    /// A budget of the call is used up.
    OverBudget(String),
    /// This call is read-only.
    ReadOnly,
    /// The host cannot answer now.
    Unavailable(String),
    /// The host answered, and the answer is not what the plugin's type says.
    Unreadable(String),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Missing => Self::Missing,
            Refusal::Conflict(_) => Self::Conflict(
                match lang::current() {
                    Lang::Zh => "这条记录刚刚被别人改过，请刷新后再试。",
                    Lang::En => "Somebody else has just changed this. Please reload and try again.",
                }
                .to_owned(),
            ),
            Refusal::Duplicate(_) => Self::Conflict(
                match lang::current() {
                    Lang::Zh => "这里已经有一条相同的记录。",
                    Lang::En => "There is such a record here already.",
                }
                .to_owned(),
            ),
            Refusal::NotGranted(what) => failed("not granted: ", &what),
            Refusal::Invalid(what) => failed("the host cannot take this: ", &what),
            Refusal::OverBudget(what) => failed("over budget: ", &what),
            Refusal::ReadOnly => failed("this call is read-only", ""),
            Refusal::Unavailable(what) => failed("the host cannot answer now: ", &what),
            Refusal::Unreadable(what) => failed("not what the type says: ", &what),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        failed("not what the type says: ", &error.to_string())
    }
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

fn failed(what: &str, detail: &str) -> Error {
    let mut text = String::with_capacity(what.len() + detail.len());
    text.push_str(what);
    text.push_str(detail);
    Error::Failed(text)
}
