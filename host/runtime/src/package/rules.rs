//! The files of a plugin's rules, read into the manifest: `[[rule]]` names them, `Hook::built` holds them.

use std::path::Path;

use cunshi_contract::manifest::Lines;
use cunshi_contract::rule::{Hook, RuleCase, RuleText};
use cunshi_contract::{Field, Lang, Manifest};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::PackageError;
use super::files::{FileMistake, file, mistake};
use crate::fields;

/// Greatest number of rows of a table, and of cases.
const MAX_ROWS: usize = 256;
const MAX_CASES: usize = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    #[serde(default)]
    row: Vec<Map<String, Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    #[serde(default)]
    case: Vec<RuleCase>,
}

/// Reads the files of every rule of the manifest into it.
pub(super) fn read_into(manifest: &mut Manifest, plugin_dir: &Path) -> Result<(), PackageError> {
    let mut mistakes = Vec::new();
    for hook in &mut manifest.rules {
        let text = read(hook, plugin_dir, &mut mistakes)?;
        hook.built = Some(text);
    }
    if mistakes.is_empty() { Ok(()) } else { Err(PackageError::Files(mistakes)) }
}

fn read(hook: &Hook, dir: &Path, mistakes: &mut Vec<FileMistake>) -> Result<RuleText, PackageError> {
    let script = file(dir, &hook.default, mistakes)?;
    if script.trim().is_empty() {
        mistakes.push(mistake(&hook.default, None, format!("the script is empty: write `fn {}`", hook.entry)));
    }
    let table = match &hook.rows {
        None => Vec::new(),
        Some(path) => {
            let text = file(dir, path, mistakes)?;
            let rows = parse::<Rows>(path, &text, mistakes).map(|rows| rows.row).unwrap_or_default();
            check_rows(hook, path, &text, &rows, mistakes);
            rows
        }
    };
    let cases = match &hook.cases {
        None => Vec::new(),
        Some(path) => {
            let text = file(dir, path, mistakes)?;
            let cases = parse::<Cases>(path, &text, mistakes).map(|cases| cases.case).unwrap_or_default();
            check_cases(hook, path, &text, &cases, mistakes);
            cases
        }
    };
    Ok(RuleText { script, table, cases })
}

fn parse<T: DeserializeOwned>(path: &str, text: &str, mistakes: &mut Vec<FileMistake>) -> Option<T> {
    match toml::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            let before = error.span().and_then(|span| text.get(..span.start));
            let line = before.map(|before| before.matches('\n').count() + 1);
            mistakes.push(mistake(path, line, error.message().trim().to_owned()));
            None
        }
    }
}

fn check_rows(hook: &Hook, path: &str, text: &str, rows: &[Map<String, Value>], mistakes: &mut Vec<FileMistake>) {
    let lines = Lines::of(text);
    let mut add = |nth: Option<usize>, message: String| {
        mistakes.push(mistake(path, nth.and_then(|nth| lines.nth("row", nth)), message));
    };
    if rows.len() > MAX_ROWS {
        add(None, format!("there are {} rows: at most {MAX_ROWS} are allowed", rows.len()));
    }
    for (nth, row) in rows.iter().enumerate() {
        for name in row.keys().filter(|name| !hook.table.iter().any(|column| column.name == **name)) {
            add(Some(nth), format!("`{}` has no column `{name}`: write one of {}", hook.name, names(&hook.table)));
        }
        for column in &hook.table {
            match row.get(&column.name) {
                None if column.required => add(Some(nth), format!("the row needs `{}`", column.name)),
                None => {}
                Some(value) if value.is_f64() => {
                    add(Some(nth), format!("`{}`: write a number with decimals as text: `\"{value}\"`", column.name));
                }
                Some(value) => {
                    if let Err(sentence) = fields::written(column, value, Lang::En) {
                        add(Some(nth), format!("`{}`: {sentence}", column.name));
                    }
                }
            }
        }
        let key = hook.table.first().and_then(|column| row.get(&column.name));
        let same = |other: &Map<String, Value>| hook.table.first().and_then(|column| other.get(&column.name)) == key;
        if key.is_some() && rows.iter().take(nth).any(same) {
            add(Some(nth), format!("the key {} stands in an earlier row already", key.unwrap_or(&Value::Null)));
        }
    }
}

