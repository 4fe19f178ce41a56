//! Steps as the text of a core module, by the canonical ABI.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Step, quoted};

/// Where answers are put: the guest's own, and the host's.
const RETURN: u32 = 16;
const RESULT: u32 = 64;
/// The names of what became of a request, 16 bytes each.
const NAMES: u32 = 256;
/// Where texts begin.
const TEXTS: u32 = 1024;

const BECAME: [&str; 9] =
    ["ok", "not-granted", "missing", "conflict", "duplicate", "invalid", "over-budget", "read-only", "unavailable"];

/// A module in the making.
pub(super) struct Text {
    data: Vec<u8>,
    imports: BTreeSet<(&'static str, &'static str, &'static str)>,
    functions: String,
    labels: u32,
}

impl Text {
    pub(super) fn new() -> Self {
        Self { data: Vec::new(), imports: BTreeSet::new(), functions: String::new(), labels: 0 }
    }

    /// Adds the function of an export. `$call` and `$call_len` are what the guest is told; for upgrades the
    /// body.
    pub(super) fn export(&mut self, interface: &str, steps: &[Step]) {
        let (function, params) = match interface {
            "pages" => ("page", NAMED),
            "queries" => ("query", NAMED),
            "actions" => ("act", NAMED),
            "events" => ("hear", NAMED),
            "jobs" => ("step", NAMED),
            "measures" => ("measure", NAMED),
            "todos" => ("todos", "(param $call i32) (param $call_len i32)"),
            _ => ("upgrade", "(param i32 i32) (param $call i32) (param $call_len i32) (param i32)"),
        };
        let mut body = String::new();
        self.steps(steps, interface, &mut body);
        let _ = write!(
            self.functions,
            "  (func (export \"cunshi:plugin/{interface}@1.0.0#{function}\") {params} (result i32)\n    \
             (local $n i32) (local $off i32)\n{body}    unreachable)\n"
        );
    }

    pub(super) fn finish(self) -> String {
        let mut text = String::from("(module\n");
        for (interface, function, signature) in &self.imports {
            let _ = writeln!(
                text,
                "  (import \"cunshi:plugin/{interface}@1.0.0\" \"{function}\" (func ${interface}.{function} {signature}))"
            );
        }
        let names: Vec<u8> =
            BECAME.iter().flat_map(|name| format!("{:16}", format!("\"{name}\"")).into_bytes()).collect();
        let heap = (TEXTS as usize + self.data.len()).next_multiple_of(16);
        let pages = heap / 65_536 + 1;
        let _ = write!(
            text,
            "  (memory (export \"memory\") {pages})\n  (table $table 1 funcref)\n  \
             (global $heap (mut i32) (i32.const {heap}))\n  \
             (data (i32.const {NAMES}) \"{}\")\n  (data (i32.const {TEXTS}) \"{}\")\n{REALLOC}{}  \
             (func $recurse (param i32) (result i32) (i32.add (call $recurse (local.get 0)) (i32.const 1))))\n",
            quoted(&names),
            quoted(&self.data),
            self.functions
        );
        text
    }

    fn text(&mut self, text: &str) -> String {
        let at = TEXTS as usize + self.data.len();
        self.data.extend_from_slice(text.as_bytes());
        format!("(i32.const {at}) (i32.const {})", text.len())
    }

    fn call(&mut self, interface: &'static str, function: &'static str, signature: &'static str, args: &str) -> String {
        self.imports.insert((interface, function, signature));
        format!("    (call ${interface}.{function} {args})\n")
    }

    /// A request whose answer begins with whether it is one, at `RESULT`; a refusal follows at `offset`.
    fn ask(
        &mut self,
        interface: &'static str,
        function: &'static str,
        signature: &'static str,
        args: &str,
        offset: u32,
    ) -> String {
        let call = self.call(interface, function, signature, &format!("{args} (i32.const {RESULT})"));
        format!("{call}    (local.set $off (i32.const {offset}))\n")
    }

