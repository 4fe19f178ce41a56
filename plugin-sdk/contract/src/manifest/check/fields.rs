//! Fields of forms, parameters and settings.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Found, Manifest, Place, is_name};
use crate::{Field, FieldKind};

/// Greatest number of fields of one form, or parameters of one page.
const MAX_FIELDS: usize = 40;
/// Greatest number of choices of one field.
const MAX_CHOICES: usize = 100;
/// Names that the host gives to fields of its own.
const RESERVED_FIELDS: [&str; 4] = ["extra", "on_behalf_of", "privacy", "privacy_reason"];

/// Where a list of fields stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Params,
    Form,
    Settings,
    /// Facts of a decision point, what it answers, and the columns of its table.
    Rule,
}

pub(super) fn check(manifest: &Manifest, found: &mut Found) {
    let root = Place::root();
    for (nth, page) in manifest.pages.iter().enumerate() {
        list(manifest, &page.params, List::Params, &root.key("page").nth(nth).key("params"), found);
    }
    for (nth, query) in manifest.queries.iter().enumerate() {
        list(manifest, &query.params, List::Params, &root.key("query").nth(nth).key("params"), found);
    }
    for (nth, action) in manifest.actions.iter().enumerate() {
        list(manifest, &action.fields, List::Form, &root.key("action").nth(nth).key("fields"), found);
    }
    list(manifest, &manifest.settings, List::Settings, &root.key("setting"), found);
}

/// The facts, the answer and the columns of a decision point.
pub(super) fn of_rule(manifest: &Manifest, fields: &[Field], at: &Place, found: &mut Found) {
    list(manifest, fields, List::Rule, at, found);
    for (nth, field) in fields.iter().enumerate() {
        if field.options.is_some() {
            found.add(&at.nth(nth).key("options"), "a rule knows no queries: list the values under `choices`");
        }
        if field.when.is_some() {
            found.add(&at.nth(nth).key("when"), "a rule is given what is there: leave `when` out");
        }
    }
}

fn list(manifest: &Manifest, fields: &[Field], list: List, at: &Place, found: &mut Found) {
    if fields.len() > MAX_FIELDS {
        found.add(at, format!("there are {} fields: at most {MAX_FIELDS} are allowed", fields.len()));
    }
    found.once(at, fields.iter().map(|field| field.name.clone()));
    for (nth, field) in fields.iter().enumerate() {
        let at = at.nth(nth);
        name(field, &at, found);
        labels(field, list, &at, found);
        choices(manifest, field, &at, found);
        limits(field, &at, found);
        when(field, fields, &at, found);
        uploads(manifest, field, list, &at, found);
        match &field.default {
            Some(default) if !fits(field, default) => {
                found
                    .add(&at.key("default"), format!("`{default}` is not a value of this kind: {}", shape(field.kind)));
            }
            None if list == List::Settings => {
                found.add(&at, format!("the setting `{}` needs a default: add `default = …`", field.name));
            }
            _ => {}
        }
    }
}

fn name(field: &Field, at: &Place, found: &mut Found) {
    let name = field.name.as_str();
    if !is_name(name, '_', 40) || matches!(name, "self" | "super" | "crate") {
        found.add(
            &at.key("name"),
            format!(
                "`{name}` is not a field's name: write lower-case letters and digits, words joined by `_`, at most 40"
            ),
        );
    }
    if RESERVED_FIELDS.contains(&name) {
        found.add(&at.key("name"), format!("`{name}` is a field of the platform's own: choose another name"));
    }
}

fn labels(field: &Field, list: List, at: &Place, found: &mut Found) {
    match &field.label {
        Some(label) => found.text(&at.key("label"), label),
        None if !matches!(list, List::Params | List::Rule) && field.kind != FieldKind::Reference => {
            found.add(
                at,
                format!("the field `{}` needs a label: add `label = {{ zh = \"…\", en = \"…\" }}`", field.name),
            );
        }
        None => {}
    }
    if let Some(hint) = &field.hint {
        found.text(&at.key("hint"), hint);
    }
}

fn choices(manifest: &Manifest, field: &Field, at: &Place, found: &mut Found) {
    let chooses = matches!(field.kind, FieldKind::Choice | FieldKind::MultiChoice);
    match (chooses, field.choices.is_empty(), &field.options) {
        (true, true, None) => found.add(
            at,
            format!("the choice `{}` has nothing to choose: add `choices = [{{ value = \"…\", label = {{ … }} }}]` or `options = \"a-query\"`", field.name),
        ),
        (true, false, Some(_)) => found.add(at, "choices come from `choices` or from `options`, not from both: leave one out"),
        (false, false, _) | (false, _, Some(_)) => {
            found.add(at, "only the kinds choice and multi-choice have choices: change `kind` or leave them out");
        }
        _ => {}
    }
    if field.choices.len() > MAX_CHOICES {
        found.add(&at.key("choices"), format!("at most {MAX_CHOICES} choices: use `options` with a query for more"));
    }
    for (nth, choice) in field.choices.iter().enumerate() {
        let at = at.key("choices").nth(nth);
        if choice.value.trim().is_empty() || choice.value.chars().count() > 60 {
            found.add(&at.key("value"), "a choice's value has 1 to 60 characters");
        }
        found.text(&at.key("label"), &choice.label);
    }
    found.once(&at.key("choices"), field.choices.iter().map(|choice| choice.value.clone()));
    if let Some(options) = &field.options {
        match manifest.query(options) {
            None => found.add(
                &at.key("options"),
                format!("there is no query `{options}`: declare it as `[[query]]`, or name one that is declared"),
            ),
            Some(query) if query.params.iter().any(|param| param.required) => {
                found.add(
                    &at.key("options"),
                    format!("the query `{options}` needs parameters: options are asked for without any"),
                );
            }
            Some(_) => {}
        }
    }
}

