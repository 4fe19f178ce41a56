//! The power goes out twenty times while points are awarded, redeemed and handed out. What was acknowledged is
//! there, once; every point that was earned is posted once; nothing is sold twice; the books are whole.

use std::time::{Duration, Instant};

use cunshi_tests::{
    Acting, Actor, Chance, District, Served, adopted, cunshi, database, done, free_address, killed_while_acting,
    nothing_waits, to_the_end_of_a_round,
};
use serde_json::{Value, json};

const CLIENTS: usize = 6;
const KILLS: usize = 20;
const STOCK: u32 = 50_000;

/// One round of a client: a report is adopted, which earns two points; a towel costs one and is fetched.
const STEPS: [&str; 4] = ["report", "accept", "redeem", "hand-out"];

/// A villager with points to spend, and the cadre who adopts what she says and hands out what she redeems.
struct Client {
    villager: Actor,
    cadre: Actor,
    number: usize,
    goods: Value,
    /// Steps that were acknowledged, all rounds together.
    done: usize,
    /// The case of this round, as acknowledged.
    case: Value,
    /// The codes of all reservations, as acknowledged.
    codes: Vec<Value>,
}

impl Client {
    fn rounds(&self) -> usize {
        self.done / STEPS.len()
    }
}

impl Acting for Client {
    fn done(&self) -> usize {
        self.done
    }

    async fn steps(&mut self) -> bool {
        let step = STEPS[self.done % STEPS.len()];
        let key = format!("{}-{}-{step}", self.number, self.rounds());
        let title = format!("第{}人说的第{}件事", self.number, self.rounds());
        let (actor, plugin, fields) = match step {
            "report" => (&self.villager, "issues", json!({ "title": title, "category": "roads" })),
            "accept" => (&self.cadre, "issues", json!({ "case": self.case, "complexity": "simple" })),
            "redeem" => (&self.villager, "points", json!({ "goods": self.goods })),
            _ => (&self.cadre, "points", json!({ "code": self.codes.last() })),
        };
        let Some(result) = actor.does_surely(plugin, step, &key, &fields).await else { return false };
        match step {
            "report" => self.case = result["id"].clone(),
            "redeem" => self.codes.push(result["code"].clone()),
            _ => {}
        }
        self.done += 1;
        true
    }
}

