//! People: members, roles, standing, households, files, and what the audit says of them.

mod common;

use common::{World, case, cases, system};
use cunshi_contract::manifest::Who;
use cunshi_contract::{HouseholdQuery, PeopleQuery, Seen};
use cunshi_model::people::Via;
use cunshi_model::port::{AuditEntry, DataError, FileRecord, PluginState, Spaces as _};
use cunshi_model::{Actor, FileId, Member, PersonId, Role, Roles};
use cunshi_store::Sight;
use serde_json::json;

fn member(person: PersonId, name: &str, roles: &[Role]) -> Member {
    Member { person, name: name.to_owned(), household: None, phone: None, roles: roles.to_vec() }
}

#[tokio::test]
async fn a_member_is_known_where_they_live_with_household_and_roles() {
    let world = World::new().await;
    let space = world.space(world.tianfu).await;
    let home = space.put_household(None, "林家", Some("三组"), world.now()).await.unwrap();
    let lin = Member {
        household: Some(home),
        phone: Some("13800001234".to_owned()),
        ..member(world.person(), "林秀英", &[Role::Supervisor, Role::Member])
    };
    space.put_member(&lin, None, world.now()).await.unwrap();
    let mut read = world.store.read(world.tianfu).await.unwrap();
    let stored = read.member(lin.person).await.unwrap().unwrap();
    assert_eq!(stored, Member { roles: vec![Role::Member, Role::Supervisor], ..lin.clone() });
    let household = read.household(home).await.unwrap().unwrap();
    assert_eq!((household.name.as_str(), household.group.as_deref()), ("林家", Some("三组")));
    assert_eq!(household.members, [lin.person.to_string()]);
    assert_eq!(world.store.district().memberships(lin.person).await.unwrap(), [world.tianfu]);
    let mut elsewhere = world.store.read(world.zhaoshi).await.unwrap();
    assert_eq!(elsewhere.member(lin.person).await.unwrap(), None);
    assert_eq!(elsewhere.household(home).await.unwrap(), None);
    let stranger = Member { household: Some(cunshi_model::HouseholdId::new(1)), ..lin };
    assert!(matches!(space.put_member(&stranger, None, world.now()).await, Err(DataError::Invalid(_))));
}

#[tokio::test]
async fn people_are_found_by_name_and_by_the_end_of_their_telephone() {
    let world = World::new().await;
    let space = world.space(world.tianfu).await;
    for (name, phone) in [("林秀英", "13800001234"), ("林大山", "13800005678"), ("100%王", "13900001234")] {
        let phone = Some(phone.to_owned());
        world.advance(1);
        space.put_member(&Member { phone, ..member(world.person(), name, &[]) }, None, world.now()).await.unwrap();
    }
    let mut read = world.store.read(world.tianfu).await.unwrap();
    let mut search = async |text: &str, by_phone| {
        let found = read.search_members(text, by_phone, 10).await.unwrap();
        found.into_iter().map(|member| member.name).collect::<Vec<_>>()
    };
    assert_eq!(search("林", false).await, ["林秀英", "林大山"]);
    assert_eq!(search("秀", false).await, ["林秀英"]);
    assert_eq!(search("1234", false).await, Vec::<String>::new());
    assert_eq!(search("1234", true).await, ["林秀英", "100%王"]);
    assert_eq!(search("%", false).await, ["100%王"], "no wildcard");
    let page = space.members(None, None, 2).await.unwrap();
    assert_eq!(page.len(), 2);
    assert_eq!(space.members(None, Some(page[1].person), 2).await.unwrap().len(), 1);
    assert_eq!(space.households(9).await.unwrap(), []);
}

#[tokio::test]
async fn an_officer_of_the_town_is_an_officer_in_its_villages_until_revoked() {
    let world = World::new().await;
    let officer = world.person();
    let town = world.space(world.town).await;
    town.grant(officer, Role::Officer, true, None, world.now()).await.unwrap();
    let at_home = world.store.standing(officer, world.town).await.unwrap();
    assert!(at_home.roles.has(Role::Cadre) && at_home.roles.has(Role::Officer));
    let in_village = world.store.standing(officer, world.tianfu).await.unwrap();
    assert_eq!(in_village.roles, Roles::granted([Role::Officer]));
    assert_eq!(in_village.member, None);
    let above = world.store.standing(officer, world.district).await.unwrap();
    assert_eq!(above.roles, Roles::NONE, "a grant does not reach upwards");
    town.revoke(officer, Role::Officer, None, world.now()).await.unwrap();
    for space in [world.town, world.tianfu] {
        assert_eq!(world.store.standing(officer, space).await.unwrap().roles, Roles::NONE);
    }
    assert_eq!(world.store.district().memberships(officer).await.unwrap(), []);
}

