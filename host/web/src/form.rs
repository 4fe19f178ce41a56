//! Forms as browsers send them: read under limits, then turned into the JSON that an action takes. Photos are
//! stored on the way.

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::HeaderMap;
use bytes::Bytes;
use cunshi_contract::field::FieldKind;
use cunshi_contract::manifest::Action;
use cunshi_contract::{Field, Lang};
use cunshi_runtime::FieldError;
use serde_json::{Map, Value};

use crate::Web;
use crate::body::{self, MAX_JSON, MAX_MULTIPART, media_type};
use crate::error::Refusal;
use crate::files::{self, Accept, NotTaken};
use crate::frame::holds_files;
use crate::render::forms::{FROM, KEY, PERIOD_FROM, PERIOD_TO};
use crate::visit::Visit;

/// Most fields and files of one form.
const MAX_PARTS: usize = 500;
/// Most fields of a form that is a table.
const MAX_CELLS: usize = 6_000;

/// A form as it was sent.
#[derive(Default)]
pub(crate) struct Sent {
    pairs: Vec<(String, String)>,
    files: Vec<SentFile>,
}

struct SentFile {
    field: String,
    name: String,
    content: Bytes,
}

/// A form made ready for its action.
pub(crate) struct Gathered {
    /// What the action is given.
    pub(crate) given: Map<String, Value>,
    /// What is shown again when the form is refused.
    pub(crate) typed: Map<String, Value>,
    /// What is wrong with its files.
    pub(crate) errors: Vec<FieldError>,
}

impl Sent {
    /// Reads a form that is a table, without files.
    pub(crate) async fn read_table(request: Request) -> Result<Self, Refusal> {
        let (parts, content) = request.into_parts();
        if media_type(&parts.headers) != "application/x-www-form-urlencoded" {
            return Err(Refusal::MediaType("application/x-www-form-urlencoded"));
        }
        Self::urlencoded(&body::read(content, &parts.headers, MAX_JSON).await?, MAX_CELLS)
    }

    fn urlencoded(content: &[u8], most: usize) -> Result<Self, Refusal> {
        let pairs: Vec<_> = form_urlencoded::parse(content).into_owned().take(most + 1).collect();
        if pairs.len() > most {
            return Err(Refusal::Malformed(format!("more than {most} fields")));
        }
        Ok(Self { pairs, files: Vec::new() })
    }

    /// A form of some fields.
    #[cfg(test)]
    pub(crate) fn of_pairs(pairs: Vec<(String, String)>) -> Self {
        Self { pairs, files: Vec::new() }
    }

    /// Reads a form. Visitors may send text only: their bodies have the small limit.
    pub(crate) async fn read(request: Request, signed: bool) -> Result<Self, Refusal> {
        let (parts, content) = request.into_parts();
        match media_type(&parts.headers).as_str() {
            "application/x-www-form-urlencoded" => {
                let content = body::read(content, &parts.headers, MAX_JSON).await?;
                Self::urlencoded(&content, MAX_PARTS)
            }
            "multipart/form-data" => {
                let limit = if signed { MAX_MULTIPART } else { MAX_JSON };
                let content = body::read(content, &parts.headers, limit).await?;
                Self::parse_multipart(&parts.headers, content).await
            }
            _ => Err(Refusal::MediaType("application/x-www-form-urlencoded")),
        }
    }

    async fn parse_multipart(headers: &HeaderMap, content: Bytes) -> Result<Self, Refusal> {
        let mut request = Request::new(Body::from(content));
        *request.headers_mut() = headers.clone();
        // The body has been read under its limit already.
        DefaultBodyLimit::disable().apply(&mut request);
        let wrong = |error: &dyn std::fmt::Display| Refusal::Malformed(error.to_string());
        let mut multipart = Multipart::from_request(request, &()).await.map_err(|error| wrong(&error))?;
        let mut sent = Self::default();
        while let Some(part) = multipart.next_field().await.map_err(|error| wrong(&error.body_text()))? {
            if sent.pairs.len() + sent.files.len() >= MAX_PARTS {
                return Err(Refusal::Malformed(format!("more than {MAX_PARTS} fields")));
            }
            let field = part.name().unwrap_or_default().to_owned();
            let name = part.file_name().map(str::to_owned);
            let content = part.bytes().await.map_err(|error| wrong(&error.body_text()))?;
            match name {
                // A file input that was left empty sends a part without name and content.
                Some(name) if name.is_empty() && content.is_empty() => {}
                Some(name) => sent.files.push(SentFile { field, name, content }),
                None => {
                    let text = String::from_utf8(content.into()).map_err(|error| wrong(&error))?;
                    sent.pairs.push((field, text));
                }
            }
        }
        Ok(sent)
    }

    /// The last value of a field.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().rev().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The last value of a field, trimmed; empty when there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.get(name).map(str::trim).unwrap_or_default()
    }

    /// All values of a field.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The first file, with its name: for the API's upload.
    pub(crate) fn into_file(self, field: &str) -> Option<(String, Bytes)> {
        let file = self.files.into_iter().find(|file| file.field == field)?;
        Some((file.name, file.content))
    }
}

/// Turns a form into the fields of its action. Files are stored here, before anything else can fail late.
pub(crate) async fn gather(web: &Web, visit: &Visit, action: &Action, sent: Sent) -> Result<Gathered, Refusal> {
    let mut gathered = plain(&action.fields, &sent);
    for field in action.fields.iter().filter(|field| holds_files(field)) {
        store_files(web, visit, field, &sent, &mut gathered).await?;
    }
    if let Some(stray) =
        sent.files.iter().find(|file| !action.fields.iter().any(|f| holds_files(f) && f.name == file.field))
    {
        // The runtime refuses names that it does not know; a file under one must not vanish unsaid.
        gathered.given.insert(stray.field.clone(), Value::String(stray.name.clone()));
    }
    Ok(gathered)
}

