//! A rule's text as it is sent: JSON of the API, or the console's form with a line of inputs per row.

use cunshi_contract::Lang;
use cunshi_contract::field::{Field, FieldKind};
use cunshi_contract::rule::{Hook, RuleCase, RuleText};
use cunshi_runtime::FieldError;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::Refusal;
use crate::form::Sent;

/// Greatest number of rows of a table that the form shows.
pub(crate) const MAX_ROWS: usize = 300;

/// A table's row: values by column.
pub(crate) type Row = Map<String, Value>;

/// The text that a body sends: what it leaves out stays as it is. `also` are the other names that it may have.
pub(crate) fn of_json(
    body: &Map<String, Value>,
    base: &RuleText,
    also: &[&str],
    lang: Lang,
) -> Result<RuleText, Refusal> {
    let mut errors = Vec::new();
    let text = RuleText {
        script: part(body, "script", lang, &mut errors).unwrap_or_else(|| base.script.clone()),
        table: part::<Vec<Row>>(body, "table", lang, &mut errors).unwrap_or_else(|| base.table.clone()),
        cases: part::<Vec<RuleCase>>(body, "cases", lang, &mut errors).unwrap_or_else(|| base.cases.clone()),
    };
    let known = |name: &str| ["script", "table", "cases"].contains(&name) || also.contains(&name);
    let unknown = body.keys().filter(|name| !known(name));
    errors.extend(unknown.map(|name| {
        let short: String = name.chars().take(60).collect();
        FieldError::new(short, say(lang, "没有这一项", "is not known here"))
    }));
    if errors.is_empty() { Ok(text) } else { Err(Refusal::Fields(errors)) }
}

fn part<T: DeserializeOwned>(
    body: &Map<String, Value>,
    name: &str,
    lang: Lang,
    errors: &mut Vec<FieldError>,
) -> Option<T> {
    let value = body.get(name).filter(|value| !value.is_null())?;
    match T::deserialize(value) {
        Ok(read) => Some(read),
        Err(error) => {
            let wrong = say(lang, "格式不对", "has the wrong shape");
            errors.push(FieldError::new(name, format!("{wrong}: {error}")));
            None
        }
    }
}

fn say<'t>(lang: Lang, zh: &'t str, en: &'t str) -> &'t str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The name of an input: row and column.
pub(crate) fn input(row: usize, column: &str) -> String {
    format!("row.{row}.{column}")
}

/// The text that a form sends. Its cases are those of the text that it began with. Rows without any value fall away.
pub(crate) fn of_form(hook: &Hook, sent: &Sent, cases: &[RuleCase]) -> RuleText {
    let table = rows(hook, sent).into_iter().filter(|row| !row.is_empty()).collect();
    // Browsers send CRLF; the digest of a script must not depend on who typed it.
    let script = sent.get("script").unwrap_or_default().replace("\r\n", "\n");
    RuleText { script, table, cases: cases.to_vec() }
}

/// The rows that a form sends, empty ones too.
pub(crate) fn rows(hook: &Hook, sent: &Sent) -> Vec<Row> {
    let count = sent.text("rows").parse::<usize>().unwrap_or_default().min(MAX_ROWS);
    let row = |index: usize| {
        let cell = |column: &Field| {
            let typed = sent.text(&input(index, &column.name));
            Some((column.name.clone(), of_typed(column, typed)?))
        };
        hook.table.iter().filter_map(cell).collect()
    };
    (0..count).map(row).collect()
}

/// What was typed into a cell as a value of its column; what does not fit stays as it was typed, for the check to
/// say so.
fn of_typed(column: &Field, typed: &str) -> Option<Value> {
    if typed.is_empty() {
        return None;
    }
    let as_it_is = || Value::String(typed.to_owned());
    Some(match column.kind {
        // Whole points as numbers, as people write them in a file; others as they were typed.
        FieldKind::Integer | FieldKind::Stars | FieldKind::Points => {
            typed.parse::<i64>().map_or_else(|_| as_it_is(), Value::from)
        }
        FieldKind::Money => fen(typed).map_or_else(as_it_is, Value::from),
        FieldKind::YesNo => Value::Bool(matches!(typed, "true" | "on" | "yes")),
        _ => as_it_is(),
    })
}

