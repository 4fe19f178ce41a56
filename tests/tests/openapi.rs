//! The API is what its OpenAPI document says: every operation is called with input that fits and with input
//! that does not, by people of every kind, and no answer is outside the document.

#![expect(clippy::expect_used, reason = "helpers of tests stop the test with a sentence")]

use std::collections::BTreeMap;

use cunshi_tests::{Actor, Answer, Chance, District, adopted};
use jsonschema::Validator;
use reqwest::Method;
use serde_json::{Map, Value, json};

/// Calls of each operation by each person, fitting and not.
const CALLS: usize = 12;

/// One operation of the document.
struct Operation<'a> {
    method: Method,
    path: &'a str,
    declared: &'a Value,
    /// Of the path and of the operation.
    parameters: Vec<&'a Value>,
}

/// The document and what its references lead to.
struct Document {
    whole: Value,
}

impl Document {
    fn follow<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str().and_then(|to| to.strip_prefix('#')) {
            Some(pointer) => {
                self.follow(self.whole.pointer(pointer).unwrap_or_else(|| panic!("{pointer} leads nowhere")))
            }
            None => value,
        }
    }

    fn operations(&self) -> Vec<Operation<'_>> {
        let mut operations = Vec::new();
        for (path, item) in self.whole["paths"].as_object().expect("paths") {
            for (method, declared) in item.as_object().expect("operations") {
                let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
                if !["GET", "POST", "PUT", "PATCH", "DELETE"].contains(&method.as_str()) {
                    continue;
                }
                let lists = [&item["parameters"], &declared["parameters"]];
                let parameters = lists.into_iter().filter_map(Value::as_array).flatten().map(|one| self.follow(one));
                operations.push(Operation { method, path, declared, parameters: parameters.collect() });
            }
        }
        // Signing out ends what the others need.
        operations.sort_by_key(|operation| operation.method == Method::DELETE);
        operations
    }

    /// What is declared for a status: the very code, its hundred, or everything else.
    fn response<'a>(&'a self, operation: &Operation<'a>, status: u16) -> Option<&'a Value> {
        let responses = &operation.declared["responses"];
        let keys = [status.to_string(), format!("{}XX", status / 100), "default".to_owned()];
        keys.iter().find_map(|key| responses.get(key)).map(|found| self.follow(found))
    }

    fn validator(&self, schema: &Value) -> Validator {
        let whole = json!({ "components": self.whole["components"], "allOf": [schema] });
        jsonschema::validator_for(&whole).unwrap_or_else(|error| panic!("{error} in {schema:#}"))
    }
}

/// Makes values from schemas.
struct Sampler<'a> {
    document: &'a Document,
    /// Values that name something that is there.
    known: &'a BTreeMap<&'static str, Vec<String>>,
    chance: Chance,
}

const STRANGE: [&str; 8] = ["", " ", "\u{0}", "../../etc", "'; DROP TABLE document; --", "<script>", "９９", "𓀀𓀀𓀀"];

