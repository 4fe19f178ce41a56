//! 党群服务日记: a cadre notes a visit, the visited household says whether it was so, everybody sees who did how much in the
//! month, and no more of the household than its surname.

use cunshi_model::Role;
use cunshi_tests::{Actor, District, Page, Village};
use serde_json::{Value, json};

/// What 简书记 writes: with names, as people do.
const VISIT: &str = "给林秀英量血压，小军也在家，王大山帮着抬药柜。";
const NOTE: &str = "老人有糖尿病，不要让外人知道。";

/// 天府社区, and who takes part.
struct People {
    /// 林秀英, and her son who lives with her.
    lin: Actor,
    son: Actor,
    /// A neighbour who lends a hand.
    wang: Actor,
    /// Two cadres.
    jian: Actor,
    li: Actor,
    /// Of the supervision committee.
    chen: Actor,
}

async fn people(village: &Village<'_>) -> People {
    village.sets("diaries", json!({ "visits_per_month": 2 })).await;
    let lin = village.villager("林秀英").await;
    People {
        son: village.relative(&lin, "林小军", &[Role::Member]).await,
        lin,
        wang: village.villager("王大山").await,
        jian: village.cadre("简书记").await,
        li: village.cadre("李主任").await,
        chen: village.person("陈监督", &[Role::Supervisor]).await,
    }
}

/// The id of somebody's household, as forms take it.
async fn home_of(village: &Village<'_>, actor: &Actor) -> String {
    village.household_of(actor).await.to_string()
}

/// The address of the entry whose page it is.
fn entry_of(page: &Page) -> String {
    let id = page.path.split("/diaries/entry/").nth(1).and_then(|rest| rest.get(..36));
    format!("diaries/entry/{}", id.unwrap_or_else(|| panic!("{} is no entry:\n{}", page.path, page.text())))
}

fn id_of(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or_default()
}

/// A visit to a household through the API; the entry's address.
async fn visits(cadre: &Actor, household: &str, text: &str) -> String {
    let fields = json!({ "kind": "visit", "household": household, "text": text });
    let id = cadre.does("diaries", "write", fields).await.result()["id"].clone();
    format!("diaries/entry/{}", id.as_str().unwrap_or_else(|| panic!("no id: {id}")))
}

/// 简书记 writes down his visit on the form, with a photo, a promise and a helper.
async fn writes_on_a_form(village: &Village<'_>, people: &People) -> String {
    let People { lin, wang, jian, .. } = people;
    let form = jian.opens("diaries/new").await.is(200).says("写日记").says("走访入户");
    let fields = json!({
        "kind": "visit", "household": home_of(village, lin).await, "text": VISIT, "place": "三组 12 号",
        "minutes": "75", "promised": "帮秀英问医保报销", "follow_up": "2026-09-05", "note": NOTE,
        "helper": wang.person.map(|id| id.to_string()),
    });
    let photo = cunshi_tests::photo([90, 120, 60]);
    let said = jian.sends_photos(&form, "write", fields, "photos", vec![photo]).await.is(200);
    entry_of(&said.says("已发布，并请这户人确认"))
}

/// The row of a cadre in a month as the API tells it.
async fn row(reader: &Actor, month: &str, name: &str) -> Value {
    let month = reader.asks("diaries", "month", &format!("month={month}")).await.result();
    let found = month["cadres"].as_array().into_iter().flatten().find(|row| row["name"] == name).cloned();
    found.unwrap_or_else(|| panic!("no {name}: {month:#}"))
}

#[tokio::test]
async fn a_visit_is_written_confirmed_and_counts_for_everybody_to_see() {
    let district = District::with("2026-09-02 08:14", &["diaries", "points"]).await;
    let tianfu = district.tianfu();
    let people = people(&tianfu).await;
    let entry = writes_on_a_form(&tianfu, &people).await;
    is_public_without_the_household(&tianfu, &people, &entry).await;
    is_confirmed_by_the_household(&district, &people, &entry).await;

    // Who lent a hand earns a point by the village's rule, with the entry as its reason.
    district.works().await;
    assert_eq!(people.wang.balances().await["redeemable"], "1");
    people.wang.opens("points/account").await.is(200).says("协助干部走访办事").says("+1");

    a_draft_counts_for_its_day(&district, &people).await;
    what_was_not_so_is_looked_into(&tianfu, &people).await;
    the_month_shows_done_and_missing(&district, &tianfu, &people).await;

    // Five days after its end the month is fixed, and its figures are the village's.
    district.until("2026-10-06 09:00").await;
    let summary = tianfu.visitor().opens("diaries/summary?month=2026-09").await.is(200).says("10月6日已定稿");
    summary.says("简书记").says("李主任").says("定稿后没有变化").never_tells_of(&people.lin);
    let september = async |name| tianfu.measure("diaries", name, "2026-09-01", "2026-10-01").await;
    assert_eq!(september("visits").await, (2, None), "the one that was found wrong is none");
    assert_eq!(september("confirmed").await, (1, Some(3)));
    assert_eq!(september("duties_done").await, (4, Some(6)), "one did all three, one only the meeting");
    district.is_quiet().await;
}

