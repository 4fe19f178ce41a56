//! From a claim to the ledger, by people with phones without JavaScript: claimed with a photo, reviewed by two who are
//! not of the household, public for some days, objected to, answered, posted or struck. Deductions go the same way.

use cunshi_contract::privacy::masked;
use cunshi_model::Role;
use cunshi_tests::{AWARD, Actor, District, Page, Village};
use serde_json::{Value, json};

/// What she writes; with her telephone, as people do.
fn words(lin: &Actor) -> String {
    format!("帮隔壁李婆婆挑水、打扫院子，电话{}。", lin.phone)
}

/// 照石村, and who takes part in its points.
struct People {
    lin: Actor,
    neighbour: Actor,
    zhou: Actor,
    deng: Actor,
}

async fn people(village: &Village<'_>) -> People {
    People {
        lin: village.villager("林秀英").await,
        neighbour: village.villager("李四").await,
        zhou: village.cadre("周主任").await,
        deng: village.person("邓监督", &[Role::Supervisor]).await,
    }
}

/// She claims on a form, with a photo; her telephone is found before anything is saved, and masked as she chooses. The
/// id of the award.
async fn claims_on_a_form(lin: &Actor, item: &str) -> Value {
    let form = lin.opens("points/claim").await.is(200).says("邻里互助").says("申请");
    let fields = json!({ "item": item, "text": words(lin), "day": "2026-09-01" });
    let photo = cunshi_tests::photo([90, 120, 60]);
    let asked = lin.sends_photos(&form, "claim", fields, "photos", vec![photo]).await.is(422).says(&lin.phone);
    assert!(asked.form("claim").contains_key("photos"), "the photo need not be taken again: {}", asked.text());
    let said = lin.sends(&asked, "claim", json!({ "privacy": "mask" })).await.is(200).says("J2026-0001");
    award_of(&said)
}

/// The award whose page it is.
fn award_of(page: &Page) -> Value {
    let id = page.path.split("/points/award/").nth(1).and_then(|rest| rest.get(..36));
    json!(id.unwrap_or_else(|| panic!("{} is no award", page.path)))
}

fn address(award: &Value) -> String {
    format!("points/award/{}", award.as_str().unwrap_or_default())
}

/// A sentence in each language that says why not.
async fn is_refused_with_a_sentence(actor: &Actor, action: &str, fields: Value, zh: &str, en: &str) {
    for (lang, words) in [("zh", zh), ("en", en)] {
        let path = format!("/api/v1/villages/{}/points/a/{action}", actor.code);
        let request = actor.requests(reqwest::Method::POST, &path).header("Accept-Language", lang).json(&fields);
        let answer = cunshi_tests::Answer::of(request.send().await.unwrap_or_else(|error| panic!("{error}"))).await;
        let answer = answer.unwrap_or_else(|error| panic!("{error}")).is(409);
        let said = answer.body["detail"].as_str().unwrap_or_default();
        assert!(said.contains(words), "{action} in {lang}: {said}");
    }
}

