//! Plugins from their directories to components, with the real compiler.

use std::path::{Path, PathBuf};

use cunshi_runtime::package::{self, PackageError};

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

#[test]
fn the_smallest_plugin_and_the_example_become_components_that_the_platform_takes() {
    let out = tempfile::tempdir().unwrap();
    for (dir, exports) in [("tests/guests/noop", 2), ("examples/hello", 2)] {
        let built = package::build(&repository(dir), out.path()).unwrap();
        let component = std::fs::read(&built.component).unwrap();
        let report = package::check(&component);
        println!("{dir}: module {} bytes\n{report}", built.module_bytes);

        assert!(report.is_ok(), "{report}");
        assert_eq!(report.exports.len(), exports, "{report}");
        assert_eq!(package::manifest_of(&component).unwrap(), built.manifest);
        assert!(built.bytes < 300 * 1024, "{dir} has {} bytes: what has grown?", built.bytes);
        assert!(built.world.exists());
        let home = std::env::home_dir().unwrap_or_default();
        let home = home.join(".cargo").to_string_lossy().into_owned();
        assert!(!String::from_utf8_lossy(&component).contains(&home), "{dir} names the machine that built it");
    }
}

#[test]
fn the_same_sources_give_the_same_component() {
    let out = tempfile::tempdir().unwrap();
    let first = package::build(&repository("tests/guests/noop"), &out.path().join("a.wasm")).unwrap();
    let second = package::build(&repository("tests/guests/noop"), &out.path().join("b.wasm")).unwrap();
    assert_eq!(first.digest, second.digest);
}

#[test]
fn mistakes_in_plugin_toml_are_named_with_their_lines_before_anything_is_compiled() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(
        dir.path().join("plugin.toml"),
        "name = \"api\"\nversion = \"1\"\ntitle = { zh = \"测\", en = \"Test\" }\n",
    )
    .unwrap();
    let error = package::build(dir.path(), dir.path()).unwrap_err();
    let PackageError::Manifest(errors) = &error else { panic!("{error}") };
    assert_eq!(errors.len(), 2);
    let text = error.to_string();
    assert!(text.contains("plugin.toml:1:") && text.contains("plugin.toml:2:"), "{text}");
}

#[test]
fn a_core_module_is_refused_with_a_sentence() {
    let report = package::check(&[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
    assert!(!report.is_ok());
    assert!(report.to_string().contains("cunshi plugin build"), "{report}");
}