/// Anybody reads what was done; of the household the surname.
async fn is_public_without_the_household(tianfu: &Village<'_>, people: &People, entry: &str) {
    let People { lin, son, wang, jian, li, chen } = people;
    let visitor = tianfu.visitor();
    let home = home_of(tianfu, lin).await;
    visitor.opens("").await.is(200).says("党群服务日记").says("走访入户").says("林**");
    let page = visitor.opens(entry).await.is(200).says("简书记").says("林**家").says("王**").says("等这户人确认");
    page.says("1 小时 15 分钟").says("为保护隐私").never_says("内部备注");
    let phones = [lin, son, wang, jian, li, chen].map(|person| person.phone.as_str());
    let hidden = [phones.as_slice(), &["秀英", "小军", "大山", "12 号", "糖尿病", &home]].concat();
    let pages = ["", "diaries", entry, "diaries/month", "diaries/summary"];
    let one = format!("id={}", id_of(entry));
    let queries = [("entries", ""), ("entry", one.as_str()), ("month", "")];
    visitor.never_meets(&hidden, "diaries", &pages, &queries).await;
    wang.never_meets(&[NOTE, "12 号", &home], "diaries", &["diaries", entry], &queries).await;

    // The household reads all but the note, the office the note too.
    lin.opens(entry).await.is(200).says("三组林秀英家").says(VISIT).says("三组 12 号").never_says(NOTE);
    li.opens(entry).await.is(200).says("三组林秀英家").says(NOTE);
    chen.opens(entry).await.is(200).says(NOTE);
}

/// Two are asked, one answer is enough; then the promise is kept.
async fn is_confirmed_by_the_household(district: &District, people: &People, entry: &str) {
    let People { lin, son, wang, jian, .. } = people;
    let asked = "请确认：简书记 9月2日 走访入户";
    for person in [lin, son] {
        assert_eq!(person.told().await, ["简书记写了到您家的事，请您看看是不是这样"]);
        person.opens("me/todos").await.is(200).says(asked);
        person.opens("me").await.is(200).says("来我家的记录").says(VISIT);
    }
    wang.opens("me/todos").await.is(200).never_says("请确认");
    assert!(!wang.opens(entry).await.is(200).offers("confirm"), "it is not his to say");

    district.until("2026-09-02 10:30").await;
    son.fills(entry, "confirm", json!({})).await.is(200).says("谢谢您，已确认").says("这户人已确认");
    for person in [lin, son] {
        person.opens("me/todos").await.is(200).never_says(asked);
    }
    assert_eq!(jian.told().await, ["您9月2日的日记（走访入户）这户人确认了"]);
    wang.opens(entry).await.is(200).says("这户人已确认").never_says("林小军");

    let promise = "帮秀英问医保报销";
    jian.opens("me/todos").await.is(200).says(&format!("答应的事快到期：{promise}"));
    district.until("2026-09-04 16:00").await;
    jian.fills(entry, "follow", json!({ "text": "报了 1200 元。" })).await.is(200).says("答应的事办到了");
    jian.opens("me/todos").await.is(200).never_says(promise);
    assert_eq!(lin.told().await[0], "简书记答应您家的事办到了，请看看");
    wang.opens(entry).await.is(200).says("报了 1200 元。");
}

