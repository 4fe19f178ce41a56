//! Numbers of persons in what somebody writes: found before anything is saved, and saved only as the writer then
//! chose. The detector is [`cunshi_contract::privacy`]; here is what is searched and what may be chosen.

use cunshi_contract::privacy::{Found, Kind, find, masked};
use cunshi_contract::{Field, FieldKind, Lang};
use serde_json::{Map, Value};

use crate::error::FieldError;

/// The reserved field that says what to do with the numbers: `mask`, or `keep` for a cadre of the space.
pub const CHOICE: &str = "privacy";
/// The reserved field that says why they are kept.
pub const REASON: &str = "privacy_reason";
/// Longest reason in characters.
pub const MAX_REASON: usize = 200;
/// Characters on either side of a number that are shown with it.
const AROUND: usize = 14;

/// What the writer chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The host masks the numbers.
    Mask,
    /// They stay, for a reason.
    Keep(String),
}

/// A number that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundNumber {
    /// The field that it stands in.
    pub field: String,
    /// What it is.
    pub kind: Kind,
    /// As it was written.
    pub text: String,
    /// As it would read.
    pub masked: String,
    /// As its sentence would read, with every number in it masked.
    pub becomes: String,
    /// Some words before it.
    pub before: String,
    /// Some words after it.
    pub after: String,
}

/// Whether texts of a field are searched.
pub fn is_searched(field: &Field) -> bool {
    let text = matches!(field.kind, FieldKind::Text | FieldKind::LongText | FieldKind::Markdown | FieldKind::Place);
    text && !field.private
}

/// The numbers in the fields that are searched, in the order of the form.
pub fn search(fields: &[Field], given: &Map<String, Value>) -> Vec<FoundNumber> {
    let searched = fields.iter().filter(|field| is_searched(field));
    let texts = searched.filter_map(|field| Some((field.name.as_str(), given.get(&field.name)?.as_str()?)));
    texts.flat_map(|(field, text)| find(text).into_iter().map(move |found| number(field, text, found))).collect()
}

/// Takes what the writer chose out of the form, where the form has texts that are searched. Who may not keep numbers
/// is told so, and a reason that holds some itself is none.
pub fn choice(
    fields: &[Field],
    given: &mut Map<String, Value>,
    may_keep: bool,
    lang: Lang,
) -> Result<Option<Choice>, Vec<FieldError>> {
    if !fields.iter().any(is_searched) {
        return Ok(None);
    }
    let (chosen, reason) = (given.remove(CHOICE), given.remove(REASON));
    let wrong = |field: &str, zh: &str, en: &str| {
        let sentence = match lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        Err(vec![FieldError::new(field, sentence)])
    };
    let chosen = match chosen {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => return Ok(None),
        Some(Value::String(text)) => text,
        Some(_) => String::new(),
    };
    match chosen.trim() {
        "mask" => Ok(Some(Choice::Mask)),
        "keep" if !may_keep => {
            wrong(CHOICE, "只有村干部可以保留原文，请遮住后提交", "Only a cadre may keep the numbers: have them masked")
        }
        "keep" => match reason.as_ref().and_then(Value::as_str).map(str::trim).unwrap_or_default() {
            "" => wrong(REASON, "请写明为什么要保留", "Please say why they are kept"),
            reason if reason.chars().count() > MAX_REASON => {
                wrong(REASON, "原因最多 200 个字，请缩短", "The reason has at most 200 characters; please shorten it")
            }
            reason if !find(reason).is_empty() => {
                wrong(REASON, "原因里不要写号码", "Please leave numbers out of the reason")
            }
            reason => Ok(Some(Choice::Keep(reason.to_owned()))),
        },
        _ => wrong(CHOICE, "请选择遮住或保留", "Please choose: `mask`, or `keep` with a reason"),
    }
}

/// Does as was chosen: masks, or keeps and says what was kept for the audit, without the numbers. Numbers about which
/// nothing was chosen are the error.
pub fn settle(
    fields: &[Field],
    given: &mut Map<String, Value>,
    choice: Option<&Choice>,
) -> Result<Option<String>, Vec<FoundNumber>> {
    let found = search(fields, given);
    match choice {
        _ if found.is_empty() => Ok(None),
        None => Err(found),
        Some(Choice::Mask) => {
            for number in found {
                if let Some(Value::String(text)) = given.get_mut(&number.field) {
                    *text = masked(text).into_owned();
                }
            }
            Ok(None)
        }
        Some(Choice::Keep(reason)) => Ok(Some(format!("{} ({reason})", kinds(&found)))),
    }
}

/// What is wrong, once for each field, in the reader's language.
pub fn errors(found: &[FoundNumber], lang: Lang) -> Vec<FieldError> {
    let mut errors: Vec<FieldError> = Vec::new();
    for number in found {
        if errors.iter().any(|error| error.field == number.field) {
            continue;
        }
        let mut words: Vec<&str> = Vec::new();
        for other in found.iter().filter(|other| other.field == number.field) {
            let word = word(other.kind, lang);
            if !words.contains(&word) {
                words.push(word);
            }
        }
        let sentence = match lang {
            Lang::Zh => format!("这里写了{}，公开后人人看得到", words.join("、")),
            Lang::En => format!("This holds {}, which everybody could read", words.join(", ")),
        };
        errors.push(FieldError::new(&number.field, sentence));
    }
    errors
}

