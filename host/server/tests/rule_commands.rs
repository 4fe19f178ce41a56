//! `cunshi rule check` and `cunshi rule test`: what somebody who writes a rule in files sees of it.

#![expect(clippy::unwrap_used, reason = "a test stops where its stage cannot be set")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use cunshi_contract::Manifest;
use cunshi_contract::rule::RuleText;
use cunshi_runtime::package::append_manifest;
use serde_json::json;
use tempfile::TempDir;

const MODULE: &str = r#"
name = "points"
version = "1.0.0"
title = { zh = "积分", en = "Points" }

[[rule]]
name = "points.award"
title = { zh = "记多少分", en = "What a deed earns" }
entry = "award(deed)"
default = "rules/award.rhai"
rows = "rules/award.table.toml"
cases = "rules/award.cases.toml"
input = [{ name = "item", kind = "text", required = true }]
output = [{ name = "points", kind = "points", required = true }]
table = [{ name = "item", kind = "text", required = true }, { name = "points", kind = "points", required = true }]
"#;

const SCRIPT: &str = "fn award(deed) {\n  #{ points: row(deed.item).points }\n}\n";

/// A component that is nothing but its manifest.
fn module(folder: &Path) {
    let mut manifest = Manifest::from_toml(MODULE).unwrap();
    let row = json!({ "item": "help", "points": 2 }).as_object().unwrap().clone();
    let case = json!({ "name": "help", "input": { "item": "help" }, "output": { "points": 2 } });
    manifest.rules[0].built = Some(RuleText {
        script: SCRIPT.to_owned(),
        table: vec![row],
        cases: vec![serde_json::from_value(case).unwrap()],
    });
    let component = append_manifest(b"\0asm\x0d\0\x01\0", &manifest).unwrap();
    fs::write(folder.join("points.wasm"), component).unwrap();
}

fn district(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    module(folder.path());
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn rule(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cunshi"));
    command.current_dir(folder.path()).env("CUNSHI_LANG", "en").env_remove("RUST_BACKTRACE").stdin(Stdio::null());
    command.arg("rule").args(arguments).args(["--plugin", "points.wasm"]).output().unwrap()
}

/// What it prints, its last sentence, and whether it went well.
fn told(folder: &TempDir, arguments: &[&str]) -> (String, String, bool) {
    let output = rule(folder, arguments);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr).trim().to_owned(), output.status.success())
}

const GUARDS: (&str, &str) = (
    "t/rules/guards.toml",
    "[[guard]]\nname = \"at-most\"\nhook = \"points.award\"\nsay = { zh = \"一次最多100分\", en = \"at most 100 at once\" }\noutput = \"points\"\nmax = 100\n",
);

#[test]
fn a_modules_own_rule_is_checked_and_tested() {
    let folder = district(&[]);
    assert_eq!(told(&folder, &["check"]), ("= points.award  rules/award.rhai\n".to_owned(), String::new(), true));
    let tested = "points.award  rules/award.rhai\n  + help\n".to_owned();
    assert_eq!(told(&folder, &["test"]), (tested, String::new(), true));
}

/// A plugin's folder; `want` is what its one case says that the rule answers.
fn plugin(want: &str) -> TempDir {
    let case =
        format!("# one\n[[case]]\nname = \"help\"\ninput = {{ item = \"help\" }}\noutput = {{ points = {want} }}\n");
    district(&[
        ("p/plugin.toml", MODULE),
        ("p/rules/award.rhai", SCRIPT),
        ("p/rules/award.table.toml", "[[row]]\nitem = \"help\"\npoints = 2\n"),
        ("p/rules/award.cases.toml", &case),
    ])
}

#[test]
fn a_plugin_whose_default_fails_its_own_cases_is_neither_built_nor_well() {
    let run = |folder: &TempDir, command: &str| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_cunshi"));
        program.current_dir(folder.path()).env("CUNSHI_LANG", "en").env_remove("RUST_BACKTRACE").stdin(Stdio::null());
        let output = program.args(["plugin", command, "p"]).output().unwrap();
        (String::from_utf8(output.stderr).unwrap(), output.status.success())
    };
    let broken = plugin("3");
    let mistake = "cunshi: p/rules/award.cases.toml:2: the case “help”: `points` should be 3, and is 2\n";
    for command in ["check", "build"] {
        assert_eq!(run(&broken, command), (mistake.to_owned(), false), "{command}");
    }
    assert_eq!(run(&plugin("2"), "check"), (String::new(), true));
}

