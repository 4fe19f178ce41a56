//! Values between JSON and a script, by the kind of their field.

use cunshi_contract::{Field, FieldKind, Text};
use rhai::{Dynamic, ImmutableString};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value};

use crate::amount;
use crate::say;

/// How amounts are written. In both a text is an amount in full: `"0.5"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notation {
    /// As plugins and records do: whole numbers are hundredths of a point.
    Counted,
    /// As people do in tables, cases and guards: whole numbers are points.
    Written,
}

/// Greatest number of decimal places of a `decimal`.
const PLACES: usize = 4;

/// A fact or a cell for a script; one that is not given is `()`. `whole` asks for those that the field requires.
pub(crate) fn given(field: &Field, value: Option<&Value>, notation: Notation, whole: bool) -> Result<Dynamic, Text> {
    match value {
        None | Some(Value::Null) if field.required && whole => Err(say::needed()),
        None | Some(Value::Null) => Ok(Dynamic::UNIT),
        Some(value) => fact(field, value, notation),
    }
}

fn fact(field: &Field, value: &Value, notation: Notation) -> Result<Dynamic, Text> {
    if value.as_number().is_some_and(|number| !number.is_i64()) {
        return Err(say::no_floats(value));
    }
    match field.kind {
        FieldKind::Points => {
            let points = points(value, notation).ok_or_else(say::points)?;
            bounded(field, amount::hundredths(points), "hundredths")?;
            Ok(Dynamic::from_decimal(points))
        }
        FieldKind::Decimal => {
            let number = decimal(value).ok_or_else(say::decimal)?;
            within(field, number)?;
            Ok(Dynamic::from_decimal(number))
        }
        FieldKind::Integer | FieldKind::Money => {
            let number = value.as_i64().ok_or_else(say::whole_number)?;
            bounded(field, Some(number), "")?;
            Ok(number.into())
        }
        FieldKind::Stars => {
            let stars = value.as_i64().filter(|stars| (1..=5).contains(stars)).ok_or_else(say::stars)?;
            Ok(stars.into())
        }
        FieldKind::YesNo => value.as_bool().map(Dynamic::from_bool).ok_or_else(say::yes_no),
        // A time of day, or an instant in microseconds.
        FieldKind::Time if value.is_i64() => Ok(value.as_i64().unwrap_or_default().into()),
        FieldKind::MultiChoice | FieldKind::Photos | FieldKind::Files => {
            let values = value.as_array().ok_or_else(say::list)?;
            let texts = values.iter().map(|value| text(field, value).map(Dynamic::from)).collect::<Result<_, _>>()?;
            Ok(Dynamic::from_array(texts))
        }
        FieldKind::Period => {
            let day = |name: &str| value.get(name).and_then(Value::as_str);
            let (Some(from), Some(to)) = (day("from"), day("to")) else { return Err(say::period()) };
            let days = [("from", from), ("to", to)].map(|(name, day)| (name.into(), Dynamic::from(day.to_owned())));
            Ok(Dynamic::from_map(days.into_iter().collect()))
        }
        _ => text(field, value).map(Dynamic::from),
    }
}

fn text(field: &Field, value: &Value) -> Result<ImmutableString, Text> {
    let text = value.as_str().ok_or_else(say::text_wanted)?;
    one_of(field, text)?;
    fits(field, text)?;
    Ok(text.into())
}

fn one_of(field: &Field, text: &str) -> Result<(), Text> {
    let may = field.choices.is_empty() || field.choices.iter().any(|choice| choice.value == text);
    if may { Ok(()) } else { Err(say::choice(text, &field.choices)) }
}

fn fits(field: &Field, text: &str) -> Result<(), Text> {
    let lists = matches!(field.kind, FieldKind::MultiChoice | FieldKind::Photos | FieldKind::Files);
    let most = if lists { None } else { field.limit() };
    let found = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    most.filter(|most| found > *most).map_or(Ok(()), |most| Err(say::too_long(most, found)))
}

fn points(value: &Value, notation: Notation) -> Option<Decimal> {
    match value {
        Value::String(text) => amount::read(text, 2),
        Value::Number(number) => number.as_i64().map(|number| match notation {
            Notation::Counted => amount::points(number),
            Notation::Written => Decimal::from(number),
        }),
        _ => None,
    }
}

fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::String(text) => amount::read(text, PLACES),
        Value::Number(number) => number.as_i64().map(Decimal::from),
        _ => None,
    }
}

/// Checks whole numbers against `min` and `max`; none is a number beyond what the platform counts.
fn bounded(field: &Field, number: Option<i64>, unit: &str) -> Result<i64, Text> {
    let shown = |bound: i64| if unit.is_empty() { bound.to_string() } else { amount::points(bound).to_string() };
    let number = number.ok_or_else(say::too_great)?;
    match (field.min, field.max) {
        (Some(least), _) if number < least => Err(say::at_least(&shown(least))),
        (_, Some(most)) if number > most => Err(say::at_most(&shown(most))),
        _ => Ok(number),
    }
}

fn within(field: &Field, number: Decimal) -> Result<(), Text> {
    match (field.min, field.max) {
        (Some(least), _) if number < Decimal::from(least) => Err(say::at_least(&least.to_string())),
        (_, Some(most)) if number > Decimal::from(most) => Err(say::at_most(&most.to_string())),
        _ => Ok(()),
    }
}

