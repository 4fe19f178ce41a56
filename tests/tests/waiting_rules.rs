//! A rule that fails at the wrong moment: what it should have decided waits, nobody else feels it, and the mended
//! version does it, once and in order. A rule that means harm does not get so far.

use cunshi_tests::{AWARD, Actor, District, adopted, volunteered};
use reqwest::Method;
use serde_json::{Value, json};

/// Somebody misspelt an item in the part that cases did not try.
const MISSPELT: &str = r#"
fn award(deed) {
    if deed.kind == "issue.adopted" {
        let wanted = row("issue.adoptet");
        because(wanted.label);
    }
    let found = row(deed.item);
    because(found.label + "，照表记");
    #{ item: deed.item, points: found.points, kind: found.kind, holder: "household", review: "none", publicity_days: 0 }
}
"#;

/// A draft of the whole rule, tried with one deed only.
fn draft(script: &str, note: &str) -> Value {
    let at = 1_788_307_200_000_000_i64;
    let hours =
        json!({ "kind": "volunteer.hours", "item": "volunteer.hours", "quantity": "4", "at": at, "source": "deed" });
    let case = json!({ "name": "志愿四小时", "input": hours, "output": { "points": "1" } });
    json!({ "script": script, "cases": [case], "note": note })
}

async fn is_published(chief: &Actor, second: &Actor, draft: Value) -> Value {
    let version = chief.drafts_rule(AWARD, draft).await;
    second.publishes_rule(AWARD, &version).await.is(200);
    version
}

#[tokio::test]
async fn what_a_broken_rule_could_not_decide_waits_and_is_done_once_it_is_mended() {
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let (tianfu, zhaoshi) = (district.tianfu(), district.zhaoshi());
    let (lin, wang) = (tianfu.villager("林秀英").await, tianfu.villager("王五").await);
    let (jian, chief) = (tianfu.cadre("简书记").await, tianfu.admin("管理员").await);
    let second = tianfu.admin("副管理员").await;
    let (zhang, zhou) = (zhaoshi.villager("张建国").await, zhaoshi.cadre("周主任").await);
    is_published(&chief, &second, draft(MISSPELT, "换个写法")).await;

    // Three reports are adopted, one after the other, by two people. Their points wait; the reports do not.
    let mut cases = Vec::new();
    for (minute, reporter, title) in
        [("08:20", &lin, "路灯不亮"), ("08:30", &wang, "井盖破了"), ("08:40", &lin, "水管漏水")]
    {
        district.until(&format!("2026-09-02 {minute}")).await;
        let case = adopted(reporter, &jian, title).await;
        district.works().await;
        cases.push((case, title));
    }
    for (case, _) in &cases {
        let found = jian.asks("issues", "lookup", &format!("id={case}")).await.result();
        assert_eq!(found["state"], "accepted", "a rule about points keeps nobody from the matter itself: {found:#}");
    }
    for reporter in [&lin, &wang] {
        assert_eq!((reporter.balances().await["redeemable"].clone(), reporter.awards().await.len()), (json!("0"), 0));
    }
    assert!(tianfu.decisions_of(AWARD).await.is_empty(), "nothing was decided");
    assert_eq!(tianfu.parked().await.len(), 3);

    // The neighbours and the rest of the village's deeds go on as ever.
    adopted(&zhang, &zhou, "路灯不亮").await;
    volunteered(&district, &[(&lin, &jian), (&zhang, &zhou)], "2026-09-05", "4").await;
    assert_eq!(lin.balances().await["redeemable"], "1");
    assert_eq!(zhang.balances().await["redeemable"], "9", "five for the report, four for the hours");
    assert!(zhaoshi.parked().await.is_empty());

    // The admin sees what waits, where the rule failed, and on what, in both languages.
    chief.opens("manage/events").await.is(200).says("deed/1 → points");
    let rule = chief.opens(&format!("manage/rules/{AWARD}")).await.is(200);
    rule.says("issue.adopted").says("第 5 行").says("label");
    let rule = chief.opens(&format!("manage/rules/{AWARD}?lang=en")).await.is(200);
    rule.says("issue.adopted").says("line 5").says("nothing here to read `label` from");
    for page in ["manage/events".to_owned(), format!("manage/rules/{AWARD}")] {
        lin.opens(&page).await.is(404);
        chief.opens(&page).await.is(200).never_says("林秀英").never_says(&lin.phone);
    }

    // Tried again without being mended, it waits again.
    let delivery = tianfu.parked().await[0].id;
    let again = format!("/v/{}/manage/events/{delivery}/replay", tianfu.code());
    let answer = chief.browses(Method::POST, &again).send().await.unwrap_or_else(|error| panic!("{error}"));
    assert!(answer.status().is_success(), "{}", answer.status());
    district.works().await;
    assert_eq!(tianfu.parked().await.len(), 3);

    // The mended version does what waited, in the order in which it happened, once.
    let mended = MISSPELT.replace("issue.adoptet", "issue.adopted");
    let version = is_published(&chief, &second, draft(&mended, "改正错字")).await;
    district.works().await;
    assert!(tianfu.parked().await.is_empty());
    assert_eq!(lin.balances().await["redeemable"], "5");
    assert_eq!(wang.balances().await["redeemable"], "2");
    let mut posted = Vec::new();
    for reporter in [&lin, &wang] {
        for award in reporter.awards().await.iter().filter(|award| award["item"] == "issue.adopted") {
            let whole = reporter.award(&award["id"]).await;
            assert_eq!((&whole["state"], &whole["version"]), (&json!("posted"), &version), "{whole:#}");
            posted.push((whole["number"].to_string(), whole["text"].to_string()));
        }
    }
    posted.sort();
    let titles = cases.iter().map(|(_, title)| *title);
    assert!(
        posted.len() == 3 && posted.iter().zip(titles).all(|((_, text), title)| text.contains(title)),
        "{posted:#?}"
    );
    district.until("2026-09-06 12:00").await;
    assert_eq!(lin.balances().await["redeemable"], "5", "and no second time");
    let failing = chief.opens(&format!("manage/rules/{AWARD}")).await.is(200);
    failing.never_says("第 5 行");
    district.is_quiet().await;
}

