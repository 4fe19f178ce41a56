//! Work near home, by people with phones without JavaScript: proposed, checked and published; signed up for in private,
//! by telephone too; closed by itself when everybody is found or its last day is over.

use cunshi_model::Role;
use cunshi_tests::{Actor, District, Page, Village};
use serde_json::{Value, json};

/// The employers' telephones: public while they are hiring, and only then.
const ORCHARD: &str = "13890002222";
const FACTORY: &str = "13890001111";
/// The telephone of somebody who rang the office.
const CALLER: &str = "13812345678";

/// Names of places and people, and what they wrote: Chinese on an English page too.
const CHINESE: [&str; 13] = [
    "天府社区",
    "成佳镇",
    "贡井区",
    "简书记",
    "林秀英",
    "李果园",
    "李老板",
    "李家果园",
    "柑橘采摘",
    "三组果园",
    "王婆婆",
    "(三组)",
    "三组",
];

/// What 李果园 proposes: two people for some days, at his orchard.
fn orchard() -> Value {
    json!({
        "title": "柑橘采摘", "employer": "李家果园", "kind": "day", "place": "三组果园", "distance": 0,
        "pay_from": "150", "pay_to": "180", "pay_per": "day", "headcount": 2, "trades": ["farm"], "meals": true,
        "contact_name": "李老板", "contact_phone": ORCHARD, "closes": "2026-09-30",
    })
}

/// What the office posts for a factory, whole.
fn factory() -> Value {
    json!({
        "title": "电子厂普工", "employer": "晨光电子厂", "kind": "full", "place": "成佳镇工业园", "distance": 8,
        "pay_from": "4500", "pay_to": "6000", "pay_per": "month", "headcount": 3, "trades": ["factory"],
        "housing": true, "meals": true, "contact_name": "刘主任", "contact_phone": FACTORY, "closes": "2026-09-05",
    })
}

fn address(posting: &str) -> String {
    format!("jobs/posting/{posting}")
}

/// Does something as a program does; the id of what came of it.
async fn id_of(actor: &Actor, action: &str, fields: Value) -> String {
    let id = actor.does("jobs", action, fields).await.result()["id"].clone();
    id.as_str().unwrap_or_else(|| panic!("no id: {id}")).to_owned()
}

/// The titles of what is open, as anybody finds them.
async fn open(reader: &Actor, query: &str) -> Vec<String> {
    let found = reader.asks("jobs", "jobs", query).await.result();
    let titles = found["jobs"].as_array().into_iter().flatten().filter_map(|job| job["title"].as_str());
    titles.map(str::to_owned).collect()
}

/// 李果园's posting, checked and published by the office.
async fn published(li: &Actor, jian: &Actor) -> String {
    let posting = id_of(li, "propose", orchard()).await;
    id_of(jian, "publish", json!({ "posting": posting })).await
}

