//! `plugin.toml` and the code say the same.

use cunshi_plugin_notices::domain::Kind;
use cunshi_sdk::contract::manifest::{Direction, Who};
use cunshi_sdk::contract::{Field, Manifest};

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
fn kinds_are_the_same_everywhere() {
    let manifest = manifest();
    let kinds = Kind::ALL.map(Kind::as_str);
    assert_eq!(values(&manifest.action("write").unwrap().fields, "kind"), kinds);
    assert_eq!(values(&manifest.action("edit").unwrap().fields, "kind"), kinds);
    assert_eq!(values(&manifest.page("board").unwrap().params, "kind"), kinds);
    assert_eq!(values(&manifest.query("notices").unwrap().params, "kind"), kinds);
}

#[test]
fn only_the_office_writes_and_only_for_an_acknowledgment_somebody_stands_for_another() {
    let manifest = manifest();
    for action in &manifest.actions {
        let villagers = action.name == "acknowledge";
        assert_eq!(action.who.roles(), [if villagers { Who::Member } else { Who::Cadre }], "{}", action.name);
        assert_eq!(action.on_behalf.is_empty(), !villagers, "{}", action.name);
    }
    for page in ["new", "change", "desk", "readers", "below"] {
        assert_eq!(manifest.page(page).unwrap().who.roles(), [Who::Cadre], "{page}");
    }
}

#[test]
fn the_page_of_a_notice_and_no_other_says_who_has_seen_it() {
    let manifest = manifest();
    let seen: Vec<&str> = manifest.pages.iter().filter(|page| page.seen).map(|page| page.route.as_str()).collect();
    assert_eq!(seen, ["notice/{id}"]);
}

#[test]
fn what_goes_down_is_news_and_what_goes_up_are_counts() {
    let manifest = manifest();
    let direction = |name: &str| manifest.sends(name).unwrap().direction();
    assert_eq!(direction("notices.published/1"), Direction::Down);
    assert_eq!(direction("notices.withdrawn/1"), Direction::Down);
    assert_eq!(direction("notices.counted/1"), Direction::Up);
    assert_eq!(manifest.uses.hears.len(), 3);
}

#[test]
fn every_collection_says_who_reads_it() {
    for collection in &manifest().collections {
        let readers = collection.readers.as_ref().unwrap();
        assert!(!readers.contains_key(&Who::Officer), "{}", collection.name);
        let public = readers.get(&Who::Anyone).map(|rule| String::from(rule.clone()));
        assert!(public.is_none_or(|rule| rule == "sight = 'public'"), "{}", collection.name);
    }
}