/// 李主任 begins without a signal, and sends it two days later.
async fn a_draft_counts_for_its_day(district: &District, people: &People) {
    let People { jian, li, .. } = people;
    let fields = json!({ "kind": "meeting", "day": "2026-09-04", "text": "村民代表会", "keep": "draft" });
    li.fills("diaries/new", "write", fields).await.is(200).says("草稿存好了");
    li.opens("me/todos").await.is(200).says("有 1 篇日记草稿没发布");
    let list = li.opens("diaries/drafts").await.is(200).says("村民代表会");
    let draft = list.html.split("/diaries/draft/").nth(1).and_then(|rest| rest.get(..36)).unwrap_or_default();
    let draft = format!("diaries/draft/{draft}");
    jian.opens(&draft).await.is(404);
    jian.opens("diaries").await.is(200).never_says("村民代表会");

    district.until("2026-09-06 20:00").await;
    let fields = json!({ "text": "村民代表会，定了修路的事。", "keep": "publish" });
    let said = li.fills(&draft, "finish", fields).await.is(200).says("算在当天").says("晚 2 天补记");
    assert!(said.path.contains("/diaries/entry/"), "{}", said.path);
    li.opens("me/todos").await.is(200).never_says("草稿");
    assert_eq!(row(jian, "2026-09", "李主任").await["days"], json!({ "4": { "meeting": 1 } }));
}

/// 王大山 says that it was not so: his words reach the supervisors, and never the cadre.
async fn what_was_not_so_is_looked_into(tianfu: &Village<'_>, people: &People) {
    const WORDS: &str = "那天我在镇上，家里没有人。";
    let People { wang, jian, li, chen, .. } = people;
    let entry = visits(li, &home_of(tianfu, wang).await, "看望王大山一家").await;
    let said = wang.fills(&entry, "dispute", json!({ "text": WORDS })).await.is(200);
    said.says("记下了").says("这户人说不是这样").never_says(WORDS);
    assert_eq!(li.told().await, ["您9月6日的日记（走访入户），这户人说不是这样"]);
    assert_eq!(chen.told().await, ["有一篇日记要核实：李主任，9月6日"]);
    chen.opens("me/todos").await.is(200).says("核实日记：李主任 9月6日");
    for reader in [li, jian, &tianfu.visitor()] {
        reader.opens(&entry).await.is(200).never_says(WORDS);
        let told = reader.asks("diaries", "entry", &format!("id={}", id_of(&entry))).await.result();
        assert!(!told.to_string().contains(WORDS), "{told:#}");
    }
    chen.opens("diaries/disputes").await.is(200).says("王大山家");
    chen.opens(&entry).await.is(200).says(WORDS);
    let fields = json!({ "finding": "falls", "text": "问过两边，那天没有去成。" });
    chen.fills(&entry, "settle", fields).await.is(200).says("日记不属实，不计数");
    chen.opens("me/todos").await.is(200).never_says("核实日记");
    for person in [wang, li] {
        assert_eq!(person.told().await[0], "9月6日的日记核实完了：不属实，不计数");
    }
    tianfu.visitor().opens(&entry).await.is(200).says("问过两边，那天没有去成。").never_tells_of(wang);
}

/// Near the month's end whoever has duties left is told; the matrix shows to all who did what.
async fn the_month_shows_done_and_missing(district: &District, tianfu: &Village<'_>, people: &People) {
    let People { wang, jian, li, .. } = people;
    district.until("2026-09-21 09:00").await;
    jian.opens("me/todos").await.is(200).never_says("本月任务");
    district.until("2026-09-24 09:00").await;
    jian.opens("me/todos").await.is(200).says("本月任务：还差走访 1 户次、开会 1 次");
    let visitor = tianfu.visitor();
    let month =
        visitor.opens("diaries/month").await.is(200).says("2026年9月日记一览").says("还差走访 1 户次、开会 1 次");
    month.says("还差走访 2 户次");

    visits(jian, &home_of(tianfu, wang).await, "说说修路的事").await;
    jian.does("diaries", "write", json!({ "kind": "meeting", "text": "支部会" })).await.result();
    jian.opens("me/todos").await.is(200).never_says("本月任务");
    li.opens("me/todos").await.is(200).says("本月任务：还差走访 2 户次");
    let month = visitor.opens("diaries/month").await.is(200).says("已完成").says("还差走访 2 户次");
    for cell in ["9月2日：走访入户 1", "9月4日：开会 1", "9月24日：走访入户 1、开会 1"] {
        assert!(month.html.contains(cell), "{cell}:\n{}", month.html);
    }
    let duties = row(&visitor, "2026-09", "简书记").await["duties"].clone();
    assert_eq!((&duties[0]["done"], &duties[0]["missing"], &duties[1]["missing"]), (&json!(2), &json!(0), &json!(0)));
}

