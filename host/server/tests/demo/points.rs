//! Points in the demo: every state occurs, the told villages show each on their desks today, and balances are the sums
//! of their rows.

use std::collections::{BTreeMap, BTreeSet};

use cunshi_model::clock::DAY;
use cunshi_model::{HouseholdId, Member, Role};
use serde_json::{Value, json};

use crate::district::{Demo, TIANFU, VILLAGES, WANPING, ZHAOSHI, now};

/// The values of a field.
pub fn words<'a>(of: &'a [Value], field: &str) -> BTreeSet<&'a str> {
    of.iter().filter_map(|one| one[field].as_str()).collect()
}

/// Hundredths of a decimal.
fn hundredths(text: &Value) -> i64 {
    let text = text.as_str().unwrap();
    let (whole, part) = text.trim_start_matches('-').split_once('.').unwrap_or((text.trim_start_matches('-'), ""));
    let found = whole.parse::<i64>().unwrap() * 100 + format!("{part:0<2}").parse::<i64>().unwrap();
    if text.starts_with('-') { -found } else { found }
}

/// The office's first cadre.
pub async fn cadre(demo: &Demo, code: &str) -> Member {
    let people = demo.people(code).await;
    people.into_iter().find(|member| member.roles.contains(&Role::Cadre)).unwrap()
}

