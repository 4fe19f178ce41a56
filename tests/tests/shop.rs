//! The shop: what is redeemed is set aside with its points, fetched by a code that is good once, or given back. There
//! is never more sold than there is, and never more promised than the budget holds.

use cunshi_tests::{Actor, District, Village, adopted};
use serde_json::{Value, json};

/// Somebody of 照石村 with some points to spend: five for each report that was adopted.
async fn with_points(district: &District, village: &Village<'_>, name: &str, reports: usize) -> Actor {
    let (villager, cadre) = (village.villager(name).await, village.cadre("采纳的干部").await);
    for _ in 0..reports {
        adopted(&villager, &cadre, "路灯不亮").await;
    }
    district.works().await;
    villager
}

async fn redeems(actor: &Actor, goods: &Value) -> Value {
    actor.does("points", "redeem", json!({ "goods": goods })).await.result()
}

/// What is left of a thing, as the shop shows it.
async fn stock(reader: &Actor, goods: &Value) -> Value {
    let items = reader.asks("points", "items", "").await.result();
    let found = items["items"].as_array().into_iter().flatten().find(|item| item["id"] == *goods).cloned();
    found.unwrap_or_else(|| panic!("{items:#}"))["stock"].clone()
}

/// What a reservation is, as its owner sees it.
async fn state(owner: &Actor, reservation: &Value) -> Value {
    let mine = owner.asks("points", "reservations", "").await.result();
    let found = mine["reservations"].as_array().into_iter().flatten().find(|one| one["id"] == *reservation).cloned();
    found.unwrap_or_else(|| panic!("{mine:#}"))["state"].clone()
}

#[tokio::test]
async fn a_towel_is_redeemed_on_a_phone_and_handed_out_by_its_code() {
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let zhaoshi = district.zhaoshi();
    let lin = with_points(&district, &zhaoshi, "林秀英", 2).await;
    let zhou = zhaoshi.cadre("周主任").await;
    let towel = zhaoshi.sells(&zhou, "毛巾", "6", 600, 3).await;
    let goods = format!("points/shop/{}", towel.as_str().unwrap_or_default());

    // What it costs, what she has; then the slip with the code, and the points are set aside.
    zhaoshi.visitor().opens("points/shop").await.is(200).says("毛巾").says("6 分");
    lin.opens(&format!("{goods}?lang=en")).await.is(200).says("10").never_says("积分");
    let slip = lin.fills(&goods, "redeem", json!({})).await.is(200).says("毛巾").says("林秀英").says("9月9日");
    let mine = lin.asks("points", "reservations", "").await.result()["reservations"][0].clone();
    let code = mine["code"].as_str().unwrap_or_default().to_owned();
    assert_eq!(code.len(), 8, "{mine:#}");
    slip.says(&format!("{} {}", &code[..4], &code[4..]));
    assert_eq!(
        lin.balances().await,
        json!({
            "base": "0", "redeemable": "10", "available": "4", "held": "6", "honour": "0",
        })
    );
    assert_eq!(stock(&lin, &towel).await, 2);

    // The cadre reads the code from her phone: his own list does not show it to him.
    let desk = zhou.opens("points/desk").await.is(200).says("毛巾").says("林秀英").never_says(&code);
    desk.never_says(&format!("{} {}", &code[..4], &code[4..]));
    zhou.fills(&format!("points/desk?code={code}"), "hand-out", json!({})).await.is(200);
    assert_eq!(state(&lin, &mine["id"]).await, "collected");
    assert_eq!(lin.balances().await["redeemable"], "4");
    assert_eq!(lin.balances().await["held"], "0");
    let rows = lin.statement("household").await;
    assert_eq!((&rows[0]["amount"], &rows[0]["reason"]), (&json!("-6"), &json!("redeem")), "{rows:#?}");
    lin.decision(&mine["decision"]).await.is(200);

    // The code was good once, and what she cannot pay she is told.
    assert!([409, 422].contains(&zhou.does("points", "hand-out", json!({ "code": code })).await.status.as_u16()));
    let refused = lin.does("points", "redeem", json!({ "goods": towel })).await.is(409);
    assert!(refused.body["detail"].as_str().is_some_and(|words| words.contains("分不够")), "{:#}", refused.body);
    district.no_rule_was_told_of(&[&lin, &zhou]).await;
    district.is_quiet().await;
}