/// What a number is, in words.
pub fn word(kind: Kind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (Kind::Mobile, Lang::Zh) => "手机号",
        (Kind::Mobile, Lang::En) => "a mobile number",
        (Kind::Identity, Lang::Zh) => "身份证号",
        (Kind::Identity, Lang::En) => "an identity number",
        (Kind::BankCard, Lang::Zh) => "银行卡号",
        (Kind::BankCard, Lang::En) => "a bank card number",
    }
}

/// `detail: mobile, identity; title: mobile`
fn kinds(found: &[FoundNumber]) -> String {
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    for number in found {
        let kind = number.kind.as_str();
        match fields.iter_mut().find(|(field, _)| *field == number.field) {
            Some((_, kinds)) if kinds.contains(&kind) => {}
            Some((_, kinds)) => kinds.push(kind),
            None => fields.push((&number.field, vec![kind])),
        }
    }
    let fields: Vec<String> = fields.iter().map(|(field, kinds)| format!("{field}: {}", kinds.join(", "))).collect();
    fields.join("; ")
}

fn number(field: &str, text: &str, found: Found) -> FoundNumber {
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let number = part(found.start, found.end);
    let ahead: Vec<char> = part(0, found.start).chars().rev().take(AROUND).take_while(|c| *c != '\n').collect();
    let after: String = part(found.end, text.len()).chars().take(AROUND).take_while(|c| *c != '\n').collect();
    // Masking keeps every character's place: what stands there afterwards is found by counting.
    let whole = masked(text);
    let shown = |skip: usize, length: usize| whole.chars().skip(skip).take(length).collect::<String>();
    let (skip, length) = (part(0, found.start).chars().count(), number.chars().count());
    FoundNumber {
        field: field.to_owned(),
        kind: found.kind,
        text: number.to_owned(),
        masked: shown(skip, length),
        becomes: shown(skip - ahead.len(), ahead.len() + length + after.chars().count()),
        before: ahead.into_iter().rev().collect(),
        after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fields() -> Vec<Field> {
        serde_json::from_value(json!([
            { "name": "title", "kind": "text" },
            { "name": "detail", "kind": "long-text" },
            { "name": "secret", "kind": "long-text", "private": true },
            { "name": "phone", "kind": "phone" },
        ]))
        .unwrap()
    }

    fn given(value: &Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    const NUMBER: &str = "19900001234";

    #[test]
    fn texts_are_searched_but_neither_telephones_nor_what_is_private() {
        let written = given(&json!({ "detail": format!("打{NUMBER}"), "secret": NUMBER, "phone": NUMBER }));
        let found = search(&fields(), &written);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].field.as_str(), found[0].masked.as_str()), ("detail", "199******34"));
        assert_eq!((found[0].before.as_str(), found[0].after.as_str()), ("打", ""));
        assert_eq!(found[0].becomes, "打199******34");
        let errors = errors(&found, Lang::Zh);
        assert_eq!(errors, [FieldError::new("detail", "这里写了手机号，公开后人人看得到")]);
    }

    #[test]
    fn nothing_is_chosen_for_anybody_and_keeping_has_a_price() {
        let ask = |choice: Value, may: bool| {
            let mut given = given(&choice);
            super::choice(&fields(), &mut given, may, Lang::En).map_err(|errors| errors[0].field.clone())
        };
        assert_eq!(ask(json!({}), false), Ok(None));
        assert_eq!(ask(json!({ "privacy": "mask", "privacy_reason": "" }), false), Ok(Some(Choice::Mask)));
        assert_eq!(ask(json!({ "privacy": "keep", "privacy_reason": "x" }), false), Err(CHOICE.to_owned()));
        assert_eq!(ask(json!({ "privacy": "keep" }), true), Err(REASON.to_owned()));
        assert_eq!(ask(json!({ "privacy": "keep", "privacy_reason": NUMBER }), true), Err(REASON.to_owned()));
        let kept = ask(json!({ "privacy": "keep", "privacy_reason": " 招工 " }), true);
        assert_eq!(kept, Ok(Some(Choice::Keep("招工".to_owned()))));
        assert_eq!(ask(json!({ "privacy": ["mask"] }), true), Err(CHOICE.to_owned()));
        assert_eq!(ask(json!({ "privacy": "" }), true), Ok(None));
    }

    #[test]
    fn what_is_kept_is_told_without_the_numbers() {
        let mut written = given(&json!({ "title": NUMBER, "detail": format!("{NUMBER} {NUMBER}") }));
        assert_eq!(settle(&fields(), &mut written.clone(), None).unwrap_err().len(), 3);
        let keep = Choice::Keep("招工".to_owned());
        let said = settle(&fields(), &mut written, Some(&keep)).unwrap().unwrap();
        assert_eq!(said, "title: mobile; detail: mobile (招工)");
        assert_eq!(settle(&fields(), &mut written, Some(&Choice::Mask)), Ok(None));
        assert_eq!(Value::Object(written), json!({ "title": "199******34", "detail": "199******34 199******34" }));
    }
}
