//! Rules of a space: its versions, which of them decides when, what they failed at, and what was decided.
//!
//! A version is a text ([`texts`]) with a note and an author ([`versions`]). It decides from the start of a
//! publication ([`publications`]), which is made by a second person and kept for ever. [`decisions`] keeps what was
//! decided with everything that it takes to decide it again; [`failures`] what a rule failed at.

mod port;

pub(crate) mod publications;
pub(crate) mod texts;
pub(crate) mod versions;

pub(crate) mod decisions;
pub(crate) mod failures;

use cunshi_model::port::DataError;
use cunshi_model::rules::Origin;

use crate::StoreError;
use crate::db::Row;

fn origin_word(origin: Origin) -> &'static str {
    match origin {
        Origin::Village => "village",
        Origin::District => "district",
        Origin::Plugin => "plugin",
    }
}

fn read_origin(row: &Row, column: usize) -> Result<Origin, StoreError> {
    let word = row.text(column)?;
    let known = [Origin::Village, Origin::District, Origin::Plugin].into_iter().find(|o| origin_word(*o) == word);
    known.ok_or_else(|| row.damaged(format!("unknown origin `{word}`").into()))
}

/// JSON that was written by this program.
fn json<T: serde::de::DeserializeOwned>(row: &Row, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| row.damaged(error.into()))
}

/// What cannot be written as JSON is no value of a rule.
fn to_json<T: serde::Serialize>(value: &T) -> Result<String, DataError> {
    serde_json::to_string(value).map_err(|error| DataError::Storage(error.into()))
}
