//! What is wrong is said, in the reader's language, with the way on; what is hostile comes to nothing.

#![expect(clippy::expect_used, reason = "helpers of tests stop the test with a sentence")]

use cunshi_tests::{Actor, Answer, District, PASSWORD, Page};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

const SCRIPT: &str = "<script>alert('村')</script><img src=x onerror=alert(1)>\"'";

async fn problem(request: reqwest::RequestBuilder) -> Answer {
    let answer = Answer::of(request.send().await.expect("the server answers")).await.expect("a whole answer");
    assert_eq!(answer.media_type, "application/problem+json", "{}: {:#}", answer.status, answer.body);
    assert_eq!(answer.body["status"], answer.status.as_u16());
    for name in ["type", "title", "detail"] {
        assert!(answer.body[name].as_str().is_some_and(|words| !words.is_empty()), "no {name}: {:#}", answer.body);
    }
    answer
}

fn report_at(village: &str) -> String {
    format!("/api/v1/villages/{village}/issues/a/report")
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[tokio::test]
async fn every_wrong_field_is_named_in_the_readers_language() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let lin = tianfu.villager("林秀英").await;
    let wrong =
        json!({ "title": "", "category": "weather", "place": "长".repeat(101), "private": "perhaps", "colour": "red" });
    let names = ["title", "category", "place", "private", "colour"];

    for (lang, chinese) in [("zh-CN", true), ("en", false)] {
        let request =
            lin.requests(Method::POST, &report_at(tianfu.code())).header("Accept-Language", lang).json(&wrong);
        let answer = problem(request).await.is(422);
        for name in names {
            let message = answer.error_of(name);
            assert_eq!(is_chinese(&message), chinese, "{lang}: {name}: {message}");
        }
        assert_eq!(answer.body["errors"].as_array().map(Vec::len), Some(names.len()), "{:#}", answer.body);
    }

    // The page keeps what was written and says the same beside the field.
    let fields = json!({ "title": "", "category": "roads", "place": "二组老水井旁边" });
    let page = lin.fills("issues/new", "report", fields).await.is(422);
    assert_eq!(page.form("report")["place"], "二组老水井旁边");
    assert!(page.html.contains("aria-invalid=\"true\""), "the field is not marked:\n{}", page.html);

    let page = lin.opens("issues?show=everything").await;
    assert!(matches!(page.status.as_u16(), 200 | 404 | 422), "{}", page.status);
}

#[tokio::test]
async fn what_is_not_there_is_a_page_with_the_way_back() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let visitor = tianfu.visitor();
    let home = format!("/v/{}", tianfu.code());
    for path in [
        "/v/510303999999",
        "/v/510303999999/issues",
        "/v/tianfu",
        "/nothing/of/the/kind",
        "/v/510303108001/points",
        "/v/510303108001/issues/nowhere",
        "/v/510303108001/issues/case/not-an-id",
        "/v/510303108001/issues/case/01900000-0000-7000-8000-000000000000",
        "/v/510303108001/files/01900000-0000-7000-8000-000000000000",
        "/v/510303108001/files/not-an-id",
        "/assets/nothing.css",
    ] {
        let page = visitor.gets(path).await.is(404);
        let back = if path.starts_with(&home) { format!("href=\"{home}\"") } else { "href=\"/\"".to_owned() };
        assert!(
            path.starts_with("/assets/") || page.html.contains(&back),
            "{path} does not lead back to {back}:\n{}",
            page.html
        );
    }
    for path in [
        "/api/v1/villages/510303999999",
        "/api/v1/villages/510303999999/issues/q/cases",
        "/api/v1/villages/510303108001/points/q/balance",
        "/api/v1/villages/510303108001/issues/q/nothing",
        "/api/v1/villages/510303108001/issues/p/nowhere",
        "/api/v1/nothing",
        "/api/v2/villages",
    ] {
        problem(visitor.requests(Method::GET, path)).await.is(404);
    }
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_it_is_read() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let lin = tianfu.villager("林秀英").await;

    let large = json!({ "title": "x", "category": "other", "detail": "长".repeat(2 * 1024 * 1024) });
    let answer = problem(lin.requests(Method::POST, &report_at(tianfu.code())).json(&large)).await.is(413);
    let limit = answer.body["limit"].as_u64().expect("the limit in bytes");
    let words = answer.body["detail"].as_str().unwrap_or_default();
    assert!(words.contains(&in_words(limit)), "the sentence does not name {limit}: {words}");

    // A form that is only long is refused field by field.
    let fields = json!({ "title": "长".repeat(10_000), "category": "other" });
    let answer = lin.does("issues", "report", fields.clone()).await.is(422);
    assert!(answer.error_of("title").contains("80"), "the limit is named: {:#}", answer.body);
    lin.fills("issues/new", "report", fields).await.is(422);
    lin.fills("issues/new", "report", json!({ "title": "长".repeat(1024 * 1024), "category": "other" })).await.is(413);

    // A photo of twenty megabytes, and a picture that would unfold to ten gigabytes.
    let sent = async |bytes: Vec<u8>| {
        let part = Part::bytes(bytes).file_name("photo.png").mime_str("image/png").expect("a media type");
        let form = Form::new().text("title", "照片").text("category", "other").part("photos", part);
        let address = format!("/v/{}/issues/a/report", tianfu.code());
        Page::of(lin.browses(Method::POST, &address).multipart(form).send().await.expect("the server answers")).await
    };
    let page = sent(noise(20 * 1024 * 1024)).await;
    assert!(matches!(page.status.as_u16(), 413 | 422), "{}", page.status);
    let page = sent(bomb(60_000, 60_000)).await.is(422);
    assert!(
        page.text().contains("像素") || page.text().contains("照片太大"),
        "no sentence on the picture:\n{}",
        page.text()
    );
    let page = sent(b"GIF89a, or so it says".to_vec()).await.is(422);
    assert!(page.text().contains("照片"), "no sentence on the picture:\n{}", page.text());
    let cases = lin.asks("issues", "cases", "").await.result();
    assert_eq!(cases["cases"], json!([]), "nothing of it was kept");
}