#[tokio::test]
async fn an_officer_of_the_district_comes_to_a_town_as_an_officer() {
    let world = World::new().await;
    let officer = world.person();
    world.space(world.district).await.grant(officer, Role::Officer, true, None, world.now()).await.unwrap();
    for space in [world.town, world.tianfu] {
        let roles = world.store.standing(officer, space).await.unwrap().roles;
        assert_eq!(roles, Roles::granted([Role::Officer]));
    }
}

#[tokio::test]
async fn changing_a_member_changes_their_roles_but_not_a_grant_over_the_subtree() {
    let world = World::new().await;
    let space = world.space(world.town).await;
    let person = world.person();
    space.put_member(&member(person, "陈镇长", &[Role::Cadre]), None, world.now()).await.unwrap();
    space.grant(person, Role::Officer, true, None, world.now()).await.unwrap();
    let refused = space.grant(person, Role::Cadre, true, None, world.now()).await;
    assert!(matches!(refused, Err(DataError::Invalid(_))));
    space.put_member(&member(person, "陈镇长", &[Role::Supervisor]), None, world.now()).await.unwrap();
    let standing = world.store.standing(person, world.town).await.unwrap();
    assert_eq!(standing.member.unwrap().roles, [Role::Supervisor, Role::Officer]);
    assert!(world.store.standing(person, world.tianfu).await.unwrap().roles.has(Role::Officer));
}

#[tokio::test]
async fn what_is_the_same_already_is_not_written_again() {
    let world = World::new().await;
    let space = world.space(world.tianfu).await;
    let person = world.person();
    let on = PluginState { on: true, pinned: None };
    let jobs = ["raise-overdue".to_owned()];
    let put = async || {
        space.put_member(&member(person, "林秀英", &[Role::Member, Role::Member]), None, world.now()).await.unwrap();
        space.grant(person, Role::Cadre, false, None, world.now()).await.unwrap();
        space.put_member(&member(person, "林秀英", &[Role::Member, Role::Cadre]), None, world.now()).await.unwrap();
        space.set_plugin("issues", &on, &jobs, None, world.now()).await.unwrap();
        space.set_settings("issues", &json!({ "days": 7 }), None, world.now()).await.unwrap();
        space.set_office_phone(Some("0813-3305678")).await.unwrap();
        world.space(world.tianfu).await.revision().await.unwrap()
    };
    put().await;
    space.revoke(person, Role::Cadre, None, world.now()).await.unwrap();
    let revision = put().await;
    let rows = space.audit_rows(None, 100).await.unwrap();
    space.put_member(&member(person, "林秀英", &[Role::Cadre, Role::Member]), None, world.now()).await.unwrap();
    space.set_plugin("issues", &on, &jobs, None, world.now()).await.unwrap();
    space.set_settings("issues", &json!({ "days": 7 }), None, world.now()).await.unwrap();
    space.set_office_phone(Some("0813-3305678")).await.unwrap();
    assert_eq!(world.space(world.tianfu).await.revision().await.unwrap(), revision);
    assert_eq!(space.audit_rows(None, 100).await.unwrap(), rows);
}

#[tokio::test]
async fn the_profile_follows_every_change() {
    let world = World::new().await;
    let profile = async || world.store.profile(world.tianfu).await.unwrap();
    let before = profile().await;
    assert_eq!((before.space.name.as_str(), before.above.as_deref()), ("天府社区", Some("成佳镇")));
    assert!(before.plugins.is_empty());
    assert!(std::sync::Arc::ptr_eq(&before, &profile().await), "kept in memory");
    let space = world.space(world.tianfu).await;
    let on = PluginState { on: true, pinned: Some("1.0.0".to_owned()) };
    space.set_plugin("issues", &on, &[], None, world.now()).await.unwrap();
    space.set_settings("issues", &json!({ "days": 7 }), None, world.now()).await.unwrap();
    space.set_office_phone(Some("0813-3305678")).await.unwrap();
    let after = profile().await;
    assert_eq!(after.plugins["issues"], on);
    assert_eq!(after.settings["issues"], json!({ "days": 7 }));
    assert_eq!(after.office_phone.as_deref(), Some("0813-3305678"));
    let code = "510303108".parse().unwrap();
    let kind = cunshi_model::SpaceKind::Town;
    world.store.district().put_space(&code, "成佳街道", kind, Some(world.district)).await.unwrap();
    assert_eq!(profile().await.above.as_deref(), Some("成佳街道"));
    assert!(space.set_settings("issues", &json!([]), None, world.now()).await.is_err());
}

