//! What an admin changes in the console is one row of the audit, which says who did it.

mod common;

use axum::http::StatusCode;
use common::Site;
use cunshi_model::Role;
use cunshi_runtime::testing::Guest;
use cunshi_runtime::testing::guest::manifest;
use serde_json::json;

#[tokio::test]
async fn every_change_in_the_console_is_one_row_with_its_hand() {
    let site = Site::new().await;
    let admin = site.person(&site.village, "管理员", "13890010002", &[Role::Admin]).await;
    let token = site.token("13890010002").await;
    let mut declared = manifest("notes");
    declared["setting"] = json!([{
        "name": "days", "kind": "integer", "default": 3, "label": { "zh": "几天", "en": "Days" },
    }]);
    site.install(Guest::new(declared)).await;
    let space = site.store.space(site.village.id).await.unwrap();
    let base = "/v/510303108001/manage";
    for (path, fields, action) in [
        ("modules/notes/settings", vec![("days", "5")], "host/settings"),
        ("modules/notes/state", vec![("on", "off")], "host/plugin"),
        ("people", vec![("name", "林秀英"), ("phone", "13890010003")], "host/member"),
    ] {
        let newest = space.audit_rows(None, 1).await.unwrap().remove(0).seq;
        let done = site.post_form(&format!("{base}/{path}"), &fields, Some(&token)).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{path}: {}", done.text());
        let rows = space.audit_rows(None, 10).await.unwrap();
        let rows: Vec<_> = rows.iter().filter(|row| row.seq > newest).collect();
        assert_eq!(rows.iter().map(|row| row.action.as_str()).collect::<Vec<_>>(), [action]);
        assert_eq!(rows[0].actor, Some(admin), "{path}");
    }
}
