//! What holds on every route: headers, refusals, and nothing for those who may not.

mod common;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use common::{PASSWORD, Site, request};
use cunshi_model::Role;
use cunshi_web::{RouteInfo, routes};

/// A path of a route in a village, with made-up names for the rest.
fn path_of(route: &RouteInfo, village: &str) -> String {
    let path = route.path.replace("{village}", village).replace("{*route}", "x/y");
    ["plugin", "action", "query", "id", "person", "delivery", "file"]
        .iter()
        .fold(path, |path, name| path.replace(&format!("{{{name}}}"), "nothing"))
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let site = Site::new().await;
    for route in routes() {
        let method: Method = route.method.parse().unwrap();
        let path = path_of(&route, "510303108001");
        let answer = site.send(request(method, &path, None).body(Body::empty()).unwrap()).await;
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'; "), "{route:?}");
        assert!(!answer.header("content-security-policy").contains("unsafe"), "{route:?}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{route:?}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{route:?}");
        assert!(!answer.header("permissions-policy").is_empty(), "{route:?}");
        assert!(!answer.header("x-request-id").is_empty(), "{route:?}");
        assert!(!answer.status.is_server_error(), "{route:?} answered {}", answer.status);
    }
}

#[tokio::test]
async fn no_form_of_another_site_gets_through_on_any_route() {
    let site = Site::new().await;
    site.person(&site.village, "林秀英", "13890010001", &[Role::Admin]).await;
    let token = site.token("13890010001").await;
    let mut writes = 0;
    for route in routes().into_iter().filter(|route| route.method != "GET") {
        writes += 1;
        for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example"), ("origin", "null")]
        {
            let path = path_of(&route, "510303108001");
            let request = request(route.method.parse().unwrap(), &path, Some(&token)).header(name, value);
            let answer = site.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{route:?} with {name}: {value}");
        }
    }
    assert!(writes > 10);
    assert_eq!(site.get_as("/api/v1/session", Some(&token)).await.status, StatusCode::OK, "nothing was done");
}

#[tokio::test]
async fn a_form_of_our_own_gets_through() {
    let site = Site::new().await;
    site.person(&site.village, "林秀英", "13890010001", &[Role::Member]).await;
    let form = format!("phone=13890010001&password={}", PASSWORD.replace(' ', "+"));
    let request = request(Method::POST, "/v/510303108001/sign-in", None)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", "http://cunshi.example")
        .header("sec-fetch-site", "same-origin");
    assert_eq!(site.send(request.body(Body::from(form)).unwrap()).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_console_is_not_there_for_villagers_of_either_village() {
    let site = Site::new().await;
    let target = site.person(&site.village, "王建国", "13890010009", &[Role::Member]).await;
    site.person(&site.village, "林秀英", "13890010001", &[Role::Member]).await;
    site.person(&site.other, "外村的管理员", "13890010002", &[Role::Admin]).await;
    for phone in ["13890010001", "13890010002"] {
        let token = site.token(phone).await;
        for route in routes().into_iter().filter(|route| route.path.contains("/manage/")) {
            let path = path_of(&route, "510303108001").replace("nothing", &target.to_string());
            let request = request(route.method.parse().unwrap(), &path, Some(&token))
                .header("content-type", "application/x-www-form-urlencoded");
            let answer = site.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{route:?}");
        }
        assert_eq!(site.get_as("/district", Some(&token)).await.status, StatusCode::NOT_FOUND);
    }
    let visitor = site.get("/v/510303108001/manage/people").await;
    assert_eq!(visitor.status, StatusCode::SEE_OTHER, "a visitor may be anybody");
}

#[tokio::test]
async fn what_is_not_there_is_404_for_people_and_programs() {
    let site = Site::new().await;
    for path in [
        "/v/510303999999",
        "/v/510303108001/points",
        "/v/510303108001/points/a/b/c",
        "/v/510303108001/files/0198f2a0-0000-7000-8000-000000000000",
        "/v/%FF%FE/x",
        "/nothing",
        "/assets/cunshi.css",
        "/api/v1/nothing",
        "/api/v1/villages/510303999999",
        "/api/v1/villages/510303108001/points/q/all",
        "/api/v1/villages/510303108001/points/p/x",
        "/api/v1/villages/%FF/points/p",
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        let kind = if path.starts_with("/api/") { "application/problem+json" } else { "text/html; charset=utf-8" };
        assert_eq!(answer.header("content-type"), kind, "{path}");
    }
    assert_eq!(site.get("/v/510303108001/").await.header("location"), "/v/510303108001");
}

#[tokio::test]
async fn a_public_page_is_kept_until_the_village_changes() {
    let site = Site::new().await;
    let first = site.get("/v/510303108001").await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text());
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"'), "a strong tag: {tag}");
    let again = |tag: &str| request(Method::GET, "/v/510303108001", None).header("if-none-match", tag);
    let known = site.send(again(&tag).body(Body::empty()).unwrap()).await;
    assert_eq!(known.status, StatusCode::NOT_MODIFIED);
    assert!(known.body.is_empty());

    let packed = request(Method::GET, "/v/510303108001", None).header("accept-encoding", "gzip");
    let packed = site.send(packed.body(Body::empty()).unwrap()).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert_ne!(packed.header("etag"), tag, "other bytes, another tag");
    assert!(packed.body.len() < first.body.len());

    let village = site.store.space(site.village.id).await.unwrap();
    village.set_office_phone(Some("0813-3300123")).await.unwrap();
    let changed = site.send(again(&tag).body(Body::empty()).unwrap()).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert!(changed.text().contains("0813-3300123"));

    site.person(&site.village, "林秀英", "13890010001", &[Role::Member]).await;
    let token = site.token("13890010001").await;
    let signed_in = site.get_as("/v/510303108001", Some(&token)).await;
    assert_eq!(signed_in.header("cache-control"), "private, no-store");
    assert_eq!(signed_in.header("etag"), "");
}

#[tokio::test]
async fn the_api_lists_the_villages_and_any_space_by_itself() {
    let site = Site::new().await;
    let list = site.get("/api/v1/villages").await.json();
    let codes: Vec<&str> = list["villages"].as_array().unwrap().iter().map(|v| v["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["510303106209", "510303108001"]);
    assert_eq!(list["villages"][1]["town"], serde_json::json!({ "code": "510303108000", "name": "成佳镇" }));
    let town = site.get("/api/v1/villages/510303108000").await.json();
    assert_eq!((&town["kind"], &town["above"]["name"]), (&"town".into(), &"贡井区".into()));
}

#[tokio::test]
async fn machines_are_answered_in_their_way() {
    let site = Site::new().await;
    assert_eq!(site.get("/healthz").await.text(), "ok\n");
    assert_eq!(site.get("/readyz").await.status, StatusCode::OK);
    site.get("/v/510303999999").await;
    let text = site.get("/metrics").await.text();
    assert!(text.contains("cunshi_requests_total{plugin=\"host\",outcome=\"not-found\"} 1\n"), "{text}");
}
