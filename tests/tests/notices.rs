//! Notices, by people with phones without JavaScript: written, let out, read, acknowledged and put away in a village;
//! and on their way from the district through its towns to every village, with the counts that come back up.

use cunshi_model::Role;
use cunshi_tests::{Actor, District, Page, Village};
use reqwest::Method;
use serde_json::{Value, json};

const TITLE: &str = "周六上午停电";
const TEXT: &str = "周六 8 点到 12 点线路检修，二组、三组停电。要用水泵的提前抽水。";

/// Names of places and people, and what they wrote: Chinese on an English page too.
const CHINESE: [&str; 10] =
    ["天府社区", "成佳镇", "贡井区", "简书记", "林秀英", "张大爷", "(三组)", "三组", TITLE, TEXT];

/// The power cut as the office writes it, for everybody, to be acknowledged.
fn power_cut(release: &str) -> Value {
    json!({ "title": TITLE, "text": TEXT, "acknowledge": true, "until": "2026-09-12", "release": release })
}

fn address(notice: &str) -> String {
    format!("notices/notice/{notice}")
}

/// Writes a notice as a program does; its id.
async fn writes(cadre: &Actor, fields: Value) -> String {
    let id = cadre.does("notices", "write", fields).await.result()["id"].clone();
    id.as_str().unwrap_or_else(|| panic!("no id: {id}")).to_owned()
}

/// A notice whole, with its counts, as the office reads it.
async fn kept(cadre: &Actor, notice: &str) -> Value {
    cadre.asks("notices", "notice", &format!("id={notice}")).await.result()
}

/// The ids of what is on a reader's board.
async fn board(reader: &Actor) -> Vec<String> {
    let found = reader.asks("notices", "notices", "").await.result();
    let ids = found["notices"].as_array().into_iter().flatten().filter_map(|one| one["id"].as_str());
    ids.map(str::to_owned).collect()
}