/// The facts as the script's one argument.
pub(crate) fn facts(
    fields: &[Field],
    input: &Map<String, Value>,
    notation: Notation,
    whole: bool,
) -> Result<rhai::Map, Text> {
    if let Some(name) = input.keys().find(|name| !fields.iter().any(|field| field.name == **name)) {
        return Err(say::unknown_fact(name, fields));
    }
    let mut map = rhai::Map::new();
    for field in fields {
        let value = given(field, input.get(&field.name), notation, whole)
            .map_err(|problem| say::in_fact(&field.name, &problem))?;
        map.insert(field.name.as_str().into(), value);
    }
    Ok(map)
}

/// What the script answered, as the declared output: points as hundredths, decimals as texts.
pub(crate) fn output(fields: &[Field], answer: Dynamic) -> Result<Map<String, Value>, Text> {
    if answer.is_fnptr() {
        return Err(say::answers_function());
    }
    let kind = answer.type_name();
    let Some(mut answer) = answer.try_cast::<rhai::Map>() else { return Err(say::no_answer(kind, fields)) };
    let mut output = Map::new();
    for field in fields {
        let value = answer.remove(field.name.as_str()).unwrap_or(Dynamic::UNIT);
        if value.is_unit() {
            if field.required {
                return Err(say::missing_answer(&field.name));
            }
            continue;
        }
        let value = answered(field, &value).map_err(|problem| say::in_answer(&field.name, &problem))?;
        output.insert(field.name.clone(), value);
    }
    match answer.keys().next() {
        Some(name) => Err(say::extra_answer(name, fields)),
        None => Ok(output),
    }
}

fn answered(field: &Field, value: &Dynamic) -> Result<Value, Text> {
    if value.is_fnptr() {
        return Err(say::function());
    }
    match field.kind {
        FieldKind::Points => {
            let points = number(value).ok_or_else(say::points)?;
            if points.normalize().scale() > 2 {
                return Err(say::places(points, 2));
            }
            bounded(field, amount::hundredths(points), "hundredths").map(Value::from)
        }
        FieldKind::Decimal => {
            let number = number(value).ok_or_else(say::decimal)?.normalize();
            if number.scale() as usize > PLACES {
                return Err(say::places(number, PLACES));
            }
            within(field, number)?;
            Ok(Value::from(number.to_string()))
        }
        FieldKind::Integer | FieldKind::Money => {
            let number = whole(value).ok_or_else(say::whole_number)?;
            bounded(field, Some(number), "").map(Value::from)
        }
        FieldKind::Stars => {
            let stars = whole(value).filter(|stars| (1..=5).contains(stars)).ok_or_else(say::stars)?;
            Ok(Value::from(stars))
        }
        FieldKind::YesNo => value.as_bool().map(Value::from).map_err(|_| say::yes_no()),
        FieldKind::Time if value.is_int() => Ok(Value::from(value.as_int().unwrap_or_default())),
        FieldKind::MultiChoice | FieldKind::Photos | FieldKind::Files => {
            let values = value.read_lock::<rhai::Array>().ok_or_else(say::list)?;
            values.iter().map(|value| spoken(field, value)).collect::<Result<_, _>>().map(Value::Array)
        }
        FieldKind::Period => {
            let days = value.read_lock::<rhai::Map>().ok_or_else(say::period)?;
            let day = |name: &str| days.get(name).and_then(|day| day.clone().into_string().ok());
            let (Some(from), Some(to)) = (day("from"), day("to")) else { return Err(say::period()) };
            Ok(serde_json::json!({ "from": from, "to": to }))
        }
        _ => spoken(field, value),
    }
}

fn spoken(field: &Field, value: &Dynamic) -> Result<Value, Text> {
    let text = match value.as_char() {
        Ok(letter) => letter.to_string(),
        Err(_) => value.clone().into_string().map_err(|_| say::text_wanted())?,
    };
    one_of(field, &text)?;
    fits(field, &text)?;
    Ok(Value::from(text))
}

/// A number of a script.
fn number(value: &Dynamic) -> Option<Decimal> {
    value.as_int().map(Decimal::from).or_else(|_| value.as_decimal()).ok()
}

/// A whole number of a script, be it the whole result of a division of decimals.
fn whole(value: &Dynamic) -> Option<i64> {
    value.as_int().ok().or_else(|| {
        let number = value.as_decimal().ok()?.normalize();
        (number.scale() == 0).then_some(())?;
        number.to_i64()
    })
}

/// A value of the output as people would write it: what guards and cases compare.
pub(crate) fn comparable(field: &Field, value: &Value, notation: Notation) -> Option<Decimal> {
    match field.kind {
        FieldKind::Points => points(value, notation),
        FieldKind::Decimal => decimal(value),
        FieldKind::Integer | FieldKind::Money | FieldKind::Stars | FieldKind::Time => value.as_i64().map(Decimal::from),
        _ => None,
    }
}

/// Whether an output is the one that a case wrote.
pub(crate) fn same(field: &Field, written: &Value, there: Option<&Value>) -> bool {
    let Some(there) = there else { return written.is_null() };
    match (comparable(field, written, Notation::Written), comparable(field, there, Notation::Counted)) {
        (Some(written), Some(there)) => written == there,
        _ => written == there,
    }
}

/// A value as people read it in a sentence.
pub(crate) fn shown(field: &Field, value: Option<&Value>, notation: Notation) -> String {
    let Some(value) = value else { return "()".to_owned() };
    match comparable(field, value, notation) {
        Some(number) => number.normalize().to_string(),
        None => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
    }
}
