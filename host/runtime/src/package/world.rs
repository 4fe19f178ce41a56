//! The plugin's own world in WIT: what it may import and must export, for authors in any language.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use cunshi_contract::{ABI_VERSION, Manifest, WIT};

use super::PackageError;

/// The text of `world.wit`: the world `plugin` of package `cunshi:guest`.
pub fn world(manifest: &Manifest) -> String {
    let uses = &manifest.uses;
    let imports = [
        ("log", true),
        ("clock", true),
        ("ids", true),
        ("calendar", true),
        ("settings", true),
        ("data", uses.data),
        ("sends", !uses.sends.is_empty()),
        ("people", uses.people.is_some()),
        ("notify", uses.notify),
        ("files", uses.files),
        ("ledger", uses.ledger),
        ("rules", !manifest.rules.is_empty()),
    ];
    let mut text = format!(
        "// Written from plugin.toml by `cunshi plugin build`: change that file, not this one.\n\
         package cunshi:guest;\n\n\
         /// {} ({}), version {}.\n\
         world plugin {{\n",
        one_line(&manifest.title.zh),
        one_line(&manifest.title.en),
        manifest.version,
    );
    for (interface, _) in imports.iter().filter(|(_, granted)| *granted) {
        let _ = writeln!(text, "    import cunshi:plugin/{interface}@{ABI_VERSION};");
    }
    for interface in manifest.exports() {
        let _ = writeln!(text, "    export cunshi:plugin/{interface}@{ABI_VERSION};");
    }
    text.push_str("}\n");
    text
}

/// Writes `world.wit` and the package that it uses, `deps/cunshi-plugin/*.wit`, into a directory.
pub fn write_world(manifest: &Manifest, dir: &Path) -> Result<PathBuf, PackageError> {
    let deps = dir.join("deps").join("cunshi-plugin");
    std::fs::create_dir_all(&deps).map_err(|source| written(&deps, source))?;
    for (name, text) in WIT {
        let path = deps.join(name);
        std::fs::write(&path, text).map_err(|source| written(&path, source))?;
    }
    let path = dir.join("world.wit");
    std::fs::write(&path, world(manifest)).map_err(|source| written(&path, source))?;
    Ok(path)
}

pub(super) fn written(path: &Path, source: std::io::Error) -> PackageError {
    PackageError::File { path: path.to_owned(), what: "written", source }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = r#"
        name = "plugin-2"
        version = "1.0.0"
        title = { zh = "村民说事", en = "Village issues" }
        todos = ["cadre"]
        [uses]
        data = true
        people = "names"
        ledger = true
        hears = ["plugin-2.done/1"]
        [[page]]
        name = "board"
        who = "anyone"
        [[rule]]
        name = "plugin-2.award"
        title = { zh = "记分", en = "Award" }
        entry = "award(deed)"
        output = [{ name = "points", kind = "points" }]
        default = "rules/award.rhai"
    "#;

    #[test]
    fn the_world_asks_for_what_the_manifest_uses_and_offers_what_it_declares() {
        let dir = tempfile::tempdir().unwrap();
        let manifest = Manifest::read(MANIFEST).unwrap();
        write_world(&manifest, dir.path()).unwrap();

        let mut resolve = wit_parser::Resolve::default();
        let (package, _) = resolve.push_dir(dir.path()).unwrap();
        let world = resolve.select_world(&[package], Some("plugin")).unwrap();
        let names = |items: &wit_parser::IndexMap<wit_parser::WorldKey, wit_parser::WorldItem>| {
            items.keys().map(|key| resolve.name_world_key(key)).collect::<Vec<_>>()
        };
        let world = &resolve.worlds[world];
        assert_eq!(
            names(&world.exports),
            ["cunshi:plugin/pages@1.0.0", "cunshi:plugin/events@1.0.0", "cunshi:plugin/todos@1.0.0",]
        );
        let imports = names(&world.imports);
        for interface in ["people", "ledger", "rules"] {
            assert!(imports.contains(&format!("cunshi:plugin/{interface}@1.0.0")), "{imports:?}");
        }
        assert!(!imports.contains(&"cunshi:plugin/files@1.0.0".to_owned()), "{imports:?}");
    }
}
