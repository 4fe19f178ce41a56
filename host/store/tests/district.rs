//! The district's database: tree, accounts, sessions, calendar, releases, notes.

mod common;

use common::World;
use cunshi_contract::Lang;
use cunshi_model::calendar::DayKind;
use cunshi_model::clock::{DAY, HOUR, MINUTE};
use cunshi_model::port::DataError;
use cunshi_model::{Calendar, SpaceKind};
use cunshi_store::NewAccount;

#[tokio::test]
async fn the_tree_is_found_by_code_and_walked_both_ways() {
    let world = World::new().await;
    let tree = world.store.district().tree();
    assert_eq!(tree.root().unwrap().name, "贡井区");
    assert_eq!(tree.by_code("510303108001").unwrap().id, world.tianfu);
    assert_eq!(tree.by_code("510303999999"), None);
    let children: Vec<_> = tree.children(world.town).iter().map(|space| space.name.as_str()).collect();
    assert_eq!(children, ["照石村", "天府社区"]);
    let above: Vec<_> = tree.above(world.tianfu).iter().map(|space| space.id).collect();
    assert_eq!(above, [world.town, world.district]);
    assert_eq!(tree.all().len(), 4);
}

#[tokio::test]
async fn a_space_is_changed_by_its_code_and_keeps_its_id() {
    let world = World::new().await;
    let district = world.store.district();
    let code = "510303108001".parse().unwrap();
    let renamed = district.put_space(&code, "天府村", SpaceKind::Village, Some(world.town)).await.unwrap();
    assert_eq!((renamed.id, district.tree().all().len()), (world.tianfu, 4));
    assert_eq!(district.tree().by_id(world.tianfu).unwrap().name, "天府村");
    let town = "510303108".parse().unwrap();
    let circle = district.put_space(&town, "成佳镇", SpaceKind::Town, Some(world.tianfu)).await;
    assert!(matches!(circle, Err(DataError::Invalid(_))));
}

#[tokio::test]
async fn an_old_code_still_leads_to_the_village() {
    let world = World::new().await;
    let district = world.store.district();
    let old = "510303108001".parse().unwrap();
    district.recode_space(world.tianfu, &"510303108002".parse().unwrap()).await.unwrap();
    let world = world.crash().await;
    let district = world.store.district();
    for code in ["510303108001", "510303108002"] {
        assert_eq!(district.tree().by_code(code).unwrap().id, world.tianfu, "{code}");
    }
    let again = district.put_space(&old, "另一村", SpaceKind::Village, Some(world.town)).await;
    assert!(matches!(again, Err(DataError::Invalid(message)) if message.contains("510303108002")));
    let taken = district.recode_space(world.tianfu, &"510303106209".parse().unwrap()).await;
    assert!(matches!(taken, Err(DataError::Duplicate { index }) if index == "code"));
    district.recode_space(world.tianfu, &old).await.unwrap();
    assert_eq!(district.tree().by_id(world.tianfu).unwrap().code, old);
}

#[tokio::test]
async fn an_account_is_one_person_with_one_telephone() {
    let world = World::new().await;
    let district = world.store.district();
    let new =
        NewAccount { name: "林秀英".to_owned(), phone: Some("13800001234".to_owned()), ..NewAccount::default() };
    let lin = district.create_account(new.clone()).await.unwrap();
    let again = district.create_account(new.clone()).await;
    assert!(matches!(again, Err(DataError::Duplicate { index }) if index == "phone"));
    let same = NewAccount { person: Some(lin), phone: None, ..new };
    assert!(matches!(district.create_account(same).await, Err(DataError::Duplicate { index }) if index == "person"));
    district.set_password(lin, "$argon2id$…").await.unwrap();
    district.set_preferences(lin, Some(Lang::En), true).await.unwrap();
    let account = district.account_by_phone("13800001234").await.unwrap().unwrap();
    assert_eq!((account.person, account.lang, account.elder), (lin, Some(Lang::En), true));
    assert_eq!(account.password_hash.as_deref(), Some("$argon2id$…"));
    assert!(!format!("{account:?}").contains("argon2id"), "a hash does not get into logs");
    assert_eq!(district.account(lin).await.unwrap(), Some(account));
    let nobody = world.person();
    assert!(matches!(district.set_password(nobody, "x").await, Err(DataError::Missing)));
    assert_eq!(district.account(nobody).await.unwrap(), None);
}

