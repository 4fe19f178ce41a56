//! 三务公开: the district says what is due, the accountant writes it, a supervisor signs before anybody reads it; villagers
//! ask beneath, the village has ten days to answer, and the town twenty when that does not do.

use cunshi_model::Role;
use cunshi_tests::{Actor, District, Page, Village, instant, photo};
use serde_json::{Value, json};

const FINANCE: &str = "2026年9月 财务收支";
const ROWS: &str = "土地流转管理费 | 12000 | | 三组四组\n路灯电费 | | 860.50 | 8 月";
const QUESTION: &str = "8 月电费怎么比 7 月多一倍？";

/// 天府社区, and who takes part; the officers of 成佳镇 and of the district above it.
struct People {
    lin: Actor,
    jian: Actor,
    chen: Actor,
    zhou: Actor,
    town: Actor,
    district: Actor,
}

async fn people(district: &District) -> People {
    let tianfu = district.tianfu();
    People {
        lin: tianfu.villager("林秀英").await,
        jian: tianfu.cadre("简书记").await,
        chen: tianfu.cadre("陈会计").await,
        zhou: tianfu.person("周主任", &[Role::Supervisor]).await,
        town: district.chengjia().officer("王镇长").await,
        district: district.space("510303000000").officer("吴科长").await,
    }
}

/// The id behind a piece of an address, such as `/disclosure/paper/`.
fn after(text: &str, piece: &str) -> String {
    let id = text.split(piece).nth(1).and_then(|rest| rest.get(..36));
    id.unwrap_or_else(|| panic!("no {piece} in {text}")).to_owned()
}

fn id(result: &Value) -> String {
    result["id"].as_str().unwrap_or_else(|| panic!("no id: {result:#}")).to_owned()
}

/// A duty of the calendar as the API tells it.
async fn duty(reader: &Actor, show: &str, key: &str) -> Option<Value> {
    let duties = reader.asks("disclosure", "duties", &format!("show={show}")).await.result();
    duties["duties"].as_array().into_iter().flatten().find(|duty| duty["key"] == key).cloned()
}

/// Written and sent through the API, and signed; its id.
async fn published(people: &People, duty: &str) -> String {
    let fields = json!({ "duty": duty, "text": "本期情况如下。", "submit": true });
    let paper = people.chen.does("disclosure", "draft", fields).await.result();
    let fields = json!({ "id": paper["id"], "seen": paper["seen"] });
    people.zhou.does("disclosure", "sign", fields).await.result();
    id(&paper)
}

/// Whatever visitors read of it says nothing of who asked, and no telephone.
async fn nobody_is_named(village: &Village<'_>, people: &People, paper: &str, question: &str) {
    let People { lin, jian, chen, zhou, .. } = people;
    let phones = [jian, chen, zhou].map(|person| person.phone.as_str());
    let hidden = [phones.as_slice(), &[&lin.name, &lin.phone]].concat();
    let (page, one) = (format!("disclosure/paper/{paper}"), format!("id={paper}"));
    let pages = ["", "disclosure", "disclosure/calendar", "disclosure/questions", &page, question];
    let queries = [("disclosures", ""), ("lookup", one.as_str()), ("duties", ""), ("asked", "")];
    village.visitor().never_meets(&hidden, "disclosure", &pages, &queries).await;
}

#[tokio::test]
async fn a_month_is_signed_made_public_asked_about_and_answered_in_the_end_by_the_town() {
    let district = District::with("2026-09-28 08:14", &["disclosure"]).await;
    let people = people(&district).await;
    the_district_says_what_is_due(&district, &people).await;
    let paper = the_accountant_writes_it(&district, &people).await;
    nothing_is_public_before_it_is_signed(&district, &people, &paper).await;
    it_is_signed_and_public(&district, &people, &paper).await;
    let question = she_asks_and_the_village_answers(&district, &people, &paper).await;
    the_town_answers_too(&district, &people, &question).await;
    what_is_overdue_rises(&district, &people).await;

    let tianfu = district.tianfu();
    nobody_is_named(&tianfu, &people, &paper, &question).await;
    let october = async |name| tianfu.measure("disclosure", name, "2026-10-01", "2026-11-01").await;
    assert_eq!(october("due").await, (3, None));
    assert_eq!(october("published_in_time").await, (1, Some(3)));
    assert_eq!(october("overdue").await, (1, None));
    assert_eq!(october("questions_in_time").await, (1, Some(1)));
    district.is_quiet().await;
}

