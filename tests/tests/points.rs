//! The heart of it: the same deed earns in each village what the village's own rule says, whoever it concerns can
//! read why, and a rule that changes decides the next deed, not the last.

use cunshi_tests::{AWARD, Actor, District, Village, adopted, volunteered};
use serde_json::{Value, json};

/// What one village's rule makes of a deed, and how it says so.
struct Earns {
    points: &'static str,
    origin: &'static str,
    /// Of the script's own words.
    because: &'static str,
    /// The row of the table: what it is called, and what it gives.
    row: (&'static str, &'static str),
}

/// Reads the newest award of a villager by every road that there is to it: the account, the decision, the pages.
async fn is_explained(villager: &Actor, earns: &Earns) {
    let award = villager.awards().await.into_iter().next().unwrap_or_else(|| panic!("{} has no award", villager.code));
    assert_eq!((&award["state"], &award["points"]), (&json!("posted"), &json!(earns.points)), "{award:#}");
    let whole = villager.award(&award["id"]).await;
    assert_eq!((&whole["origin"], &whole["version"]), (&json!(earns.origin), &json!(1)), "{whole:#}");

    let decision = villager.decision(&whole["decision"]).await.is(200).body;
    assert_eq!(decision["because"], whole["because"], "the award repeats what the rule said");
    assert_eq!((&decision["origin"], &decision["version"]), (&json!(earns.origin), &json!(1)), "{decision:#}");
    let said = decision["because"].to_string();
    assert!(said.contains(earns.because), "{}: {said}", villager.code);
    let (label, gives) = earns.row;
    assert_eq!((&decision["row"]["label"], &decision["row"]["points"]), (&json!(label), &json!(gives)));

    let award = award["id"].as_str().unwrap_or_default();
    villager.opens(&format!("points/award/{award}")).await.is(200).says(earns.because);
    let id = decision["id"].as_str().unwrap_or_default();
    villager.opens(&format!("decisions/{id}")).await.is(200).says(earns.because).says(label);
    villager.opens(&format!("decisions/{id}?lang=en")).await.is(200).says(earns.because).never_says("为什么");
}

#[tokio::test]
async fn the_same_deed_earns_in_three_villages_what_each_ones_rule_says() {
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let villages = [district.tianfu(), district.zhaoshi(), district.wubao()];
    let mut people = Vec::new();
    for village in &villages {
        people.push((village.villager("林秀英").await, village.cadre("简书记").await));
    }

    // A report that is adopted: 天府社区 gives two points for it, 照石村 five, and 五宝村 follows the district.
    let adopts = [
        Earns {
            points: "2", origin: "village", because: "反映问题被采纳，得2分", row: ("反映问题被采纳", "2")
        },
        Earns {
            points: "5", origin: "village", because: "反映问题被采纳，得5分", row: ("反映问题被采纳", "5")
        },
        Earns {
            points: "1", origin: "district", because: "反映问题被采纳，按次记 1 分", row: ("反映问题被采纳", "1")
        },
    ];
    for (lin, jian) in &people {
        adopted(lin, jian, "路灯不亮").await;
    }
    district.works().await;
    for ((lin, _), earns) in people.iter().zip(&adopts) {
        is_explained(lin, earns).await;
        assert_eq!(lin.balances().await["redeemable"], earns.points);
    }

    // Four hours and a half for the river: a tier of the year in 天府社区, every hour counts elsewhere.
    let volunteers = [
        Earns { points: "1", origin: "village", because: "志愿满4小时，得1分", row: ("志愿满4小时", "1") },
        Earns {
            points: "4.5", origin: "village", because: "每小时1分，4.5小时得4.5分", row: ("志愿服务", "1")
        },
        Earns {
            points: "2.25", origin: "district", because: "每小时 0.5 分，共 4.5 小时", row: ("志愿服务", "0.5")
        },
    ];
    let pairs: Vec<_> = people.iter().map(|(lin, jian)| (lin, jian)).collect();
    volunteered(&district, &pairs, "2026-09-05", "4.5").await;
    for ((lin, _), (earns, all)) in people.iter().zip(volunteers.iter().zip(["3", "9.5", "3.25"])) {
        is_explained(lin, earns).await;
        assert_eq!(lin.balances().await["redeemable"], all, "{}", lin.code);
    }

    // None of the rules was told who it was.
    let all: Vec<_> = people.iter().flat_map(|(lin, jian)| [lin, jian]).collect();
    district.no_rule_was_told_of(&all).await;
    district.is_quiet().await;
}

