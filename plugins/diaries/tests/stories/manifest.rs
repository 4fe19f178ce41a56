//! `plugin.toml` and the code say the same.

use cunshi_plugin_diaries::domain::Kind;
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
fn kinds_are_the_same_everywhere() {
    let manifest = manifest();
    let kinds = Kind::ALL.map(Kind::as_str);
    assert_eq!(values(field(&manifest.page("board").unwrap().params, "kind")), kinds);
    assert_eq!(values(field(&manifest.query("entries").unwrap().params, "kind")), kinds);
    for action in ["write", "finish"] {
        let fields = &manifest.action(action).unwrap().fields;
        assert_eq!(values(field(fields, "kind")), kinds);
        let asked = field(fields, "household").when.as_ref().unwrap();
        let with: Vec<&str> = Kind::ALL.into_iter().filter(|kind| kind.takes_household()).map(Kind::as_str).collect();
        assert_eq!(asked.is, with);
    }
}

#[test]
fn an_entry_is_written_and_finished_by_the_same_form() {
    let manifest = manifest();
    let (write, finish) = (manifest.action("write").unwrap(), manifest.action("finish").unwrap());
    assert_eq!(finish.fields[0].name, "draft");
    assert_eq!(write.fields, finish.fields[1..]);
}

#[test]
fn nobody_acts_for_another() {
    assert!(manifest().actions.iter().all(|action| action.on_behalf.is_empty()));
}

#[test]
fn what_is_never_public_may_hold_private_numbers_and_nothing_else_may() {
    let manifest = manifest();
    let mut private: Vec<String> = Vec::new();
    for action in &manifest.actions {
        let fields = action.fields.iter().filter(|field| field.private);
        private.extend(fields.map(|field| format!("{}.{}", action.name, field.name)));
    }
    assert_eq!(
        private,
        ["write.note", "finish.note", "dispute.text", "excuse.reason", "list-home.why", "unlist-home.why"]
    );
}

#[test]
fn the_host_keeps_back_what_is_not_for_all() {
    let manifest = manifest();
    let readers = |name: &str| {
        let readers = manifest.collection(name).unwrap().readers.clone().unwrap();
        readers.into_keys().collect::<Vec<_>>()
    };
    assert_eq!(readers("dispute"), [Who::Supervisor, Who::Admin]);
    assert_eq!(readers("excuse"), [Who::Supervisor, Who::Admin]);
    assert_eq!(readers("home"), [Who::Cadre, Who::Admin]);
}