#[tokio::test]
async fn a_power_cut_is_made_known_read_acknowledged_and_put_away() {
    let district = District::with("2026-09-02 08:14", &["notices"]).await;
    let tianfu = district.tianfu();
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let wang = tianfu.of_group("王大山", "一组").await;
    let old = tianfu.without_phone("张大爷").await;
    let visitor = tianfu.visitor();
    visitor.opens("").await.is(200).says("现在没有通知。");

    // The secretary keeps a draft first: it is the office's own, and on his list.
    let draft = jian.fills("notices/new", "write", power_cut("draft")).await.is(200);
    let id = draft.says("草稿已保存").says("还没有发").id();
    let page = address(&id);
    jian.opens("me/todos").await.is(200).says("草稿还没发：周六上午停电");
    for reader in [&lin, &visitor] {
        reader.opens(&page).await.is(404);
        reader.opens("notices").await.is(200).never_says(TITLE);
    }
    assert_eq!(lin.told().await, [""; 0], "a draft rouses nobody");

    // He lets it out: everybody has a message, and it hangs in everybody's sight. Who wrote it does not.
    jian.fills(&page, "publish", json!({})).await.is(200).says("已发布，该看的人都收到了消息。");
    jian.opens("me/todos").await.is(200).never_says("草稿");
    assert_eq!(lin.told().await, ["天府社区通知：周六上午停电"]);
    lin.opens("me/messages").await.is(200).says("看完请点“我已知晓”。").says("水泵");
    visitor.opens("").await.is(200).says(TITLE);
    let shown = visitor.opens(&page).await.is(200).says(TEXT).says("请登录后点“我已知晓”");
    shown.never_tells_of(&jian).never_says("人看过");

    // It waits for her until she says that she knows.
    lin.opens("me/todos").await.is(200).says("请确认知晓：周六上午停电");
    lin.opens("me").await.is(200).says("请我确认的通知").says(TITLE);
    let known = lin.fills(&page, "acknowledge", json!({})).await.is(200);
    known.says("收到，谢谢您！").says("您已在 9月2日确认知晓");
    lin.opens("me/todos").await.is(200).never_says(TITLE);
    lin.opens("me").await.is(200).says("没有等您确认的通知。");

    // The old man has no phone: he was told at his door. One has not read it, and is reminded, once a day.
    let missing = format!("notices/readers/{id}?show=unacknowledged");
    let entered = jian.fills(&missing, "acknowledge", json!({ "on_behalf_of": old.to_string() })).await.is(200);
    entered.says("已替张大爷确认。");
    jian.opens(&format!("notices/readers/{id}?show=acknowledged")).await.is(200).says("9月2日，简书记代为确认");
    district.works().await;
    let unread = format!("notices/readers/{id}");
    let list = jian.opens(&unread).await.is(200).says("3/4 人看过（75%）").says("2/4 人确认（50%）");
    assert_eq!(list.row("王大山")[0], "王大山");
    list.never_says("林秀英").never_says("张大爷");
    jian.fills(&unread, "remind", json!({})).await.is(200).says("已提醒。");
    assert_eq!(wang.told().await, ["请看通知并点“我已知晓”：周六上午停电", "天府社区通知：周六上午停电"]);
    assert_eq!(lin.told().await.len(), 1, "she has read it");

    for_some_only(&tianfu, &lin, &wang, &jian).await;
    goes_out_by_itself(&district, &tianfu, &jian).await;

    // Three days later two are still missing: that is on the secretary's list until they have said it.
    district.until("2026-09-06 09:00").await;
    jian.opens("me/todos").await.is(200).says("还有 2 人没确认：周六上午停电");
    for late in [&wang, &jian] {
        late.fills(&page, "acknowledge", json!({})).await.is(200).says("您已在 9月6日确认知晓");
    }
    district.until("2026-09-06 09:30").await;
    jian.opens("me/todos").await.is(200).never_says(TITLE);

    // After its last day it puts itself away, and can be looked up.
    district.until("2026-09-13 00:30").await;
    visitor.opens("notices").await.is(200).never_says(TITLE).says("耕地补贴");
    visitor.opens("").await.is(200).never_says(TITLE);
    visitor.opens("notices?show=past").await.is(200).says(TITLE);
    visitor.opens(&page).await.is(200).says("这条通知已经到期，留着供查看。");

    // Four were made known; who was asked has said it; of ten times that one was to be read, seven were.
    for (measure, expected) in [("published", (4, None)), ("acknowledged", (4, Some(4))), ("read", (7, Some(10)))] {
        assert_eq!(tianfu.measure("notices", measure, "2026-09-01", "2026-10-01").await, expected, "{measure}");
    }
    for reader in [&visitor, &wang] {
        let told = reader.asks("notices", "notice", &format!("id={id}")).await.is(200);
        assert_eq!(told.never_tells_of(&jian).never_tells_of(&lin).body["result"].get("count"), None);
    }
    district.is_quiet().await;
}

/// For one group and for one household: for nobody else there is nothing.
async fn for_some_only(tianfu: &Village<'_>, lin: &Actor, wang: &Actor, jian: &Actor) {
    let fields = json!({
        "title": "一组清沟", "text": "明早 7 点在一组沟口集合。", "audience": "groups", "groups": ["一组"], "release": "now",
    });
    let ditch = jian.fills("notices/new", "write", fields).await.is(200).says("已发布").id();
    let fields = json!({
        "kind": "service", "title": "社保卡到了", "text": "请来村委会领取。", "release": "now",
        "audience": "households", "household": tianfu.household_of(lin).await.to_string(),
    });
    let card = writes(jian, fields).await;
    for (notice, title, whose, other) in [(&ditch, "一组清沟", wang, lin), (&card, "社保卡到了", lin, wang)] {
        whose.opens(&address(notice)).await.is(200).says(title);
        whose.opens("me").await.is(200).says("专门发给我家、我们组的").says(title);
        assert!(whose.told().await.iter().any(|told| told.ends_with(title)), "{title}");
        for nobody in [other, &tianfu.visitor()] {
            nobody.opens(&address(notice)).await.is(404);
            nobody.asks("notices", "notice", &format!("id={notice}")).await.is(404);
            nobody.opens("notices").await.is(200).never_says(title);
            nobody.opens("").await.is(200).never_says(title);
            assert!(!board(nobody).await.contains(notice), "{title}");
        }
        assert!(!other.told().await.iter().any(|told| told.contains(title)), "{title}");
    }
}