/// A table as the rule has it, with other points for one item.
fn with_points(rule: &Value, item: &str, points: &str) -> Value {
    let mut table = rule["table"].clone();
    let row = table.as_array_mut().and_then(|rows| rows.iter_mut().find(|row| row["item"] == item));
    row.unwrap_or_else(|| panic!("no row {item}: {rule:#}"))["points"] = points.into();
    table
}

/// The version that decided on the newest award of somebody, and what it gave.
async fn newest(villager: &Actor) -> (Value, Value) {
    let award = villager.awards().await.into_iter().next().unwrap_or_default();
    let whole = villager.award(&award["id"]).await;
    (whole["version"].clone(), whole["points"].clone())
}

#[tokio::test]
async fn a_published_change_decides_the_next_deed_and_not_the_last() {
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let (chief, second) = (tianfu.admin("管理员").await, tianfu.admin("副管理员").await);
    let adopts = async |at: &str, title: &str| {
        district.until(&format!("2026-09-02 {at}")).await;
        adopted(&lin, &jian, title).await;
        district.works().await;
    };

    adopts("08:20", "路灯不亮").await;
    assert_eq!(newest(&lin).await, (json!(1), json!("2")));
    let first = lin.awards().await[0]["id"].clone();

    // The admin writes that it is three points from now on. Until somebody else publishes it, nothing changes.
    let rule = chief.rule_of(AWARD).await;
    assert_eq!((&rule["origin"], &rule["version"]), (&json!("village"), &json!(1)));
    let table = with_points(&rule, "issue.adopted", "3");
    let draft = json!({ "table": table, "cases": [], "note": "采纳多记一分" });
    let version = chief.drafts_rule(AWARD, draft).await;
    assert_eq!(version, 2);
    let refused = chief.publishes_rule(AWARD, &version).await.is(409);
    assert!(refused.body["detail"].as_str().is_some_and(|words| words.contains("另一位管理员")), "{:#}", refused.body);
    adopts("08:40", "井盖破了").await;
    assert_eq!(newest(&lin).await, (json!(1), json!("2")));
    jian.publishes_rule(AWARD, &version).await.is(403);
    second.publishes_rule(AWARD, &version).await.is(200);

    // The next deed earns three; the last two keep what was decided, and say by which version.
    adopts("09:00", "水管漏水").await;
    assert_eq!(newest(&lin).await, (json!(2), json!("3")));
    assert_eq!(lin.balances().await["redeemable"], "7");
    let kept = lin.award(&first).await;
    assert_eq!((&kept["version"], &kept["points"]), (&json!(1), &json!("2")), "{kept:#}");
    let record = lin.decision(&kept["decision"]).await.is(200).body;
    assert_eq!((&record["version"], &record["row"]["points"]), (&json!(1), &json!("2")), "{record:#}");

    // Going back: the former version decides again, and nothing that was decided is touched.
    second.rolls_back_rule(AWARD, &json!(1)).await.is(200);
    adopts("09:20", "围墙要倒").await;
    assert_eq!(newest(&lin).await, (json!(1), json!("2")));
    assert_eq!(lin.balances().await["redeemable"], "9");
    let decided: Vec<_> = tianfu.decisions_of(AWARD).await.iter().map(|record| record.rule.version).collect();
    assert_eq!(decided, [1, 1, 2, 1]);
    let versions = chief.rule_of(AWARD).await["versions"].clone();
    let states: Vec<_> = versions.as_array().into_iter().flatten().map(|one| one["state"].clone()).collect();
    assert_eq!(states, ["superseded", "published"], "{versions:#}");
    district.is_quiet().await;
}

