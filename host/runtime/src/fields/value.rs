//! One value of one field.

use cunshi_contract::{Field, FieldKind, Lang};
use cunshi_model::LocalDay;
use serde_json::{Value, json};

use super::number::{self, SCALE, narrow};
use super::{Given, say};

/// Greatest length of ids and of values of a choice.
const MAX_TOKEN: usize = 200;

pub(super) fn read(field: &Field, value: &Value, lang: Lang) -> Given {
    match field.kind {
        FieldKind::MultiChoice | FieldKind::Photos | FieldKind::Files => list(field, value, lang),
        FieldKind::Period => period(value, lang),
        _ => match single(value) {
            None => Given::Nothing,
            Some(value) => match one(field, value, lang) {
                Ok(value) => Given::Good(value),
                Err(message) => Given::Wrong(message),
            },
        },
    }
}

/// The one value of a field that holds one; none when it is empty.
fn single(value: &Value) -> Option<&Value> {
    match value {
        Value::Null => None,
        Value::String(text) if text.trim().is_empty() => None,
        Value::Array(values) => match values.as_slice() {
            [] => None,
            [one] => single(one),
            _ => Some(value),
        },
        other => Some(other),
    }
}

fn one(field: &Field, value: &Value, lang: Lang) -> Result<Value, String> {
    match field.kind {
        FieldKind::Text | FieldKind::Place => text(field, value, false, lang),
        FieldKind::LongText | FieldKind::Markdown => text(field, value, true, lang),
        FieldKind::Phone => phone(value, lang),
        FieldKind::Integer => integer(field, value, lang),
        FieldKind::Decimal => decimal(field, value, lang),
        FieldKind::Money => hundredths(field, value, lang, say::money),
        FieldKind::Points => hundredths(field, value, lang, say::points),
        FieldKind::Date => day(value).map(|day| json!(day.to_string())).ok_or_else(|| say::date(lang)),
        FieldKind::Time => time(value).ok_or_else(|| say::time(lang)),
        FieldKind::YesNo => yes_no(value).map(Value::Bool).ok_or_else(|| say::yes_no(lang)),
        FieldKind::Choice => choice(field, value).map(Value::String).ok_or_else(|| say::choice(lang)),
        FieldKind::Stars => match whole(value) {
            Some(stars @ 1..=5) => Ok(json!(stars)),
            _ => Err(say::stars(lang)),
        },
        FieldKind::Person => id(value).ok_or_else(|| say::person(lang)),
        FieldKind::Household => id(value).ok_or_else(|| say::household(lang)),
        FieldKind::Reference => token(value).map(Value::String).ok_or_else(|| say::reference(lang)),
        // Read by `read` itself; a list or period never gets here.
        FieldKind::MultiChoice | FieldKind::Photos | FieldKind::Files | FieldKind::Period => Ok(value.clone()),
    }
}

fn text(field: &Field, value: &Value, lines: bool, lang: Lang) -> Result<Value, String> {
    let text = match value {
        Value::String(text) => text.trim().replace("\r\n", "\n"),
        Value::Number(number) => number.to_string(),
        _ => return Err(say::text(lang)),
    };
    // A line break in one line comes from pasting: it is a space.
    let text = if lines { text } else { text.replace(['\n', '\r', '\t'], " ") };
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err(say::controls(lang));
    }
    let found = text.chars().count();
    match field.limit() {
        Some(most) if i64::try_from(found).unwrap_or(i64::MAX) > most => Err(say::too_long(most, found, lang)),
        _ => Ok(Value::String(text)),
    }
}

fn phone(value: &Value, lang: Lang) -> Result<Value, String> {
    let text = match value {
        Value::String(text) => narrow(text),
        Value::Number(number) => number.to_string(),
        _ => return Err(say::phone(lang)),
    };
    let good = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-'));
    if good && (5..=20).contains(&text.len()) && text.bytes().filter(u8::is_ascii_digit).count() >= 3 {
        return Ok(Value::String(text));
    }
    Err(say::phone(lang))
}

fn whole(value: &Value) -> Option<i64> {
    match value {
        // JSON knows no whole numbers: programs write nine as `9.0` too.
        Value::Number(number) => number.as_i64().or_else(|| number.to_string().strip_suffix(".0")?.parse().ok()),
        Value::String(text) => i64::try_from(number::parse(text, 0)? / SCALE).ok(),
        _ => None,
    }
}

fn integer(field: &Field, value: &Value, lang: Lang) -> Result<Value, String> {
    let number = whole(value).ok_or_else(|| say::whole_number(lang))?;
    within(field, i128::from(number), 1, lang)?;
    Ok(json!(number))
}

fn decimal(field: &Field, value: &Value, lang: Lang) -> Result<Value, String> {
    let scaled = match value {
        Value::Number(number) => number::parse(&number.to_string(), 4),
        Value::String(text) => number::parse(text, 4),
        _ => None,
    };
    let scaled = scaled.ok_or_else(|| say::decimal(lang))?;
    within(field, scaled, SCALE, lang)?;
    Ok(Value::String(number::write(scaled)))
}

