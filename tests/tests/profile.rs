//! 村情: who the village is, who is on duty and how to ring the office, pictures, big events, and the secretary's hours,
//! where villagers book a turn or ask.

use cunshi_model::Role;
use cunshi_tests::{Actor, District, Page, Village, photo};
use serde_json::{Value, json};

const QUESTION: &str = "路灯什么时候修？";
const OFFICE: &str = "0813-0000000";

/// 天府社区, and who takes part; 陈婆婆 has no phone.
struct People {
    lin: Actor,
    wang: Actor,
    liu: Actor,
    jian: Actor,
    chen: String,
}

async fn people(village: &Village<'_>) -> People {
    People {
        lin: village.villager("林秀英").await,
        wang: village.villager("王大山").await,
        liu: village.cadre("刘会计").await,
        jian: village.admin("简书记").await,
        chen: village.without_phone("陈婆婆").await.to_string(),
    }
}

/// The address of a page that an action led to, such as `profile/hours/{id}`.
fn led_to(page: &Page, route: &str) -> String {
    let id = page.path.split(&format!("/{route}/")).nth(1).and_then(|rest| rest.get(..36));
    format!("{route}/{}", id.unwrap_or_else(|| panic!("{} is no {route}:\n{}", page.path, page.text())))
}

fn id_of(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or_default()
}

/// The file that a page shows, as an address.
fn picture_of(page: &Page) -> String {
    let id = page.html.split("/files/").nth(1).and_then(|rest| rest.get(..36));
    let village = page.path.split('/').nth(2).unwrap_or_default();
    format!("/v/{village}/files/{}", id.unwrap_or_else(|| panic!("{} shows no picture", page.path)))
}

/// Friday the 11th from nine to eleven, as the form takes it.
fn friday(seats: &str) -> Value {
    json!({
        "host": "简书记", "day": "2026-09-11", "from": "09:00", "to": "11:00", "place": "村委会二楼", "seats": seats,
    })
}

#[tokio::test]
async fn whoever_opens_the_village_sees_who_it_is_who_is_there_and_what_the_secretary_answers() {
    let district = District::with("2026-09-02 09:00", &["profile"]).await;
    let tianfu = district.tianfu();
    let people = people(&tianfu).await;
    the_admin_introduces_the_village(&tianfu, &people).await;
    somebody_is_on_duty(&tianfu, &people).await;
    let album = pictures_are_shown(&tianfu, &people).await;
    let event = a_big_event_is_recorded(&tianfu, &people).await;
    let session = turns_are_booked(&district, &people).await;
    let question = a_question_is_answered(&district, &people, &session).await;

    // Everybody sees all of it, and nobody who asked or comes, nor any telephone but the office's.
    let visitor = tianfu.visitor();
    let home = visitor.opens("").await.is(200).says("走进天府社区").says("三组通水泥路").says(OFFICE);
    home.says("今天没有排班");
    let People { lin, wang, liu, jian, .. } = &people;
    let phones = [lin, wang, liu, jian].map(|person| person.phone.as_str());
    let hidden = [phones.as_slice(), &["林秀英", "王大山", "陈婆婆", "低保的事"]].concat();
    let pages =
        ["", "profile", "profile/duty", "profile/albums", "profile/events", "profile/hours", "profile/questions"];
    let pages = [pages.as_slice(), &[&album, &event, &session, &question]].concat();
    let ids = [format!("id={}", id_of(&event)), format!("id={}", id_of(&question))];
    let queries =
        [("profile", ""), ("duty", ""), ("events", ""), ("event", ids[0].as_str()), ("questions", "show=answered")];
    let queries = [queries.as_slice(), &[("question", ids[1].as_str()), ("sessions", "")]].concat();
    visitor.never_meets(&hidden, "profile", &pages, &queries).await;

    let september = async |name| tianfu.measure("profile", name, "2026-09-01", "2026-10-01").await;
    assert_eq!(september("events_recorded").await, (1, None));
    assert_eq!(september("questions_answered_in_time").await, (1, Some(1)));
    // A town has its own page.
    district.chengjia().visitor().opens("profile").await.is(200).says("走进成佳镇").never_says("釜溪河");
    district.is_quiet().await;
}