#[tokio::test]
async fn a_claim_goes_from_the_form_through_review_and_publicity_into_the_ledger() {
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let zhaoshi = district.zhaoshi();
    let People { lin, neighbour, zhou, deng } = people(&zhaoshi).await;
    let son = zhaoshi.relative(&lin, "林小军", &[Role::Cadre]).await;
    let award = claims_on_a_form(&lin, "neighbour-help").await;
    let page = address(&award);

    // Until it is reviewed it is nobody's business but hers and the office's.
    lin.opens(&page).await.is(200).says(&masked(&words(&lin))).says("+1 分");
    neighbour.opens(&page).await.is(404);
    zhaoshi.visitor().opens(&page).await.is(404);
    zhou.opens("me/todos").await.is(200).says("邻里互助");

    // Her son is in the office, and is told why he may not judge it. Two others may.
    assert!(!son.opens(&page).await.is(200).offers("approve"), "no button for her own household");
    let vote = json!({ "award": award });
    is_refused_with_a_sentence(&son, "approve", vote, "自己家", "own household").await;
    zhou.fills(&page, "approve", json!({})).await.is(200);
    assert_eq!(lin.award(&award).await["state"], "under-review");
    deng.reads_english().await;
    let said = deng.fills(&page, "approve", json!({ "text": "Seen." })).await.is(200);
    said.says("It is public until 5 Sep").says("How it went").never_says("公示").never_says("评议");
    assert_eq!(lin.award(&award).await["state"], "published");

    // Three days on the public board, counted down, without her name and telephone.
    let visitor = zhaoshi.visitor();
    let board = visitor.opens("points/publicity").await.is(200).says("邻里互助").says("林**").says("9月5日");
    board.says("还剩 3 天").never_says("林秀英").never_says(&lin.phone);
    visitor.opens("points/publicity?lang=en").await.is(200).says("5 Sep").says("林**").never_says("公示");
    visitor.opens(&page).await.is(200).says("林**").says("139******").never_says("林秀英");
    district.until("2026-09-04 20:00").await;
    visitor.opens("points/publicity").await.is(200).says("还剩 1 天");
    assert_eq!(lin.balances().await["redeemable"], "0", "nothing is posted before its time");

    // The period ends by itself: it is posted, explained, and counts in the ranking under a masked name.
    district.until("2026-09-05 09:00").await;
    assert_eq!(lin.balances().await["redeemable"], "1");
    let rows = lin.statement("household").await;
    assert_eq!((&rows[0]["amount"], &rows[0]["item"]), (&json!("1"), &json!("neighbour-help")), "{rows:#?}");
    lin.opens("points/account").await.is(200).says("邻里互助").says("+1").says("139******");
    let ranking = visitor.asks("points", "ranking", "by=persons&period=month").await.result();
    assert_eq!(ranking["ranking"], json!([{ "place": 1, "name": "林**", "points": "1", "mine": false }]));
    visitor.opens("points/ranking").await.is(200).says("林**").never_says("林秀英");
    visitor.opens("points/publicity").await.is(200).never_says("邻里互助");

    district.no_rule_was_told_of(&[&lin, &son, &neighbour, &zhou, &deng]).await;
    district.is_quiet().await;
}

/// A claim that two have approved; the award's id.
async fn published(people: &People, item: &str) -> Value {
    let award = people.lin.claims(item, "打扫院子").await;
    people.zhou.approves(&award).await;
    assert_eq!(people.deng.approves(&award).await["state"], "published");
    award
}

#[tokio::test]
async fn an_objection_holds_the_points_until_it_is_answered() {
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let zhaoshi = district.zhaoshi();
    let people = people(&zhaoshi).await;
    let (kept, struck) = (published(&people, "clean-yard").await, published(&people, "neighbour-help").await);
    let People { lin, neighbour, zhou, deng } = &people;

    // A neighbour objects to both on their pages; who it was only the office reads.
    for award in [&kept, &struck] {
        let said = neighbour.fills(&address(award), "object", json!({ "text": "那天我在家，没有看见。" })).await;
        said.is(200).says("9月11日");
    }
    zhaoshi.visitor().opens(&address(&kept)).await.is(200).says("那天我在家").never_says("李四");
    zhou.opens(&address(&kept)).await.is(200).says("李四");
    let again = json!({ "award": kept, "text": "再说一次" });
    is_refused_with_a_sentence(neighbour, "object", again, "异议", "objection").await;

    // The period is over, and they are still held.
    district.until("2026-09-07 09:00").await;
    assert_eq!(lin.balances().await["base"], "0");

    let open = zhou.asks("points", "objections", "").await.result();
    let objection = |award: &Value| {
        let all = open["objections"].as_array().cloned().unwrap_or_default();
        let found = all.iter().find(|one| one["award"] == *award).cloned();
        found.unwrap_or_else(|| panic!("{open:#}"))["id"].clone()
    };
    let own = zhaoshi.relative(neighbour, "李小妹", &[Role::Supervisor]).await;
    let fields = json!({ "objection": objection(&kept), "verdict": "upheld", "text": "不成立" });
    is_refused_with_a_sentence(&own, "answer-objection", fields, "您自己提出", "comes from you").await;
    let answer = json!({ "verdict": "dismissed", "text": "看过照片，院子是她扫的。" });
    zhou.fills(&address(&kept), "answer-objection", answer).await.is(200);
    let answer = json!({ "objection": objection(&struck), "verdict": "upheld", "text": "核实没有这回事。" });
    assert_eq!(deng.does("points", "answer-objection", answer).await.result()["award_state"], "struck");

    district.works().await;
    assert_eq!(
        (lin.award(&kept).await["state"].clone(), lin.award(&struck).await["state"].clone()),
        (json!("posted"), json!("struck"))
    );
    assert_eq!((&lin.balances().await["base"], &lin.balances().await["redeemable"]), (&json!("3"), &json!("0")));
    zhaoshi.visitor().opens(&address(&kept)).await.is(200).says("看过照片，院子是她扫的。");
    lin.opens(&format!("{}?lang=en", address(&struck))).await.is(200).says("核实没有这回事。").never_says("异议成立");

    // What was struck counts in nobody's history: the month's cap is as it was.
    let decisions = zhaoshi.decisions_of(AWARD).await;
    assert_eq!(decisions.iter().filter(|record| record.voided.is_some()).count(), 1, "{decisions:#?}");
    district.is_quiet().await;
}

