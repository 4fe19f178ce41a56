//! A module that a village switches off: its pages, cards, to-dos and doors are gone, what it keeps stays, and what it
//! is told waits, in order, until it is on again.

use cunshi_tests::{District, adopted};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn points_are_switched_off_and_come_back_with_what_happened_meanwhile() {
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let (tianfu, zhaoshi) = (district.tianfu(), district.zhaoshi());
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let admin = tianfu.admin("曾利华").await;
    adopted(&lin, &jian, "路灯不亮").await;
    district.works().await;
    let before = lin.balances().await;
    assert_eq!(before["redeemable"], "2");
    lin.opens("").await.is(200).says("积分");
    lin.does("points", "claim", json!({ "item": "help", "text": "帮李婆婆挑水" })).await;
    let page = jian.opens("me/todos").await.is(200);
    let asked_before = page.text().contains("积分");

    // Only the admin of this village may.
    let state = format!("/v/{}/manage/modules/points/state", tianfu.code());
    let stranger = zhaoshi.admin("余晓容").await;
    for nobody in [&lin, &jian, &stranger] {
        let answer = nobody.browses(Method::POST, &state).form(&[("on", "off")]).send().await.expect("an answer");
        assert_eq!(answer.status(), 404, "{}", nobody.name);
    }
    tianfu.switches(&admin, "points", false).await;

    // Nothing of it is there: no page, query, tree or action, no card, door, entry or to-do, no number.
    for reader in [&lin, &jian, &tianfu.visitor()] {
        for path in ["points", "points/claim", "points/board"] {
            reader.opens(path).await.is(404);
        }
        reader.asks("points", "mine", "").await.is(404);
        reader.tree("points", "").await.is(404);
        let home = reader.opens("").await.is(200);
        assert!(!home.html.contains("/points"), "{}", home.text());
    }
    lin.does("points", "claim", json!({ "item": "help", "text": "再挑一次" })).await.is(404);
    if asked_before {
        jian.opens("me/todos").await.is(200).never_says("积分");
    }
    let (from, to) = (cunshi_tests::instant("2026-09-01 00:00"), cunshi_tests::instant("2026-10-01 00:00"));
    let release = district.runtime.release("points").expect("points");
    for measure in &release.manifest.measures {
        let asked = district.runtime.measure(tianfu.space.id, "points", &measure.name, from, to).await;
        assert!(matches!(asked, Err(cunshi_runtime::CallError::NotFound)), "{}", measure.name);
    }
    let settings = "manage/modules/points/settings";
    admin.opens(settings).await.is(404);

    // Three deeds are told meanwhile; nothing fails, nothing is lost, and time passes.
    for title in ["桥栏杆松了", "排水沟堵了", "井盖破了"] {
        adopted(&lin, &jian, title).await;
        district.works().await;
    }
    district.until("2026-09-04 20:00").await;
    assert!(tianfu.parked().await.is_empty());
    // Another village goes on with its points.
    zhaoshi.villager("罗定安").await.opens("points").await.is(200);

    tianfu.switches(&admin, "points", true).await;
    assert_eq!(lin.balances().await["redeemable"], before["redeemable"], "its data has stayed");
    district.works().await;
    // Each once, numbered in the order in which they were told.
    let mut awards = lin.awards().await;
    awards.sort_by_key(|award| award["number"].as_str().unwrap_or_default().to_owned());
    let titles = ["路灯不亮", "桥栏杆松了", "排水沟堵了", "井盖破了"];
    let told: Vec<_> =
        awards.iter().filter_map(|award| titles.iter().position(|title| award.to_string().contains(title))).collect();
    assert_eq!(told, [0, 1, 2, 3], "{awards:#?}");
    lin.opens("").await.is(200).says("积分");
    lin.opens("points").await.is(200);
    district.is_quiet().await;
}

#[tokio::test]
async fn what_the_town_answers_and_what_the_clock_asks_waits_for_the_board() {
    let district = District::at("2026-09-02 09:00").await;
    let (tianfu, chengjia) = (district.tianfu(), district.chengjia());
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let admin = tianfu.admin("曾利华").await;
    let wang = chengjia.officer("王镇长").await;

    let fields = json!({ "title": "公路边护栏损坏", "category": "roads" });
    let case = lin.does("issues", "report", fields).await.result()["id"].as_str().expect("an id").to_owned();
    jian.does("issues", "accept", json!({ "case": case, "complexity": "ordinary" })).await.result();
    jian.does("issues", "refer", json!({ "case": case, "text": "县道归镇上管。" })).await.result();
    lin.does("issues", "report", json!({ "title": "排水沟堵了", "category": "water" })).await.result();
    district.works().await;
    tianfu.switches(&admin, "issues", false).await;
    lin.opens(&format!("issues/case/{case}")).await.is(404);

    // The town goes on; the second case falls overdue, and nobody looks after it here.
    let board = wang.asks("issues", "cases", "").await.result();
    let above = board["cases"][0]["id"].as_str().expect("an id").to_owned();
    let accept = json!({ "case": above, "complexity": "simple", "text": "镇上今天派人。" });
    wang.does("issues", "accept", accept).await.result();
    district.works().await;
    wang.does("issues", "close", json!({ "case": above, "text": "护栏已经换新。" })).await.result();
    district.until("2026-09-05 02:00").await;
    wang.opens("issues/below").await.is(200).never_says("天府社区");
    assert!(tianfu.parked().await.is_empty());

    tianfu.switches(&admin, "issues", true).await;
    district.works().await;
    let page = lin.opens(&format!("issues/case/{case}")).await.is(200).says("镇上今天派人。").says("护栏已经换新。");
    let (accepted, closed) = (page.text().find("镇上今天派人。"), page.text().find("护栏已经换新。"));
    assert!(accepted < closed, "in the order of the town: {}", page.text());
    wang.opens("issues/below").await.is(200).says("天府社区");
    district.is_quiet().await;
}
