//! Documents stay true: every path and crate that they name exists, every link leads somewhere.

#![expect(clippy::expect_used, reason = "a test stops with a sentence")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::MetadataCommand;
use cunshi_tests::workspace;

/// Folders whose names at the start of a word in backticks make it a path of this tree.
const TOP: [&str; 9] =
    ["host/", "plugin-sdk/", "plugins/", "tenants/", "tests/", "examples/", "docs/", "xtask/", ".ci/"];

fn documents() -> Vec<PathBuf> {
    let root = workspace();
    let mut found: Vec<_> =
        ["README.md", "CHANGELOG.md", "tenants/README.md"].iter().map(|name| root.join(name)).collect();
    let mut folders = vec![root.join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|kind| kind == "md") {
                found.push(entry);
            }
        }
    }
    found
}

/// What stands between single backticks, outside fenced blocks.
fn quoted(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut words = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            words.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    words
}

/// Targets of Markdown links and pictures.
fn links(text: &str) -> Vec<String> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).map(str::to_owned).collect()
}

#[test]
fn every_path_named_in_a_document_exists() {
    let root = workspace();
    let mut missing = Vec::new();
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap_or_else(|error| panic!("{}: {error}", document.display()));
        for word in quoted(&text) {
            let is_path = TOP.iter().any(|top| word.starts_with(top));
            let concrete = !word.contains(['<', '{', '*', '…', ' ']);
            if is_path && concrete && !root.join(word.trim_end_matches('/')).exists() {
                missing.push(format!("{}: `{word}`", document.display()));
            }
        }
        for link in links(&text).iter().filter(|link| !link.contains("://") && !link.starts_with('#')) {
            let file = link.split('#').next().unwrap_or_default();
            if !document.parent().unwrap_or(Path::new(".")).join(file).exists() {
                missing.push(format!("{}: link to {link}", document.display()));
            }
        }
    }
    assert!(missing.is_empty(), "named, but not there:\n{}", missing.join("\n"));
}

#[test]
fn every_crate_named_in_the_architecture_exists_and_none_is_forgotten() {
    let metadata = MetadataCommand::new().no_deps().exec().expect("cargo metadata answers");
    let crates: BTreeSet<_> = metadata.packages.iter().map(|package| package.name.to_string()).collect();
    let text = fs::read_to_string(workspace().join("docs/ARCHITECTURE.md")).expect("the architecture");
    let named: BTreeSet<_> =
        quoted(&text).into_iter().filter(|word| word.starts_with("cunshi-") || word == "xtask").collect();
    assert_eq!(named, crates, "left: named in docs/ARCHITECTURE.md; right: members of the workspace");
}

#[test]
fn no_file_grows_past_what_one_purpose_needs() {
    let mut long = Vec::new();
    let mut folders: Vec<_> =
        ["host", "plugin-sdk", "plugins", "tests", "examples", "xtask"].map(|top| workspace().join(top)).into();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() && !entry.ends_with("target") && !entry.ends_with("node_modules") {
                folders.push(entry);
            } else if entry.extension().is_some_and(|kind| kind == "rs") {
                let lines = fs::read_to_string(&entry).expect("a source").lines().count();
                if lines > 500 {
                    long.push(format!("{}: {lines} lines", entry.display()));
                }
            }
        }
    }
    assert!(long.is_empty(), "split these:\n{}", long.join("\n"));
}
