//! The ledger proves itself: the engine refuses whoever changes a row unawares, `verify` names what somebody changed
//! on purpose, and a person can be forgotten without breaking the chain.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use common::{Villager, World, posting, raw, tamper};
use cunshi_contract::ledger::{Entry, Hold, PointKind, Posting, RankBy, RankingQuery};
use cunshi_model::port::Spaces as _;
use cunshi_store::Flaw;

/// A village with two households, six rows and a hold.
async fn lived_in() -> (World, Villager, Villager, Vec<Entry>) {
    let world = World::new().await;
    let lin = world.villager(world.tianfu, "林秀英").await;
    let wang = world.villager(world.tianfu, "王大山").await;
    let mut entries = Vec::new();
    for (villager, amount) in [(&lin, 500), (&wang, 300), (&lin, -100), (&lin, 250), (&wang, 100), (&lin, 50)] {
        let mut tx = world.write(world.tianfu).await;
        entries.push(tx.post("points", &posting(villager, amount), Some(wang.person), world.now()).await.unwrap());
        tx.commit().await.unwrap();
    }
    let mut tx = world.write(world.tianfu).await;
    let hold = Hold { holder: lin.home(), kind: PointKind::Redeemable, amount: 100 };
    tx.reserve("points", &hold, world.now()).await.unwrap();
    tx.commit().await.unwrap();
    (world, lin, wang, entries)
}

async fn flaws(world: &World) -> Vec<Flaw> {
    world.space(world.tianfu).await.verify().await.unwrap().flaws
}

async fn flaws_after(sql: &'static str) -> Vec<Flaw> {
    let (world, ..) = lived_in().await;
    assert!(tamper(&world.file(world.tianfu), sql).await >= 1, "{sql}");
    flaws(&world).await
}

#[tokio::test]
async fn a_ledger_that_nobody_touched_is_sound() {
    let (world, ..) = lived_in().await;
    let report = world.space(world.tianfu).await.verify().await.unwrap();
    assert!(report.is_sound(), "{:?}", report.flaws);
    assert_eq!(report.ledger_rows, 6);
}

#[tokio::test]
async fn the_engine_refuses_to_change_or_remove_a_row() {
    let (world, ..) = lived_in().await;
    for (sql, word) in [
        ("DELETE FROM ledger_entry WHERE number = 3", "never removed"),
        ("UPDATE ledger_entry SET amount = 1 WHERE number = 3", "post a correction"),
        ("UPDATE ledger_entry SET amount = 1, text = NULL, person = NULL, item = NULL, salt = NULL", "never changed"),
        ("UPDATE ledger_entry SET text = 'x' WHERE number = 3", "never changed"),
        ("UPDATE ledger_entry SET text = NULL WHERE number = 3", "never changed"),
        ("UPDATE ledger_entry SET hash = ''", "never changed"),
    ] {
        let mut raw = raw(&world.file(world.tianfu)).await;
        let error = sqlx::raw_sql(sql).execute(&mut raw).await.unwrap_err().to_string();
        assert!(error.contains(word), "{sql}: {error}");
    }
    assert_eq!(flaws(&world).await, []);
}

#[tokio::test]
async fn one_changed_amount_is_named_by_its_row() {
    let sql = "DROP TRIGGER ledger_entry_is_not_changed; UPDATE ledger_entry SET amount = amount + 1 WHERE number = 3";
    let flaws = flaws_after(sql).await;
    assert_eq!(flaws[0], Flaw::Ledger { number: 3 }, "{flaws:?}");
    assert_eq!(flaws[0].to_string(), "row 3 of the ledger is not what was written");
    assert!(flaws.iter().skip(1).all(|flaw| matches!(flaw, Flaw::Figure { .. })), "only one row: {flaws:?}");
    assert!(flaws.iter().any(|flaw| matches!(flaw, Flaw::Figure { what: "balance", stored: 700, counted: 701, .. })));
}

