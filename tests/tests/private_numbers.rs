//! Numbers of persons: found before anything is saved, shown to the writer, masked unless a cadre keeps them with a
//! reason that is recorded; and never to be read by a visitor, on any page or in any answer.

use std::collections::BTreeSet;

use cunshi_contract::privacy::find;
use cunshi_model::Role;
use cunshi_tests::{Actor, Answer, District, Page};
use scraper::{Html, Selector};
use serde_json::{Value, json};

/// Plainly invented: a mobile, an identity number with its check digit, a card.
const MOBILE: &str = "19900001234";
const IDENTITY: &str = "51030319500101123X";

fn report(detail: &str) -> Value {
    json!({ "title": "路灯不亮", "category": "roads", "detail": detail })
}

async fn counts(actor: &Actor) -> usize {
    let cases = actor.asks("issues", "cases", "").await.result();
    cases["cases"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn a_villager_is_asked_and_has_her_telephone_masked_without_javascript() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let lin = tianfu.villager("林秀英").await;
    let detail = format!("三组路口，晚上黑得很，打我电话 {MOBILE} 来看。");

    let form = lin.opens("issues/new").await.is(200);
    let photo = vec![cunshi_tests::photo([90, 120, 60])];
    let asked = lin.sends_photos(&form, "report", report(&detail), "photos", photo).await.is(422);
    assert_eq!(counts(&lin).await, 0, "nothing is saved");
    let asked = asked.says("还没有保存").says("手机号").says(MOBILE).says("199******34").says("遮住后提交");
    let asked = asked.never_says("保留原文");
    let kept = asked.form("report");
    assert_eq!((&kept["detail"], &kept["privacy"]), (&json!(detail), &json!("mask")), "the first choice is to mask");
    assert!(kept.contains_key("photos"), "the photo need not be taken again");

    let done = lin.sends(&asked, "report", json!({})).await.is(200).says("2026-0001");
    assert!(!done.html.contains(MOBILE), "{}", done.text());
    let id = done.html.split("/issues/case/").nth(1).and_then(|rest| rest.get(..36)).unwrap_or_default().to_owned();
    let case = lin.opens(&format!("issues/case/{id}")).await.is(200).says("199******34").never_says(MOBILE);
    assert!(case.html.contains("/files/"), "with its photo");

    // In English too; and whoever mends the words is asked no more.
    lin.reads_english().await;
    let form = lin.opens("issues/new").await.is(200);
    let asked = lin.sends(&form, "report", report(&format!("身份证 {IDENTITY}"))).await.is(422);
    let asked = asked.says("Not saved yet").says("an identity number").says("Mask them and send");
    lin.sends(&asked, "report", json!({ "detail": "三组路口" })).await.is(200).says("2026-0002");
    district.is_quiet().await;
}

#[tokio::test]
async fn programs_are_told_what_was_found_and_choose() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let fields = report(&format!("电话{MOBILE}，身份证{IDENTITY}"));
    let with = |choice: Value| {
        let (Value::Object(mut all), Value::Object(choice)) = (fields.clone(), choice) else { return Value::Null };
        all.extend(choice);
        Value::Object(all)
    };

    let refused = lin.does("issues", "report", fields.clone()).await.is(422);
    assert_eq!(refused.body["type"], "urn:cunshi:problem:private-data");
    assert_eq!(refused.error_of("detail"), "这里写了手机号、身份证号，公开后人人看得到");
    let found = json!([
        { "field": "detail", "kind": "mobile", "text": MOBILE, "masked": "199******34" },
        { "field": "detail", "kind": "identity", "text": IDENTITY, "masked": "5103************3X" },
    ]);
    assert_eq!(refused.body["found"], found);

    // A villager keeps nothing, and nobody keeps without a reason, or with a number for one.
    let keep = |reason: &str| with(json!({ "privacy": "keep", "privacy_reason": reason }));
    lin.does("issues", "report", keep("我要")).await.is(422).error_of("privacy");
    jian.does("issues", "report", with(json!({ "privacy": "keep" }))).await.is(422).error_of("privacy_reason");
    jian.does("issues", "report", keep(MOBILE)).await.is(422).error_of("privacy_reason");
    jian.does("issues", "report", with(json!({ "privacy": "yes" }))).await.is(422).error_of("privacy");
    assert_eq!(counts(&jian).await, 0, "nothing is saved");
    // A cadre of another village is a visitor here.
    let chief = district.zhaoshi().cadre("周主任").await.at(tianfu.code());
    chief.does("issues", "report", keep("外村")).await.is(404);

    // The same key with another choice is another request.
    let key = "k-1";
    let send = async |fields: Value| lin.does_once("issues", "report", key, &fields).await.map(|answer| answer.status);
    let statuses = [
        send(fields.clone()).await.map(|status| status.as_u16()),
        send(with(json!({ "privacy": "mask" }))).await.map(|status| status.as_u16()),
        send(with(json!({ "privacy": "mask" }))).await.map(|status| status.as_u16()),
        send(report("电话199******34，身份证5103************3X")).await.map(|status| status.as_u16()),
    ];
    assert_eq!(statuses.map(Result::unwrap_or_default), [422, 200, 200, 409]);
    assert_eq!(counts(&lin).await, 1);

    let kept = jian.does("issues", "report", keep("失主要求公开")).await.result();
    let case = kept["id"].as_str().unwrap_or_default().to_owned();
    jian.opens(&format!("issues/case/{case}")).await.is(200).says(MOBILE);
    // The module's own lock stands behind it.
    tianfu.visitor().opens(&format!("issues/case/{case}")).await.is(200).never_says(MOBILE).never_says(IDENTITY);
    let rows = tianfu.audit().await;
    let row = rows.iter().find(|row| row.action == "host/private-kept");
    let row = row.unwrap_or_else(|| panic!("not recorded: {rows:?}"));
    assert_eq!(row.actor, jian.person);
    assert_eq!(row.subject.as_deref(), Some("issues/report: detail: mobile, identity (失主要求公开)"));
    assert!(rows.iter().all(|row| !format!("{row:?}").contains(MOBILE)), "no number in the audit");
    district.is_quiet().await;
}