#[tokio::test]
async fn a_session_ends_when_unused_for_a_month_after_three_months_or_when_closed() {
    let world = World::new().await;
    let district = world.store.district();
    let new = || NewAccount { name: "林秀英".to_owned(), ..NewAccount::default() };
    let (lin, other) = (district.create_account(new()).await.unwrap(), district.create_account(new()).await.unwrap());
    let start = world.now();
    district.open_session("t1", lin, start).await.unwrap();
    let seen = async |token: &str, at| district.session(token, at).await.unwrap().map(|session| session.seen);
    assert_eq!(seen("t1", start + MINUTE).await, Some(start), "not written more than once an hour");
    assert_eq!(seen("t1", start + HOUR).await, Some(start + HOUR));
    assert_eq!(seen("unknown", start).await, None);
    assert_eq!(seen("t1", start + HOUR + 30 * DAY).await, None, "unused");
    let mut at = start;
    while at < start + 89 * DAY {
        at += 20 * DAY;
        seen("t1", at).await;
    }
    assert_eq!(seen("t1", start + 90 * DAY).await, None, "too old, however much it was used");

    district.open_session("t2", lin, start).await.unwrap();
    district.open_session("t3", lin, start).await.unwrap();
    district.open_session("t4", other, start).await.unwrap();
    district.close_session("t2").await.unwrap();
    assert_eq!((seen("t2", start).await, seen("t3", start).await), (None, Some(start)));
    district.close_sessions_of(lin).await.unwrap();
    assert_eq!((seen("t3", start).await, seen("t4", start).await), (None, Some(start)));
}

#[tokio::test]
async fn the_calendar_and_notes_are_kept() {
    let world = World::new().await;
    let district = world.store.district();
    assert_eq!(district.calendar().await.unwrap(), Calendar::default());
    let days = [("2026-09-20", DayKind::Working), ("2026-09-25", DayKind::Holiday)];
    let calendar = Calendar::new(days.map(|(day, kind)| (day.parse().unwrap(), kind)));
    district.set_calendar(&calendar).await.unwrap();
    district.set_note("tenant", "d1").await.unwrap();
    district.set_note("tenant", "d2").await.unwrap();
    let world = world.crash().await;
    assert_eq!(world.store.district().calendar().await.unwrap(), calendar);
    assert_eq!(world.store.district().note("tenant").await.unwrap().as_deref(), Some("d2"));
    assert_eq!(world.store.district().note("unknown").await.unwrap(), None);
}

/// SHA-256 of `component one` and `component two`.
const ONE: &str = "cd09be78fe9747426189500a773832cfaadb60b9c9ad849a7051394c6a282e38";
const TWO: &str = "bfc64793601254ca0554b908ac30478b2084243b529da8cf92520f5d05a97a82";

#[tokio::test]
async fn the_release_put_last_is_the_active_one_and_its_bytes_are_checked() {
    let world = World::new().await;
    let district = world.store.district();
    district.put_release("issues", "1.0.0", ONE, b"component one", 1).await.unwrap();
    district.put_release("issues", "1.1.0", TWO, b"component two", 2).await.unwrap();
    let active = async || {
        let releases = district.releases().await.unwrap();
        let active: Vec<_> = releases.iter().filter(|r| r.active).map(|r| r.version.clone()).collect();
        (releases.len(), active)
    };
    assert_eq!(active().await, (2, vec!["1.1.0".to_owned()]));
    district.put_release("issues", "1.0.0", ONE, b"component one", 3).await.unwrap();
    assert_eq!(active().await, (2, vec!["1.0.0".to_owned()]));
    assert_eq!(district.release_bytes(TWO).await.unwrap(), b"component two");
    let wrong = district.put_release("issues", "1.2.0", ONE, b"component two", 4).await;
    assert!(matches!(wrong, Err(DataError::Invalid(_))));
    assert!(matches!(district.release_bytes("../district").await, Err(DataError::Invalid(_))));
    assert!(matches!(district.release_bytes(&"0".repeat(64)).await, Err(DataError::Missing)));
    let file = world.data().join("plugins").join(format!("{TWO}.wasm"));
    std::fs::write(&file, b"component 2").unwrap();
    assert!(matches!(district.release_bytes(TWO).await, Err(DataError::Storage(_))));
    let files = std::fs::read_dir(world.data().join("plugins")).unwrap().count();
    assert_eq!(files, 2, "nothing unfinished is left");
}