impl Sampler<'_> {
    fn fitting(&mut self, name: &str, schema: &Value, depth: usize) -> Value {
        let document = self.document;
        let schema = document.follow(schema);
        if let Some(values) = self.known.get(name) {
            let value = self.chance.one_of(values).clone();
            let number = (schema["type"] == "integer").then(|| value.parse::<u64>().ok()).flatten();
            return number.map_or(Value::String(value), Value::from);
        }
        if let Some(value) = schema.get("const") {
            return value.clone();
        }
        if let Some(values) = schema["enum"].as_array() {
            return self.chance.one_of(values).clone();
        }
        for several in ["oneOf", "anyOf"] {
            if let Some(schemas) = schema[several].as_array() {
                let chosen = self.chance.one_of(schemas).clone();
                return self.fitting(name, &chosen, depth + 1);
            }
        }
        let kind = match &schema["type"] {
            Value::Array(kinds) => kinds.first().and_then(Value::as_str).unwrap_or("string"),
            kind => kind.as_str().unwrap_or("object"),
        };
        match kind {
            "string" => Value::String(self.string(schema)),
            "integer" | "number" => {
                let least = schema["minimum"].as_u64().unwrap_or(0);
                let most = schema["maximum"].as_u64().unwrap_or(least + 100).max(least);
                json!(self.chance.between(least, most))
            }
            "boolean" => json!(self.chance.between(0, 1) == 1),
            "null" => Value::Null,
            "array" => match schema["minItems"].as_u64() {
                Some(least) if depth < 4 => (0..least).map(|_| self.fitting("", &schema["items"], depth + 1)).collect(),
                _ => json!([]),
            },
            _ => self.object(schema, depth),
        }
    }

    fn string(&mut self, schema: &Value) -> String {
        let least = schema["minLength"].as_u64().unwrap_or(1).max(1);
        let most = schema["maxLength"].as_u64().unwrap_or(40).clamp(least, 200);
        match schema["format"].as_str() {
            Some("uuid") => return "01900000-0000-7000-8000-000000000000".to_owned(),
            Some("date") => return "2026-09-02".to_owned(),
            Some("date-time") => return "2026-09-02T08:14:00Z".to_owned(),
            _ => {}
        }
        let length = self.chance.between(least, most);
        (0..length).map(|_| *self.chance.one_of(&['村', '路', 'a', '1', '灯', '三'])).collect()
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let required: Vec<_> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut object = Map::new();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            if required.contains(&name.as_str()) || self.chance.between(0, 1) == 1 {
                let value = self.fitting(name, property, depth + 1);
                object.insert(name.clone(), value);
            }
        }
        Value::Object(object)
    }

    /// A body that fits, made wrong in one place.
    fn spoilt(&mut self, schema: &Value) -> Value {
        let mut body = self.fitting("", schema, 0);
        let Some(object) = body.as_object_mut() else { return json!([[]]) };
        let names: Vec<_> = object.keys().cloned().collect();
        let wrong = [json!(null), json!(-1), json!([{}]), json!({ "a": {} }), json!(1e300), json!("长".repeat(30_000))];
        match (self.chance.between(0, 3), names.is_empty()) {
            (0, false) => {
                object.remove(self.chance.one_of(&names));
            }
            (1, false) => {
                let strange = *self.chance.one_of(&STRANGE);
                object.insert(self.chance.one_of(&names).clone(), json!(strange));
            }
            (2, false) => {
                let value = self.chance.one_of(&wrong).clone();
                object.insert(self.chance.one_of(&names).clone(), value);
            }
            _ => {
                object.insert("nobody_declared_this".to_owned(), json!(1));
            }
        }
        body
    }
}

