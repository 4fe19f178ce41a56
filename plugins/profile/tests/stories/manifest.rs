//! `plugin.toml` and the code say the same.

use cunshi_plugin_profile::domain::{Body, FigureKind};
use cunshi_sdk::contract::manifest::{Slot, Who};
use cunshi_sdk::contract::{Field, FieldKind, Manifest};

fn manifest() -> Manifest {
    let manifest = Manifest::from_toml(include_str!("../../plugin.toml")).unwrap();
    manifest.check().unwrap();
    manifest
}

fn values<'a>(fields: &'a [Field], name: &str) -> Vec<&'a str> {
    let field = fields.iter().find(|field| field.name == name).unwrap();
    field.choices.iter().map(|choice| choice.value.as_str()).collect()
}

#[test]
fn figures_and_bodies_are_the_same_everywhere() {
    let manifest = manifest();
    assert_eq!(values(&manifest.action("set-figure").unwrap().fields, "kind"), FigureKind::ALL.map(FigureKind::as_str));
    for action in ["add-seat", "edit-seat"] {
        assert_eq!(values(&manifest.action(action).unwrap().fields, "body"), Body::ALL.map(Body::as_str), "{action}");
    }
}

#[test]
fn introduction_and_committee_are_the_admins_villagers_only_book_and_ask() {
    let manifest = manifest();
    let by = |who: &[Who]| -> Vec<&str> {
        let actions = manifest.actions.iter().filter(|action| action.who.roles() == who);
        actions.map(|action| action.name.as_str()).collect()
    };
    assert_eq!(
        by(&[Who::Admin]),
        ["write-introduction", "set-figure", "drop-figure", "add-seat", "edit-seat", "drop-seat", "strike-milestone"]
    );
    assert_eq!(by(&[Who::Member]), ["book", "ask", "withdraw-question"]);
    assert_eq!(by(&[Who::Member, Who::Cadre]), ["unbook", "make-private"]);
    let others: Vec<&Who> = manifest.actions.iter().flat_map(|action| action.who.roles()).collect();
    assert!(!others.contains(&&Who::Anyone) && !others.contains(&&Who::Officer));
    for action in &manifest.actions {
        assert_eq!(!action.on_behalf.is_empty(), matches!(action.name.as_str(), "book" | "ask"), "{}", action.name);
    }
}

#[test]
fn no_form_asks_for_a_telephone_number() {
    for action in &manifest().actions {
        assert!(action.fields.iter().all(|field| field.kind != FieldKind::Phone), "{}", action.name);
    }
}

#[test]
fn private_things_have_owners_and_readers() {
    let manifest = manifest();
    for (name, owner) in [("booking", "person"), ("question", "asker")] {
        let collection = manifest.collection(name).unwrap();
        assert_eq!(collection.owner.as_deref(), Some(owner));
        let public = collection.readers.as_ref().unwrap().get(&Who::Anyone).map(|rule| String::from(rule.clone()));
        assert!(public.is_none_or(|rule| rule == "sight = 'public'"), "{name}");
    }
}

#[test]
fn it_has_a_door_a_card_for_the_home_and_one_for_each_person() {
    let manifest = manifest();
    let slots: Vec<Slot> = manifest.pages.iter().filter_map(|page| page.slot).collect();
    assert_eq!(slots, [Slot::Door, Slot::Home, Slot::Mine]);
    assert!(manifest.page("front").unwrap().nav.is_some());
    assert_eq!(manifest.spaces.len(), 3);
}