/// A policy that is to be known from a day on.
async fn goes_out_by_itself(district: &District, tianfu: &Village<'_>, jian: &Actor) {
    let visitor = tianfu.visitor();
    let fields = json!({
        "kind": "policy", "title": "耕地补贴开始申报", "text": "带身份证到村委会登记。", "release": "day", "from": "2026-09-04",
    });
    let written = jian.fills("notices/new", "write", fields).await.is(200);
    let policy = written.says("定好了，9月4日早上 8 点自动发出。").id();
    district.until("2026-09-04 07:55").await;
    visitor.opens("notices").await.is(200).never_says("耕地补贴");
    visitor.opens(&address(&policy)).await.is(404);
    district.until("2026-09-04 08:05").await;
    visitor.opens("notices?kind=policy").await.is(200).says("耕地补贴开始申报").never_says(TITLE);
    jian.fills(&address(&policy), "pin", json!({})).await.is(200).says("已置顶。");
    visitor.opens("").await.is(200).says("置顶");
}

#[tokio::test]
async fn a_notice_of_the_district_reaches_every_village_and_the_counts_come_back_up() {
    let district = District::with("2026-09-02 08:14", &["notices"]).await;
    let yu = district.space("510303000000").officer("余局长").await;
    let (wang, wu) =
        (district.chengjia().officer("王镇长").await, district.space("510303106000").officer("吴镇长").await);
    let (tianfu, zhaoshi, wubao) = (district.tianfu(), district.zhaoshi(), district.wubao());
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let (luo, chen) = (zhaoshi.villager("罗定安").await, wubao.villager("陈大福").await);

    let fields = json!({
        "kind": "safety", "title": "森林防火", "text": "即日起不准上山用火。", "acknowledge": true, "urgent": true,
        "release": "now",
    });
    let id = yu.fills("notices/new", "write", fields).await.is(200).says("正在送到下面各村").id();
    district.works().await;

    // Each village has it once, under the district's name; so have its people.
    for villager in [&lin, &luo, &chen] {
        assert_eq!(villager.told().await, ["【紧急】贡井区：森林防火"], "{}", villager.name);
        let found = board(villager).await;
        assert_eq!(found.len(), 1, "{}", villager.name);
        assert_ne!(found[0], id, "a copy of its own");
        villager.opens("").await.is(200).says("森林防火");
        villager.opens(&address(&found[0])).await.is(200).says("贡井区发").never_tells_of(&yu);
    }

    // One acknowledges it; a quarter of an hour later town and district know how many, of whom they do not know.
    let copy = board(&lin).await.remove(0);
    lin.fills(&address(&copy), "acknowledge", json!({})).await.is(200).says("收到");
    district.until("2026-09-02 08:45").await;
    let below = yu.opens(&format!("notices/below/{id}")).await.is(200);
    assert_eq!(below.row("天府社区"), ["成佳镇", "天府社区", "2", "1", "50", "1"]);
    assert_eq!(below.row("照石村"), ["五宝镇", "照石村", "1", "1", "100", "0"]);
    assert_eq!(below.row("五宝村"), ["五宝镇", "五宝村", "1", "1", "100", "0"]);
    assert!(below.text().contains("3\n已上报"), "the three villages: {}", below.text());
    assert_eq!(below.row("合计")[2..], ["4", "3", "75", "1"]);
    let below = below.never_tells_of(&lin).never_tells_of(&jian);
    below.never_tells_of(&luo).says("3/4 人看过（75%）");

    // A town sees its own villages; a village sees nobody's counts but its own.
    let of = async |officer: &Actor| board(officer).await.remove(0);
    let above = wang.opens(&format!("notices/below/{}", of(&wang).await)).await.is(200);
    assert_eq!(above.row("天府社区"), ["天府社区", "2", "1", "50", "1"]);
    above.never_says("照石村").never_says("五宝村");
    let above = wu.opens(&format!("notices/below/{}", of(&wu).await)).await.is(200);
    assert_eq!(above.row("照石村"), ["照石村", "1", "1", "100", "0"]);
    above.says("五宝村").never_says("天府社区");
    jian.opens(&format!("notices/below/{copy}")).await.is(404);
    for path in ["", "notices", &address(&copy)] {
        let page = jian.opens(path).await.is(200);
        page.never_says("照石村").never_says("五宝村").never_says("五宝镇");
    }
    district.works().await;
    assert_eq!(kept(&jian, &copy).await["count"], json!({ "reached": 2, "read": 2, "acknowledged": 1 }));

    // What the district wrote only the district changes; what it takes back is taken back everywhere.
    let withdraw = json!({ "notice": copy, "reason": "本村不适用" });
    jian.does("notices", "withdraw", withdraw).await.is(409);
    yu.fills(&address(&id), "withdraw", json!({ "reason": "已下雨，禁火解除" })).await.is(200).says("已撤回");
    district.works().await;
    for villager in [&lin, &luo, &chen] {
        assert_eq!(villager.told().await[0], "贡井区撤回了一条通知，请不要照旧通知办");
        assert_eq!(board(villager).await, [""; 0]);
    }
    let slip = lin.opens(&address(&copy)).await.is(200).says("这条通知已撤回").says("已下雨，禁火解除");
    slip.never_says("不准上山");
    district.is_quiet().await;
}

