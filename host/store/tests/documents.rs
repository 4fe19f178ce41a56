//! Documents: compare-and-set, indexes, owner and readers, search, numbers.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use common::{World, case, cases, reader, system};
use cunshi_contract::{Query, Range};
use cunshi_model::Role;
use cunshi_model::port::{DataError, Spaces as _};
use serde_json::{Value, json};

fn by(index: &str, equals: &[Value]) -> Query {
    Query { index: index.to_owned(), equals: equals.to_vec(), ..Query::default() }
}

fn numbers(found: &cunshi_model::port::Found) -> Vec<String> {
    let number = |body: &str| serde_json::from_str::<Value>(body).unwrap()["number"].as_str().unwrap().to_owned();
    found.documents.iter().map(|document| number(&document.body)).collect()
}

#[tokio::test]
async fn what_one_village_writes_no_other_village_finds() {
    let world = World::new().await;
    let cases = cases();
    let id = world.insert(world.tianfu, &cases, case("2026-0001", "reported", 1)).await;
    let mut tx = world.write(world.tianfu).await;
    assert_eq!(tx.next_number("issues", "2026").await.unwrap(), 1);
    tx.commit().await.unwrap();

    let mut there = world.store.read(world.zhaoshi).await.unwrap();
    assert_eq!(there.get(system(&cases), &id).await.unwrap(), None);
    assert_eq!(there.count(system(&cases), &by("by_state", &[])).await.unwrap(), 0);
    assert!(there.search(system(&cases), "路灯", 10).await.unwrap().is_empty());
    let mut tx = world.write(world.zhaoshi).await;
    assert_eq!(tx.next_number("issues", "2026").await.unwrap(), 1);
    let unique_elsewhere = case("2026-0001", "reported", 1).to_string();
    tx.insert(system(&cases), None, &unique_elsewhere, world.now()).await.unwrap();
    assert!(matches!(tx.remove(system(&cases), &id, 1).await, Err(DataError::Missing)));
}

