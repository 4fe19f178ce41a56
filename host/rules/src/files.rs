//! A rule as it lies in files: `points.award.rhai`, `points.award.table.toml`, `points.award.cases.toml` beside each
//! other, each standing in for the plugin's own; and what the district lays down, `guards.toml`.
//!
//! People write these files: a whole number of points is that many points, and one with decimals stands in quotes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cunshi_contract::Text;
use cunshi_contract::rule::{Hook, RuleCase, RuleText};
use cunshi_model::rules::Guard;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use toml::Spanned;

use crate::mistake::Mistake;

const SCRIPT: &str = ".rhai";
const TABLE: &str = ".table.toml";
const CASES: &str = ".cases.toml";

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {}", place(path, *line), message.en)]
pub struct FileError {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1; none when it is the file as a whole.
    pub line: Option<usize>,
    /// One sentence.
    pub message: Text,
}

/// A rule as files give it, and where each part of it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    /// Script, table and cases, the plugin's where there is no file.
    pub text: RuleText,
    /// The script's file.
    pub script: Option<PathBuf>,
    /// The table's file, with the line of each row.
    pub table: Option<(PathBuf, Vec<usize>)>,
    /// The cases' file, with the line of each case.
    pub cases: Option<(PathBuf, Vec<usize>)>,
}

impl Written {
    /// The file and line of a mistake; `case` is the number of the case that it was found by, from 0. What is wrong
    /// in a part that the files do not give is said of a file that there is.
    pub fn place(&self, mistake: &Mistake, case: Option<usize>) -> (PathBuf, Option<usize>) {
        let nth = |part: &(PathBuf, Vec<usize>), nth: usize| (part.0.clone(), part.1.get(nth).copied());
        let row = mistake.row.and_then(|row| usize::try_from(row).ok()?.checked_sub(1));
        let in_row = || Some(nth(self.table.as_ref()?, row?));
        let in_script = || Some((self.script.clone()?, Some(usize::try_from(mistake.line?).ok()?)));
        let in_case = || Some(nth(self.cases.as_ref()?, case?));
        let parts = [self.table.as_ref(), self.cases.as_ref()].into_iter().flatten().map(|(path, _)| path);
        let any = || (self.script.iter().chain(parts).next().cloned().unwrap_or_default(), None);
        in_row().or_else(in_script).or_else(in_case).unwrap_or_else(any)
    }
}

/// What the district lays down for all its spaces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Laid {
    /// Hooks for which only the district's rule counts.
    pub locks: Vec<String>,
    /// What no rule may pass.
    pub guards: Vec<Guard>,
}

/// The names of the hooks that a folder has files for, in order; none when there is no such folder.
pub fn hooks(folder: &Path) -> Result<Vec<String>, FileError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(folder, &error)),
    };
    let mut names = BTreeSet::new();
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(folder, &error))?;
        names.extend(hook_of(&entry.file_name().to_string_lossy()).map(str::to_owned));
    }
    Ok(names.into_iter().collect())
}

/// The hook that a file is for, by its name; none when it is no file of a rule.
pub fn hook_of(file: &str) -> Option<&str> {
    [SCRIPT, TABLE, CASES].into_iter().find_map(|end| file.strip_suffix(end)).filter(|hook| !hook.is_empty())
}

/// The rule that a folder has for a hook, over the plugin's own; none when it has no file for it.
pub fn read(folder: &Path, hook: &Hook) -> Result<Option<Written>, FileError> {
    let part = |end: &str| {
        let path = folder.join(format!("{}{end}", hook.name));
        path.is_file().then_some(path)
    };
    let mut written = Written { text: hook.built.clone().unwrap_or_default(), ..Written::default() };
    if let Some(path) = part(SCRIPT) {
        written.text.script = load(&path)?;
        written.script = Some(path);
    }
    if let Some(path) = part(TABLE) {
        let (rows, lines) = read_table(&path)?;
        written.text.table = rows;
        written.table = Some((path, lines));
    }
    if let Some(path) = part(CASES) {
        let (cases, lines) = read_cases(&path)?;
        written.text.cases = cases;
        written.cases = Some((path, lines));
    }
    let any = written.script.is_some() || written.table.is_some() || written.cases.is_some();
    Ok(any.then_some(written))
}

/// Rows of a table: values by column.
pub type Rows = Vec<Map<String, Value>>;