/// One item is to come earlier, and one is new; the list goes down to all, once it is sent.
async fn the_district_says_what_is_due(district: &District, people: &People) {
    let officer = &people.district;
    district.until("2026-09-28 10:00").await;
    let tianfu = district.tianfu().visitor();
    tianfu.opens("disclosure/items").await.is(200).says("区里还没有发清单").says("月底后 10 天内");
    let fields = json!({
        "item": "finance", "affairs": "finance", "title": "财务收支", "every": "monthly", "days": "7",
    });
    officer.fills("disclosure/items", "set-item", fields).await.is(200).says("已保存");
    let fields = json!({
        "item": "new", "affairs": "village", "title": "集体资产清单", "every": "yearly", "days": "30",
    });
    officer.fills("disclosure/items", "set-item", fields).await.is(200).says("集体资产清单");
    let unsent = "公开清单改过，还没发到各镇、各村";
    officer.opens("me/todos").await.is(200).says(unsent);
    officer.fills("disclosure/items", "send-calendar", json!({})).await.is(200).says("清单已发下去，一共 5 项");
    officer.opens("me/todos").await.is(200).never_says(unsent);
    district.works().await;
    tianfu.opens("disclosure/items").await.is(200).says("区里发的清单，第 1 次").says("集体资产清单");
    let due = duty(&tianfu, "open", "finance/2026-09").await.map(|duty| duty["due_at"].clone());
    assert_eq!(due, Some(json!(instant("2026-10-08 00:00") - 1)), "seven days after the month's end");
}

/// The day comes near; she types the table, and what does not add up is said before it is kept.
async fn the_accountant_writes_it(district: &District, people: &People) -> String {
    let chen = &people.chen;
    chen.opens("me/todos").await.is(200).never_says(FINANCE);
    district.until("2026-10-03 09:00").await;
    chen.opens("me/todos").await.is(200).says(&format!("快到期，请公开：{FINANCE}"));
    let form = chen.opens("disclosure/write?duty=finance/2026-09").await.is(200).says(FINANCE);
    let fields = json!({
        "text": "本月收支如下。", "opening": "5000", "rows": ROWS, "closing": "16000", "submit": "true",
    });
    let slip = || vec![photo([200, 190, 170])];
    let wrong = chen.sends_photos(&form, "draft", fields, "photos", slip()).await.is(422);
    let wrong = wrong.says("对不上：期初 5,000 元 + 收入 12,000 元 − 支出 860.50 元 = 16,139.50 元");
    let said = chen.sends(&wrong, "draft", json!({ "closing": "16139.50" })).await.is(200).says("已送监委会审签");
    after(&said.path, "/disclosure/paper/")
}

/// Neither villagers nor visitors meet it; the supervisor sends it back once.
async fn nothing_is_public_before_it_is_signed(district: &District, people: &People, paper: &str) {
    let People { lin, chen, zhou, .. } = people;
    let (tianfu, address) = (district.tianfu(), format!("disclosure/paper/{paper}"));
    let file = after(&chen.opens(&address).await.is(200).html, "/files/");
    let file = format!("/v/{}/files/{file}", tianfu.code());
    for reader in [lin, &tianfu.visitor()] {
        reader.opens(&address).await.is(404);
        reader.asks("disclosure", "lookup", &format!("id={paper}")).await.is(404);
        reader.opens("disclosure").await.is(200).never_says(FINANCE);
        reader.gets(&file).await.is(404);
    }
    let sign = format!("请审签：{FINANCE}");
    assert_eq!(zhou.told().await, [sign.as_str()]);
    zhou.opens("me/todos").await.is(200).says(&sign);
    zhou.fills(&address, "send-back", json!({ "reason": "电费的单据没有附上" })).await.is(200).says("已退回");
    zhou.opens("me/todos").await.is(200).never_says(&sign);
    assert_eq!(chen.told().await, [format!("监委会退回：{FINANCE}")]);
    chen.opens("me/todos").await.is(200).says(&format!("监委会退回，请修改：{FINANCE}"));
    let edit = format!("disclosure/edit/{paper}");
    let fields = json!({ "text": "本月收支如下，单据已附。", "submit": "true" });
    chen.fills(&edit, "revise", fields).await.is(200).says("已送监委会审签");
    tianfu.visitor().opens(&address).await.is(404);
    tianfu.visitor().gets(&file).await.is(404);
}

