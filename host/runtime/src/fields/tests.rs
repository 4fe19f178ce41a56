//! What people type, and what plugins receive.

use serde_json::{Map, Value, json};

use super::*;

fn fields(declared: &Value) -> Vec<Field> {
    serde_json::from_value(declared.clone()).unwrap()
}

fn one(kind: &str, extra: &Value) -> Vec<Field> {
    let mut declared = json!([{ "name": "f", "kind": kind }]);
    declared[0].as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    fields(&declared)
}

fn given(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        other => panic!("{other} is not a form"),
    }
}

/// What a plugin receives of one value, or the sentence in English.
fn taken(kind: &str, extra: &Value, value: &Value) -> Result<Value, String> {
    let taken = validate(&one(kind, extra), &given(json!({ "f": value })), Lang::En);
    taken.map(|mut taken| taken.remove("f").unwrap_or_default()).map_err(|mut errors| errors.remove(0).message)
}

#[test]
fn each_kind_gives_plugins_the_shape_that_it_promises() {
    let plain = || json!({});
    let good = [
        ("text", plain(), json!("  榕树\t倒了\n "), json!("榕树 倒了")),
        ("long-text", plain(), json!("一\r\n二"), json!("一\n二")),
        ("phone", plain(), json!("０８１３-330 1234"), json!("0813-330 1234")),
        ("integer", plain(), json!("１２"), json!(12)),
        ("integer", plain(), json!(-3), json!(-3)),
        ("decimal", plain(), json!("2.50"), json!("2.5")),
        ("decimal", plain(), json!(0.1), json!("0.1")),
        ("points", plain(), json!("２.5分"), json!(250)),
        ("points", plain(), json!(-25), json!(-25)),
        ("money", plain(), json!("¥1,234.5"), json!(123_450)),
        ("money", plain(), json!("12元"), json!(1_200)),
        ("money", plain(), json!(99), json!(99)),
        ("date", plain(), json!("2026-09-02"), json!("2026-09-02")),
        ("time", plain(), json!("8：30"), json!("08:30")),
        ("time", plain(), json!("08:30:00"), json!("08:30")),
        ("period", plain(), json!(["2026-09-01", "2026-09-30"]), json!({ "from": "2026-09-01", "to": "2026-09-30" })),
        ("yes/no", plain(), json!("on"), json!(true)),
        ("yes/no", plain(), json!(null), json!(false)),
        ("stars", plain(), json!("5"), json!(5)),
        ("choice", json!({ "options": "kinds" }), json!("any"), json!("any")),
        ("multi-choice", json!({ "options": "kinds" }), json!("one"), json!(["one"])),
        ("photos", plain(), json!(""), json!([])),
        ("reference", plain(), json!("2026-0042"), json!("2026-0042")),
    ];
    for (kind, extra, value, expected) in good {
        assert_eq!(taken(kind, &extra, &value), Ok(expected), "{kind} {value}");
    }
}

#[test]
fn what_is_wrong_is_said_with_what_to_do() {
    let bad = [
        ("text", json!({ "max": 2 }), json!("三个字"), "At most 2 characters; this has 3. Please shorten it"),
        ("text", json!({}), json!("a\u{0}b"), "It holds characters that cannot be shown; type it again"),
        ("text", json!({}), json!({}), "Please give text"),
        ("phone", json!({}), json!("1 2"), "Please give a telephone number of 5 to 20 digits"),
        ("integer", json!({}), json!("1.5"), "Please give a whole number"),
        ("integer", json!({}), json!(1.5), "Please give a whole number"),
        ("integer", json!({ "min": 1 }), json!("0"), "It must be at least 1"),
        ("decimal", json!({}), json!("1.23456"), "Please give a number with at most four decimal places"),
        ("decimal", json!({ "max": 2 }), json!("2.0001"), "It must be at most 2"),
        ("points", json!({}), json!("2.555"), "Please give points with at most two decimal places"),
        ("points", json!({}), json!("2元"), "Please give points with at most two decimal places"),
        ("points", json!({ "min": -500 }), json!("-5.01"), "It must be at least -5"),
        ("money", json!({ "max": 1000 }), json!("10.01"), "It must be at most 10"),
        ("money", json!({}), json!("1.234"), "Please give an amount in yuan with at most two decimal places"),
        ("date", json!({}), json!("2026-02-30"), "Please give a day such as 2026-09-02"),
        ("date", json!({}), json!("20260902"), "Please give a day such as 2026-09-02"),
        ("time", json!({}), json!("24:00"), "Please give a time such as 08:30"),
        ("period", json!({}), json!(["2026-09-02", "2026-09-01"]), "The first day must not be after the last"),
        ("yes/no", json!({}), json!("maybe"), "Please choose yes or no"),
        ("stars", json!({}), json!(6), "Please give 1 to 5 stars"),
        ("person", json!({}), json!("林秀英"), "Please choose a person of this village"),
        ("photos", json!({}), json!(["x"]), "A file did not arrive; please choose it again"),
        ("choice", json!({ "choices": [] }), json!("x"), "Please choose one of those listed"),
    ];
    for (kind, extra, value, sentence) in bad {
        assert_eq!(taken(kind, &extra, &value), Err(sentence.to_owned()), "{kind} {value}");
    }
}

