//! The village's counter, by people with phones without JavaScript: a certificate asked for, what is missing asked back,
//! the result as a file or fetched with a code, rated at the end; and nobody else reads what is written in it.

use cunshi_model::Role;
use cunshi_tests::{Actor, District, Page, Village, photo};
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde_json::{Value, json};

const PURPOSE: &str = "孩子在镇上小学报名";
/// Plainly invented.
const IDENTITY: &str = "51030319500101123X";
const PHONE: &str = "13812345678";
/// A stamped paper that was scanned.
const SCAN: &[u8] = b"%PDF-1.7\n% a certificate of residence\n";

/// Names of places and people, and what they wrote: Chinese on an English page too.
const CHINESE: [&str; 10] =
    ["天府社区", "成佳镇", "贡井区", "简书记", "林秀英", "林**", PURPOSE, "户口簿第 2 页", "办得快", "居住证明.pdf"];

fn request_page(id: &str) -> String {
    format!("services/request/{id}")
}

/// She asks for a service as a program does; the id of the request.
async fn asks_for(actor: &Actor, service: &str) -> String {
    let id =
        actor.does("services", "ask", json!({ "service": service, "purpose": PURPOSE })).await.result()["id"].clone();
    id.as_str().unwrap_or_else(|| panic!("no id: {id}")).to_owned()
}

/// A request whole, as its reader sees it.
async fn whole(reader: &Actor, id: &str) -> Value {
    reader.asks("services", "request", &format!("id={id}")).await.result()
}

/// It is done at the counter; the code that its asker shows.
async fn ready(jian: &Actor, asker: &Actor, id: &str) -> String {
    jian.fills(&request_page(id), "finish", json!({ "how": "pickup" })).await.is(200);
    let code = whole(asker, id).await["contents"]["code"].clone();
    code.as_str().unwrap_or_else(|| panic!("no code: {code}")).to_owned()
}