#[tokio::test]
async fn another_plugin_does_not_find_it_either() {
    let world = World::new().await;
    let cases = cases();
    let id = world.insert(world.tianfu, &cases, case("1", "reported", 1)).await;
    let mut read = world.store.read(world.tianfu).await.unwrap();
    let other = cunshi_model::port::Place { plugin: "points", ..system(&cases) };
    assert_eq!(read.get(other, &id).await.unwrap(), None);
    assert_eq!(read.count(other, &by("by_state", &[])).await.unwrap(), 0);
    assert!(read.search(other, "路灯", 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_change_names_the_version_that_it_changes() {
    let world = World::new().await;
    let cases = cases();
    let id = world.insert(world.tianfu, &cases, case("1", "reported", 1)).await;
    world.advance(60);
    let mut tx = world.write(world.tianfu).await;
    let at = system(&cases);
    let body = case("1", "accepted", 1).to_string();
    let changed = tx.update(at, &id, 1, &body, world.now()).await.unwrap();
    assert_eq!((changed.version, changed.created, changed.updated), (2, common::START, world.now()));
    let stale = tx.update(at, &id, 1, &body, world.now()).await;
    assert!(matches!(stale, Err(DataError::Conflict { current: 2 })));
    assert!(matches!(tx.remove(at, &id, 1).await, Err(DataError::Conflict { current: 2 })));
    assert_eq!(tx.count(at, &by("by_state", &[json!("reported")])).await.unwrap(), 0);
    assert_eq!(tx.count(at, &by("by_state", &[json!("accepted")])).await.unwrap(), 1);
    tx.remove(at, &id, 2).await.unwrap();
    assert_eq!(tx.get(at, &id).await.unwrap(), None);
    assert_eq!(tx.count(at, &by("by_state", &[])).await.unwrap(), 0);
    assert!(tx.search(at, "路灯", 10).await.unwrap().is_empty());
    tx.commit().await.unwrap();
    assert_eq!(world.space(world.tianfu).await.verify().await.unwrap().flaws, []);
}

#[tokio::test]
async fn of_two_who_take_the_same_number_one_is_told() {
    let world = World::new().await;
    let take = async || {
        let mut tx = world.store.write(world.tianfu).await.unwrap();
        let collection = cases();
        let body = case("2026-0042", "reported", 1).to_string();
        let result = tx.insert(system(&collection), None, &body, world.now()).await;
        if result.is_ok() {
            tx.commit().await.unwrap();
        }
        result
    };
    let (first, second) = tokio::join!(take(), take());
    let refused = [first, second].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert!(matches!(refused.as_slice(), [DataError::Duplicate { index }] if index == "by_number"), "{refused:?}");
}

#[tokio::test]
async fn who_goes_on_after_a_refusal_keeps_nothing_of_what_was_refused() {
    let world = World::new().await;
    let cases = cases();
    let at = system(&cases);
    world.insert(world.tianfu, &cases, case("1", "reported", 1)).await;
    let second = world.insert(world.tianfu, &cases, case("2", "reported", 2)).await;
    let mut tx = world.write(world.tianfu).await;
    let taken = case("1", "closed", 3).to_string();
    assert!(matches!(tx.insert(at, None, &taken, world.now()).await, Err(DataError::Duplicate { .. })));
    assert!(matches!(tx.update(at, &second, 1, &taken, world.now()).await, Err(DataError::Duplicate { .. })));
    assert!(matches!(tx.insert(at, Some(&second), "{}", world.now()).await, Err(DataError::Duplicate { .. })));
    tx.commit().await.unwrap();
    let mut read = world.store.read(world.tianfu).await.unwrap();
    assert_eq!(numbers(&read.find(at, &by("by_state", &[])).await.unwrap()), ["1", "2"]);
    assert_eq!(read.count(at, &by("by_state", &[json!("closed")])).await.unwrap(), 0);
    drop(read);
    assert_eq!(world.space(world.tianfu).await.verify().await.unwrap().flaws, []);
}

#[tokio::test]
async fn an_index_gives_its_order_its_ranges_and_its_pages() {
    let world = World::new().await;
    let cases = cases();
    let at = system(&cases);
    let mut tx = world.write(world.tianfu).await;
    for (number, due) in [("c", 30), ("a", -10), ("d", 40), ("b", 20), ("e", 50)] {
        tx.insert(at, None, &case(number, "open", due).to_string(), world.now()).await.unwrap();
    }
    tx.insert(at, None, &case("z", "opened", 0).to_string(), world.now()).await.unwrap();
    tx.insert(at, None, &json!({ "number": "y", "state": "open" }).to_string(), world.now()).await.unwrap();
    tx.commit().await.unwrap();

    let mut read = world.store.read(world.tianfu).await.unwrap();
    let open = by("by_state", &[json!("open")]);
    assert_eq!(numbers(&read.find(at, &open).await.unwrap()), ["a", "b", "c", "d", "e"]);
    let newest = Query { descending: true, ..open.clone() };
    assert_eq!(numbers(&read.find(at, &newest).await.unwrap()), ["e", "d", "c", "b", "a"]);
    let range = Some(Range { from: Some(json!(20)), to: Some(json!(40)) });
    let some = Query { range, ..open.clone() };
    assert_eq!(numbers(&read.find(at, &some).await.unwrap()), ["b", "c"]);
    assert_eq!(read.count(at, &some).await.unwrap(), 2);
    for (query, expected) in [(open, ["a", "b", "c", "d", "e"]), (newest, ["e", "d", "c", "b", "a"])] {
        let mut seen = Vec::new();
        let mut page = Query { limit: Some(2), ..query };
        loop {
            let found = read.find(at, &page).await.unwrap();
            seen.extend(numbers(&found));
            page.cursor = found.next;
            if page.cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, expected);
    }
}

#[tokio::test]
async fn a_malformed_query_is_told_what_to_write() {
    let world = World::new().await;
    let cases = cases();
    let mut read = world.store.read(world.tianfu).await.unwrap();
    let state = json!("open");
    let wrong = [
        (by("by_colour", &[]), "declares `by_follower`, `by_number`, `by_state`"),
        (by("by_state", &[json!(3)]), "must be a text, not a number"),
        (by("by_state", &[state.clone(), json!("soon")]), "must be a time"),
        (by("by_state", &[state.clone(), json!(1), json!(2)]), "has 2 fields"),
        (Query { range: Some(Range::default()), ..by("by_number", &[json!("1")]) }, "no further field"),
        (Query { limit: Some(0), ..by("by_state", &[]) }, "1 to 200"),
        (Query { limit: Some(201), ..by("by_state", &[]) }, "1 to 200"),
    ];
    for (query, expected) in wrong {
        let error = read.find(system(&cases), &query).await.unwrap_err();
        assert!(matches!(&error, DataError::Invalid(message) if message.contains(expected)), "{error:?}");
    }
    // A cursor comes from the reader's address bar: a page that this query did not give is not there.
    let nowhere = Query { cursor: Some("x".to_owned()), ..by("by_state", &[]) };
    assert!(matches!(read.find(system(&cases), &nowhere).await, Err(DataError::Missing)));
}

#[tokio::test]
async fn a_private_case_is_for_its_reporter_and_the_cadres_only() {
    let world = World::new().await;
    let cases = cases();
    let (lin, neighbour) = (world.person(), world.person());
    let body = json!({
        "number": "1", "state": "open", "due_at": 1, "title": "邻里纠纷", "visibility": "private", "reporter": lin,
    });
    let id = world.insert(world.tianfu, &cases, body).await;
    let mut read = world.store.read(world.tianfu).await.unwrap();
    let query = by("by_state", &[json!("open")]);
    let eyes = [
        (reader(&cases, Some(lin), [Role::Member]), true),
        (reader(&cases, Some(neighbour), [Role::Cadre]), true),
        (system(&cases), true),
        (reader(&cases, Some(neighbour), [Role::Member]), false),
        (reader(&cases, Some(neighbour), [Role::Officer]), false),
        (reader(&cases, None, []), false),
    ];
    for (at, sees) in eyes {
        assert_eq!(read.get(at, &id).await.unwrap().is_some(), sees, "get by {:?}", at.viewer);
        assert_eq!(read.find(at, &query).await.unwrap().documents.len(), usize::from(sees), "{:?}", at.viewer);
        assert_eq!(read.count(at, &query).await.unwrap(), u64::from(sees), "count by {:?}", at.viewer);
        assert_eq!(read.search(at, "纠纷", 9).await.unwrap().len(), usize::from(sees), "{:?}", at.viewer);
        assert_eq!(read.search(at, "邻", 9).await.unwrap().len(), usize::from(sees), "{:?}", at.viewer);
    }
    drop(read);
    let mut tx = world.write(world.tianfu).await;
    let at = reader(&cases, Some(neighbour), [Role::Member]);
    assert!(matches!(tx.update(at, &id, 1, "{}", world.now()).await, Err(DataError::Missing)));
    let opened = json!({ "number": "1", "state": "open", "due_at": 1, "visibility": "public", "reporter": lin });
    tx.update(system(&cases), &id, 1, &opened.to_string(), world.now()).await.unwrap();
    assert_eq!(tx.count(at, &query).await.unwrap(), 1);
}

#[tokio::test]
async fn a_list_is_found_by_each_of_its_values() {
    let world = World::new().await;
    let cases = cases();
    let body = json!({ "number": "1", "followers": ["甲", "乙", "甲"] });
    let id = world.insert(world.tianfu, &cases, body).await;
    let mut tx = world.write(world.tianfu).await;
    let at = system(&cases);
    for follower in ["甲", "乙"] {
        assert_eq!(tx.find(at, &by("by_follower", &[json!(follower)])).await.unwrap().documents.len(), 1);
    }
    assert_eq!(tx.count(at, &by("by_follower", &[])).await.unwrap(), 1);
    assert_eq!(tx.find(at, &by("by_follower", &[])).await.unwrap().documents.len(), 1);
    let fewer = json!({ "number": "1", "followers": ["乙", "丙"] }).to_string();
    tx.update(at, &id, 1, &fewer, world.now()).await.unwrap();
    assert_eq!(tx.count(at, &by("by_follower", &[json!("甲")])).await.unwrap(), 0);
    assert_eq!(tx.count(at, &by("by_follower", &[json!("丙")])).await.unwrap(), 1);
}

#[tokio::test]
async fn chinese_is_found_by_one_two_and_more_characters_best_first() {
    let world = World::new().await;
    let cases = cases();
    let at = system(&cases);
    let titled = |number: &str, title: &str| json!({ "number": number, "title": title });
    for (number, title) in [("1", "房屋旁的黄桷树要倒了"), ("2", "路灯坏了"), ("3", "ＡＢＣ路的黄桷树枝"), ("4", "桷")]
    {
        world.insert(world.tianfu, &cases, titled(number, title)).await;
    }
    let mut tx = world.write(world.tianfu).await;
    let mut search = async |text: &str| {
        let found = tx.search(at, text, 10).await.unwrap();
        numbers(&cunshi_model::port::Found { documents: found, next: None })
    };
    assert_eq!(search("路灯").await, ["2"]);
    assert_eq!(search("黄桷树枝").await, ["3", "1"]);
    assert_eq!(search("黄桷树要倒").await, ["1", "3"]);
    assert_eq!(search("灯").await, ["2"]);
    assert_eq!(search("abc").await, ["3"]);
    assert_eq!(search("Ｂ").await, ["3"]);
    assert_eq!(search("了").await.len(), 2);
    assert!(search("，。").await.is_empty());
    assert!(search("水井").await.is_empty());
}

#[tokio::test]
async fn a_changed_title_is_found_by_its_new_words_only() {
    let world = World::new().await;
    let cases = cases();
    let id = world.insert(world.tianfu, &cases, json!({ "number": "1", "title": "路灯坏了" })).await;
    let mut tx = world.write(world.tianfu).await;
    let at = system(&cases);
    let changed = json!({ "number": "1", "title": "水管坏了" }).to_string();
    tx.update(at, &id, 1, &changed, world.now()).await.unwrap();
    assert!(tx.search(at, "路灯", 10).await.unwrap().is_empty());
    assert_eq!(tx.search(at, "水管", 10).await.unwrap().len(), 1);
    assert_eq!(tx.search(at, "坏了", 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn numbers_have_no_gaps_among_calls_that_were_kept() {
    let world = World::new().await;
    let next = async |keep: bool| {
        let mut tx = world.write(world.tianfu).await;
        let number = tx.next_number("issues", "2026").await.unwrap();
        if keep {
            tx.commit().await.unwrap();
        }
        number
    };
    assert_eq!(next(true).await, 1);
    assert_eq!(next(false).await, 2);
    assert_eq!(next(true).await, 2);
    let mut tx = world.write(world.tianfu).await;
    assert_eq!(tx.next_number("issues", "2027").await.unwrap(), 1);
    assert_eq!(tx.next_number("points", "2026").await.unwrap(), 1);
}

#[tokio::test]
async fn old_documents_are_upgraded_without_a_new_version() {
    let world = World::new().await;
    let old = cases();
    let id = world.insert(world.tianfu, &old, case("1", "open", 1)).await;
    let mut new = cases();
    new.schema = 2;
    new.search = vec!["headline".to_owned()];
    let at = system(&new);
    let mut tx = world.write(world.tianfu).await;
    let outdated = tx.outdated(at, None, 10).await.unwrap();
    assert_eq!(outdated.iter().map(|document| document.id.as_str()).collect::<Vec<_>>(), [&id]);
    let body = json!({ "number": "1", "state": "open", "due_at": 7, "headline": "水管" }).to_string();
    tx.store_upgraded(at, &id, 1, &body).await.unwrap();
    assert!(tx.outdated(at, None, 10).await.unwrap().is_empty());
    let document = tx.get(at, &id).await.unwrap().unwrap();
    assert_eq!((document.schema, document.version, document.body), (2, 1, body));
    assert!(tx.search(at, "路灯", 10).await.unwrap().is_empty());
    assert_eq!(tx.search(at, "水管", 10).await.unwrap().len(), 1);
    tx.commit().await.unwrap();
    assert_eq!(world.space(world.tianfu).await.verify().await.unwrap().flaws, []);
}

#[tokio::test]
async fn several_counts_at_once_are_those_asked_one_by_one() {
    let world = World::new().await;
    let cases = cases();
    for (number, state, due) in [("1", "open", 1), ("2", "open", 5), ("3", "done", 2), ("4", "open", 9)] {
        world.insert(world.tianfu, &cases, case(number, state, due)).await;
    }
    world.insert(world.zhaoshi, &cases, case("1", "open", 1)).await;
    let queries: Vec<Query> = (0..20)
        .map(|nth| {
            let state = if nth % 3 == 0 { "done" } else { "open" };
            let range = (nth % 2 == 0).then(|| Range { from: None, to: Some(json!(nth)) });
            Query { index: "by_state".to_owned(), equals: vec![json!(state)], range, ..Query::default() }
        })
        .collect();
    let viewers = [system(&cases), reader(&cases, None, [])];
    for at in viewers {
        // More than one message to the engine takes, with and without a snapshot begun before.
        let mut read = world.store.read(world.tianfu).await.unwrap();
        let at_once = read.count_each(at, &queries).await.unwrap();
        let mut one_by_one = Vec::new();
        for query in &queries {
            one_by_one.push(read.count(at, query).await.unwrap());
        }
        assert_eq!(at_once, one_by_one);
        assert_eq!(read.count_each(at, &queries[1..2]).await.unwrap(), [3]);
        assert!(read.count_each(at, &[]).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_kept_is_refused_with_a_reason() {
    let world = World::new().await;
    let cases = cases();
    let mut tx = world.write(world.tianfu).await;
    let large = json!({ "title": "长".repeat(90_000) }).to_string();
    let many: Vec<_> = (0..33).map(|n| n.to_string()).collect();
    let many = json!({ "followers": many }).to_string();
    let long = json!({ "number": "九".repeat(200) }).to_string();
    let wrong = [
        ("[]", "must be a JSON object"),
        ("{", "not JSON"),
        (large.as_str(), "at most 262144"),
        (r#"{"reporter": 3}"#, "must be a person's id"),
        (r#"{"due_at": "x", "state": "open"}"#, "must be a time"),
        (many.as_str(), "at most 32 values"),
        (long.as_str(), "too long"),
    ];
    for (body, expected) in wrong {
        let error = tx.insert(system(&cases), None, body, world.now()).await.unwrap_err();
        assert!(matches!(&error, DataError::Invalid(message) if message.contains(expected)), "{error:?}");
    }
    let id = tx.insert(system(&cases), Some("not-a-uuid"), "{}", world.now()).await.unwrap_err();
    assert!(id.to_string().contains("not a UUID"), "{id}");
}