#[tokio::test]
async fn an_orchard_finds_two_people_and_closes_by_itself() {
    let district = District::with("2026-09-02 08:14", &["jobs"]).await;
    let tianfu = district.tianfu();
    let (lin, li, jian) =
        (tianfu.villager("林秀英").await, tianfu.villager("李果园").await, tianfu.cadre("简书记").await);
    let neighbour = tianfu.villager("王大山").await;
    let visitor = tianfu.visitor();
    visitor.opens("").await.is(200).says("现在没有在招的岗位。");

    // He proposes it; before the office has checked it, it is nobody else's business.
    let sent = li.fills("jobs/new", "propose", orchard()).await.is(200).says("交上去了").says("等村里核实");
    let (id, page) = (sent.id(), address(&sent.id()));
    for nobody in [&neighbour, &visitor] {
        nobody.opens(&page).await.is(404);
        assert_eq!(open(nobody, "").await, [""; 0]);
    }
    jian.opens("me/todos").await.is(200).says("核实发布：柑橘采摘");
    jian.fills(&page, "publish", json!({})).await.is(200).says("已发布，大家都看得到了。");
    jian.opens("me/todos").await.is(200).never_says("柑橘采摘");
    assert_eq!(li.told().await, ["您提交的招工已发布：柑橘采摘"]);

    // In everybody's sight: pay, place, and a telephone to tap, which is the employer's; who proposed it is not said.
    visitor.opens("").await.is(200).says("150–180 元/天").says("柑橘采摘");
    visitor.opens("jobs?kind=day&near=here").await.is(200).says("柑橘采摘").says("招 2 人").says("找工作不用先交钱");
    visitor.opens("jobs?kind=full").await.is(200).never_says("柑橘采摘");
    let shown = visitor.opens(&page).await.is(200).says("包吃").says("打给李老板").says("登录后可以报名");
    assert!(shown.html.contains(&format!("tel:{ORCHARD}")), "{}", shown.text());
    shown.never_tells_of(&li).never_tells_of(&jian);
    assert_eq!(open(&visitor, "pay=3000&trade=farm").await, ["柑橘采摘"], "22 days of 150 yuan are 3,300 a month");
    assert_eq!(open(&visitor, "pay=5000&trade=farm").await, [""; 0]);

    // She signs up, and does not type her number: the form knows it.
    let form = lin.opens(&page).await.is(200);
    assert_eq!(form.form("sign-up")["phone"], lin.phone.as_str());
    let wish = json!({ "start": "2026-09-03", "words": "摘过三年" });
    let hers = lin.sends(&form, "sign-up", wish).await.is(200).says("报上名了").says("等招工的一方联系");
    let signup = format!("jobs/signup/{}", hers.id());
    assert_eq!(jian.told().await, ["有人报名：柑橘采摘"]);
    jian.opens("me/todos").await.is(200).says("回复报名：林秀英，柑橘采摘");
    lin.opens("me").await.is(200).says("我的报名").says("柑橘采摘").says("已报名");

    // Somebody rang: the secretary enters her, who has no account.
    let fields = json!({ "name": "王婆婆", "phone": CALLER });
    let entered = jian.fills(&page, "sign-up-other", fields).await.is(200).says("已替王婆婆报名。");
    let called = format!("jobs/signup/{}", entered.id());

    // Who hires sees both and whom to ring; no neighbour and no visitor does.
    district.works().await;
    assert_eq!(li.told().await.iter().filter(|told| *told == "有人报名您的招工：柑橘采摘").count(), 2);
    let his = li.opens(&page).await.is(200).says("打给林秀英").says("打给王婆婆");
    assert!(his.html.contains(&format!("tel:{}", lin.phone)), "{}", his.text());
    is_private(&tianfu, &id, [&signup, &called], &lin, &[&neighbour, &visitor]).await;

    // She is rung up and hired, and hears of both; who has no account is to be telephoned.
    jian.fills(&signup, "answer", json!({ "text": "明早 8 点到果园" }))
        .await
        .is(200)
        .says("林秀英：已联系。已告诉本人。");
    jian.fills(&signup, "answer", json!({ "state": "hired" })).await.is(200).says("林秀英：已录用。");
    assert_eq!(lin.told().await, ["您被录用了：柑橘采摘", "您报名的活有消息了：柑橘采摘"]);
    lin.opens(&signup).await.is(200).says("明早 8 点到果园").says("已录用");
    visitor.opens(&page).await.is(200).says("招 2 人，已录用 1 人").never_tells_of(&lin);
    let last = jian.fills(&called, "answer", json!({ "state": "hired" })).await.is(200);
    last.says("王婆婆已录用。人招满了，岗位自动结束。").says("请打电话告诉他");
    jian.opens("me/todos").await.is(200).never_says("柑橘采摘");

    // The last place is taken: it is closed, and the telephone is public no more.
    let closed = visitor.opens(&page).await.is(200).says("已招满").never_says("打给李老板");
    assert!(!closed.html.contains(ORCHARD), "{}", closed.text());
    assert_eq!(visitor.asks("jobs", "job", &format!("id={id}")).await.result()["contact"], Value::Null);
    visitor.opens("jobs").await.is(200).never_says("柑橘采摘");
    visitor.opens("").await.is(200).never_says("柑橘采摘");

    closes_by_date(&district, &tianfu, &jian).await;

    // Three signed up, two were hired; of two postings one found everybody.
    for (measure, expected) in
        [("signups", (3, None)), ("hired", (2, None)), ("filled", (1, Some(2))), ("open", (0, None))]
    {
        assert_eq!(tianfu.measure("jobs", measure, "2026-09-01", "2026-10-01").await, expected, "{measure}");
    }
    district.is_quiet().await;
}