/// Signed, it is public at once: with its table, totals, photo, and a place on the village's home.
async fn it_is_signed_and_public(district: &District, people: &People, paper: &str) {
    let People { chen, zhou, .. } = people;
    let address = format!("disclosure/paper/{paper}");
    let said = zhou.fills(&address, "sign", json!({ "note": "账目清楚。" })).await.is(200);
    said.says("已审签，已经公开");
    for person in [zhou, chen] {
        person.opens("me/todos").await.is(200).never_says(FINANCE);
    }
    assert_eq!(chen.told().await[0], format!("已审签并公开：{FINANCE}"));

    let visitor = district.tianfu().visitor();
    let page = visitor.opens(&address).await.is(200).says("单据已附").says("周主任").says("陈会计").says("账目清楚。");
    let page = page.says("土地流转管理费").says("合计").says("12,000").says("860.50").says("16,139.50");
    let page = page.says("已经核对相符").never_says("没有附上");
    let file = after(&page.html, "/files/");
    visitor.gets(&format!("/v/{}/files/{file}", visitor.code)).await.is(200);
    visitor.opens("").await.is(200).says("三务公开").says(FINANCE);
    visitor.opens("disclosure?affairs=finance").await.is(200).says(FINANCE);
    let calendar = visitor.opens("disclosure/calendar").await.is(200);
    assert!(calendar.html.contains("2026年9月 财务收支：按时公开"), "{}", calendar.html);
    let whole = visitor.asks("disclosure", "lookup", &format!("id={paper}")).await.result();
    assert_eq!(
        (&whole["finance"]["income"], &whole["finance"]["closing"], &whole["in_time"]),
        (&json!(1_200_000), &json!(1_613_950), &json!(true))
    );
}

/// She asks beneath it, masked; the village has ten calendar days. The address of her question.
async fn she_asks_and_the_village_answers(district: &District, people: &People, paper: &str) -> String {
    let People { lin, jian, .. } = people;
    let said = lin.fills(&format!("disclosure/paper/{paper}"), "ask", json!({ "text": QUESTION })).await.is(200);
    let said = said.says("编号 2026-0001。村里最迟 10月13日答复").says("林秀英问");
    let question = format!("disclosure/question/{}", after(&said.path, "/disclosure/question/"));
    let todo = "请答复提问：8 月电费";
    jian.opens("me/todos").await.is(200).says(todo);
    district.tianfu().visitor().opens(&question).await.is(200).says(QUESTION).says("林**问").never_tells_of(lin);
    assert!(!jian.opens(&question).await.is(200).says("林秀英问").offers("unsatisfied"));

    district.until("2026-10-05 10:00").await;
    jian.fills(&question, "answer", json!({ "text": "用得多。" })).await.is(200).says("提问人会收到消息");
    jian.opens("me/todos").await.is(200).never_says(todo);
    assert_eq!(lin.told().await, ["您的提问 2026-0001 有答复了"]);
    lin.opens("me").await.is(200).says("我问的（三务公开）").says("8 月电费");
    question
}