#[tokio::test]
async fn an_admin_is_asked_about_settings_too() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let admin = tianfu.admin("曾利华").await;
    let path = "manage/modules/issues/settings";
    let release = district.runtime.release("issues").unwrap_or_else(|| panic!("no issues"));
    let text = release.manifest.settings.iter().find(|field| cunshi_runtime::privacy::is_searched(field));
    let Some(field) = text.map(|field| field.name.clone()) else { panic!("issues has no text among its settings") };
    let page = admin.opens(path).await.is(200);
    let mut form = filled(&page, "/settings");
    let words = format!("有事打 {MOBILE}");
    form.retain(|(name, _)| *name != field);
    form.push((field.clone(), words));
    let address = format!("/v/{}/{path}", tianfu.code());
    let send = async |form: &[(String, String)]| {
        let answer = admin.browses(reqwest::Method::POST, &address).form(form).send().await;
        Page::of(answer.unwrap_or_else(|error| panic!("{error}"))).await
    };
    send(&form).await.is(422).says("还没有保存").says("199******34");
    form.push(("privacy".to_owned(), "keep".to_owned()));
    send(&form).await.is(422).says("请写明为什么要保留");
    form.push(("privacy_reason".to_owned(), "村办公室对外的电话".to_owned()));
    send(&form).await.is(200).says("设置已经保存");
    assert!(tianfu.audit().await.iter().any(|row| row.action == "host/private-kept"));
}

/// What a form would send, untouched.
fn filled(page: &Page, ends: &str) -> Vec<(String, String)> {
    let html = Html::parse_document(&page.html);
    let selector = |css: &str| Selector::parse(css).unwrap_or_else(|error| panic!("{error}"));
    let inputs = selector("input[name], textarea[name], select[name]");
    let form = html.select(&selector("form")).find(|form| form.attr("action").is_some_and(|to| to.ends_with(ends)));
    let form = form.unwrap_or_else(|| panic!("no such form: {}", page.text()));
    let value = |input: scraper::ElementRef<'_>| {
        let name = input.attr("name")?.to_owned();
        let chosen = !matches!(input.attr("type"), Some("radio" | "checkbox")) || input.attr("checked").is_some();
        let value = match input.value().name() {
            "textarea" => input.text().collect(),
            "select" => input.select(&selector("option[selected]")).next()?.attr("value")?.to_owned(),
            _ => input.attr("value").unwrap_or_default().to_owned(),
        };
        chosen.then_some((name, value))
    };
    form.select(&inputs).filter_map(value).collect()
}

