//! Points through the border: rows, holds, statements, and who may.

use cunshi_contract::ledger::{EntryReason, Holder, PointKind, Posting};
use cunshi_model::Role;
use cunshi_model::clock::SECOND;
use cunshi_runtime::testing::guest::manifest;
use cunshi_runtime::testing::{Guest, Step};
use cunshi_runtime::{CallError, Caller};
use serde_json::{Value, json};

use crate::district::{District, MORNING, visitor};

fn points() -> Value {
    let mut declared = manifest("points");
    declared["uses"]["ledger"] = json!(true);
    declared
}

fn home(caller: &Caller) -> Holder {
    Holder::Household(caller.household.unwrap().to_string())
}

fn row(holder: Holder, amount: i64) -> Posting {
    Posting {
        holder,
        person: None,
        kind: PointKind::Redeemable,
        amount,
        reason: if amount > 0 { EntryReason::Award } else { EntryReason::Redeem },
        item: Some("volunteer".to_owned()),
        text: "义务劳动".to_owned(),
        decision: None,
        corrects: None,
        at: None,
        floor: 0,
        clip: false,
    }
}

fn ask(function: &'static str, value: &Value) -> Step {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Step::Ask("ledger", function, vec![text])
}

/// Does these requests in an action, and answers what became of the last one.
async fn acts(district: &District, caller: &Caller, steps: Vec<Step>) -> String {
    let all = [steps, vec![Step::InsertLast("note"), Step::Answer("{}".into())]].concat();
    district.install(Guest::new(points()).on("actions", all)).await;
    district.put(caller, "points").await.unwrap();
    // The next one comes later, so that the last one is the last.
    district.clock.advance(SECOND);
    let kept = district.spaces.documents(district.tianfu, "points", "note").pop().unwrap();
    serde_json::from_str::<Value>(&kept.body).unwrap()["last"].as_str().unwrap().to_owned()
}

async fn looks(district: &District, request: Step) -> Value {
    district.install(Guest::new(points()).on("queries", [request, Step::AnswerText])).await;
    district.query(&visitor(district.tianfu), "points").await.unwrap()
}

#[tokio::test]
async fn a_row_names_who_made_it_and_shows_in_statement_and_ranking() {
    let district = District::new();
    let (jian, lin) = (district.person(district.tianfu, "简书记", &[Role::Cadre]), district.villager("林秀英"));
    assert_eq!(acts(&district, &jian, vec![ask("post", &json!(row(home(&lin), 500)))]).await, "ok");
    let rows = district.spaces.ledger(district.tianfu);
    assert_eq!(rows[0].by, jian.actor.map(|actor| actor.person.to_string()));
    assert_eq!((rows[0].number, rows[0].balance, rows[0].posted), (1, 500, MORNING));

    let balances = looks(&district, ask("balances", &json!(home(&lin)))).await;
    assert_eq!(balances, json!({ "base": 0, "redeemable": 500, "honour": 0, "held": 0 }));
    let statement = looks(&district, ask("statement", &json!({ "holder": home(&lin) }))).await;
    assert_eq!(statement[0], json!(rows[0]));
    let ranking = looks(&district, ask("ranking", &json!({ "by": "households", "period": "2026-09" }))).await;
    assert_eq!(ranking, json!([{ "place": 1, "holder": home(&lin), "points": 500 }]));
    assert!(district.spaces.ledger(district.zhongtan).is_empty());
}

#[tokio::test]
async fn what_is_set_aside_can_be_given_back() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let hold = json!({ "holder": home(&lin), "kind": "redeemable", "amount": 300 });
    let steps = vec![ask("post", &json!(row(home(&lin), 500))), ask("reserve", &hold)];
    assert_eq!(acts(&district, &lin, steps.clone()).await, "ok");
    assert_eq!(looks(&district, ask("balances", &json!(home(&lin)))).await["held"], 300);
    assert_eq!(acts(&district, &lin, vec![ask("post", &json!(row(home(&lin), -300)))]).await, "invalid");
    assert_eq!(acts(&district, &lin, vec![ask("release", &json!("01990000"))]).await, "missing");
}

