//! The JSON Schemas that authors in other languages rely on are those of the types.

use std::path::Path;

use cunshi_contract::{Call, Manifest, Outcome, View};
use schemars::{Schema, schema_for};

/// Set it to write the schemas anew.
const WRITE: &str = "CUNSHI_WRITE_SCHEMAS";

fn schemas() -> [(&'static str, Schema); 4] {
    [
        ("manifest", schema_for!(Manifest)),
        ("view", schema_for!(View)),
        ("call", schema_for!(Call)),
        ("outcome", schema_for!(Outcome)),
    ]
}

#[test]
fn schemas_are_those_of_the_types() {
    for (name, schema) in schemas() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(format!("{name}.schema.json"));
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if std::env::var_os(WRITE).is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == text,
            "plugin-sdk/contract/schemas/{name}.schema.json is not what the types say: look at the change of the \
             types once more (published shapes only grow), then write it anew with \
             `{WRITE}=1 cargo test -p cunshi-contract --test schemas`"
        );
    }
}
