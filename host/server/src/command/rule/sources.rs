//! Which rules a command speaks of: those of a tenant folder, of one folder of rules, of one file, or a module's own.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use cunshi_contract::Manifest;
use cunshi_contract::rule::Hook;
use cunshi_model::rules::Guard;
use cunshi_rules::Report;
use cunshi_rules::files::{self, Written};
use cunshi_runtime::package;

use crate::tenants::FileError;
use crate::words::{lang, say, wrong};

/// Arguments of all commands about rules.
#[derive(Args)]
pub struct Given {
    /// A district's folder, a folder of rules, or a file of one rule; without it the modules' own rules.
    paths: Vec<PathBuf>,
    /// The component of the module that the rules belong to; may be given several times.
    #[arg(long = "plugin", value_name = "COMPONENT", required = true)]
    plugins: Vec<PathBuf>,
    /// The district's guards; by default the guards.toml that belongs to a folder.
    #[arg(long, value_name = "FILE")]
    guards: Option<PathBuf>,
}

/// A rule, and what it must keep to.
pub(super) struct Source {
    pub(super) hook: Hook,
    pub(super) written: Written,
    pub(super) guards: Vec<Guard>,
    place: String,
}

impl Source {
    /// The hook and where its rule comes from.
    pub(super) fn title(&self) -> String {
        format!("{}  {}", self.hook.name, self.place)
    }

    /// Every mistake as a line.
    pub(super) fn mistakes<'a>(&'a self, report: &'a Report) -> impl Iterator<Item = String> + 'a {
        mistakes(&self.written, report)
    }
}

/// Every mistake as a line: `file:line:column: sentence`. Those of cases come last, as in the report.
pub(in crate::command) fn mistakes<'a>(written: &'a Written, report: &'a Report) -> impl Iterator<Item = String> + 'a {
    report.errors.iter().enumerate().map(|(nth, mistake)| {
        let (path, line) = written.place(mistake, report.case_of(nth));
        let mut place = path.display().to_string();
        for number in [line, mistake.line.and(mistake.column).and_then(|column| usize::try_from(column).ok())] {
            place.extend(number.map(|number| format!(":{number}")));
        }
        format!("{place}: {}", mistake.message.get(lang()))
    })
}

/// Finds the rules; none at all is a mistake of whoever asked.
pub(super) fn find(given: &Given) -> Result<Vec<Source>> {
    let modules = given.plugins.iter().map(|path| module(path)).collect::<Result<Vec<_>>>()?;
    if given.paths.is_empty() {
        let guards = given.guards.as_deref().map_or_else(|| Ok(Vec::new()), guards)?;
        let own = modules.iter().flat_map(|module| &module.rules).map(|hook| own(hook, guards.clone()));
        return some(own.collect(), &say("模块", "the module"));
    }
    let mut sources = Vec::new();
    for path in &given.paths {
        let (folders, only) = folders(path)?;
        let before = sources.len();
        for folder in folders {
            let guards = match given.guards.clone().or_else(|| guards_of(&folder)) {
                Some(file) => guards(&file)?,
                None => Vec::new(),
            };
            for name in files::hooks(&folder).map_err(FileError::from)? {
                if only.as_ref().is_some_and(|only| *only != name) {
                    continue;
                }
                let Some(hook) = hook(&modules, &name, only.is_some())? else { continue };
                if let Some(written) = files::read(&folder, &hook).map_err(FileError::from)? {
                    let place = folder.display().to_string();
                    sources.push(Source { hook, written, guards: guards.clone(), place });
                }
            }
        }
        if sources.len() == before {
            return some(Vec::new(), &path.display().to_string());
        }
    }
    Ok(sources)
}

fn some(sources: Vec<Source>, place: &str) -> Result<Vec<Source>> {
    if sources.is_empty() {
        bail!(say(format!("{place} 里没有这些模块的规则"), format!("{place} has no rules of these modules")));
    }
    Ok(sources)
}

fn module(path: &Path) -> Result<Manifest> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    package::manifest_of(&bytes).with_context(|| path.display().to_string())
}

/// A module's own rule, as its component holds it.
fn own(hook: &Hook, guards: Vec<Guard>) -> Source {
    let file = |name: &Option<String>| name.as_ref().map(|name| (PathBuf::from(name), Vec::new()));
    let written = Written {
        text: hook.built.clone().unwrap_or_default(),
        script: Some(PathBuf::from(&hook.default)),
        table: file(&hook.rows),
        cases: file(&hook.cases),
    };
    Source { hook: hook.clone(), written, guards, place: hook.default.clone() }
}

/// The hook of a name. One of a module that was not given is left out, unless it was asked for.
fn hook(modules: &[Manifest], name: &str, asked: bool) -> Result<Option<Hook>> {
    let module = modules.iter().find(|module| name.split('.').next() == Some(module.name.as_str()));
    match module {
        Some(module) => module.rule(name).cloned().map(Some).ok_or_else(|| {
            let known: Vec<_> = module.rules.iter().map(|hook| hook.name.as_str()).collect();
            let (module, known) = (&module.name, known.join(", "));
            wrong(
                format!("模块 {module} 没有规则 {name}，有：{known}"),
                format!("`{module}` has no rule `{name}`; it has {known}"),
            )
        }),
        None if asked => Err(wrong(
            format!("给出的模块里没有规则 {name}：用 --plugin 指出它的模块"),
            format!("no module that was given has the rule `{name}`: name its component with --plugin"),
        )),
        None => Ok(None),
    }
}

/// The folders that a path speaks of, and the one hook when it is a rule's file.
fn folders(path: &Path) -> Result<(Vec<PathBuf>, Option<String>)> {
    if path.is_file() {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(hook) = files::hook_of(&name) else {
            return Err(wrong(
                format!("{} 不是规则的文件：要以 .rhai、.table.toml 或 .cases.toml 结尾", path.display()),
                format!("{} is no file of a rule: it ends in .rhai, .table.toml or .cases.toml", path.display()),
            ));
        };
        let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        return Ok((vec![folder.to_path_buf()], Some(hook.to_owned())));
    }
    let mut folders = vec![path.to_path_buf(), path.join("rules")];
    match std::fs::read_dir(path.join("villages")) {
        Ok(villages) => {
            let mut villages = villages.map(|entry| Ok(entry?.path().join("rules"))).collect::<Result<Vec<_>>>()?;
            villages.sort();
            folders.extend(villages);
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            std::fs::read_dir(path).with_context(|| path.display().to_string())?;
        }
        Err(error) => return Err(error).with_context(|| path.display().to_string()),
    }
    Ok((folders, None))
}

/// The guards that belong to a folder: beside its rules, and for `villages/<code>/rules` those of the district.
fn guards_of(folder: &Path) -> Option<PathBuf> {
    let full = folder.canonicalize().ok()?;
    let villages = full.ancestors().nth(2).filter(|above| above.ends_with("villages"));
    let district = villages.and_then(Path::parent).map(|district| district.join("rules"));
    [Some(full.clone()), district]
        .into_iter()
        .flatten()
        .map(|rules| rules.join("guards.toml"))
        .find(|file| file.is_file())
}

fn guards(file: &Path) -> Result<Vec<Guard>> {
    if !file.is_file() {
        return Err(wrong(format!("没有文件 {}", file.display()), format!("there is no file {}", file.display())));
    }
    Ok(files::read_guards(file).map_err(FileError::from)?.guards)
}