/// Yuan with at most two places.
fn fen(typed: &str) -> Option<i64> {
    let (yuan, rest) = typed.split_once('.').unwrap_or((typed, ""));
    if rest.len() > 2 || !rest.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let places: i64 = format!("{rest:0<2}").parse().ok()?;
    let whole: i64 = yuan.parse().ok()?;
    let fen = whole.checked_mul(100)?;
    if yuan.starts_with('-') { fen.checked_sub(places) } else { fen.checked_add(places) }
}

/// A value as it is typed into the cell of its column.
pub(crate) fn typed(column: &Field, value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) if column.kind == FieldKind::Money => {
            let fen = number.as_i64().unwrap_or_default();
            format!("{}{}.{:02}", if fen < 0 { "-" } else { "" }, fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
        }
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(yes)) => yes.to_string(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}

/// A value of a table as people read it: the label of a choice, yes or no.
pub(crate) fn read(column: &Field, value: &Value, lang: Lang) -> String {
    match (column.kind, value) {
        (FieldKind::YesNo, Value::Bool(yes)) => {
            if *yes { say(lang, "是", "yes") } else { say(lang, "否", "no") }.to_owned()
        }
        (FieldKind::Choice, Value::String(chosen)) => {
            let label = column.choices.iter().find(|choice| choice.value == *chosen);
            label.map_or_else(|| chosen.clone(), |choice| choice.label.get(lang).to_owned())
        }
        _ => typed(column, Some(value)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn hook() -> Hook {
        serde_json::from_value(json!({
            "name": "points.award", "title": { "zh": "给分", "en": "Award" }, "entry": "award(deed)",
            "default": "rules/award.rhai",
            "table": [
                { "name": "item", "kind": "text" }, { "name": "cap", "kind": "integer" },
                { "name": "price", "kind": "money" }, { "name": "open", "kind": "yes/no" },
            ],
        }))
        .unwrap()
    }

    fn sent(pairs: &[(&str, &str)]) -> Sent {
        Sent::of_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn rows_are_typed_by_their_columns_and_empty_ones_fall_away() {
        let form = sent(&[
            ("rows", "3"),
            ("script", "fn award(deed) {\r\n}"),
            ("row.0.item", " help "),
            ("row.0.cap", "2"),
            ("row.0.price", "12.5"),
            ("row.0.open", "true"),
            ("row.2.item", "blood"),
            ("row.2.cap", "many"),
        ]);
        let text = of_form(&hook(), &form, &[]);
        assert_eq!(text.script, "fn award(deed) {\n}");
        assert_eq!(
            json!(text.table),
            json!([{ "item": "help", "cap": 2, "price": 1_250, "open": true }, { "item": "blood", "cap": "many" }])
        );
        assert_eq!(rows(&hook(), &sent(&[("rows", "99999999")])).len(), MAX_ROWS);
    }

    #[test]
    fn what_was_typed_comes_back_the_same() {
        for (column, value) in hook().table.iter().zip([json!("help"), json!(2), json!(-5), json!(false)]) {
            assert_eq!(of_typed(column, &typed(column, Some(&value))), Some(value));
        }
        assert_eq!(fen("1.234"), None);
        assert_eq!(fen("-0.05"), Some(-5));
        assert_eq!(fen("99999999999999999999"), None);
    }

    #[test]
    fn a_body_keeps_what_it_does_not_name_and_names_nothing_else() {
        let base = RuleText { script: "s".to_owned(), ..RuleText::default() };
        let body = |value: Value| value.as_object().cloned().unwrap();
        let text = of_json(&body(json!({ "table": [{ "item": "a" }] })), &base, &["note"], Lang::En).unwrap();
        assert_eq!((text.script.as_str(), text.table.len()), ("s", 1));
        let refused = of_json(&body(json!({ "table": [1], "tabel": [] })), &base, &[], Lang::En).unwrap_err();
        let Refusal::Fields(errors) = refused else { panic!("{refused}") };
        assert_eq!(errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["table", "tabel"]);
    }
}
