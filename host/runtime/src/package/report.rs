//! What is to be said of a component before it is installed, in sentences.

use std::fmt;

use cunshi_contract::Manifest;
use cunshi_contract::deed::DEED;
use cunshi_contract::manifest::{PeopleGrant, Sends};

use super::manifest_of;
use crate::check;

/// What is to be said of a component; `Display` gives the sentences, one a line.
#[derive(Debug)]
pub struct Report {
    /// Bytes of the component.
    pub bytes: usize,
    /// The manifest, where it can be read.
    pub manifest: Option<Manifest>,
    /// The interfaces that it imports.
    pub imports: Vec<String>,
    /// The interfaces that it exports.
    pub exports: Vec<String>,
    /// What stands against installing it; none means that the platform takes it.
    pub problems: Vec<String>,
}

impl Report {
    /// Whether the platform takes it.
    pub fn is_ok(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Looks at a component without running it: size, imports, exports against the manifest, the manifest's rules.
pub fn check(component: &[u8]) -> Report {
    let mut report = Report {
        bytes: component.len(),
        manifest: None,
        imports: Vec::new(),
        exports: Vec::new(),
        problems: Vec::new(),
    };
    if let Err(error) = check::component(component) {
        report.problems.push(error.to_string());
    }
    if let Ok(facts) = check::read(component) {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        report.imports = names(&facts.imports);
        report.exports = names(&facts.exports);
        report.manifest = manifest_of(component).ok();
    }
    if let Some(manifest) = &report.manifest {
        report.problems.extend(ungranted(manifest, &report.imports));
    }
    report
}

/// Imports that the manifest does not ask for: the host would refuse each use of them.
fn ungranted(manifest: &Manifest, imports: &[String]) -> Vec<String> {
    let uses = &manifest.uses;
    [
        ("data", uses.data, "data = true"),
        ("files", uses.files, "files = true"),
        ("people", uses.people.is_some(), "people = \"names\""),
        ("sends", !uses.sends.is_empty(), "sends = [\"…\"]"),
        // `ledger` and `rules` without their grant are among the problems already: such a component is not loaded.
    ]
    .into_iter()
    .filter(|(interface, granted, _)| {
        let name = format!("cunshi:plugin/{interface}@{}", cunshi_contract::ABI_VERSION);
        !granted && imports.contains(&name)
    })
    .map(|(interface, _, line)| {
        format!("the component uses `{interface}`, which plugin.toml does not ask for: write `{line}` under `[uses]`")
    })
    .collect()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.manifest {
            Some(manifest) => {
                writeln!(f, "{} {} ({}, {}).", manifest.name, manifest.version, manifest.title.zh, manifest.title.en)?;
                writeln!(f, "It asks for {}.", asks(manifest))?;
            }
            None => writeln!(f, "It has no manifest that could be read.")?,
        }
        writeln!(f, "It has {} KiB.", self.bytes.div_ceil(1024))?;
        writeln!(f, "It imports {}.", interfaces(&self.imports))?;
        writeln!(f, "It exports {}.", interfaces(&self.exports))?;
        if self.is_ok() {
            write!(f, "The platform takes it.")
        } else {
            write!(f, "The platform refuses it: {}.", self.problems.join("; "))
        }
    }
}

fn asks(manifest: &Manifest) -> String {
    let uses = &manifest.uses;
    let mut asks = Vec::new();
    if uses.data {
        asks.push("documents of its own".to_owned());
    }
    if uses.files {
        asks.push("files".to_owned());
    }
    match uses.people {
        Some(PeopleGrant::Names) => asks.push("people's names, households and roles".to_owned()),
        Some(PeopleGrant::Contact) => asks.push("people's names, households, roles and telephones".to_owned()),
        None => {}
    }
    if uses.ledger {
        asks.push("the village's points".to_owned());
    }
    for hook in &manifest.rules {
        asks.push(format!("decisions by the rule {}", hook.name));
    }
    for sends in &uses.sends {
        asks.push(format!("sending {}{}", sends.name(), shape(sends)));
    }
    for hears in &uses.hears {
        asks.push(format!("hearing {hears}"));
    }
    if asks.is_empty() { "nothing".to_owned() } else { asks.join(", ") }
}

/// What is known of an event's payload.
fn shape(sends: &Sends) -> String {
    match sends.told().and_then(|told| told.schema.as_ref()) {
        Some(file) => format!(" (its payload as {file} says)"),
        None if sends.name() == DEED => " (its payload as the platform says)".to_owned(),
        None => String::new(),
    }
}

fn interfaces(names: &[String]) -> String {
    let short: Vec<&str> = names
        .iter()
        .map(|name| {
            let name = name.strip_prefix("cunshi:plugin/").unwrap_or(name);
            name.strip_suffix(&format!("@{}", cunshi_contract::ABI_VERSION)).unwrap_or(name)
        })
        .filter(|name| *name != "types")
        .collect();
    if short.is_empty() { "nothing".to_owned() } else { short.join(", ") }
}
