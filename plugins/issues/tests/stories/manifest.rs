//! `plugin.toml` and the code say the same.

use cunshi_plugin_issues::domain::Complexity;
use cunshi_plugin_issues::domain::category::{CATEGORIES, QUESTIONS};
use cunshi_sdk::contract::{Field, Manifest};

fn manifest() -> Manifest {
    let manifest = Manifest::from_toml(include_str!("../../plugin.toml")).unwrap();
    manifest.check().unwrap();
    manifest
}

fn values(field: &Field) -> Vec<&str> {
    field.choices.iter().map(|choice| choice.value.as_str()).collect()
}

fn field<'a>(fields: &'a [Field], name: &str) -> &'a Field {
    fields.iter().find(|field| field.name == name).unwrap()
}

#[test]
fn categories_are_the_same_everywhere() {
    let manifest = manifest();
    let report = &manifest.action("report").unwrap().fields;
    assert_eq!(values(field(report, "category")), CATEGORIES);
    assert_eq!(values(field(&manifest.page("board").unwrap().params, "category")), CATEGORIES);
    for question in QUESTIONS {
        let asked = field(report, question).when.as_ref().unwrap();
        assert!(asked.field == "category" && asked.is.iter().all(|value| CATEGORIES.contains(&value.as_str())));
    }
}

#[test]
fn complexities_have_their_settings() {
    let manifest = manifest();
    let accept = &manifest.action("accept").unwrap().fields;
    for value in values(field(accept, "complexity")) {
        let setting = field(&manifest.settings, Complexity::parse(value).setting());
        assert!(setting.name.ends_with(value) && setting.default.is_some());
    }
}

#[test]
fn nobody_rates_or_reopens_for_another() {
    let manifest = manifest();
    let behalf: Vec<&str> = manifest
        .actions
        .iter()
        .filter(|action| !action.on_behalf.is_empty())
        .map(|action| action.name.as_str())
        .collect();
    assert_eq!(behalf, ["report"]);
}
