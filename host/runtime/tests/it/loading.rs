//! Components on their way in: manifest, exports, cache, compiler.

use cunshi_contract::Manifest;
use cunshi_model::{Calendar, ManualClock};
use cunshi_runtime::testing::guest::{encode, manifest};
use cunshi_runtime::testing::{Guest, MemorySpaces, Step};
use cunshi_runtime::{LoadError, Runtime, RuntimeOptions, package};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;

use crate::district::{District, view, visitor};

fn runtime(dir: &Path, compiler: Option<&Path>) -> Runtime {
    let options = RuntimeOptions { instances: 8, compiler: compiler.map(Path::to_owned), ..RuntimeOptions::new(dir) };
    let clock = Arc::new(ManualClock::at(0));
    Runtime::new(options, Arc::new(MemorySpaces::new()), Calendar::default(), clock).unwrap()
}

fn bare(manifest: &Value) -> Vec<u8> {
    let manifest: Manifest = serde_json::from_value(manifest.clone()).unwrap();
    encode(&package::world(&manifest), &Guest::new(json!(manifest)).core())
}

fn with_section(component: &[u8], manifest: &Value) -> Vec<u8> {
    package::append_manifest(component, &serde_json::from_value(manifest.clone()).unwrap()).unwrap()
}

async fn refused(component: Vec<u8>) -> String {
    let dir = tempfile::tempdir().unwrap();
    runtime(dir.path(), None).load(component).await.unwrap_err().to_string()
}

#[tokio::test]
async fn the_active_release_is_the_last_one_loaded_and_pins_are_heeded() {
    let district = District::new();
    for version in ["1.0.0", "1.1.0"] {
        let mut declared = manifest("notes");
        declared["version"] = json!(version);
        district.install(Guest::new(declared).on("pages", [Step::Answer(view(version))])).await;
    }
    assert_eq!(district.runtime.release("notes").unwrap().manifest.version, "1.1.0");
    assert_eq!(district.runtime.releases().len(), 1);
    assert_eq!(district.page(&visitor(district.tianfu), "notes").await.unwrap().title, "1.1.0");
    district.spaces.pin(district.tianfu, "notes", "1.0.0");
    assert_eq!(district.page(&visitor(district.tianfu), "notes").await.unwrap().title, "1.0.0");
    assert_eq!(district.page(&visitor(district.zhongtan), "notes").await.unwrap().title, "1.1.0");
}

#[tokio::test]
async fn exactly_one_manifest_that_can_be_read() {
    let declared = manifest("notes");
    assert!(refused(bare(&declared)).await.contains("has no section `cunshi:manifest`"));
    let one = with_section(&bare(&declared), &declared);
    let (component, section) = one.split_at(bare(&declared).len());
    assert!(refused([component, section, section].concat()).await.contains("has 2 sections"));
    let broken: Vec<u8> = section.iter().map(|byte| if *byte == b'{' { b'[' } else { *byte }).collect();
    assert!(refused([component, &broken].concat()).await.contains("cannot be read"));
    let mut wrong = declared;
    wrong["name"] = json!("api");
    assert!(refused(with_section(&bare(&manifest("notes")), &wrong)).await.contains("the manifest is wrong"));
}

#[tokio::test]
async fn manifest_and_exports_agree() {
    let declared = manifest("notes");
    let mut more = declared.clone();
    more["todos"] = json!(["cadre"]);
    let sentence = refused(with_section(&bare(&declared), &more)).await;
    assert!(sentence.contains("does not export `cunshi:plugin/todos@1.0.0`"), "{sentence}");
    let sentence = refused(with_section(&bare(&more), &declared)).await;
    assert!(sentence.contains("the manifest does not declare"), "{sentence}");
}

#[tokio::test]
async fn a_core_module_is_not_a_component() {
    let sentence = refused(wat::parse_str("(module)").unwrap()).await;
    assert!(sentence.contains("core module"), "{sentence}");
}

