//! Another village's things do not exist: whoever reaches for them, by whatever route.
//!
//! The walk goes over every route that the router has. A new route fails here until `isolation/misuses.rs` says
//! how somebody of another village would misuse it.

#![expect(clippy::expect_used, reason = "helpers of tests stop the test with a sentence")]

#[path = "isolation/misuses.rs"]
mod misuses;

use std::collections::BTreeSet;

use cunshi_contract::rule::RuleText;
use cunshi_contract::{Message, Reach, Text};
use cunshi_model::messages::NewMessage;
use cunshi_model::port::Spaces;
use cunshi_model::rules::{self, NewDecision, Origin, Rule};
use cunshi_model::{Clock, PersonId};
use cunshi_tests::{Actor, Answer, District, Page};
use misuses::Expected::{Nothing, Own, Public};
use misuses::{Body, Theirs, Try};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Map, Value, json};

const PUBLIC_TITLE: &str = "房子旁边的黄桷树存在安全隐患";
const PRIVATE_TITLE: &str = "和隔壁为宅基地边界起了纠纷";
const PRIVATE_DETAIL: &str = "界石被人挪动过两次";

/// 天府社区 with a public case and a private one, which has a photo.
async fn theirs(district: &District) -> Theirs {
    let tianfu = district.tianfu();
    let lin = tianfu.villager("林秀英").await;
    let jian = tianfu.cadre("简书记").await;
    let fields = json!({ "title": PUBLIC_TITLE, "category": "safety" });
    let case = text(&lin.does("issues", "report", fields).await.result()["id"]);
    let fields = json!({ "title": PRIVATE_TITLE, "detail": PRIVATE_DETAIL, "category": "disputes", "private": "true" });
    let form = lin.opens("issues/new").await.is(200);
    let said =
        lin.sends_photos(&form, "report", fields, "photos", vec![cunshi_tests::photo([9, 90, 200])]).await.is(200);
    let private = after(&said.path, "/issues/case/");
    let page = jian.opens(&format!("issues/case/{private}")).await.is(200).says(PRIVATE_TITLE);
    let file = after(&page.html, "/files/");
    let found = jian.asks("issues", "lookup", &format!("id={private}")).await.result();
    Theirs {
        village: tianfu.code().to_owned(),
        case,
        number: text(&found["number"]),
        private,
        file,
        decision: decided(district, lin.person.expect("a person")).await,
        message: told(district, lin.person.expect("a person")).await,
        name: "林秀英",
        person: lin.person.expect("a person").to_string(),
        phone: lin.phone,
    }
}

/// A decision about somebody, as a call would have recorded it.
async fn decided(district: &District, person: PersonId) -> String {
    let text = RuleText { script: "fn deadline(case) { 3 }".to_owned(), ..RuleText::default() };
    let hook = "issues.deadline";
    let rule = Rule { origin: Origin::Plugin, version: 0, digest: rules::digest(hook, &text), text: text.into() };
    let (nothing, now) = (Map::new(), district.clock.now());
    let decision = NewDecision {
        hook,
        plugin: "issues",
        rule: &rule,
        guards: "",
        engine: "",
        input: &nothing,
        answers: &[],
        output: &nothing,
        because: &[PRIVATE_DETAIL.to_owned()],
        fell_back: None,
        person: Some(person),
        household: None,
        at: now,
        now,
    };
    let mut space = district.store.write(district.tianfu().space.id).await.expect("a transaction");
    let id = space.record_decision(decision).await.expect("a decision");
    space.commit().await.expect("committed");
    id.to_string()
}

