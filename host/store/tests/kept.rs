//! Who is signed in and what they may do is kept in memory, and never longer than it is true.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use cunshi_contract::Lang;
use cunshi_model::clock::{DAY, HOUR, MINUTE};
use cunshi_model::{Clock as _, Member, Role, SpaceKind};
use cunshi_store::NewAccount;

use common::World;

mod common;

fn account(name: &str) -> NewAccount {
    NewAccount { name: name.to_owned(), ..NewAccount::default() }
}

#[tokio::test]
async fn a_session_that_was_closed_is_forgotten_at_once() {
    let world = World::new().await;
    let district = world.store.district();
    let lin = world.store.district().create_account(account("林秀英")).await.unwrap();
    let other = world.store.district().create_account(account("邻居")).await.unwrap();
    let who = async |token: &str| district.signed_in(token, world.now()).await.unwrap().map(|signed| signed.person);
    for (token, person) in [("t1", lin), ("t2", lin), ("t3", lin), ("t4", other)] {
        district.open_session(token, person, world.now()).await.unwrap();
        assert_eq!((who(token).await, who(token).await), (Some(person), Some(person)));
    }
    district.close_session("t1").await.unwrap();
    assert_eq!((who("t1").await, who("t2").await), (None, Some(lin)));
    district.close_sessions_of(lin).await.unwrap();
    assert_eq!((who("t2").await, who("t3").await, who("t4").await), (None, None, Some(other)));
    assert_eq!(who("never opened").await, None);
}

#[tokio::test]
async fn memory_does_not_make_a_session_older_than_it_may_be() {
    let world = World::new().await;
    let district = world.store.district();
    let lin = world.store.district().create_account(account("林秀英")).await.unwrap();
    district.open_session("t", lin, world.now()).await.unwrap();
    let start = world.now();
    let stands = async |at| district.signed_in("t", at).await.unwrap().is_some();
    let noted = async || district.session("t", start).await.unwrap().unwrap().seen;
    assert!(stands(start).await && stands(start + 59 * MINUTE).await);
    assert_eq!(noted().await, start, "not written more than once an hour");
    assert!(stands(start + HOUR).await);
    assert_eq!(noted().await, start + HOUR, "its use is written down though it is known");
    assert!(!stands(start + HOUR + 30 * DAY).await, "unused for thirty days");
}

#[tokio::test]
async fn preferences_show_at_once() {
    let world = World::new().await;
    let district = world.store.district();
    let lin = world.store.district().create_account(account("林秀英")).await.unwrap();
    district.open_session("t", lin, world.now()).await.unwrap();
    let seen = async || district.signed_in("t", world.now()).await.unwrap().map(|signed| (signed.lang, signed.elder));
    assert_eq!(seen().await, Some((None, false)));
    district.set_preferences(lin, Some(Lang::En), true).await.unwrap();
    assert_eq!(seen().await, Some((Some(Lang::En), true)));
}

#[tokio::test]
async fn roles_given_and_taken_count_for_the_next_request() {
    let world = World::new().await;
    let (village, town) = (world.space(world.tianfu).await, world.space(world.town).await);
    let lin = world.villager(world.tianfu, "林秀英").await.person;
    let roles = async |person| world.store.standing(person, world.tianfu).await.unwrap().roles;
    assert!(!roles(lin).await.has(Role::Cadre));
    village.grant(lin, Role::Cadre, false, None, world.now()).await.unwrap();
    assert!(roles(lin).await.has(Role::Cadre));
    village.revoke(lin, Role::Cadre, None, world.now()).await.unwrap();
    assert!(!roles(lin).await.has(Role::Cadre));
    // A grant over the subtree is the town's, and changes nothing in the village's own file.
    let officer = world.person();
    assert!(!roles(officer).await.has(Role::Officer));
    town.grant(officer, Role::Officer, true, None, world.now()).await.unwrap();
    assert!(roles(officer).await.has(Role::Officer));
    town.revoke(officer, Role::Officer, None, world.now()).await.unwrap();
    assert!(!roles(officer).await.has(Role::Officer));
    let renamed =
        Member { person: lin, name: "林秀珍".to_owned(), household: None, phone: None, roles: vec![Role::Member] };
    village.put_member(&renamed, None, world.now()).await.unwrap();
    let standing = world.store.standing(lin, world.tianfu).await.unwrap();
    assert_eq!(standing.member.map(|member| member.name).as_deref(), Some("林秀珍"));
}

#[tokio::test]
async fn a_village_that_moves_to_another_town_has_other_officers_at_once() {
    let world = World::new().await;
    let district = world.store.district();
    let officer = world.person();
    world.space(world.town).await.grant(officer, Role::Officer, true, None, world.now()).await.unwrap();
    let roles = async || world.store.standing(officer, world.tianfu).await.unwrap().roles;
    assert!(roles().await.has(Role::Officer));
    let (code, other) = ("510303109".parse().unwrap(), "五宝镇");
    let other = district.put_space(&code, other, SpaceKind::Town, Some(world.district)).await.unwrap().id;
    let code = "510303108001".parse().unwrap();
    district.put_space(&code, "天府社区", SpaceKind::Community, Some(other)).await.unwrap();
    assert!(!roles().await.has(Role::Officer));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_sees_a_closed_session_however_many_ask_meanwhile() {
    let world = World::new().await;
    let lin = world.store.district().create_account(account("林秀英")).await.unwrap();
    let done = Arc::new(AtomicBool::new(false));
    let asking: Vec<_> = (0..4)
        .map(|_| {
            let (district, done, now) = (world.store.district().clone(), Arc::clone(&done), world.now());
            tokio::spawn(async move {
                while !done.load(Ordering::Acquire) {
                    for token in ["a", "b"] {
                        district.signed_in(token, now).await.unwrap();
                    }
                }
            })
        })
        .collect();
    let district = world.store.district();
    for turn in 0..100 {
        let token = if turn % 2 == 0 { "a" } else { "b" };
        district.open_session(token, lin, world.clock.now()).await.unwrap();
        assert!(district.signed_in(token, world.now()).await.unwrap().is_some(), "turn {turn}: it was opened");
        district.close_session(token).await.unwrap();
        assert!(district.signed_in(token, world.now()).await.unwrap().is_none(), "turn {turn}: it was closed");
    }
    done.store(true, Ordering::Release);
    for task in asking {
        task.await.unwrap();
    }
}
