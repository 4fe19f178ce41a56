//! Rules of a village: written by one, published by another, in force from a date, brought back; what they decided
//! stays as it was decided; and what the district lays down reaches everybody at once.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::sync::Arc;

use common::{AWARD, World, posting, raw, rule, tamper};
use cunshi_contract::Text;
use cunshi_contract::rule::{RuleCase, RuleText};
use cunshi_model::clock::{DAY, HOUR};
use cunshi_model::port::{DataError, Spaces as _};
use cunshi_model::rules::{
    Answered, DecisionRecord, DistrictRules, Guard, NewDecision, Origin, Rule, RuleFailure, Whose, digest,
};
use cunshi_model::{DecisionId, HouseholdId, Micros, PersonId, SpaceId};
use cunshi_store::{Flaw, RuleState};
use serde_json::{Map, Value, json};

fn map(value: Value) -> Map<String, Value> {
    serde_json::from_value(value).unwrap()
}

fn text(points: i64) -> RuleText {
    let case = RuleCase {
        name: "植树".to_owned(),
        input: map(json!({ "item": "tree" })),
        answers: std::collections::BTreeMap::new(),
        output: map(json!({ "points": points })),
    };
    RuleText {
        script: "fn award(deed) { row(deed.item) }".to_owned(),
        table: vec![map(json!({ "item": "tree", "points": points, "kind": "redeemable", "per": 0.5 }))],
        cases: vec![case],
    }
}

async fn active(world: &World, at: Micros) -> Option<(u32, i64)> {
    let rule = world.store.read(world.tianfu).await.unwrap().active_rule(AWARD, at).await.unwrap()?;
    assert_eq!(rule.origin, Origin::Village);
    assert_eq!(rule.digest, digest(AWARD, &rule.text));
    Some((rule.version, rule.text.table[0]["points"].as_i64().unwrap()))
}

