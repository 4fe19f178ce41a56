//! `rules/`: the folders with a village's or the district's own rules, and what the district lays down for all.
//!
//! Which files are there is known here; what stands in them depends on the modules that are installed and is read
//! when a plan is drawn.

use std::path::{Path, PathBuf};

use cunshi_rules::files::{self, Laid};

use super::source::{At, FileError, Source};
use crate::words::say;

/// A folder `rules/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleFolder {
    /// The folder, which need not be there.
    pub folder: PathBuf,
    /// The hooks that it has files for.
    pub hooks: Vec<String>,
}

impl RuleFolder {
    /// The first of a hook's files.
    pub fn file_of(&self, hook: &str) -> At {
        let files = ENDS.map(|end| self.folder.join(format!("{hook}{end}")));
        let file = files.into_iter().find(|file| file.is_file());
        At { file: file.unwrap_or_else(|| self.folder.clone()).into(), line: None }
    }
}

/// What the district's spaces may not pass, beside the rules of the district itself.
const GUARDS: &str = "guards.toml";
/// The ends of a rule's files.
const ENDS: [&str; 3] = [".rhai", ".table.toml", ".cases.toml"];

/// The rules of a village.
pub(super) fn of_village(folder: PathBuf, sources: &mut Vec<Source>) -> Result<RuleFolder, FileError> {
    read(folder, &[], sources)
}

/// The rules of the district, and what it lays down where it says so.
pub(super) fn of_district(
    folder: PathBuf,
    sources: &mut Vec<Source>,
) -> Result<(RuleFolder, Option<(Laid, At)>), FileError> {
    let guards = folder.join(GUARDS);
    let laid = if guards.is_file() {
        let laid = files::read_guards(&guards).map_err(FileError::from)?;
        Some((laid, At { file: guards.into(), line: None }))
    } else {
        None
    };
    Ok((read(folder, &[GUARDS], sources)?, laid))
}

fn read(folder: PathBuf, also: &[&str], sources: &mut Vec<Source>) -> Result<RuleFolder, FileError> {
    for path in listed(&folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if !also.contains(&name.as_str()) && !ENDS.iter().any(|end| name.strip_suffix(end).is_some_and(is_hook)) {
            return Err(FileError::new(
                &At { file: path.into(), line: None },
                say(
                    "不是规则的文件：应是 points.award.rhai、points.award.table.toml 这样的名字",
                    "it is no file of a rule: these are named like points.award.rhai or points.award.table.toml",
                ),
            ));
        }
        sources.push(Source::read(path)?);
    }
    let hooks = files::hooks(&folder)?;
    Ok(RuleFolder { folder, hooks })
}

/// `points.award`: a module, a dot, and what it decides.
fn is_hook(name: &str) -> bool {
    name.split_once('.').is_some_and(|(module, rest)| !module.is_empty() && !rest.is_empty() && !rest.contains('.'))
}

fn listed(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let unreadable = |error: std::io::Error| {
        let at = At { file: folder.into(), line: None };
        FileError::new(&at, say(format!("读不了：{error}"), format!("it cannot be read: {error}")))
    };
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        paths.push(entry.map_err(unreadable)?.path());
    }
    paths.sort();
    Ok(paths)
}

impl From<files::FileError> for FileError {
    fn from(error: files::FileError) -> Self {
        let at = At { file: error.path.into(), line: error.line };
        Self { at, message: say(error.message.zh, error.message.en) }
    }
}