#[tokio::test]
async fn a_certificate_is_asked_for_issued_as_a_file_and_rated() {
    let district = District::with("2026-09-02 09:00", &["services"]).await;
    let tianfu = district.tianfu();
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let neighbour = tianfu.villager("王大山").await;
    let deng = tianfu.person("邓监督", &[Role::Supervisor]).await;
    let visitor = tianfu.visitor();

    // What to bring and how long it takes stands there for everybody.
    visitor.opens("").await.is(200).says("常办的事").says("居住情况证明");
    visitor.opens("services").await.is(200).says("居住情况证明").says("1 个工作日").says("免费");
    visitor.opens("services/service/residence").await.is(200).says("户口簿，或者租房合同").says("登录后可以网上申请");

    // She asks on a form, with a photo of her papers, and has a number at once.
    let form = lin.opens("services/ask/residence").await.is(200).says("承诺 1 个工作日内办好");
    let fields = json!({ "purpose": PURPOSE, "id_number": IDENTITY, "phone": PHONE, "want": "file" });
    let sent = lin.sends_photos(&form, "ask", fields, "photos", vec![photo([90, 120, 60])]).await.is(200);
    let id = sent.says("已收到，编号 B2026-0001。村里 1 个工作日内办好").says("等村里受理").id();
    let page = request_page(&id);
    assert_eq!(jian.told().await, ["新申请：居住情况证明（B2026-0001）"]);
    jian.opens("me/todos").await.is(200).says("受理申请：居住情况证明（B2026-0001）");
    lin.opens("me").await.is(200).says("我办的事").says("B2026-0001").says("已收到");
    jian.opens(&page).await.is(200).says("林秀英").says(PURPOSE).says(IDENTITY).says(PHONE);

    // Something is missing: it is her turn, and the clock stands still.
    jian.fills(&page, "accept", json!({})).await.is(200).says("已受理，9月3日前办好。");
    jian.fills(&page, "need-more", json!({ "text": "户口簿第 2 页" })).await.is(200).says("已告诉申请人还缺什么。");
    assert_eq!(lin.told().await, ["您的“居住情况证明”还缺材料", "您的“居住情况证明”已受理"]);
    lin.opens("me/messages").await.is(200).never_says("户口簿第 2 页").never_says(PURPOSE);
    lin.opens("me/todos").await.is(200).says("请补材料：居住情况证明");
    jian.opens("me/todos").await.is(200).never_says("居住情况证明");
    let form = lin.opens(&page).await.is(200).says("还缺：户口簿第 2 页");
    let added = lin.sends_photos(&form, "supplement", json!({}), "photos", vec![photo([200, 120, 60])]).await;
    added.is(200).says("收到了，村里接着办。").says("申请人补充了材料");
    lin.opens("me/todos").await.is(200).never_says("请补材料");
    jian.opens("me/todos").await.is(200).says("材料补上了：居住情况证明（B2026-0001）");

    // Seventeen minutes after she asked it is there, stamped and scanned.
    district.until("2026-09-02 09:17").await;
    let form = jian.opens(&page).await.is(200);
    let scan = vec![("居住证明.pdf", SCAN.to_vec())];
    let done = jian.sends_files(&form, "finish", json!({ "how": "file" }), "files", scan).await.is(200);
    done.says("已办结，申请人马上看得到。").says("用时 17 分钟").says("提前 1 个工作日");
    jian.opens("me/todos").await.is(200).never_says("居住情况证明");
    assert_eq!(lin.told().await[0], "您的“居住情况证明”办好了");

    is_hers_alone(&tianfu, &lin, &jian, &id, &[&neighbour, &deng, &visitor]).await;
    // A supervisor sees how it goes: states and times.
    let seen = deng.opens(&page).await.is(200).says("B2026-0001").says("已办结").says("看不到申请人和内容");
    seen.never_tells_of(&lin).never_says(PURPOSE).never_says(IDENTITY).never_says("居住证明.pdf");

    // It waits for her stars; what she says is public, with her name masked and her number out of it.
    lin.opens("me/todos").await.is(200).says("请评价：居住情况证明");
    let stars = json!({ "stars": "5", "text": format!("办得快，电话{PHONE}都没打"), "privacy": "mask" });
    lin.fills(&page, "rate", stars).await.is(200).says("谢谢您的评价！");
    lin.opens("me/todos").await.is(200).never_says("居住情况证明");
    let guide = visitor.opens("services/service/residence").await.is(200).says("17 分钟").says("★ 5.0").says("林**");
    guide.says("办得快，电话138******78都没打").never_tells_of(&lin).never_says(PHONE);
    let figures = visitor.asks("services", "services", "").await.is(200).never_tells_of(&lin);
    let residence = figures.body["result"]["services"].as_array().into_iter().flatten();
    let residence = residence.into_iter().find(|service| service["key"] == "residence").cloned().unwrap_or_default();
    assert_eq!((&residence["asked"], &residence["median_minutes"]), (&json!(1), &json!(17)), "{residence:#}");

    for (measure, expected) in [
        ("requests", (1, None)),
        ("done_on_time", (1, Some(1))),
        ("median_minutes", (17, None)),
        ("satisfaction", (1, Some(1))),
    ] {
        assert_eq!(tianfu.measure("services", measure, "2026-09-01", "2026-10-01").await, expected, "{measure}");
    }
    district.is_quiet().await;
}

