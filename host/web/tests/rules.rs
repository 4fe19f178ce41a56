//! Rules by the API: who reads, who writes, what a check says, and who publishes.

#![expect(clippy::unwrap_used, reason = "helpers that fail should say where")]

mod common;

use axum::http::StatusCode;
use common::rules::{HOOK, SCRIPT, settled};
use common::{Answer, Site};
use cunshi_contract::Text;
use cunshi_model::clock::DAY;
use cunshi_model::rules::Guard;
use serde_json::{Map, Value, json};

const RULES: &str = "/api/v1/villages/510303108001/rules";

fn at(rest: &str) -> String {
    format!("{RULES}/{HOOK}{rest}")
}

fn table(points: i64) -> Value {
    json!([{ "item": "help", "label": "帮助老人", "points": points, "review": "none" }])
}

async fn saved(site: &Site, points: i64, token: &str) -> u64 {
    let body = json!({ "table": table(points), "cases": [], "note": format!("改成{points}分") });
    let answer = site.post_json(&at("/versions"), &body, Some(token)).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    answer.json()["version"].as_u64().unwrap()
}

async fn now(site: &Site, token: &str) -> (String, u64, i64) {
    let rule = site.get_as(&at(""), Some(token)).await.json();
    let word = |name: &str| rule[name].as_str().unwrap().to_owned();
    (word("origin"), rule["version"].as_u64().unwrap(), rule["table"][0]["points"].as_i64().unwrap())
}