#[tokio::test]
async fn a_hold_is_spent_exactly_once_and_only_by_who_set_it_aside() {
    let district = District::new();
    let (lin, wu) = (district.villager("林秀英"), district.villager("吴大爷"));
    let hold = json!({ "holder": home(&lin), "kind": "redeemable", "amount": 300 });
    let rows = [row(home(&lin), 500), row(home(&wu), 500)];
    let steps = rows.iter().map(|row| ask("post", &json!(row))).chain([ask("reserve", &hold)]).collect();
    assert_eq!(acts(&district, &lin, steps).await, "ok");
    let id = district.spaces.holds(district.tianfu).remove(0);

    let mut other = points();
    other["name"] = json!("shop");
    let steal = [ask("release", &json!(id)), Step::InsertLast("note"), Step::Answer("{}".into())];
    district.install(Guest::new(other).on("actions", steal)).await;
    district.put(&lin, "shop").await.unwrap();
    let kept = district.spaces.documents(district.tianfu, "shop", "note").remove(0);
    assert_eq!(serde_json::from_str::<Value>(&kept.body).unwrap()["last"], "missing");

    let capture = |posting: Posting| Step::Ask("ledger", "capture", vec![id.clone(), json!(posting).to_string()]);
    assert_eq!(acts(&district, &lin, vec![capture(row(home(&lin), -200))]).await, "invalid");
    assert_eq!(acts(&district, &lin, vec![capture(row(home(&wu), -300))]).await, "invalid");
    assert_eq!(acts(&district, &lin, vec![capture(row(home(&lin), -300))]).await, "ok");
    assert_eq!(acts(&district, &lin, vec![capture(row(home(&lin), -300))]).await, "missing");
    assert!(district.spaces.holds(district.tianfu).is_empty());
    assert_eq!(district.spaces.ledger(district.tianfu).last().map(|row| row.balance), Some(200));
}

#[tokio::test]
async fn an_action_that_fails_leaves_no_row() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let steps = [ask("post", &json!(row(home(&lin), 500))), Step::Fail("conflict", "已经记过了".into())];
    district.install(Guest::new(points()).on("actions", steps)).await;
    assert!(matches!(district.put(&lin, "points").await, Err(CallError::Conflict(_))));
    assert!(district.spaces.ledger(district.tianfu).is_empty());
}

#[tokio::test]
async fn refusals_say_what_is_wrong() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let told = async |request: Step, what: &str| {
        district.install(Guest::new(points()).on("actions", [request, Step::DenyRefusal])).await;
        match district.put(&lin, "points").await {
            Err(CallError::Denied(sentence)) => assert!(sentence.contains(what), "{sentence}"),
            other => panic!("{other:?}"),
        }
    };
    told(ask("post", &json!(row(home(&lin), -100))), "the account has 0 points").await;
    let stranger = Holder::Household("01990000-0000-7000-8000-000000000001".to_owned());
    told(ask("post", &json!(row(stranger, 100))), "not of this village").await;
    told(ask("post", &json!({ "amount": 5 })), "this is not a `contract::ledger::Posting`").await;
    told(ask("ranking", &json!({ "by": "households", "period": "autumn" })), "not a period").await;
    let close = json!({ "period": "2026-Q3", "clear": ["redeemable"], "text": "清零", "limit": 10 });
    told(ask("close-period", &close), "is not over").await;
}

#[tokio::test]
async fn a_query_reads_the_ledger_and_does_not_write_it() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let became = async |request: Step| {
        district.install(Guest::new(points()).on("queries", [request, Step::AnswerLast])).await;
        district.query(&visitor(district.tianfu), "points").await.unwrap()
    };
    assert_eq!(became(ask("post", &json!(row(home(&lin), 100)))).await, "read-only");
    assert_eq!(became(ask("balances", &json!(home(&lin)))).await, "ok");
    assert_eq!(became(ask("release", &json!("x"))).await, "read-only");
}

#[tokio::test]
async fn each_request_is_an_operation_and_counted() {
    let district = District::new();
    let lin = district.villager("林秀英");
    let many = Step::Times(205, vec![ask("balances", &json!(home(&lin)))]);
    district.install(Guest::new(points()).on("queries", [many, Step::AnswerLast])).await;
    assert_eq!(district.query(&visitor(district.tianfu), "points").await.unwrap(), "over-budget");
}