/// The result is downloaded by her and the office. For a neighbour, a supervisor, a visitor and the next village there is
/// no such file, and nothing of what is written in the request.
async fn is_hers_alone(tianfu: &Village<'_>, lin: &Actor, jian: &Actor, id: &str, others: &[&Actor]) {
    let contents = whole(lin, id).await["contents"].clone();
    let texts = |list: &Value| -> Vec<String> {
        list.as_array().into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
    };
    let (files, photos) = (texts(&contents["files"]), texts(&contents["photos"]));
    assert_eq!((files.len(), photos.len()), (1, 1), "{contents:#}");
    let path = format!("/v/{}/files/{}", tianfu.code(), files[0]);
    for reader in [lin, jian] {
        let answer = reader.browses(reqwest::Method::GET, &path).send().await;
        let answer = answer.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(answer.status(), 200, "{}", reader.name);
        let head =
            |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        assert_eq!(head(CONTENT_TYPE), "application/pdf");
        assert!(head(CONTENT_DISPOSITION).starts_with("attachment;"), "{}", head(CONTENT_DISPOSITION));
        assert_eq!(answer.bytes().await.map(|bytes| bytes.to_vec()).unwrap_or_default(), SCAN);
    }
    let page = lin.opens(&request_page(id)).await.is(200).says("居住证明.pdf");
    assert!(page.html.contains(&path), "{}", page.text());
    for nobody in others {
        for file in files.iter().chain(&photos) {
            nobody.opens(&format!("files/{file}")).await.is(404);
        }
        for route in ["", "services", "services/service/residence"] {
            let page = nobody.opens(route).await.is(200).never_tells_of(lin).never_says(PURPOSE);
            page.never_says(IDENTITY).never_says("居住证明.pdf");
        }
    }
    let neighbour = others[0];
    for route in ["request", "receipt"] {
        neighbour.opens(&format!("services/{route}/{id}")).await.is(404);
    }
    for query in [format!("id={id}"), "number=B2026-0001".to_owned()] {
        neighbour.asks("services", "request", &query).await.is(404);
    }
    assert_eq!(neighbour.asks("services", "requests", "").await.result()["requests"], json!([]));
}

#[tokio::test]
async fn what_is_on_paper_is_fetched_with_a_code_or_an_identity_card() {
    let district = District::with("2026-09-02 09:00", &["services"]).await;
    let tianfu = district.tianfu();
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let old = tianfu.without_phone("张大爷").await;

    // Hers waits at the counter, with a code that she alone sees.
    let id = asks_for(&lin, "hardship").await;
    jian.fills(&request_page(&id), "accept", json!({})).await.is(200);
    let code = ready(&jian, &lin, &id).await;
    let spoken = format!("{} {}", &code[..4], &code[4..]);
    assert_eq!(lin.told().await[0], "您的“家庭经济困难情况证明”办好了，请来取");
    lin.opens("me/todos").await.is(200).says("请来领取：家庭经济困难情况证明");
    lin.opens("me/messages").await.is(200).says("天府社区便民服务室").never_says(&spoken);
    lin.opens(&request_page(&id)).await.is(200).says("等您来取").says(&spoken);
    for path in [&request_page(&id), "services/desk?show=ready"] {
        let page = jian.opens(path).await.is(200).says("家庭经济困难情况证明");
        assert!(!page.html.contains(&code) && !page.html.contains(&spoken), "{}", page.text());
    }
    assert_eq!(whole(&jian, &id).await["contents"]["code"], Value::Null);

    // It is good once.
    let wrong = if code == "00000000" { "00000001" } else { "00000000" };
    jian.fills("services/desk", "hand-over", json!({ "code": wrong })).await.is(422).says("没有这个取件码");
    let handed = jian.fills("services/desk", "hand-over", json!({ "code": spoken })).await.is(200);
    handed.says("已核对，请把“家庭经济困难情况证明”交给林秀英。").says("申请人取走了");
    jian.fills("services/desk", "hand-over", json!({ "code": spoken })).await.is(422).says("已经取走了");
    lin.opens("me/todos").await.is(200).never_says("请来领取").says("请评价：家庭经济困难情况证明");
    lin.fills(&request_page(&id), "rate", json!({ "stars": "4" })).await.is(200).says("谢谢您的评价！");
    tianfu
        .visitor()
        .opens("services/service/hardship")
        .await
        .is(200)
        .says("没有写评语")
        .says("林**")
        .never_tells_of(&lin);

    // He has no phone: the secretary enters it, he takes a slip home, and his son fetches it with the card.
    let form = json!({ "purpose": "过户用", "on_behalf_of": old.to_string() });
    let slip = jian.fills("services/ask/seal", "ask", form).await.is(200).says("已替张大爷登记，编号 B2026-0002。");
    slip.says("天府社区便民服务回执").says("张大爷").says("说编号就行");
    let found = jian.asks("services", "request", "number=B2026-0002").await.result();
    let his = found["id"].as_str().unwrap_or_default().to_owned();
    jian.fills(&request_page(&his), "finish", json!({ "how": "pickup", "place": "二楼 3 号窗口" })).await.is(200);
    let card = json!({ "checked": true, "taker": "儿子张小军" });
    jian.fills(&request_page(&his), "hand-over", card).await.is(200).says("儿子张小军代为取走");
    assert_eq!(whole(&jian, &his).await["state"], "done");
    lin.opens(&request_page(&his)).await.is(404);
    district.is_quiet().await;
}

