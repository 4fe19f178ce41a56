//! The engine as the other crates have it.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use cunshi_contract::Text;
use cunshi_contract::rule::Hook;
use cunshi_model::rules::{Answered, Guard, Rule, RuleEngine, Step};
use moka::sync::Cache;
use rhai::{CallFnOptions, Dynamic, Engine, EvalAltResult, Position, Scope};
use serde_json::{Map, Value};

use crate::mistake::Mistake;
use crate::run::{self, Run, Stop};
use crate::script::{self, Script};
use crate::value::{self, Notation};
use crate::walk::{self, Natives};
use crate::{engine, guard, host, say, table};

/// The version of the engine, part of every decision's record: Rhai's own and, after the dot, that of our limits and
/// functions. Whoever changes what a script may do or how it counts raises the last number.
pub const ENGINE_VERSION: &str = "rhai-1.27.0.1";

/// Greatest number of compiled scripts kept: more than the hooks of a district whose every village has its own.
const KEPT: u64 = 1_000;

/// Runs, checks and replays rules: one for the whole process.
#[derive(Debug)]
pub struct Rules {
    pub(crate) engine: Engine,
    pub(crate) natives: Natives,
    tracing: OnceLock<Engine>,
    scripts: Cache<String, Arc<Script>>,
}

impl Default for Rules {
    fn default() -> Self {
        Self::new()
    }
}

impl Rules {
    /// The engine with nothing compiled yet.
    pub fn new() -> Self {
        let engine = engine::build();
        let natives = walk::natives(&engine);
        Self { engine, natives, tracing: OnceLock::new(), scripts: Cache::new(KEPT) }
    }

    /// What a decision's record says again: the same rule on the same input with the recorded answers. It asks for no
    /// fact that a later release of the plugin requires and holds no guard against it: it was decided.
    pub fn replay(&self, hook: &Hook, rule: &Rule, input: &Map<String, Value>, answers: &[Answered]) -> Step {
        self.stepped(hook, rule, input, answers, false)
    }

    fn stepped(&self, hook: &Hook, rule: &Rule, input: &Map<String, Value>, answers: &[Answered], whole: bool) -> Step {
        let facts = match value::facts(&hook.input, input, Notation::Counted, whole) {
            Ok(facts) => facts,
            Err(problem) => return failed(Mistake::whole(problem)),
        };
        let script = match self.script(hook, rule) {
            Ok(script) => script,
            Err(mistake) => return failed(mistake),
        };
        // They are wanted again only to see where a run was stopped.
        let first = Cell::new(Some(facts));
        let again = || value::facts(&hook.input, input, Notation::Counted, whole).unwrap_or_default();
        self.run(&script, hook, &|| first.take().unwrap_or_else(again), answers).unwrap_or_else(failed)
    }

    /// The rule compiled, from the cache where it is there.
    fn script(&self, hook: &Hook, rule: &Rule) -> Result<Arc<Script>, Mistake> {
        if let Some(script) = self.scripts.get(&rule.digest).filter(|script| script.fits(hook)) {
            return Ok(script);
        }
        let first = |wrong: Vec<Mistake>| wrong.into_iter().next().unwrap_or_default();
        let compiled = script::compile(&self.engine, &self.natives, hook, &rule.text.script).map_err(first)?;
        let table = table::read(&hook.table, &rule.text.table).map_err(first)?;
        let script = Arc::new(Script::new(compiled, table, hook));
        self.scripts.insert(rule.digest.clone(), Arc::clone(&script));
        Ok(script)
    }

    /// One run of a script. The facts are asked for again when it has to be seen where it was stopped.
    pub(crate) fn run(
        &self,
        script: &Script,
        hook: &Hook,
        facts: &dyn Fn() -> rhai::Map,
        answers: &[Answered],
    ) -> Result<Step, Mistake> {
        let run = Run::new(Arc::clone(&script.table), answers);
        // A panic of the library is one village's failed decision, not the end of a thread that others need.
        let (done, run) = run::during(run, || catch_unwind(AssertUnwindSafe(|| call(&self.engine, script, facts()))));
        let stumbled = || Mistake::at(script.entry, say::engine_stumbled());
        let (result, run) = (done.map_err(|_| stumbled())?, run.ok_or_else(stumbled)?);
        let sentence = match (&run.stop, &result) {
            (Some(Stop::Asks(question, what)), _) => {
                return Ok(Step::Asks { question: question.clone(), what: what.clone() });
            }
            (Some(stop), _) => host::stopped(stop),
            (None, Err(error)) => Some(sentence(innermost(error).0)),
            (None, Ok(_)) => None,
        };
        match (sentence, result) {
            (None, Ok(answer)) => {
                let output = value::output(&hook.output, answer).map_err(|wrong| Mistake::at(script.entry, wrong))?;
                Ok(Step::Decided { output, because: run.because })
            }
            (sentence, result) => {
                let at = result.err().map_or(Position::NONE, |error| innermost(&error).1);
                let at = if at.is_none() { self.place(script, facts(), answers) } else { at };
                Err(Mistake::at(at, sentence.unwrap_or_else(say::engine_stumbled)))
            }
        }
    }

    /// Where a run is stopped; the entry where even that cannot be seen.
    fn place(&self, script: &Script, facts: rhai::Map, answers: &[Answered]) -> Position {
        let engine = self.tracing.get_or_init(engine::tracing);
        let run = Run::new(Arc::clone(&script.table), answers);
        let (_, run) = run::during(run, || catch_unwind(AssertUnwindSafe(|| call(engine, script, facts))).is_ok());
        run.map(|run| run.place).filter(|place| !place.is_none()).unwrap_or(script.entry)
    }
}

fn call(engine: &Engine, script: &Script, facts: rhai::Map) -> Result<Dynamic, Box<EvalAltResult>> {
    let options = CallFnOptions::new().eval_ast(false).rewind_scope(true);
    let answer = engine.call_fn_with_options(options, &mut Scope::new(), &script.ast, &script.function, (facts,))?;
    // A map grows past its limit through `m[key] = value`; what leaves a script is measured once more.
    engine.ensure_data_size_within_limits(&answer)?;
    Ok(answer)
}

impl RuleEngine for Rules {
    fn version(&self) -> &str {
        ENGINE_VERSION
    }

    fn step(
        &self,
        hook: &Hook,
        rule: &Rule,
        guards: &[Guard],
        input: &Map<String, Value>,
        answers: &[Answered],
    ) -> Step {
        let step = self.stepped(hook, rule, input, answers, true);
        let Step::Decided { output, .. } = &step else { return step };
        guard::passed(hook, guards, input, Notation::Counted, output).map_or(step, failed)
    }
}

fn failed(mistake: Mistake) -> Step {
    Step::Failed(mistake.into())
}

fn sentence(error: &EvalAltResult) -> Text {
    host::said(error).unwrap_or_else(|| say::running(error))
}

/// The error at the bottom of calls within calls, and the place closest to it.
fn innermost(error: &EvalAltResult) -> (&EvalAltResult, Position) {
    let (mut error, mut at) = (error, error.position());
    while let EvalAltResult::ErrorInFunctionCall(_, _, inner, _) | EvalAltResult::ErrorInModule(_, inner, _) = error {
        error = inner;
        at = if error.position().is_none() { at } else { error.position() };
    }
    (error, at)
}