#[tokio::test]
async fn a_rule_with_a_day_begins_on_that_day_in_its_village_only() {
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let (tianfu, zhaoshi) = (district.tianfu(), district.zhaoshi());
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let (zhang, zhou) = (zhaoshi.villager("张建国").await, zhaoshi.cadre("周主任").await);
    let (chief, second) = (tianfu.admin("管理员").await, tianfu.admin("副管理员").await);

    let table = with_points(&chief.rule_of(AWARD).await, "issue.adopted", "4");
    let draft = json!({ "table": table, "cases": [], "note": "国庆起四分", "from": "2026-10-01" });
    let version = chief.drafts_rule(AWARD, draft).await;
    second.publishes_rule(AWARD, &version).await.is(200);
    for (day, gives) in [("2026-09-30 23:00", "2"), ("2026-10-01 00:30", "4")] {
        district.until(day).await;
        adopted(&lin, &jian, "路灯不亮").await;
        adopted(&zhang, &zhou, "路灯不亮").await;
        district.works().await;
        assert_eq!(newest(&lin).await.1, gives, "{day}");
        assert_eq!(newest(&zhang).await.1, "5", "照石村 has its own");
    }
    district.is_quiet().await;
}

/// An adopted report in a village; the id of the decision on it.
async fn decided(district: &District, village: &Village<'_>, villager: &Actor) -> Value {
    let jian = village.cadre("简书记").await;
    adopted(villager, &jian, "路灯不亮").await;
    district.works().await;
    let award = villager.awards().await.into_iter().next().unwrap_or_default();
    villager.award(&award["id"]).await["decision"].clone()
}

#[tokio::test]
async fn a_decision_is_shown_to_whom_it_concerns_and_is_not_there_for_anybody_else() {
    use cunshi_model::Role;
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let (tianfu, zhaoshi) = (district.tianfu(), district.zhaoshi());
    let lin = tianfu.villager("林秀英").await;
    let decision = decided(&district, &tianfu, &lin).await;
    let nowhere = json!("01900000-0000-7000-8000-000000000000");

    let entitled = [
        tianfu.relative(&lin, "林小妹", &[Role::Member]).await,
        tianfu.person("监督员", &[Role::Supervisor]).await,
        tianfu.admin("管理员").await,
        lin.clone(),
    ];
    for reader in &entitled {
        let found = reader.decision(&decision).await.is(200).body;
        assert_eq!((&found["id"], &found["output"]["points"]), (&decision, &json!(200)), "{}", reader.name);
        let page = format!("decisions/{}", decision.as_str().unwrap_or_default());
        reader.opens(&page).await.is(200).says("反映问题被采纳");
    }

    let elsewhere = [
        zhaoshi.villager("李四").await,
        zhaoshi.admin("照石管理员").await,
        zhaoshi.person("照石监督员", &[Role::Supervisor]).await,
        district.chengjia().officer("王镇长").await,
    ];
    let others = [tianfu.villager("邻居").await, tianfu.cadre("另一位干部").await];
    let there = elsewhere.iter().map(|reader| reader.at(tianfu.code()));
    for reader in others.iter().cloned().chain(there).chain(elsewhere.iter().cloned()) {
        let answer = reader.decision(&decision).await.is(404);
        assert_eq!(
            answer.body,
            reader.decision(&nowhere).await.is(404).body,
            "{}: nothing tells it apart",
            reader.name
        );
        reader.opens(&format!("decisions/{}", decision.as_str().unwrap_or_default())).await.is(404);
    }
    // Nor for whoever has not signed in, by the API and on the page.
    let visitor = tianfu.visitor();
    let (there, not) = (visitor.decision(&decision).await.is(404), visitor.decision(&nowhere).await.is(404));
    assert_eq!(there.body, not.body);
    visitor.opens(&format!("decisions/{}", decision.as_str().unwrap_or_default())).await.is(404);
}