/// A few paragraphs with a photo, a figure with its year, who sits on the committee.
async fn the_admin_introduces_the_village(tianfu: &Village<'_>, people: &People) {
    let People { liu, jian, .. } = people;
    tianfu.visitor().opens("profile").await.is(200).says("介绍还没写好");
    let missing = "村情介绍还没写";
    jian.opens("me/todos").await.is(200).says(missing);
    liu.opens("me/todos").await.is(200).never_says(missing);
    let form = jian.opens("profile/edit").await.is(200).says("还没有班子成员");
    let fields = json!({ "text": "天府社区在釜溪河边，种柑橘的多。" });
    let river = vec![photo([90, 120, 160])];
    jian.sends_photos(&form, "write-introduction", fields, "photos", river).await.is(200).says("介绍已保存");
    let figure = json!({ "kind": "households", "value": "1210", "year": "2026" });
    jian.fills("profile/edit", "set-figure", figure).await.is(200).says("数字已保存");
    let seat = json!({ "name": "简书记", "body": "party", "office": "党支部书记", "since": "2021", "until": "2026" });
    jian.fills("profile/edit", "add-seat", seat).await.is(200).says("已加上简书记");
    jian.opens("me/todos").await.is(200).never_says(missing);

    let visitor = tianfu.visitor();
    let page =
        visitor.opens("profile").await.is(200).says("走进天府社区").says("种柑橘的多").says("1,210 户（2026 年）");
    let page = page.says("党支部书记").says("2021–2026 年").says("最近更新：2026年9月2日，简书记");
    visitor.gets(&picture_of(&page)).await.is(200);
    let told = visitor.asks("profile", "profile", "").await.result();
    assert_eq!((&told["committee"][0]["name"], &told["changed"]["by"]), (&json!("简书记"), &json!("简书记")));
}

/// An empty list is somebody's to do; then it stands on the village's home, with the office's telephone.
async fn somebody_is_on_duty(tianfu: &Village<'_>, people: &People) {
    let (liu, visitor) = (&people.liu, tianfu.visitor());
    visitor.opens("").await.is(200).says("今天没有排班").says(OFFICE);
    let missing = "今天没有排班，请排一下";
    liu.opens("me/todos").await.is(200).says(missing);
    let fields = json!({
        "weekdays": ["1", "3", "5"], "name": "刘会计", "office": "会计", "from": "08:30", "to": "12:00",
    });
    liu.fills("profile/duty/desk", "add-weekly", fields).await.is(200).says("刘会计已排进每周值班表");
    let fields = json!({ "day": "2026-09-10", "name": "简书记", "from": "09:00", "to": "12:00" });
    liu.fills("profile/duty/desk", "add-dated", fields).await.is(200).says("班排好了");
    liu.opens("me/todos").await.is(200).never_says(missing);

    let home = visitor.opens("").await.is(200).says("刘会计（会计）").says("08:30–12:00").says("正在值班").says(OFFICE);
    assert!(home.html.contains("tel:08130000000"), "{}", home.html);
    visitor.opens("profile/duty").await.is(200).says("9月2日（周三）").says("9月4日（周五）").says(OFFICE);
    visitor.opens("profile/duty?week=1").await.is(200).says("简书记 09:00–12:00").says("这天单独排班");
    let week = visitor.asks("profile", "duty", "").await.result();
    let wednesday = &week["days"][2]["on"][0];
    assert_eq!((&wednesday["name"], &wednesday["now"]), (&json!("刘会计"), &json!(true)), "{week:#}");
}

/// An album with a caption; what is removed is gone with its file. Its address.
async fn pictures_are_shown(tianfu: &Village<'_>, people: &People) -> String {
    let (liu, visitor) = (&people.liu, tianfu.visitor());
    let fields = json!({ "title": "坝坝宴", "text": "老人们聚在一起。", "day": "2026-09-01" });
    let page = liu.fills("profile/albums", "add-album", fields).await.is(200).says("相册建好了");
    let album = led_to(&page, "profile/album");
    let photos = vec![photo([200, 120, 60]), photo([60, 120, 200])];
    let caption = json!({ "caption": "九十岁的老人吹蜡烛" });
    liu.sends_photos(&page, "add-pictures", caption, "photos", photos).await.is(200).says("加了 2 张照片");
    let seen = visitor.opens(&album).await.is(200).says("老人们聚在一起。");
    assert!(seen.html.contains("九十岁的老人吹蜡烛") && !seen.offers("drop-picture"), "{}", seen.html);
    let first = picture_of(&seen);
    visitor.gets(&first).await.is(200);
    visitor.opens("profile").await.is(200).says("坝坝宴").says("2 张");

    liu.fills(&album, "drop-picture", json!({})).await.is(200).says("照片已删掉");
    visitor.gets(&first).await.is(404);
    visitor.opens("profile/albums").await.is(200).says("1 张");
    album
}