    fn steps(&mut self, steps: &[Step], interface: &str, out: &mut String) {
        for step in steps {
            let text = self.step(step, interface);
            out.push_str(&text);
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm a step")]
    fn step(&mut self, step: &Step, interface: &str) -> String {
        match step {
            Step::Answer(text) => {
                let text = self.text(text);
                ok(interface, &text)
            }
            Step::AnswerContext => ok(interface, "(local.get $call) (local.get $call_len)"),
            Step::AnswerFound => ok(
                interface,
                &format!(
                    "(i32.load offset=40 (i32.load offset={0} (i32.const 0))) (i32.load offset=44 (i32.load offset={0} \
                     (i32.const 0)))",
                    RESULT + 4
                ),
            ),
            Step::AnswerText => ok(
                interface,
                &format!(
                    "(i32.load offset={} (i32.const 0)) (i32.load offset={} (i32.const 0))",
                    RESULT + 4,
                    RESULT + 8
                ),
            ),
            Step::AnswerLast => ok(interface, &format!("{} (i32.const 16)", last())),
            Step::AnswerLong(bytes) => {
                let first = bytes - 1;
                format!(
                    "    (local.set $n (call $realloc (i32.const 0) (i32.const 0) (i32.const 1) (i32.const {bytes})))\n    \
                     (memory.fill (local.get $n) (i32.const 32) (i32.const {bytes}))\n    \
                     (i32.store8 (local.get $n) (i32.const 34))\n    \
                     (i32.store8 (i32.add (local.get $n) (i32.const {first})) (i32.const 34))\n{}",
                    ok(interface, &format!("(local.get $n) (i32.const {bytes})"))
                )
            }
            Step::Again(cursor) => {
                let cursor = self.text(cursor);
                again(&cursor)
            }
            Step::AgainOnce(cursor) => {
                // The first call is told `"cursor":null}}` at its end, and ends in `}}` either way.
                let cursor = self.text(cursor);
                format!(
                    "    (if (i32.eq (i32.load8_u (i32.sub (i32.add (local.get $call) (local.get $call_len)) (i32.const 3))) \
                     (i32.const 108)) (then\n{}    ))\n{}",
                    again(&cursor),
                    ok(interface, "")
                )
            }
            Step::Fail(kind, text) => {
                let kind = ["invalid", "denied", "missing", "conflict", "failed"].iter().position(|k| k == kind);
                let text = self.text(text);
                fail(kind.expect("a kind of failure"), &text)
            }
            Step::Insert(collection, body) => {
                let (collection, body) = (self.text(collection), self.text(body));
                self.insert(&format!("{collection} (i32.const 0) (i32.const 0) (i32.const 0) {body}"))
            }
            Step::InsertContext(collection) => {
                let collection = self.text(collection);
                self.insert(&format!(
                    "{collection} (i32.const 0) (i32.const 0) (i32.const 0) (local.get $call) (local.get $call_len)"
                ))
            }
            Step::InsertLast(collection) => {
                let collection = self.text(collection);
                let body = self.text(&format!("{{\"last\":{:16}}}", ""));
                let at = body.split_whitespace().nth(1).and_then(|at| at.trim_end_matches(')').parse::<u32>().ok());
                let place = at.expect("a text has a place") + 8;
                let copy = format!("    (memory.copy (i32.const {place}) {} (i32.const 16))\n", last());
                let insert = format!("{collection} (i32.const 0) (i32.const 0) (i32.const 0) {body}");
                copy + &self.insert(&insert)
            }
            Step::Get(collection, id) => {
                let args = [self.text(collection), self.text(id)].join(" ");
                self.ask("data", "get", "(param i32 i32 i32 i32 i32)", &args, 8)
            }
            Step::Find(collection, query) => {
                let args = [self.text(collection), self.text(query)].join(" ");
                self.ask("data", "find", "(param i32 i32 i32 i32 i32)", &args, 4)
            }
            Step::SearchPeople(text) => {
                let args = format!("{} (i32.const 10)", self.text(text));
                self.ask("people", "search", "(param i32 i32 i32 i32)", &args, 4)
            }
            Step::Setting(name) => {
                let name = self.text(name);
                self.ask("settings", "get", "(param i32 i32 i32)", &name, 4)
            }
            Step::Attach(file, collection, document) => {
                let args = [self.text(file), self.text(collection), self.text(document)].join(" ");
                self.ask("files", "attach", "(param i32 i32 i32 i32 i32 i32 i32)", &args, 4)
            }
            Step::Send(event) => {
                let event = self.text(event);
                self.ask("sends", "send", "(param i32 i32 i32)", &event, 4)
            }
            Step::Ask(interface, function, texts) => {
                let args: Vec<String> = texts.iter().map(|text| self.text(text)).collect();
                let signature = match texts.len() {
                    1 => "(param i32 i32 i32)",
                    _ => "(param i32 i32 i32 i32 i32)",
                };
                self.ask(interface, function, signature, &args.join(" "), 4)
            }
            Step::DenyRefusal => {
                let text = format!(
                    "(i32.load offset={} (i32.const 0)) (i32.load offset={} (i32.const 0))",
                    RESULT + 8,
                    RESULT + 12
                );
                fail(1, &text)
            }
            Step::Log(text) => {
                let args = format!("(i32.const 3) {}", self.text(text));
                self.call("log", "write", "(param i32 i32 i32)", &args)
            }
            Step::Now => {
                let call = self.call("clock", "now", "(result i64)", "");
                format!("    (drop {})\n", call.trim())
            }
            Step::Times(times, steps) => self.repeat(Some(*times), steps, interface),
            Step::Forever(steps) => self.repeat(None, steps, interface),
            Step::GrowMemory => "    (drop (memory.grow (i32.const 256)))\n".to_owned(),
            Step::GrowTable => "    (drop (table.grow $table (ref.null func) (i32.const 10000)))\n".to_owned(),
            Step::Trap => "    (unreachable)\n".to_owned(),
            Step::Recurse => "    (drop (call $recurse (i32.const 0)))\n".to_owned(),
        }
    }

    fn insert(&mut self, args: &str) -> String {
        self.ask("data", "insert", "(param i32 i32 i32 i32 i32 i32 i32 i32)", args, 8)
    }

    fn repeat(&mut self, times: Option<u32>, steps: &[Step], interface: &str) -> String {
        self.labels += 1;
        let label = self.labels;
        let mut body = String::new();
        self.steps(steps, interface, &mut body);
        let Some(times) = times else {
            return format!("    (loop $l{label}\n{body}    (br $l{label}))\n");
        };
        format!(
            "    (local.set $n (i32.const {times}))\n    (loop $l{label}\n{body}    \
             (local.set $n (i32.sub (local.get $n) (i32.const 1)))\n    (br_if $l{label} (local.get $n)))\n"
        )
    }
}

const NAMED: &str = "(param i32 i32) (param $call i32) (param $call_len i32)";

/// A bump allocator: an instance lives for one call.
const REALLOC: &str = "  (func $realloc (export \"cabi_realloc\") (param i32 i32 i32 i32) (result i32)
    (local $at i32)
    (local.set $at (i32.and (i32.add (global.get $heap) (i32.const 15)) (i32.const -16)))
    (global.set $heap (i32.add (local.get $at) (local.get 3)))
    (if (i32.gt_u (global.get $heap) (i32.mul (memory.size) (i32.const 65536)))
      (then (if (i32.eq (memory.grow (i32.add (i32.div_u (local.get 3) (i32.const 65536)) (i32.const 1))) (i32.const -1))
        (then unreachable))))
    (if (local.get 1) (then (memory.copy (local.get $at) (local.get 0) (local.get 1))))
    (local.get $at))
";

/// Ends well.
fn ok(interface: &str, text: &str) -> String {
    let answer = match interface {
        "events" => String::new(),
        "jobs" => format!("    (i32.store8 offset={} (i32.const 0) (i32.const 0))\n", RETURN + 4),
        _ => store(text, 4),
    };
    format!("    (i32.store8 (i32.const {RETURN}) (i32.const 0))\n{answer}    (return (i32.const {RETURN}))\n")
}

/// Where the name of what became of the last request is.
fn last() -> String {
    format!(
        "(i32.add (i32.const {NAMES}) (i32.mul (i32.const 16) (select (i32.add (i32.const 1) (i32.load8_u (i32.add \
         (i32.const {RESULT}) (local.get $off)))) (i32.const 0) (i32.load8_u (i32.const {RESULT})))))"
    )
}

fn again(cursor: &str) -> String {
    format!(
        "    (i32.store8 (i32.const {RETURN}) (i32.const 0))\n    (i32.store8 offset={} (i32.const 0) (i32.const 1))\n{}    \
         (return (i32.const {RETURN}))\n",
        RETURN + 4,
        store(cursor, 8)
    )
}

fn fail(kind: usize, text: &str) -> String {
    format!(
        "    (i32.store8 (i32.const {RETURN}) (i32.const 1))\n    (i32.store8 offset={} (i32.const 0) (i32.const {kind}))\n\
         {}    (return (i32.const {RETURN}))\n",
        RETURN + 4,
        store(text, 8)
    )
}

/// Stores pointer and length in the answer. Both are pushed first: they may be two expressions.
fn store(text: &str, offset: u32) -> String {
    let at = RETURN + offset;
    format!(
        "    {text}\n    (local.set $n)\n    (local.set $off)\n    \
         (i32.store offset={at} (i32.const 0) (local.get $off))\n    (i32.store offset={} (i32.const 0) (local.get $n))\n",
        at + 4
    )
}
