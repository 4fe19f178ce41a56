//! Whose is what in points: an account, a claim in review and a pick-up code are for those whom they concern and for
//! the office; and for other villages there is nothing at all.

use cunshi_tests::{Actor, District, Village, adopted, plausible};
use reqwest::Method;
use serde_json::{Value, json};

/// Something of everything that 照石村 has, by the name of the field that refers to it.
struct Theirs {
    lin: Actor,
    zhou: Actor,
    things: Vec<(&'static str, Value)>,
    /// The photo of the claim that is in review.
    photo: String,
}

impl Theirs {
    fn thing(&self, name: &str) -> &str {
        let found = self.things.iter().find(|(known, _)| *known == name);
        found.and_then(|(_, id)| id.as_str()).unwrap_or_else(|| panic!("there is no {name}"))
    }
}

/// Her report was adopted and a towel is set aside for it; one claim is in review, another one public and objected to;
/// a day by the river is planned, to which she has signed up.
async fn theirs(district: &District, zhaoshi: &Village<'_>) -> Theirs {
    let lin = zhaoshi.villager("林秀英").await;
    let (zhou, deng) = (zhaoshi.cadre("周主任").await, zhaoshi.cadre("邓副主任").await);
    let chief = zhaoshi.admin("管理员").await;
    adopted(&lin, &zhou, "路灯不亮").await;
    district.works().await;
    let towel = zhaoshi.sells(&zhou, "毛巾", "2", 600, 3).await;
    let redeemed = lin.does("points", "redeem", json!({ "goods": towel })).await.result();

    let form = lin.opens("points/claim").await.is(200);
    let fields = json!({ "item": "neighbour-help", "text": "帮李婆婆挑水" });
    let said =
        lin.sends_photos(&form, "claim", fields, "photos", vec![cunshi_tests::photo([9, 90, 200])]).await.is(200);
    let in_review = said.path.split("/award/").nth(1).and_then(|rest| rest.get(..36)).unwrap_or_default().to_owned();
    let photo = lin.award(&json!(in_review)).await["photos"][0].as_str().unwrap_or_default().to_owned();

    let public = lin.claims("public-work", "修水渠").await;
    zhou.approves(&public).await;
    deng.approves(&public).await;
    let fields = json!({ "award": public, "text": "没有看见" });
    let objection = deng.does("points", "object", fields).await.result()["id"].clone();

    let posted = lin.awards().await.into_iter().find(|award| award["state"] == "posted").unwrap_or_default();
    let fields = json!({ "award": posted["id"], "points": "4", "text": "多记了一分" });
    let correction = chief.does("points", "correct", fields).await.result()["id"].clone();

    let fields = json!({ "title": "河道清理", "place": "村口", "day": "2026-09-12", "starts": "08:00", "ends": "12:00", "seats": 5 });
    let activity = zhou.does("points", "plan-activity", fields).await.result()["id"].clone();
    let signup = lin.does("points", "sign-up", json!({ "activity": activity })).await.result()["id"].clone();
    let things = vec![
        ("award", json!(in_review)),
        ("public", public),
        ("objection", objection),
        ("correction", correction),
        ("goods", towel),
        ("reservation", redeemed["id"].clone()),
        ("code", redeemed["code"].clone()),
        ("activity", activity),
        ("signup", signup),
    ];
    Theirs { lin, zhou, things, photo }
}

#[tokio::test]
async fn a_neighbour_sees_no_account_no_claim_in_review_and_no_code() {
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let zhaoshi = district.zhaoshi();
    let theirs = theirs(&district, &zhaoshi).await;
    let neighbour = zhaoshi.villager("李四").await;
    let household = zhaoshi.household_of(&theirs.lin).await;
    let person = theirs.lin.person.map(|person| person.to_string()).unwrap_or_default();

    for about in [format!("household={household}"), format!("person={person}")] {
        neighbour.asks("points", "statement", &about).await.is(404);
        neighbour.opens(&format!("points/account?{about}")).await.is(404);
        theirs.zhou.asks("points", "statement", &about).await.is(200);
        theirs.zhou.opens(&format!("points/account?{about}")).await.is(200).says("林秀英");
    }
    let award = theirs.thing("award");
    neighbour.opens(&format!("points/award/{award}")).await.is(404);
    neighbour.asks("points", "lookup", &format!("id={award}")).await.is(404);
    neighbour.opens(&format!("points/reservation/{}", theirs.thing("reservation"))).await.is(404);
    assert_eq!(neighbour.asks("points", "reservations", "").await.result()["reservations"], json!([]));
    let cancel = json!({ "reservation": theirs.thing("reservation") });
    neighbour.does("points", "cancel-reservation", cancel).await.is(404);
    let withdraw = json!({ "award": award });
    neighbour.does("points", "withdraw-claim", withdraw).await.is(404);
    for action in ["approve", "deduct", "add-goods", "hand-out", "confirm-hours", "answer-objection", "correct"] {
        let fields = declared(&district, action, theirs.thing("award"));
        neighbour.does("points", action, fields).await.is(404);
    }

    // The photo follows the claim: to be seen by all once that is public, by nobody else before.
    let photo = format!("files/{}", theirs.photo);
    theirs.lin.opens(&photo).await.is(200);
    theirs.zhou.opens(&photo).await.is(200);
    neighbour.opens(&photo).await.is(404);
    theirs.zhou.approves(&json!(award)).await;
    let other = zhaoshi.cadre("王副主任").await;
    other.approves(&json!(award)).await;
    neighbour.opens(&photo).await.is(200);
    zhaoshi.visitor().opens(&photo).await.is(200);
}

/// What fits the form of an action, about one thing.
fn declared(district: &District, action: &str, about: &str) -> Value {
    let release = district.runtime.release("points").unwrap_or_else(|| panic!("the plugin"));
    let found = release.manifest.actions.iter().find(|known| known.name == action);
    plausible(&found.unwrap_or_else(|| panic!("no action {action}")).fields, about)
}

#[tokio::test]
async fn nothing_of_it_is_there_for_anybody_of_another_village() {
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let (zhaoshi, tianfu) = (district.zhaoshi(), district.tianfu());
    let theirs = theirs(&district, &zhaoshi).await;
    let before =
        (theirs.lin.asks("points", "mine", "").await.result(), theirs.zhou.asks("points", "items", "").await.result());
    let manifest = &district.runtime.release("points").unwrap_or_else(|| panic!("the plugin")).manifest;
    let strangers = [
        tianfu.villager("陈大福").await,
        tianfu.cadre("简书记").await,
        tianfu.admin("天府管理员").await,
        district.chengjia().officer("王镇长").await,
    ];

    for stranger in &strangers {
        let there = stranger.at(zhaoshi.code());
        for action in &manifest.actions {
            // At their address, and at one's own about their things.
            for (name, id) in &theirs.things {
                let about = id.as_str().unwrap_or_default();
                let fields = plausible(&action.fields, about);
                there.does("points", &action.name, fields.clone()).await.is(404);
                if stranger.code == tianfu.code() && fields.as_object().is_some_and(|fields| fields.contains_key(*name))
                {
                    let mut fields = fields;
                    fields[*name] = id.clone();
                    let answer = stranger.does("points", &action.name, fields).await;
                    assert!(
                        [404, 422].contains(&answer.status.as_u16()),
                        "{} {name} by {}: {:#}",
                        action.name,
                        stranger.name,
                        answer.body
                    );
                }
            }
        }
        for page in ["award", "public", "reservation", "goods", "activity"] {
            let id = theirs.thing(page);
            let route = match page {
                "goods" => format!("points/shop/{id}"),
                "public" => format!("points/award/{id}"),
                page => format!("points/{page}/{id}"),
            };
            stranger.opens(&route).await.is(404);
            // What is public there is public for them as well.
            let open = ["public", "goods", "activity"].contains(&page);
            there.opens(&route).await.is(if open { 200 } else { 404 }).never_says("林秀英");
        }
        let household = zhaoshi.household_of(&theirs.lin).await;
        for reader in [stranger, &there] {
            reader.asks("points", "statement", &format!("household={household}")).await.is(404);
            reader.opens(&format!("files/{}", theirs.photo)).await.is(404);
        }
        there.api(Method::GET, "points/q/reviews", None).await.is(404);
        there.opens("points/desk").await.is(404);
    }
    let after =
        (theirs.lin.asks("points", "mine", "").await.result(), theirs.zhou.asks("points", "items", "").await.result());
    assert_eq!(before, after, "nothing was done");
    district.is_quiet().await;
}
