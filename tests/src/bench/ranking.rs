//! The ranking of a village's 1,000 households, whose ledger has 100,000 rows, as the query of `points` answers it:
//! fresh instance, all kinds of points of the year together, the first places with their households' names.

use std::time::Instant;

use cunshi_contract::Lang;
use cunshi_contract::ledger::{EntryReason, Holder, PointKind, Posting};
use cunshi_model::port::Spaces;
use cunshi_model::{Clock, HouseholdId, PersonId, Roles};
use cunshi_runtime::Caller;
use serde_json::{Map, Value};

use super::{Figure, Promise, median, span};
use crate::{Chance, District, Village, instant};

const HOUSEHOLDS: usize = 1_000;
const ROWS: usize = 100_000;
/// Rows of one transaction.
const AT_ONCE: usize = 2_000;
/// Rankings.
const TURNS: usize = 300;

pub(super) async fn measure() -> Figure {
    let district = District::with("2026-09-02 08:14", &["points"]).await;
    let tianfu = district.tianfu();
    let cadre = tianfu.without_phone("周干部").await;
    let mut households = Vec::new();
    for nth in 0..HOUSEHOLDS {
        households.push(household(&tianfu, nth).await);
    }
    post(&tianfu, &households, cadre).await;
    let visitor = Caller {
        space: tianfu.space.id,
        actor: None,
        name: String::new(),
        household: None,
        roles: Roles::NONE,
        lang: Lang::Zh,
    };
    let mut ours = Vec::new();
    for _ in 0..TURNS {
        let began = Instant::now();
        let answer = district.runtime.query(&visitor, "points", "ranking", Map::new()).await.expect("a ranking");
        ours.push(began.elapsed().as_secs_f64());
        let places = answer["ranking"].as_array().map_or(0, Vec::len);
        assert!(places >= 10, "nobody is ranked: {answer}");
        assert_eq!(answer["ranking"][0]["place"], Value::from(1));
    }
    let ours = median(ours);
    Figure {
        what: "the ranking of 1,000 households of a village with 100,000 rows",
        ours: span(ours),
        counterpart: String::new(),
        measured: ours * 1e3,
        promise: Promise::AtMost(5.0, "ms"),
    }
}

async fn household(village: &Village<'_>, nth: usize) -> HouseholdId {
    let handle = village.district.store.space(village.space.id).await.expect("a space");
    let group = format!("{}组", nth % 12 + 1);
    let now = village.district.clock.now();
    handle.put_household(None, &format!("户主{nth}"), Some(&group), now).await.expect("a household")
}

/// The year's rows until now, spread over households, kinds and days.
async fn post(village: &Village<'_>, households: &[HouseholdId], by: PersonId) {
    let now = village.district.clock.now();
    let since = instant("2026-01-01 08:00");
    let step = (now - since) / i64::try_from(ROWS).expect("a number");
    let kinds = [PointKind::Base, PointKind::Redeemable, PointKind::Redeemable, PointKind::Honour];
    let mut chance = Chance::from(7);
    let mut at = since;
    for _ in 0..ROWS / AT_ONCE {
        let mut space = village.district.store.write(village.space.id).await.expect("a transaction");
        for _ in 0..AT_ONCE {
            let household = chance.one_of(households);
            let posting = Posting {
                holder: Holder::Household(household.to_string()),
                person: None,
                kind: *chance.one_of(&kinds),
                amount: 100 * i64::try_from(chance.between(1, 20)).expect("a number"),
                reason: EntryReason::Award,
                item: Some("volunteer.hours".to_owned()),
                text: "志愿服务".to_owned(),
                decision: None,
                corrects: None,
                at: Some(at),
                floor: 0,
                clip: false,
            };
            space.post("points", &posting, Some(by), now).await.expect("a row");
            at += step;
        }
        space.commit().await.expect("on disk");
    }
}
