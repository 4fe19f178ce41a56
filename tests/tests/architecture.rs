//! The arrows of DESIGN.md §2 as law: who may depend on whom, and who may use which library.

#![expect(clippy::expect_used, reason = "a test stops with a sentence")]

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

/// What each crate of ours may depend on, outside its tests. A crate that is not listed fails the test.
fn allowed() -> BTreeMap<&'static str, &'static [&'static str]> {
    BTreeMap::from([
        ("cunshi-contract", &[] as &[&str]),
        ("cunshi-macros", &["cunshi-contract"]),
        ("cunshi-sdk", &["cunshi-contract", "cunshi-macros"]),
        ("cunshi-model", &["cunshi-contract"]),
        ("cunshi-store", &["cunshi-contract", "cunshi-model"]),
        ("cunshi-rules", &["cunshi-contract", "cunshi-model"]),
        ("cunshi-runtime", &["cunshi-contract", "cunshi-model"]),
        ("cunshi-web", &["cunshi-contract", "cunshi-model", "cunshi-rules", "cunshi-runtime", "cunshi-store"]),
        (
            "cunshi-server",
            &["cunshi-contract", "cunshi-model", "cunshi-rules", "cunshi-runtime", "cunshi-store", "cunshi-web"],
        ),
        ("cunshi-plugin-diaries", &["cunshi-sdk"]),
        ("cunshi-plugin-disclosure", &["cunshi-sdk"]),
        ("cunshi-plugin-issues", &["cunshi-sdk"]),
        ("cunshi-plugin-jobs", &["cunshi-sdk"]),
        ("cunshi-plugin-notices", &["cunshi-sdk"]),
        ("cunshi-plugin-points", &["cunshi-sdk"]),
        ("cunshi-plugin-profile", &["cunshi-sdk"]),
        ("cunshi-plugin-services", &["cunshi-sdk"]),
        ("cunshi-example-hello", &["cunshi-sdk"]),
        ("cunshi-guest-hostile", &["cunshi-sdk"]),
        ("cunshi-guest-noop", &["cunshi-sdk"]),
        (
            "cunshi-tests",
            &[
                "cunshi-contract",
                "cunshi-model",
                "cunshi-rules",
                "cunshi-runtime",
                "cunshi-store",
                "cunshi-web",
                "cunshi-server",
            ],
        ),
        ("xtask", &[]),
    ])
}

/// Libraries that only some crates may use directly.
const DOORS: [(&str, &[&str]); 7] = [
    ("sqlx", &["cunshi-store", "cunshi-tests"]),
    ("wasmtime", &["cunshi-runtime"]),
    ("rhai", &["cunshi-rules"]),
    ("axum", &["cunshi-web", "cunshi-server", "cunshi-tests"]),
    ("object_store", &["cunshi-web"]),
    ("argon2", &["cunshi-web"]),
    ("hyper-rustls", &["cunshi-server"]),
];

fn ours() -> Vec<Package> {
    let metadata = MetadataCommand::new().no_deps().exec().expect("cargo metadata answers");
    metadata.packages
}

fn direct<'a>(package: &'a Package, kinds: &'a [DependencyKind]) -> impl Iterator<Item = &'a str> {
    package.dependencies.iter().filter(|dependency| kinds.contains(&dependency.kind)).map(|d| d.name.as_str())
}

#[test]
fn arrows_point_one_way() {
    let allowed = allowed();
    let mut wrong = Vec::new();
    for package in ours() {
        let name = package.name.as_str();
        let Some(may) = allowed.get(name) else {
            wrong.push(format!("{name} is new: say in tests/tests/architecture.rs what it may depend on"));
            continue;
        };
        let known: BTreeSet<_> = allowed.keys().copied().collect();
        for dependency in direct(&package, &[DependencyKind::Normal, DependencyKind::Build]) {
            if known.contains(dependency) && !may.contains(&dependency) {
                wrong.push(format!("{name} must not depend on {dependency}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn libraries_have_one_door() {
    let mut wrong = Vec::new();
    for package in ours() {
        let name = package.name.as_str();
        for (library, may) in DOORS {
            if direct(&package, &[DependencyKind::Normal, DependencyKind::Build]).any(|used| used == library)
                && !may.contains(&name)
            {
                wrong.push(format!("{name} must not use {library}: only {} may", may.join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn plugins_know_neither_the_host_nor_each_other() {
    let host: BTreeSet<_> =
        ["cunshi-model", "cunshi-store", "cunshi-rules", "cunshi-runtime", "cunshi-web", "cunshi-server"]
            .into_iter()
            .collect();
    for package in ours() {
        let path = package.manifest_path.as_str();
        if !(path.contains("/plugins/") || path.contains("/examples/")) {
            continue;
        }
        for used in package.dependencies.iter().map(|dependency| dependency.name.as_str()) {
            assert!(!host.contains(used), "{} uses the host crate {used}", package.name);
            assert!(!used.starts_with("cunshi-plugin-"), "{} uses the plugin {used}", package.name);
        }
    }
}
