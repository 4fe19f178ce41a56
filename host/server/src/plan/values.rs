//! A space as a flat map of values.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use cunshi_model::budgets::BUDGETS;
use cunshi_model::calendar::DayKind;
use cunshi_model::{Calendar, Space, SpaceCode, SpaceKind};
use serde_json::{Value, json};

use super::rules;
use crate::tenants::{At, Tenants, Wanted};
use crate::wire::House;
use crate::words::say;

/// Values by key.
pub(super) type Values = BTreeMap<String, Value>;

/// The key of a module's switch.
pub(super) fn on(module: &str) -> String {
    format!("{module}.on")
}

/// The key of the version that a module is kept at.
pub(super) fn version(module: &str) -> String {
    format!("{module}.version")
}

/// The key of a setting.
pub(super) fn setting(module: &str, name: &str) -> String {
    format!("{module}.settings.{name}")
}

/// The key of a limit of the space's calls.
pub(super) fn budget(name: &str) -> String {
    format!("budgets.{name}")
}

/// What the district lays down for the rules of all spaces.
pub(super) const GUARDS: &str = "guards";
/// The hooks for which only the district's rule counts.
pub(super) const LOCKS: &str = "locks";

/// What the files want but for rules, each value with its place.
pub(super) fn wanted(wanted: &Wanted, tenants: &Tenants) -> BTreeMap<String, (Value, Option<At>)> {
    let mut values = BTreeMap::new();
    let mut put = |key: String, value: Value, at: Option<&At>| {
        values.insert(key, (value, at.cloned()));
    };
    put("name".into(), json!(wanted.name), None);
    put("kind".into(), json!(wanted.kind.as_str()), None);
    if let Some(parent) = &wanted.parent {
        put("parent".into(), json!(parent.as_str()), None);
    }
    if let Some(phone) = &wanted.office_phone {
        put("office_phone".into(), json!(phone.value), Some(&phone.at));
    }
    for (name, module) in &wanted.modules {
        put(on(name), json!(module.on), Some(&module.at));
        if let Some(pinned) = &module.pinned {
            put(version(name), json!(pinned), Some(&module.at));
        }
        for (key, value) in &module.settings {
            put(setting(name, key), value.value.clone(), Some(&value.at));
        }
    }
    for (name, value) in &wanted.budgets {
        put(budget(name), json!(value.value), Some(&value.at));
    }
    if wanted.kind == SpaceKind::District {
        if let Some(calendar) = &tenants.calendar {
            put("calendar".into(), days(calendar), None);
        }
        if let Some((laid, at)) = &tenants.laid {
            for (key, list) in [(GUARDS, json!(laid.guards)), (LOCKS, json!(laid.locks))] {
                if !is_empty(&list) {
                    put(key.into(), list, Some(at));
                }
            }
        }
    }
    values
}

/// What the store holds.
pub(super) async fn actual(house: &House, space: Option<&Space>) -> Result<Values> {
    let mut values = Values::new();
    let Some(space) = space else { return Ok(values) };
    let store = house.store.space(space.id).await?;
    let profile = store.profile().await?;
    values.insert("name".into(), json!(space.name));
    values.insert("kind".into(), json!(space.kind.as_str()));
    let tree = house.store.district().tree();
    if let Some(parent) = space.parent.and_then(|id| tree.by_id(id)) {
        values.insert("parent".into(), json!(parent.code.as_str()));
    }
    if let Some(phone) = &profile.office_phone {
        values.insert("office_phone".into(), json!(phone));
    }
    for (name, state) in &profile.plugins {
        values.insert(on(name), json!(state.on));
        if let Some(pinned) = &state.pinned {
            values.insert(version(name), json!(pinned));
        }
    }
    for (name, settings) in &profile.settings {
        for (key, value) in settings.as_object().into_iter().flatten() {
            let key = if name == BUDGETS { budget(key) } else { setting(name, key) };
            values.insert(key, value.clone());
        }
    }
    for (hook, rule) in store.active_rules(house.clock.now()).await? {
        values.extend(rules::key(&hook).map(|key| (key, rules::value(&rule.text))));
    }
    if space.kind == SpaceKind::District {
        let district = house.store.district();
        let calendar = days(&district.calendar().await?);
        let (guards, locks) = (json!(district.guards().await?), json!(district.locks().await?));
        let lists = [("calendar", calendar), (GUARDS, guards), (LOCKS, locks)];
        values.extend(lists.into_iter().filter(|(_, list)| !is_empty(list)).map(|(key, list)| (key.to_owned(), list)));
    }
    Ok(values)
}

/// What was applied last.
pub(super) async fn applied(house: &House, code: &SpaceCode) -> Result<Values> {
    match house.store.district().note(&note(code)).await? {
        Some(text) => serde_json::from_str(&text).context("the note of what was applied last cannot be read"),
        None => Ok(Values::new()),
    }
}

/// The name of the note that keeps what was applied.
pub(super) fn note(code: &SpaceCode) -> String {
    format!("applied/{code}")
}

/// One line for a space that comes to be.
pub(super) fn summary(wanted: &Wanted) -> String {
    let kind = match wanted.kind {
        SpaceKind::Village => say("村", "village"),
        SpaceKind::Community => say("社区", "community"),
        SpaceKind::Town => say("镇（街道）", "town"),
        SpaceKind::District => say("区", "district"),
    };
    let modules: Vec<_> =
        wanted.modules.iter().filter(|(_, module)| module.on).map(|(name, _)| name.as_str()).collect();
    let modules = if modules.is_empty() { String::new() } else { format!(", {}", modules.join(" ")) };
    format!("{} {} ({kind}{modules})", wanted.code, wanted.name)
}

fn is_empty(list: &Value) -> bool {
    list.as_array().is_some_and(Vec::is_empty)
}

fn days(calendar: &Calendar) -> Value {
    let word = |kind| match kind {
        DayKind::Holiday => "holiday",
        DayKind::Working => "working",
    };
    calendar.days().map(|(day, kind)| Value::String(format!("{day} {}", word(kind)))).collect()
}
