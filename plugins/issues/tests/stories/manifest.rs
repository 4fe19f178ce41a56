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
fn the_rule_for_deadlines_knows_every_category_and_complexity() {
    let manifest = manifest();
    let accept = &manifest.action("accept").unwrap().fields;
    let rule = manifest.rule("issues.deadline").unwrap();
    let (listed, columns) = (values(field(&rule.table, "category")), &rule.table);
    assert_eq!(listed, [&["any"][..], &CATEGORIES].concat());
    assert_eq!(values(field(&rule.input, "complexity")), values(field(accept, "complexity")));
    for value in values(field(accept, "complexity")) {
        assert_eq!(Complexity::parse(value).as_str(), value);
        assert!(field(columns, value).required);
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