/// That does not do: the town has twenty days, in its own space, and is not told who asked.
async fn the_town_answers_too(district: &District, people: &People, question: &str) {
    let People { lin, town, .. } = people;
    let tianfu = district.tianfu();
    let neighbour = tianfu.villager("王大山").await;
    assert!(!neighbour.opens(question).await.is(200).offers("unsatisfied"), "only who asked");
    let said = lin.fills(question, "unsatisfied", json!({ "text": "没说多在哪里。" })).await.is(200);
    said.says("已转成佳镇，最迟 10月25日答复");
    district.works().await;

    assert_eq!(town.told().await, ["天府社区转来一个村民提问"]);
    let todo = "请答复提问：8 月电费";
    let list = town.opens("me/todos").await.is(200).says(todo);
    let above = format!("disclosure/question/{}", after(&list.html, "/disclosure/question/"));
    let page = town.opens(&above).await.is(200).says("天府社区村民问").says("用得多。").says("没说多在哪里。");
    page.says(FINANCE).never_tells_of(lin);
    let chengjia = district.chengjia();
    chengjia.visitor().opens(&above).await.is(404);
    chengjia.visitor().opens("disclosure/questions").await.is(200).never_says(QUESTION);
    lin.opens(&above).await.is(404);

    district.until("2026-10-09 15:00").await;
    town.fills(&above, "answer", json!({ "text": "新装三盏灯，清单已公开。" })).await.is(200).says("会回到天府社区");
    town.opens("me/todos").await.is(200).never_says(todo);
    district.works().await;
    assert_eq!(lin.told().await[0], "您的提问，成佳镇答复了");
    let page = tianfu.visitor().opens(question).await.is(200).says("用得多。").says("成佳镇答复");
    page.says("新装三盏灯，清单已公开。").says("林**问").never_tells_of(lin);
    district.zhaoshi().visitor().opens("disclosure/questions").await.is(200).never_says(QUESTION);
}

/// What is past its day the village says itself; town and district see it, and no village sees another.
async fn what_is_overdue_rises(district: &District, people: &People) {
    let People { jian, chen, zhou, town, .. } = people;
    let (tianfu, zhaoshi) = (district.tianfu(), district.zhaoshi());
    district.until("2026-10-16 09:00").await;
    let late = "2026年第3季度 党务公开";
    let home = tianfu.visitor().opens("").await.is(200).says("该公开、还没公开");
    home.says(late).says("2026年第3季度 村务公开");
    jian.opens("me/todos").await.is(200).says(&format!("逾期没公开：{late}"));
    let below = town.opens("disclosure/below").await.is(200).says(&format!("天府社区：{late}")).says("逾期 1 天");
    below.never_says("照石村");
    let all = people.district.opens("disclosure/below").await.is(200).says("天府社区").says("照石村");
    all.says("1 / 3 项").says("0 / 3 项");
    zhaoshi.cadre("余主任").await.opens("disclosure/below").await.is(200).never_says("天府社区");
    tianfu.visitor().opens("disclosure/below").await.says("登录");

    published(people, "village/2026-q3").await;
    district.works().await;
    tianfu.visitor().opens("").await.is(200).never_says("还没公开：2026年第3季度 村务公开").says(late);
    town.opens("disclosure/below").await.is(200).never_says("天府社区：2026年第3季度 村务公开").says(late);
    for person in [jian, chen, zhou] {
        person.opens("me/todos").await.is(200).never_says("村务公开");
    }
    let calendar = tianfu.visitor().opens("disclosure/calendar").await.is(200);
    assert!(calendar.html.contains("2026年第3季度 村务公开：迟了才公开"), "{}", calendar.html);
}