/// The rows of a table with the line of each.
pub fn read_table(path: &Path) -> Result<(Rows, Vec<usize>), FileError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct TableFile {
        #[serde(default)]
        row: Vec<Spanned<toml::Table>>,
    }
    let text = load(path)?;
    let file: TableFile = parse(path, &text)?;
    let line = |row: &Spanned<toml::Table>| line_of(&text, row.span().start);
    let lines = file.row.iter().map(line).collect();
    Ok((file.row.into_iter().map(|row| json_table(row.into_inner())).collect(), lines))
}

/// Cases with the line of each.
pub fn read_cases(path: &Path) -> Result<(Vec<RuleCase>, Vec<usize>), FileError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct CasesFile {
        #[serde(default)]
        case: Vec<Spanned<CaseFile>>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct CaseFile {
        name: String,
        #[serde(default)]
        input: toml::Table,
        #[serde(default)]
        answers: toml::Table,
        #[serde(default)]
        output: toml::Table,
    }
    let text = load(path)?;
    let file: CasesFile = parse(path, &text)?;
    let lines = file.case.iter().map(|case| line_of(&text, case.span().start)).collect();
    let cases = file.case.into_iter().map(|case| {
        let case = case.into_inner();
        RuleCase {
            name: case.name,
            input: json_table(case.input),
            answers: json_table(case.answers).into_iter().collect(),
            output: json_table(case.output),
        }
    });
    Ok((cases.collect(), lines))
}

/// Locks and guards; nothing is laid down where there is no such file.
pub fn read_guards(path: &Path) -> Result<Laid, FileError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct GuardsFile {
        #[serde(default)]
        lock: Vec<String>,
        #[serde(default)]
        guard: Vec<Spanned<Guard>>,
    }
    if !path.is_file() {
        return Ok(Laid::default());
    }
    let text = load(path)?;
    let file: GuardsFile = parse(path, &text)?;
    let mut names = BTreeSet::new();
    for guard in &file.guard {
        let (name, line) = (&guard.get_ref().name, Some(line_of(&text, guard.span().start)));
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        let problem = if name.is_empty() || !name.chars().all(plain) {
            Text::new(
                format!("底线的名字“{name}”只能用小写字母、数字和 -"),
                format!("the guard's name `{name}` is of lower-case letters, digits and -"),
            )
        } else if !names.insert(name.clone()) {
            Text::new(format!("底线“{name}”写了两次"), format!("the guard `{name}` is given twice"))
        } else if guard.get_ref().min.is_none() && guard.get_ref().max.is_none() {
            Text::new(format!("底线“{name}”要写 min 或 max"), format!("the guard `{name}` needs `min` or `max`"))
        } else {
            continue;
        };
        return Err(FileError { path: path.to_path_buf(), line, message: problem });
    }
    Ok(Laid { locks: file.lock, guards: file.guard.into_iter().map(Spanned::into_inner).collect() })
}

fn load(path: &Path) -> Result<String, FileError> {
    std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> FileError {
    let message = match error.kind() {
        std::io::ErrorKind::InvalidData => Text::new("不是 UTF-8 文本", "it is not UTF-8 text"),
        std::io::ErrorKind::NotFound => Text::new("没有这个文件", "there is no such file"),
        _ => Text::new(format!("读不了：{error}"), format!("it cannot be read: {error}")),
    };
    FileError { path: path.to_path_buf(), line: None, message }
}

fn parse<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, FileError> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| line_of(text, span.start));
        let detail = error.message().trim().replace('\n', "; ");
        FileError { path: path.to_path_buf(), line, message: Text::new(format!("写得不对：{detail}"), detail) }
    })
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

fn place(path: &Path, line: Option<usize>) -> String {
    line.map_or_else(|| path.display().to_string(), |line| format!("{}:{line}", path.display()))
}

fn json_table(table: toml::Table) -> Map<String, Value> {
    table.into_iter().map(|(name, value)| (name, json(value))).collect()
}

/// As JSON. A number with decimals stays one, so that the check can say to put it in quotes.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Boolean(yes) => Value::Bool(yes),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Datetime(time) => Value::String(time.to_string()),
        toml::Value::Array(list) => Value::Array(list.into_iter().map(json).collect()),
        toml::Value::Table(table) => Value::Object(json_table(table)),
    }
}