#[tokio::test]
async fn a_deduction_has_the_same_protection_and_never_takes_more_than_is_there() {
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let zhaoshi = district.zhaoshi();
    let people = people(&zhaoshi).await;
    published(&people, "clean-yard").await;
    district.until("2026-09-06 09:00").await;
    let People { lin, neighbour, zhou, deng } = &people;
    assert_eq!(lin.balances().await["base"], "3");

    // Entered by a cadre on a form, for a household; he does not judge what he entered, nor does any member pass it.
    let household = zhaoshi.household_of(lin).await.to_string();
    let fields = json!({ "item": "littering", "household": household, "text": "把垃圾倒进了河里。" });
    let said = zhou.fills("points/deduct", "deduct", fields).await.is(200).says("-5 分");
    let award = award_of(&said);
    is_refused_with_a_sentence(zhou, "approve", json!({ "award": award }), "您自己提出", "comes from you").await;
    neighbour.does("points", "approve", json!({ "award": award })).await.is(404);
    let wang = zhaoshi.cadre("王副主任").await;
    wang.approves(&award).await;
    deng.approves(&award).await;

    // Five days, whatever a rule says; she sees it on her own page and may object like anybody else.
    zhaoshi.visitor().opens("points/publicity").await.is(200).says("乱倒垃圾").says("9月11日").never_says("林秀英");
    assert!(lin.opens(&address(&award)).await.is(200).says("把垃圾倒进了河里。").offers("object"));
    district.until("2026-09-10 09:00").await;
    assert_eq!(lin.balances().await["base"], "3");
    district.until("2026-09-11 10:00").await;
    assert_eq!(lin.balances().await["base"], "0", "five are due, three were there");
    let rows = lin.statement("household").await;
    assert_eq!((&rows[0]["amount"], &rows[0]["reason"]), (&json!("-3"), &json!("deduction")), "{rows:#?}");
    district.is_quiet().await;
}

#[tokio::test]
async fn a_correction_is_a_row_of_its_own_that_two_persons_have_made() {
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let zhaoshi = district.zhaoshi();
    let people = people(&zhaoshi).await;
    let award = published(&people, "public-work").await;
    district.until("2026-09-06 09:00").await;
    let People { lin, deng, .. } = &people;
    let chief = zhaoshi.admin("管理员").await;
    assert_eq!(lin.balances().await["redeemable"], "4");

    let wrong = json!({ "award": award, "points": "4", "text": "没有变化" });
    is_refused_with_a_sentence(&chief, "correct", wrong, "更正", "change nothing").await;
    chief.fills(&address(&award), "correct", json!({ "points": "3", "text": "只做了半天。" })).await.is(200);
    let waiting = chief.asks("points", "corrections", "").await.result();
    let correction = waiting["corrections"][0]["id"].clone();
    let mine = json!({ "correction": correction });
    is_refused_with_a_sentence(&chief, "approve-correction", mine, "您自己提出", "comes from you").await;
    assert_eq!(lin.balances().await["redeemable"], "4", "one person alone changes nothing");

    deng.fills(&format!("{}?lang=en", address(&award)), "approve-correction", json!({})).await.is(200);
    assert_eq!(lin.balances().await["redeemable"], "3");
    let rows = lin.statement("household").await;
    assert_eq!(rows.len(), 2, "the first row stays: {rows:#?}");
    assert_eq!((&rows[0]["amount"], &rows[0]["reason"]), (&json!("-1"), &json!("correction")));
    assert_eq!((&rows[0]["corrects"], &rows[1]["amount"]), (&rows[1]["id"], &json!("4")));
    lin.opens("points/account").await.is(200).says("只做了半天。");
    district.is_quiet().await;
}
