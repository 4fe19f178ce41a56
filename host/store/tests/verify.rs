//! `verify` finds what was changed behind the platform's back, with a plain connection to the file.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use common::{World, case, cases, tamper};
use cunshi_model::port::{AuditEntry, PluginState};
use cunshi_model::{Member, Role};
use cunshi_store::Flaw;
use serde_json::json;

/// A village with three cases, a member, a plugin, settings and an event.
async fn lived_in() -> World {
    let world = World::new().await;
    let space = world.space(world.tianfu).await;
    for number in ["1", "2", "3"] {
        let mut tx = world.write(world.tianfu).await;
        let body = case(number, "open", 1).to_string();
        let id = tx.insert(common::system(&cases()), None, &body, world.now()).await.unwrap().id;
        let entry =
            AuditEntry { at: world.now(), actor: None, action: "issues/report", subject: Some(&id), digest: "d" };
        tx.audit(entry).await.unwrap();
        tx.commit().await.unwrap();
    }
    let lin = Member {
        person: world.person(),
        name: "林秀英".to_owned(),
        household: None,
        phone: None,
        roles: vec![Role::Member],
    };
    space.put_member(&lin, None, world.now()).await.unwrap();
    space.set_plugin("points", &PluginState { on: true, pinned: None }, &[], None, world.now()).await.unwrap();
    space.set_settings("points", &json!({ "a": 1 }), None, world.now()).await.unwrap();
    world.send(world.tianfu, world.event("a", "1", &["points".to_owned()])).await;
    world
}

async fn flaws_after(sql: &'static str) -> Vec<Flaw> {
    let world = lived_in().await;
    assert_eq!(tamper(&world.file(world.tianfu), sql).await, 1, "{sql}");
    world.space(world.tianfu).await.verify().await.unwrap().flaws
}

#[tokio::test]
async fn a_village_that_nobody_touched_is_sound() {
    let world = lived_in().await;
    let report = world.space(world.tianfu).await.verify().await.unwrap();
    assert!(report.is_sound(), "{:?}", report.flaws);
    assert_eq!((report.documents, report.audit_rows), (3, 6));
}

#[tokio::test]
async fn a_changed_document_is_named() {
    for sql in [
        "UPDATE document SET body = replace(body, '路灯', '水管') WHERE rowid = 2",
        "UPDATE document SET owner = 'x' WHERE rowid = 2",
        "UPDATE document SET readers = 0 WHERE rowid = 2",
        "UPDATE document SET version = 7 WHERE rowid = 2",
        "UPDATE document SET body_hash = '' WHERE rowid = 2",
        "UPDATE index_entry SET key = key || '0' WHERE index_name = 'by_number' AND key = '32!'",
        "UPDATE index_entry SET readers = 3 WHERE index_name = 'by_number' AND key = '32!'",
        "DELETE FROM index_entry WHERE index_name = 'by_number' AND key = '32!'",
    ] {
        let flaws = flaws_after(sql).await;
        let changed = |flaw: &Flaw| matches!(flaw, Flaw::Changed { collection, .. } if collection == "case");
        assert!(flaws.len() == 1 && changed(&flaws[0]), "{sql}: {flaws:?}");
    }
}

#[tokio::test]
async fn a_document_changed_with_its_hash_is_found_by_the_chain() {
    let world = lived_in().await;
    let file = world.file(world.tianfu);
    // As somebody would who knows the program: the second case becomes the first's body and hash.
    let changed = tamper(
        &file,
        "UPDATE trace SET hash = (SELECT hash FROM trace WHERE audit_seq = 1 \
        AND collection = 'case') WHERE audit_seq = 2 AND collection = 'case'",
    )
    .await;
    assert_eq!(changed, 1);
    let flaws = world.space(world.tianfu).await.verify().await.unwrap().flaws;
    assert!(flaws.contains(&Flaw::Audit { seq: 2 }), "{flaws:?}");
}

#[tokio::test]
async fn documents_that_came_or_went_by_themselves_are_named() {
    let removed = flaws_after("DELETE FROM document WHERE rowid = 2").await;
    assert!(removed.iter().any(|flaw| matches!(flaw, Flaw::Removed { .. })), "{removed:?}");
    assert!(removed.iter().any(|flaw| matches!(flaw, Flaw::Loose { table: "index_entry", .. })), "{removed:?}");
    let added = flaws_after(
        "INSERT INTO document SELECT space_id, plugin, collection, '019213f0-0000-7000-8000-000000000000', schema, \
         version, owner, readers, created, updated, body, body_hash FROM document WHERE rowid = 2",
    )
    .await;
    assert!(matches!(added.as_slice(), [Flaw::Added { .. }]), "{added:?}");
}

#[tokio::test]
async fn a_changed_row_of_the_audit_is_named_and_only_the_first() {
    for sql in [
        "UPDATE audit SET action = 'issues/close' WHERE seq = 2",
        "UPDATE audit SET at = at + 1 WHERE seq = 2",
        "UPDATE audit SET subject = NULL WHERE seq = 2",
        "UPDATE audit SET hash = '' WHERE seq = 2",
        "UPDATE trace SET version = 9 WHERE audit_seq = 2",
    ] {
        let flaws = flaws_after(sql).await;
        let audit: Vec<_> = flaws.iter().filter(|flaw| matches!(flaw, Flaw::Audit { .. })).collect();
        assert_eq!(audit, [&Flaw::Audit { seq: 2 }], "{sql}: {flaws:?}");
    }
    let cut = flaws_after("PRAGMA foreign_keys = OFF; DELETE FROM audit WHERE seq = 6").await;
    assert!(cut.contains(&Flaw::AuditEnd { found: 5, expected: 6 }), "{cut:?}");
}

#[tokio::test]
async fn people_roles_and_settings_are_looked_at_too() {
    for (sql, kind) in [
        ("UPDATE member SET name = '李四'", "member"),
        ("UPDATE role SET role = 'admin'", "role"),
        ("UPDATE setting SET value = '{}'", "setting"),
        ("UPDATE plugin_state SET is_on = 0", "plugin"),
    ] {
        let flaws = flaws_after(sql).await;
        let named = |flaw: &Flaw| match flaw {
            Flaw::Changed { collection, .. } | Flaw::Added { collection, .. } => collection == kind,
            _ => false,
        };
        assert!(flaws.iter().any(named), "{sql}: {flaws:?}");
        assert!(flaws[0].to_string().contains("behind the platform's back"), "{}", flaws[0]);
    }
}

#[tokio::test]
async fn a_delivery_without_its_event_is_found() {
    let flaws = flaws_after("PRAGMA foreign_keys = OFF; UPDATE delivery SET event = 99").await;
    assert_eq!(flaws, [Flaw::Loose { table: "delivery", count: 1 }]);
}
