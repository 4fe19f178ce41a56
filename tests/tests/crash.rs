//! The power goes out twenty times while eight people act. What was acknowledged is there, once; what was not
//! can be said again under the same key; nothing goes up to the town twice.

#![expect(clippy::expect_used, reason = "helpers of tests stop the test with a sentence")]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use cunshi_tests::{
    Acting, Actor, Chance, District, Served, cunshi, database, done, free_address, killed_while_acting, nothing_waits,
    to_the_end_of_a_round,
};
use serde_json::{Value, json};

const CLIENTS: usize = 8;
const KILLS: usize = 20;
const VILLAGE: &str = "510303108001";
const TOWN: &str = "510303108000";

/// What a client does with each of its cases, in this order.
const STEPS: [&str; 3] = ["report", "accept", "refer"];

/// A villager and a cadre at her side, who report, accept and refer one case after the other.
struct Client {
    villager: Actor,
    cadre: Actor,
    number: usize,
    /// Steps that were acknowledged, all cases together.
    done: usize,
    /// The ids of its cases, as acknowledged.
    cases: Vec<String>,
}

impl Client {
    fn title(&self, case: usize) -> String {
        format!("第{}人说的第{case}件事", self.number)
    }
}

impl Acting for Client {
    fn done(&self) -> usize {
        self.done
    }

    async fn steps(&mut self) -> bool {
        let (case, step) = (self.done / STEPS.len(), STEPS[self.done % STEPS.len()]);
        let key = format!("{}-{case}-{step}", self.number);
        let known = self.cases.get(case).cloned().unwrap_or_default();
        let (actor, fields) = match step {
            "report" => (&self.villager, json!({ "title": self.title(case), "category": "roads" })),
            "accept" => (&self.cadre, json!({ "case": known, "complexity": "simple" })),
            _ => (&self.cadre, json!({ "case": known, "text": "请镇上办。" })),
        };
        let Some(result) = actor.does_surely("issues", step, &key, &fields).await else { return false };
        if step == "report" {
            self.cases.push(result["id"].as_str().expect("an id").to_owned());
        }
        self.done += 1;
        true
    }
}