#[tokio::test]
async fn the_same_story_is_told_in_english() {
    let district = District::with("2026-09-02 08:14", &["diaries"]).await;
    let tianfu = district.tianfu();
    tianfu.sets("diaries", json!({ "visits_per_month": 2 })).await;
    let (lin, jian) = (tianfu.villager("Ann Lin").await, tianfu.cadre("Mr Jian").await);
    let chen = tianfu.person("Ms Chen", &[Role::Supervisor]).await;
    // Whom a cadre may choose stands there with the group, which is data.
    let places = ["天府社区", "成佳镇", "贡井区", "(三组)", "三组"];
    for actor in [&lin, &jian, &chen] {
        actor.reads_english().await;
    }
    let fields = json!({
        "kind": "visit", "household": home_of(&tianfu, &lin).await, "text": "Took blood pressure.",
        "promised": "Ask about the insurance", "follow_up": "2026-09-05",
    });
    jian.opens("diaries/new").await.is(200).is_english(&places).says("Write an entry");
    let said = jian.fills("diaries/new", "write", fields).await.is(200).is_english(&places);
    let entry = entry_of(&said.says("Published, and the household is asked to confirm"));
    jian.opens("me/todos").await.is(200).is_english(&places).says("A promise is due soon: Ask about the insurance");

    lin.opens("me/todos").await.is(200).is_english(&places).says("Please confirm: Mr Jian, 2 Sep, Household visit");
    let inbox = lin.opens("me/messages").await.is(200).is_english(&places);
    inbox.says("Mr Jian wrote about a visit to you: was it so?");
    lin.opens(&entry).await.is(200).is_english(&places).says("Was it so?").says("Ann Lin household, 三组");
    let said = lin.fills(&entry, "confirm", json!({})).await.is(200).is_english(&places);
    said.says("Thank you, it is confirmed").says("Confirmed by the household");
    lin.opens("me/todos").await.is(200).is_english(&places).never_says("Please confirm");
    lin.opens("me").await.is(200).is_english(&places).says("Visits to my home");

    // What she then says against another one is looked into.
    let second = visits(&jian, &home_of(&tianfu, &lin).await, "Visit").await;
    let said = lin.fills(&second, "dispute", json!({ "text": "Nobody came." })).await.is(200).is_english(&places);
    said.says("Disputed, being checked").never_says("Nobody came.");
    chen.opens("me/todos").await.is(200).is_english(&places).says("Check an entry: Mr Jian, 2 Sep");
    let fields = json!({ "finding": "stands", "text": "A neighbour was there." });
    chen.fills(&second, "settle", fields).await.is(200).is_english(&places).says("Published: the entry is right");

    let visitor = tianfu.visitor();
    let home = visitor.opens("?lang=en").await.is(200).is_english(&places).says("Service diary");
    home.never_tells_of(&lin);
    visitor.opens("diaries?lang=en").await.is(200).is_english(&places).says("Household visit: Took blood pressure.");
    let page = visitor.opens(&format!("{entry}?lang=en")).await.is(200).is_english(&places);
    page.says("To protect the household, its name and place are not public").never_tells_of(&lin);
    let month = visitor.opens("diaries/month?lang=en").await.is(200).is_english(&places).says("The diary of Sep 2026");
    month.says("1 visit(s) and 1 meeting(s) missing");
    let summary = visitor.opens("diaries/summary?lang=en").await.is(200).is_english(&places);
    summary.says("Summary of Sep 2026").says("Not fixed yet");
    district.is_quiet().await;
}

