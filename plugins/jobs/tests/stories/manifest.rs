//! `plugin.toml` and the code say the same.

use cunshi_plugin_jobs::domain::doubt::REASONS;
use cunshi_plugin_jobs::domain::{Kind, Per, SignState, TRADES};
use cunshi_sdk::contract::manifest::{Direction, Rule, Who};
use cunshi_sdk::contract::{Field, FieldKind, Manifest};

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
fn choices_are_the_same_everywhere() {
    let manifest = manifest();
    for action in ["propose", "post", "edit"] {
        let fields = &manifest.action(action).unwrap().fields;
        assert_eq!(values(field(fields, "kind")), Kind::ALL.map(Kind::as_str));
        assert_eq!(values(field(fields, "pay_per")), Per::ALL.map(Per::as_str));
        assert_eq!(values(field(fields, "trades")), TRADES);
    }
    for params in [&manifest.page("board").unwrap().params, &manifest.query("jobs").unwrap().params] {
        assert_eq!(values(field(params, "kind")), Kind::ALL.map(Kind::as_str));
        assert_eq!(values(field(params, "trade")), TRADES);
    }
    let answers = values(field(&manifest.action("answer").unwrap().fields, "state"));
    assert!(answers.iter().all(|value| SignState::parse(value).is_some()));
    assert_eq!(values(field(&manifest.action("report").unwrap().fields, "why")), REASONS);
}

#[test]
fn what_a_villager_proposes_is_whole() {
    let manifest = manifest();
    let fields = &manifest.action("propose").unwrap().fields;
    for must in ["employer", "place", "pay_from", "contact_name", "contact_phone", "closes"] {
        assert!(field(fields, must).required, "{must}");
    }
    let contact = field(fields, "contact_phone");
    assert!(contact.kind == FieldKind::Phone && !contact.private, "an employer's telephone is public on purpose");
}

#[test]
fn what_is_private_is_declared_so() {
    let manifest = manifest();
    for (action, names) in [
        ("sign-up", &["phone", "words"][..]),
        ("sign-up-other", &["name", "phone", "words"]),
        ("answer", &["text"]),
        ("report", &["text"]),
    ] {
        let fields = &manifest.action(action).unwrap().fields;
        assert!(names.iter().all(|name| field(fields, name).private), "{action}");
    }
    let readers = |name: &str| manifest.collection(name).unwrap().readers.clone().unwrap();
    for name in ["signup", "lead", "doubt"] {
        assert_eq!(readers(name).into_iter().collect::<Vec<_>>(), [(Who::Cadre, Rule::All)], "{name}");
    }
    assert!(readers("passage").is_empty());
}

#[test]
fn only_signing_up_is_done_for_another() {
    let manifest = manifest();
    let behalf = manifest.actions.iter().filter(|action| !action.on_behalf.is_empty());
    assert_eq!(behalf.map(|action| action.name.as_str()).collect::<Vec<_>>(), ["sign-up"]);
}

#[test]
fn what_names_a_person_goes_up_or_to_the_one_village_only() {
    let manifest = manifest();
    let direction = |name: &str| manifest.sends(name).unwrap().direction();
    assert_eq!(direction("jobs.signed-up/1"), Direction::Up);
    assert_eq!(direction("jobs.posting-changed/1"), Direction::Down);
    assert_eq!(direction("jobs.signup-changed/1"), Direction::Here);
}