#[tokio::test]
async fn a_visitor_who_reads_everything_reads_no_number_of_anybody() {
    let district = District::with_its_rules("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let deng = tianfu.person("邓监督", &[Role::Supervisor]).await;

    // Matters, answers, claims and activities, some with numbers that a cadre kept.
    let case = cunshi_tests::adopted(&lin, &jian, "路灯不亮").await;
    let mut kept = report(&format!("电话{MOBILE}，身份证{IDENTITY}"));
    kept["privacy"] = json!("keep");
    kept["privacy_reason"] = json!("要回电话");
    jian.does("issues", "report", kept).await.result();
    let mut words = json!({ "case": case, "text": format!("师傅{MOBILE}今天来") });
    words["privacy"] = json!("mask");
    jian.does("issues", "progress", words).await.result();
    cunshi_tests::volunteered(&district, &[(&lin, &jian)], "2026-09-05", "4").await;
    deng.does("issues", "report", report("桥栏杆松了")).await.result();
    district.works().await;

    let visitor = tianfu.visitor();
    let mut read = 0;
    let mut waiting = vec!["/".to_owned(), format!("/v/{}", tianfu.code())];
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    while let Some(path) = waiting.pop() {
        let page = visitor.gets(&path).await;
        if page.status != 200 {
            continue;
        }
        read += 1;
        let (found, links) = looked_through(&page);
        assert!(found.is_empty(), "{path}: {found:?}");
        let here = |link: &String| link.starts_with(&format!("/v/{}", tianfu.code())) && !link.contains("sign-in");
        for link in links.into_iter().filter(here) {
            if known.len() < 300 && known.insert(link.clone()) {
                waiting.push(link);
            }
        }
    }
    assert!(read >= 8, "only {read} pages: {known:?}");

    // The same in JSON: every page and query that needs no parameter, and the cases one by one.
    let described = visitor.api_at(reqwest::Method::GET, "/api/v1/openapi.json", None).await.is(200).body;
    let paths = described["paths"].as_object().cloned().unwrap_or_default();
    let open = paths.iter().filter(|(path, operations)| {
        operations.get("get").is_some() && path.replace("{village}", "").find('{').is_none()
    });
    let mut asked = 0;
    for (path, _) in open {
        let answer = visitor.api_at(reqwest::Method::GET, &path.replace("{village}", tianfu.code()), None).await;
        asked += usize::from(answer.status == 200);
        is_clean(path, &answer);
    }
    assert!(asked >= 8, "only {asked} answers");
    let cases = visitor.asks("issues", "cases", "").await;
    is_clean("cases", &cases);
    for case in cases.result()["cases"].as_array().cloned().unwrap_or_default() {
        let route = format!("case/{}", case["id"].as_str().unwrap_or_default());
        is_clean(&route, &visitor.tree("issues", &route).await.is(200));
    }
}

/// What the detector finds in a page, telephones to tap included, and where the page leads.
fn looked_through(page: &Page) -> (Vec<String>, Vec<String>) {
    let html = Html::parse_document(&page.html);
    let links = Selector::parse("a[href]").unwrap_or_else(|error| panic!("{error}"));
    let links: Vec<String> = html.select(&links).filter_map(|link| link.attr("href")).map(str::to_owned).collect();
    let mut text = page.text();
    for call in links.iter().filter(|link| link.starts_with("tel:")) {
        text.push('\n');
        text.push_str(call);
    }
    let found = find(&text).into_iter().map(|it| text[it.start..it.end].to_owned()).collect();
    (found, links)
}

/// No text of an answer holds a number; ids are no texts.
fn is_clean(what: &str, answer: &Answer) {
    fn texts<'a>(value: &'a Value, all: &mut Vec<&'a str>) {
        match value {
            Value::String(text) => all.push(text),
            Value::Array(values) => values.iter().for_each(|value| texts(value, all)),
            Value::Object(values) => values.values().for_each(|value| texts(value, all)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    texts(&answer.body, &mut all);
    let is_id = |text: &str| text.len() == 36 && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    for text in all.into_iter().filter(|text| !is_id(text)) {
        assert!(find(text).is_empty(), "{what}: {text}");
    }
}
