//! Rules as they lie in `tenants/`.

use std::fs;

use cunshi_rules::files::{self, Laid};
use serde_json::json;
use tempfile::TempDir;

use crate::stage::{RULES, body, hook, object, table, written};

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

const TABLE: (&str, &str) = (
    "points.award.table.toml",
    "# 我们村的表\n[[row]]\nitem = \"help\"\nlabel = \"互助\"\npoints = 2\n\n[[row]]\nitem = \"gift\"\nlabel = \"捐款\"\npoints = \"0.5\"\n",
);

#[test]
fn a_folder_without_files_has_no_rule() {
    let folder = folder(&[("notes.txt", ""), ("issues.deadline.rhai", "")]);
    assert_eq!(files::read(folder.path(), &hook()), Ok(None));
    assert_eq!(files::hooks(folder.path()), Ok(vec!["issues.deadline".to_owned()]));
    assert_eq!(files::hooks(&folder.path().join("none")), Ok(Vec::new()));
}

#[test]
fn a_file_that_is_missing_is_the_plugins() {
    let mut hook = hook();
    hook.built = Some(written(&body("#{ points: row(\"help\").points }")));
    let folder = folder(&[TABLE]);
    let read = files::read(folder.path(), &hook).expect("it is well written").expect("there is a rule");
    assert_eq!(read.text.script, body("#{ points: row(\"help\").points }"));
    assert_eq!(read.script, None);
    assert_eq!(read.text.table[1], object(json!({ "item": "gift", "label": "捐款", "points": "0.5" })));
    assert_eq!(read.table, Some((folder.path().join(TABLE.0), vec![2, 7])));
    assert!(RULES.check(&hook, &read.text, &[]).is_ok());
}

#[test]
fn cases_are_read_with_their_lines() {
    let cases = "[[case]]\nname = \"互助\"\ninput = { item = \"help\" }\nanswers = { \"times(help, month)\" = 2 }\noutput = { points = 2 }\n\n[[case]]\nname = \"空\"\n";
    let folder = folder(&[("points.award.cases.toml", cases)]);
    let read = files::read(folder.path(), &hook()).expect("well written").expect("a rule");
    assert_eq!(read.text.cases.len(), 2);
    assert_eq!(read.text.cases[0].answers.get("times(help, month)"), Some(&json!(2)));
    assert_eq!(read.cases.map(|(_, lines)| lines), Some(vec![1, 7]));
}

#[test]
fn a_file_that_is_wrong_names_its_line() {
    let folder = folder(&[("points.award.table.toml", "[[row]]\nitem = \"help\"\nitem = \"help\"\n")]);
    let error = files::read(folder.path(), &hook()).expect_err("the key stands there twice");
    assert_eq!(error.line, Some(3), "{error}");
    let folder = self::folder(&[("points.award.cases.toml", "[[case]]\nname = \"a\"\ninputs = {}\n")]);
    let error = files::read(folder.path(), &hook()).expect_err("inputs is misspelt");
    assert!(error.to_string().contains("points.award.cases.toml:3: unknown field `inputs`"), "{error}");
}

#[test]
fn a_number_with_decimals_is_said_to_need_quotes() {
    let row = "[[row]]\nitem = \"help\"\nlabel = \"互助\"\npoints = 0.5\n";
    let folder = folder(&[("points.award.table.toml", row)]);
    let read = files::read(folder.path(), &hook()).expect("well written").expect("a rule");
    let text = cunshi_contract::rule::RuleText { script: body("#{ points: 1 }"), ..read.text };
    assert!(RULES.check(&hook(), &text, &[]).errors[0].message.zh.contains("小数要写在引号里"));
}

#[test]
fn guards_and_locks_are_the_districts() {
    let text = "lock = [\"points.redeem\"]\n\n[[guard]]\nname = \"reporting-never-costs\"\nhook = \"points.award\"\nsay = { zh = \"反映问题不扣分\", en = \"reporting never costs points\" }\nwhen = { kind = [\"issue.reported\"] }\noutput = \"points\"\nmin = 0\n";
    let folder = folder(&[("guards.toml", text)]);
    let laid = files::read_guards(&folder.path().join("guards.toml")).expect("well written");
    assert_eq!(laid.locks, ["points.redeem"]);
    assert_eq!(laid.guards[0].when.get("kind"), Some(&json!(["issue.reported"])));
    assert_eq!(laid.guards[0].min, Some(json!(0)));
    assert_eq!(files::read_guards(&folder.path().join("none.toml")), Ok(Laid::default()));

    let wrong = |from: &str, to: &str| {
        let folder = self::folder(&[("guards.toml", &text.replace(from, to))]);
        let error = files::read_guards(&folder.path().join("guards.toml")).expect_err("it is wrong");
        (error.line, error.message.en)
    };
    assert_eq!(wrong("min = 0\n", ""), (Some(3), "the guard `reporting-never-costs` needs `min` or `max`".to_owned()));
    assert_eq!(
        wrong("\"reporting-never-costs\"", "\"Never!\""),
        (Some(3), "the guard's name `Never!` is of lower-case letters, digits and -".to_owned())
    );
    assert_eq!(wrong("output = ", "ouput = ").0, Some(8));
}

#[test]
fn the_stage_has_a_sound_table() {
    assert_eq!(table().len(), 2);
}
