//! `plugin.toml`, the default table and the code say the same.

use std::collections::BTreeSet;

use cunshi_plugin_points::domain::table::{DEEDS, Row};
use cunshi_plugin_points::domain::{Source, Span, amount};
use cunshi_sdk::contract::{Field, Manifest};
use cunshi_sdk::prelude::{Map, Value, json};

fn manifest() -> Manifest {
    let manifest = Manifest::from_toml(include_str!("../../plugin.toml")).unwrap();
    manifest.check().unwrap();
    manifest
}

fn values(field: &Field) -> Vec<&str> {
    field.choices.iter().map(|choice| choice.value.as_str()).collect()
}

/// The rows of the default table: blocks of `key = value` lines, as simple as that file is.
fn rows() -> Vec<Map<String, Value>> {
    let blocks = include_str!("../../rules/award.table.toml").split("[[row]]").skip(1);
    let value = |text: &str| match text.strip_prefix('"') {
        Some(text) => json!(text.trim_end_matches('"')),
        None => json!(text.parse::<i64>().unwrap()),
    };
    let row = |block: &str| {
        let lines = block.lines().filter_map(|line| line.split_once(" = "));
        lines.map(|(key, text)| (key.to_owned(), value(text))).collect()
    };
    blocks.map(row).collect()
}

#[test]
fn the_default_table_is_one_that_the_plugin_reads() {
    let manifest = manifest();
    let hook = manifest.rule("points.award").unwrap();
    let columns: BTreeSet<&str> = hook.table.iter().map(|field| field.name.as_str()).collect();
    let mut items = BTreeSet::new();
    for mut row in rows() {
        assert!(row.keys().all(|key| columns.contains(key.as_str())), "{row:?}");
        // The host gives points as hundredths.
        let points = amount::read(row["points"].as_str().unwrap()).unwrap();
        row.insert("points".into(), json!(points));
        let row = Row::read(&row).unwrap();
        assert!(points > 0 || (row.reviewed && row.days >= 5), "{}: deductions are protected", row.item);
        assert_eq!(row.how == Source::Deduction, points < 0, "{}", row.item);
        items.insert(row.item);
    }
    assert!(items.len() >= 12 && DEEDS.iter().all(|deed| items.contains(*deed)), "{items:?}");
}

#[test]
fn choices_are_those_that_the_code_knows() {
    let manifest = manifest();
    let setting = |name: &str| manifest.settings.iter().find(|field| field.name == name).unwrap();
    assert!(values(setting("budget_period")).into_iter().all(|value| Span::parse(value).is_some()));
    assert!(
        values(setting("cycle")).into_iter().filter(|value| *value != "none").all(|value| Span::parse(value).is_some())
    );
    let hook = manifest.rule("points.award").unwrap();
    let source = hook.input.iter().find(|field| field.name == "source").unwrap();
    assert_eq!(values(source), [Source::Deed, Source::Claim, Source::Deduction].map(Source::as_str));
}

#[test]
fn nobody_objects_reviews_or_answers_for_another() {
    let manifest = manifest();
    let behalf: Vec<&str> = manifest
        .actions
        .iter()
        .filter(|action| !action.on_behalf.is_empty())
        .map(|action| action.name.as_str())
        .collect();
    assert_eq!(behalf, ["claim", "redeem", "sign-up", "withdraw"]);
}