/// The values of some fields, without uploads: for the host's own forms.
pub(crate) fn plain_fields(fields: &[Field], sent: &Sent) -> Map<String, Value> {
    plain(fields, sent).given
}

/// Everything but uploads.
fn plain(fields: &[Field], sent: &Sent) -> Gathered {
    let mut given = Map::new();
    let list = |name: &str| -> Vec<Value> {
        sent.all(name).filter(|value| !value.is_empty()).map(|value| Value::String(value.to_owned())).collect()
    };
    let mut known: Vec<String> = vec![KEY.to_owned(), FROM.to_owned()];
    for field in fields {
        let name = &field.name;
        match field.kind {
            FieldKind::MultiChoice | FieldKind::Photos | FieldKind::Files => {
                let values = list(name);
                if !values.is_empty() {
                    given.insert(name.clone(), Value::Array(values));
                }
            }
            FieldKind::Period => {
                let (from, to) = (format!("{name}{PERIOD_FROM}"), format!("{name}{PERIOD_TO}"));
                if !(sent.text(&from).is_empty() && sent.text(&to).is_empty()) {
                    let period = [("from", sent.text(&from)), ("to", sent.text(&to))];
                    let period = period.map(|(key, value)| (key.to_owned(), Value::String(value.to_owned())));
                    given.insert(name.clone(), Value::Object(period.into_iter().collect()));
                }
                known.extend([from, to]);
            }
            _ => {
                if let Some(value) = sent.get(name) {
                    given.insert(name.clone(), Value::String(value.to_owned()));
                }
            }
        }
        known.push(name.clone());
    }
    for (name, value) in &sent.pairs {
        if !known.contains(name) {
            given.insert(name.clone(), Value::String(value.clone()));
        }
    }
    Gathered { typed: given.clone(), given, errors: Vec::new() }
}

async fn store_files(
    web: &Web,
    visit: &Visit,
    field: &Field,
    sent: &Sent,
    gathered: &mut Gathered,
) -> Result<(), Refusal> {
    let new: Vec<&SentFile> = sent.files.iter().filter(|file| file.field == field.name).collect();
    let Some(person) = visit.person().filter(|_| !new.is_empty()) else { return Ok(()) };
    let mut ids: Vec<Value> = match gathered.given.remove(&field.name) {
        Some(Value::Array(kept)) => kept,
        _ => Vec::new(),
    };
    let most = usize::try_from(field.limit().unwrap_or(6)).unwrap_or_default();
    if ids.len() + new.len() > most {
        gathered.errors.push(FieldError::new(&field.name, too_many(visit.reader.lang, most)));
    } else {
        let accept = if field.kind == FieldKind::Photos { Accept::Photos } else { Accept::Any };
        for file in new {
            web.files.allow(person)?;
            match files::take(web, visit.space.id, person, &file.name, file.content.clone(), accept).await {
                Ok(record) => ids.push(Value::String(record.id.to_string())),
                Err(NotTaken::Refused(why)) => {
                    let message = format!("{}：{}", file.name, why.say(visit.reader.lang));
                    gathered.errors.push(FieldError::new(&field.name, message));
                }
                Err(NotTaken::Failed(refusal)) => return Err(refusal),
            }
        }
    }
    gathered.given.insert(field.name.clone(), Value::Array(ids.clone()));
    gathered.typed.insert(field.name.clone(), Value::Array(ids));
    Ok(())
}

fn too_many(lang: Lang, most: usize) -> String {
    match lang {
        Lang::Zh => format!("最多 {most} 个文件，请重新选择。"),
        Lang::En => format!("At most {most} files: please choose again."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn field(name: &str, kind: &str) -> Field {
        serde_json::from_value(json!({ "name": name, "kind": kind })).unwrap()
    }

    fn sent(pairs: &[(&str, &str)]) -> Sent {
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Sent { pairs, files: Vec::new() }
    }

    #[test]
    fn lists_and_periods_become_json_and_the_host_s_own_fields_stay_out() {
        let fields = [field("title", "text"), field("kinds", "multi-choice"), field("when", "period")];
        let form = sent(&[
            ("form.key", "k-f0"),
            ("form.from", "/v/510303108001/issues"),
            ("title", " 树 "),
            ("kinds", "road"),
            ("kinds", "water"),
            ("when.from", "2026-09-01"),
            ("when.to", "2026-09-30"),
            ("on_behalf_of", "x"),
        ]);
        let gathered = plain(&fields, &form);
        let expected = json!({
            "title": " 树 ",
            "kinds": ["road", "water"],
            "when": { "from": "2026-09-01", "to": "2026-09-30" },
            "on_behalf_of": "x",
        });
        assert_eq!(Value::Object(gathered.given), expected);
    }

    #[test]
    fn what_is_left_empty_is_not_there() {
        let fields = [field("kinds", "multi-choice"), field("when", "period"), field("photos", "photos")];
        let gathered = plain(&fields, &sent(&[("kinds", ""), ("when.from", ""), ("when.to", ""), ("photos", "")]));
        assert_eq!(Value::Object(gathered.given), json!({}));
    }

    #[tokio::test]
    async fn a_broken_multipart_body_is_told_apart_from_a_large_one() {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", "multipart/form-data; boundary=x".parse().unwrap());
        let broken = Sent::parse_multipart(&headers, Bytes::from_static(b"--x\r\nContent-Dispo")).await;
        assert!(matches!(broken, Err(Refusal::Malformed(_))));
    }
}
