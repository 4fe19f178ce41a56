//! Problem documents: one per kind of refusal that the host itself can give.
#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use common::{Answer, PASSWORD, Site, request};
use cunshi_model::Role;
use serde_json::{Value, json};

const SESSION: &str = "/api/v1/session";

async fn sent(site: &Site, kind: &str, body: &'static str, lang: &str) -> Answer {
    let request = request(Method::POST, SESSION, None).header("content-type", kind).header("accept-language", lang);
    site.send(request.body(Body::from(body)).unwrap()).await
}

/// Status and body, for the snapshot.
fn document(answer: &Answer) -> Value {
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.json()["status"], answer.status.as_u16());
    answer.json()
}

#[tokio::test]
async fn each_refusal_says_what_to_do_in_the_reader_s_language() {
    let site = Site::new().await;
    let mut all = serde_json::Map::new();
    for lang in ["zh", "en"] {
        let mut note = |name: &str, answer: Answer| all.insert(format!("{name} {lang}"), document(&answer));
        note("wrong fields", sent(&site, "application/json", r#"{"phone": 1, "colour": "red"}"#, lang).await);
        note("another type", sent(&site, "text/plain", "hello", lang).await);
        note("no object", sent(&site, "application/json", "[]", lang).await);
        note("not there", site.get(&format!("/api/v1/villages/1?lang={lang}")).await);
        note("sign in", site.get(&format!("{SESSION}?lang={lang}")).await);
        let patch = request(Method::PATCH, &format!("{SESSION}?lang={lang}"), None).body(Body::empty()).unwrap();
        note("method", site.send(patch).await);
    }
    insta::assert_json_snapshot!(all);
}

#[tokio::test]
async fn broken_json_is_400_and_says_where() {
    let site = Site::new().await;
    let answer = sent(&site, "application/json", "{\"phone\": }", "en").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.json()["detail"].as_str().unwrap().contains("line 1 column 11"), "{}", answer.text());
}

#[tokio::test]
async fn a_method_that_is_not_taken_is_told_which_are() {
    let site = Site::new().await;
    let answer = site.send(request(Method::PUT, SESSION, None).body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    for method in ["GET", "POST", "DELETE"] {
        assert!(answer.header("allow").contains(method), "{}", answer.header("allow"));
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_413_and_names_the_limit() {
    let site = Site::new().await;
    let large = format!("{{\"phone\": \"{}\"}}", "1".repeat(1_100_000));
    let json = request(Method::POST, &format!("{SESSION}?lang=en"), None).header("content-type", "application/json");
    let answer = site.send(json.body(Body::from(large)).unwrap()).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.json()["limit"], 1_048_576);
    assert_eq!(answer.json()["detail"], "Too large: at most 1 MB are taken.");

    site.person(&site.village, "林秀英", "13890010001", &[Role::Member]).await;
    let token = site.token("13890010001").await;
    let files = "/api/v1/villages/510303108001/files?lang=en";
    let one = site.upload(files, "a.jpg", &vec![0xff; 9 * 1024 * 1024], Some(&token)).await;
    assert_eq!((one.status, &one.json()["limit"]), (StatusCode::PAYLOAD_TOO_LARGE, &json!(8 * 1024 * 1024)));
    let all = site.upload(files, "a.jpg", &vec![0xff; 21 * 1024 * 1024], Some(&token)).await;
    assert_eq!((all.status, &all.json()["limit"]), (StatusCode::PAYLOAD_TOO_LARGE, &json!(20 * 1024 * 1024)));
}

#[tokio::test]
async fn a_stale_token_is_401_even_where_visitors_may_read() {
    let site = Site::new().await;
    let stale = request(Method::GET, "/api/v1/villages", None).header("authorization", "Bearer nonsense");
    let answer = site.send(stale.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let cookie = site.get_as("/api/v1/villages", Some("nonsense")).await;
    assert_eq!(cookie.status, StatusCode::OK, "a stale cookie makes a visitor");
}

#[tokio::test]
async fn the_description_covers_what_the_host_answers() {
    let site = Site::new().await;
    site.person(&site.village, "林秀英", "13890010001", &[Role::Member]).await;
    let api = site.get("/api/v1/openapi.json").await.json();
    assert_eq!(api["openapi"], "3.1.0");
    let credentials = json!({ "phone": "13890010001", "password": PASSWORD });
    let seen = [
        ("post", SESSION, site.post_json(SESSION, &credentials, None).await.status),
        ("post", SESSION, site.post_json(SESSION, &json!({}), None).await.status),
        ("get", SESSION, site.get(SESSION).await.status),
        ("get", "/api/v1/villages", site.get("/api/v1/villages").await.status),
    ];
    for (method, path, status) in seen {
        let answers = &api["paths"][path][method]["responses"];
        assert!(answers.get(status.as_str()).is_some(), "{method} {path} answered {status}");
    }
}