fn limits(field: &Field, at: &Place, found: &mut Found) {
    use FieldKind::{Choice, Date, Household, Period, Person, Phone, Reference, Stars, Time, YesNo};
    let bounded =
        !matches!(field.kind, Choice | Date | Household | Period | Person | Phone | Reference | Stars | Time | YesNo);
    if !bounded && (field.min.is_some() || field.max.is_some()) {
        found.add(at, format!("`min` and `max` mean nothing for the field `{}`: leave them out", field.name));
    }
    if let (Some(min), Some(max)) = (field.min, field.max)
        && min > max
    {
        found.add(&at.key("min"), format!("`min` ({min}) is greater than `max` ({max})"));
    }
    let counts = bounded
        && !matches!(field.kind, FieldKind::Integer | FieldKind::Decimal | FieldKind::Money | FieldKind::Points);
    if counts && (field.max.is_some_and(|max| max < 1) || field.min.is_some_and(|min| min < 0)) {
        found.add(at, format!("`max` of the field `{}` counts characters or things: write 1 or more", field.name));
    }
}

fn when(field: &Field, fields: &[Field], at: &Place, found: &mut Found) {
    let Some(when) = &field.when else { return };
    let at = at.key("when");
    let Some(other) = fields.iter().find(|other| other.name == when.field && other.name != field.name) else {
        let others: Vec<&str> =
            fields.iter().map(|other| other.name.as_str()).filter(|name| *name != field.name).collect();
        found.add(&at, format!("there is no other field `{}` here: name one of {}", when.field, others.join(", ")));
        return;
    };
    if when.is.is_empty() {
        found.add(&at, "it would never be shown: write the values under `is`, such as `is = [\"other\"]`");
    }
    let known: BTreeSet<&str> = match other.kind {
        FieldKind::YesNo => BTreeSet::from(["true", "false"]),
        _ => other.choices.iter().map(|choice| choice.value.as_str()).collect(),
    };
    for value in when.is.iter().filter(|value| !known.is_empty() && !known.contains(value.as_str())) {
        let known: Vec<&str> = known.iter().copied().collect();
        found.add(&at, format!("`{}` is never `{value}`: choose from {}", other.name, known.join(", ")));
    }
}

fn uploads(manifest: &Manifest, field: &Field, list: List, at: &Place, found: &mut Found) {
    if !matches!(field.kind, FieldKind::Photos | FieldKind::Files) {
        return;
    }
    if list != List::Form {
        found.add(&at.key("kind"), "files are uploaded with forms only: choose another kind");
    } else if !manifest.uses.files {
        found.add(&at.key("kind"), "uploads need the capability: write `files = true` under `[uses]`");
    }
}

/// Whether a default is a value of its field.
fn fits(field: &Field, value: &Value) -> bool {
    let one_of = |value: &str| field.choices.is_empty() || field.choices.iter().any(|choice| choice.value == value);
    match field.kind {
        FieldKind::Integer | FieldKind::Money | FieldKind::Points => value.as_i64().is_some_and(|number| {
            field.min.is_none_or(|min| number >= min) && field.max.is_none_or(|max| number <= max)
        }),
        FieldKind::Stars => value.as_i64().is_some_and(|number| (1..=5).contains(&number)),
        FieldKind::YesNo => value.is_boolean(),
        FieldKind::Choice => value.as_str().is_some_and(one_of),
        FieldKind::MultiChoice => {
            value.as_array().is_some_and(|values| values.iter().all(|value| value.as_str().is_some_and(one_of)))
        }
        FieldKind::Period => {
            value.get("from").is_some_and(Value::is_string) && value.get("to").is_some_and(Value::is_string)
        }
        FieldKind::Photos | FieldKind::Files => false,
        _ => value.is_string(),
    }
}

fn shape(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Integer => "write a whole number between `min` and `max`",
        FieldKind::Money => "write whole fen",
        FieldKind::Points => "write whole hundredths of a point",
        FieldKind::Stars => "write 1 to 5",
        FieldKind::YesNo => "write true or false",
        FieldKind::Choice => "write one of the choices' values",
        FieldKind::MultiChoice => "write an array of the choices' values",
        FieldKind::Period => "write `{ from = \"2026-09-01\", to = \"2026-09-30\" }`",
        FieldKind::Photos | FieldKind::Files => "files have no default, leave it out",
        _ => "write a text",
    }
}