#[tokio::test]
async fn the_same_is_told_in_english() {
    let district = District::with("2026-09-02 09:00", &["services"]).await;
    let tianfu = district.tianfu();
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let english = |page: Page| page.is(200).is_english(&CHINESE);
    for reader in [&lin, &jian] {
        reader.reads_english().await;
    }
    for path in ["?lang=en", "services?lang=en", "services/service/residence?lang=en"] {
        english(tianfu.visitor().opens(path).await).says("Certificate of residence");
    }
    english(tianfu.visitor().opens("services/not-here?lang=en").await).says("What the village need not certify");

    let form = english(lin.opens("services/ask/residence").await).says("Done within 1 working day");
    let sent = english(lin.sends(&form, "ask", json!({ "purpose": PURPOSE, "want": "file" })).await);
    let id = sent.says("Received: number B2026-0001.").says("To be accepted").id();
    let page = request_page(&id);
    english(jian.opens("me/todos").await).says("Accept: Certificate of residence (B2026-0001)");
    english(jian.fills(&page, "accept", json!({})).await).says("Accepted, to be done by 3 Sep.");
    let missing = jian.fills(&page, "need-more", json!({ "text": "户口簿第 2 页" })).await;
    english(missing).says("The asker has been told what is missing.");
    english(lin.opens("me/messages").await).says("Your “Certificate of residence”: papers are missing");
    english(lin.opens("me/todos").await).says("Add papers: Certificate of residence");
    english(lin.fills(&page, "supplement", json!({ "text": "page 2 is there" })).await)
        .says("The village goes on with it.");
    district.until("2026-09-02 09:17").await;
    let form = english(jian.opens(&page).await).says("The asker added papers");
    let scan = vec![("居住证明.pdf", SCAN.to_vec())];
    let done = jian.sends_files(&form, "finish", json!({ "how": "file" }), "files", scan).await;
    english(done).says("Done; the asker sees it at once.").says("took 17 minutes");
    english(lin.opens("me/todos").await).says("Rate it: Certificate of residence");
    english(lin.opens("me").await).says("My requests").says("Done");
    let rated = lin.fills(&page, "rate", json!({ "stars": "5", "text": "办得快" })).await;
    english(rated).says("Thank you for your rating!");
    let guide = english(tianfu.visitor().opens("services/service/residence?lang=en").await);
    guide.says("Average stars (1 rated)").says("林**").never_tells_of(&lin);
    english(jian.opens("services/desk?show=over").await).says("B2026-0001");
    english(lin.opens(&format!("services/receipt/{id}")).await).says("Done by");
    district.is_quiet().await;
}