#[tokio::test]
async fn a_claim_that_a_broken_rule_cannot_decide_is_refused_with_a_sentence_and_leaves_nothing() {
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let lin = tianfu.villager("林秀英").await;
    let (chief, second) = (tianfu.admin("管理员").await, tianfu.admin("副管理员").await);
    let broken = MISSPELT.replace("issue.adopted", "training");
    is_published(&chief, &second, draft(&broken, "换个写法")).await;

    let fields = json!({ "item": "training", "text": "参加农技培训" });
    let refused = lin.does("points", "claim", fields.clone()).await.is(409);
    assert!(refused.body["type"].as_str().is_some_and(|kind| kind.ends_with("rule-failed")), "{:#}", refused.body);
    let said = refused.body["detail"].as_str().unwrap_or_default();
    assert!(said.chars().count() > 10 && !said.contains("issue.adoptet"), "a villager is not shown a script: {said}");
    assert_eq!(lin.awards().await.len(), 0);
    chief.opens(&format!("manage/rules/{AWARD}")).await.is(200).says("training").says("第 5 行");

    is_published(&chief, &second, draft(&broken.replace("issue.adoptet", "training"), "改正错字")).await;
    assert_eq!(lin.does("points", "claim", fields).await.result()["number"], "J2026-0001");
    district.is_quiet().await;
}

/// What somebody might send who means harm, or does not know better, as the whole script.
fn hostile() -> Vec<(&'static str, String)> {
    let inside = |body: &str| format!("fn award(deed) {{\n    {body}\n}}");
    let answer = "#{ item: \"x\", points: 1, kind: \"base\", holder: \"person\", review: \"none\", publicity_days: 0 }";
    let points = |points: &str| inside(&answer.replace("points: 1", &format!("points: {points}")));
    let beside = |rest: &str| format!("{}\n{rest}", inside(answer));
    vec![
        ("an endless loop", inside("loop { }")),
        ("a loop inside map", inside("[1].map(|x| { loop { } })")),
        ("a map that grows", inside("let m = #{}; let n = 0; loop { m[`k${n}`] = n; n += 1; }")),
        ("a string that doubles", inside("let s = \"ab\"; loop { s += s; }")),
        ("arrays of arrays", inside("let a = []; loop { a = [a]; }")),
        ("deep recursion", inside("down(0)") + "\nfn down(n) { down(n + 1) }"),
        ("a deep expression", inside(&format!("{}1{}", "(".repeat(5_000), ")".repeat(5_000)))),
        ("eval", inside("eval(\"40 + 2\")")),
        ("sleep", inside("sleep(60)")),
        ("a function that shadows the host's", beside("fn row(key) { #{ points: 1000 } }")),
        ("a wrong arity", inside("times(\"training\")")),
        ("a misspelt property", inside("deed.quantty")),
        ("a function as the answer", inside("|x| x")),
        ("a number that is no hundredth", points("0.001")),
        ("a huge number", points("99999999999999999999")),
        ("more than the guard allows", points("101")),
    ]
}

