//! Read receipts: who of the village has opened a page that asks for it, counted once, by eyes only.

mod common;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use common::{START, Site, request};
use cunshi_model::Role;
use cunshi_runtime::testing::guest::manifest;
use cunshi_runtime::testing::{Guest, Step};
use cunshi_web::{PasswordCost, Web, WebOptions};
use serde_json::{Value, json};

const PAGE: &str = "/v/510303108001/notes/note/n1";
const TREE: &str = "/api/v1/villages/510303108001/notes/p/note/n1";

/// Notes that may be read, each with a receipt; the query tells who has seen the first.
fn notes(name: &str, page: Step) -> Guest {
    let mut declared = manifest(name);
    declared["uses"]["people"] = json!("names");
    let id = json!({ "name": "id", "kind": "reference", "required": true });
    let note = json!({ "name": "note", "route": "note/{id}", "who": "anyone", "seen": true, "params": [id] });
    declared["page"] = json!([{ "name": "board", "route": "", "who": "anyone" }, note]);
    let asks = [Step::Ask("people", "seen", vec!["n1".to_owned()]), Step::AnswerText];
    Guest::new(declared).on("pages", [page]).on("queries", asks)
}

async fn seen(site: &Site, plugin: &str, village: &str) -> Value {
    site.web.caught_up().await;
    let answer = site.get(&format!("/api/v1/villages/{village}/{plugin}/q/all")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()["result"].clone()
}

#[tokio::test]
async fn a_page_is_seen_once_by_people_of_the_village() {
    let site = Site::new().await;
    site.install(notes("notes", Step::Answer(json!({ "title": "通知" }).to_string()))).await;
    site.install(notes("others", Step::Answer(json!({ "title": "别的" }).to_string()))).await;
    let lin = site.person(&site.village, "林秀英", "13890010001", &[Role::Member]).await;
    let jian = site.person(&site.village, "简书记", "13890010002", &[Role::Admin]).await;
    site.person(&site.village, "镇干部", "13890010003", &[Role::Officer]).await;
    site.person(&site.other, "外村人", "13890010004", &[Role::Member]).await;
    let mut tokens = Vec::new();
    for phone in ["13890010001", "13890010002", "13890010003", "13890010004"] {
        tokens.push(site.token(phone).await);
    }
    let [lin_s, jian_s, officer_s, stranger_s] = &tokens[..] else { panic!("four tokens") };

    // None of these is somebody of the village who reads.
    assert_eq!(site.get(PAGE).await.status, StatusCode::OK);
    for token in [officer_s, stranger_s] {
        assert_eq!(site.get_as(PAGE, Some(token)).await.status, StatusCode::OK);
    }
    let head = request(Method::HEAD, PAGE, Some(lin_s)).body(Body::empty()).unwrap();
    assert_eq!(site.send(head).await.status, StatusCode::OK);
    for (name, value) in [("sec-purpose", "prefetch;prerender"), ("purpose", "prefetch"), ("x-moz", "prefetch")] {
        let ahead = request(Method::GET, PAGE, Some(lin_s)).header(name, value).body(Body::empty()).unwrap();
        assert_eq!(site.send(ahead).await.status, StatusCode::OK);
    }
    assert_eq!(site.get_as("/v/510303108001/notes", Some(lin_s)).await.status, StatusCode::OK, "asks for no receipt");
    assert_eq!(seen(&site, "notes", "510303108001").await, json!([]));

    // She reads it on a page, he through the API; reading it again changes nothing.
    assert_eq!(site.get_as(PAGE, Some(lin_s)).await.status, StatusCode::OK);
    site.clock.advance(60_000_000);
    assert_eq!(site.get_as(TREE, Some(jian_s)).await.status, StatusCode::OK);
    assert_eq!(site.get_as(PAGE, Some(lin_s)).await.status, StatusCode::OK);
    let both = json!([
        { "person": lin.to_string(), "at": START },
        { "person": jian.to_string(), "at": START + 60_000_000 },
    ]);
    assert_eq!(seen(&site, "notes", "510303108001").await, both);
    // Another plugin learns nothing of it, nor does another village.
    assert_eq!(seen(&site, "others", "510303108001").await, json!([]));
    assert_eq!(seen(&site, "notes", "510303106209").await, json!([]));

    // A host that has just started knows it from the file.
    let folder = tempfile::tempdir().unwrap();
    let mut options = WebOptions::new(folder.path());
    options.secure_cookies = false;
    options.passwords = PasswordCost::DEMO;
    let again = Web::new(options, site.store.clone(), site.runtime.clone(), std::sync::Arc::new(site.clock.clone()));
    let mut site = site;
    site.web = again.unwrap();
    site.router = site.web.router().unwrap();
    let revision = site.store.space(site.village.id).await.unwrap().revision().await.unwrap();
    site.clock.advance(60_000_000);
    assert_eq!(site.get_as(PAGE, Some(lin_s)).await.status, StatusCode::OK);
    assert_eq!(seen(&site, "notes", "510303108001").await, both);
    assert_eq!(site.store.space(site.village.id).await.unwrap().revision().await.unwrap(), revision);
}

#[tokio::test]
async fn a_page_that_is_not_given_is_not_seen() {
    let site = Site::new().await;
    site.install(notes("notes", Step::Fail("missing", String::new()))).await;
    site.person(&site.village, "林秀英", "13890010001", &[Role::Member]).await;
    let token = site.token("13890010001").await;
    assert_eq!(site.get_as(PAGE, Some(&token)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get_as(TREE, Some(&token)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(seen(&site, "notes", "510303108001").await, json!([]));
}