/// Recorded, and corrected with the words before for all to read. Its address.
async fn a_big_event_is_recorded(tianfu: &Village<'_>, people: &People) -> String {
    let People { liu, jian, .. } = people;
    let form = liu.opens("profile/events").await.is(200).says("还没有记下大事");
    let fields = json!({ "title": "三组通路", "day": "2026-08-18", "text": "全长 1.2 公里，大家出了力。" });
    let said = liu.sends_photos(&form, "record-milestone", fields, "photos", vec![photo([120, 120, 120])]).await;
    let event = led_to(&said.is(200).says("记下了"), "profile/event");
    let fields = json!({ "title": "三组通水泥路", "reason": "写清楚是什么路" });
    jian.fills(&event, "correct-milestone", fields).await.is(200).says("已更正");
    let visitor = tianfu.visitor();
    let page = visitor.opens(&event).await.is(200).says("三组通水泥路").says("刘会计记于2026年9月2日");
    page.says("原来写的是：三组通路（2026年8月18日）").says("简书记更正：写清楚是什么路");
    visitor.opens("profile/events?year=2026").await.is(200).says("三组通水泥路").says("更正过");
    let told = visitor.asks("profile", "events", "year=2026").await.result();
    assert_eq!((&told["events"][0]["title"], &told["events"][0]["corrected"]), (&json!("三组通水泥路"), &json!(1)));
    event
}

/// Announced; booked on a phone, and by a cadre for whoever has none; reminded of a day before. The session's address.
async fn turns_are_booked(district: &District, people: &People) -> String {
    let People { lin, wang, liu, jian, chen } = people;
    let tianfu = district.tianfu();
    let said = liu.fills("profile/hours", "announce", friday("4")).await.is(200).says("村民可以约号了");
    let session = led_to(&said, "profile/hours");
    let visitor = tianfu.visitor();
    visitor
        .opens(&session)
        .await
        .is(200)
        .says("9月11日（周五） 09:00–11:00")
        .says("还有 4 个号")
        .says("登录后可以约号");

    let said = lin.fills(&session, "book", json!({ "topic": "低保的事" })).await.is(200);
    said.says("约好了：1 号，大约 09:00，在村委会二楼").says("您约的是 1 号").says("低保的事");
    let fields = json!({ "session": id_of(&session), "on_behalf_of": chen });
    assert_eq!(liu.does("profile", "book", fields).await.result()["turn"], 2);
    liu.opens(&session).await.is(200).says("1 号 09:00 林秀英").says("低保的事").says("陈婆婆（刘会计代约）");
    for outside in [wang, &visitor] {
        outside.opens(&session).await.is(200).says("还有 2 个号").never_says("低保").never_says("林");
    }
    lin.opens("me").await.is(200).says("1 号 · 简书记");
    visitor.opens("").await.is(200).says("还有 2 个号");

    // It moves by half an hour: she is told, and keeps her turn; on the day before she is reminded.
    let fields = json!({ "from": "09:30", "to": "11:30", "reason": "镇上开会" });
    liu.fills(&session, "move-session", fields).await.is(200).says("2 个人");
    assert_eq!(lin.told().await, ["简书记会客改到9月11日（周五）"]);
    district.until("2026-09-10 09:00").await;
    assert_eq!(lin.told().await.len(), 1);
    district.until("2026-09-10 10:00").await;
    assert_eq!(lin.told().await[0], "提醒：9月11日（周五）简书记会客");
    assert!(jian.told().await.is_empty() && wang.told().await.is_empty());
    lin.opens("me/messages").await.is(200).says("您是 1 号，大约 9月11日（周五） 09:30，在村委会二楼。");
    session
}

