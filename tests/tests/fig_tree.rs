//! The story of the fig tree in 天府社区 (September 2024, told by the newspaper; see DOMAIN.md): a dangerous tree is
//! reported, handled in public and rated, by people with phones without JavaScript, in both languages.

#![expect(clippy::expect_used, reason = "a test stops with a sentence")]

use cunshi_tests::{Actor, District, Page};
use serde_json::json;

const TITLE: &str = "房子旁边的黄桷树存在安全隐患";

async fn reports_the_tree(lin: &Actor) -> Page {
    let fields = json!({
        "title": TITLE,
        "category": "safety",
        "place": "三组，林家旁边",
        "detail": "枝子干枯，路过都害怕得很，希望社区尽快安排人排除隐患。",
    });
    let photo = cunshi_tests::photo([90, 120, 60]);
    let form = lin.opens("issues/new").await.is(200);
    lin.sends_photos(&form, "report", fields, "photos", vec![photo]).await.is(200).says("2026-0001")
}

fn id_of(page: &Page) -> String {
    page.html.split("/issues/case/").nth(1).and_then(|rest| rest.get(..36)).expect("a link to the case").to_owned()
}

#[tokio::test]
async fn a_dangerous_tree_is_reported_pruned_and_rated() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let lin = tianfu.villager("林秀英").await;
    let jian = tianfu.cadre("简书记").await;

    // She says it, with a photo, and reads her number.
    let said = reports_the_tree(&lin).await;
    let case = id_of(&said);
    let address = format!("issues/case/{case}");

    // Anybody sees it on the village's home and on the board, but not who said it.
    let visitor = tianfu.visitor();
    visitor.opens("").await.is(200).says(TITLE);
    visitor.opens("issues").await.is(200).says(TITLE).never_says("林秀英");
    visitor.opens(&address).await.is(200).says("林**").never_says("林秀英");

    // It is on the secretary's list; six minutes later he has accepted it.
    jian.opens("me/todos").await.is(200).says("黄桷树");
    district.until("2026-09-02 08:20").await;
    let words = "谢谢你的及时反映，今天上午派人来看。";
    jian.fills(&address, "accept", json!({ "complexity": "ordinary", "text": words })).await.is(200);
    lin.opens(&address).await.is(200).says(words).says("6 分钟").says("9月11日");

    // The next day people with saws are there, the day after it is done: five working days early.
    district.until("2026-09-03 10:02").await;
    jian.fills(&address, "progress", json!({ "text": "已安排人到现场修剪树枝。" })).await.is(200);
    district.until("2026-09-04 16:40").await;
    let page = jian.opens(&address).await.is(200);
    let after = vec![cunshi_tests::photo([120, 160, 190])];
    jian.sends_photos(&page, "close", json!({ "text": "干枯的枝子已经全部修剪。" }), "photos", after).await.is(200);
    visitor.opens(&address).await.is(200).says("已办结").says("提前 5 个工作日");

    // It waits for her stars, and she gives five.
    lin.opens("me").await.is(200).says("黄桷树");
    lin.fills(&address, "rate", json!({ "solved": "yes", "stars": "5", "text": "办得很快。" })).await.is(200);
    let done = visitor.opens(&address).await.is(200).says("办得很快。");
    assert!(done.html.contains("★★★★★"), "{}", done.text());

    // The village counts one case, closed on time, and satisfied.
    let (from, to) = (cunshi_tests::instant("2026-09-01 00:00"), cunshi_tests::instant("2026-10-01 00:00"));
    for (measure, value, of) in [("registered", 1, None), ("closed_on_time", 1, Some(1)), ("satisfied", 1, Some(1))] {
        let found = district.runtime.measure(tianfu.space.id, "issues", measure, from, to).await.expect("a measure");
        assert_eq!((found.value, found.of), (value, of), "{measure}");
    }
    district.is_quiet().await;
}

#[tokio::test]
async fn the_same_story_is_told_in_english() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let lin = tianfu.villager("林秀英").await;
    let jian = tianfu.cadre("简书记").await;
    let case = id_of(&reports_the_tree(&lin).await);

    let reader = tianfu.visitor();
    let address = format!("issues/case/{case}");
    reader.opens(&format!("{address}?lang=en")).await.is(200).says("Public safety").says(TITLE).never_says("村民说事");
    district.until("2026-09-02 08:20").await;
    jian.fills(&format!("{address}?lang=en"), "accept", json!({ "complexity": "simple" })).await.is(200);
    reader.opens(&format!("{address}?lang=en")).await.is(200).says("6 minutes").never_says("受理");
    reader.opens("?lang=en").await.is(200).says("Community office").never_says("打电话");
}

#[tokio::test]
async fn a_private_matter_does_not_exist_for_the_neighbours() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let lin = tianfu.villager("林秀英").await;
    let neighbour = tianfu.villager("邻居").await;
    let jian = tianfu.cadre("简书记").await;

    let fields = json!({ "title": "和邻居有纠纷", "category": "disputes", "private": true });
    let case = lin.does("issues", "report", fields).await.result()["id"].as_str().expect("an id").to_owned();

    let address = format!("issues/case/{case}");
    lin.opens(&address).await.is(200).says("和邻居有纠纷");
    jian.opens(&address).await.is(200).says("和邻居有纠纷");
    neighbour.opens(&address).await.is(404);
    tianfu.visitor().opens(&address).await.is(404);
    neighbour.opens("issues?q=%E7%BA%A0%E7%BA%B7").await.is(200).never_says("和邻居有纠纷");
    let cases = neighbour.asks("issues", "cases", "").await.result();
    assert_eq!(cases["cases"], json!([]), "not even in the list");
}

#[tokio::test]
async fn an_old_man_without_a_phone_is_entered_by_a_cadre_and_gets_a_slip() {
    let district = District::at("2026-09-02 08:14").await;
    let zhaoshi = district.zhaoshi();
    let jian = zhaoshi.cadre("周主任").await;
    let old = zhaoshi.without_phone("张大爷").await;

    let fields = json!({ "title": "村口的桥栏杆松了", "category": "safety", "on_behalf_of": old.to_string() });
    let result = jian.does("issues", "report", fields).await.result();
    let case = result["id"].as_str().expect("an id");
    assert_eq!(result["number"], "2026-0001");
    jian.opens(&format!("issues/receipt/{case}")).await.is(200).says("2026-0001").says("张大爷");
    zhaoshi.visitor().opens(&format!("issues/case/{case}")).await.is(200).says("张**").never_says("张大爷");

    let neighbour = zhaoshi.villager("李四").await;
    let refused = neighbour.does(
        "issues",
        "report",
        json!({ "title": "x", "category": "other", "on_behalf_of": old.to_string() }),
    );
    refused.await.is(422).error_of("on_behalf_of");
}