/// Fen, or hundredths of a point: a JSON number is those already; a text is yuan or points, as typed.
fn hundredths(field: &Field, value: &Value, lang: Lang, wrong: fn(Lang) -> String) -> Result<Value, String> {
    let unit = if field.kind == FieldKind::Money { '元' } else { '分' };
    let hundredths = match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => {
            let text = narrow(text);
            let plain = text.trim_start_matches(['¥', '￥']).trim_end_matches(unit);
            number::parse(plain, 2).and_then(|scaled| i64::try_from(scaled / (SCALE / 100)).ok())
        }
        _ => None,
    };
    let hundredths = hundredths.ok_or_else(|| wrong(lang))?;
    let whole = |hundredths: i64| number::write(i128::from(hundredths) * (SCALE / 100));
    match (field.min, field.max) {
        (Some(least), _) if hundredths < least => Err(say::at_least(&whole(least), lang)),
        (_, Some(most)) if hundredths > most => Err(say::at_most(&whole(most), lang)),
        _ => Ok(json!(hundredths)),
    }
}

fn within(field: &Field, number: i128, scale: i128, lang: Lang) -> Result<(), String> {
    match (field.min, field.max) {
        (Some(least), _) if number < i128::from(least) * scale => Err(say::at_least(&least.to_string(), lang)),
        (_, Some(most)) if number > i128::from(most) * scale => Err(say::at_most(&most.to_string(), lang)),
        _ => Ok(()),
    }
}

fn day(value: &Value) -> Option<LocalDay> {
    let text = narrow(value.as_str()?);
    let day: LocalDay = text.parse().ok()?;
    // The parser knows more forms than the one that plugins receive.
    (day.to_string() == text).then_some(day)
}

fn time(value: &Value) -> Option<Value> {
    let text = narrow(value.as_str()?).replace('：', ":");
    // Browsers send seconds when a page asks for them.
    let (hour, minute) = text.split_once(':').map(|(hour, rest)| (hour, rest.strip_suffix(":00").unwrap_or(rest)))?;
    let number = |text: &str, most: u8| {
        let digits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u8>().ok().filter(|number| digits && *number <= most)
    };
    let (hour, minute) = (number(hour, 23)?, number(minute, 59).filter(|_| minute.len() == 2)?);
    Some(json!(format!("{hour:02}:{minute:02}")))
}

fn period(value: &Value, lang: Lang) -> Given {
    let wrong = || Given::Wrong(say::period(lang));
    let (from, to) = match value {
        Value::Object(ends) => (ends.get("from").cloned(), ends.get("to").cloned()),
        Value::Array(ends) if ends.len() == 1 => return period(ends.first().unwrap_or(&Value::Null), lang),
        Value::Array(ends) if ends.len() == 2 => (ends.first().cloned(), ends.get(1).cloned()),
        Value::String(text) if !text.trim().is_empty() => match text.split_once(['/', '~', '～', '至']) {
            Some((from, to)) => (Some(json!(from.trim())), Some(json!(to.trim()))),
            None => return wrong(),
        },
        Value::Null | Value::String(_) => return Given::Nothing,
        _ => return wrong(),
    };
    let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
    match (single(&from), single(&to)) {
        (None, None) => Given::Nothing,
        (Some(from), Some(to)) => match (day(from), day(to)) {
            (Some(from), Some(to)) if from > to => Given::Wrong(say::period_order(lang)),
            (Some(from), Some(to)) => Given::Good(json!({ "from": from.to_string(), "to": to.to_string() })),
            _ => wrong(),
        },
        _ => wrong(),
    }
}

fn yes_no(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(yes) => Some(*yes),
        Value::Number(number) => match number.as_i64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "on" | "yes" | "1" => Some(true),
            "false" | "off" | "no" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A short text without anything that cannot be shown.
fn token(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty() && text.len() <= MAX_TOKEN && !text.chars().any(char::is_control)).then_some(text)
}

/// One of the listed values. Those of an `options` query are the plugin's to check: it knows them.
fn choice(field: &Field, value: &Value) -> Option<String> {
    let value = token(value)?;
    let listed = field.options.is_some() || field.choices.iter().any(|choice| choice.value == value);
    listed.then_some(value)
}

fn id(value: &Value) -> Option<Value> {
    let id: uuid::Uuid = value.as_str()?.trim().parse().ok()?;
    Some(json!(id.to_string()))
}

fn list(field: &Field, value: &Value, lang: Lang) -> Given {
    let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let mut taken: Vec<Value> = Vec::new();
    for value in values.iter().filter_map(single) {
        let good = match field.kind {
            FieldKind::MultiChoice => choice(field, value).map(Value::String).ok_or_else(|| say::choice(lang)),
            _ => id(value).ok_or_else(|| say::file(lang)),
        };
        match good {
            Ok(value) if taken.contains(&value) => {}
            Ok(value) => taken.push(value),
            Err(message) => return Given::Wrong(message),
        }
    }
    let count = i64::try_from(taken.len()).unwrap_or(i64::MAX);
    match (field.min, field.limit()) {
        _ if taken.is_empty() => Given::Nothing,
        (Some(least), _) if count < least => Given::Wrong(say::fewest(least, lang)),
        (_, Some(most)) if count > most => Given::Wrong(say::too_many(most, lang)),
        _ => Given::Good(Value::Array(taken)),
    }
}