/// Asked in advance for that session, answered for all to read, without her name. The question's address.
async fn a_question_is_answered(district: &District, people: &People, session: &str) -> String {
    let People { lin, wang, liu, jian, .. } = people;
    let tianfu = district.tianfu();
    let path = format!("profile/ask?session={}", id_of(session));
    let said = lin.fills(&path, "ask", json!({ "text": QUESTION })).await.is(200);
    let question = led_to(&said.says("最迟9月17日答复"), "profile/question");
    for person in [liu, jian] {
        person.opens("me/todos").await.is(200).says(&format!("答复提问：{QUESTION}"));
        person.opens(&question).await.is(200).says("林秀英");
    }
    let visitor = tianfu.visitor();
    visitor.opens("profile/questions?show=waiting").await.is(200).says(QUESTION).says("林**");
    visitor.opens(session).await.is(200).says("提前问的问题").says(QUESTION);

    jian.fills(&question, "answer", json!({ "text": "下周一修好。" })).await.is(200).says("答复已发出");
    for person in [liu, jian] {
        person.opens("me/todos").await.is(200).never_says(QUESTION);
    }
    assert_eq!(lin.told().await[0], format!("书记答复了您的问题：{QUESTION}"));
    lin.opens("me").await.is(200).says(QUESTION).says("已答复");
    visitor.opens(&question).await.is(200).says("简书记答复").says("下周一修好。").says("林**").never_tells_of(lin);
    wang.opens("profile/questions").await.is(200).says(QUESTION).never_tells_of(lin);
    visitor.opens("profile/hours").await.is(200).says("最近的答复").says(QUESTION);

    // After the hours nobody can book any more, and a Saturday has nobody on duty.
    district.until("2026-09-12 09:00").await;
    visitor.opens(session).await.is(200).says("已结束");
    liu.opens("me/todos").await.is(200).never_says("没有排班");
    question
}

#[tokio::test]
async fn the_same_story_is_told_in_english() {
    let district = District::with("2026-09-02 09:00", &["profile"]).await;
    let tianfu = district.tianfu();
    let (ann, liu) = (tianfu.villager("Ann Lin").await, tianfu.cadre("Ms Liu").await);
    let jian = tianfu.admin("Mr Jian").await;
    for actor in [&ann, &liu, &jian] {
        actor.reads_english().await;
    }
    // Whom a cadre may book for stands there with the group, which is data.
    let english = |page: Page| page.is(200).is_english(&["天府社区", "成佳镇", "贡井区", "(三组)"]);
    english(jian.opens("me/todos").await).says("The introduction is not written yet");
    english(jian.opens("profile/edit").await).says("Nobody yet. Add them below");
    let fields = json!({ "text": "On the river Fuxi; oranges." });
    english(jian.fills("profile/edit", "write-introduction", fields).await).says("The introduction is saved");
    let figure = json!({ "kind": "area", "value": "3.5", "year": "2025" });
    english(jian.fills("profile/edit", "set-figure", figure).await).says("The figure is saved");
    english(liu.opens("me/todos").await).says("Nobody is on duty today: see to the list");
    let fields = json!({ "weekdays": ["3"], "name": "Ms Liu", "from": "08:30", "to": "12:00" });
    english(liu.fills("profile/duty/desk", "add-weekly", fields).await).says("Ms Liu is on the weekly list");
    let fields = json!({ "title": "A new road", "day": "2026-08-18", "text": "1.2 km." });
    let said = liu.fills("profile/events", "record-milestone", fields).await;
    let event = led_to(&said, "profile/event");
    english(said).says("Recorded");
    let fields = json!({ "title": "A paved road", "reason": "Said what it is" });
    english(jian.fills(&event, "correct-milestone", fields).await).says("The words before stay below");
    let album = json!({ "title": "Feast", "day": "2026-09-01" });
    english(liu.fills("profile/albums", "add-album", album).await).says("The album is made");

    let hours = json!({
        "host": "Mr Jian", "day": "2026-09-11", "from": "09:00", "to": "11:00", "place": "Second floor", "seats": "4",
    });
    let said = liu.fills("profile/hours", "announce", hours).await;
    let session = led_to(&said, "profile/hours");
    english(said).says("Announced. Villagers can book now");
    let said = english(ann.fills(&session, "book", json!({ "topic": "Benefits" })).await);
    said.says("Booked: turn 1, at about 09:00, Second floor");
    let cancel = json!({ "reason": "Flood watch" });
    english(liu.fills(&session, "cancel-session", cancel).await).says("The 1 person who booked is told");
    english(ann.opens("me/messages").await).says("The hours of Mr Jian on Fri 11 Sep are cancelled");

    let said = ann.fills("profile/ask", "ask", json!({ "text": "When are lamps mended?" })).await;
    let question = led_to(&said, "profile/question");
    english(said).says("It is answered by 9 Sep");
    english(liu.opens("me/todos").await).says("Answer: When are lamps mended?");
    english(liu.fills(&question, "answer", json!({ "text": "On Monday." })).await).says("The asker gets a message");
    english(liu.opens("me/todos").await).never_says("lamps");
    english(ann.opens("me/messages").await).says("Your question is answered: When are lamps mended?");
    english(ann.opens("me").await).says("My questions").says("Answered");

    let visitor = tianfu.visitor();
    let home = english(visitor.opens("?lang=en").await).says("About 天府社区").says("On duty now").says("A paved road");
    home.says("Community office").says(OFFICE).never_tells_of(&ann);
    let front = english(visitor.opens("profile?lang=en").await).says("3.5 km² (2025)").says("no pictures yet");
    front.says("Last changed on 2 Sep 2026 by Mr Jian");
    english(visitor.opens("profile/duty?lang=en").await).says("Wed 2 Sep").says("Nobody");
    english(visitor.opens(&format!("{event}?lang=en")).await).says("Before: A new road");
    let page =
        english(visitor.opens(&format!("{session}?lang=en")).await).says("It was cancelled. Reason: Flood watch");
    page.never_says("Benefits").never_tells_of(&ann);
    let page = english(visitor.opens(&format!("{question}?lang=en")).await).says("Answer of Ms Liu").says("On Monday.");
    page.never_tells_of(&ann);
    english(visitor.opens("profile/hours?lang=en").await).says("The secretary’s hours");
    district.is_quiet().await;
}

