//! A mistake and its place.

use cunshi_contract::Text;
use cunshi_model::rules::RuleFailure;
use rhai::Position;

/// What is wrong with a rule, where, and what to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistake {
    /// Line in the script, from 1.
    pub line: Option<u32>,
    /// Column in the line, from 1.
    pub column: Option<u32>,
    /// Row of the table, from 1.
    pub row: Option<u32>,
    /// One sentence, in both languages.
    pub message: Text,
    /// The guard that is passed.
    pub guard: Option<String>,
}

impl Mistake {
    /// A mistake in the script, or of it as a whole where there is no place.
    pub(crate) fn at(position: Position, message: Text) -> Self {
        let number = |number: Option<usize>| number.and_then(|number| u32::try_from(number).ok());
        Self {
            line: number(position.line()),
            column: number(position.position()).map(|column| column.max(1)),
            message,
            ..Self::default()
        }
    }

    /// A mistake of the rule as a whole.
    pub(crate) fn whole(message: Text) -> Self {
        Self { message, ..Self::default() }
    }

    /// A mistake in a row of the table.
    pub(crate) fn in_row(row: u32, message: Text) -> Self {
        Self { row: Some(row), message, ..Self::default() }
    }

    /// A guard that is passed.
    pub(crate) fn passes(guard: &str, row: Option<u32>, message: Text) -> Self {
        Self { row, message, guard: Some(guard.to_owned()), ..Self::default() }
    }
}

impl From<Mistake> for RuleFailure {
    fn from(mistake: Mistake) -> Self {
        Self { line: mistake.line, column: mistake.column, message: mistake.message, guard: mistake.guard }
    }
}

impl From<RuleFailure> for Mistake {
    fn from(failure: RuleFailure) -> Self {
        Self { line: failure.line, column: failure.column, row: None, message: failure.message, guard: failure.guard }
    }
}