fn detail(answer: &Answer) -> String {
    answer.json()["detail"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn those_who_work_for_the_village_read_rules_and_nobody_else_finds_them() {
    let (site, people) = settled().await;
    for reader in [&people.admin, &people.cadre, &people.supervisor, &people.officer] {
        let list = site.get_as(RULES, Some(reader)).await;
        assert_eq!(list.status, StatusCode::OK, "{}", list.text());
        let rule = &list.json()["rules"][0];
        assert_eq!((&rule["hook"], &rule["origin"], &rule["version"]), (&json!(HOOK), &json!("plugin"), &json!(0)));
        let rule = site.get_as(&at(""), Some(reader)).await.json();
        assert_eq!(rule["script"], SCRIPT);
        assert_eq!((&rule["fields"]["table"][2]["kind"], &rule["locked"]), (&json!("points"), &json!(false)));
        assert_eq!((&rule["versions"], &rule["cases"][0]["name"]), (&json!([]), &json!("帮助老人得2分")));
    }
    for stranger in [&people.villager, &people.elsewhere] {
        for path in [RULES.to_owned(), at(""), at("x")] {
            assert_eq!(site.get_as(&path, Some(stranger)).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in [at("/check"), at("/versions"), at("/versions/1/publish"), at("/rollback")] {
            assert_eq!(site.post_json(&path, &json!({}), Some(stranger)).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    assert_eq!(site.get(RULES).await.status, StatusCode::UNAUTHORIZED);
    let refused = site.post_json(&at("/versions"), &json!({ "note": "x" }), Some(&people.cadre)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "who may read is told who may write");
    assert!(detail(&refused).contains("管理员"));
}

#[tokio::test]
async fn a_check_names_line_and_column_and_runs_the_cases() {
    let (site, people) = settled().await;
    let check = async |body: Value, lang: &str| {
        site.post_json(&format!("{}?lang={lang}", at("/check")), &body, Some(&people.cadre)).await.json()
    };
    let good = check(json!({}), "zh").await;
    assert_eq!((&good["ok"], &good["cases"][0]["output"]["points"]), (&json!(true), &json!(200)), "{good}");

    let broken = json!({ "script": "fn award(deed) {\n    let it = ;\n}" });
    let (zh, en) = (check(broken.clone(), "zh").await, check(broken, "en").await);
    let mistake = &zh["errors"][0];
    assert_eq!((&zh["ok"], &mistake["line"]), (&json!(false), &json!(2)), "{zh}");
    assert!(mistake["column"].is_u64(), "{zh}");
    let han =
        |answer: &Value| answer["errors"][0]["message"].as_str().unwrap().chars().any(|c| ('一'..='鿿').contains(&c));
    assert!(han(&zh) && !han(&en), "{zh} {en}");

    let dearer = check(json!({ "table": table(3) }), "en").await;
    assert_eq!((&dearer["ok"], &dearer["cases"][0]["ok"]), (&json!(false), &json!(false)), "{dearer}");
    let wrong = check(json!({ "table": [{ "item": "help", "points": "many" }], "cases": [] }), "en").await;
    assert_eq!((&wrong["errors"][0]["row"], &wrong["errors"][0]["line"]), (&json!(1), &json!(null)), "{wrong}");

    let odd = site.post_json(&at("/check"), &json!({ "table": 3, "x": 1 }), Some(&people.cadre)).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(site.store.space(site.village.id).await.unwrap().rule_versions(HOOK).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_rule_that_does_not_pass_is_not_kept() {
    let (site, people) = settled().await;
    let body = json!({ "script": "fn award(deed) {\n  deed.nothing.more\n}", "note": "试试" });
    let refused = site.post_json(&at("/versions"), &body, Some(&people.admin)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
    let problem = refused.json();
    let lines: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|error| error["line"].clone()).collect();
    assert!(lines.contains(&json!(2)), "{problem}");
    let unsaid = site.post_json(&at("/versions"), &json!({ "table": table(2) }), Some(&people.admin)).await;
    assert_eq!(unsaid.json()["errors"][0]["field"], "note");
    let when = json!({ "table": table(2), "note": "改", "from": "soon" });
    let when = site.post_json(&at("/versions"), &when, Some(&people.admin)).await;
    assert_eq!(when.json()["errors"][0]["field"], "from");
    assert_eq!(now(&site, &people.admin).await, ("plugin".to_owned(), 0, 2));
}

#[tokio::test]
async fn a_second_person_publishes_and_the_rule_can_go_back() {
    let (site, people) = settled().await;
    assert_eq!(saved(&site, 3, &people.admin).await, 1);
    let publish = async |version: u64, token: &str| {
        site.post_json(&at(&format!("/versions/{version}/publish")), &json!({}), Some(token)).await
    };
    let own = publish(1, &people.admin).await;
    assert_eq!(own.status, StatusCode::CONFLICT);
    assert!(detail(&own).contains("另一位"), "{}", own.text());
    assert_eq!(now(&site, &people.admin).await.0, "plugin", "a draft decides nothing");
    assert_eq!(publish(1, &people.officer).await.status, StatusCode::OK);
    assert_eq!(now(&site, &people.admin).await, ("village".to_owned(), 1, 3));
    assert_eq!(publish(1, &people.second).await.status, StatusCode::CONFLICT, "once is enough");
    assert_eq!(publish(7, &people.second).await.status, StatusCode::NOT_FOUND);

    assert_eq!(saved(&site, 5, &people.second).await, 2);
    assert_eq!(publish(2, &people.admin).await.status, StatusCode::OK);
    site.clock.advance(DAY);
    assert_eq!(now(&site, &people.admin).await, ("village".to_owned(), 2, 5));
    let back = async |version: u64| {
        site.post_json(&at("/rollback"), &json!({ "version": version }), Some(&people.admin)).await
    };
    assert_eq!(back(2).await.status, StatusCode::CONFLICT, "it decides now");
    assert_eq!(back(1).await.status, StatusCode::OK);
    assert_eq!(now(&site, &people.admin).await, ("village".to_owned(), 1, 3));
    let listed = site.get_as(&at(""), Some(&people.admin)).await.json();
    let told: Vec<_> = listed["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["version"].as_u64().unwrap(), one["state"].as_str().unwrap(), one["active"].as_bool().unwrap()))
        .collect();
    assert_eq!(told, [(2, "superseded", false), (1, "published", true)]);
    assert_eq!(
        (&listed["versions"][1]["author"], &listed["versions"][1]["note"]),
        (&json!("管理员"), &json!("改成3分"))
    );
}

#[tokio::test]
async fn a_rule_begins_on_its_day() {
    let (site, people) = settled().await;
    let body = json!({ "table": table(4), "cases": [], "note": "下月起", "from": "2026-10-01" });
    site.post_json(&at("/versions"), &body, Some(&people.admin)).await;
    let draft = site.get_as(&at(""), Some(&people.admin)).await.json();
    assert_eq!(draft["versions"][0]["from"], "2026-10-01T00:00:00+08:00", "as its author wants it");
    let published = site.post_json(&at("/versions/1/publish"), &json!({}), Some(&people.second)).await;
    assert_eq!(published.status, StatusCode::OK, "{}", published.text());
    assert_eq!(now(&site, &people.admin).await.0, "plugin");
    site.clock.advance(30 * DAY);
    let again = site.token("13890010002").await;
    assert_eq!(now(&site, &again).await, ("village".to_owned(), 1, 4));
}

#[tokio::test]
async fn the_district_s_locks_and_guards_hold() {
    let (site, people) = settled().await;
    let guard = Guard {
        name: "cap".to_owned(),
        hook: HOOK.to_owned(),
        say: Text::new("一次最多 10 分", "At most 10 at once"),
        when: Map::new(),
        output: "points".to_owned(),
        min: None,
        max: Some(json!("10")),
    };
    site.store.district().set_guards(&[guard]).await.unwrap();
    let body = json!({ "table": table(50), "cases": [{
        "name": "多给", "input": { "item": "help" }, "output": {},
    }] });
    let checked = site.post_json(&at("/check"), &body, Some(&people.admin)).await.json();
    let named = checked["errors"].as_array().unwrap().iter().any(|error| error["guard"] == "cap");
    assert!(named, "{checked}");
    let rule = site.get_as(&at(""), Some(&people.supervisor)).await.json();
    assert_eq!(rule["guards"][0]["say"], "一次最多 10 分");

    site.store.district().set_locks(&[HOOK.to_owned()]).await.unwrap();
    let refused = site.post_json(&at("/versions"), &json!({ "note": "改" }), Some(&people.admin)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(detail(&refused).contains("全区一样"), "{}", refused.text());
    assert_eq!(site.get_as(&at(""), Some(&people.admin)).await.json()["locked"], true);
}