#[tokio::test]
async fn grants_and_actions_stand_in_the_audit() {
    let world = World::new().await;
    let space = world.space(world.tianfu).await;
    let (admin, cadre, grandma) = (world.person(), world.person(), world.person());
    space.grant(cadre, Role::Cadre, false, Some(admin), world.now()).await.unwrap();
    let actor = Actor { person: cadre, via: Via::Api, on_behalf_of: Some(grandma) };
    let mut tx = world.write(world.tianfu).await;
    let entry = AuditEntry {
        at: world.now(),
        actor: Some(actor),
        action: "issues/report",
        subject: Some("case-1"),
        digest: "d1",
    };
    tx.audit(entry).await.unwrap();
    tx.commit().await.unwrap();
    space.revoke(cadre, Role::Cadre, Some(admin), world.now()).await.unwrap();
    let rows = space.audit_rows(None, 10).await.unwrap();
    let actions: Vec<_> = rows.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(actions, ["host/revoke", "issues/report", "host/grant"]);
    assert_eq!(rows[2].actor, Some(admin));
    assert_eq!(
        (rows[1].actor, rows[1].on_behalf_of, rows[1].via.as_deref()),
        (Some(cadre), Some(grandma), Some("api"))
    );
    assert_eq!(space.audit_rows(Some(rows[1].seq), 10).await.unwrap().len(), 1);
}

fn photo(world: &World, by: PersonId) -> FileRecord {
    FileRecord {
        id: FileId::new(world.now()),
        by,
        at: world.now(),
        image: true,
        name: "黄桷树.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        bytes: 180_000,
        pixels: Some((1_600, 1_200)),
        attached: None,
    }
}

#[tokio::test]
async fn a_file_hangs_on_one_document_by_its_uploader_only() {
    let world = World::new().await;
    let cases = cases();
    let at = system(&cases);
    let space = world.space(world.tianfu).await;
    let (lin, other) = (world.person(), world.person());
    let photo = photo(&world, lin);
    space.put_file(&photo).await.unwrap();
    let first = world.insert(world.tianfu, &cases, case("1", "open", 1)).await;
    let second = world.insert(world.tianfu, &cases, case("2", "open", 1)).await;
    let mut tx = world.write(world.tianfu).await;
    for by in [Some(other), None] {
        assert!(matches!(tx.attach(photo.id, at, &first, by).await, Err(DataError::Missing)));
    }
    let nowhere = "019213f0-0000-7000-8000-000000000000";
    assert!(matches!(tx.attach(photo.id, at, nowhere, Some(lin)).await, Err(DataError::Missing)));
    assert!(matches!(tx.attach(FileId::new(1), at, &first, Some(lin)).await, Err(DataError::Missing)));
    tx.attach(photo.id, at, &first, Some(lin)).await.unwrap();
    tx.attach(photo.id, at, &first, None).await.unwrap();
    assert!(matches!(tx.attach(photo.id, at, &second, Some(lin)).await, Err(DataError::Invalid(_))));
    let attached = Some(("issues".to_owned(), "case".to_owned(), first.clone()));
    assert_eq!(tx.file(photo.id).await.unwrap(), Some(FileRecord { attached, ..photo.clone() }));
    tx.commit().await.unwrap();
    assert!(world.write(world.zhaoshi).await.file(photo.id).await.unwrap().is_none());
    assert!(!space.remove_file(photo.id).await.unwrap(), "it hangs on a document");

    let mut tx = world.write(world.tianfu).await;
    tx.remove(at, &first, 1).await.unwrap();
    tx.commit().await.unwrap();
    world.advance(1);
    assert_eq!(space.unattached_files(world.now(), 9).await.unwrap(), std::slice::from_ref(&photo));
    assert!(space.remove_file(photo.id).await.unwrap());
    assert!(space.unattached_files(world.now(), 9).await.unwrap().is_empty());
    assert_eq!(space.verify().await.unwrap().flaws, []);
}