#[tokio::test]
async fn whatever_else_is_changed_is_named_too() {
    const OFF: &str = "DROP TRIGGER ledger_entry_is_not_changed; DROP TRIGGER ledger_entry_stays;";
    for (change, named) in [
        ("UPDATE ledger_entry SET text = '别的' WHERE number = 2", 2),
        ("UPDATE ledger_entry SET person = NULL WHERE number = 2", 2),
        ("UPDATE ledger_entry SET salt = NULL WHERE number = 2", 2),
        ("UPDATE ledger_entry SET at = at + 1 WHERE number = 2", 2),
        ("UPDATE ledger_entry SET made_by = NULL WHERE number = 2", 2),
        ("UPDATE ledger_entry SET balance = 301 WHERE number = 2", 2),
        ("UPDATE ledger_entry SET is_earned = 0 WHERE number = 2", 2),
        ("UPDATE ledger_entry SET hash = '' WHERE number = 2", 2),
        ("DELETE FROM ledger_entry WHERE number = 2", 3),
    ] {
        let (world, ..) = lived_in().await;
        let sql = format!("{OFF} {change}");
        let mut raw = raw(&world.file(world.tianfu)).await;
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut raw).await.unwrap();
        let flaws = flaws(&world).await;
        assert_eq!(flaws.first(), Some(&Flaw::Ledger { number: named }), "{change}: {flaws:?}");
    }
}

#[tokio::test]
async fn a_ledger_that_was_cut_or_written_anew_is_found() {
    let cut = flaws_after("DROP TRIGGER ledger_entry_stays; DELETE FROM ledger_entry WHERE number = 6").await;
    assert!(cut.contains(&Flaw::LedgerEnd { found: 5, expected: 6 }), "{cut:?}");
    // Cut together with what the state says of it, as somebody would who knows the program.
    let cut = flaws_after(
        "DROP TRIGGER ledger_entry_stays; DELETE FROM ledger_entry WHERE number = 6; UPDATE space_state SET \
         ledger_number = 5, ledger_hash = (SELECT hash FROM ledger_entry WHERE number = 5)",
    )
    .await;
    assert!(
        cut.iter().any(|flaw| matches!(flaw, Flaw::Changed { collection, .. } if collection == "ledger")),
        "{cut:?}"
    );
}

#[tokio::test]
async fn figures_beside_the_rows_are_compared_with_them() {
    for (sql, named) in [
        ("UPDATE ledger_account SET balance = balance + 1 WHERE balance = 700", "balance"),
        ("UPDATE ledger_account SET held = 0 WHERE held = 100", "amount set aside"),
        (
            "UPDATE ledger_sum SET earned = 0 WHERE earned = 700 AND span = 'month' AND whose = 'household'",
            "sum earned",
        ),
        ("DELETE FROM ledger_sum WHERE earned = 700 AND span = 'year' AND whose = 'deeds'", "sum"),
        ("DELETE FROM ledger_account WHERE balance = 400", "balance"),
    ] {
        let flaws = flaws_after(sql).await;
        let named = |flaw: &Flaw| matches!(flaw, Flaw::Figure { what, .. } if *what == named);
        assert!(flaws.len() == 1 && named(&flaws[0]), "{sql}: {flaws:?}");
    }
    let hold = flaws_after("UPDATE ledger_hold SET amount = 99").await;
    assert!(hold.iter().any(|flaw| matches!(flaw, Flaw::Changed { collection, .. } if collection == "ledger-hold")));
}

#[tokio::test]
async fn a_person_is_forgotten_and_the_chain_holds() {
    let (world, lin, wang, entries) = lived_in().await;
    let space = world.space(world.tianfu).await;
    let mut tx = world.write(world.tianfu).await;
    let own = Posting { holder: lin.own(), person: None, ..posting(&lin, 40) };
    tx.post("points", &own, Some(wang.person), world.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(space.erase_person_payloads(lin.person, world.now()).await.unwrap(), 5);
    assert_eq!(space.erase_person_payloads(lin.person, world.now()).await.unwrap(), 0);
    let report = space.verify().await.unwrap();
    assert!(report.is_sound(), "{:?}", report.flaws);

    let mut read = world.store.read(world.tianfu).await.unwrap();
    let erased = read.entry(&entries[0].id).await.unwrap().unwrap();
    let expected = Entry { text: String::new(), person: None, item: None, ..entries[0].clone() };
    assert_eq!(erased, expected, "the amount stays");
    assert_eq!(read.entry(&entries[1].id).await.unwrap(), Some(entries[1].clone()), "the neighbour's row stays whole");
    let persons = RankingQuery { by: RankBy::Persons, kind: None, period: None, limit: None };
    assert_eq!(read.ranking(&persons).await.unwrap().len(), 1);
    assert_eq!(read.balances(&lin.home()).await.unwrap().redeemable, 700);
    drop(read);
    // Life goes on, on the same chain.
    let mut tx = world.write(world.tianfu).await;
    tx.post("points", &posting(&lin, 10), Some(wang.person), world.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(space.verify().await.unwrap().is_sound());
}