#[test]
fn every_mistake_of_a_district_has_its_file_line_and_column() {
    let folder = district(&[
        GUARDS,
        ("t/rules/points.award.table.toml", "[[row]]\nitem = \"help\"\npoints = 2\n"),
        ("t/villages/510303108001/rules/points.award.rhai", "fn award(deed) {\n  times(1);\n  #{ points: 1 }\n}\n"),
        (
            "t/villages/510303108201/rules/points.award.table.toml",
            "# 我们的表\n[[row]]\nitem = \"help\"\npoints = 2\n\n[[row]]\nitem = \"gift\"\npoints = 500\n",
        ),
        ("t/villages/510303108201/rules/issues.deadline.rhai", "of a module that was not given"),
    ]);
    let (printed, said, well) = told(&folder, &["check", "t"]);
    assert_eq!(
        printed.lines().collect::<Vec<_>>(),
        [
            "= points.award  t/rules",
            "t/villages/510303108001/rules/points.award.rhai:2:3: `times` takes 2 arguments; here it is given 1",
            "t/villages/510303108201/rules/points.award.table.toml:6: row 2 of the table (gift): it passes the \
             district's guard `at-most`: at most 100 at once (points must be at most 100; here it is 500)",
        ]
    );
    assert_eq!((said.as_str(), well), ("cunshi: 2 mistakes in 3 rules", false));
}

#[test]
fn cases_say_how_they_came_out() {
    let cases = "[[case]]\nname = \"two\"\ninput = { item = \"help\" }\noutput = { points = 2 }\n\n[[case]]\nname = \"three\"\ninput = { item = \"help\" }\noutput = { points = 3 }\n";
    let folder = district(&[("rules/points.award.cases.toml", cases)]);
    let (printed, said, well) = told(&folder, &["test", "rules/points.award.cases.toml"]);
    assert_eq!(printed, "points.award  rules\n  + two\n  ! three: `points` should be 3, and is 2\n");
    assert_eq!((said.as_str(), well), ("cunshi: 2 cases, 1 not as they should be", false));
}

#[test]
fn a_rule_that_cannot_run_says_so_in_a_test_too() {
    let folder = district(&[("rules/points.award.rhai", "fn award(deed) {\n  eval(\"1\")\n}\n")]);
    let (printed, said, well) = told(&folder, &["test", "rules"]);
    assert_eq!(
        printed,
        "points.award  rules\n  rules/points.award.rhai:2:3: `eval` may not be used in a rule: take it out\n"
    );
    assert_eq!((said.as_str(), well), ("cunshi: 0 cases, 1 not as they should be", false));
}

#[test]
fn what_is_asked_for_wrongly_is_one_sentence() {
    let folder = district(&[
        ("rules/notes.txt", ""),
        ("rules/points.reward.rhai", SCRIPT),
        ("deadline/issues.deadline.rhai", ""),
        ("broken/points.award.table.toml", "[[row]]\nitem = \n"),
    ]);
    for (path, sentence) in [
        ("none", "none: No such file or directory"),
        ("rules/notes.txt", "rules/notes.txt is no file of a rule: it ends in .rhai, .table.toml or .cases.toml"),
        ("rules", "`points` has no rule `points.reward`; it has points.award"),
        (
            "deadline/issues.deadline.rhai",
            "no module that was given has the rule `issues.deadline`: name its component with --plugin",
        ),
        ("deadline", "deadline has no rules of these modules"),
    ] {
        let (printed, said, well) = told(&folder, &["check", path]);
        assert_eq!((printed.as_str(), said.as_str(), well), ("", format!("cunshi: {sentence}").as_str(), false));
    }
    let (_, said, _) = told(&folder, &["check", "broken"]);
    assert!(said.starts_with("cunshi: broken/points.award.table.toml:2: "), "{said}");
    let (_, said, _) = told(&folder, &["check", "rules", "--guards", "none.toml"]);
    assert_eq!(said, "cunshi: there is no file none.toml");
}
