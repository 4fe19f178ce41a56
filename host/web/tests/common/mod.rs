//! A small district over HTTP, in process: one town, two villages, no plugins.
#![allow(dead_code, reason = "each test file uses its part")]
#![expect(clippy::unwrap_used, reason = "a harness that fails should say where")]

pub mod rules;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use cunshi_model::port::PluginState;
use cunshi_model::{Calendar, Clock, ManualClock, Member, PersonId, Role, Space, SpaceKind};
use cunshi_rules::Rules;
use cunshi_runtime::testing::Guest;
use cunshi_runtime::{Runtime, RuntimeOptions};
use cunshi_store::{NewAccount, Store, StoreOptions};
use cunshi_web::{PasswordCost, Web, WebOptions, hash_password};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

/// 2026-09-01 08:00 in China.
pub const START: i64 = 1_788_220_800_000_000;
/// The password of everybody.
pub const PASSWORD: &str = "huangjue shu";

pub struct Site {
    pub web: Web,
    pub router: Router,
    pub store: Store,
    pub runtime: Runtime,
    pub clock: ManualClock,
    pub district: Space,
    pub town: Space,
    pub village: Space,
    pub other: Space,
    folder: TempDir,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Site {
    pub async fn new() -> Self {
        Self::with(false).await
    }

    pub async fn with(secure: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = ManualClock::at(START);
        let shared: Arc<dyn Clock> = Arc::new(clock.clone());
        let options = StoreOptions { durable: false, ..StoreOptions::default() };
        let store = Store::open(folder.path(), options, Arc::clone(&shared)).await.unwrap();
        let put = async |code: &str, name: &str, kind, parent| {
            store.district().put_space(&code.parse().unwrap(), name, kind, parent).await.unwrap()
        };
        let district = put("510303", "贡井区", SpaceKind::District, None).await;
        let town = put("510303108", "成佳镇", SpaceKind::Town, Some(district.id)).await;
        let village = put("510303108001", "天府社区", SpaceKind::Community, Some(town.id)).await;
        let other = put("510303106209", "照石村", SpaceKind::Village, Some(town.id)).await;
        let rules = Arc::new(Rules::new());
        let runtime_options = RuntimeOptions { rules, ..RuntimeOptions::new(folder.path().join("compiled")) };
        let spaces = Arc::new(store.clone());
        let runtime = Runtime::new(runtime_options, spaces, Calendar::default(), Arc::clone(&shared)).unwrap();
        let mut options = WebOptions::new(folder.path().join("files"));
        options.secure_cookies = secure;
        options.passwords = PasswordCost::DEMO;
        let web = Web::new(options, store.clone(), runtime.clone(), shared).unwrap();
        let router = web.router().unwrap();
        Self { web, router, store, runtime, clock, district, town, village, other, folder }
    }

    /// A person of a space, who can sign in with [`PASSWORD`].
    pub async fn person(&self, space: &Space, name: &str, phone: &str, roles: &[Role]) -> PersonId {
        let hash = hash_password(PASSWORD, PasswordCost::DEMO).unwrap();
        let account =
            NewAccount { person: None, name: name.into(), phone: Some(phone.into()), password_hash: Some(hash) };
        let person = self.store.district().create_account(account).await.unwrap();
        let member =
            Member { person, name: name.into(), household: None, phone: Some(phone.into()), roles: roles.to_vec() };
        let handle = self.store.space(space.id).await.unwrap();
        handle.put_member(&member, None, START).await.unwrap();
        for role in roles {
            handle.grant(person, *role, false, None, START).await.unwrap();
        }
        person
    }

    /// Loads a guest and switches it on in both villages.
    pub async fn install(&self, guest: Guest) {
        let release = self.runtime.load(guest.build()).await.unwrap();
        for space in [&self.village, &self.other] {
            let handle = self.store.space(space.id).await.unwrap();
            let on = PluginState { on: true, pinned: None };
            handle.set_plugin(release.name(), &on, &[], None, START).await.unwrap();
        }
    }

    /// Signs in by the API; the token.
    pub async fn token(&self, phone: &str) -> String {
        let body = serde_json::json!({ "phone": phone, "password": PASSWORD });
        let answer = self.post_json("/api/v1/session", &body, None).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()["token"].as_str().unwrap().to_owned()
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.get_as(path, None).await
    }

    /// With a session's token in the cookie.
    pub async fn get_as(&self, path: &str, token: Option<&str>) -> Answer {
        self.send(request(Method::GET, path, token).body(Body::empty()).unwrap()).await
    }

    pub async fn post_form(&self, path: &str, pairs: &[(&str, &str)], token: Option<&str>) -> Answer {
        let request = request(Method::POST, path, token).header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(encode(pairs))).unwrap()).await
    }

    pub async fn post_json(&self, path: &str, body: &Value, token: Option<&str>) -> Answer {
        let request = request(Method::POST, path, token).header("content-type", "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// One file under `file`, as the API takes it.
    pub async fn upload(&self, path: &str, name: &str, content: &[u8], token: Option<&str>) -> Answer {
        let head = format!("--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        let body = [head.as_bytes(), content, b"\r\n--cut--\r\n"].concat();
        let request = request(Method::POST, path, token).header("content-type", "multipart/form-data; boundary=cut");
        self.send(request.body(Body::from(body)).unwrap()).await
    }
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The value of a cookie that the answer sets.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let lines = self.headers.get_all("set-cookie").into_iter().map(|line| line.to_str().unwrap());
        let found = lines.filter_map(|line| line.split(';').next()?.split_once('=')).find(|(found, _)| *found == name);
        found.map(|(_, value)| value.to_owned())
    }
}

pub fn request(method: Method, path: &str, token: Option<&str>) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(path).header("host", "cunshi.example");
    match token {
        Some(token) => request.header("cookie", format!("cunshi={token}")),
        None => request,
    }
}

fn encode(pairs: &[(&str, &str)]) -> String {
    let part = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    pairs.iter().map(|(name, value)| format!("{}={}", part(name), part(value))).collect::<Vec<_>>().join("&")
}
