//! `district.toml` and the villages' own files: modules, settings, telephones.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;

use cunshi_model::budgets::{BUDGET_KEYS, BudgetKey};
use cunshi_model::{SpaceCode, SpaceKind};
use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;

use super::source::{At, FileError, Source, Sourced};
use super::villages::Row;
use super::{Module, RuleFolder, Wanted, rules};
use crate::words::say;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DistrictFile {
    code: Spanned<String>,
    name: String,
    #[serde(default)]
    village: KindFile,
    #[serde(default)]
    town: KindFile,
    #[serde(default)]
    district: KindFile,
}

/// The same table for a kind of space and for one village.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindFile {
    office_phone: Option<Spanned<String>>,
    #[serde(default)]
    plugins: BTreeMap<Spanned<String>, ModuleFile>,
    #[serde(default)]
    budgets: BTreeMap<Spanned<String>, i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModuleFile {
    on: Option<bool>,
    version: Option<String>,
    #[serde(default)]
    settings: BTreeMap<Spanned<String>, toml::Value>,
}

/// `district.toml` as read.
pub(super) struct District {
    code: SpaceCode,
    name: String,
    villages: Defaults,
    towns: Defaults,
    own: Defaults,
}

/// What a table says, each with its place.
#[derive(Clone, Default)]
pub(super) struct Defaults {
    office_phone: Option<Sourced<String>>,
    modules: BTreeMap<String, Partial>,
    budgets: BTreeMap<String, Sourced<u32>>,
}

#[derive(Clone)]
struct Partial {
    on: Option<bool>,
    version: Option<String>,
    settings: BTreeMap<String, Sourced<Value>>,
    at: At,
}

/// Reads `district.toml`.
pub(super) fn read(source: Source, sources: &mut Vec<Source>) -> Result<District, FileError> {
    let file: DistrictFile = source.toml()?;
    let at = source.at(file.code.span().start);
    let code = SpaceCode::from_str(file.code.get_ref()).map_err(|error| FileError::new(&at, error.to_string()))?;
    let district = District {
        code,
        name: file.name,
        villages: defaults(&source, file.village)?,
        towns: defaults(&source, file.town)?,
        own: defaults(&source, file.district)?,
    };
    sources.push(source);
    Ok(district)
}

/// What a village has of its own.
#[derive(Clone, Default)]
pub(super) struct Own {
    defaults: Defaults,
    rules: RuleFolder,
}

/// Reads every `villages/<code>/`: `village.toml` and `rules/`; a folder must bear the code of a village in the list.
pub(super) fn read_villages(
    folder: &Path,
    rows: &[Row],
    sources: &mut Vec<Source>,
) -> Result<BTreeMap<SpaceCode, Own>, FileError> {
    let mut own = BTreeMap::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(own) };
    let mut folders: Vec<_> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect();
    folders.sort();
    for path in folders {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(row) = rows.iter().find(|row| row.code.as_str() == name) else {
            let at = At { file: path.into(), line: None };
            return Err(FileError::new(
                &at,
                say(format!("villages.csv 里没有 {name}"), format!("villages.csv has no {name}")),
            ));
        };
        let mut village = Own::default();
        if let Some(source) = Source::read_if_there(path.join("village.toml"))? {
            let file: KindFile = source.toml()?;
            village.defaults = defaults(&source, file)?;
            sources.push(source);
        }
        village.rules = rules::of_village(path.join("rules"), sources)?;
        own.insert(row.code.clone(), village);
    }
    Ok(own)
}

/// Every space with the defaults of its kind under its own values.
pub(super) fn spaces(
    district: &District,
    rules: RuleFolder,
    rows: &[Row],
    own: &BTreeMap<SpaceCode, Own>,
) -> Vec<Wanted> {
    let root = &district.code;
    let top = wanted(root, &district.name, SpaceKind::District, None, &district.own, None, 1);
    let mut spaces = vec![Wanted { rules, ..top }];
    let mut towns: Vec<(&SpaceCode, &str)> = rows.iter().map(|row| (&row.town, row.town_name.as_str())).collect();
    towns.sort();
    towns.dedup();
    for (number, (code, name)) in (1..).zip(towns) {
        spaces.push(wanted(code, name, SpaceKind::Town, Some(root), &district.towns, None, number));
    }
    for (number, row) in (1..).zip(rows) {
        let own = own.get(&row.code);
        spaces.push(wanted(&row.code, &row.name, row.kind, Some(&row.town), &district.villages, own, number));
    }
    spaces
}

