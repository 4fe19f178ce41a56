//! A decision for those whom it concerns: found, and its row of the table, its labels, its words.

use std::sync::Arc;

use cunshi_contract::Lang;
use cunshi_contract::field::{Field, FieldKind};
use cunshi_contract::rule::Hook;
use cunshi_model::port::Spaces;
use cunshi_model::rules::DecisionRecord;
use cunshi_model::{DecisionId, Role};
use cunshi_runtime::Release;
use serde_json::{Map, Value, json};

use super::mistake::Mistake;
use super::origin_word;
use super::text::{self, Row};
use crate::Web;
use crate::error::Refusal;
use crate::render::say;
use crate::visit::Visit;

/// A decision and the plugin that asked for it, while it is there.
pub(crate) struct Found {
    pub(crate) record: DecisionRecord,
    pub(crate) release: Option<Arc<Release>>,
}

/// A decision that the reader may see: it is about them or their household, or they supervise or run the village.
/// For anybody else, visitors too, it is not there.
pub(crate) async fn find(web: &Web, visit: &Visit, id: &str) -> Result<Found, Refusal> {
    let person = visit.person().ok_or(Refusal::NotFound)?;
    let id: DecisionId = id.parse().map_err(|_| Refusal::NotFound)?;
    let record = web.store.read(visit.space.id).await?.decision(id).await?.ok_or(Refusal::NotFound)?;
    let household = visit.member.as_ref().and_then(|member| member.household);
    let about = record.person == Some(person) || (household.is_some() && record.household == household);
    visit.require(about || visit.roles.has(Role::Supervisor) || visit.roles.has(Role::Admin))?;
    let release = web.runtime.release(&record.plugin);
    Ok(Found { record, release })
}

impl Found {
    /// The hook as the plugin declares it today.
    pub(crate) fn hook(&self) -> Option<&Hook> {
        self.release.as_ref()?.manifest.rule(&self.record.hook)
    }

    /// The row of the table that the decision names: by the output's `item`, or the input's.
    pub(crate) fn row(&self) -> Option<&Row> {
        let record = &self.record;
        let key = self.hook()?.table.first()?;
        let item = record.output.get("item").or_else(|| record.input.get("item"))?;
        record.rule.text.table.iter().find(|row| row.get(&key.name) == Some(item))
    }

    /// What people call the row of a key, in a table with a column `label`.
    fn called(&self, key: &Value) -> Option<&str> {
        let name = &self.hook()?.table.first()?.name;
        let row = self.record.rule.text.table.iter().find(|row| row.get(name) == Some(key))?;
        row.get("label")?.as_str()
    }

    /// The row's cells by their labels: one with a label is named by it, and not by its key.
    pub(crate) fn cells(&self, lang: Lang) -> Vec<(String, String)> {
        let (Some(hook), Some(row)) = (self.hook(), self.row()) else { return Vec::new() };
        let key = usize::from(row.get("label").is_some_and(|label| label.as_str() != Some("")));
        let cell = |column: &Field| {
            let label = column.label.as_ref().map_or(column.name.as_str(), |label| label.get(lang));
            Some((label.to_owned(), text::read(column, row.get(&column.name)?, lang)))
        };
        hook.table.iter().skip(key).filter_map(cell).collect()
    }

    /// Facts or answers as people read them: an item of the table by what it is called there.
    pub(crate) fn labelled(&self, fields: &[Field], values: &Map<String, Value>, lang: Lang) -> Vec<(String, String)> {
        let called = |(name, value): (&String, &Value)| {
            let text = fields.iter().any(|field| field.name == *name && field.kind == FieldKind::Text);
            let called = self.called(value).filter(|_| text);
            (name.clone(), called.map_or_else(|| value.clone(), Value::from))
        };
        labelled(fields, &values.iter().map(called).collect(), lang)
    }

    /// As the API answers it. Nothing in it names a person.
    pub(crate) fn json(&self, lang: Lang) -> Value {
        let record = &self.record;
        json!({
            "id": record.id,
            "hook": record.hook,
            "plugin": record.plugin,
            "origin": origin_word(record.rule.origin),
            "version": record.rule.version,
            "digest": record.rule.digest,
            "guards": record.guards,
            "engine": record.engine,
            "output": record.output,
            "because": record.because,
            "row": self.row(),
            "input": record.input,
            "answers": record.answers,
            "fell_back": record.fell_back.as_ref().map(|failure| Mistake::of(failure).json(lang)),
            "at": say::machine(record.at),
            "made": say::machine(record.made),
            "voided": record.voided.map(say::machine),
        })
    }
}

/// The values of some fields as people read them, by their labels; what was not given is left out. Points come in
/// hundredths, money in fen, instants in microseconds.
pub(crate) fn labelled(fields: &[Field], values: &Map<String, Value>, lang: Lang) -> Vec<(String, String)> {
    let field = |name: &str| fields.iter().find(|field| field.name == name);
    let pair = |(name, value): (&String, &Value)| {
        let field = field(name);
        let label = field.and_then(|field| field.label.as_ref()).map_or(name.as_str(), |label| label.get(lang));
        (label.to_owned(), said(field, value, lang))
    };
    values.iter().filter(|(_, value)| !value.is_null()).map(pair).collect()
}

fn said(field: Option<&Field>, value: &Value, lang: Lang) -> String {
    match (field.map(|field| field.kind), value.as_i64()) {
        (Some(FieldKind::Points), Some(hundredths)) => say::points(hundredths),
        (Some(FieldKind::Money), Some(fen)) => say::money(lang, fen),
        (Some(FieldKind::Time), Some(at)) => say::dated_time(lang, at),
        _ => field.map_or_else(
            || value.as_str().map_or_else(|| value.to_string(), str::to_owned),
            |field| text::read(field, value, lang),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_by_their_fields() {
        let fields: Vec<Field> = serde_json::from_value(json!([
            { "name": "points", "kind": "points", "label": { "zh": "得分", "en": "Points" } },
            { "name": "review", "kind": "choice", "label": { "zh": "评议", "en": "Review" },
              "choices": [{ "value": "none", "label": { "zh": "不用", "en": "None" } }] },
            { "name": "at", "kind": "time" },
        ]))
        .unwrap();
        let values =
            json!({ "points": -250, "review": "none", "at": 1_788_512_400_000_000_i64, "new": 3, "none": null });
        let read = labelled(&fields, values.as_object().unwrap(), Lang::Zh);
        let expected = [("得分", "−2.5"), ("评议", "不用"), ("at", "2026年9月4日 17:00"), ("new", "3")];
        assert_eq!(read, expected.map(|(label, value)| (label.to_owned(), value.to_owned())));
    }
}