/// Nothing of a sign-up is there for others, on any page and in any answer.
async fn is_private(tianfu: &Village<'_>, posting: &str, signups: [&str; 2], lin: &Actor, others: &[&Actor]) {
    for nobody in others {
        for path in ["", "jobs", &address(posting)] {
            let page = nobody.opens(path).await.is(200).never_tells_of(lin).never_says("王婆婆").never_says("报名的人");
            assert!(!page.html.contains(CALLER), "{path}: {}", page.text());
        }
        for route in ["", &format!("posting/{posting}")] {
            nobody.tree("jobs", route).await.is(200).never_tells_of(lin);
        }
        let told = nobody.asks("jobs", "job", &format!("id={posting}")).await.is(200).never_tells_of(lin);
        assert_eq!(told.body["result"]["mine"], Value::Null);
    }
    let neighbour = others[0];
    for signup in signups {
        neighbour.opens(signup).await.is(404);
        assert!(tianfu.visitor().opens(signup).await.path.contains("/sign-in"));
    }
    neighbour.asks("jobs", "signups", &format!("posting={posting}")).await.is(404);
    assert_eq!(neighbour.asks("jobs", "my-signups", "").await.result()["signups"], json!([]));
    assert!(!neighbour.opens("me").await.is(200).text().contains("柑橘采摘"));
}

/// A factory is open until the fifth; somebody who works far away signs up for it.
async fn closes_by_date(district: &District, tianfu: &Village<'_>, jian: &Actor) {
    let zhou = tianfu.villager("周建国").await;
    let visitor = tianfu.visitor();
    let mut draft = factory();
    draft["contact_phone"] = Value::Null;
    let kept = jian.fills("jobs/new", "post", draft).await.is(200).says("先存成草稿，还差：联系电话。");
    jian.opens("me/todos").await.is(200).says("草稿还差联系电话：电子厂普工");
    let id = kept.id();
    visitor.opens(&address(&id)).await.is(404);
    let change = format!("jobs/change/{id}");
    jian.fills(&change, "edit", json!({ "contact_phone": FACTORY })).await.is(200).says("已保存。");
    jian.fills(&address(&id), "publish", json!({})).await.is(200).says("已发布");
    visitor
        .opens(&address(&id))
        .await
        .is(200)
        .says("4,500–6,000 元/月")
        .says("成佳镇工业园（8 公里）")
        .says("包吃包住");
    assert_eq!(open(&visitor, "near=20&pay=3000").await, ["电子厂普工"]);

    let signed = zhou.fills(&address(&id), "sign-up", json!({ "start": "2026-10-08" })).await.is(200);
    let signup = format!("jobs/signup/{}", signed.id());
    district.until("2026-09-05 23:20").await;
    visitor.opens(&address(&id)).await.is(200).says("今天截止").says("打给刘主任");
    district.until("2026-09-06 00:40").await;
    let over = visitor.opens(&address(&id)).await.is(200).says("已到期").never_says("打给刘主任");
    assert!(!over.html.contains(FACTORY), "{}", over.text());
    assert_eq!(open(&visitor, "").await, [""; 0]);

    // Who had signed up is answered all the same.
    jian.opens("me/todos").await.is(200).says("回复报名：周建国，电子厂普工");
    let fields = json!({ "state": "rejected", "text": "这次没有招成，有新的告诉您。" });
    jian.fills(&signup, "answer", fields).await.is(200).says("周建国：没录用。已告诉本人。");
    jian.opens("me/todos").await.is(200).never_says("电子厂普工");
    assert_eq!(zhou.told().await, ["这次没有录用您：电子厂普工"]);
}

#[tokio::test]
async fn a_posting_of_the_town_is_signed_up_for_in_a_village_and_answered_there() {
    let district = District::with("2026-09-02 08:14", &["jobs"]).await;
    let (tianfu, zhaoshi) = (district.tianfu(), district.zhaoshi());
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let wang = district.chengjia().officer("王镇长").await;
    let posted = wang.fills("jobs/new", "post", factory()).await.is(200).says("已发布").id();
    district.works().await;

    // The town's village has it, marked with the town; a village of another town does not.
    let found = lin.asks("jobs", "jobs", "").await.result()["jobs"][0].clone();
    assert_eq!((&found["title"], &found["office"]), (&json!("电子厂普工"), &json!("成佳镇")));
    let copy = found["id"].as_str().unwrap_or_default().to_owned();
    assert_ne!(copy, posted, "a copy of its own");
    assert_eq!(open(&zhaoshi.visitor(), "").await, [""; 0]);
    tianfu.visitor().opens(&address(&copy)).await.is(200).says("成佳镇发布").says("打给刘主任").never_tells_of(&wang);
    lin.opens(&address(&posted)).await.is(404);

    let hers = lin.fills(&address(&copy), "sign-up", json!({})).await.is(200).says("报上名了").id();
    district.works().await;
    jian.does("jobs", "answer", json!({ "signup": hers, "state": "hired" })).await.is(409);
    jian.opens("me/todos").await.is(200).never_says("电子厂普工");
    wang.opens("me/todos").await.is(200).says("回复报名：林秀英，电子厂普工");
    let waiting = wang.asks("jobs", "signups", "").await.result()["signups"][0].clone();
    assert_eq!((&waiting["name"], &waiting["village"]), (&json!("林秀英"), &json!("天府社区")));
    let fields = json!({ "signup": waiting["id"], "state": "hired", "text": "周一到厂门口" });
    wang.does("jobs", "answer", fields).await.is(200);
    district.works().await;
    assert_eq!(lin.told().await, ["您被录用了：电子厂普工"]);
    lin.opens(&format!("jobs/signup/{hers}")).await.is(200).says("周一到厂门口").says("已录用");
    let visitor = tianfu.visitor().opens(&address(&copy)).await.is(200).says("招 3 人，已录用 1 人");
    visitor.never_tells_of(&lin);
    district.is_quiet().await;
}

