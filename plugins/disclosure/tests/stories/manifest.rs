//! `plugin.toml` and the code say the same.

use cunshi_plugin_disclosure::domain::item::defaults;
use cunshi_plugin_disclosure::domain::{Affairs, Every};
use cunshi_plugin_disclosure::listing::Show;
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
fn choices_are_the_same_everywhere() {
    let manifest = manifest();
    for (action, name) in [("draft", "affairs"), ("set-item", "affairs")] {
        let fields = &manifest.action(action).unwrap().fields;
        assert_eq!(values(field(fields, name)), Affairs::ALL.map(Affairs::as_str));
    }
    let set = &manifest.action("set-item").unwrap().fields;
    assert_eq!(values(field(set, "every")), Every::ALL.map(Every::as_str));
    let board = field(&manifest.page("board").unwrap().params, "affairs");
    for value in values(board) {
        assert_eq!(Affairs::parse(value).is_some(), value != "all");
    }
    let show = field(&manifest.page("questions").unwrap().params, "show");
    assert_eq!(values(show), Show::ALL.map(Show::as_str));
}

#[test]
fn each_role_does_its_own_part() {
    let manifest = manifest();
    let who = |name: &str| manifest.action(name).unwrap().who.roles().to_vec();
    for name in ["sign", "send-back"] {
        assert_eq!(who(name), [Who::Supervisor], "{name}");
    }
    for name in ["draft", "revise", "submit", "withdraw", "discard", "correct", "answer", "set-item", "send-calendar"] {
        assert_eq!(who(name), [Who::Cadre], "{name}");
    }
    for name in ["ask", "unsatisfied"] {
        assert_eq!(who(name), [Who::Member], "{name}");
    }
    assert_eq!(manifest.page("below").unwrap().who.roles(), [Who::Cadre]);
    let behalf: Vec<&str> = manifest
        .actions
        .iter()
        .filter(|action| !action.on_behalf.is_empty())
        .map(|action| action.name.as_str())
        .collect();
    assert_eq!(behalf, ["ask"], "nobody is dissatisfied for another");
    for name in ["below", "overdue"] {
        let readers = manifest.collection(name).unwrap().readers.clone().unwrap();
        assert_eq!(readers.keys().copied().collect::<Vec<_>>(), [Who::Cadre], "{name}");
    }
}

#[test]
fn the_common_list_asks_for_what_the_regulation_does() {
    let asked: Vec<_> = defaults().into_iter().map(|item| (item.key, item.affairs, item.every, item.days)).collect();
    let item = |key: &str, affairs, every, days| (key.to_owned(), affairs, every, days);
    assert_eq!(
        asked,
        [
            item("village", Affairs::Village, Every::Quarterly, 15),
            item("finance", Affairs::Finance, Every::Monthly, 10),
            item("party", Affairs::Party, Every::Quarterly, 15),
            item("major", Affairs::Village, Every::AtOnce, 10),
        ]
    );
}
