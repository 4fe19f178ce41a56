//! `cargo xtask plugins`: every plugin in the tree as a component in `target/cunshi/<folder>.wasm`.
//!
//! Beside each lies `<folder>.digest`, a digest of all that went into it; a plugin whose digest has not
//! changed is not built again, and then not even cargo is asked.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::tools;

/// Folders whose subfolders are plugins, and whether the district's roll-out holds them.
const HOMES: [(&str, bool); 3] = [("plugins", true), ("examples", false), ("tests/guests", false)];

/// What every plugin is built from besides its own folder.
const SHARED: [&str; 5] = ["plugin-sdk", "host/runtime/src/package", "Cargo.toml", "Cargo.lock", "rust-toolchain.toml"];

/// Folders that no component is built from.
const LEFT_OUT: [&str; 4] = ["target", "tests", "node_modules", "snapshots"];

/// A plugin of the tree.
pub struct Plugin {
    folder: PathBuf,
    name: String,
    /// One of the district's own modules.
    pub ours: bool,
}

impl Plugin {
    /// Where its component is built to.
    pub fn component(&self) -> PathBuf {
        tools::target().join("cunshi").join(format!("{}.wasm", self.name))
    }

    fn stamp(&self) -> PathBuf {
        self.component().with_extension("digest")
    }

    fn is_current(&self, digest: &str) -> bool {
        self.component().is_file() && fs::read_to_string(self.stamp()).is_ok_and(|kept| kept == digest)
    }
}

/// Builds what is out of date and lists what it did.
pub fn run() -> Result<()> {
    for plugin in build(None)? {
        println!("{}", plugin.component().display());
    }
    Ok(())
}

/// All plugins, each built and current. `host` is the binary that builds them, if the caller has it already.
pub fn build(host: Option<&Path>) -> Result<Vec<Plugin>> {
    let plugins = find(&tools::root())?;
    let shared = digest_of(&tools::root(), &SHARED.map(PathBuf::from))?;
    let mut host = host.map(Path::to_path_buf);
    for plugin in &plugins {
        let digest = format!("{shared}{}", digest_of(&plugin.folder, &[PathBuf::new()])?);
        if plugin.is_current(&digest) {
            continue;
        }
        let builder = match host.take() {
            Some(builder) => builder,
            None => tools::host(false)?,
        };
        tools::ensure_wasm_target()?;
        fs::create_dir_all(tools::target().join("cunshi")).context("target/cunshi cannot be made")?;
        let mut command = Command::new(&builder);
        command.args(["plugin", "build"]).arg(&plugin.folder).arg("--out").arg(plugin.component());
        command.current_dir(tools::root());
        tools::step(&format!("building the plugin {}", plugin.name), &mut command)?;
        fs::write(plugin.stamp(), digest).context("the plugin's digest cannot be kept")?;
        host = Some(builder);
    }
    Ok(plugins)
}

fn find(root: &Path) -> Result<Vec<Plugin>> {
    let mut found = Vec::new();
    for (home, ours) in HOMES {
        for folder in entries(&root.join(home))? {
            if folder.join("plugin.toml").is_file() && folder.join("Cargo.toml").is_file() {
                let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
                found.push(Plugin { folder, name, ours });
            }
        }
    }
    Ok(found)
}

/// A digest over names and contents of files and folders, in the order of their names.
fn digest_of(root: &Path, parts: &[PathBuf]) -> Result<String> {
    let mut digest = Sha256::new();
    for part in parts {
        add(&mut digest, root, &root.join(part))?;
    }
    let mut hex = String::new();
    for byte in digest.finalize() {
        write!(hex, "{byte:02x}")?;
    }
    Ok(hex)
}

fn add(digest: &mut Sha256, root: &Path, path: &Path) -> Result<()> {
    if path.is_dir() {
        for entry in entries(path)? {
            let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !(entry.is_dir() && LEFT_OUT.contains(&name.as_str())) {
                add(digest, root, &entry)?;
            }
        }
    } else if path.is_file() {
        let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
        digest.update(name.as_bytes());
        digest.update([0]);
        digest.update(bytes.len().to_le_bytes());
        digest.update(&bytes);
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        entries.push(entry?.path());
    }
    entries.sort();
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_source_changes_the_digest_and_a_changed_test_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let digest = || digest_of(folder.path(), &[PathBuf::new()]).unwrap();

        write("src/lib.rs", "one");
        let first = digest();
        write("tests/story.rs", "a test");
        write("target/debug/junk", "built");
        assert_eq!(digest(), first);

        write("src/lib.rs", "two");
        let second = digest();
        assert_ne!(second, first);

        fs::rename(folder.path().join("src/lib.rs"), folder.path().join("src/main.rs")).unwrap();
        assert_ne!(digest(), second, "a renamed file counts too");
    }

    #[test]
    fn plugins_are_folders_with_a_manifest_and_the_homes_say_whose_they_are() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["plugins/issues", "tests/guests/noop"] {
            let path = root.path().join(folder);
            fs::create_dir_all(&path).unwrap();
            fs::write(path.join("plugin.toml"), "").unwrap();
            fs::write(path.join("Cargo.toml"), "").unwrap();
        }
        fs::create_dir_all(root.path().join("plugins/not-one")).unwrap();

        let found = find(root.path()).unwrap();
        let named: Vec<_> = found.iter().map(|plugin| (plugin.name.as_str(), plugin.ours)).collect();
        assert_eq!(named, [("issues", true), ("noop", false)]);
    }
}