#[tokio::test]
async fn the_same_is_told_in_english() {
    let district = District::with("2026-09-02 08:14", &["jobs"]).await;
    let tianfu = district.tianfu();
    let (lin, li, jian) =
        (tianfu.villager("林秀英").await, tianfu.villager("李果园").await, tianfu.cadre("简书记").await);
    let english = |page: Page| page.is(200).is_english(&CHINESE);
    for reader in [&lin, &li, &jian] {
        reader.reads_english().await;
    }
    english(li.opens("jobs/new").await).says("Ask workers for no money");
    let sent = english(li.fills("jobs/new", "propose", orchard()).await).says("Sent.").says("To be checked");
    let page = address(&sent.id());
    english(jian.opens("me/todos").await).says("Check and publish: 柑橘采摘");
    english(jian.fills(&page, "publish", json!({})).await).says("Published: everybody sees it now.");
    english(li.opens("me/messages").await).says("Your posting is published: 柑橘采摘");

    for path in ["?lang=en", "jobs?lang=en", "jobs?more=true&lang=en", &format!("{page}?lang=en")] {
        english(tianfu.visitor().opens(path).await).says("¥150–180 a day").never_tells_of(&li);
    }
    tianfu.visitor().opens(&format!("{page}?lang=en")).await.is(200).says("Nobody pays to get work.");
    let hers = english(lin.fills(&page, "sign-up", json!({})).await).says("You are signed up.");
    let signup = format!("jobs/signup/{}", hers.id());
    let fields = json!({ "name": "王婆婆", "phone": CALLER });
    let called = english(jian.fills(&page, "sign-up-other", fields).await).says("王婆婆 is signed up.");
    let called = format!("jobs/signup/{}", called.id());
    english(jian.opens("me/todos").await).says("Answer a sign-up: 林秀英, 柑橘采摘");
    english(jian.opens("jobs/desk").await).says("Sign-ups that wait for an answer");
    let hired = json!({ "state": "hired" });
    english(jian.fills(&signup, "answer", hired.clone()).await).says("林秀英: Hired. They have been told.");
    english(lin.opens("me/messages").await).says("You are hired: 柑橘采摘");
    english(lin.opens("me").await).says("My sign-ups").says("Hired");
    let last = english(jian.fills(&called, "answer", hired).await);
    last.says("All places are taken, so the posting is closed.").says("please call them");
    let closed = english(tianfu.visitor().opens(&format!("{page}?lang=en")).await).says("Filled");
    closed.never_says("Call 李老板");
    district.is_quiet().await;
}