fn in_words(bytes: u64) -> String {
    const MIB: u64 = 1024 * 1024;
    if bytes >= MIB { format!("{} MB", bytes / MIB) } else { format!("{} KB", bytes / 1024) }
}

/// Bytes that look like a JPEG from afar and cannot be made smaller.
fn noise(length: usize) -> Vec<u8> {
    let mut chance = cunshi_tests::Chance::from(7);
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE0];
    bytes.extend(std::iter::repeat_with(|| chance.bits().to_le_bytes()).take(length / 8).flatten());
    bytes
}

/// A PNG of a few dozen bytes whose header claims this many pixels.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    let nothing_deflated = [0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01];
    for (kind, data) in [(b"IHDR", &header[..]), (b"IDAT", &nothing_deflated[..]), (b"IEND", &[][..])] {
        let length = u32::try_from(data.len()).expect("a small chunk");
        let body = [&kind[..], data].concat();
        png.extend([&length.to_be_bytes()[..], &body, &crc(&body).to_be_bytes()].concat());
    }
    png
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 })
    })
}

#[tokio::test]
async fn a_request_that_makes_no_sense_is_told_so() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let lin = tianfu.villager("林秀英").await;
    let report = report_at(tianfu.code());

    let json =
        |body: &'static str| lin.requests(Method::POST, &report).header("Content-Type", "application/json").body(body);
    for body in ["{\"title\": ", "\u{0}", "[[[[[[", "{\"title\": \"a\", }"] {
        problem(json(body)).await.is(400);
    }
    for body in ["", "[]", "\"title\"", "null", "7"] {
        let answer = problem(json(body)).await;
        assert!(matches!(answer.status.as_u16(), 400 | 422), "{body}: {}", answer.status);
    }
    let deep = format!("{{\"title\": {}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let answer =
        problem(lin.requests(Method::POST, &report).header("Content-Type", "application/json").body(deep)).await;
    assert!(matches!(answer.status.as_u16(), 400 | 422), "{}", answer.status);
    problem(lin.requests(Method::POST, &report).header("Content-Type", "text/plain").body("{}")).await.is(415);

    problem(lin.requests(Method::GET, &report)).await.is(405);
    problem(lin.requests(Method::DELETE, &report)).await.is(405);
    problem(lin.requests(Method::POST, "/api/v1/villages")).await.is(405);
    let page =
        Page::of(lin.browses(Method::POST, &format!("/v/{}", tianfu.code())).send().await.expect("an answer")).await;
    assert_eq!(page.status, 405, "{}", page.text());

    problem(tianfu.visitor().requests(Method::POST, &report).bearer_auth("not-a-token").json(&json!({}))).await.is(401);
    problem(tianfu.visitor().requests(Method::POST, &report).json(&json!({}))).await.is(401);
}

