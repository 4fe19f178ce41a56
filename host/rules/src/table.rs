//! The table of a rule, ready for its script: rows that are shared by all runs and cannot be changed.

use std::collections::HashMap;
use std::sync::Arc;

use cunshi_contract::Field;
use rhai::Dynamic;
use serde_json::{Map, Value};

use crate::mistake::Mistake;
use crate::say;
use crate::value::{self, Notation};

/// Greatest number of rows: as many as an array of a script may hold.
pub(crate) const MOST_ROWS: usize = 256;

/// A row as a script sees it: `row.points`. A column that the row leaves out is `()`.
#[derive(Clone, Debug)]
pub(crate) struct Row(Arc<Vec<(String, Dynamic)>>);

impl Row {
    /// The value of a column; none when the table has no such column.
    pub(crate) fn get(&self, column: &str) -> Option<&Dynamic> {
        self.0.iter().find_map(|(name, value)| (name == column).then_some(value))
    }
}

/// The rows, and where each key stands.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Row>,
    keys: HashMap<String, usize>,
}

impl Table {
    /// The row of a key.
    pub(crate) fn row(&self, key: &str) -> Option<&Row> {
        self.keys.get(key).and_then(|at| self.rows.get(*at))
    }

    /// All rows.
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }
}

/// Reads the rows by the hook's columns, or says everything that is wrong with them.
pub(crate) fn read(columns: &[Field], rows: &[Map<String, Value>]) -> Result<Table, Vec<Mistake>> {
    let mut wrong = Vec::new();
    if rows.len() > MOST_ROWS {
        return Err(vec![Mistake::whole(say::too_many_rows(rows.len(), MOST_ROWS))]);
    }
    let mut table = Table::default();
    for (number, row) in (1..).zip(rows) {
        let mut values = Vec::with_capacity(columns.len());
        for name in row.keys().filter(|name| !columns.iter().any(|column| column.name == **name)) {
            wrong.push(Mistake::in_row(number, say::unknown_column(number, &key_of(columns, row), name, columns)));
        }
        for column in columns {
            let read = value::given(column, row.get(&column.name), Notation::Written, true);
            match read {
                Ok(value) => values.push((column.name.clone(), value)),
                Err(problem) => {
                    let key = key_of(columns, row);
                    wrong.push(Mistake::in_row(number, say::in_cell(number, &key, column, &problem)));
                }
            }
        }
        let key = key_of(columns, row);
        if !key.is_empty()
            && let Some(first) = table.keys.insert(key.clone(), table.rows.len())
        {
            wrong.push(Mistake::in_row(number, say::key_twice(number, &key, first + 1)));
        }
        table.rows.push(Row(Arc::new(values)));
    }
    if wrong.is_empty() { Ok(table) } else { Err(wrong) }
}

/// What `row(key)` finds a row by: its first column as text.
pub(crate) fn key_of(columns: &[Field], row: &Map<String, Value>) -> String {
    match columns.first().and_then(|column| row.get(&column.name)) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(yes)) => yes.to_string(),
        _ => String::new(),
    }
}
