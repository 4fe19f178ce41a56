//! Somebody who uses the platform: with a browser without JavaScript, and with the JSON API.

use cunshi_model::PersonId;
use reqwest::{Client, Method, RequestBuilder, multipart};
use serde_json::{Map, Value, json};

use crate::{Answer, Page};

/// A person, or a visitor, at one village's door.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Their name; empty for visitors.
    pub name: String,
    /// Their id in the platform; none for visitors.
    pub person: Option<PersonId>,
    /// Their telephone.
    pub phone: String,
    /// The code of the village whose addresses they use.
    pub code: String,
    pub(crate) base: String,
    pub(crate) browser: Client,
    pub(crate) program: Client,
    pub(crate) token: Option<String>,
}

/// The password of everybody in the tests.
pub const PASSWORD: &str = "黄桷树-2026";

impl Actor {
    /// The same person at another village's addresses.
    #[must_use]
    pub fn at(&self, code: &str) -> Self {
        Self { code: code.to_owned(), ..self.clone() }
    }

    /// The same person at another server over the same data, such as `http://127.0.0.1:8080`.
    #[must_use]
    pub fn through(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.clone() }
    }

    /// A request of their browser, with its cookies, to any address: for what no form sends.
    pub fn browses(&self, method: Method, path: &str) -> RequestBuilder {
        self.browser.request(method, format!("{}{path}", self.base))
    }

    /// A request of their program, with its token, to any address: for what no decent program sends.
    pub fn requests(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.program.request(method, format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Opens a page below the village, such as `issues/new`.
    pub async fn opens(&self, path: &str) -> Page {
        let path = if path.is_empty() { format!("/v/{}", self.code) } else { format!("/v/{}/{path}", self.code) };
        self.gets(&path).await
    }

    /// Opens any address of the platform.
    pub async fn gets(&self, path: &str) -> Page {
        let answer = self.browses(Method::GET, path).send().await.expect("the server answers");
        Page::of(answer).await
    }

    /// Turns their browser to English, as the link below every page does.
    pub async fn reads_english(&self) {
        let form = [("lang", "en"), ("back", "/")];
        let answer = self.browses(Method::POST, "/preferences").form(&form).send().await.expect("the server answers");
        assert!(answer.status().is_success(), "{}", answer.status());
    }

    /// Opens a page, fills its form for an action, sends it, and follows to where it leads.
    pub async fn fills(&self, path: &str, action: &str, fields: Value) -> Page {
        let page = self.opens(path).await;
        self.sends(&page, action, fields).await
    }

    /// Sends the form of an open page with some fields filled in.
    pub async fn sends(&self, page: &Page, action: &str, fields: Value) -> Page {
        let mut form = page.form(action);
        let target = action_address(page, action);
        merge(&mut form, fields);
        let pairs = pairs(&form);
        let answer = self.browses(Method::POST, &target).form(&pairs).send().await;
        Page::of(answer.expect("the server answers")).await
    }

    /// Sends the form of an open page with photos, as multipart.
    pub async fn sends_photos(
        &self,
        page: &Page,
        action: &str,
        fields: Value,
        field: &str,
        photos: Vec<Vec<u8>>,
    ) -> Page {
        let photos = photos.into_iter().map(|photo| ("photo.jpg", photo)).collect();
        self.sends_files(page, action, fields, field, photos).await
    }

    /// Sends the form of an open page with files, each with its name, as multipart.
    pub async fn sends_files(
        &self,
        page: &Page,
        action: &str,
        fields: Value,
        field: &str,
        files: Vec<(&str, Vec<u8>)>,
    ) -> Page {
        let mut form = page.form(action);
        let target = action_address(page, action);
        merge(&mut form, fields);
        let mut body = multipart::Form::new();
        for (name, value) in pairs(&form) {
            body = body.text(name, value);
        }
        for (name, bytes) in files {
            // What it is the platform finds out by itself.
            let said = match name.rsplit_once('.') {
                Some((_, "jpg")) => "image/jpeg",
                _ => "application/octet-stream",
            };
            let part = multipart::Part::bytes(bytes).file_name(name.to_owned()).mime_str(said).expect("a media type");
            body = body.part(field.to_owned(), part);
        }
        let answer = self.browses(Method::POST, &target).multipart(body).send().await;
        Page::of(answer.expect("the server answers")).await
    }

    /// An action through the JSON API.
    pub async fn does(&self, plugin: &str, action: &str, fields: Value) -> Answer {
        self.api(Method::POST, &format!("{plugin}/a/{action}"), Some(fields)).await
    }

    /// An action through the JSON API under an idempotency key; an error when the server did not answer to the end.
    pub async fn does_once(&self, plugin: &str, action: &str, key: &str, fields: &Value) -> reqwest::Result<Answer> {
        let path = format!("/api/v1/villages/{}/{plugin}/a/{action}", self.code);
        let request = self.requests(Method::POST, &path).header("Idempotency-Key", key).json(fields);
        Answer::of(request.send().await?).await
    }

    /// The same, again and again while the server is busy; its result, or none when the server went away before.
    pub async fn does_surely(&self, plugin: &str, action: &str, key: &str, fields: &Value) -> Option<Value> {
        loop {
            let answer = self.does_once(plugin, action, key, fields).await.ok()?;
            if answer.status != 503 {
                return Some(answer.result());
            }
        }
    }

    /// A query through the JSON API; `query` is such as `state=open`.
    pub async fn asks(&self, plugin: &str, name: &str, query: &str) -> Answer {
        self.api(Method::GET, &format!("{plugin}/q/{name}?{query}"), None).await
    }

    /// A page's view tree through the JSON API.
    pub async fn tree(&self, plugin: &str, route: &str) -> Answer {
        self.api(Method::GET, &format!("{plugin}/p/{route}"), None).await
    }

    /// What their inbox tells, the newest first.
    pub async fn told(&self) -> Vec<String> {
        let inbox = self.api(Method::GET, "messages?limit=100", None).await.is(200).body;
        let messages = inbox["messages"].as_array().expect("messages");
        messages.iter().map(|message| message["title"].as_str().expect("a title").to_owned()).collect()
    }

    /// Any address below `/api/v1/villages/{village}/`.
    pub async fn api(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.api_at(method, &format!("/api/v1/villages/{}/{path}", self.code), body).await
    }

    /// Any address of the JSON API.
    pub async fn api_at(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let mut request = self.requests(method, path);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.expect("the server answers");
        Answer::of(answer).await.expect("a whole answer")
    }

    pub(crate) async fn signs_in(&mut self) {
        let browser = self.browser.clone();
        let form = [("phone", self.phone.as_str()), ("password", PASSWORD)];
        let address = format!("{}/v/{}/sign-in", self.base, self.code);
        let answer = browser.post(address).form(&form).send().await.expect("the server answers");
        assert!(answer.status().is_success(), "{} cannot sign in: {}", self.name, answer.status());
        let body = json!({ "village": self.code, "phone": self.phone, "password": PASSWORD });
        let answer = self.api_at(Method::POST, "/api/v1/session", Some(body)).await;
        assert!(answer.status.is_success(), "{} cannot sign in: {:#}", self.name, answer.body);
        self.token = answer.body["token"].as_str().map(str::to_owned);
        assert!(self.token.is_some(), "no token: {:#}", answer.body);
    }
}

#[track_caller]
fn action_address(page: &Page, action: &str) -> String {
    let ends = format!("/a/{action}");
    // A page that a form comes back on has the same address in other places too.
    let mut addresses = page.html.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let found = addresses.find(|address| address.ends_with(&ends));
    found.unwrap_or_else(|| panic!("{} has no form for {action}:\n{}", page.path, page.text())).to_owned()
}

fn merge(form: &mut Map<String, Value>, fields: Value) {
    if let Value::Object(fields) = fields {
        form.extend(fields);
    }
}

fn pairs(form: &Map<String, Value>) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (name, value) in form {
        match value {
            Value::String(text) => pairs.push((name.clone(), text.clone())),
            Value::Array(values) => {
                pairs.extend(values.iter().map(|v| (name.clone(), v.as_str().unwrap_or_default().to_owned())));
            }
            Value::Null => {}
            other => pairs.push((name.clone(), other.to_string())),
        }
    }
    pairs
}