#[tokio::test]
async fn addresses_that_nobody_types_lead_nowhere() {
    let district = District::at("2026-09-02 08:14").await;
    let base = &district.base;
    for target in [
        "/v/510303108001/issues?q=%ff%fe",
        "/v/510303108001/issues?q=%00",
        "/v/510303108001/issues?cursor=%00%ff",
        "/v/510303108001/issues/case/%00",
        "/v/510303108001/issues?lang=%ff",
        "/v/%ff%fe",
        "/?q=%ff",
        "/v/510303108001/issues?q=a&q=b&q=c",
        "/v/510303108001/issues?%",
        "/v/510303108001/issues?q",
        "/api/v1/villages/510303108001/issues/q/cases?limit=99999999999999999999",
        "/api/v1/villages/510303108001/issues/q/cases?q=%ff",
    ] {
        let (status, answer) = cunshi_tests::raw_get(base, target.as_bytes()).await;
        assert!(matches!(status, 200 | 303 | 400 | 404 | 422), "{target}: {answer}");
    }
    let (status, _) = cunshi_tests::raw_get(base, b"/v/510303108001/issues?q=\xff\xfe").await;
    assert!(matches!(status, 200 | 400 | 404 | 422), "raw bytes: {status}");

    std::fs::write(district.folder().join("secret.txt"), "geheim").expect("a file to aim at");
    for target in [
        "/assets/../secret.txt",
        "/assets/../../district.db",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/assets/..%2f..%2fdistrict.db",
        "/assets//etc/passwd",
        "/v/510303108001/files/../../secret.txt",
        "/v/510303108001/files/..%2f..%2fsecret.txt",
        "/v/510303108001/files/%2e%2e%2f%2e%2e%2fdistrict.db",
        "/v/510303108001/files/%00",
        "/v/../district.db",
    ] {
        let (status, answer) = cunshi_tests::raw_get(base, target.as_bytes()).await;
        assert!(matches!(status, 400 | 404), "{target}: {answer}");
        assert!(
            !answer.contains("geheim") && !answer.contains("SQLite format") && !answer.contains("root:"),
            "{target}: {answer}"
        );
    }
}

#[tokio::test]
async fn nobody_learns_who_has_an_account_and_guessing_takes_ever_longer() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let lin = tianfu.villager("林秀英").await;
    let visitor = tianfu.visitor();
    let sign_in = |phone: &str, password: &str| {
        visitor.requests(Method::POST, "/api/v1/session").json(&json!({ "phone": phone, "password": password }))
    };

    let known = problem(sign_in(&lin.phone, "not her password")).await.is(401);
    let unknown = problem(sign_in("13700000000", "not her password")).await.is(401);
    assert_eq!(known.body, unknown.body);
    let page = async |phone: &str| {
        let form = [("phone", phone), ("password", "not her password")];
        let answer = visitor.browses(Method::POST, &format!("/v/{}/sign-in", tianfu.code())).form(&form).send().await;
        let page = Page::of(answer.expect("the server answers")).await;
        assert_eq!(page.status, 401, "{}", page.text());
        page.text().replace(phone, "")
    };
    assert_eq!(page(&lin.phone).await, page("13700000000").await);

    let mut answers = Vec::new();
    for _ in 0..6 {
        answers.push(problem(sign_in(&lin.phone, "not her password either")).await.status.as_u16());
    }
    assert_eq!(answers.last(), Some(&429), "{answers:?}");
    let answer = sign_in(&lin.phone, PASSWORD).send().await.expect("an answer");
    assert_eq!(answer.status(), 429, "even the right password waits now");
    assert!(answer.headers().contains_key("retry-after"), "{:?}", answer.headers());
    district.until("2026-09-02 08:45").await;
    problem_free(sign_in(&lin.phone, PASSWORD)).await;

    // A neighbour on the same carrier's address was never kept out.
    let neighbour = tianfu.villager("邻居").await;
    problem_free(sign_in(&neighbour.phone, PASSWORD)).await;
}

async fn problem_free(request: reqwest::RequestBuilder) {
    let answer = Answer::of(request.send().await.expect("the server answers")).await.expect("a whole answer");
    assert!(answer.status.is_success(), "{}: {:#}", answer.status, answer.body);
}

#[tokio::test]
async fn another_site_cannot_send_our_forms() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let lin = tianfu.villager("林秀英").await;
    let form = [("title", "别的网站让我说的"), ("category", "other")];
    let address = format!("/v/{}/issues/a/report", tianfu.code());
    for (header, value) in [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example"), ("Origin", "null")] {
        let request = lin.browses(Method::POST, &address).header(header, value).form(&form);
        let page = Page::of(request.send().await.expect("the server answers")).await;
        assert_eq!(page.status, 403, "{header}: {value}: {}", page.text());
    }
    // Not even through the JSON API, where the cookie counts too.
    for kind in ["application/json", "text/plain"] {
        let request = lin.browses(Method::POST, &report_at(tianfu.code())).header("Sec-Fetch-Site", "cross-site");
        let request = request.header("Content-Type", kind).body(r#"{"title": "x", "category": "other"}"#);
        let answer = request.send().await.expect("the server answers");
        assert!(matches!(answer.status().as_u16(), 403 | 415), "{kind}: {}", answer.status());
    }
    let cases = lin.asks("issues", "cases", "").await.result();
    assert_eq!(cases["cases"], json!([]));
}