fn check_cases(hook: &Hook, path: &str, text: &str, cases: &[RuleCase], mistakes: &mut Vec<FileMistake>) {
    let lines = Lines::of(text);
    let mut add = |nth: Option<usize>, message: String| {
        mistakes.push(mistake(path, nth.and_then(|nth| lines.nth("case", nth)), message));
    };
    if cases.len() > MAX_CASES {
        add(None, format!("there are {} cases: at most {MAX_CASES} are allowed", cases.len()));
    }
    for (nth, case) in cases.iter().enumerate() {
        for (what, given, declared) in [("input", &case.input, &hook.input), ("output", &case.output, &hook.output)] {
            for name in given.keys().filter(|name| !declared.iter().any(|field| field.name == **name)) {
                add(
                    Some(nth),
                    format!("`{}` declares no {what} `{name}`: write one of {}", hook.name, names(declared)),
                );
            }
        }
    }
}

fn names(fields: &[Field]) -> String {
    fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = r#"
        name = "notes"
        version = "1.0.0"
        title = { zh = "记事", en = "Notes" }
        [[rule]]
        name = "notes.award"
        title = { zh = "记分", en = "Award" }
        entry = "award(deed)"
        input = [{ name = "item", kind = "text" }]
        output = [{ name = "points", kind = "points", required = true }]
        table = [
          { name = "item", kind = "text", required = true },
          { name = "points", kind = "points", required = true, max = 1000 },
        ]
        default = "rules/award.rhai"
        rows = "rules/award.table.toml"
        cases = "rules/award.cases.toml"
    "#;
    const SCRIPT: &str = "fn award(deed) { #{ points: 2 } }\n";

    /// Reads a plugin whose files are these: the manifest, or the sentences.
    fn plugin(script: &str, rows: &str, cases: &str) -> Result<Manifest, String> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("rules")).unwrap();
        for (name, text) in [("award.rhai", script), ("award.table.toml", rows), ("award.cases.toml", cases)] {
            std::fs::write(dir.path().join("rules").join(name), text).unwrap();
        }
        let mut manifest = Manifest::read(MANIFEST).unwrap();
        read_into(&mut manifest, dir.path()).map_err(|error| error.to_string())?;
        Ok(manifest)
    }

    #[test]
    fn the_files_travel_in_the_manifest_as_they_are_written() {
        let rows = "[[row]]\nitem = \"义务劳动\"\npoints = \"2.5\"\n\n[[row]]\nitem = \"巡逻\"\npoints = 10\n";
        let cases = "[[case]]\nname = \"一次\"\ninput = { item = \"巡逻\" }\nanswers = { \"times(巡逻, month)\" = 1 }\noutput = { points = 2 }\n";
        let manifest = plugin(SCRIPT, rows, cases).unwrap();
        let built = manifest.rules[0].built.as_ref().unwrap();
        assert_eq!(built.script, SCRIPT);
        assert_eq!(built.table[0]["points"], "2.5");
        assert_eq!((built.table.len(), built.cases[0].answers["times(巡逻, month)"].as_i64()), (2, Some(1)));
        assert_eq!(manifest.check(), Ok(()));
        assert_eq!(Manifest::from_json(serde_json::to_vec(&manifest).unwrap()).unwrap(), manifest);
    }

    #[test]
    fn a_mistake_is_told_with_its_file_and_line() {
        let row = |row: &str| plugin(SCRIPT, &format!("# 表\n[[row]]\n{row}\n"), "").unwrap_err();
        let told = |sentence: &str, what: &str| assert!(sentence.contains(what), "{sentence}");
        told(
            &row("item = \"a\"\nscore = 2\npoints = 1"),
            "rules/award.table.toml:2: `notes.award` has no column `score`",
        );
        told(&row("item = \"a\""), "rules/award.table.toml:2: the row needs `points`");
        told(&row("item = \"a\"\npoints = 2.5"), "as text: `\"2.5\"`");
        told(&row("item = \"a\"\npoints = \"2.555\""), "at most two decimal places");
        told(&row("item = \"a\"\npoints = 11"), "It must be at most 10");
        told(
            &row("item = \"a\"\npoints = 1\n[[row]]\nitem = \"a\"\npoints = 2"),
            "rules/award.table.toml:5: the key \"a\"",
        );
        told(&row("item = = 2"), "rules/award.table.toml:3: ");
        told(&plugin("  \n", "", "").unwrap_err(), "rules/award.rhai: the script is empty: write `fn award(deed)`");
        let case = "[[case]]\nname = \"一次\"\ninput = { person = \"林\" }\noutput = { points = 2 }\n";
        told(
            &plugin(SCRIPT, "", case).unwrap_err(),
            "rules/award.cases.toml:1: `notes.award` declares no input `person`",
        );
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let error = read_into(&mut Manifest::read(MANIFEST).unwrap(), dir.path()).unwrap_err();
        assert!(error.to_string().contains("award.rhai"), "{error}");
    }
}