#[tokio::test]
async fn nobody_writes_books_or_reads_what_is_not_theirs() {
    let district = District::with("2026-09-02 09:00", &["profile"]).await;
    let (tianfu, zhaoshi) = (district.tianfu(), district.zhaoshi());
    let people = people(&tianfu).await;
    let People { lin, wang, liu, jian, .. } = &people;
    let zhou = tianfu.person("周主任", &[Role::Supervisor]).await;
    let elsewhere = zhaoshi.admin("余书记").await;
    let stranger = elsewhere.at(tianfu.code());
    let officer = district.chengjia().officer("王镇长").await.at(tianfu.code());
    let visitor = tianfu.visitor();
    let session = liu.does("profile", "announce", friday("1")).await.result()["id"].clone();
    let book = json!({ "session": session, "topic": "低保的事" });
    let booking = lin.does("profile", "book", book.clone()).await.result()["id"].clone();
    let ask = |text: &str, private: bool| json!({ "text": text, "private": private });
    let public = lin.does("profile", "ask", ask(QUESTION, false)).await.result()["id"].clone();
    let private = lin.does("profile", "ask", ask("刘会计的账对吗？", true)).await.result()["id"].clone();
    let event = json!({ "title": "通路", "day": "2026-08-18", "text": "全长 1.2 公里" });
    let event = liu.does("profile", "record-milestone", event).await.result()["id"].clone();
    let secret = format!("profile/question/{}", private.as_str().unwrap_or_default());
    let before = tianfu.revision().await;

    // The admin's, the cadres' and the villagers' actions are not there for others.
    let introduce = json!({ "text": "我来写" });
    let strike = json!({ "milestone": event, "reason": "不要了" });
    for nobody in [lin, liu, &zhou, &stranger, &officer] {
        nobody.does("profile", "write-introduction", introduce.clone()).await.is(404);
        nobody.does("profile", "strike-milestone", strike.clone()).await.is(404);
        nobody.opens("profile/edit").await.is(404);
    }
    let album = json!({ "title": "我的", "day": "2026-09-01" });
    let duty = json!({ "weekdays": ["1"], "name": "我", "from": "08:00", "to": "12:00" });
    let answer = json!({ "question": public, "text": "不知道" });
    for nobody in [lin, wang, &zhou, &stranger, &officer] {
        nobody.does("profile", "add-album", album.clone()).await.is(404);
        nobody.does("profile", "add-weekly", duty.clone()).await.is(404);
        nobody.does("profile", "answer", answer.clone()).await.is(404);
        nobody.does("profile", "announce", friday("4")).await.is(404);
        nobody.opens("profile/duty/desk").await.is(404);
    }
    for nobody in [&stranger, &officer] {
        nobody.does("profile", "book", book.clone()).await.is(404);
        nobody.does("profile", "ask", ask(QUESTION, false)).await.is(404);
        nobody.does("profile", "unbook", json!({ "booking": booking })).await.is(404);
        nobody.opens("profile/mine").await.is(404);
    }
    elsewhere.does("profile", "answer", answer.clone()).await.is(404);
    elsewhere.does("profile", "cancel-session", json!({ "session": session, "reason": "?" })).await.is(404);
    visitor.does("profile", "book", book.clone()).await.is(401);
    visitor.does("profile", "ask", ask(QUESTION, false)).await.is(401);
    assert!(visitor.opens("profile/ask").await.path.contains("/sign-in"));

    // Another's turn and another's question are theirs; a private one is for its asker and the secretary alone.
    wang.does("profile", "unbook", json!({ "booking": booking })).await.is(404);
    wang.does("profile", "withdraw-question", json!({ "question": public })).await.is(403);
    wang.does("profile", "make-private", json!({ "question": public, "reason": "不想看" })).await.is(403);
    for nobody in [wang, liu, &zhou, &visitor, &stranger, &officer] {
        nobody.opens(&secret).await.is(404);
        let one = format!("id={}", id_of(&secret));
        nobody.asks("profile", "question", &one).await.is(404);
        nobody.never_meets(&["刘会计的账"], "profile", &["profile/questions?show=waiting"], &[("questions", "")]).await;
    }
    liu.does("profile", "answer", json!({ "question": private, "text": "对的" })).await.is(404);
    liu.opens("me/todos").await.is(200).says(QUESTION).never_says("刘会计的账");
    jian.opens("me/todos").await.is(200).says("刘会计的账");

    // Twice, full, out of date, in the future: each with its reason.
    lin.does("profile", "book", book.clone()).await.is(409);
    wang.does("profile", "book", book.clone()).await.is(409);
    lin.does("profile", "make-private", json!({ "question": private })).await.is(409);
    let correct =
        json!({ "milestone": event, "seen": "7", "title": "通水", "day": "2026-08-18", "text": "?", "reason": "?" });
    liu.does("profile", "correct-milestone", correct).await.is(409);
    let ahead = json!({ "title": "通高铁", "day": "2027-01-01", "text": "全线通车" });
    assert_eq!(
        liu.does("profile", "record-milestone", ahead).await.is(422).error_of("day"),
        "这天还没到，请选今天或以前的日子。"
    );
    let backwards = json!({ "weekdays": ["1"], "name": "刘会计", "from": "17:00", "to": "08:00" });
    assert_eq!(liu.does("profile", "add-weekly", backwards).await.is(422).error_of("to"), "结束时间要晚于开始时间。");
    assert_eq!(tianfu.revision().await, before, "all of that changed nothing");
    assert!(lin.told().await.is_empty(), "and told nobody anything");

    // What was answered is not withdrawn, what was struck not struck again; what has begun is too late.
    jian.does("profile", "answer", json!({ "question": public, "text": "下周一" })).await.result();
    lin.does("profile", "withdraw-question", json!({ "question": public })).await.is(409);
    jian.does("profile", "strike-milestone", strike.clone()).await.result();
    visitor.opens(&format!("profile/event/{}", event.as_str().unwrap_or_default())).await.is(404);
    district.until("2026-09-11 09:30").await;
    let before = tianfu.revision().await;
    jian.does("profile", "strike-milestone", strike).await.is(409);
    lin.does("profile", "unbook", json!({ "booking": booking })).await.is(409);
    wang.does("profile", "book", book).await.is(409);
    liu.does("profile", "cancel-session", json!({ "session": session, "reason": "晚了" })).await.is(409);
    assert_eq!(tianfu.revision().await, before);
    district.is_quiet().await;
}