async fn clients(district: &District) -> Vec<Client> {
    let village = district.space(VILLAGE);
    let mut clients = Vec::new();
    for number in 0..CLIENTS {
        let villager = village.villager(&format!("村民{number}")).await;
        let cadre = village.cadre(&format!("干部{number}")).await;
        clients.push(Client { villager, cadre, number, done: 0, cases: Vec::new() });
    }
    clients
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_kills_lose_nothing_and_repeat_nothing() {
    let district = District::of_today(&["issues"]).await;
    let mut people = clients(&district).await;
    let reader = district.space(VILLAGE).cadre("简书记").await;
    let officer = district.space(TOWN).officer("王镇长").await;
    let data = district.leaves().await;
    let listen = free_address();
    let base = format!("http://{listen}");
    for client in &mut people {
        client.villager = client.villager.through(&base);
        client.cadre = client.cadre.through(&base);
    }

    let holds = |kill: usize, client: &Client| {
        assert_eq!(client.cases.len(), client.done.div_ceil(STEPS.len()), "kill {kill}: a case without its report");
    };
    people = killed_while_acting(data.path(), listen, people, KILLS, Chance::from(20_260_902), holds).await;

    // Once more, without a kill: what was under way is said again, and all that waits gets done.
    let acknowledged = done(&people);
    assert!(acknowledged > CLIENTS * STEPS.len(), "only {acknowledged} steps in twenty rounds prove nothing");
    let served = Served::start(data.path(), listen).await;
    to_the_end_of_a_round(&mut people, STEPS.len(), &served).await;
    let said: BTreeMap<String, String> = people
        .iter()
        .flat_map(|client| client.cases.iter().enumerate().map(|(nth, id)| (client.title(nth), id.clone())))
        .collect();

    let here = all_cases(&reader.through(&base)).await;
    assert_eq!(names(&here), said.keys().cloned().collect::<Vec<_>>(), "every report is one case");
    let reader = reader.through(&base);
    for (title, id) in &said {
        let case = reader.asks("issues", "lookup", &format!("id={id}")).await.result();
        assert_eq!(case["title"], **title);
        assert_eq!(case["state"], "referred", "{case:#}");
        for step in ["accepted", "referred"] {
            assert_eq!(times(&case, step), 1, "{step}: {case:#}");
        }
    }
    let above = until_all_are_there(&officer.through(&base), said.len()).await;
    assert_eq!(names(&above), said.keys().cloned().collect::<Vec<_>>(), "every referral is one case of the town");

    served.is_killed().await;
    cunshi(["village", "verify", "--data", text(data.path())]).await.went_well();
    nothing_waits(data.path(), listen).await;
}

/// How often a step is on a case's timeline.
fn times(case: &Value, step: &str) -> usize {
    let steps = case["steps"].as_array().unwrap_or_else(|| panic!("no timeline: {case:#}"));
    steps.iter().filter(|entry| entry["kind"] == step).count()
}

fn names(cases: &[Value]) -> Vec<String> {
    let mut names: Vec<_> = cases.iter().map(|case| case["title"].as_str().expect("a title").to_owned()).collect();
    names.sort();
    names
}

/// Every case of a space, page by page.
async fn all_cases(reader: &Actor) -> Vec<Value> {
    let mut cases = Vec::new();
    let mut query = "limit=50".to_owned();
    loop {
        let page = reader.asks("issues", "cases", &query).await.result();
        cases.extend(page["cases"].as_array().expect("cases").iter().cloned());
        match page["next"].as_str() {
            Some(cursor) => query = format!("limit=50&cursor={cursor}"),
            None => return cases,
        }
    }
}

/// The town's cases, as soon as there are so many.
async fn until_all_are_there(officer: &Actor, count: usize) -> Vec<Value> {
    let began = Instant::now();
    loop {
        let cases = all_cases(officer).await;
        if cases.len() >= count || began.elapsed() > Duration::from_secs(20) {
            return cases;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of letters")
}

#[tokio::test]
async fn verify_finds_the_one_row_that_was_changed_behind_the_platforms_back() {
    let district = District::of_today(&["issues"]).await;
    let tianfu = district.space(VILLAGE);
    let lin = tianfu.villager("林秀英").await;
    let mut ids = Vec::new();
    for title in ["路灯不亮", "井盖破了", "水管漏水"] {
        let fields = json!({ "title": title, "category": "other", "detail": "三组路口，已经两天了。" });
        let result = lin.does("issues", "report", fields).await.result();
        ids.push(result["id"].as_str().expect("an id").to_owned());
    }
    let space = tianfu.space.id;
    let data = district.leaves().await;
    cunshi(["village", "verify", "--data", text(data.path())]).await.went_well();

    let file = data.path().join("spaces").join(format!("{space}.db"));
    let pool = database(&file).await;
    let changed = sqlx::query("UPDATE document SET body = replace(body, '两天', '两年') WHERE id = $1");
    let changed = changed.bind(&ids[1]).execute(&pool).await.expect("the forger has the file");
    assert_eq!(changed.rows_affected(), 1);
    pool.close().await;

    let ran = cunshi(["village", "verify", "--data", text(data.path())]).await;
    assert!(ran.code.is_some_and(|code| code != 0), "{}{}", ran.stdout, ran.stderr);
    let said = format!("{}{}", ran.stdout, ran.stderr);
    assert!(said.contains("天府社区") || said.contains(VILLAGE), "it names the village: {said}");
    assert!(said.contains(&ids[1]), "it names the row: {said}");
    assert!(!said.contains(&ids[0]) && !said.contains(&ids[2]), "and no other: {said}");
    let ran = cunshi(["village", "verify", "510303106209", "--data", text(data.path())]).await;
    ran.went_well();
}