/// A value as a segment of a path or part of a query string.
fn encoded(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes()
        .map(|byte| if unreserved(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// The address of one call, with parameters that fit or one that does not.
fn address(sampler: &mut Sampler<'_>, operation: &Operation<'_>, fits: bool) -> String {
    let mut path = operation.path.to_owned();
    let mut query = Vec::new();
    let spoilt = (!fits && !operation.parameters.is_empty())
        .then(|| sampler.chance.one_of(&operation.parameters)["name"].as_str().unwrap_or_default().to_owned());
    for parameter in &operation.parameters {
        let name = parameter["name"].as_str().expect("a parameter's name");
        let value = if spoilt.as_deref() == Some(name) {
            // An empty segment is another address, not a wrong one.
            let strange = if parameter["in"] == "path" { &STRANGE[1..] } else { &STRANGE[..] };
            json!(*sampler.chance.one_of(strange))
        } else {
            sampler.fitting(name, &parameter["schema"], 0)
        };
        match parameter["in"].as_str() {
            Some("path") => path = path.replace(&format!("{{{name}}}"), &encoded(&value)),
            Some("query") if parameter["required"] == true || sampler.chance.between(0, 2) > 0 => {
                query.push(format!("{name}={}", encoded(&value)));
            }
            _ => {}
        }
    }
    assert!(!path.contains('{'), "{}: a segment is not declared as parameter", operation.path);
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}

async fn call(actor: &Actor, sampler: &mut Sampler<'_>, operation: &Operation<'_>, fits: bool) -> (String, Answer) {
    let target = address(sampler, operation, fits);
    let mut request = actor.requests(operation.method.clone(), &target);
    let body = sampler.document.follow(&operation.declared["requestBody"]);
    if let Some(schema) = body.pointer("/content/application~1json/schema") {
        let sent = if fits { sampler.fitting("", schema, 0) } else { sampler.spoilt(schema) };
        request = request.json(&sent);
    } else if body.pointer("/content/multipart~1form-data").is_some() {
        let content = if fits { cunshi_tests::photo([1, 2, 3]) } else { b"nothing".to_vec() };
        let part = reqwest::multipart::Part::bytes(content).file_name("photo.jpg");
        request = request.multipart(reqwest::multipart::Form::new().part(if fits { "file" } else { "fil" }, part));
    }
    let answer = request.send().await.expect("the server answers");
    (target, Answer::of(answer).await.expect("a whole answer"))
}

/// What of an answer is outside the document.
fn outside(document: &Document, operation: &Operation<'_>, answer: &Answer) -> Option<String> {
    let status = answer.status.as_u16();
    let Some(declared) = document.response(operation, status) else {
        return Some(format!("{status} is not declared: {:#}", answer.body));
    };
    let Some(content) = declared["content"].as_object() else {
        return (!answer.body.is_null())
            .then(|| format!("{status} has a body that is not declared: {:#}", answer.body));
    };
    let Some(media) = content.get(&answer.media_type).or_else(|| content.get("*/*")) else {
        return Some(format!("{status} comes as `{}`, which is not declared", answer.media_type));
    };
    let schema = media.get("schema")?;
    if !answer.media_type.ends_with("json") {
        return None;
    }
    let validator = document.validator(schema);
    let errors: Vec<_> =
        validator.iter_errors(&answer.body).map(|error| format!("{}: {error}", error.instance_path())).collect();
    (!errors.is_empty()).then(|| format!("{status} does not fit its schema: {}\n{:#}", errors.join("; "), answer.body))
}

async fn document(actor: &Actor) -> Document {
    let whole = actor.api_at(Method::GET, "/api/v1/openapi.json", None).await.is(200).body;
    assert!(whole["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")), "{}", whole["openapi"]);
    Document { whole }
}

#[tokio::test]
async fn no_answer_is_outside_the_document() {
    let district = District::with("2026-09-02 08:14", &["issues", "points"]).await;
    let tianfu = district.tianfu();
    let lin = tianfu.villager("林秀英").await;
    let jian = tianfu.cadre("简书记").await;
    let admin = tianfu.admin("管理员").await;
    let (one, two) = (reported(&lin, "路灯不亮").await, reported(&lin, "水管漏水").await);
    adopted(&lin, &jian, "井盖破了").await;
    district.works().await;
    let goods = tianfu.sells(&jian, "毛巾", "0.1", 600, 50).await.as_str().unwrap_or_default().to_owned();
    let award = lin.claims("neighbour-help", "帮李婆婆挑水").await.as_str().unwrap_or_default().to_owned();
    let known = BTreeMap::from([
        ("village", vec![tianfu.code().to_owned()]),
        ("plugin", vec!["issues".to_owned()]),
        ("id", vec![one.clone(), two.clone(), award.clone(), goods.clone()]),
        ("award", vec![award]),
        ("goods", vec![goods]),
        ("item", vec!["neighbour-help".to_owned(), "littering".to_owned()]),
        ("day", vec!["2026-09-02".to_owned()]),
        ("case", vec![one.clone(), two.clone()]),
        ("into", vec!["2026-0002".to_owned(), two]),
        ("number", vec!["2026-0001".to_owned()]),
        ("hook", vec!["issues.deadline".to_owned(), "points.redeem".to_owned()]),
        ("version", vec!["1".to_owned()]),
    ]);
    let document = document(&lin).await;
    let mut sampler = Sampler { document: &document, known: &known, chance: Chance::from(3) };

    let mut wrong = Vec::new();
    let mut succeeded = BTreeMap::new();
    for operation in document.operations() {
        let name = format!("{} {}", operation.method, operation.path);
        succeeded.entry(name.clone()).or_insert(0_usize);
        for actor in [&lin, &jian, &admin, &tianfu.visitor()] {
            for nth in 0..CALLS {
                let (target, answer) = call(actor, &mut sampler, &operation, nth % 2 == 0).await;
                if answer.status.is_success() {
                    *succeeded.entry(name.clone()).or_default() += 1;
                }
                let broken =
                    (answer.status == 500).then(|| format!("500 for any input is a mistake: {:#}", answer.body));
                if let Some(what) = broken.or_else(|| outside(&document, &operation, &answer)) {
                    wrong.push(format!("{} {target} by {}: {what}", operation.method, actor.name));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} answers are outside the document, such as:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(8)].join("\n")
    );
    for plain in [
        "GET /api/v1/villages",
        "GET /api/v1/villages/{village}",
        "GET /api/v1/villages/{village}/rules",
        "GET /api/v1/villages/{village}/rules/{hook}",
        "POST /api/v1/villages/{village}/rules/{hook}/check",
        "POST /api/v1/villages/{village}/rules/{hook}/versions",
    ] {
        assert!(succeeded.get(plain).is_some_and(|times| *times > 0), "{plain} never succeeded: {succeeded:#?}");
    }
    let some = succeeded.values().filter(|times| **times > 0).count();
    assert!(some * 2 > succeeded.len(), "most operations never succeeded: {succeeded:#?}");
}

async fn reported(actor: &Actor, title: &str) -> String {
    let result = actor.does("issues", "report", json!({ "title": title, "category": "other" })).await.result();
    result["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn everything_that_the_router_has_for_programs_is_in_the_document() {
    let district = District::with("2026-09-02 08:14", &["issues", "points"]).await;
    let visitor = district.tianfu().visitor();
    let document = document(&visitor).await;
    let operations = document.operations();
    let shape = |path: &str| {
        path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect::<Vec<_>>().join("/")
    };
    for route in cunshi_web::routes() {
        let (method, path) = (route.method, route.path);
        if !path.starts_with("/api/") || path == "/api/v1/openapi.json" {
            continue;
        }
        // A plugin's own routes are listed one by one, as its manifest declares them.
        let fits = |operation: &Operation<'_>| {
            let (ours, theirs) = (shape(path), shape(operation.path));
            let parts: Vec<_> = ours.split('/').collect();
            let found: Vec<_> = theirs.split('/').collect();
            let tail = path.contains("{*");
            (parts.len() == found.len() || (tail && found.len() >= parts.len()))
                && parts.iter().zip(&found).all(|(ours, theirs)| ours == theirs || *ours == "{}")
        };
        let listed = operations.iter().any(|operation| operation.method.as_str() == method && fits(operation));
        assert!(listed, "{method} {path} is not in the document");
    }
    let releases = district.runtime.releases();
    let actions = releases.iter().flat_map(|release| {
        let plugin = &release.manifest.name;
        release.manifest.actions.iter().map(move |action| (format!("/{plugin}/a/{}", action.name), action))
    });
    for (ends, action) in actions {
        let operation = operations.iter().find(|operation| operation.path.ends_with(&ends));
        let operation = operation.unwrap_or_else(|| panic!("{ends} is not in the document"));
        let body = document.follow(&operation.declared["requestBody"]);
        let schema = document.follow(&body["content"]["application/json"]["schema"]);
        for field in &action.fields {
            assert!(schema["properties"].get(&field.name).is_some(), "{ends} does not list {}", field.name);
        }
    }
}
