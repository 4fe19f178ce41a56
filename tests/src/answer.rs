//! What comes back: pages as people see them, answers as programs do.

use reqwest::header::CONTENT_TYPE;
use reqwest::{Response, StatusCode};
use scraper::{ElementRef, Html, Selector};
use serde_json::{Map, Value};

use crate::Actor;

/// An answer of the JSON API.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The media type, without parameters; empty when none was given.
    pub media_type: String,
    /// The body; null when it was empty, a string when it is no JSON.
    pub body: Value,
}

impl Answer {
    /// Reads an answer to its end.
    pub async fn of(answer: Response) -> reqwest::Result<Self> {
        let status = answer.status();
        let media_type = answer.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim().to_owned();
        let text = answer.text().await?;
        let body =
            if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap_or(Value::String(text)) };
        Ok(Self { status, media_type, body })
    }

    /// The `result` of a call that must have succeeded.
    #[track_caller]
    pub fn result(self) -> Value {
        assert!(self.status.is_success(), "{}: {:#}", self.status, self.body);
        self.body.get("result").cloned().unwrap_or_default()
    }

    /// Asserts the status and gives the answer back.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{:#}", self.body);
        self
    }

    /// Asserts that neither somebody's name nor their telephone is in it and gives the answer back.
    #[track_caller]
    pub fn never_tells_of(self, person: &Actor) -> Self {
        let told = self.body.to_string();
        assert!(!told.contains(&person.name) && !told.contains(&person.phone), "{}: {:#}", person.name, self.body);
        self
    }

    /// The message for a field in a 422.
    #[track_caller]
    pub fn error_of(&self, field: &str) -> String {
        let errors = self.body["errors"].as_array().cloned().unwrap_or_default();
        let found = errors.iter().find(|error| error["field"] == field);
        found
            .and_then(|error| error["message"].as_str())
            .unwrap_or_else(|| panic!("no error for {field}: {:#}", self.body))
            .to_owned()
    }
}

/// A page in a browser without JavaScript.
#[derive(Debug)]
pub struct Page {
    /// The status of the last answer, after redirects.
    pub status: StatusCode,
    /// The address in the end, path and query.
    pub path: String,
    /// The source.
    pub html: String,
}

impl Page {
    /// Reads a page to its end.
    pub async fn of(answer: Response) -> Self {
        let status = answer.status();
        let path = match answer.url().query() {
            Some(query) => format!("{}?{query}", answer.url().path()),
            None => answer.url().path().to_owned(),
        };
        let html = answer.text().await.expect("a body");
        Self { status, path, html }
    }

    /// Asserts the status and gives the page back.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.path, self.text());
        self
    }

    /// Asserts that a reader sees these words and gives the page back.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.text().contains(words), "{} does not say `{words}`:\n{}", self.path, self.text());
        self
    }

    /// Asserts that a reader does not see these words and gives the page back.
    #[track_caller]
    pub fn never_says(self, words: &str) -> Self {
        assert!(!self.text().contains(words), "{} says `{words}`:\n{}", self.path, self.text());
        self
    }

    /// Asserts that neither somebody's name nor their telephone is anywhere in its source and gives the page back.
    #[track_caller]
    pub fn never_tells_of(self, person: &Actor) -> Self {
        let told = self.html.contains(&person.name) || self.html.contains(&person.phone);
        assert!(!told, "{} tells of {}:\n{}", self.path, person.name, self.text());
        self
    }

    /// Asserts that it is told in English: what is left in Chinese are these words of people and places, and the way to
    /// the other language. Gives the page back.
    #[track_caller]
    pub fn is_english(self, but: &[&str]) -> Self {
        let mut words = but.to_vec();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let text = words.into_iter().fold(self.text(), |text, word| text.replace(word, ""));
        let chinese =
            |c: char| matches!(c, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
        let told = |line: &&str| !["中文", "中"].contains(line) && line.contains(chinese);
        let left: Vec<&str> = text.lines().filter(told).collect();
        assert!(left.is_empty(), "{} says in Chinese {left:?}:\n{}", self.path, self.text());
        self
    }

    /// All words of the page's body, one line per text.
    pub fn text(&self) -> String {
        let html = Html::parse_document(&self.html);
        let body = Selector::parse("body").expect("a selector");
        let lines = html.select(&body).flat_map(|body| body.text().collect::<Vec<_>>());
        lines.map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// The form that posts to an action, with everything that it would send untouched.
    #[track_caller]
    pub fn form(&self, action: &str) -> Map<String, Value> {
        let html = Html::parse_document(&self.html);
        let forms = Selector::parse("form").expect("a selector");
        let ends = format!("/a/{action}");
        let form = html
            .select(&forms)
            .find(|form| form.attr("action").is_some_and(|to| to.ends_with(&ends)))
            .unwrap_or_else(|| panic!("{} has no form for {action}:\n{}", self.path, self.text()));
        filled(form)
    }

    /// The id at the end of its address: of the thing that it is about.
    #[track_caller]
    pub fn id(&self) -> String {
        let path = self.path.split('?').next().unwrap_or_default();
        let id = path.rsplit('/').next().filter(|last| last.len() == 36);
        id.unwrap_or_else(|| panic!("{} is about nothing:\n{}", self.path, self.text())).to_owned()
    }

    /// The cells of the first row of a table in which one says just this.
    #[track_caller]
    pub fn row(&self, cell: &str) -> Vec<String> {
        let html = Html::parse_document(&self.html);
        let [rows, cells] = ["tr", "th, td"].map(|css| Selector::parse(css).expect("a selector"));
        let said = |cell: ElementRef<'_>| cell.text().map(str::trim).collect::<String>();
        let mut rows = html.select(&rows).map(|row| row.select(&cells).map(said).collect::<Vec<_>>());
        let found = rows.find(|row| row.iter().any(|said| said == cell));
        found.unwrap_or_else(|| panic!("{} has no row of `{cell}`:\n{}", self.path, self.text()))
    }

    /// Whether the page has a form or button for an action.
    pub fn offers(&self, action: &str) -> bool {
        self.html.contains(&format!("/a/{action}\""))
    }
}

fn filled(form: ElementRef<'_>) -> Map<String, Value> {
    let inputs = Selector::parse("input[name], textarea[name], select[name]").expect("a selector");
    let selected = Selector::parse("option[selected]").expect("a selector");
    let mut values = Map::new();
    for input in form.select(&inputs) {
        let name = input.attr("name").unwrap_or_default().to_owned();
        let kind = input.attr("type").unwrap_or_default();
        let value = match (input.value().name(), kind) {
            ("input", "file" | "submit") => continue,
            ("input", "radio" | "checkbox") if input.attr("checked").is_none() => continue,
            ("input", _) => input.attr("value").unwrap_or_default().to_owned(),
            ("select", _) => match input.select(&selected).next() {
                Some(option) => option.attr("value").unwrap_or_default().to_owned(),
                None => continue,
            },
            _ => input.text().collect(),
        };
        values.insert(name, Value::String(value));
    }
    values
}
