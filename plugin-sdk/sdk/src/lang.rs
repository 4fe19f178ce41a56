//! The language of the call, and texts filled with values.

use std::cell::Cell;
use std::fmt::{Display, Write as _};

use cunshi_contract::Lang;
use serde::{Deserialize, Serialize};

thread_local! {
    static LANG: Cell<Lang> = const { Cell::new(Lang::Zh) };
}

/// The language of the call that this thread runs.
pub fn current() -> Lang {
    LANG.get()
}

/// Sets the language of the call: the glue and the test host do.
pub fn set(lang: Lang) {
    LANG.set(lang);
}

/// Runs `body` as if the call were in a language.
pub fn within<R>(lang: Lang, body: impl FnOnce() -> R) -> R {
    let before = LANG.replace(lang);
    let answer = body();
    LANG.set(before);
    answer
}

/// Adds a value to a text; `t!` expands to this.
pub fn push(text: &mut String, value: &dyn Display) {
    let _ = write!(text, "{value}");
}

/// Two days, as a field of the kind `period` gives them: `"2026-09-01"` to `"2026-09-30"`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
}
