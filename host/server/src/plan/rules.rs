//! Rules in a plan: what the files want, checked as a console would; what is active; and the way from one to the
//! other. In the flat map of a space a rule is the digest of its script, table and cases under `points.rules.award`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use cunshi_contract::rule::{Hook, RuleText};
use cunshi_model::rules::Guard;
use cunshi_model::{Micros, Space, SpaceKind};
use cunshi_rules::files::{self, Laid, Written};
use cunshi_rules::{Mistake, Report, Rules};
use cunshi_store::SpaceStore;
use serde_json::{Value, json};

use super::{Task, values};
use crate::tenants::{At, FileError, Tenants, Wanted};
use crate::wire::{House, sha256};
use crate::words::say;

/// What a version that came from files says of itself.
const NOTE: &str = "来自区里的文件 · From the district’s files";
/// Mistakes of one rule that are told at once.
const TOLD: usize = 10;

/// A rule as the files want it.
pub(super) struct Want {
    /// Script, table and cases.
    pub(super) text: RuleText,
    /// The file that says so.
    pub(super) at: At,
}

/// The version that decides now, if any, and the one that the files' rule would be.
pub(super) struct Versions {
    pub(super) active: Option<u32>,
    pub(super) next: u32,
}

impl Want {
    /// As a value of the flat map, with its place.
    pub(super) fn value(&self) -> (Value, Option<At>) {
        (value(&self.text), Some(self.at.clone()))
    }
}

/// The key of a hook in a space's flat map; none for a name without a module.
pub(super) fn key(hook: &str) -> Option<String> {
    let (module, rest) = hook.split_once('.')?;
    Some(format!("{module}.rules.{rest}"))
}

/// The hook of a key; none when the key is something else.
pub(super) fn hook_of(key: &str) -> Option<String> {
    let (module, rest) = key.split_once(".rules.")?;
    Some(format!("{module}.{rest}"))
}

/// A rule as a value of the flat map.
pub(super) fn value(text: &RuleText) -> Value {
    let parts = json!([text.script, text.table, text.cases]);
    Value::String(sha256(parts.to_string().as_bytes()))
}

/// What the files of a space want of rules, checked; the first rule that is wrong ends it with all its mistakes.
pub(super) fn wanted(
    house: &House,
    engine: &Rules,
    tenants: &Tenants,
    wanted: &Wanted,
) -> Result<BTreeMap<String, Want>, FileError> {
    let guards = tenants.laid.as_ref().map(|(laid, _)| laid.guards.as_slice()).unwrap_or_default();
    let mut wants = BTreeMap::new();
    for name in &wanted.rules.hooks {
        let at = wanted.rules.file_of(name);
        let hook = hook(house, name, &at)?;
        let Some(written) = files::read(&wanted.rules.folder, &hook)? else { continue };
        let report = engine.check(&hook, &written.text, guards);
        if !report.is_ok() {
            return Err(refused(&written, &report, &at));
        }
        wants.extend(key(name).map(|key| (key, Want { text: written.text, at })));
    }
    Ok(wants)
}

/// What the district lays down must speak of hooks that there are: a guard of a misspelt one would guard nothing.
pub(super) fn check_laid(house: &House, laid: &Laid, at: &At) -> Result<(), FileError> {
    for name in &laid.locks {
        hook(house, name, at)?;
    }
    for guard in &laid.guards {
        let hook = hook(house, &guard.hook, at)?;
        let unknown = |name: &str, of: &str| {
            let guard = &guard.name;
            FileError::new(
                at,
                say(
                    format!("底线 {guard}：{} 没有{of} {name}", hook.name),
                    format!("the guard `{guard}`: `{}` has no {of} `{name}`", hook.name),
                ),
            )
        };
        if !hook.output.iter().any(|field| field.name == guard.output) {
            return Err(unknown(&guard.output, &say("结果", "output")));
        }
        if let Some(name) = guard.when.keys().find(|name| !hook.input.iter().any(|field| field.name == **name)) {
            return Err(unknown(name, &say("事实", "fact")));
        }
    }
    Ok(())
}

/// The hook of an installed module.
fn hook(house: &House, name: &str, at: &At) -> Result<Hook, FileError> {
    let module = name.split('.').next().unwrap_or_default();
    let Some(release) = house.runtime.release(module) else {
        return Err(FileError::new(
            at,
            say(
                format!("模块 {module} 还没有安装：先运行 cunshi plugin install"),
                format!("the module `{module}` is not installed: run `cunshi plugin install` first"),
            ),
        ));
    };
    release.manifest.rule(name).cloned().ok_or_else(|| {
        let known: Vec<_> = release.manifest.rules.iter().map(|hook| hook.name.as_str()).collect();
        let known = known.join(", ");
        FileError::new(
            at,
            say(
                format!("模块 {module} 没有规则 {name}，有：{known}"),
                format!("`{module}` has no rule `{name}`; it has {known}"),
            ),
        )
    })
}