#[tokio::test]
async fn what_is_not_theirs_twice_or_too_late_changes_nothing() {
    let district = District::with("2026-09-02 08:14", &["jobs"]).await;
    let (tianfu, zhaoshi) = (district.tianfu(), district.zhaoshi());
    let (lin, li, jian) =
        (tianfu.villager("林秀英").await, tianfu.villager("李果园").await, tianfu.cadre("简书记").await);
    let neighbour = tianfu.villager("王大山").await;
    let deng = tianfu.person("邓监督", &[Role::Supervisor]).await;
    let posting = published(&li, &jian).await;
    let waiting = id_of(&li, "propose", orchard()).await;
    let signup = id_of(&lin, "sign-up", json!({ "posting": posting })).await;
    let all = async || {
        let waits = jian.asks("jobs", "job", &format!("id={waiting}")).await.result();
        let signups = jian.asks("jobs", "signups", &format!("posting={posting}")).await.result();
        [jian.asks("jobs", "job", &format!("id={posting}")).await.result(), waits, signups]
    };
    district.works().await;
    let before = (all().await, tianfu.revision().await);

    // The office's work is not a villager's, a supervisor's, another village's or the town's.
    let zhou = zhaoshi.cadre("周主任").await;
    let strangers = [zhou.at(tianfu.code()), district.chengjia().officer("王镇长").await.at(tianfu.code())];
    for nobody in [&neighbour, &deng, &strangers[0], &strangers[1]] {
        nobody.does("jobs", "post", factory()).await.is(404);
        nobody.does("jobs", "publish", json!({ "posting": waiting })).await.is(404);
        nobody.does("jobs", "answer", json!({ "signup": signup, "state": "hired" })).await.is(404);
        let other = json!({ "posting": posting, "name": "王婆婆", "phone": CALLER });
        nobody.does("jobs", "sign-up-other", other).await.is(404);
        nobody.does("jobs", "withdraw", json!({ "signup": signup })).await.is(404);
        nobody.opens(&format!("jobs/signup/{signup}")).await.is(404);
        nobody.opens("jobs/desk").await.is(404);
        nobody.asks("jobs", "signups", "").await.is(404);
        nobody.opens(&address(&waiting)).await.is(404);
    }
    for stranger in &strangers {
        stranger.does("jobs", "sign-up", json!({ "posting": posting })).await.is(404);
        stranger.does("jobs", "propose", orchard()).await.is(404);
    }
    // Nor is it there at a stranger's own address; and a visitor is asked to sign in.
    zhou.does("jobs", "sign-up", json!({ "posting": posting, "phone": CALLER })).await.is(404);
    zhou.does("jobs", "answer", json!({ "signup": signup, "state": "hired" })).await.is(404);
    tianfu.visitor().does("jobs", "sign-up", json!({ "posting": posting })).await.is(401);

    // What is published is its owner's to close, and nobody signs up for another or for what is their own.
    neighbour.does("jobs", "close", json!({ "posting": posting })).await.is(403);
    neighbour.does("jobs", "confirm", json!({ "posting": posting })).await.is(403);
    let for_her = json!({ "posting": posting, "on_behalf_of": lin.person.map(|person| person.to_string()) });
    neighbour.does("jobs", "sign-up", for_her).await.is(422).error_of("on_behalf_of");
    li.does("jobs", "sign-up", json!({ "posting": posting })).await.is(409);
    li.opens(&format!("jobs/signup/{signup}")).await.is(404);
    // Twice, of an older page, or wrong.
    lin.does("jobs", "sign-up", json!({ "posting": posting })).await.is(409);
    jian.does("jobs", "publish", json!({ "posting": posting })).await.is(409);
    jian.does("jobs", "answer", json!({ "signup": signup, "state": "hired", "seen": "99" })).await.is(409);
    jian.does("jobs", "answer", json!({ "signup": signup, "state": "perhaps" })).await.is(422).error_of("state");
    let mut wrong = orchard();
    wrong["pay_to"] = json!("100");
    li.does("jobs", "propose", wrong.clone()).await.is(422).error_of("pay_to");
    wrong["pay_to"] = Value::Null;
    wrong["closes"] = json!("2026-09-01");
    li.does("jobs", "propose", wrong).await.is(422).error_of("closes");
    assert_eq!((all().await, tianfu.revision().await), before);
    assert_eq!(lin.told().await, [""; 0]);

    // A report stands once, and who made it is the office's to know.
    let report = json!({ "posting": posting, "why": "money", "text": "说要先交 200 元" });
    neighbour.does("jobs", "report", report.clone()).await.is(200);
    neighbour.does("jobs", "report", report).await.is(409);
    jian.opens("me/todos").await.is(200).says("核实举报（先要交钱）：柑橘采摘");
    li.opens(&address(&posting)).await.is(200).never_says("王大山").never_says("200 元");
    tianfu.visitor().opens(&address(&posting)).await.is(200).never_says("王大山").never_says("200 元");
    let judge = json!({ "posting": posting, "verdict": "keep", "text": "打电话问过，没有这回事" });
    jian.does("jobs", "judge", judge).await.is(200);
    assert_eq!(neighbour.told().await, ["您举报的岗位核实过，没有问题：柑橘采摘"]);

    // Too late: it is over, and what was answered stays answered.
    jian.does("jobs", "answer", json!({ "signup": signup, "state": "rejected" })).await.is(200);
    district.until("2026-10-01 00:40").await;
    let before = (all().await, tianfu.revision().await);
    neighbour.does("jobs", "sign-up", json!({ "posting": posting })).await.is(409);
    lin.does("jobs", "withdraw", json!({ "signup": signup })).await.is(409);
    li.does("jobs", "close", json!({ "posting": posting })).await.is(409);
    jian.does("jobs", "publish", json!({ "posting": waiting })).await.is(409);
    assert_eq!((all().await, tianfu.revision().await), before);
    district.is_quiet().await;
}
