//! The one engine: what a script can reach, and every limit.
//!
//! It starts raw and takes Rhai's packages one by one. `LanguageCorePackage` is left out, for it brings `sleep`, `exit`,
//! `parse_json` and a look at the engine itself; what it holds beside them no rule needs. Limits differ by build profile
//! in Rhai, so each is set here.

use rhai::debugger::{DebuggerCommand, DebuggerEvent};
use rhai::packages::{
    ArithmeticPackage, BasicArrayPackage, BasicIteratorPackage, BasicMapPackage, BasicStringPackage, LogicPackage,
    MoreStringPackage, Package,
};
use rhai::{Dynamic, Engine, OptimizationLevel};

use crate::{host, run};

/// Greatest size of a script's text.
pub(crate) const MOST_BYTES: usize = 64 * 1024;

/// Words of Rhai that a rule may not use: they run text as a script, call functions by name, make functions that grow
/// without limit (`f.curry(f)` doubles), or write to the server's output.
const FORBIDDEN: [&str; 9] = ["eval", "Fn", "curry", "print", "debug", "is_def_var", "is_def_fn", "import", "export"];

/// Builds it.
pub(crate) fn build() -> Engine {
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    let mut engine = Engine::new_raw();

    engine.register_global_module(ArithmeticPackage::new().as_shared_module());
    engine.register_global_module(LogicPackage::new().as_shared_module());
    engine.register_global_module(BasicStringPackage::new().as_shared_module());
    engine.register_global_module(MoreStringPackage::new().as_shared_module());
    engine.register_global_module(BasicIteratorPackage::new().as_shared_module());
    engine.register_global_module(BasicArrayPackage::new().as_shared_module());
    engine.register_global_module(BasicMapPackage::new().as_shared_module());
    host::register(&mut engine);

    for word in FORBIDDEN {
        engine.disable_symbol(word);
    }
    engine.on_print(|_| ());
    engine.on_debug(|_, _, _| ());

    engine.set_max_operations(run::MOST_OPERATIONS);
    engine.set_max_call_levels(16);
    engine.set_max_expr_depths(64, 32);
    engine.set_max_string_size(4096);
    engine.set_max_array_size(256);
    engine.set_max_map_size(128);
    engine.set_max_variables(64);
    engine.set_max_functions(32);
    engine.set_max_strings_interned(0);

    engine.set_fail_on_invalid_map_property(true);
    engine.set_strict_variables(true);
    // What is compiled is what was written: the check walks over it, and operations count the same for ever.
    engine.set_optimization_level(OptimizationLevel::None);

    // Rhai forgets the operations of functions that `map` and the like call; this count does not.
    engine.on_progress(|_| if run::tick() { None } else { Some(Dynamic::UNIT) });
    engine
}

/// The same engine once more, noting each place that a run comes by. Rhai forgets where a script was when a limit
/// stopped it; a run that failed so is run again here, once, to say where.
pub(crate) fn tracing() -> Engine {
    let mut engine = build();
    #[expect(deprecated, reason = "Rhai marks what it may still change so; this is all that is used of it")]
    engine.register_debugger(
        |_, debugger| debugger,
        |_, event, _, _, position| {
            if matches!(event, DebuggerEvent::Start | DebuggerEvent::Step) {
                run::came_by(position);
            }
            Ok(DebuggerCommand::StepInto)
        },
    );
    engine
}