#[tokio::test]
async fn the_same_is_told_in_english() {
    let district = District::with("2026-09-02 08:14", &["notices"]).await;
    let tianfu = district.tianfu();
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let old = tianfu.without_phone("张大爷").await;
    let english = |page: Page| page.is(200).is_english(&CHINESE);
    for reader in [&lin, &jian] {
        reader.reads_english().await;
    }

    english(jian.opens("notices/new").await).says("Write a notice");
    let draft = english(jian.fills("notices/new", "write", power_cut("draft")).await).says("Saved as a draft.");
    let (id, page) = (draft.id(), address(&draft.id()));
    english(jian.opens("me/todos").await).says("Draft to publish: 周六上午停电");
    english(jian.fills(&page, "publish", json!({})).await).says("those for whom it is have a message");
    english(lin.opens("me/messages").await).says("Notice from 天府社区: 周六上午停电");
    english(lin.opens("me/todos").await).says("Please acknowledge: 周六上午停电");
    let known = english(lin.fills(&page, "acknowledge", json!({})).await).says("Thank you!");
    known.says("You acknowledged it on 2 Sep");
    english(lin.opens("me").await).says("Nothing waits for you.");
    let missing = format!("notices/readers/{id}?show=unacknowledged");
    let entered = jian.fills(&missing, "acknowledge", json!({ "on_behalf_of": old.to_string() })).await;
    english(entered).says("Acknowledged for 张大爷.");
    english(jian.opens(&page).await).says("2/3 acknowledged (66%)");

    for path in ["?lang=en", "notices?lang=en", &format!("{page}?lang=en")] {
        english(tianfu.visitor().opens(path).await).says(TITLE);
    }
    english(jian.fills(&page, "withdraw", json!({ "reason": "wrong day" })).await).says("Withdrawn");
    english(lin.opens(&page).await).says("This notice was withdrawn").says("wrong day");
    district.is_quiet().await;
}