/// All awards that the people of a village see as theirs, each once, with their household.
async fn awards(demo: &Demo, code: &str) -> Vec<(HouseholdId, Value)> {
    let mut found = BTreeMap::new();
    for member in demo.people(code).await {
        let Some(household) = member.household else { continue };
        let mine = demo.ask(code, Some(&member), "points", "mine", json!({})).await;
        for award in mine["awards"].as_array().unwrap() {
            found.insert(award["id"].as_str().unwrap().to_owned(), (household, award.clone()));
        }
    }
    found.into_values().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_occurs() {
    let demo = Demo::new().await;
    let (mut all, mut reservations, mut objections) = (Vec::new(), Vec::new(), Vec::new());
    let (mut signups, mut activities) = (Vec::new(), Vec::new());
    for code in VILLAGES {
        let office = cadre(&demo, code).await;
        for (_, award) in awards(&demo, code).await {
            let whole = demo.ask(code, Some(&office), "points", "lookup", json!({ "id": award["id"] })).await;
            objections.extend(whole["objections"].as_array().unwrap().clone());
            all.push(award);
        }
        for member in demo.people(code).await {
            let query = ["points", "reservations", "reservations"];
            reservations.extend(demo.list(code, Some(&member), query, json!({})).await);
        }
        for show in ["open", "done"] {
            let query = ["points", "schedule", "activities"];
            for activity in demo.list(code, None, query, json!({ "show": show })).await {
                let of = json!({ "activity": activity["id"] });
                signups.extend(demo.list(code, Some(&office), ["points", "participants", "signups"], of).await);
                activities.push(activity);
            }
        }
    }
    let states = words(&all, "state");
    for state in ["claimed", "under-review", "published", "objected", "posted", "declined", "withdrawn", "struck"] {
        assert!(states.contains(state), "no award is {state}: {states:?}");
    }
    assert_eq!(words(&all, "source"), BTreeSet::from(["claim", "deduction", "deed"]));
    assert_eq!(words(&objections, "state"), BTreeSet::from(["dismissed", "open", "upheld"]));
    assert_eq!(words(&reservations, "state"), BTreeSet::from(["cancelled", "collected", "held", "lapsed"]));
    assert!(words(&signups, "state").is_superset(&BTreeSet::from(["confirmed", "signed"])));
    assert_eq!(words(&activities, "state"), BTreeSet::from(["done", "open"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_told_villages_have_all_of_it_on_their_desks_today() {
    let demo = Demo::new().await;
    for code in [TIANFU, ZHAOSHI] {
        let office = cadre(&demo, code).await;
        let reviews = demo.list(code, Some(&office), ["points", "reviews", "awards"], json!({})).await;
        assert!(words(&reviews, "state").is_superset(&BTreeSet::from(["claimed", "under-review"])), "{code}");

        let board = demo.list(code, None, ["points", "board", "awards"], json!({})).await;
        let left = |award: &Value| award["until"].as_i64().unwrap() - now();
        let public = |source: &'static str| board.iter().filter(move |award| award["source"] == source);
        assert!(public("claim").any(|award| award["state"] == "published" && left(award) > DAY), "{code}");
        assert!(public("claim").any(|award| award["state"] == "objected"), "{code}");
        assert!(public("deduction").any(|award| award["state"] == "published"), "{code}");
        assert!(board.iter().all(|award| award["posted"].is_null()), "{code}: nothing is posted before its time");

        let objections = demo.list(code, Some(&office), ["points", "objections", "objections"], json!({})).await;
        assert!(objections.iter().any(|found| found["state"] == "open" && found["due"].as_i64().unwrap() > now()));
        let corrections = demo.ask(code, Some(&office), "points", "corrections", json!({})).await;
        assert!(!corrections["corrections"].as_array().unwrap().is_empty(), "{code}");
        let waiting = demo.list(code, Some(&office), ["points", "reservations", "reservations"], json!({})).await;
        assert!(waiting.iter().any(|found| found["state"] == "held"), "{code}");

        let query = ["points", "schedule", "activities"];
        let open = demo.list(code, None, query, json!({ "show": "open" })).await;
        let ahead = |activity: &Value| activity["starts"].as_i64().unwrap() - now();
        let next = open.iter().find(|activity| (5 * DAY..9 * DAY).contains(&ahead(activity)));
        assert!(next.is_some_and(|activity| activity["taken"].as_i64() == Some(3)), "{code}: {open:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lin_xiuying_earned_hers_in_several_ways_and_something_waits_for_her() {
    let demo = Demo::new().await;
    for (code, name) in [(TIANFU, "林秀英"), (ZHAOSHI, "罗定安")] {
        let hero = demo.person(code, name).await;
        let mut items = BTreeSet::new();
        for of in ["household", "person"] {
            let account = demo.ask(code, Some(&hero), "points", "statement", json!({ "of": of })).await;
            for row in account["rows"].as_array().unwrap().iter().filter(|row| row["reason"] == "award") {
                items.extend(row["item"].as_str().map(str::to_owned));
            }
        }
        assert!(items.len() >= 4, "{name}: {items:?}");
        let reservations = demo.list(code, Some(&hero), ["points", "reservations", "reservations"], json!({})).await;
        let held: Vec<_> = reservations.iter().filter(|found| found["state"] == "held").collect();
        assert_eq!(held.len(), 1, "{name}: {reservations:#?}");
        assert!(held[0]["code"].is_string() && held[0]["until"].as_i64().unwrap() > now(), "{name}");
        assert!(reservations.iter().any(|found| found["state"] == "collected"), "{name}");
    }
}

/// Adds the rows of an account up, page by page; its kinds with their sums, and how many rows there are.
async fn sums(demo: &Demo, code: &str, office: &Member, whose: &Value, balances: &mut Value) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::from(["base", "redeemable", "honour"].map(|kind| (kind.to_owned(), 0)));
    let mut params = whose.clone();
    loop {
        let page = demo.ask(code, Some(office), "points", "statement", params.clone()).await;
        *balances = page["balances"].clone();
        for row in page["rows"].as_array().unwrap() {
            *sums.get_mut(row["kind"].as_str().unwrap()).unwrap() += hundredths(&row["amount"]);
        }
        match page.get("before").filter(|before| !before.is_null()) {
            Some(before) => params["before"] = before.clone(),
            None => return sums,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn balances_are_the_sums_of_their_rows_and_never_below_nothing() {
    let demo = Demo::new().await;
    let mut rows = 0;
    for code in VILLAGES {
        let office = cadre(&demo, code).await;
        let people = demo.people(code).await;
        let households: BTreeSet<String> =
            people.iter().filter_map(|member| member.household).map(|id| id.to_string()).collect();
        let persons = people.iter().map(|member| json!({ "person": member.person.to_string() }));
        let whose = households.iter().map(|id| json!({ "household": id })).chain(persons);
        let mut held = 0;
        for whose in whose {
            let mut balances = Value::Null;
            for (kind, sum) in sums(&demo, code, &office, &whose, &mut balances).await {
                assert_eq!(hundredths(&balances[kind.as_str()]), sum, "{code} {whose} {kind}");
                assert!(sum >= 0, "{code} {whose} {kind}");
                rows += i64::from(sum > 0);
            }
            let set_aside = hundredths(&balances["redeemable"]) - hundredths(&balances["available"]);
            assert_eq!(hundredths(&balances["held"]), set_aside);
            held += set_aside;
        }
        let waiting = demo.list(code, Some(&office), ["points", "reservations", "reservations"], json!({})).await;
        let prices: i64 = waiting.iter().map(|found| hundredths(&found["price"])).sum();
        assert_eq!(held, prices, "{code}: what is set aside is what waits to be fetched");
    }
    assert!(rows > 20, "there is something to add up");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_is_approved_by_as_many_as_the_village_asks_for_and_none_of_the_household() {
    let demo = Demo::new().await;
    for (code, quorum) in [(TIANFU, 3), (ZHAOSHI, 2), (WANPING, 3)] {
        let office = cadre(&demo, code).await;
        let people = demo.people(code).await;
        let mut seen = 0;
        for (household, award) in awards(&demo, code).await {
            if award["source"] != "claim" {
                continue;
            }
            let whole = demo.ask(code, Some(&office), "points", "lookup", json!({ "id": award["id"] })).await;
            let steps = whole["steps"].as_array().unwrap();
            let approved: Vec<&Value> = steps.iter().filter(|step| step["kind"] == "approved").collect();
            for step in &approved {
                let by = step["by"].as_str().unwrap();
                let own = people.iter().any(|member| member.household == Some(household) && by.contains(&member.name));
                assert!(!own, "{code}: {by} is of the household: {whole:#}");
            }
            match award["state"].as_str().unwrap() {
                "posted" | "published" | "objected" | "struck" => {
                    assert_eq!(approved.len(), quorum, "{code} {whole:#}");
                    seen += 1;
                }
                _ => assert!(approved.len() < quorum, "{code} {whole:#}"),
            }
        }
        assert!(seen > 3, "{code}: claims were approved");
    }
}