fn wanted(
    code: &SpaceCode,
    name: &str,
    kind: SpaceKind,
    parent: Option<&SpaceCode>,
    defaults: &Defaults,
    own: Option<&Own>,
    number: usize,
) -> Wanted {
    let mut modules: BTreeMap<String, Module> = BTreeMap::new();
    for layer in [Some(defaults), own.map(|own| &own.defaults)].into_iter().flatten() {
        for (name, partial) in &layer.modules {
            let module = modules.entry(name.clone()).or_insert_with(|| Module {
                on: true,
                pinned: None,
                settings: BTreeMap::new(),
                at: partial.at.clone(),
            });
            module.on = partial.on.unwrap_or(module.on);
            module.pinned = partial.version.clone().or(module.pinned.take());
            module.settings.extend(partial.settings.clone());
        }
    }
    let mut budgets = defaults.budgets.clone();
    budgets.extend(own.map(|own| own.defaults.budgets.clone()).unwrap_or_default());
    let phone = own.and_then(|own| own.defaults.office_phone.as_ref()).or(defaults.office_phone.as_ref());
    Wanted {
        code: code.clone(),
        name: name.to_owned(),
        kind,
        parent: parent.cloned(),
        office_phone: phone
            .map(|phone| Sourced { value: phone.value.replace("{n}", &format!("{number:03}")), at: phone.at.clone() }),
        modules,
        budgets,
        rules: own.map(|own| own.rules.clone()).unwrap_or_default(),
    }
}

fn defaults(source: &Source, file: KindFile) -> Result<Defaults, FileError> {
    let office_phone =
        file.office_phone.map(|phone| Sourced { at: source.at(phone.span().start), value: phone.into_inner() });
    let mut modules = BTreeMap::new();
    for (name, module) in file.plugins {
        let mut settings = BTreeMap::new();
        for (key, value) in module.settings {
            let at = source.at(key.span().start);
            let value = json(value).ok_or_else(|| {
                FileError::new(
                    &at,
                    say("设置的值不能是日期或小数", "a setting is text, a whole number, yes or no, or a list of these"),
                )
            })?;
            settings.insert(key.into_inner(), Sourced { value, at });
        }
        let at = source.at(name.span().start);
        modules.insert(name.into_inner(), Partial { on: module.on, version: module.version, settings, at });
    }
    let budgets = file.budgets.into_iter().map(|(name, value)| budget(source, name, value));
    Ok(Defaults { office_phone, modules, budgets: budgets.collect::<Result<_, _>>()? })
}

/// A limit of the calls of a space, within its bounds.
fn budget(source: &Source, name: Spanned<String>, value: i64) -> Result<(String, Sourced<u32>), FileError> {
    let at = source.at(name.span().start);
    let name = name.into_inner();
    let Some(key) = BudgetKey::named(&name) else {
        let known = BUDGET_KEYS.map(|key| key.name).join(", ");
        return Err(FileError::new(
            &at,
            say(format!("没有限额 {name}，有：{known}"), format!("there is no budget `{name}`; there are {known}")),
        ));
    };
    match u32::try_from(value).ok().filter(|value| key.takes(*value)) {
        Some(value) => Ok((name, Sourced { value, at })),
        None => Err(FileError::new(
            &at,
            say(
                format!("{name} 要在 {} 到 {} 之间，不能是 {value}", key.least, key.most),
                format!("`{name}` is {} to {}, not {value}", key.least, key.most),
            ),
        )),
    }
}

fn json(value: toml::Value) -> Option<Value> {
    Some(match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Boolean(yes) => Value::Bool(yes),
        toml::Value::Array(list) => Value::Array(list.into_iter().map(json).collect::<Option<_>>()?),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| Some((key, json(value)?))).collect::<Option<_>>()?)
        }
        toml::Value::Float(_) | toml::Value::Datetime(_) => return None,
    })
}
