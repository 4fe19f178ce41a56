//! What the village has to tell somebody: in their inbox when they look, counted on every page, in both languages.

#![expect(clippy::expect_used, reason = "a test stops with a sentence")]

use cunshi_tests::{Actor, District, Page};
use reqwest::Method;
use serde_json::{Value, json};

/// 林秀英 says that a lamp is out; 简书记 accepts it and closes it.
async fn lamp(lin: &Actor, jian: &Actor) -> String {
    let fields = json!({ "title": "三组路灯不亮", "category": "roads" });
    let case = lin.does("issues", "report", fields).await.result()["id"].as_str().expect("an id").to_owned();
    let fields = json!({ "case": case, "complexity": "simple", "text": "今天下午来修" });
    jian.does("issues", "accept", fields).await.is(200);
    jian.does("issues", "close", json!({ "case": case, "text": "灯泡换好了" })).await.is(200);
    case
}

/// How many unread messages a page tells of; none when it has no bell.
fn bell(page: &Page) -> Option<u32> {
    let at = page.html.find("class=\"bell\"")?;
    let bell = page.html[at..].split("</a>").next().expect("its end");
    let count = bell.split("class=\"count\">").nth(1).map(|rest| rest.split('<').next().unwrap_or_default());
    Some(count.map_or(0, |count| count.trim().parse().expect("a number")))
}

async fn inbox(actor: &Actor, query: &str) -> Value {
    actor.api(Method::GET, &format!("messages?{query}"), None).await.is(200).body
}

fn titles(inbox: &Value) -> Vec<&str> {
    let messages = inbox["messages"].as_array().expect("messages");
    messages.iter().map(|message| message["title"].as_str().expect("a title")).collect()
}

#[tokio::test]
async fn a_villager_reads_what_became_of_her_case_and_the_bell_falls_silent() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    assert_eq!(bell(&lin.opens("").await.is(200)), Some(0));
    let case = lamp(&lin, &jian).await;

    // The count stands on every page that she opens, be it a module's or the village's own.
    for path in ["", "issues", "me", "me/messages"] {
        assert_eq!(bell(&lin.opens(path).await.is(200)), Some(2), "{path}");
    }
    assert_eq!(bell(&jian.opens("").await), Some(0), "who did it knows");
    assert_eq!(bell(&tianfu.visitor().opens("").await), None);

    let page =
        lin.opens("me/messages").await.is(200).says("社区受理了：三组路灯不亮").says("今天下午来修").says("未读");
    let (closed, accepted) = (page.text().find("办结了"), page.text().find("社区受理了"));
    assert!(closed < accepted, "the newest is on top: {}", page.text());
    let at = page.html.find("/me/messages/0").expect("a message") + "/me/messages/".len();
    let id = &page.html[at..at + 36];

    // Opening it leads to the case, and it is read; opening it again does no harm.
    for _ in 0..2 {
        let opened = lin.opens(&format!("me/messages/{id}")).await.is(200).says("灯泡换好了");
        assert!(opened.path.ends_with(&format!("/issues/case/{case}")), "{}", opened.path);
        assert_eq!(bell(&opened), Some(1));
    }
    let read_all = format!("/v/{}/me/messages/read-all", tianfu.code());
    let answer = lin.browses(Method::POST, &read_all).form(&[("", "")]).send().await.expect("an answer");
    let page = Page::of(answer).await.is(200).says("都标成已读了").never_says("未读");
    assert_eq!(bell(&page), Some(0));

    lin.reads_english().await;
    lin.opens("me/messages").await.is(200).says("The community has accepted: 三组路灯不亮").says("Messages");
}

#[tokio::test]
async fn programs_read_the_inbox_page_by_page_in_the_reader_s_language() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let case = lamp(&lin, &jian).await;

    let first = inbox(&lin, "limit=1").await;
    assert_eq!((titles(&first), &first["unread"]), (vec!["办结了，请来看看：三组路灯不亮"], &json!(2)));
    let message = &first["messages"][0];
    assert_eq!(message["page"], json!({ "page": "case", "params": { "id": case } }));
    assert_eq!(message["address"], format!("/v/{}/issues/case/{case}", tianfu.code()));
    assert_eq!(
        (&message["urgent"], &message["read"], &message["at"]),
        (&json!(true), &json!(false), &json!("2026-09-02T08:14:00+08:00"))
    );
    let second = inbox(&lin, &format!("lang=en&limit=1&cursor={}", first["next"].as_str().expect("more"))).await;
    assert_eq!(titles(&second), ["The community has accepted: 三组路灯不亮"]);
    assert_eq!(second.get("next"), None);

    let id = message["id"].as_str().expect("an id");
    let left = lin.api(Method::POST, &format!("messages/{id}/read"), None).await.is(200).body;
    assert_eq!(left, json!({ "unread": 1 }));
    assert_eq!(titles(&inbox(&lin, "unread=true").await), ["社区受理了：三组路灯不亮"]);
    let left = lin.api(Method::POST, "messages/read-all", None).await.is(200).body;
    assert_eq!(left, json!({ "unread": 0 }));
    assert_eq!(titles(&inbox(&lin, "unread=true").await), Vec::<&str>::new());

    for (query, status) in
        [("limit=0", 422), ("limit=101", 422), ("limit=x", 422), ("unread=maybe", 422), ("cursor=x", 404)]
    {
        lin.api(Method::GET, &format!("messages?{query}"), None).await.is(status);
    }
}

