//! The JSON Schemas that authors in other languages rely on are those of the types.

use std::path::Path;

use cunshi_contract::deed::Deed;
use cunshi_contract::ledger::{
    Balances, ClosePeriod, Closed, Entry, Hold, Holder, Posting, Ranked, RankingQuery, StatementQuery,
};
use cunshi_contract::rule::{Ask, Decided, RuleText};
use cunshi_contract::{Call, Manifest, Outcome, View};
use schemars::{JsonSchema, Schema, SchemaGenerator, schema_for};

/// Set it to write the schemas anew.
const WRITE: &str = "CUNSHI_WRITE_SCHEMAS";

fn schemas() -> [(&'static str, Schema); 7] {
    [
        ("manifest", schema_for!(Manifest)),
        ("view", schema_for!(View)),
        ("call", schema_for!(Call)),
        ("outcome", schema_for!(Outcome)),
        ("deed", schema_for!(Deed)),
        ("rules", several("What crosses `rules`", &[of::<Ask>, of::<Decided>, of::<RuleText>])),
        (
            "ledger",
            several(
                "What crosses `ledger`",
                &[
                    of::<Holder>,
                    of::<Posting>,
                    of::<Entry>,
                    of::<Hold>,
                    of::<Balances>,
                    of::<StatementQuery>,
                    of::<RankingQuery>,
                    of::<Ranked>,
                    of::<ClosePeriod>,
                    of::<Closed>,
                ],
            ),
        ),
    ]
}

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) {
    generator.subschema_for::<T>();
}

/// The types of one interface as the `$defs` of one document.
fn several(title: &str, types: &[fn(&mut SchemaGenerator)]) -> Schema {
    let mut generator = SchemaGenerator::default();
    for of in types {
        of(&mut generator);
    }
    let all = generator.take_definitions(true);
    let json = serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "$defs": all,
    });
    json.try_into().unwrap_or_default()
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