#[tokio::test]
async fn what_is_not_theirs_twice_or_too_late_changes_nothing() {
    let district = District::with("2026-09-02 09:00", &["services"]).await;
    let (tianfu, zhaoshi) = (district.tianfu(), district.zhaoshi());
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let son = tianfu.relative(&lin, "林小军", &[Role::Member]).await;
    let deng = tianfu.person("邓监督", &[Role::Supervisor]).await;
    let neighbour = tianfu.villager("王大山").await;
    let id = asks_for(&lin, "residence").await;
    let before = (whole(&jian, &id).await, tianfu.revision().await);

    // Her request is not her neighbour's, not even her son's; not another village's, not the town's.
    let zhou = zhaoshi.cadre("周主任").await;
    let strangers = [zhou.at(tianfu.code()), district.chengjia().officer("王镇长").await.at(tianfu.code())];
    let acts = [
        "supplement",
        "withdraw",
        "rate",
        "accept",
        "need-more",
        "progress",
        "finish",
        "hand-over",
        "refuse",
        "pass-up",
    ];
    for nobody in [&neighbour, &son, &strangers[0], &strangers[1]] {
        for action in acts {
            nobody.does("services", action, district.plausible("services", action, &id)).await.is(404);
        }
        nobody.opens(&request_page(&id)).await.is(404);
        nobody.asks("services", "request", &format!("id={id}")).await.is(404);
    }
    // Nor is there such a request at the counter of another village.
    for action in acts.into_iter().filter(|action| *action != "hand-over") {
        zhou.does("services", action, district.plausible("services", action, &id)).await.is(404);
    }
    zhou.does("services", "hand-over", json!({ "request": id, "checked": true })).await.is(404);
    zhou.opens(&request_page(&id)).await.is(404);
    for stranger in &strangers {
        stranger.does("services", "ask", json!({ "service": "seal", "purpose": PURPOSE })).await.is(404);
        stranger.opens("services/desk").await.is(404);
    }
    // A supervisor looks on; a visitor is asked to sign in.
    for action in ["accept", "finish", "refuse", "supplement", "withdraw", "rate"] {
        let fields = district.plausible("services", action, &id);
        deng.does("services", action, fields.clone()).await.is(404);
        tianfu.visitor().does("services", action, fields).await.is(401);
    }
    deng.asks("services", "request", &format!("id={id}")).await.is(200).never_tells_of(&lin);
    lin.opens("services/desk").await.is(404);
    lin.opens("services/offers").await.is(404);
    lin.asks("services", "requests", "show=work").await.is(403);
    jian.does("services", "switch-service", json!({ "service": "residence", "on": false })).await.is(404);
    // Only whoever asked withdraws and rates; nobody asks for another; a rating comes at the end.
    for action in ["withdraw", "rate"] {
        jian.does("services", action, district.plausible("services", action, &id)).await.is(403);
    }
    let for_her = json!({
        "service": "seal", "purpose": PURPOSE, "on_behalf_of": lin.person.map(|person| person.to_string()),
    });
    neighbour.does("services", "ask", for_her).await.is(422).error_of("on_behalf_of");
    lin.does("services", "rate", json!({ "request": id, "stars": 5 })).await.is(409);
    jian.does("services", "hand-over", json!({ "request": id, "checked": true })).await.is(409);
    jian.does("services", "finish", json!({ "request": id, "how": "file" })).await.is(422).error_of("files");
    jian.does("services", "need-more", json!({ "request": id })).await.is(422).error_of("text");
    lin.does("services", "ask", json!({ "service": "kinship", "purpose": PURPOSE })).await.is(409);
    lin.does("services", "ask", json!({ "service": "nothing", "purpose": PURPOSE })).await.is(404);
    let wrong = json!({ "service": "seal", "purpose": PURPOSE, "id_number": "12345" });
    lin.does("services", "ask", wrong).await.is(422).error_of("id_number");
    assert_eq!((whole(&jian, &id).await, tianfu.revision().await), before);
    assert_eq!(lin.told().await, [""; 0]);

    // Twice, and from a page that was opened before something happened.
    let seen = before.0["seen"].clone();
    lin.does("services", "supplement", json!({ "request": id, "text": "还有一件事" })).await.is(200);
    jian.does("services", "accept", json!({ "request": id, "seen": seen })).await.is(409);
    jian.does("services", "accept", json!({ "request": id })).await.is(200);
    jian.does("services", "accept", json!({ "request": id })).await.is(409);
    jian.does("services", "finish", json!({ "request": id, "how": "told" })).await.is(200);
    jian.does("services", "finish", json!({ "request": id, "how": "told" })).await.is(409);
    lin.does("services", "withdraw", json!({ "request": id })).await.is(409);

    // Too late: thirty days after it was done nobody rates it any more, also who has been here in between.
    district.until("2026-09-20 09:30").await;
    for reader in [&lin, &jian] {
        whole(reader, &id).await;
        reader.opens("services").await.is(200);
    }
    district.until("2026-10-03 09:30").await;
    let before = (whole(&jian, &id).await, tianfu.revision().await);
    lin.does("services", "rate", json!({ "request": id, "stars": 5 })).await.is(409);
    lin.does("services", "supplement", json!({ "request": id, "text": "再补一张" })).await.is(409);
    assert_eq!((whole(&jian, &id).await, tianfu.revision().await), before);
    assert_eq!(before.0["stars"], Value::Null);
    lin.opens("me/todos").await.is(200).never_says("居住情况证明");
    district.is_quiet().await;
}