#[tokio::test]
async fn what_people_write_stays_text() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let lin = tianfu.villager("<b onclick=x>林</b>").await;
    let jian = tianfu.cadre("<i>简</i>书记").await;
    let fields = json!({ "title": SCRIPT, "category": "roads", "lamp": SCRIPT, "place": SCRIPT, "detail": SCRIPT });
    let case = lin.does("issues", "report", fields).await.result()["id"].as_str().expect("an id").to_owned();
    lin.does("issues", "supplement", json!({ "case": case, "text": SCRIPT })).await.result();
    jian.does("issues", "accept", json!({ "case": case, "complexity": "simple", "text": SCRIPT })).await.result();
    jian.does("issues", "note", json!({ "case": case, "text": SCRIPT })).await.result();

    let address = format!("issues/case/{case}");
    let receipt = format!("issues/receipt/{case}");
    let paths =
        ["", "issues", &address, &receipt, "issues?q=script", "issues?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E", "me"];
    for path in paths {
        for reader in [&lin, &jian] {
            let page = reader.opens(path).await;
            if page.status == 404 && path.starts_with("issues/receipt") {
                continue;
            }
            let page = page.is(200);
            for hostile in ["<script>alert", "<img src=x", "<b onclick", "<i>简"] {
                assert!(!page.html.contains(hostile), "{path} carries `{hostile}`:\n{}", page.html);
            }
        }
    }
    tianfu.visitor().opens(&address).await.is(200).says("<script>alert('村')</script>");
    let q = "/?q=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    assert!(!tianfu.visitor().gets(q).await.is(200).html.contains("<script>alert"));
    let next = "/sign-in?next=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    assert!(!tianfu.visitor().opens(&next[1..]).await.is(200).html.contains("<script>alert"));

    // Characters that are no text at all are refused or left out, never kept.
    let answer = lin.does("issues", "report", json!({ "title": "路\u{0}灯", "category": "roads" })).await;
    if answer.status == 422 {
        assert!(!answer.error_of("title").is_empty());
    } else {
        let id = answer.result()["id"].as_str().expect("an id").to_owned();
        let page = lin.opens(&format!("issues/case/{id}")).await.is(200);
        assert!(!page.html.contains('\u{0}'), "{}", page.html);
    }
}

#[tokio::test]
async fn nobody_is_led_away_after_signing_in() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let lin = tianfu.villager("林秀英").await;
    for next in
        ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/v/../..//evil.example"]
    {
        let visitor = tianfu.visitor();
        let form = [("phone", lin.phone.as_str()), ("password", PASSWORD), ("next", next)];
        let request = visitor.browses(Method::POST, &format!("/v/{}/sign-in", tianfu.code())).form(&form);
        let answer = request.send().await.expect("the browser was led to where nobody answers");
        assert!(answer.url().as_str().starts_with(&district.base), "{next} leads to {}", answer.url());
    }
}

#[tokio::test]
async fn the_same_key_twice_is_one_case_and_another_body_is_a_conflict() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let lin = tianfu.villager("林秀英").await;
    let said = async |actor: &Actor, title: &str| {
        let fields = json!({ "title": title, "category": "roads" });
        actor.does_once("issues", "report", "one-key", &fields).await.expect("an answer")
    };
    let first = said(&lin, "路灯不亮").await.result();
    let second = said(&lin, "路灯不亮").await.result();
    assert_eq!(first, second);
    let other = said(&lin, "路灯太亮").await.is(409);
    assert_eq!(other.media_type, "application/problem+json");

    // A refused action does not use its key up.
    let wrong = lin.does_once("issues", "report", "two", &json!({ "title": "", "category": "roads" })).await;
    wrong.expect("an answer").is(422);
    let right = lin.does_once("issues", "report", "two", &json!({ "title": "井盖破了", "category": "roads" })).await;
    right.expect("an answer").result();

    // The same with a form: sent twice by an impatient thumb, it is one case.
    let page = lin.opens("issues/new").await.is(200);
    for _ in 0..2 {
        lin.sends(&page, "report", json!({ "title": "水管漏水", "category": "water" })).await.is(200);
    }
    let cases = lin.asks("issues", "cases", "").await.result();
    let titles: Vec<_> =
        cases["cases"].as_array().into_iter().flatten().map(|case: &Value| case["title"].clone()).collect();
    assert_eq!(titles.len(), 3, "{titles:?}");
}