#[tokio::test]
async fn the_same_story_is_told_in_english() {
    let district = District::with("2026-09-28 08:14", &["disclosure"]).await;
    let (tianfu, chengjia) = (district.tianfu(), district.chengjia());
    let (ann, jian) = (tianfu.villager("Ann Lin").await, tianfu.cadre("Mr Jian").await);
    let zhou = tianfu.person("Ms Zhou", &[Role::Supervisor]).await;
    let wang = chengjia.officer("Mr Wang").await;
    let places = ["天府社区", "成佳镇", "贡井区"];
    for actor in [&ann, &jian, &zhou, &wang] {
        actor.reads_english().await;
    }
    let english = |page: Page| page.is(200).is_english(&places);
    // The village begins in September: that month is due.
    district.until("2026-09-28 10:00").await;
    district.until("2026-10-04 09:00").await;
    english(jian.opens("me/todos").await).says("To publish soon: Income and expenses, Sep 2026");
    english(jian.opens("disclosure/write?duty=finance/2026-09").await).says("Opening balance (yuan)");
    let fields = json!({
        "text": "As follows.", "opening": "860.50", "rows": "Lights | | 860.50 | August", "closing": "0",
        "submit": "true",
    });
    let said = jian.fills("disclosure/write?duty=finance/2026-09", "draft", fields).await;
    let paper = format!("disclosure/paper/{}", after(&said.path, "/disclosure/paper/"));
    english(said).says("It is with the supervisors");
    english(zhou.opens("me/todos").await).says("To sign: Income and expenses, Sep 2026");
    english(zhou.opens("me/messages").await).says("Please sign: Income and expenses, Sep 2026");
    english(zhou.fills(&paper, "sign", json!({ "note": "Correct." })).await).says("Signed and published");

    let visitor = tianfu.visitor();
    english(visitor.opens("?lang=en").await).says("Open affairs").says("Income and expenses, Sep 2026");
    let page = english(visitor.opens(&format!("{paper}?lang=en")).await).says("Signed by (supervisor)").says("860.50");
    page.says("Opening + income − expenses = closing: checked.").says("Sign in to ask");
    english(visitor.opens("disclosure/calendar?lang=en").await).says("Published in time");
    english(visitor.opens("disclosure/items?lang=en").await).says("The district has sent no list yet");

    // Her question is not answered in ten days: it goes to the town by itself.
    let said = ann.fills(&paper, "ask", json!({ "text": "Why so much?" })).await;
    let question = format!("disclosure/question/{}", after(&said.path, "/disclosure/question/"));
    english(said).says("Received as 2026-0001. The village answers by 14 Oct");
    english(jian.opens("me/todos").await).says("To answer: Why so much?");
    district.until("2026-10-14 23:00").await;
    assert!(ann.told().await.is_empty(), "the tenth day is not over");
    district.until("2026-10-15 02:00").await;
    english(ann.opens("me/messages").await).says("Your question is with 成佳镇 now").says("answers by 4 Nov");
    english(jian.opens("me/todos").await).never_says("Why so much?");
    let list = english(wang.opens("me/todos").await).says("To answer: Why so much?");
    let above = format!("disclosure/question/{}", after(&list.html, "/disclosure/question/"));
    english(wang.opens(&above).await).says("The village did not answer in time").never_tells_of(&ann);
    english(wang.fills(&above, "answer", json!({ "text": "Three new lamps." })).await).says("it goes back to 天府社区");
    district.works().await;
    english(ann.opens("me/messages").await).says("成佳镇 has answered your question");
    let page = english(visitor.opens(&format!("{question}?lang=en")).await).says("Three new lamps.");
    page.says("Not answered in time: passed on to 成佳镇").never_tells_of(&ann);
    english(wang.opens("disclosure/below").await).says("Questions unanswered");
    district.is_quiet().await;
}