/// Asserts that each error has its place and a sentence in the reader's language.
fn explains(name: &str, errors: &Value, lang: &str) {
    let errors = errors.as_array().filter(|errors| !errors.is_empty()).unwrap_or_else(|| panic!("{name} passes"));
    for error in errors {
        let message = error["message"].as_str().unwrap_or_default();
        let chinese = message.chars().any(|letter| ('一'..='龥').contains(&letter));
        assert!(!message.is_empty() && (lang == "en" || chinese), "{name} in {lang}: {error:#}");
        assert!(!message.contains("EvalAltResult") && !message.contains("Dynamic"), "{name} in {lang}: {error:#}");
    }
    let placed = errors.iter().any(|error| error["line"].is_u64() && error["column"].is_u64());
    assert!(placed || errors.iter().any(|error| error["guard"].is_string()), "{name} has no place: {errors:#?}");
}

#[tokio::test]
async fn a_hostile_script_is_refused_with_its_place_and_costs_nobody_anything() {
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let chief = tianfu.admin("管理员").await;
    let before = chief.rule_of(AWARD).await;
    let at = 1_788_307_200_000_000_i64;
    let input = json!({ "kind": "training", "item": "training", "quantity": "1", "at": at, "source": "claim" });
    let cases = json!([{ "name": "随便一件", "input": input, "output": {} }]);

    for (name, script) in hostile() {
        let text = json!({ "script": script, "cases": cases });
        for lang in ["zh", "en"] {
            let path = format!("/api/v1/villages/{}/rules/{AWARD}/check", chief.code);
            let request = chief.requests(Method::POST, &path).header("Accept-Language", lang).json(&text);
            let answer = request.send().await.unwrap_or_else(|error| panic!("{name}: {error}"));
            let answer =
                cunshi_tests::Answer::of(answer).await.unwrap_or_else(|error| panic!("{name}: {error}")).is(200);
            assert_eq!(answer.body["ok"], false, "{name}: {:#}", answer.body);
            explains(name, &answer.body["errors"], lang);
        }
        // Nor can it be kept, and meanwhile the others get their points.
        let kept = json!({ "script": script, "cases": cases, "note": name });
        let refused = chief.api(Method::POST, &format!("rules/{AWARD}/versions"), Some(kept)).await.is(422);
        explains(name, &refused.body["errors"], "zh");
    }
    adopted(&lin, &jian, "路灯不亮").await;
    district.works().await;
    assert_eq!(lin.balances().await["redeemable"], "2");

    // What is too large is turned away; a negative cap is named by its row; Chinese names are names.
    let huge = json!({ "script": format!("//{}", "长".repeat(350_000)) });
    let status = chief.checks_rule(AWARD, huge).await.status.as_u16();
    assert!([200, 413, 422].contains(&status), "{status}");
    let mut table = before["table"].clone();
    table[0]["cap"] = json!(-1);
    let checked = chief.checks_rule(AWARD, json!({ "table": table })).await.is(200).body;
    assert_eq!((&checked["ok"], &checked["errors"][0]["row"]), (&json!(false), &json!(1)), "{checked:#}");
    let chinese = "fn award(deed) { let 分 = 2; 给(deed.item, 分) }\nfn 给(项, 分) { #{ item: 项, points: 分, kind: \"base\", holder: \"person\", review: \"none\", publicity_days: 0 } }";
    let checked = chief.checks_rule(AWARD, json!({ "script": chinese, "cases": cases })).await.is(200).body;
    assert_eq!(checked["ok"], true, "{checked:#}");

    let after = chief.rule_of(AWARD).await;
    assert_eq!((&after["digest"], &after["versions"]), (&before["digest"], &before["versions"]), "nothing was kept");
    assert_eq!(tianfu.decisions_of(AWARD).await.len(), 1, "nothing was posted but what was earned");
    district.is_quiet().await;
}
