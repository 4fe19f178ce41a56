//! What a village cannot settle goes to the town, is handled there in the town's own space, and comes back;
//! the villager keeps one place to look.

use cunshi_tests::District;
use serde_json::json;

#[tokio::test]
async fn a_broken_guard_rail_goes_to_the_town_and_back() {
    let district = District::at("2026-09-02 09:00").await;
    let (tianfu, chengjia) = (district.tianfu(), district.chengjia());
    let lin = tianfu.villager("林秀英").await;
    let jian = tianfu.cadre("简书记").await;
    let wang = chengjia.officer("王镇长").await;

    let fields = json!({ "title": "公路边护栏损坏", "category": "roads", "place": "县道转弯处" });
    let case = lin.does("issues", "report", fields).await.result()["id"].as_str().expect("an id").to_owned();
    let address = format!("issues/case/{case}");
    jian.does("issues", "accept", json!({ "case": case, "complexity": "ordinary" })).await.result();
    jian.does("issues", "refer", json!({ "case": case, "text": "县道归镇上管，已经放了警示牌。" })).await.result();
    district.works().await;
    lin.opens(&address).await.is(200).says("已转").says("成佳镇");

    // The town has a case of its own, says from where it came, and does not know who said it.
    let board = wang.asks("issues", "cases", "").await.result();
    assert_eq!(board["cases"].as_array().map(Vec::len), Some(1), "{board:#}");
    let above = board["cases"][0]["id"].as_str().expect("an id").to_owned();
    assert_ne!(above, case, "the town's case is its own");
    wang.opens(&format!("issues/case/{above}")).await.is(200).says("公路边护栏损坏").says("天府社区").never_says("林");

    wang.does("issues", "accept", json!({ "case": above, "complexity": "simple", "text": "镇上今天派人。" }))
        .await
        .result();
    district.works().await;
    lin.opens(&address).await.is(200).says("镇上今天派人。");
    wang.does("issues", "close", json!({ "case": above, "text": "护栏已经换新。" })).await.result();
    district.works().await;
    lin.opens(&address).await.is(200).says("护栏已经换新。");

    // Another village of the district has heard nothing of it, and the town's case is not a page of the village.
    let elsewhere = district.zhaoshi();
    let cases = elsewhere.visitor().asks("issues", "cases", "").await.result();
    assert_eq!(cases["cases"], json!([]));
    lin.opens(&format!("issues/case/{above}")).await.is(404);
    district.is_quiet().await;
}

#[tokio::test]
async fn what_is_overdue_rises_to_the_town_by_itself() {
    let district = District::at("2026-09-02 09:00").await;
    let (tianfu, chengjia) = (district.tianfu(), district.chengjia());
    let lin = tianfu.villager("林秀英").await;
    let wang = chengjia.officer("王镇长").await;
    lin.does("issues", "report", json!({ "title": "排水沟堵了", "category": "water" })).await.result();

    district.until("2026-09-03 23:00").await;
    wang.opens("issues/below").await.is(200).never_says("排水沟堵了");
    // One working day to accept it: Thursday. On Friday it is overdue, and the town sees it once.
    district.until("2026-09-04 02:00").await;
    wang.opens("issues/below").await.is(200).says("天府社区");
    tianfu.visitor().opens("issues?show=overdue").await.is(200).says("排水沟堵了");
    district.is_quiet().await;
}
