//! Scripts that mean harm, or are merely wrong: each is refused by the check or stopped at run, with its place and a
//! sentence in both languages. To add one, add it to the enum; forgetting its script is a compile error.

use std::time::Instant;

use cunshi_contract::rule::RuleText;
use cunshi_model::rules::RuleFailure;
use serde_json::json;

use crate::stage::{RULES, body, check, facts, failure, hook, object, rule, step_with, table};

macro_rules! hostile {
    ($($name:ident),+ $(,)?) => {
        #[derive(Clone, Copy, Debug)]
        enum Hostile { $($name),+ }
        const ALL: &[Hostile] = &[$(Hostile::$name),+];
    };
}

hostile![
    EndlessLoop,
    LoopInsideMap,
    LoopsInsideLoopsOfMap,
    CaughtLoop,
    GrownMapReturned,
    MapGrowth,
    MapOfMapsGrowth,
    StringDoubling,
    ArrayDoubling,
    ArrayOfArrays,
    NestedPush,
    CurryDoubling,
    DeepRecursion,
    MutualRecursion,
    DeepExpression,
    DeepParens,
    DeepBlocks,
    ElseIfChain,
    DeepArrayLiteral,
    LongSum,
    NotNotNot,
    DeepInterpolation,
    DeepComment,
    Eval,
    FnByName,
    Sleep,
    SleepInBranch,
    Print,
    Debug,
    Import,
    IsDefFn,
    ShadowRow,
    ShadowBecause,
    ShadowSleep,
    ShadowLen,
    TwiceDefined,
    TooManyFunctions,
    TooManyVariables,
    HugeSource,
    BareWhile,
    BareDo,
    BareFor,
    WrongArity,
    WrongArityOfMethod,
    WrongArityOfOwn,
    UnknownFunction,
    MisspeltFact,
    MisspeltProperty,
    MisspeltVariable,
    Capture,
    ReturnsFunction,
    FunctionInOutput,
    NoEntry,
    EntryOfTwo,
    OutsideStatement,
    HugeLiteral,
    Overflow,
    DecimalOverflow,
    DivideByZero,
    HugePower,
    HugePoints,
    FloatLiteral,
    NoMapAnswer,
    BadSpan,
    BadKind,
    BadDays,
    PadToTheMoon,
    Range,
    Unit,
    FullWidth,
    Unclosed,
    Stray,
];

/// What each says, in part.
struct Wanted {
    script: String,
    en: &'static str,
    /// Line of the place; 0 where there is none.
    line: u32,
}

fn wanted(script: impl Into<String>, line: u32, en: &'static str) -> Wanted {
    Wanted { script: script.into(), en, line }
}

/// The body of the entry begins in line 2.
fn inside(text: &str, en: &'static str) -> Wanted {
    wanted(body(text), 2, en)
}

const ENDLESS: &str = "reckons too long";
const LARGE: &str = "this is too large";
const DEEP: &str = "nested too deep";
const ANSWER: &str = "#{ points: 1 }";