/// A message to somebody, as a call would have sent it.
async fn told(district: &District, person: PersonId) -> String {
    let to = Reach::Person(person.to_string());
    let message = Message::new(to, "told:1", Text::new(PRIVATE_TITLE, PRIVATE_TITLE));
    let (tianfu, now) = (district.tianfu().space.id, district.clock.now());
    let mut space = district.store.write(tianfu).await.expect("a transaction");
    space.notify(NewMessage { plugin: "issues", message: &message, now }).await.expect("a message");
    space.commit().await.expect("committed");
    let inbox = district.store.space(tianfu).await.expect("a space").messages(person, false, None, 1).await;
    inbox.expect("an inbox")[0].id.to_string()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// The UUID that follows a piece of an address.
fn after(html: &str, piece: &str) -> String {
    let at = html.find(piece).unwrap_or_else(|| panic!("no {piece} in {html}")) + piece.len();
    html[at..at + 36].to_owned()
}

#[tokio::test]
async fn by_no_route_does_anybody_meet_what_another_village_has() {
    let district = District::at("2026-09-02 08:14").await;
    let theirs = theirs(&district).await;
    let zhaoshi = district.zhaoshi();
    let people = [
        ("a villager", zhaoshi.villager("李四").await),
        ("a cadre", zhaoshi.cadre("周主任").await),
        ("the admin", zhaoshi.admin("管理员").await),
        ("an officer of the other town", district.space("510303106000").officer("吴镇长").await),
        ("a visitor", zhaoshi.visitor()),
    ];
    let manifest = &district.runtime.release("issues").expect("the plugin").manifest;
    let misuses = misuses::table(&theirs, zhaoshi.code(), &manifest.actions);

    let routes: BTreeSet<_> = cunshi_web::routes().iter().map(|route| (route.method, route.path)).collect();
    let covered: BTreeSet<_> = misuses.iter().map(|(method, pattern, _)| (*method, *pattern)).collect();
    let forgotten: Vec<_> = routes.difference(&covered).collect();
    assert!(forgotten.is_empty(), "say in isolation/misuses.rs how another village would misuse {forgotten:?}");
    let gone: Vec<_> = covered.difference(&routes).collect();
    assert!(gone.is_empty(), "no routes any more: {gone:?}");

    let mut wrong = Vec::new();
    for (who, actor) in &people {
        for (method, pattern, tries) in &misuses {
            for attempt in tries {
                if let Err(what) = tried(actor, method, attempt, &theirs).await {
                    wrong.push(format!("{who}: {method} {} ({pattern}): {what}", attempt.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} leaks:\n{}", wrong.len(), wrong.join("\n"));
}

/// Tries one misuse and says what was wrong with the answer.
async fn tried(actor: &Actor, method: &str, attempt: &Try, theirs: &Theirs) -> Result<(), String> {
    let verb: Method = method.parse().expect("a method");
    let api = attempt.path.starts_with("/api/");
    let mut request = if api { actor.requests(verb, &attempt.path) } else { actor.browses(verb, &attempt.path) };
    request = match &attempt.body {
        Body::None => request,
        Body::Fields(fields) if api => request.json(fields),
        Body::Fields(fields) => request.form(fields),
        Body::Photo => {
            request.multipart(Form::new().part("file", Part::bytes(cunshi_tests::photo([7, 7, 7])).file_name("a.jpg")))
        }
    };
    let answer = request.send().await.expect("the server answers");
    let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    let page = Page::of(answer).await;
    for secret in [PRIVATE_TITLE, PRIVATE_DETAIL, theirs.name, &theirs.phone] {
        if page.html.contains(secret) {
            return Err(format!("answers {} and says `{secret}`", page.status));
        }
    }
    if kind.starts_with("image/") && attempt.path.contains("/files") {
        return Err("gives the picture".to_owned());
    }
    let status = page.status.as_u16();
    let asked_to_sign_in = status == 401 || page.path.contains("/sign-in");
    match attempt.expected {
        Nothing if status == 404 => Ok(()),
        Nothing if actor.person.is_none() && asked_to_sign_in => Ok(()),
        Public if matches!(status, 200 | 304 | 404) || asked_to_sign_in => Ok(()),
        Own if page.html.contains(PUBLIC_TITLE) => Err(format!("answers {status} and says `{PUBLIC_TITLE}`")),
        Own if status < 500 => Ok(()),
        expected => Err(format!("answers {status} where {expected:?} is expected")),
    }
}

#[tokio::test]
async fn a_cadre_of_one_village_is_nobody_in_the_next() {
    let district = District::at("2026-09-02 08:14").await;
    let theirs = theirs(&district).await;
    let zhou = district.zhaoshi().cadre("周主任").await.at(&theirs.village);
    let accept = json!({ "case": theirs.case, "complexity": "simple" });
    zhou.does("issues", "accept", accept).await.is(404);
    zhou.does("issues", "report", json!({ "title": "我也来说", "category": "other" })).await.is(404);
    let page = zhou.opens(&format!("issues/case/{}", theirs.case)).await.is(200).says(PUBLIC_TITLE);
    for action in ["accept", "answer", "me-too", "follow", "close"] {
        assert!(!page.offers(action), "the page offers {action}");
    }
    let case = zhou.asks("issues", "lookup", &format!("id={}", theirs.case)).await.result();
    assert_eq!(case["state"], "reported", "nothing was done: {case:#}");
}

#[tokio::test]
async fn what_one_has_done_under_a_key_is_no_answer_to_another() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let lin = tianfu.villager("林秀英").await;
    let neighbour = tianfu.villager("邻居").await;
    let elsewhere = district.zhaoshi().villager("李四").await;
    let fields = json!({ "title": "路灯不亮", "category": "roads" });

    let said = |actor: Actor, fields: Value| async move {
        text(&actor.does_once("issues", "report", "the-same-key", &fields).await.expect("an answer").result()["id"])
    };
    let first = said(lin.clone(), fields.clone()).await;
    let second = said(neighbour, fields.clone()).await;
    let third = said(elsewhere, fields.clone()).await;
    let again = said(lin, fields).await;
    assert_eq!(BTreeSet::from([&first, &second, &third]).len(), 3, "three people said three things");
    assert_eq!(first, again, "one of them said hers twice");
}

#[tokio::test]
async fn a_session_is_asked_for_its_roles_at_every_request() {
    let district = District::at("2026-09-02 08:14").await;
    let theirs = theirs(&district).await;
    let tianfu = district.tianfu();
    let jian = tianfu.cadre("李副主任").await;
    let address = format!("issues/case/{}", theirs.private);
    jian.opens(&address).await.is(200).says(PRIVATE_TITLE);

    let handle = district.store.space(tianfu.space.id).await.expect("a space");
    let person = jian.person.expect("a person");
    handle
        .revoke(person, cunshi_model::Role::Cadre, None, cunshi_tests::instant("2026-09-02 09:00"))
        .await
        .expect("revoked");
    jian.opens(&address).await.is(404);
    let answer: Answer = jian.does("issues", "accept", json!({ "case": theirs.case, "complexity": "simple" })).await;
    answer.is(404);
}