/// 天府社区 with a shop, and people who have ten points each to begin with.
async fn clients(district: &District) -> Vec<Client> {
    let tianfu = district.tianfu();
    let mut clients = Vec::new();
    let jian = tianfu.cadre("简书记").await;
    let goods = tianfu.sells(&jian, "毛巾", "1", 600, STOCK).await;
    for number in 0..CLIENTS {
        let villager = tianfu.villager(&format!("村民{number}")).await;
        let cadre = tianfu.cadre(&format!("干部{number}")).await;
        for _ in 0..5 {
            adopted(&villager, &cadre, "以前说的事").await;
        }
        let (case, codes) = (Value::Null, Vec::new());
        clients.push(Client { villager, cadre, number, goods: goods.clone(), done: 0, case, codes });
    }
    district.works().await;
    clients
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_kills_lose_no_point_and_count_none_twice() {
    let district = District::of_today(&["issues", "points"]).await;
    let mut people = clients(&district).await;
    let space = district.tianfu().space.id;
    let data = district.leaves().await;
    let listen = free_address();
    let base = format!("http://{listen}");
    for client in &mut people {
        client.villager = client.villager.through(&base);
        client.cadre = client.cadre.through(&base);
    }

    let holds = |kill: usize, client: &Client| {
        let redeemed = client.rounds() + usize::from(client.done % STEPS.len() == 3);
        assert_eq!(client.codes.len(), redeemed, "kill {kill}: a code without its reservation");
    };
    people = killed_while_acting(data.path(), listen, people, KILLS, Chance::from(20_260_905), holds).await;

    // Once more, without a kill: what was under way is said again, and all that waits gets done.
    let acknowledged = done(&people);
    assert!(acknowledged > CLIENTS * STEPS.len(), "only {acknowledged} steps in twenty rounds prove nothing");
    let served = Served::start(data.path(), listen).await;
    to_the_end_of_a_round(&mut people, STEPS.len(), &served).await;

    // Everybody has exactly what they earned less what they spent, and has fetched exactly what they redeemed.
    for client in &people {
        let (rounds, earned) = (client.rounds(), 2 * (5 + client.rounds()));
        assert_eq!(client.codes.len(), rounds);
        let left = json!({
            "base": "0", "redeemable": (earned - rounds).to_string(), "available": (earned - rounds).to_string(),
            "held": "0", "honour": "0",
        });
        assert_eq!(in_the_end(&client.villager, &left).await, left, "client {}", client.number);
    }
    let rounds: usize = people.iter().map(Client::rounds).sum();
    let shelf = people[0].villager.asks("points", "items", "").await.result();
    assert_eq!(shelf["items"][0]["stock"], json!(STOCK as usize - rounds), "{shelf:#}");
    served.is_killed().await;

    cunshi(["village", "verify", "--data", data.path().to_str().expect("a path")]).await.went_well();
    nothing_waits(data.path(), listen).await;

    // In the books: one row per deed and per thing handed out, no decision for two rows, nothing set aside any more.
    let pool = database(&data.path().join("spaces").join(format!("{space}.db"))).await;
    let count = async |sql: &'static str| -> i64 { sqlx::query_scalar(sql).fetch_one(&pool).await.expect("a count") };
    let deeds = i64::try_from(5 * CLIENTS + rounds).expect("a number");
    let sold = i64::try_from(rounds).expect("a number");
    assert_eq!(count("SELECT COUNT(*) FROM ledger_entry WHERE amount > 0").await, deeds);
    assert_eq!(count("SELECT COUNT(*) FROM ledger_entry WHERE amount < 0").await, sold);
    assert_eq!(count("SELECT COUNT(DISTINCT decision) FROM ledger_entry").await, deeds + sold);
    assert_eq!(
        count("SELECT COUNT(*) FROM decision WHERE plugin = 'points'").await,
        deeds + sold,
        "and no decision without its row"
    );
    pool.close().await;
}

#[tokio::test]
async fn whoever_forges_a_row_of_the_ledger_is_found() {
    let district = District::of_today(&["issues", "points"]).await;
    let tianfu = district.tianfu();
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    for title in ["路灯不亮", "井盖破了", "水管漏水"] {
        adopted(&lin, &jian, title).await;
    }
    district.works().await;
    let (space, code) = (tianfu.space.id, tianfu.code().to_owned());
    let data = district.leaves().await;
    let verify = ["village", "verify", "--data", data.path().to_str().expect("a path")];
    cunshi(verify).await.went_well();

    // The database itself says no; and to somebody who takes that away, the chain does.
    let pool = database(&data.path().join("spaces").join(format!("{space}.db"))).await;
    let forge = "UPDATE ledger_entry SET amount = amount + 1000, balance = balance + 1000 WHERE number = 2";
    sqlx::query(forge).execute(&pool).await.expect_err("a row is never changed");
    sqlx::query("DROP TRIGGER ledger_entry_is_not_changed").execute(&pool).await.expect("the forger has the file");
    sqlx::query(forge).execute(&pool).await.expect("changed behind the platform's back");
    pool.close().await;
    let ran = cunshi(verify).await;
    assert!(ran.code.is_some_and(|code| code != 0), "{}{}", ran.stdout, ran.stderr);
    let said = format!("{}{}", ran.stdout, ran.stderr);
    assert!(said.contains("天府社区") || said.contains(&code), "it names the village: {said}");
    assert!(said.contains("ledger"), "and the book: {said}");
}

/// What somebody has as soon as it is what is expected, or after a while.
async fn in_the_end(actor: &Actor, expected: &Value) -> Value {
    let began = Instant::now();
    loop {
        let found = actor.balances().await;
        if found == *expected || began.elapsed() > Duration::from_secs(20) {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
