//! The JSON Schemas of a plugin's events, read into the manifest: `sends` names their files, `Told::built` holds them.

use std::path::Path;

use cunshi_contract::Manifest;
use cunshi_contract::manifest::Sends;
use serde_json::Value;

use super::PackageError;
use super::files::{FileMistake, file, mistake};
use crate::shape;

/// Reads the schema of every event of the manifest that has one.
pub(super) fn read_into(manifest: &mut Manifest, plugin_dir: &Path) -> Result<(), PackageError> {
    let mut mistakes = Vec::new();
    for sends in &mut manifest.uses.sends {
        let Sends::Told(told) = sends else { continue };
        let Some(path) = &told.schema else { continue };
        let text = file(plugin_dir, path, &mut mistakes)?;
        told.built = schema(path, &text, &mut mistakes);
    }
    if mistakes.is_empty() { Ok(()) } else { Err(PackageError::Files(mistakes)) }
}

fn schema(path: &str, text: &str, mistakes: &mut Vec<FileMistake>) -> Option<Value> {
    let schema: Value = match serde_json::from_str(text) {
        Ok(schema) => schema,
        Err(error) => {
            mistakes.push(mistake(path, Some(error.line()), format!("it is not JSON: {error}")));
            return None;
        }
    };
    if let Err(why) = shape::of(&schema) {
        mistakes.push(mistake(path, None, format!("it is not a JSON Schema: {why}")));
    }
    Some(schema)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = r#"
        name = "notes"
        version = "1.0.0"
        title = { zh = "记事", en = "Notes" }
        [uses]
        sends = ["deed/1", { name = "notes.put/1", schema = "schemas/put.json" }]
    "#;

    fn plugin(schema: &str) -> Result<Manifest, String> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("schemas")).unwrap();
        std::fs::write(dir.path().join("schemas/put.json"), schema).unwrap();
        let mut manifest = Manifest::read(MANIFEST).unwrap();
        read_into(&mut manifest, dir.path()).map_err(|error| error.to_string())?;
        Ok(manifest)
    }

    #[test]
    fn a_schema_travels_in_the_manifest() {
        let manifest = plugin(r#"{ "type": "object" }"#).unwrap();
        let told = manifest.uses.sends[1].told().unwrap();
        assert_eq!(told.built, Some(serde_json::json!({ "type": "object" })));
        assert_eq!(Manifest::from_json(serde_json::to_vec(&manifest).unwrap()).unwrap(), manifest);
    }

    #[test]
    fn a_mistake_is_told_with_its_file_and_line() {
        let told = |schema: &str, what: &str| {
            let sentence = plugin(schema).unwrap_err();
            assert!(sentence.starts_with(what), "{sentence}");
        };
        told("{\n  \"type\": object }", "schemas/put.json:2: it is not JSON: ");
        told(r#"{ "type": "objekt" }"#, "schemas/put.json: it is not a JSON Schema: ");
        told(r#"{ "$ref": "https://example.com/elsewhere.json" }"#, "schemas/put.json: it is not a JSON Schema: ");
        assert!(plugin("{}").is_ok());
    }
}