#[tokio::test]
async fn whoever_has_no_part_in_it_changes_nothing() {
    let district = District::with("2026-09-02 08:14", &["diaries"]).await;
    let (tianfu, zhaoshi) = (district.tianfu(), district.zhaoshi());
    let people = people(&tianfu).await;
    let People { lin, wang, jian, li, chen, .. } = &people;
    let zhou = tianfu.admin("周管理").await;
    let elsewhere = [zhaoshi.villager("张三").await, zhaoshi.cadre("余主任").await].map(|them| them.at(tianfu.code()));
    let home = home_of(&tianfu, lin).await;
    let entry = visits(jian, &home, "看望").await;
    let id = id_of(&entry);
    let write = json!({ "kind": "visit", "household": home, "text": "替人写一篇" });
    let own = json!({ "entry": id });
    let dispute = json!({ "entry": id, "text": "没有来" });
    let withdraw = json!({ "entry": id, "reason": "不要了" });
    let settle = json!({ "entry": id, "finding": "falls", "text": "没有来" });
    let correct = json!({ "entry": id, "text": "没有来", "day": "2026-09-02", "reason": "写错了" });
    let draft = json!({ "kind": "patrol", "text": "巡河", "keep": "draft" });
    let draft = jian.does("diaries", "write", draft).await.result()["id"].clone();
    let before = tianfu.revision().await;

    // For another role, for whoever is of no role here, and for another village's person the action is not there.
    tianfu.visitor().does("diaries", "write", write.clone()).await.is(401);
    assert!(tianfu.visitor().opens("diaries/new").await.path.contains("/sign-in"));
    for nobody in [lin, wang, chen, &elsewhere[0], &elsewhere[1]] {
        nobody.does("diaries", "write", write.clone()).await.is(404);
        nobody.does("diaries", "withdraw", withdraw.clone()).await.is(404);
        nobody.opens("diaries/new").await.is(404);
        nobody.opens("diaries/homes").await.is(404);
    }
    for nobody in [lin, jian, &elsewhere[1]] {
        nobody.does("diaries", "settle", settle.clone()).await.is(404);
        nobody.opens("diaries/disputes").await.is(404);
    }
    for nobody in &elsewhere {
        nobody.does("diaries", "confirm", own.clone()).await.is(404);
        nobody.does("diaries", "dispute", dispute.clone()).await.is(404);
    }
    elsewhere[0].at(zhaoshi.code()).does("diaries", "confirm", own.clone()).await.is(404);
    elsewhere[0].at(zhaoshi.code()).opens(&entry).await.is(404);

    // Nobody answers for another household, nor confirms what they wrote; nobody works on another's entry or draft.
    for other in [wang, jian, li, chen, &zhou] {
        other.does("diaries", "confirm", own.clone()).await.is(403);
        other.does("diaries", "dispute", dispute.clone()).await.is(403);
    }
    li.does("diaries", "withdraw", withdraw.clone()).await.is(403);
    li.does("diaries", "correct", correct.clone()).await.is(403);
    li.does("diaries", "discard", json!({ "draft": draft })).await.is(404);
    let finish = json!({ "draft": draft, "kind": "patrol", "text": "我来写完" });
    li.does("diaries", "finish", finish).await.is(404);
    jian.does("diaries", "follow", dispute.clone()).await.is(409);
    chen.does("diaries", "settle", settle.clone()).await.is(409);
    let myself = json!({ "person": zhou.person.map(|id| id.to_string()), "month": "2026-09", "reason": "忙" });
    zhou.does("diaries", "excuse", myself).await.is(403);

    // What is wrong is said beside its field; a visit of two months ago is too late.
    let old = json!({ "kind": "visit", "household": home, "text": "补记", "day": "2026-07-01" });
    assert_eq!(jian.does("diaries", "write", old).await.is(422).error_of("day"), "只能补记 31 天以内的事。");
    let nowhere = json!({ "kind": "visit", "text": "走访" });
    assert_eq!(jian.does("diaries", "write", nowhere).await.is(422).error_of("household"), "走访要选哪一户。");
    assert_eq!(tianfu.revision().await, before, "all of that changed nothing");
    assert!(lin.told().await.len() == 1 && jian.told().await.is_empty(), "and told nobody anything");

    // Twice is once; and after three months it is too late, for whoever else lives there too.
    lin.does("diaries", "confirm", own.clone()).await.result();
    people.son.does("diaries", "confirm", own.clone()).await.is(409);
    let second = visits(jian, &home, "又去一次").await;
    district.until("2026-12-15 09:00").await;
    let (daughter, admin) = (tianfu.relative(lin, "林小梅", &[Role::Member]).await, tianfu.admin("吴管理").await);
    let before = tianfu.revision().await;
    daughter.does("diaries", "confirm", json!({ "entry": id_of(&second) })).await.is(409);
    daughter.does("diaries", "dispute", json!({ "entry": id_of(&second), "text": "没有来" })).await.is(409);
    let excuse = json!({ "person": li.person.map(|id| id.to_string()), "month": "2026-09", "reason": "住院" });
    admin.does("diaries", "excuse", excuse).await.is(409);
    assert_eq!(tianfu.revision().await, before);
    daughter.opens(&second).await.is(200).says("已经过了 90 天");
    district.is_quiet().await;
}