#[tokio::test]
async fn compiled_code_is_taken_from_a_private_cache_unless_it_was_touched() {
    let dir = tempfile::tempdir().unwrap();
    let component = Guest::new(manifest("notes")).build();
    runtime(dir.path(), None).load(component.clone()).await.unwrap();
    let folder = std::fs::read_dir(dir.path()).unwrap().next().unwrap().unwrap().path();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(folder.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    }
    let code = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|extension| extension == "cwasm"))
        .unwrap();
    // With a compiler that does not exist, only the cache can answer.
    let nowhere = dir.path().join("no-such-compiler");
    assert!(runtime(dir.path(), Some(&nowhere)).load(component.clone()).await.is_ok());
    std::fs::write(&code, b"something else").unwrap();
    let error = runtime(dir.path(), Some(&nowhere)).load(component.clone()).await.unwrap_err();
    assert!(matches!(error, LoadError::Compile(_)), "{error}");
    assert!(runtime(dir.path(), None).load(component).await.is_ok(), "it is compiled anew");
}

#[tokio::test]
async fn a_compiler_that_fails_is_one_clear_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let error = runtime(dir.path(), Some(Path::new("/bin/false"))).load(Guest::new(manifest("notes")).build()).await;
    let sentence = error.unwrap_err().to_string();
    assert!(sentence.starts_with("the component could not be compiled"), "{sentence}");
    assert!(!sentence.contains('\n'), "{sentence}");
}

#[tokio::test]
async fn every_function_of_the_abi_is_offered_with_its_type() {
    let mut declared = manifest("notes");
    declared["uses"] = json!({ "data": true, "files": true, "people": "names", "sends": ["notes.put/1"], "ledger": true, "notify": true });
    declared["rule"] = json!([{
        "name": "notes.award", "title": { "zh": "记分", "en": "Award" }, "entry": "award(deed)",
        "output": [{ "name": "points", "kind": "points" }], "default": "award.rhai",
        "built": { "script": "fn award(deed) { #{} }" },
    }]);
    let imports = [
        ("log", "write", "i32 i32 i32", ""),
        ("clock", "now", "", "i64"),
        ("ids", "new-id", "i32", ""),
        ("calendar", "add-working-days", "i64 i32 i32", ""),
        ("calendar", "working-days-between", "i64 i64 i32", ""),
        ("data", "get", "i32 i32 i32 i32 i32", ""),
        ("data", "insert", "i32 i32 i32 i32 i32 i32 i32 i32", ""),
        ("data", "update", "i32 i32 i32 i32 i64 i32 i32 i32", ""),
        ("data", "remove", "i32 i32 i32 i32 i64 i32", ""),
        ("data", "find", "i32 i32 i32 i32 i32", ""),
        ("data", "count", "i32 i32 i32 i32 i32", ""),
        ("data", "count-each", "i32 i32 i32 i32 i32", ""),
        ("data", "search", "i32 i32 i32 i32 i32 i32", ""),
        ("data", "next-number", "i32 i32 i32", ""),
        ("sends", "send", "i32 i32 i32", ""),
        ("people", "person", "i32 i32 i32", ""),
        ("people", "household", "i32 i32 i32", ""),
        ("people", "search", "i32 i32 i32 i32", ""),
        ("people", "people", "i32 i32 i32", ""),
        ("people", "households", "i32 i32 i32", ""),
        ("people", "groups", "i32", ""),
        ("people", "seen", "i32 i32 i32", ""),
        ("notify", "notify", "i32 i32 i32", ""),
        ("files", "info", "i32 i32 i32", ""),
        ("files", "attach", "i32 i32 i32 i32 i32 i32 i32", ""),
        ("settings", "get", "i32 i32 i32", ""),
        ("ledger", "post", "i32 i32 i32", ""),
        ("ledger", "reserve", "i32 i32 i32", ""),
        ("ledger", "release", "i32 i32 i32", ""),
        ("ledger", "capture", "i32 i32 i32 i32 i32", ""),
        ("ledger", "balances", "i32 i32 i32", ""),
        ("ledger", "statement", "i32 i32 i32", ""),
        ("ledger", "entry", "i32 i32 i32", ""),
        ("ledger", "ranking", "i32 i32 i32", ""),
        ("ledger", "close-period", "i32 i32 i32", ""),
        ("rules", "decide", "i32 i32 i32 i32 i32", ""),
        ("rules", "preview", "i32 i32 i32 i32 i32", ""),
        ("rules", "void", "i32 i32 i32", ""),
        ("rules", "table", "i32 i32 i32", ""),
    ];
    let import = |(interface, function, params, result): &(&str, &str, &str, &str)| {
        let result = if result.is_empty() { String::new() } else { format!("(result {result})") };
        format!("(import \"cunshi:plugin/{interface}@1.0.0\" \"{function}\" (func (param {params}) {result}))")
    };
    let imported = imports.iter().map(import).collect::<Vec<_>>().join("\n");
    let offered: usize = cunshi_contract::WIT[2].1.lines().filter(|line| line.contains(": func(")).count();
    assert_eq!(imports.len(), offered, "imports.wit has other functions than this test");
    let core = Guest::new(declared.clone()).core().replacen("(module\n", &format!("(module\n{imported}\n"), 1);
    let manifest: Manifest = serde_json::from_value(declared).unwrap();
    let district = District::new();
    let release = district.runtime.load(cunshi_runtime::testing::guest::component(&manifest, &core)).await.unwrap();
    district.spaces.switch(district.tianfu, release.name(), true);
    assert_eq!(district.query(&visitor(district.tianfu), "notes").await.unwrap(), json!({}));
}

