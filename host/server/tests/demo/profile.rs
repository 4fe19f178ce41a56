//! The villages' own pages in the demo: each is introduced and has somebody on duty, 天府社区 and 照石村 keep the whole of
//! it; the secretary's hours are booked, questions answered.

use std::collections::BTreeSet;

use cunshi_model::Role;
use serde_json::{Value, json};

use crate::district::{DISTRICT, Demo, TIANFU, TOWNS, VILLAGES, ZHAOSHI, now};
use crate::points::words;

/// Who is on duty today, a Tuesday.
async fn today(demo: &Demo, code: &str) -> Vec<Value> {
    let week = demo.ask(code, None, "profile", "duty", json!({})).await;
    let days = week["days"].as_array().unwrap();
    days[1]["on"].as_array().unwrap().clone()
}

async fn events(demo: &Demo, code: &str) -> Vec<Value> {
    demo.list(code, None, ["profile", "events", "events"], json!({ "limit": 50 })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_village_is_introduced_and_has_somebody_on_duty() {
    let demo = Demo::new().await;
    for code in VILLAGES {
        let name = demo.house.space(code).unwrap().name;
        let page = demo.ask(code, None, "profile", "profile", json!({})).await;
        let text = page["text"].as_str().unwrap();
        assert!(text.contains(&name) && text.contains("示例资料") && !text.contains('{'), "{code}: {text}");
        assert!(!page["committee"].as_array().unwrap().is_empty(), "{code}: {page:#}");
        let today = today(&demo, code).await;
        assert!(today.iter().any(|on| on["now"] == true), "{code}: {today:#?}");
        let albums = demo.page(code, None, "profile", "albums", json!({})).await;
        let front = demo.page(code, None, "profile", "front", json!({})).await;
        assert!(albums.contains("pictures") && front.contains(&name), "{code}: {albums}");
    }
    for code in TOWNS.into_iter().chain([DISTRICT]) {
        assert!(!today(&demo, code).await.is_empty(), "{code}");
        assert_eq!(events(&demo, code).await.len(), 1, "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_told_villages_keep_the_whole_of_their_page() {
    let demo = Demo::new().await;
    for code in [TIANFU, ZHAOSHI] {
        let page = demo.ask(code, None, "profile", "profile", json!({})).await;
        let count = |name: &str| page[name].as_array().unwrap().len();
        assert!(count("figures") >= 7 && count("committee") == 4 && count("photos") == 1, "{code}: {page:#}");
        let all = events(&demo, code).await;
        assert!(all.len() >= 5, "{code}: {}", all.len());
        assert!(all.iter().all(|event| event["day"].as_i64().unwrap() < now()), "{code}");
        assert!(all.iter().any(|event| event["corrected"] == 1), "{code}: one was put right");
        assert!(all.iter().any(|event| event["photos"].as_array().is_some_and(|all| all.len() == 1)), "{code}");
        let coming = demo.ask(code, None, "profile", "sessions", json!({})).await;
        let coming = coming["sessions"].as_array().unwrap();
        let booked = |session: &Value| session["seats"].as_i64().unwrap() - session["free"].as_i64().unwrap();
        assert!(coming.iter().any(|session| booked(session) == 2), "{code}: {coming:#?}");
    }
    let page = demo.ask(TIANFU, None, "profile", "profile", json!({})).await;
    let names = words(page["committee"].as_array().unwrap(), "name");
    assert!(names.is_superset(&BTreeSet::from(["简书记", "邓国清", "曾利华"])), "{names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_secretary_answers_and_what_is_private_stays_so() {
    let demo = Demo::new().await;
    for code in [TIANFU, ZHAOSHI] {
        let questions = |show: &'static str, by| {
            let demo = &demo;
            async move {
                let params = json!({ "show": show, "limit": 50 });
                demo.list(code, by, ["profile", "questions", "questions"], params).await
            }
        };
        let (answered, waiting) = (questions("answered", None).await, questions("waiting", None).await);
        assert!(answered.len() >= 4 && !waiting.is_empty(), "{code}: {} {}", answered.len(), waiting.len());
        assert!(answered.iter().all(|one| one["asker"].as_str().unwrap().contains('*')), "{code}: {answered:#?}");
        assert!(answered.iter().any(|one| one["answers"][0]["in_person"] == true), "{code}");
        let people = demo.people(code).await;
        let admin = people.iter().find(|member| member.roles.contains(&Role::Admin)).unwrap();
        let all = questions("answered", Some(admin)).await;
        assert_eq!(all.len(), answered.len() + 1, "{code}: one is private");
    }
}