fn of(hostile: Hostile) -> Wanted {
    let award = |rest: &str| format!("{}\n{rest}", body(ANSWER));
    match hostile {
        Hostile::EndlessLoop => inside("loop { }", ENDLESS),
        Hostile::LoopInsideMap => inside("[1, 2, 3].map(|x| { loop { } })", ENDLESS),
        Hostile::LoopsInsideLoopsOfMap => inside(
            "let a = []; a.pad(200, 1); a.map(|x| { let b = []; b.pad(200, 1); b.map(|y| { let n = 0; while n < 200 { n += 1; } n }).len })",
            ENDLESS,
        ),
        Hostile::CaughtLoop => wanted(
            award("").replace(ANSWER, "loop { try { spin() } catch { } }") + "fn spin() { loop { } }",
            4,
            ENDLESS,
        ),
        Hostile::MapGrowth => inside("let m = #{}; let n = 0; loop { m[`k${n}`] = n; n += 1; }", ENDLESS),
        Hostile::MapOfMapsGrowth => {
            inside("let m = #{ a: #{} }; let n = 0; loop { m.a[`k${n}`] = n; n += 1; }", ENDLESS)
        }
        Hostile::GrownMapReturned => inside("let m = #{ points: 1 }; for n in 0..500 { m[`k${n}`] = n; } m", LARGE),
        Hostile::StringDoubling => inside("let s = \"ab\"; loop { s += s; }", LARGE),
        Hostile::ArrayDoubling => inside("let a = [1]; loop { a.append(a); }", LARGE),
        Hostile::ArrayOfArrays => inside("let a = []; loop { a = [a]; }", LARGE),
        Hostile::NestedPush => inside("let a = [[]]; loop { a[0].push(1); }", LARGE),
        Hostile::CurryDoubling => inside("let f = |x| x; loop { f = f.curry(f); }", "`curry` may not be used"),
        Hostile::DeepRecursion => {
            wanted(award("fn down(n) { down(n + 1) }").replace(ANSWER, "down(0)"), 4, "call each other too deep")
        }
        Hostile::MutualRecursion => {
            wanted(award("fn a(n) { b(n) } fn b(n) { a(n) }").replace(ANSWER, "a(0)"), 4, "call each other too deep")
        }
        Hostile::DeepExpression => inside(&format!("{}1{}", "(1 + ".repeat(60), ")".repeat(60)), DEEP),
        Hostile::DeepParens => inside(&"(".repeat(20_000), DEEP),
        Hostile::DeepBlocks => inside(&"{".repeat(20_000), DEEP),
        Hostile::ElseIfChain => inside(&"if true { } else ".repeat(3_600), DEEP),
        Hostile::DeepArrayLiteral => inside(&"[".repeat(20_000), DEEP),
        Hostile::LongSum => inside(&format!("1{}", " + 1".repeat(15_000)), DEEP),
        Hostile::NotNotNot => inside(&"!".repeat(60_000), DEEP),
        Hostile::DeepInterpolation => inside(&"`${".repeat(20_000), DEEP),
        Hostile::DeepComment => wanted(body(&"/*".repeat(30_000)), 3, "a `}` is missing"),
        Hostile::Eval => inside("eval(\"40 + 2\")", "`eval` may not be used"),
        Hostile::FnByName => inside("Fn(\"sleep\").call(1)", "`Fn` may not be used"),
        Hostile::Sleep => inside("sleep(1); #{ points: 1 }", "`sleep` may not be used"),
        Hostile::SleepInBranch => inside("if deed.age == 999 { sleep(10); } #{ points: 1 }", "`sleep` may not be used"),
        Hostile::Print => inside("print(\"x\"); #{ points: 1 }", "`print` may not be used"),
        Hostile::Debug => inside("debug(\"x\"); #{ points: 1 }", "`debug` may not be used"),
        Hostile::Import => inside("import \"x\" as y;", "may not be used"),
        Hostile::IsDefFn => inside("is_def_fn(\"x\", 1)", "`is_def_fn` may not be used"),
        Hostile::ShadowRow => {
            wanted(award("fn row(key) { #{ points: 1000 } }"), 4, "`row` is a function of the platform")
        }
        Hostile::ShadowBecause => wanted(award("fn because(a, b) { }"), 4, "`because` is a function of the platform"),
        Hostile::ShadowSleep => wanted(award("fn sleep(n) { }"), 4, "`sleep` is a function of the platform"),
        Hostile::ShadowLen => wanted(award("fn len() { 0 }"), 4, "`len` is a function of the platform"),
        Hostile::TwiceDefined => wanted(award("fn award(x) { #{ points: 2 } }"), 4, "`award` is written twice"),
        Hostile::TooManyFunctions => {
            let functions = (0..40).map(|n| format!("fn f{n}() {{ }}")).collect::<Vec<_>>().join(" ");
            wanted(award(&functions), 4, "too many functions")
        }
        Hostile::TooManyVariables => {
            let variables = (0..80).map(|n| format!("let v{n} = 1; ")).collect::<Vec<_>>().concat();
            inside(&format!("{variables}{ANSWER}"), "too many variables")
        }
        Hostile::HugeSource => wanted(format!("{}//{}", award(""), "x".repeat(1024 * 1024)), 0, "at most 64 KiB"),
        Hostile::BareWhile => inside("let yes = true; while yes { }", ENDLESS),
        Hostile::BareDo => inside("let yes = true; do { } while yes", ENDLESS),
        Hostile::BareFor => inside("for n in range(0, 9223372036854775807, 1) { }", ENDLESS),
        Hostile::WrongArity => {
            inside("times(\"volunteer\"); #{ points: 1 }", "`times` takes 2 arguments; here it is given 1")
        }
        Hostile::WrongArityOfMethod => inside(
            "\"a\".starts_with(\"a\", \"b\"); #{ points: 1 }",
            "`starts_with` takes 1 arguments; here it is given 2",
        ),
        Hostile::WrongArityOfOwn => wanted(
            award("fn twice(n) { n * 2 }").replace(ANSWER, "if deed.age == 999 { twice(1, 2); } #{ points: 1 }"),
            2,
            "`twice` takes 1 arguments; here it is given 2",
        ),
        Hostile::UnknownFunction => {
            inside("if deed.age == 999 { reward(1); } #{ points: 1 }", "no function called `reward`")
        }
        Hostile::MisspeltFact => {
            inside("if deed.age == 999 { deed.quantty } #{ points: 1 }", "there is no fact `quantty`")
        }
        Hostile::MisspeltProperty => inside("let m = #{ a: 1 }; #{ points: m.b }", "there is no `b` here"),
        Hostile::MisspeltVariable => inside("let points = 1; #{ points: pionts }", "there is no variable `pionts`"),
        Hostile::Capture => inside("let f = (); f = || f; #{ points: 1 }", "sees none from outside"),
        Hostile::ReturnsFunction => wanted(body("|x| x"), 1, "answers with a function"),
        Hostile::FunctionInOutput => wanted(body("#{ points: |x| x }"), 1, "a function is no answer"),
        Hostile::NoEntry => wanted("fn reward(deed) { #{ points: 1 } }", 0, "the script has no fn award(deed)"),
        Hostile::EntryOfTwo => {
            wanted("fn award(deed, more) { #{ points: 1 } }", 1, "takes one parameter; here it takes 2")
        }
        Hostile::OutsideStatement => wanted(award("let x = 1;"), 4, "only functions may stand at the outer level"),
        Hostile::HugeLiteral => wanted(body("#{ points: 99999999999999999999 }"), 1, "too great"),
        Hostile::Overflow => inside("#{ points: 9223372036854775807 + 1 }", "too great to reckon with"),
        Hostile::DecimalOverflow => {
            inside("let x = 79228162514264337593543950335.0; #{ points: x * x }", "too great to reckon with")
        }
        Hostile::DivideByZero => inside("#{ points: 1 / 0 }", "divided by 0"),
        Hostile::HugePower => inside("#{ points: 10 ** 100 }", "too great to reckon with"),
        Hostile::HugePoints => wanted(body("#{ points: 1000000.01 }"), 1, "at most a million points"),
        Hostile::FloatLiteral => inside("#{ points: 1.0e-3 }", "a `,` is missing"),
        Hostile::NoMapAnswer => wanted(body("\"5\""), 1, "a rule answers with #{ … }"),
        Hostile::BadSpan => inside("times(\"a\", \"week\"); #{ points: 1 }", "a span is"),
        Hostile::BadKind => inside("balance(\"gold\"); #{ points: 1 }", "a kind of points is"),
        Hostile::BadDays => inside("working_days(-1, 0); #{ points: 1 }", "working days is from 0 to 1000"),
        Hostile::PadToTheMoon => inside("let a = []; a.pad(1000000000000, \"x\");", LARGE),
        Hostile::Range => inside("for n in 0..9223372036854775807 { }", ENDLESS),
        Hostile::Unit => {
            inside("let found = row(\"singing\"); #{ points: found.points }", "nothing here to read `points`")
        }
        Hostile::FullWidth => inside("#{ points： 1 }", "keyboard"),
        Hostile::Unclosed => wanted("fn award(deed) {\n#{ points: 1 }\n", 3, "a ; or } is missing"),
        Hostile::Stray => wanted(body("#{ points: 1 } }"), 3, "one } too many"),
    }
}

