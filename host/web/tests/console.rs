//! The village's console: people, roles, passwords.

mod common;

use axum::http::StatusCode;
use common::Site;
use cunshi_model::Role;
use serde_json::json;

const PEOPLE: &str = "/v/510303108001/manage/people";

#[tokio::test]
async fn an_admin_adds_somebody_who_then_signs_in() {
    let site = Site::new().await;
    site.person(&site.village, "管理员", "13890010001", &[Role::Admin]).await;
    let token = site.token("13890010001").await;
    let form = [
        ("name", "林秀英"),
        ("phone", "138 9001 0002"),
        ("password", "first password"),
        ("household", ""),
        ("new_household", "林秀英"),
        ("group", "三组"),
        ("role", "supervisor"),
    ];
    let added = site.post_form(PEOPLE, &form, Some(&token)).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    let list = site.get_as(&format!("{PEOPLE}?q=林秀英"), Some(&token)).await.text();
    assert!(list.contains("三组") && list.contains("13890010002"));

    let body = json!({ "village": "510303108001", "phone": "13890010002", "password": "first password" });
    let opened = site.post_json("/api/v1/session", &body, None).await.json();
    assert_eq!(opened["roles"], json!(["member", "supervisor"]));
}

#[tokio::test]
async fn a_form_with_mistakes_comes_back_as_it_was_typed() {
    let site = Site::new().await;
    site.person(&site.village, "管理员", "13890010001", &[Role::Admin]).await;
    let token = site.token("13890010001").await;
    let form = [("name", ""), ("phone", "12"), ("password", "short"), ("group", "<三组>")];
    let refused = site.post_form(PEOPLE, &form, Some(&token)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text();
    assert!(page.contains("请填姓名。") && page.contains("电话号码不对。") && page.contains("密码至少要 8 个字符"));
    assert!(page.contains("&lt;三组&gt;"), "kept, and escaped");
    assert!(!page.contains("value=\"short\""), "a password is not sent back");
}

#[tokio::test]
async fn a_cadre_sets_a_villager_s_password_and_nobody_s_above() {
    let site = Site::new().await;
    let villager = site.person(&site.village, "林秀英", "13890010001", &[Role::Member]).await;
    let admin = site.person(&site.village, "管理员", "13890010002", &[Role::Admin]).await;
    site.person(&site.village, "简书记", "13890010003", &[Role::Cadre]).await;
    let (cadre, old) = (site.token("13890010003").await, site.token("13890010001").await);

    let reset = format!("{PEOPLE}/{villager}/password");
    let done = site.post_form(&reset, &[("new", "a new password")], Some(&cadre)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get_as("/api/v1/session", Some(&old)).await.status, StatusCode::UNAUTHORIZED, "signed out");
    let body = json!({ "phone": "13890010001", "password": "a new password" });
    assert_eq!(site.post_json("/api/v1/session", &body, None).await.status, StatusCode::OK);
    let audit = site.store.space(site.village.id).await.unwrap().audit_rows(None, 50).await.unwrap();
    let row = audit.iter().find(|row| row.action == "host/reset-password").unwrap();
    assert_eq!(row.subject, Some(villager.to_string()));
    assert!(row.actor.is_some());

    let above = site.post_form(&format!("{PEOPLE}/{admin}/password"), &[("new", "a new password")], Some(&cadre)).await;
    assert_eq!(above.status, StatusCode::NOT_FOUND);
    site.token("13890010002").await;
}

#[tokio::test]
async fn an_admin_does_not_take_over_people_of_another_village() {
    let site = Site::new().await;
    let stranger = site.person(&site.other, "外村人", "13890010005", &[Role::Member]).await;
    site.person(&site.village, "管理员", "13890010001", &[Role::Admin]).await;
    let token = site.token("13890010001").await;
    let added = site.post_form(PEOPLE, &[("name", "外村人"), ("phone", "13890010005")], Some(&token)).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "people may belong to two villages");
    let reset = format!("{PEOPLE}/{stranger}/password");
    let refused = site.post_form(&reset, &[("new", "my own password")], Some(&token)).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    site.token("13890010005").await;
}

#[tokio::test]
async fn roles_are_given_and_taken_but_the_last_hand_stays_on_the_key() {
    let site = Site::new().await;
    let villager = site.person(&site.village, "林秀英", "13890010001", &[Role::Member]).await;
    let admin = site.person(&site.village, "管理员", "13890010002", &[Role::Admin]).await;
    let token = site.token("13890010002").await;
    site.post_form(&format!("{PEOPLE}/{villager}/roles"), &[("role", "cadre")], Some(&token)).await;
    let standing = site.store.standing(villager, site.village.id).await.unwrap();
    assert!(standing.roles.has(Role::Cadre));
    site.post_form(&format!("{PEOPLE}/{villager}/roles"), &[], Some(&token)).await;
    assert!(!site.store.standing(villager, site.village.id).await.unwrap().roles.has(Role::Cadre));

    site.post_form(&format!("{PEOPLE}/{admin}/roles"), &[], Some(&token)).await;
    assert!(site.store.standing(admin, site.village.id).await.unwrap().roles.has(Role::Admin));
    let officer = site.post_form(&format!("{PEOPLE}/{villager}/roles"), &[("role", "officer")], Some(&token)).await;
    assert_eq!(officer.status, StatusCode::SEE_OTHER);
    assert!(!site.store.standing(villager, site.village.id).await.unwrap().roles.has(Role::Officer));
}

#[tokio::test]
async fn the_district_looks_at_all_villages_at_once() {
    let site = Site::new().await;
    let officer = site.person(&site.district, "区里干部", "13890010007", &[]).await;
    let root = site.store.space(site.district.id).await.unwrap();
    root.grant(officer, Role::Officer, true, None, common::START).await.unwrap();
    let token = site.token("13890010007").await;
    let page = site.get_as("/district", Some(&token)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert!(page.text().contains("天府社区") && page.text().contains("照石村"));
    let town = site.get_as("/v/510303108000/manage/villages", Some(&token)).await;
    assert_eq!(town.status, StatusCode::OK, "an officer of the district is one in the towns");
}
