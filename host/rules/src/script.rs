//! A script, compiled and found fit to run.

use std::sync::Arc;

use cunshi_contract::Field;
use cunshi_contract::rule::Hook;
use rhai::{AST, Engine, Position};

use crate::engine::MOST_BYTES;
use crate::mistake::Mistake;
use crate::say;
use crate::table::Table;
use crate::walk::{self, Natives};

/// A rule ready to run: kept by its digest and shared by all runs.
#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) ast: AST,
    pub(crate) function: String,
    pub(crate) table: Arc<Table>,
    /// Where the entry is defined: the place of what goes wrong without one of its own.
    pub(crate) entry: Position,
    columns: Vec<Field>,
}

impl Script {
    /// Script and table of a rule for a hook.
    pub(crate) fn new(compiled: Compiled, table: Table, hook: &Hook) -> Self {
        let (function, columns) = (hook.function().to_owned(), hook.table.clone());
        Self { ast: compiled.ast, entry: compiled.entry, function, table: Arc::new(table), columns }
    }

    /// Whether it was made for this shape of the hook: another release of the plugin may read a table otherwise.
    pub(crate) fn fits(&self, hook: &Hook) -> bool {
        self.function == hook.function() && self.columns == hook.table
    }
}

/// A script without its table.
pub(crate) struct Compiled {
    ast: AST,
    entry: Position,
}

/// Compiles a script, or says everything that is wrong with its text.
pub(crate) fn compile(engine: &Engine, natives: &Natives, hook: &Hook, source: &str) -> Result<Compiled, Vec<Mistake>> {
    if source.len() > MOST_BYTES {
        return Err(vec![Mistake::whole(say::too_large(source.len(), MOST_BYTES))]);
    }
    let ast =
        engine.compile(source).map_err(|error| vec![Mistake::at(error.position(), say::parsing(error.err_type()))])?;
    let mut wrong = walk::mistakes(engine, natives, hook, source, &ast);
    let entry = walk::definition(engine, source, hook.function()).unwrap_or(Position::NONE);
    let counts: Vec<usize> =
        ast.iter_functions().filter(|found| found.name == hook.function()).map(|found| found.params.len()).collect();
    match counts.first() {
        None => wrong.push(Mistake::whole(say::no_entry(hook))),
        Some(found) if !counts.contains(&1) => wrong.push(Mistake::at(entry, say::entry_arity(hook, *found))),
        Some(_) => {}
    }
    wrong.sort_by_key(|mistake| (mistake.line, mistake.column));
    if wrong.is_empty() { Ok(Compiled { ast, entry }) } else { Err(wrong) }
}