fn stopped(hostile: Hostile, script: &str) -> RuleFailure {
    let text = RuleText { script: script.to_owned(), table: table(), cases: Vec::new() };
    match step_with(script, &[], &facts(), &[]) {
        failed @ cunshi_model::rules::Step::Failed(_) => failure(failed),
        other => panic!("{hostile:?} was not stopped: {other:?} {text:?}"),
    }
}

#[test]
fn each_is_refused_by_the_check_and_stopped_at_run() {
    let mut wrong = Vec::new();
    for hostile in ALL {
        let Wanted { script, en, line } = of(*hostile);
        let report = check(&script);
        let Some(found) = report.errors.iter().find(|mistake| mistake.message.en.contains(en)) else {
            wrong.push(format!("{hostile:?} should say “{en}”: {:#?}", report.errors));
            continue;
        };
        if found.line.unwrap_or(0) != line || (line > 0) != found.column.is_some_and(|column| column > 0) {
            wrong.push(format!("{hostile:?} should be at line {line}: {found:?}"));
        }
        if !found.message.zh.chars().any(|letter| ('一'..='龥').contains(&letter)) {
            wrong.push(format!("{hostile:?} has no Chinese: {found:?}"));
        }
        let began = Instant::now();
        let failure = stopped(*hostile, &script);
        assert!(!failure.message.zh.is_empty() && !failure.message.en.is_empty(), "{hostile:?}");
        // What is not stopped takes minutes; a busy machine takes a little longer.
        assert!(began.elapsed().as_secs() < 2, "{hostile:?} took {:?}", began.elapsed());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn calls_as_deep_as_they_may_be_leave_the_stack_whole() {
    let deep = format!("{}down(n + 1){}", "(0 + ".repeat(10), ")".repeat(10));
    let script = format!("fn award(deed) {{ down(0) }}\nfn down(n) {{ if n < 100 {{ for x in [1] {{ {deep}; }} }} }}");
    let small = std::thread::Builder::new().stack_size(1 << 20).spawn(move || stopped(Hostile::DeepRecursion, &script));
    let failure = small.expect("a thread").join().expect("its stack is whole");
    assert!(failure.message.en.contains("too deep"), "{failure:?}");
}

#[test]
fn a_run_that_was_stopped_leaves_nothing_for_the_next() {
    let endless = stopped(Hostile::EndlessLoop, &body("because(\"a\"); loop { }"));
    assert!(endless.message.en.contains(ENDLESS));
    let after = step_with(&body("because(\"b\"); #{ points: 1 }"), &[], &facts(), &[]);
    assert_eq!(crate::stage::decided(after).1, ["b"]);
}

#[test]
fn tables_that_are_wrong_are_refused_with_row_and_column() {
    let sound = body(ANSWER);
    let refused = |row: serde_json::Value| {
        let mut rows = table();
        rows.push(object(row));
        let text = RuleText { script: sound.clone(), table: rows, cases: Vec::new() };
        let report = RULES.check(&hook(), &text, &[]);
        assert_eq!(report.errors.len(), 1, "{report:#?}");
        assert_eq!(report.errors[0].row, Some(3));
        let at_run = failure(cunshi_model::rules::RuleEngine::step(&*RULES, &hook(), &rule(text), &[], &facts(), &[]));
        assert_eq!(at_run.message, report.errors[0].message);
        report.errors[0].message.clone()
    };
    let row = |name: &str, value: serde_json::Value| {
        let mut row = object(json!({ "item": "help", "label": "互助", "points": 1 }));
        row.insert(name.to_owned(), value);
        serde_json::Value::Object(row)
    };
    assert_eq!(refused(row("cap", json!(-2))).zh, "表第 3 行（help）的“上限”：不能小于 1");
    assert_eq!(
        refused(row("points", json!(0.5))).en,
        "row 3 of the table (help), “Points”: write a number with decimals in quotes, such as \"0.5\"; here is 0.5"
    );
    assert!(refused(row("points", json!("0.555"))).zh.contains("最多两位小数"));
    assert!(refused(row("points", json!(u64::MAX))).zh.contains("小数要写在引号里"));
    assert!(refused(row("points", json!(i64::MAX))).zh.contains("分数最多一百万"));
    assert!(refused(row("points", json!("99999999999"))).en.contains("at most a million points"));
    assert!(refused(row("kind", json!("gold"))).en.contains("it must be one of base, redeemable; here is “gold”"));
    assert!(refused(row("colour", json!("red"))).zh.contains("没有“colour”这一列"));
    assert!(refused(row("item", json!("volunteer"))).zh.contains("和第 1 行是同一项"));
    assert!(refused(json!({ "item": "help", "points": 1 })).zh.contains("“怎么叫”：必须填写"));
}
