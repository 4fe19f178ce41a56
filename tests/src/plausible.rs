//! What somebody would fill into a form that they have no right to.

use cunshi_contract::{Field, FieldKind};
use serde_json::{Map, Value};

use crate::District;

impl District {
    /// What fits the form of a plugin's action, about one thing.
    pub fn plausible(&self, name: &str, action: &str, about: &str) -> Value {
        let release = self.runtime.release(name).unwrap_or_else(|| panic!("no plugin {name}"));
        let action = release.manifest.action(action).unwrap_or_else(|| panic!("{name} has no action {action}"));
        plausible(&action.fields, about)
    }
}

/// Fields that pass every check of the form, about one thing.
pub fn plausible(fields: &[Field], about: &str) -> Value {
    let mut given = Map::new();
    for field in fields.iter().filter(|field| field.required) {
        let value = match field.kind {
            FieldKind::Reference => about.to_owned(),
            FieldKind::Choice => field.choices.first().map(|choice| choice.value.clone()).unwrap_or_default(),
            FieldKind::Integer | FieldKind::Stars => field.min.unwrap_or(1).to_string(),
            FieldKind::Decimal | FieldKind::Points | FieldKind::Money => "2".to_owned(),
            FieldKind::Date => "2026-09-30".to_owned(),
            FieldKind::Time if field.name == "ends" => "18:00".to_owned(),
            FieldKind::Time => "08:00".to_owned(),
            _ if field.name == "into" => "2026-0001".to_owned(),
            _ => "没有恶意".to_owned(),
        };
        given.insert(field.name.clone(), Value::String(value));
    }
    Value::Object(given)
}
