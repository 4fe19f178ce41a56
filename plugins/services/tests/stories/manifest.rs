//! `plugin.toml` and the code say the same.

use cunshi_plugin_services::domain::service::Source;
use cunshi_plugin_services::domain::{ResultKind, StepKind};
use cunshi_plugin_services::listing::Show;
use cunshi_sdk::contract::manifest::Who;
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
fn lists_of_the_desk_are_the_same_everywhere() {
    let manifest = manifest();
    let shows = Show::ALL.map(Show::as_str);
    assert_eq!(values(field(&manifest.page("desk").unwrap().params, "show")), shows);
    assert_eq!(values(field(&manifest.query("requests").unwrap().params, "show")), [&["mine"][..], &shows].concat());
}

#[test]
fn choices_are_what_the_domain_reads() {
    let manifest = manifest();
    for action in ["change-service", "add-service"] {
        let fields = &manifest.action(action).unwrap().fields;
        for value in values(field(fields, "source")) {
            assert_eq!(Source::parse(value).as_str(), value);
        }
        for value in values(field(fields, "result")) {
            assert_eq!(ResultKind::parse(value).as_str(), value);
        }
    }
    assert_eq!(cunshi_sdk::serde_json::to_value(StepKind::HandedOver).unwrap(), StepKind::HandedOver.as_str());
}

#[test]
fn nobody_rates_or_withdraws_for_another() {
    let manifest = manifest();
    let behalf = manifest.actions.iter().filter(|action| !action.on_behalf.is_empty());
    let behalf: Vec<&str> = behalf.map(|action| action.name.as_str()).collect();
    assert_eq!(behalf, ["ask"]);
}

#[test]
fn what_is_written_is_for_the_office_and_what_is_rated_is_not_private() {
    let manifest = manifest();
    let readers: Vec<Who> = manifest.collection("paper").unwrap().readers.as_ref().unwrap().keys().copied().collect();
    assert_eq!(readers, [Who::Cadre]);
    let ask = &manifest.action("ask").unwrap().fields;
    for name in ["purpose", "details", "id_number"] {
        assert!(field(ask, name).private, "{name}");
    }
    assert!(!field(&manifest.action("rate").unwrap().fields, "text").private, "a rating is public: it is searched");
    for name in ["switch-service", "change-service", "add-service"] {
        assert_eq!(manifest.action(name).unwrap().who.roles(), [Who::Admin]);
    }
}
