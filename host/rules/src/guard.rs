//! What no rule may pass.

use cunshi_contract::Field;
use cunshi_contract::rule::Hook;
use cunshi_model::rules::Guard;
use serde_json::{Map, Value};

use crate::mistake::Mistake;
use crate::say;
use crate::table;
use crate::value::{self, Notation};

/// The first guard that an output passes. `notation` is the input's.
pub(crate) fn passed(
    hook: &Hook,
    guards: &[Guard],
    input: &Map<String, Value>,
    notation: Notation,
    output: &Map<String, Value>,
) -> Option<Mistake> {
    guards.iter().filter(|guard| guard.hook == hook.name).find_map(|guard| {
        holds_for(guard, &hook.input, input, notation).then_some(())?;
        let field = hook.output.iter().find(|field| field.name == guard.output);
        let Some(field) = field else {
            return Some(Mistake::passes(&guard.name, None, say::guard_unreadable(guard)));
        };
        let found = output.get(&guard.output)?;
        beyond(guard, field, found, Notation::Counted).map(|problem| Mistake::passes(&guard.name, None, problem))
    })
}

/// The rows of a table that pass a guard by themselves: where a guard's field is a column, and its conditions are
/// columns too. What depends on facts is found by cases and at run.
pub(crate) fn passed_by_rows(hook: &Hook, guards: &[Guard], rows: &[Map<String, Value>]) -> Vec<Mistake> {
    let mut wrong = Vec::new();
    for guard in guards.iter().filter(|guard| guard.hook == hook.name) {
        let Some(column) = hook.table.iter().find(|column| column.name == guard.output) else { continue };
        for (number, row) in (1..).zip(rows) {
            let Some(found) = row.get(&guard.output) else { continue };
            if !holds_for(guard, &hook.table, row, Notation::Written) {
                continue;
            }
            if let Some(problem) = beyond(guard, column, found, Notation::Written) {
                let problem = say::passed_in_row(number, &table::key_of(&hook.table, row), &problem);
                wrong.push(Mistake::passes(&guard.name, Some(number), problem));
            }
        }
    }
    wrong
}

fn holds_for(guard: &Guard, fields: &[Field], given: &Map<String, Value>, notation: Notation) -> bool {
    guard.when.iter().all(|(name, wanted)| {
        let Some(field) = fields.iter().find(|field| field.name == *name) else { return false };
        let Some(found) = given.get(name) else { return false };
        let is = |wanted: &Value| {
            let numbers =
                (value::comparable(field, wanted, Notation::Written), value::comparable(field, found, notation));
            matches!(numbers, (Some(wanted), Some(found)) if wanted == found) || wanted == found
        };
        match wanted {
            Value::Array(wanted) => wanted.iter().any(is),
            wanted => is(wanted),
        }
    })
}

/// What is wrong with a value, when it is beyond the guard's bounds.
fn beyond(guard: &Guard, field: &Field, found: &Value, notation: Notation) -> Option<cunshi_contract::Text> {
    let bound = |bound: &Option<Value>| {
        bound.as_ref().map(|bound| value::comparable(field, bound, Notation::Written).ok_or(())).transpose()
    };
    let (Some(number), Ok(min), Ok(max)) =
        (value::comparable(field, found, notation), bound(&guard.min), bound(&guard.max))
    else {
        return Some(say::guard_unreadable(guard));
    };
    let outside = min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max);
    outside.then(|| say::passed(guard, &number.normalize().to_string()))
}
