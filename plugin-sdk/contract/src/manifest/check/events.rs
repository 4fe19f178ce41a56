//! Events: the shape of their names, and whose they are.

use crate::deed::DEED;
use crate::manifest::{Direction, Sends};

use super::{Found, Manifest, Place, is_file, is_name};

pub(super) fn check(manifest: &Manifest, found: &mut Found) {
    let uses = Place::root().key("uses");
    for (nth, sends) in manifest.uses.sends.iter().enumerate() {
        let at = uses.key("sends").nth(nth);
        let name = sends.name();
        match event(name) {
            None if name == DEED => deed(sends, &at, found),
            None => shape(name, &manifest.name, &at, found),
            Some((plugin, word, version)) if plugin != manifest.name => found.add(
                &at,
                format!(
                    "`{name}` belongs to `{plugin}`: a plugin sends only its own events, such as `{}.{word}/{version}`",
                    manifest.name
                ),
            ),
            Some(_) => {}
        }
        let schema = sends.told().and_then(|told| told.schema.as_deref());
        if schema.is_some_and(|_| name == DEED) {
            found.add(&at, format!("`{DEED}` has the platform's own schema: leave `schema` out"));
        } else if let Some(path) = schema.filter(|path| !is_file(path, ".json")) {
            found.add(
                &at,
                format!("`{path}` is not a file of this plugin: write a path beside plugin.toml that ends with `.json`, such as `schemas/thing-happened.json`"),
            );
        }
    }
    found.once(&uses.key("sends"), manifest.uses.sends.iter().map(|sends| sends.name().to_owned()));
    for (nth, name) in manifest.uses.hears.iter().enumerate() {
        if event(name).is_none() && name != DEED {
            shape(name, &manifest.name, &uses.key("hears").nth(nth), found);
        }
    }
    found.once(&uses.key("hears"), manifest.uses.hears.iter().cloned());
}

/// The platform's own event, which any plugin may send to its own space.
fn deed(sends: &Sends, at: &Place, found: &mut Found) {
    if sends.direction() != Direction::Here {
        found.add(at, format!("`{DEED}` is heard where it was done: list it as `\"{DEED}\"`, without `goes`"));
    }
}

fn shape(name: &str, plugin: &str, at: &Place, found: &mut Found) {
    found.add(
        at,
        format!("`{name}` is not an event: write plugin, dot, words joined by `-`, slash, version, such as `{plugin}.thing-happened/1`, or the platform's own `{DEED}`"),
    );
}

/// Plugin, word and version of an event's name.
fn event(name: &str) -> Option<(&str, &str, u32)> {
    let (path, version) = name.split_once('/')?;
    let (plugin, word) = path.split_once('.')?;
    let number = version.parse::<u32>().ok().filter(|number| *number > 0 && number.to_string() == version)?;
    (is_name(plugin, '-', 32) && is_name(word, '-', 40)).then_some((plugin, word, number))
}