#[tokio::test]
async fn points_and_rules_are_imported_only_by_who_asks_for_them() {
    let mut grants = manifest("notes");
    grants["uses"]["ledger"] = json!(true);
    let component = bare(&grants);
    // What is not used is left out by the encoder: this one uses it.
    let uses = Guest::new(grants.clone())
        .on("queries", [Step::Ask("ledger", "balances", vec!["{}".into()]), Step::Answer("{}".into())]);
    let world = package::world(&serde_json::from_value(grants.clone()).unwrap());
    let with_ledger = encode(&world, &uses.core());
    let sentence = refused(with_section(&with_ledger, &manifest("notes"))).await;
    assert!(
        sentence.contains("imports `cunshi:plugin/ledger@1.0.0`, but its manifest does not ask for it"),
        "{sentence}"
    );
    let dir = tempfile::tempdir().unwrap();
    assert!(runtime(dir.path(), None).load(with_section(&with_ledger, &grants)).await.is_ok());
    assert!(runtime(dir.path(), None).load(with_section(&component, &manifest("notes"))).await.is_ok());
    let report = package::check(&with_section(&with_ledger, &manifest("notes")));
    assert!(report.to_string().contains("write `ledger = true` under `[uses]` in plugin.toml"), "{report}");
}

#[tokio::test]
async fn a_rule_comes_with_its_script() {
    let mut declared = manifest("notes");
    declared["rule"] = json!([{
        "name": "notes.award", "title": { "zh": "记分", "en": "Award" }, "entry": "award(deed)",
        "output": [{ "name": "points", "kind": "points" }], "default": "rules/award.rhai",
    }]);
    let sentence = refused(with_section(&bare(&declared), &declared)).await;
    assert!(sentence.contains("the rule `notes.award` has no script in the component"), "{sentence}");
    declared["rule"][0]["built"] = json!({ "script": "fn award(deed) { #{} }" });
    let dir = tempfile::tempdir().unwrap();
    let release = runtime(dir.path(), None).load(with_section(&bare(&declared), &declared)).await.unwrap();
    assert_eq!(release.manifest.rules[0].function(), "award");
}
