//! What stories about points have in common: deeds that earn some, and looking at what one has.

use serde_json::{Value, json};

use crate::{Actor, District, Village};

/// Somebody says what is wrong, and the office takes it up; the id of the case.
pub async fn adopted(villager: &Actor, cadre: &Actor, title: &str) -> String {
    let fields = json!({ "title": title, "category": "roads", "place": "三组路口" });
    let said = villager.does("issues", "report", fields).await.result();
    let case = said["id"].as_str().expect("an id").to_owned();
    cadre.does("issues", "accept", json!({ "case": case, "complexity": "simple" })).await.result();
    case
}

/// A day of volunteering, each villager at their own village's riverside: announced by its cadre, signed up for, and
/// confirmed by the hour in the evening. The clock is moved.
pub async fn volunteered(district: &District, people: &[(&Actor, &Actor)], day: &str, hours: &str) {
    let mut signups = Vec::new();
    for (villager, cadre) in people {
        let fields = json!({
            "title": "河道清理", "place": "村委会门口", "day": day, "starts": "08:00", "ends": "18:00", "seats": 30,
        });
        let activity = cadre.does("points", "plan-activity", fields).await.result()["id"].clone();
        let signup = villager.does("points", "sign-up", json!({ "activity": activity })).await.result()["id"].clone();
        signups.push((cadre, signup));
    }
    district.until(&format!("{day} 18:30")).await;
    for (cadre, signup) in signups {
        cadre.does("points", "confirm-hours", json!({ "signup": signup, "hours": hours })).await.result();
    }
    district.works().await;
}

impl Actor {
    /// What they have in all accounts: `{base, redeemable, available, held, honour}` as decimal strings.
    pub async fn balances(&self) -> Value {
        self.asks("points", "mine", "").await.result()["balances"].clone()
    }

    /// Their awards, the latest first.
    pub async fn awards(&self) -> Vec<Value> {
        let mine = self.asks("points", "mine", "").await.result();
        mine["awards"].as_array().unwrap_or_else(|| panic!("no awards: {mine:#}")).clone()
    }

    /// One award whole, as this reader sees it.
    pub async fn award(&self, id: &Value) -> Value {
        self.asks("points", "lookup", &format!("id={}", id.as_str().expect("an id"))).await.result()
    }

    /// Claims points for an item; the award's id.
    pub async fn claims(&self, item: &str, text: &str) -> Value {
        let fields = json!({ "item": item, "text": text });
        self.does("points", "claim", fields).await.result()["id"].clone()
    }

    /// Votes for a claim or deduction.
    pub async fn approves(&self, award: &Value) -> Value {
        self.does("points", "approve", json!({ "award": award })).await.result()
    }

    /// The rows of their household's account, the newest first.
    pub async fn statement(&self, of: &str) -> Vec<Value> {
        let found = self.asks("points", "statement", &format!("of={of}")).await.result();
        found["rows"].as_array().unwrap_or_else(|| panic!("no rows: {found:#}")).clone()
    }
}

impl Village<'_> {
    /// A thing on the shelf of the shop; its id.
    pub async fn sells(&self, cadre: &Actor, title: &str, price: &str, value_fen: i64, stock: u32) -> Value {
        let fields = json!({ "title": title, "price": price, "value": value_fen, "stock": stock });
        cadre.does("points", "add-goods", fields).await.result()["id"].clone()
    }
}