#[tokio::test]
async fn nobody_reads_or_marks_what_somebody_else_was_told() {
    let district = District::at("2026-09-02 08:14").await;
    let (tianfu, chengjia) = (district.tianfu(), district.chengjia());
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    lamp(&lin, &jian).await;
    let first = inbox(&lin, "limit=1").await;
    let id = first["messages"][0]["id"].as_str().expect("an id");
    let neighbour = tianfu.villager("王大山").await;
    // An officer over the village looks in, and is nobody of it.
    let officer = chengjia.officer("吴镇长").await.at(tianfu.code());
    for stranger in [&neighbour, &jian, &tianfu.admin("曾利华").await, &officer] {
        stranger.opens(&format!("me/messages/{id}")).await.is(404);
        stranger.api(Method::POST, &format!("messages/{id}/read"), None).await.is(404);
    }
    assert_eq!(titles(&inbox(&neighbour, "").await), Vec::<&str>::new());
    neighbour.api(Method::POST, "messages/read-all", None).await.is(200);
    officer.opens("me/messages").await.is(404);
    officer.api(Method::GET, "messages", None).await.is(404);
    assert_eq!(bell(&officer.opens("").await.is(200)), None);

    let visitor = tianfu.visitor();
    assert!(visitor.opens("me/messages").await.path.contains("/sign-in"), "a visitor is asked to sign in");
    visitor.api(Method::GET, "messages", None).await.is(401);
    visitor.api(Method::POST, &format!("messages/{id}/read"), None).await.is(401);
    assert_eq!(inbox(&lin, "").await["unread"], 2, "all of that marked nothing");
}

#[tokio::test]
async fn a_module_that_is_off_has_no_page_to_lead_to_and_its_messages_stay() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    lamp(&lin, &jian).await;
    let admin = tianfu.admin("曾利华").await;
    let state = format!("/v/{}/manage/modules/issues/state", tianfu.code());
    let off = admin.browses(Method::POST, &state).form(&[("on", "false")]).send().await.expect("an answer");
    assert!(off.status().is_success(), "{}", off.status());
    lin.opens("issues").await.is(404);
    let first = inbox(&lin, "limit=1").await;
    assert_eq!(first["messages"][0]["address"], Value::Null);
    let id = first["messages"][0]["id"].as_str().expect("an id");
    let opened = lin.opens(&format!("me/messages/{id}")).await.is(200);
    assert!(opened.path.ends_with("/me/messages"), "{}", opened.path);
    assert_eq!(bell(&opened), Some(1));
}

#[tokio::test]
async fn a_case_that_went_to_the_town_comes_back_as_a_message() {
    let district = District::at("2026-09-02 08:14").await;
    let (tianfu, chengjia) = (district.tianfu(), district.chengjia());
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let wu = chengjia.officer("吴镇长").await;
    let wang = tianfu.villager("王大山").await;
    let fields = json!({ "title": "河堤塌了一段", "category": "safety" });
    let case = lin.does("issues", "report", fields).await.result()["id"].clone();
    wang.does("issues", "follow", json!({ "case": case })).await.is(200);
    jian.does("issues", "accept", json!({ "case": case, "complexity": "complex" })).await.is(200);
    jian.does("issues", "refer", json!({ "case": case, "text": "要请水利站" })).await.is(200);
    district.works().await;
    let board = wu.asks("issues", "cases", "show=open").await.result();
    let above = board["cases"][0]["id"].clone();
    wu.does("issues", "accept", json!({ "case": above, "complexity": "complex" })).await.is(200);
    wu.does("issues", "answer", json!({ "case": above, "text": "下周动工" })).await.is(200);
    district.works().await;
    let expected = [
        "成佳镇答复了：河堤塌了一段",
        "成佳镇受理了：河堤塌了一段",
        "已转成佳镇办理：河堤塌了一段",
        "社区受理了：河堤塌了一段",
    ];
    assert_eq!(titles(&inbox(&lin, "").await), expected);
    assert_eq!(titles(&inbox(&wang, "").await), expected, "who follows it is told the same, a little later");
    district.is_quiet().await;
}

#[tokio::test]
async fn overdue_cases_ring_at_the_cadres_once() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    lin.does("issues", "report", json!({ "title": "排水沟堵了", "category": "water" })).await.is(200);
    for hour in ["2026-09-10 08:00", "2026-09-10 10:00", "2026-09-11 08:00"] {
        district.until(hour).await;
    }
    let told = inbox(&jian, "").await;
    assert_eq!(titles(&told), ["超期了，请尽快办：2026-0001 排水沟堵了"]);
    assert_eq!(bell(&jian.opens("issues").await), Some(1));
    assert_eq!(titles(&inbox(&lin, "").await), Vec::<&str>::new());
}
