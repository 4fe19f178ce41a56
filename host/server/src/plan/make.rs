//! Making it so: the steps for one space.

use std::collections::BTreeSet;
use std::str::FromStr;

use anyhow::{Context, Result};
use cunshi_model::budgets::BUDGETS;
use cunshi_model::calendar::DayKind;
use cunshi_model::port::PluginState;
use cunshi_model::{Calendar, Space, SpaceKind};
use serde_json::{Map, Value};

use super::{Task, rules, values};
use crate::wire::{House, jobs_of};

/// Sets what differs, then notes what was applied.
pub(super) async fn task(house: &House, task: &Task) -> Result<()> {
    let district = house.store.district();
    let space = place(house, task).await?;
    let store = house.store.space(space.id).await?;
    let now = house.clock.now();
    if task.set.contains_key("office_phone") {
        store.set_office_phone(text(task, "office_phone")).await?;
    }
    for module in changed(task, &["on", "version"]) {
        let on = task.after.get(&values::on(module)).and_then(Value::as_bool).unwrap_or_default();
        let pinned = text(task, &values::version(module)).map(str::to_owned);
        store.set_plugin(module, &PluginState { on, pinned }, &jobs_of(&house.runtime, module), None, now).await?;
    }
    for module in changed(task, &["settings"]) {
        store.set_settings(module, &under(task, &values::setting(module, "")), None, now).await?;
    }
    let prefix = values::budget("");
    if task.set.keys().any(|key| key.starts_with(&prefix)) {
        store.set_settings(BUDGETS, &under(task, &prefix), None, now).await?;
    }
    rules::make(house, task, &store).await?;
    if let Some(Some(days)) = task.set.get("calendar") {
        district.set_calendar(&calendar(days)).await?;
    }
    district.set_note(&values::note(&task.wanted.code), &serde_json::to_string(&task.applied)?).await?;
    Ok(())
}

/// The values whose keys begin so, as they will be.
fn under(task: &Task, prefix: &str) -> Value {
    let values =
        task.after.iter().filter_map(|(key, value)| Some((key.strip_prefix(prefix)?.to_owned(), value.clone())));
    Value::Object(values.collect::<Map<_, _>>())
}

/// The space itself, made or changed where it must be.
async fn place(house: &House, task: &Task) -> Result<Space> {
    let changes = ["name", "kind", "parent"].iter().any(|key| task.set.contains_key(*key));
    if let (Some(existing), false) = (&task.existing, changes) {
        return Ok(existing.clone());
    }
    let tree = house.store.district().tree();
    let parent = text(task, "parent").and_then(|code| tree.by_code(code)).map(|space| space.id);
    let kind = text(task, "kind").and_then(SpaceKind::parse).unwrap_or(task.wanted.kind);
    let name = text(task, "name").unwrap_or(&task.wanted.name);
    house
        .store
        .district()
        .put_space(&task.wanted.code, name, kind, parent)
        .await
        .with_context(|| format!("{} {name}", task.wanted.code))
}

/// Modules of which one of these parts is set.
fn changed<'a>(task: &'a Task, parts: &[&str]) -> BTreeSet<&'a str> {
    let of = |key: &'a str| {
        let (module, rest) = key.split_once('.')?;
        parts.contains(&rest.split('.').next()?).then_some(module)
    };
    task.set.keys().filter_map(|key| of(key)).collect()
}

fn text<'a>(task: &'a Task, key: &str) -> Option<&'a str> {
    task.after.get(key).and_then(Value::as_str)
}

fn calendar(days: &Value) -> Calendar {
    let day = |text: &str| {
        let (day, kind) = text.split_once(' ')?;
        let kind = if kind == "working" { DayKind::Working } else { DayKind::Holiday };
        Some((jiff::civil::Date::from_str(day).ok()?, kind))
    };
    Calendar::new(days.as_array().into_iter().flatten().filter_map(|text| day(text.as_str()?)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_calendar_survives_its_form_as_a_value() {
        let days = json!(["2026-01-01 holiday", "2026-01-04 working"]);
        let calendar = calendar(&days);
        assert!(!calendar.is_working(jiff::civil::date(2026, 1, 1)));
        assert!(calendar.is_working(jiff::civil::date(2026, 1, 4)));
        assert_eq!(calendar.days().count(), 2);
    }
}
