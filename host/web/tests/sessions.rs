//! Signing in and out, and those who only try to.

mod common;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use common::{PASSWORD, Site, request};
use cunshi_model::Role;
use cunshi_model::clock::{DAY, SECOND};
use serde_json::json;

const PHONE: &str = "13890010001";

#[tokio::test]
async fn a_villager_signs_in_on_a_page_and_out_again() {
    let site = Site::new().await;
    site.person(&site.village, "林秀英", PHONE, &[Role::Member]).await;
    let me = "/v/510303108001/me";

    let turned_away = site.get(me).await;
    assert_eq!(turned_away.status, StatusCode::SEE_OTHER);
    assert_eq!(turned_away.header("location"), "/v/510303108001/sign-in?next=%2Fv%2F510303108001%2Fme");

    let form = [("phone", "138 9001 0001"), ("password", PASSWORD), ("next", me)];
    let let_in = site.post_form("/v/510303108001/sign-in", &form, None).await;
    assert_eq!(let_in.status, StatusCode::SEE_OTHER, "{}", let_in.text());
    assert_eq!(let_in.header("location"), me);
    let token = let_in.cookie("cunshi").unwrap();
    assert!(let_in.header("set-cookie").contains("HttpOnly; SameSite=Lax"));

    let page = site.get_as(me, Some(&token)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert!(page.text().contains("林秀英"));
    assert_eq!(page.header("cache-control"), "private, no-store");

    let out = site.post_form("/v/510303108001/sign-out", &[], Some(&token)).await;
    assert_eq!(out.header("location"), "/v/510303108001");
    assert_eq!(site.get_as(me, Some(&token)).await.status, StatusCode::SEE_OTHER, "the old cookie opens nothing");
}

#[tokio::test]
async fn the_own_page_is_where_one_is_somebody() {
    let site = Site::new().await;
    site.person(&site.village, "林秀英", PHONE, &[Role::Member]).await;
    let elsewhere = "/v/510303106209/me";
    let turned_away = site.get(elsewhere).await;
    assert_eq!(turned_away.header("location"), "/v/510303106209/sign-in?next=%2Fv%2F510303106209%2Fme");
    let form = [("phone", PHONE), ("password", PASSWORD), ("next", elsewhere)];
    let let_in = site.post_form("/v/510303106209/sign-in", &form, None).await;
    assert_eq!(let_in.header("location"), "/v/510303108001", "home, where they are somebody");
    let token = let_in.cookie("cunshi").unwrap();
    assert_eq!(site.get_as(elsewhere, Some(&token)).await.status, StatusCode::NOT_FOUND);
    let form = [("password", PASSWORD), ("new", "another password")];
    let refused = site.post_form("/v/510303106209/me/password", &form, Some(&token)).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let visited = site.get_as("/v/510303106209", Some(&token)).await.text();
    assert!(!visited.contains(elsewhere) && visited.contains("/v/510303106209/sign-in"), "{visited}");
    assert_eq!(site.get_as("/v/510303108001/me", Some(&token)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn behind_https_the_cookie_is_for_this_host_alone() {
    let site = Site::with(true).await;
    site.person(&site.village, "林秀英", PHONE, &[Role::Member]).await;
    let form = [("phone", PHONE), ("password", PASSWORD)];
    let let_in = site.post_form("/v/510303108001/sign-in", &form, None).await;
    assert_eq!(let_in.header("location"), "/v/510303108001");
    let line = let_in.header("set-cookie");
    assert!(line.starts_with("__Host-cunshi=") && line.ends_with("; Secure") && !line.contains("Domain"), "{line}");
    assert_eq!(let_in.header("strict-transport-security"), "max-age=31536000");
}

#[tokio::test]
async fn wrong_password_and_unknown_telephone_get_the_same_answer() {
    let site = Site::new().await;
    site.person(&site.village, "林秀英", PHONE, &[Role::Member]).await;
    let mut answers = Vec::new();
    for phone in [PHONE, "13899999999"] {
        let form = [("phone", phone), ("password", "not this one")];
        let page = site.post_form("/v/510303108001/sign-in", &form, None).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED);
        assert!(page.cookie("cunshi").is_none());
        assert!(page.text().contains(phone), "what was typed is kept");
        assert!(!page.text().contains("not this one"), "but never the password");
        let body = json!({ "phone": phone, "password": "not this one" });
        answers.push(site.post_json("/api/v1/session", &body, None).await.json());
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0]["type"], "urn:cunshi:problem:credentials");
}

#[tokio::test]
async fn whoever_guesses_has_to_wait_and_the_neighbour_has_not() {
    let site = Site::new().await;
    site.person(&site.village, "林秀英", PHONE, &[Role::Member]).await;
    site.person(&site.village, "王建国", "13890010002", &[Role::Member]).await;
    let guess = json!({ "phone": PHONE, "password": "guess" });
    for _ in 0..5 {
        assert_eq!(site.post_json("/api/v1/session", &guess, None).await.status, StatusCode::UNAUTHORIZED);
    }
    let right = json!({ "phone": PHONE, "password": PASSWORD });
    let waiting = site.post_json("/api/v1/session", &right, None).await;
    assert_eq!(waiting.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(waiting.header("retry-after"), "30");
    site.token("13890010002").await;

    site.clock.advance(30 * SECOND);
    site.token(PHONE).await;
}

#[tokio::test]
async fn the_api_tells_who_is_signed_in_and_forgets_them_when_asked() {
    let site = Site::new().await;
    let person = site.person(&site.village, "简书记", PHONE, &[Role::Cadre]).await;
    let body = json!({ "village": "510303108001", "phone": PHONE, "password": PASSWORD });
    let opened = site.post_json("/api/v1/session", &body, None).await.json();
    assert_eq!(opened["roles"], json!(["member", "cadre"]));
    assert_eq!(opened["person"], json!({ "id": person, "name": "简书记" }));
    let bearer = format!("Bearer {}", opened["token"].as_str().unwrap());
    let ask = |method| request(method, "/api/v1/session", None).header("authorization", &bearer);

    let known = site.send(ask(Method::GET).body(Body::empty()).unwrap()).await;
    assert_eq!(known.json()["villages"][0]["code"], "510303108001");
    let gone = site.send(ask(Method::DELETE).body(Body::empty()).unwrap()).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    let after = site.send(ask(Method::GET).body(Body::empty()).unwrap()).await;
    assert_eq!(after.status, StatusCode::UNAUTHORIZED);
    assert_eq!(after.header("www-authenticate"), "Bearer");
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let site = Site::new().await;
    site.person(&site.village, "林秀英", PHONE, &[Role::Member]).await;
    let token = site.token(PHONE).await;
    site.clock.advance(29 * DAY);
    assert_eq!(site.get_as("/api/v1/session", Some(&token)).await.status, StatusCode::OK);
    site.clock.advance(31 * DAY);
    assert_eq!(site.get_as("/api/v1/session", Some(&token)).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_role_that_is_taken_away_is_gone_with_the_next_request() {
    let site = Site::new().await;
    let person = site.person(&site.village, "简书记", PHONE, &[Role::Cadre]).await;
    let token = site.token(PHONE).await;
    let people = "/v/510303108001/manage/people";
    assert_eq!(site.get_as(people, Some(&token)).await.status, StatusCode::OK);
    let handle = site.store.space(site.village.id).await.unwrap();
    handle.revoke(person, Role::Cadre, None, common::START).await.unwrap();
    assert_eq!(site.get_as(people, Some(&token)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nobody_is_led_to_another_site_after_signing_in() {
    let site = Site::new().await;
    site.person(&site.village, "林秀英", PHONE, &[Role::Member]).await;
    let form = [("phone", PHONE), ("password", PASSWORD), ("next", "//evil.example/")];
    let let_in = site.post_form("/sign-in", &form, None).await;
    assert_eq!(let_in.header("location"), "/v/510303108001", "their own village instead");
}

#[tokio::test]
async fn language_and_type_size_are_kept_for_visitors_and_people() {
    let site = Site::new().await;
    let chosen = site.post_form("/preferences", &[("lang", "en"), ("back", "/v/510303108001?lang=zh")], None).await;
    assert_eq!(chosen.header("location"), "/v/510303108001");
    assert_eq!(chosen.cookie("cunshi-lang").as_deref(), Some("en"));

    let person = site.person(&site.village, "林秀英", PHONE, &[Role::Member]).await;
    let token = site.token(PHONE).await;
    site.post_form("/preferences", &[("elder", "on"), ("back", "/")], Some(&token)).await;
    let account = site.store.district().account(person).await.unwrap().unwrap();
    assert!(account.elder);
    assert_eq!(account.lang, None, "what was not chosen stays open");
}