#[tokio::test]
async fn people_and_households_come_in_pages_by_name() {
    let world = World::new().await;
    let space = world.space(world.tianfu).await;
    let mut homes = Vec::new();
    for (name, group) in [("王家", Some("三组")), ("林家", Some("三组")), ("陈家", Some("一组")), ("周家", None)]
    {
        world.advance(1);
        homes.push(space.put_household(None, name, group, world.now()).await.unwrap());
    }
    let put = async |name: &str, home: usize, roles: &[Role]| {
        world.advance(1);
        let person = world.person();
        let member = Member { household: homes.get(home).copied(), ..member(person, name, roles) };
        space.put_member(&member, None, world.now()).await.unwrap();
        person
    };
    put("林秀英", 1, &[Role::Member]).await;
    let jian = put("简书记", 9, &[Role::Admin]).await;
    put("王大明", 0, &[Role::Member, Role::Cadre]).await;
    let officer = put("镇干部", 9, &[Role::Officer]).await;
    let gone = put("搬走的人", 2, &[]).await;
    put("林秀英", 0, &[Role::Supervisor]).await;

    let mut read = world.store.read(world.tianfu).await.unwrap();
    let (mut names, mut query) = (Vec::new(), PeopleQuery { limit: Some(2), ..PeopleQuery::default() });
    loop {
        let page = read.people(&query).await.unwrap();
        assert!(page.people.len() <= 2 && page.people.iter().all(|it| ![officer, gone].contains(&it.person)));
        names.extend(page.people.into_iter().map(|it| it.name));
        query.cursor = page.next;
        if query.cursor.is_none() {
            break;
        }
    }
    assert_eq!(names, ["林秀英", "林秀英", "王大明", "简书记"]);
    let mut asked = async |query: PeopleQuery| {
        read.people(&query).await.map(|page| page.people.into_iter().map(|it| it.name).collect::<Vec<_>>())
    };
    let all = PeopleQuery::default;
    let role = |role| PeopleQuery { role: Some(role), ..all() };
    assert_eq!(asked(role(Who::Member)).await.unwrap().len(), 4);
    assert_eq!(asked(role(Who::Cadre)).await.unwrap(), ["王大明", "简书记"], "an admin is a cadre too");
    assert_eq!(asked(role(Who::Supervisor)).await.unwrap(), ["林秀英"]);
    assert_eq!(asked(PeopleQuery { group: Some("三组".into()), ..all() }).await.unwrap().len(), 3);
    assert_eq!(asked(PeopleQuery { household: Some(homes[0].to_string()), ..all() }).await.unwrap().len(), 2);
    for wrong in [role(Who::Officer), role(Who::Anyone), PeopleQuery { limit: Some(501), ..all() }] {
        assert!(matches!(asked(wrong).await, Err(DataError::Invalid(_))));
    }
    let cursor = |cursor: &str| PeopleQuery { cursor: Some(cursor.to_owned()), ..all() };
    assert!(matches!(asked(cursor("%")).await, Err(DataError::Missing)));
    assert!(matches!(asked(cursor(&PersonId::new(1).to_string())).await, Err(DataError::Missing)));

    let page = read.households(&HouseholdQuery { limit: Some(3), ..HouseholdQuery::default() }).await.unwrap();
    assert_eq!(page.households.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["周家", "林家", "王家"]);
    assert_eq!(page.households[2].members.len(), 2);
    let rest = HouseholdQuery { cursor: page.next, ..HouseholdQuery::default() };
    assert_eq!(read.households(&rest).await.unwrap().households.len(), 1);
    let third = HouseholdQuery { group: Some("三组".into()), ..HouseholdQuery::default() };
    assert_eq!(read.households(&third).await.unwrap().households.len(), 2);
    let groups = read.groups().await.unwrap();
    let sizes: Vec<_> = groups.iter().map(|it| (it.name.as_str(), it.households, it.people)).collect();
    assert_eq!(sizes, [("一组", 1, 1), ("三组", 2, 3)]);

    let mut elsewhere = world.store.read(world.zhaoshi).await.unwrap();
    assert!(elsewhere.people(&all()).await.unwrap().people.is_empty());
    let theirs = PeopleQuery { cursor: Some(jian.to_string()), ..all() };
    assert!(matches!(elsewhere.people(&theirs).await, Err(DataError::Missing)), "a cursor of another village");
}

#[tokio::test]
async fn who_has_seen_something_is_kept_once_and_of_the_space_only() {
    let world = World::new().await;
    let space = world.space(world.tianfu).await;
    let [lin, officer, stranger] = [(), (), ()].map(|()| {
        world.advance(1);
        world.person()
    });
    space.put_member(&member(lin, "林秀英", &[Role::Member]), None, world.now()).await.unwrap();
    space.put_member(&member(officer, "镇干部", &[Role::Officer]), None, world.now()).await.unwrap();
    let revision = space.revision().await.unwrap();
    let sight = |person| Sight { plugin: "notices".to_owned(), subject: "n1".to_owned(), person };
    let first = world.now();
    let all = [lin, officer, stranger, lin].map(|person| (sight(person), first));
    assert_eq!(space.see(&all).await.unwrap(), 1);
    world.advance(60);
    assert_eq!(space.see(&[(sight(lin), world.now())]).await.unwrap(), 0);
    let mut read = world.store.read(world.tianfu).await.unwrap();
    let seen = read.seen("notices", "n1").await.unwrap();
    assert_eq!(seen, [Seen { person: lin.to_string(), at: first }]);
    assert!(read.seen("issues", "n1").await.unwrap().is_empty(), "another plugin");
    assert_eq!(space.revision().await.unwrap(), revision, "what readers do empties no cache");
    assert_eq!(space.verify().await.unwrap().flaws, []);
}