#[tokio::test]
async fn what_is_not_theirs_twice_or_too_late_changes_nothing() {
    let district = District::with("2026-09-02 08:14", &["notices"]).await;
    let (tianfu, zhaoshi) = (district.tianfu(), district.zhaoshi());
    let (lin, neighbour) = (tianfu.villager("林秀英").await, tianfu.villager("李四").await);
    let jian = tianfu.cadre("简书记").await;
    let deng = tianfu.person("邓监督", &[Role::Supervisor]).await;
    let public = writes(&jian, power_cut("now")).await;
    let draft = writes(&jian, json!({ "title": "草稿", "text": "还没写完", "release": "draft" })).await;
    let mut own = power_cut("now");
    own["audience"] = json!("households");
    own["household"] = json!(tianfu.household_of(&lin).await.to_string());
    let own = writes(&jian, own).await;
    let all = async || [kept(&jian, &public).await, kept(&jian, &draft).await, kept(&jian, &own).await];
    let before = (all().await, tianfu.revision().await);

    // The office's work is for the office: not for a villager, for a supervisor only to read, not for a visitor, and
    // not for the office of another village or the town.
    let zhou = zhaoshi.cadre("周主任").await.at(tianfu.code());
    let wang = district.chengjia().officer("王镇长").await.at(tianfu.code());
    for nobody in [&lin, &deng, &zhou, &wang] {
        for path in ["new", "desk", &format!("readers/{public}"), &format!("edit/{draft}")] {
            nobody.opens(&format!("notices/{path}")).await.is(404);
        }
        nobody.does("notices", "write", power_cut("now")).await.is(404);
        for action in ["publish", "discard", "pin", "remind", "withdraw"] {
            let fields = json!({ "notice": draft, "reason": "x" });
            nobody.does("notices", action, fields).await.is(404);
        }
        nobody.opens(&address(&draft)).await.is(404);
    }
    tianfu.visitor().does("notices", "publish", json!({ "notice": draft })).await.is(401);
    tianfu.visitor().does("notices", "acknowledge", json!({ "notice": public })).await.is(401);

    // What is for one household is not there for another, nor for another village; for a cadre to read, not to answer.
    for nobody in [&neighbour, &deng, &zhou, &wang] {
        nobody.opens(&address(&own)).await.is(404);
        nobody.asks("notices", "notice", &format!("id={own}")).await.is(404);
        nobody.does("notices", "acknowledge", json!({ "notice": own })).await.is(404);
    }
    jian.does("notices", "acknowledge", json!({ "notice": own })).await.is(403);
    for stranger in [&zhou, &wang] {
        stranger.does("notices", "acknowledge", json!({ "notice": public })).await.is(404);
    }
    let for_her = json!({ "notice": public, "on_behalf_of": lin.person.map(|person| person.to_string()) });
    neighbour.does("notices", "acknowledge", for_her).await.is(422).error_of("on_behalf_of");
    let for_another = json!({ "notice": own, "on_behalf_of": neighbour.person.map(|person| person.to_string()) });
    jian.does("notices", "acknowledge", for_another).await.is(403);
    // At one's own address there is no such thing either.
    zhou.at(zhaoshi.code()).does("notices", "withdraw", json!({ "notice": public, "reason": "x" })).await.is(404);
    // A form that lacks what it must have, a day that is over.
    jian.does("notices", "write", json!({ "release": "now" })).await.is(422).error_of("title");
    let mut over = power_cut("now");
    over["until"] = json!("2026-09-01");
    jian.does("notices", "write", over).await.is(422).error_of("until");
    jian.does("notices", "pin", json!({ "notice": draft })).await.is(409);
    assert_eq!((all().await, tianfu.revision().await), before);
    assert_eq!(neighbour.told().await.len(), 1, "nobody was told anything but the power cut");

    // Twice: said again it says so, done again it is refused.
    for words in ["收到，谢谢您！", "您已经确认过了，谢谢。"] {
        let said = lin.does("notices", "acknowledge", json!({ "notice": public })).await.is(200);
        assert_eq!(said.body["say"], words);
    }
    assert_eq!(kept(&jian, &public).await["count"]["acknowledged"], 1);
    jian.does("notices", "publish", json!({ "notice": public })).await.is(409);
    let remind = json!({ "notice": public, "whom": "unacknowledged" });
    jian.does("notices", "remind", remind.clone()).await.is(200);
    jian.does("notices", "remind", remind).await.is(409);
    assert_eq!(neighbour.told().await.len(), 2);

    // Too late.
    district.until("2026-09-13 00:30").await;
    let before = (all().await, tianfu.revision().await);
    neighbour.does("notices", "acknowledge", json!({ "notice": public })).await.is(409);
    jian.does("notices", "pin", json!({ "notice": public })).await.is(409);
    let correct = json!({ "notice": public, "title": "周日停电", "text": TEXT });
    jian.does("notices", "correct", correct).await.is(409);
    assert_eq!((all().await, tianfu.revision().await), before);
    let withdraw = json!({ "notice": public, "reason": "写错了" });
    jian.does("notices", "withdraw", withdraw.clone()).await.is(200);
    jian.does("notices", "withdraw", withdraw).await.is(409);
    neighbour.api(Method::GET, &format!("notices/q/notice?id={public}"), None).await.is(404);
    district.is_quiet().await;
}