/// Every mistake on a line of its own, at its place; the first line's place is the error's.
fn refused(written: &Written, report: &Report, whole: &At) -> FileError {
    let mut told = report.errors.iter().enumerate().map(|(number, mistake)| {
        let (file, line) = written.place(mistake, report.case_of(number));
        let text = say(mistake.message.zh.as_str(), mistake.message.en.as_str());
        (At { file: file.into(), line }, format!("{}{text}", spot(written, mistake)))
    });
    let Some((at, first)) = told.next() else {
        return FileError::new(whole, say("规则不能用", "the rule is refused"));
    };
    let more = told.take(TOLD - 1).map(|(at, text)| format!("\n{at}: {text}"));
    FileError { at, message: more.fold(first, |all, line| all + line.as_str()) }
}

/// What a place in a file does not say yet: the column, and the line where the script is the module's own.
fn spot(written: &Written, mistake: &Mistake) -> String {
    let column = mistake.column.unwrap_or(1);
    match mistake.line {
        Some(_) if written.script.is_some() => say(format!("第 {column} 列："), format!("column {column}: ")),
        Some(line) => say(
            format!("模块自带的脚本第 {line} 行第 {column} 列："),
            format!("in the module's own script, line {line}, column {column}: "),
        ),
        None => String::new(),
    }
}

/// The versions of the wanted rules, by key.
pub(super) async fn versions(
    house: &House,
    space: Option<&Space>,
    wants: &BTreeMap<String, Want>,
) -> Result<BTreeMap<String, Versions>> {
    let mut versions = BTreeMap::new();
    let Some(space) = space.filter(|_| !wants.is_empty()) else { return Ok(versions) };
    let store = house.store.space(space.id).await?;
    let active = store.active_rules(house.clock.now()).await?;
    for (key, want) in wants {
        let Some(hook) = hook_of(key) else { continue };
        let next = next_version(&store, &hook, &want.text).await?;
        versions.insert(key.clone(), Versions { active: active.get(&hook).map(|rule| rule.version), next });
    }
    Ok(versions)
}

/// The number that a rule of the files would get: that of the newest version when it came from files just so.
async fn next_version(store: &SpaceStore, hook: &str, text: &RuleText) -> Result<u32> {
    let versions = store.rule_versions(hook).await?;
    let Some(newest) = versions.first() else { return Ok(1) };
    let kept = store.rule_version(hook, newest.version).await?;
    let same = kept
        .is_some_and(|(version, kept)| version.author.is_none() && version.note == NOTE && value(&kept) == value(text));
    Ok(if same { newest.version } else { newest.version + 1 })
}

/// What the plan sets of rules in a space. What waited for a rule is done again, everywhere below the district.
pub(super) async fn make(house: &House, task: &Task, store: &SpaceStore) -> Result<()> {
    let now = house.clock.now();
    let mut modules = BTreeSet::new();
    for (key, value) in &task.set {
        let Some(hook) = hook_of(key) else { continue };
        match (value, task.rules.get(key)) {
            (Some(_), Some(want)) => publish(store, &hook, &want.text, now).await?,
            (None, _) => store.withdraw_rule(&hook, None, now).await?,
            (Some(_), None) => continue,
        }
        modules.extend(hook.split('.').next().map(str::to_owned));
    }
    if let Some(guards) = task.set.get(values::GUARDS) {
        let guards: Vec<Guard> = serde_json::from_value(guards.clone().unwrap_or_else(|| json!([])))?;
        modules.extend(guards.iter().filter_map(|guard| guard.hook.split('.').next()).map(str::to_owned));
        house.store.district().set_guards(&guards).await?;
    }
    if let Some(locks) = task.set.get(values::LOCKS) {
        let locks: Vec<String> = serde_json::from_value(locks.clone().unwrap_or_else(|| json!([])))?;
        modules.extend(locks.iter().filter_map(|hook| hook.split('.').next()).map(str::to_owned));
        house.store.district().set_locks(&locks).await?;
    }
    for module in &modules {
        store.replay_parked_of(module, now).await?;
        if task.wanted.kind == SpaceKind::District {
            for space in house.store.district().tree().all() {
                house.store.space(space.id).await?.replay_parked_of(module, now).await?;
            }
        }
    }
    Ok(())
}

async fn publish(store: &SpaceStore, hook: &str, text: &RuleText, now: Micros) -> Result<()> {
    let version = store.save_rule(hook, text, NOTE, None, None, now).await?;
    store.rule_checked(hook, version, now).await?;
    store.publish_rule(hook, version, now, None, true, now).await?;
    Ok(())
}