#[test]
fn a_whole_number_may_be_written_with_a_zero_behind_the_point() {
    for (kind, given, taken_as) in [("integer", json!(9.0), 9), ("integer", json!(-3.0), -3), ("stars", json!(4.0), 4)]
    {
        assert_eq!(taken(kind, &json!({}), &given), Ok(json!(taken_as)), "{kind} {given}");
    }
    for given in [json!(9.5), json!(1e300), json!(f64::MAX)] {
        assert_eq!(taken("integer", &json!({}), &given), Err("Please give a whole number".to_owned()), "{given}");
    }
    assert_eq!(taken("integer", &json!({ "max": 8 }), &json!(9.0)), Err("It must be at most 8".to_owned()));
}

#[test]
fn files_are_counted() {
    let ids: Vec<String> = (1..=7).map(|n| format!("01990000-0000-7000-8000-00000000000{n}")).collect();
    assert_eq!(taken("photos", &json!({}), &json!(ids[..6])), Ok(json!(ids[..6])));
    assert!(taken("photos", &json!({}), &json!(ids)).is_err());
    assert!(taken("photos", &json!({ "min": 2 }), &json!([ids[0]])).is_err());
    assert_eq!(taken("photos", &json!({}), &json!([ids[0], ids[0]])), Ok(json!([ids[0]])));
}

#[test]
fn required_fields_are_asked_for_in_the_readers_language() {
    let declared = fields(&json!([
        { "name": "title", "kind": "text", "required": true },
        { "name": "sort", "kind": "choice", "required": true, "options": "sorts" },
    ]));
    let errors = validate(&declared, &given(json!({ "title": " " })), Lang::Zh).unwrap_err();
    let errors: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.message.as_str())).collect();
    assert_eq!(errors, [("title", "请填写"), ("sort", "请选择")]);
}

#[test]
fn defaults_are_taken_and_unknown_fields_are_mistakes() {
    let declared = one("integer", &json!({ "default": 3 }));
    assert_eq!(validate(&declared, &given(json!({ "f": "" })), Lang::Zh).unwrap()["f"], 3);
    let errors = validate(&declared, &given(json!({ "g": 1 })), Lang::Zh).unwrap_err();
    assert_eq!(errors[0].field, "g");
}

#[test]
fn a_hidden_field_is_neither_required_nor_kept() {
    let declared = fields(&json!([
        { "name": "private", "kind": "yes/no" },
        { "name": "reason", "kind": "text", "required": true, "when": { "field": "private", "is": ["true"] } },
        { "name": "detail", "kind": "text", "required": true, "when": { "field": "reason", "is": ["other"] } },
    ]));
    let check = |value: Value| validate(&declared, &given(value), Lang::Zh);
    let taken = check(json!({ "reason": "other", "detail": "x" })).unwrap();
    assert_eq!(Value::Object(taken), json!({ "private": false }));
    assert_eq!(check(json!({ "private": "on" })).unwrap_err()[0].field, "reason");
    assert_eq!(check(json!({ "private": "on", "reason": "other" })).unwrap_err()[0].field, "detail");
    assert!(check(json!({ "private": "on", "reason": "mine" })).is_ok());
}

#[test]
fn a_period_may_come_as_two_fields_of_a_form() {
    let declared = one("period", &json!({}));
    let form = given(json!({ "f.from": "2026-09-01", "f.to": "2026-09-30" }));
    let taken = validate(&declared, &form, Lang::Zh).unwrap();
    assert_eq!(taken["f"], json!({ "from": "2026-09-01", "to": "2026-09-30" }));
    let half = given(json!({ "f.from": "2026-09-01", "f.to": "" }));
    assert!(validate(&declared, &half, Lang::Zh).is_err());
    let none = given(json!({ "f.from": "", "f.to": "" }));
    assert!(validate(&declared, &none, Lang::Zh).unwrap().is_empty());
}