#[tokio::test]
async fn of_two_cadres_who_hand_out_the_same_thing_at_the_same_moment_one_does() {
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let zhaoshi = district.zhaoshi();
    let lin = with_points(&district, &zhaoshi, "林秀英", 4).await;
    let (zhou, wang) = (zhaoshi.cadre("周主任").await, zhaoshi.cadre("王副主任").await);
    let towel = zhaoshi.sells(&zhou, "毛巾", "1", 600, 20).await;
    for round in 1..=10 {
        let code = json!({ "code": redeems(&lin, &towel).await["code"] });
        let (one, other) =
            tokio::join!(zhou.does("points", "hand-out", code.clone()), wang.does("points", "hand-out", code.clone()));
        let mut found = [one.status.as_u16(), other.status.as_u16()];
        found.sort_unstable();
        assert!(matches!(found, [200, 409 | 422]), "round {round}: {:#}\n{:#}", one.body, other.body);
        let left = json!((20 - round).to_string());
        assert_eq!(lin.balances().await["redeemable"], left, "paid once in round {round}");
    }
    assert_eq!(stock(&lin, &towel).await, 10);
    district.is_quiet().await;
}

#[tokio::test]
async fn no_more_is_redeemed_than_stock_and_budget_hold() {
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let zhaoshi = district.zhaoshi();
    let zhou = zhaoshi.cadre("周主任").await;
    let towel = zhaoshi.sells(&zhou, "毛巾", "1", 600, 3).await;
    let salt = zhaoshi.sells(&zhou, "食盐", "1", 400, 100).await;
    let mut people = Vec::new();
    for name in ["林秀英", "李四", "王五", "赵六", "钱七"] {
        people.push(with_points(&district, &zhaoshi, name, 1).await);
    }

    // Five want one of three towels at the same moment.
    let mut wishes = tokio::task::JoinSet::new();
    for actor in people.clone() {
        let fields = json!({ "goods": towel });
        wishes.spawn(async move { actor.does("points", "redeem", fields).await.status.as_u16() });
    }
    let mut answers = wishes.join_all().await;
    answers.sort_unstable();
    assert_eq!(answers, [200, 200, 200, 409, 409]);
    assert_eq!(stock(&zhou, &towel).await, 0);

    // ¥18 are promised; the quarter has ¥27: two packets of salt, and the third is told why not.
    zhaoshi.sets("points", json!({ "budget": 2_700 })).await;
    let (lin, rest) = people.split_first().unwrap_or_else(|| panic!("five"));
    for actor in &rest[..2] {
        redeems(actor, &salt).await;
    }
    let refused = lin.does("points", "redeem", json!({ "goods": salt })).await.is(409);
    assert!(refused.body["detail"].as_str().is_some_and(|words| words.contains("预算")), "{:#}", refused.body);

    // A cancelled one makes room for one more, once; cancelled twice it gives nothing back twice.
    let mine = rest[0].asks("points", "reservations", "").await.result();
    let reservations = mine["reservations"].as_array().cloned().unwrap_or_default();
    let packet = reservations.iter().find(|one| one["title"] == "食盐").unwrap_or_else(|| panic!("{mine:#}"));
    let fields = json!({ "reservation": packet["id"] });
    lin.does("points", "cancel-reservation", fields.clone()).await.is(404);
    rest[0].does("points", "cancel-reservation", fields.clone()).await.result();
    rest[0].does("points", "cancel-reservation", fields).await.is(409);
    redeems(lin, &salt).await;
    lin.does("points", "redeem", json!({ "goods": salt })).await.is(409);
    district.is_quiet().await;
}

#[tokio::test]
async fn what_nobody_fetches_lapses_and_everything_goes_back() {
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let zhaoshi = district.zhaoshi();
    let lin = with_points(&district, &zhaoshi, "林秀英", 1).await;
    let zhou = zhaoshi.cadre("周主任").await;
    let towel = zhaoshi.sells(&zhou, "毛巾", "5", 600, 1).await;
    let reservation = redeems(&lin, &towel).await;
    assert_eq!((lin.balances().await["available"].clone(), stock(&lin, &towel).await), (json!("0"), json!(0)));

    district.until("2026-09-09 07:00").await;
    assert_eq!(state(&lin, &reservation["id"]).await, "held");
    district.until("2026-09-09 10:00").await;
    assert_eq!(state(&lin, &reservation["id"]).await, "lapsed");
    assert_eq!((lin.balances().await["available"].clone(), stock(&lin, &towel).await), (json!("5"), json!(1)));
    let late = zhou.does("points", "hand-out", json!({ "code": reservation["code"] })).await;
    assert!([409, 422].contains(&late.status.as_u16()), "{:#}", late.body);

    // The rule forgets it too: the next one is the first.
    let decided = zhaoshi.decisions_of("points.redeem").await;
    assert!(decided.len() == 1 && decided[0].voided.is_some(), "{decided:#?}");
    redeems(&lin, &towel).await;
    district.is_quiet().await;
}