fn said<T: std::fmt::Debug>(refused: Result<T, DataError>) -> String {
    match refused.unwrap_err() {
        DataError::Invalid(text) => text,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_day_that_its_author_wants_is_kept_with_the_version() {
    let world = World::new().await;
    let space = world.space(world.tianfu).await;
    let (author, now) = (Some(world.person()), world.now());
    let saved = async |wanted| space.save_rule(AWARD, &text(5), "春天植树", wanted, author, now).await.unwrap();
    assert_eq!((saved(Some(now + DAY)).await, saved(Some(now + DAY)).await), (1, 1));
    assert_eq!((saved(None).await, saved(Some(now + 2 * DAY)).await), (2, 3), "another day is another version");
    let versions = space.rule_versions(AWARD).await.unwrap();
    let wanted: Vec<_> = versions.iter().map(|version| version.wanted).collect();
    assert_eq!(wanted, [Some(now + 2 * DAY), None, Some(now + DAY)]);
    assert!(space.verify().await.unwrap().is_sound());
}

#[tokio::test]
async fn a_rule_is_written_by_one_and_published_by_another() {
    let world = World::new().await;
    let space = world.space(world.tianfu).await;
    let (author, second) = (world.person(), world.person());
    let now = world.now();
    assert_eq!(space.save_rule(AWARD, &text(5), "春天植树", None, Some(author), now).await.unwrap(), 1);
    assert_eq!(
        space.save_rule(AWARD, &text(5), "春天植树", None, Some(author), now).await.unwrap(),
        1,
        "the same draft"
    );
    assert_eq!(active(&world, now).await, None, "a draft decides nothing");
    let state = async |number| space.rule_version(AWARD, number).await.unwrap().unwrap().0.state;
    assert_eq!(state(1).await, RuleState::Draft);
    space.rule_checked(AWARD, 1, now).await.unwrap();
    assert_eq!(state(1).await, RuleState::Checked);
    space.rule_tried(AWARD, 1, now).await.unwrap();
    assert_eq!(state(1).await, RuleState::Tried);
    for by in [Some(author), None] {
        assert!(said(space.publish_rule(AWARD, 1, now, by, false, now).await).contains("by a second person"));
    }
    assert!(matches!(space.publish_rule(AWARD, 2, now, Some(second), false, now).await, Err(DataError::Missing)));
    assert!(matches!(space.rule_checked(AWARD, 2, now).await, Err(DataError::Missing)));
    assert_eq!(active(&world, now).await, None);
    space.publish_rule(AWARD, 1, now, Some(second), false, now).await.unwrap();
    assert_eq!(active(&world, now).await, Some((1, 5)));
    let (version, whole) = space.rule_version(AWARD, 1).await.unwrap().unwrap();
    assert_eq!((version.state, version.active, version.author), (RuleState::Published, true, Some(author)));
    assert_eq!(version.publications[0].by, Some(second));
    assert_eq!(whole, text(5), "with its table and cases");
    // A district that applies files is one person's work, and may speak of the past.
    let other = "issues.deadline";
    space.save_rule(other, &text(1), "", None, None, now).await.unwrap();
    space.publish_rule(other, 1, now - DAY, None, true, now).await.unwrap();
    let hooks: Vec<_> = space.active_rules(now - HOUR).await.unwrap().into_keys().collect();
    assert_eq!(hooks, [other]);

    let actions = ["host/rule-publish", "host/rule-tried", "host/rule-checked", "host/rule-draft"];
    let audit = space.audit_rows(None, 10).await.unwrap();
    let of_award: Vec<_> = audit.iter().filter(|row| row.subject.as_deref() == Some("points.award/1")).collect();
    assert_eq!(of_award.iter().map(|row| row.action.as_str()).collect::<Vec<_>>(), actions);
    assert_eq!((of_award[0].actor, of_award[3].actor), (Some(second), Some(author)));
    assert!(space.verify().await.unwrap().is_sound());
}

#[tokio::test]
async fn a_change_decides_from_its_date_and_rolling_back_restores_the_former() {
    let world = World::new().await;
    let space = world.space(world.tianfu).await;
    let (author, second) = (Some(world.person()), Some(world.person()));
    let publish = async |points: i64, from: Micros| {
        let version = space.save_rule(AWARD, &text(points), "", None, author, world.now()).await.unwrap();
        space.publish_rule(AWARD, version, from, second, false, world.now()).await.unwrap();
        version
    };
    let first_day = world.now();
    publish(5, 0).await;
    assert_eq!(active(&world, first_day - 1).await, None, "what is published now does not reach back");
    world.clock.advance(DAY);
    let second_day = world.now();
    publish(8, second_day + DAY).await;
    assert_eq!(active(&world, second_day).await, Some((1, 5)));
    assert_eq!(active(&world, second_day + DAY).await, Some((2, 8)), "from its date on");
    let states = async || -> Vec<(u32, RuleState, bool)> {
        let versions = space.rule_versions(AWARD).await.unwrap();
        versions.iter().map(|version| (version.version, version.state, version.active)).collect()
    };
    assert_eq!(states().await, [(2, RuleState::Published, false), (1, RuleState::Published, true)]);
    world.clock.advance(2 * DAY);
    assert_eq!(states().await, [(2, RuleState::Published, true), (1, RuleState::Superseded, false)]);

    publish(99, world.now() + DAY).await;
    assert!(said(space.roll_back_rule(AWARD, 3, second, world.now()).await).contains("has decided before"));
    space.roll_back_rule(AWARD, 1, author, world.now()).await.unwrap();
    assert_eq!(active(&world, world.now()).await, Some((1, 5)));
    assert_eq!(active(&world, world.now() + 9 * DAY).await, Some((1, 5)), "what was to come is withdrawn");
    assert_eq!(active(&world, first_day).await, Some((1, 5)));
    assert_eq!(active(&world, second_day + DAY).await, Some((2, 8)), "the past stays what it was");
    let expected = [(3, RuleState::Draft, false), (2, RuleState::Superseded, false), (1, RuleState::Published, true)];
    assert_eq!(states().await, expected);
    let (version, _) = space.rule_version(AWARD, 1).await.unwrap().unwrap();
    let rolled: Vec<bool> = version.publications.iter().map(|publication| publication.rolled_back).collect();
    assert_eq!(rolled, [true, false]);

    world.clock.advance(DAY);
    space.withdraw_rule(AWARD, second, world.now()).await.unwrap();
    assert_eq!(active(&world, world.now()).await, None, "the district's decides again");
    assert!(matches!(space.withdraw_rule(AWARD, second, world.now()).await, Err(DataError::Missing)));
    assert!(space.verify().await.unwrap().is_sound());
}

#[tokio::test]
async fn a_rule_that_is_too_large_is_refused() {
    let world = World::new().await;
    let space = world.space(world.tianfu).await;
    let large = RuleText { script: "x".repeat(300_000), ..RuleText::default() };
    assert!(said(space.save_rule(AWARD, &large, "", None, None, 1).await).contains("256 KiB"));
    assert!(said(space.save_rule(AWARD, &text(1), &"长".repeat(501), None, None, 1).await).contains("500 characters"));
    assert!(space.rule_versions(AWARD).await.unwrap().is_empty());
}

/// Who and when a decision is about.
struct About {
    person: Option<PersonId>,
    household: Option<HouseholdId>,
    at: Micros,
}

async fn decide(world: &World, space: SpaceId, rule: &Rule, output: Value, about: About) -> DecisionId {
    let (input, output) = (map(json!({ "item": "tree", "who": "p1" })), map(output));
    let answers = [Answered { question: "times(tree, month)".to_owned(), answer: 2 }];
    let because = ["种了三棵树".to_owned()];
    let failure = RuleFailure { line: Some(3), column: Some(9), message: Text::new("错", "wrong"), guard: None };
    let About { person, household, at } = about;
    let mut tx = world.write(space).await;
    let decision = NewDecision {
        hook: AWARD,
        plugin: "points",
        rule,
        guards: "guards",
        engine: "rhai-1",
        input: &input,
        answers: &answers,
        output: &output,
        because: &because,
        fell_back: Some(&failure),
        person,
        household,
        at,
        now: world.now(),
    };
    let id = tx.record_decision(decision).await.unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_decision_keeps_everything_that_it_takes_to_decide_again() {
    let world = World::new().await;
    let lin = world.villager(world.tianfu, "林秀英").await;
    let table = RuleText { cases: Vec::new(), ..text(5) };
    let district =
        Rule { origin: Origin::District, version: 4, digest: digest(AWARD, &table), text: Arc::new(table.clone()) };
    let about = About { person: Some(lin.person), household: Some(lin.household), at: world.now() - HOUR };
    let id = decide(&world, world.tianfu, &district, json!({ "item": "tree", "points": 500 }), about).await;
    let mut read = world.store.read(world.tianfu).await.unwrap();
    let record = read.decision(id).await.unwrap().unwrap();
    let failure = RuleFailure { line: Some(3), column: Some(9), message: Text::new("错", "wrong"), guard: None };
    let expected = DecisionRecord {
        id,
        hook: AWARD.to_owned(),
        plugin: "points".to_owned(),
        rule: district,
        guards: "guards".to_owned(),
        engine: "rhai-1".to_owned(),
        input: map(json!({ "item": "tree", "who": "p1" })),
        answers: vec![Answered { question: "times(tree, month)".to_owned(), answer: 2 }],
        output: map(json!({ "item": "tree", "points": 500 })),
        because: vec!["种了三棵树".to_owned()],
        fell_back: Some(failure),
        person: Some(lin.person),
        household: Some(lin.household),
        at: world.now() - HOUR,
        made: world.now(),
        voided: None,
    };
    assert_eq!(record, expected, "the text too, though the district's is not kept here otherwise");
    assert_eq!(world.store.read(world.zhaoshi).await.unwrap().decision(id).await.unwrap(), None);
}

#[tokio::test]
async fn history_counts_what_stands() {
    let world = World::new().await;
    let lin = world.villager(world.tianfu, "林秀英").await;
    let son = PersonId::new(world.now());
    let rule = rule("fn award(deed) { #{} }");
    let now = world.now();
    let mut ids = Vec::new();
    for (person, output, ago) in [
        (lin.person, json!({ "item": "tree", "points": 500 }), 0),
        (lin.person, json!({ "points": 300 }), 1),
        (lin.person, json!({ "item": "litter", "points": -500 }), 1),
        (son, json!({ "item": "tree", "points": 50 }), 2),
        (lin.person, json!({ "item": "tree" }), 40),
    ] {
        let about = About { person: Some(person), household: Some(lin.household), at: now - ago * DAY };
        ids.push(decide(&world, world.tianfu, &rule, output, about).await);
    }
    let count = async |whose, item: &str, from, to| {
        world.store.read(world.tianfu).await.unwrap().decided(AWARD, whose, item, from, to).await.unwrap()
    };
    let (person, home) = (Whose::Person(lin.person), Whose::Household(lin.household));
    assert_eq!(count(person, "tree", now - 30 * DAY, now + 1).await, (2, 800), "the input's item where none came out");
    assert_eq!(count(person, "tree", i64::MIN, i64::MAX).await, (3, 800));
    assert_eq!(count(person, "tree", now - DAY, now).await, (1, 300), "from is in, to is not");
    assert_eq!(count(home, "tree", now - 30 * DAY, now + 1).await, (3, 850));
    assert_eq!(count(person, "litter", i64::MIN, i64::MAX).await, (1, -500));
    assert_eq!(count(Whose::Person(PersonId::new(9)), "tree", i64::MIN, i64::MAX).await, (0, 0));

    let mut tx = world.write(world.tianfu).await;
    assert!(matches!(tx.void_decision("diaries", ids[0], now).await, Err(DataError::Missing)));
    assert!(matches!(tx.void_decision("points", DecisionId::new(1), now).await, Err(DataError::Missing)));
    tx.void_decision("points", ids[0], now).await.unwrap();
    tx.void_decision("points", ids[0], now + 9).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(count(person, "tree", now - 30 * DAY, now + 1).await, (1, 300));
    let mut read = world.store.read(world.tianfu).await.unwrap();
    assert_eq!(read.decision(ids[0]).await.unwrap().unwrap().voided, Some(now), "it stays readable");
    drop(read);
    let report = world.space(world.tianfu).await.verify().await.unwrap();
    assert!(report.is_sound(), "{:?}", report.flaws);
    assert_eq!(report.decisions, 5);
}

#[tokio::test]
async fn a_decision_or_rule_that_was_changed_is_named() {
    const OFF: &str = "PRAGMA foreign_keys = OFF; DROP TRIGGER decision_is_not_changed; DROP TRIGGER decision_stays;";
    for (change, kind) in [
        ("UPDATE decision SET points = 9", "decision"),
        ("UPDATE decision SET voided = 1", "decision"),
        ("DELETE FROM decision", "decision"),
        ("UPDATE rule_text SET script = 'fn award(deed) { 1000 }'", "rule-text"),
        ("UPDATE rule_version SET author = NULL", "rule-version"),
        ("UPDATE rule_version SET wanted = 1", "rule-version"),
        ("UPDATE rule_publication SET starts = 0", "rule-publication"),
    ] {
        let world = World::new().await;
        let space = world.space(world.tianfu).await;
        space.save_rule(AWARD, &text(5), "", None, Some(world.person()), world.now()).await.unwrap();
        space.publish_rule(AWARD, 1, world.now(), Some(world.person()), false, world.now()).await.unwrap();
        let rule = space.active_rules(world.now()).await.unwrap().remove(AWARD).unwrap();
        let about = About { person: None, household: None, at: world.now() };
        decide(&world, world.tianfu, &rule, json!({}), about).await;
        assert!(space.verify().await.unwrap().is_sound());
        let mut raw = raw(&world.file(world.tianfu)).await;
        for refused in
            ["DELETE FROM decision", "UPDATE decision SET output = '{}'", "UPDATE decision SET voided = NULL"]
        {
            assert!(sqlx::raw_sql(refused).execute(&mut raw).await.is_err(), "{refused}");
        }
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!("{OFF} {change}"))).execute(&mut raw).await.unwrap();
        let flaws = space.verify().await.unwrap().flaws;
        let named = |flaw: &Flaw| match flaw {
            Flaw::Changed { collection, .. } | Flaw::Removed { collection, .. } => collection == kind,
            _ => false,
        };
        assert!(flaws.len() == 1 && named(&flaws[0]), "{change}: {flaws:?}");
    }
}

#[tokio::test]
async fn what_a_rule_failed_at_is_kept_for_whoever_mends_it() {
    let world = World::new().await;
    let rule = Rule { origin: Origin::Village, version: 3, ..rule("fn award(deed) { deed.itme }") };
    let failure = RuleFailure {
        line: Some(1),
        column: Some(23),
        message: Text::new("没有“itme”这一项", "there is no `itme`"),
        guard: None,
    };
    for number in 0..205 {
        let mut tx = world.write(world.tianfu).await;
        let input = map(json!({ "number": number }));
        tx.record_rule_failure(AWARD, &rule, &input, &failure, world.now()).await.unwrap();
        tx.commit().await.unwrap();
    }
    let space = world.space(world.tianfu).await;
    let failures = space.rule_failures(AWARD, 500).await.unwrap();
    assert_eq!(failures.len(), 200, "the oldest go");
    assert_eq!((failures[0].version, failures[0].origin), (3, Origin::Village));
    assert_eq!((&failures[0].input["number"], &failures[0].failure), (&json!(204), &failure));
    assert_eq!(space.rule_failures("issues.deadline", 5).await.unwrap(), []);
}

#[tokio::test]
async fn what_the_district_lays_down_is_known_at_once() {
    let world = World::new().await;
    let district = world.store.district();
    let rules = async || world.store.district_rules().await.unwrap();
    assert_eq!(*rules().await, DistrictRules::default());
    assert!(Arc::ptr_eq(&rules().await, &rules().await), "kept in memory");
    let guard: Guard = serde_json::from_value(json!({
        "name": "reporting-never-costs",
        "hook": AWARD,
        "say": { "zh": "说事不扣分", "en": "Reporting never costs points" },
        "when": { "kind": "issue.reported" },
        "output": "points",
        "min": "0",
    }))
    .unwrap();
    district.set_guards(std::slice::from_ref(&guard)).await.unwrap();
    district.set_locks(&["rating.village".to_owned()]).await.unwrap();
    let laid_down = rules().await;
    assert_eq!((&laid_down.guards, &laid_down.locks), (&vec![guard.clone()], &vec!["rating.village".to_owned()]));

    let office = world.space(world.district).await;
    office.save_rule(AWARD, &text(5), "", None, None, world.now()).await.unwrap();
    assert!(Arc::ptr_eq(&laid_down, &rules().await), "a draft changes nothing");
    office.publish_rule(AWARD, 1, world.now(), None, true, world.now()).await.unwrap();
    office.save_rule(AWARD, &text(7), "", None, None, world.now()).await.unwrap();
    office.publish_rule(AWARD, 2, world.now() + DAY, None, true, world.now()).await.unwrap();
    let active = async || {
        let rules = rules().await;
        let rule = &rules.active[AWARD];
        assert_eq!((rule.origin, rules.guards.len()), (Origin::District, 1));
        rule.version
    };
    assert_eq!(active().await, 1);
    world.clock.advance(DAY);
    assert_eq!(active().await, 2, "from its date on, though nobody wrote anything");
    office.roll_back_rule(AWARD, 1, None, world.now()).await.unwrap();
    assert_eq!(active().await, 1);
    // A village's own rule is its own.
    let village = world.space(world.tianfu).await;
    village.save_rule(AWARD, &text(9), "", None, None, world.now()).await.unwrap();
    village.publish_rule(AWARD, 1, world.now(), None, true, world.now()).await.unwrap();
    assert_eq!(active().await, 1);
    let world = world.crash().await;
    assert_eq!(world.store.district().guards().await.unwrap(), [guard]);
    assert_eq!(world.store.district_rules().await.unwrap().active[AWARD].version, 1);
}

#[tokio::test]
async fn a_space_of_the_version_before_is_brought_up_when_it_is_opened() {
    let world = World::new().await;
    // As the version before left it: born, with its one row.
    let file = world.file(world.tianfu);
    let first = include_str!("../migrations/sqlite/space/0001_space.sql");
    let old = format!("{first} INSERT INTO space_state VALUES ('{}', 7, 0, '', 41, NULL);", world.tianfu);
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file).create_if_missing(true);
    let mut raw = sqlx::ConnectOptions::connect(&options).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(old)).execute(&mut raw).await.unwrap();
    sqlx::Connection::close(raw).await.unwrap();
    tamper(&world.data().join("district.db"), "UPDATE space SET born = 1 WHERE code = '510303108001'").await;

    let space = world.space(world.tianfu).await;
    assert_eq!(space.revision().await.unwrap(), 7);
    let lin = world.villager(world.tianfu, "林秀英").await;
    let mut tx = world.write(world.tianfu).await;
    let entry = tx.post("points", &posting(&lin, 100), Some(lin.person), world.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((entry.number, entry.balance), (1, 100));
    assert!(space.verify().await.unwrap().is_sound());
    let mut raw = common::raw(&file).await;
    let row = sqlx::raw_sql("PRAGMA user_version").fetch_one(&mut raw).await.unwrap();
    assert_eq!(sqlx::Row::get::<i64, _>(&row, 0), 5);
}