#[tokio::test]
async fn nobody_publishes_signs_or_answers_who_may_not() {
    let district = District::with("2026-09-28 08:14", &["disclosure"]).await;
    let (tianfu, zhaoshi) = (district.tianfu(), district.zhaoshi());
    let people = people(&district).await;
    let People { lin, jian, chen, zhou, town, .. } = &people;
    let both = tianfu.person("多面手", &[Role::Cadre, Role::Supervisor]).await;
    let neighbour = tianfu.villager("王大山").await;
    let elsewhere = zhaoshi.person("余主任", &[Role::Cadre, Role::Supervisor]).await;
    let strangers = [elsewhere.at(tianfu.code()), town.at(tianfu.code())];
    // The village begins in September: that month is due.
    district.until("2026-09-28 10:00").await;
    district.until("2026-10-03 09:00").await;
    let public = published(&people, "finance/2026-09").await;
    let write = json!({ "duty": "village/2026-q3", "text": "本期情况如下。", "submit": true });
    let paper = both.does("disclosure", "draft", write.clone()).await.result();
    let sign = json!({ "id": paper["id"], "seen": paper["seen"] });
    let back = json!({ "id": paper["id"], "seen": paper["seen"], "reason": "不对" });
    let ask = json!({ "disclosure": public, "text": QUESTION });
    let question = lin.does("disclosure", "ask", ask.clone()).await.result()["id"].clone();
    let private = json!({ "text": "低保为什么没有我家？", "private": true });
    let private = lin.does("disclosure", "ask", private).await.result()["id"].clone();
    let answer = json!({ "question": question, "text": "不知道" });
    let secret = json!({ "question": private, "text": "不知道" });
    let before = tianfu.revision().await;

    // For another role, and for whoever is of another space, these actions are not there.
    let visitor = tianfu.visitor();
    visitor.does("disclosure", "ask", ask.clone()).await.is(401);
    visitor.does("disclosure", "draft", write.clone()).await.is(401);
    for nobody in [lin, zhou, &strangers[0], &strangers[1]] {
        nobody.does("disclosure", "draft", write.clone()).await.is(404);
        nobody.does("disclosure", "answer", answer.clone()).await.is(404);
        nobody.opens("disclosure/write").await.is(404);
    }
    for nobody in [lin, jian, chen, &strangers[0], &strangers[1]] {
        nobody.does("disclosure", "sign", sign.clone()).await.is(404);
        nobody.does("disclosure", "send-back", back.clone()).await.is(404);
    }
    for nobody in &strangers {
        nobody.does("disclosure", "ask", ask.clone()).await.is(404);
        nobody.does("disclosure", "unsatisfied", answer.clone()).await.is(404);
        nobody.opens("disclosure/desk").await.is(404);
    }
    elsewhere.does("disclosure", "sign", sign.clone()).await.is(404);
    elsewhere.opens(&format!("disclosure/paper/{public}")).await.is(404);
    for nobody in [&neighbour, &visitor, &strangers[0], &strangers[1]] {
        nobody.opens(&format!("disclosure/question/{}", private.as_str().unwrap_or_default())).await.is(404);
        nobody.opens("disclosure/questions").await.is(200).never_says("低保");
    }

    // Nobody signs their own hand or what has moved on; what is public stays; the list is the district's.
    both.does("disclosure", "sign", sign.clone()).await.is(403);
    zhou.does("disclosure", "sign", json!({ "id": paper["id"], "seen": "1" })).await.is(409);
    zhou.does("disclosure", "sign", json!({ "id": public, "seen": "9" })).await.is(409);
    chen.does("disclosure", "revise", json!({ "id": public, "seen": "4", "text": "改数字" })).await.is(409);
    chen.does("disclosure", "discard", json!({ "id": public })).await.is(409);
    chen.does("disclosure", "withdraw", json!({ "id": public })).await.is(409);
    chen.does("disclosure", "draft", write).await.is(409);
    let nothing = json!({ "duty": "no-such/2026-09", "text": "?" });
    assert!(!chen.does("disclosure", "draft", nothing).await.is(422).error_of("duty").is_empty());
    let item = json!({ "item": "new", "affairs": "party", "title": "自己的", "every": "monthly", "days": 5 });
    jian.does("disclosure", "set-item", item.clone()).await.is(403);
    jian.does("disclosure", "send-calendar", json!({})).await.is(403);
    town.does("disclosure", "set-item", item).await.is(403);
    let other = json!({ "duty": "other", "affairs": "village", "title": "镇", "text": "镇里的" });
    town.does("disclosure", "draft", other).await.is(409);

    // Nobody asks about what is not public, answers for the office, or is dissatisfied for another or too early.
    let draft = json!({ "disclosure": paper["id"], "text": "里面写了什么？" });
    lin.does("disclosure", "ask", draft.clone()).await.is(404);
    jian.does("disclosure", "ask", draft).await.is(409);
    lin.does("disclosure", "unsatisfied", answer.clone()).await.is(409);
    neighbour.does("disclosure", "unsatisfied", answer.clone()).await.is(403);
    neighbour.does("disclosure", "unsatisfied", secret).await.is(404);
    assert_eq!(tianfu.revision().await, before, "all of that changed nothing");
    assert!(lin.told().await.is_empty() && town.told().await.is_empty(), "and told nobody anything");

    // Twice is once; and fifteen days after the answer it is too late for the town.
    jian.does("disclosure", "answer", answer.clone()).await.result();
    jian.does("disclosure", "answer", answer.clone()).await.is(409);
    district.until("2026-10-19 09:00").await;
    let before = tianfu.revision().await;
    lin.does("disclosure", "unsatisfied", answer.clone()).await.is(409);
    assert!(!lin.opens(&format!("disclosure/question/{}", id(&json!({ "id": question })))).await.offers("unsatisfied"));
    jian.does("disclosure", "answer", json!({ "question": private, "text": "晚了" })).await.is(409);
    assert_eq!(tianfu.revision().await, before);
    district.is_quiet().await;
}
