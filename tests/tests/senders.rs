//! Urgent messages go out of the platform too: to a gateway that is there, is late, refuses, hangs, or is told twice
//! because the host was killed; and to those only who want them.

#![expect(clippy::expect_used, reason = "helpers of tests stop the test with a sentence")]

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::{Router, routing};
use cunshi_model::Clock;
use cunshi_model::clock::{MINUTE, SECOND};
use cunshi_model::messages::Channel;
use cunshi_server::senders::{BACKOFF, Log, Outbox, Senders, Sent, Webhook};
use cunshi_tests::{Actor, District, Page, Served, Village, free_address, program};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::net::TcpListener;

const SECRET: &str = "约好的密钥-0123456789";

/// A gateway on loopback, which keeps what it is told and answers as it was asked to; 200 when nobody asked.
#[derive(Clone, Default)]
struct Gateway {
    told: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
    answers: Arc<Mutex<VecDeque<Say>>>,
}

#[derive(Clone, Copy)]
enum Say {
    Status(u16),
    /// Never.
    Nothing,
}

impl Gateway {
    async fn open(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = Router::new().route("/send", routing::post(take)).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    fn says(&self, answers: impl IntoIterator<Item = Say>) {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).extend(answers);
    }

    fn letters(&self) -> Vec<Value> {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.iter().map(|(_, body)| serde_json::from_slice(body).expect("JSON")).collect()
    }
}

async fn take(State(gateway): State<Gateway>, headers: HeaderMap, body: Bytes) -> StatusCode {
    gateway.told.lock().unwrap_or_else(PoisonError::into_inner).push((headers, body));
    let next = gateway.answers.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    match next {
        None => StatusCode::OK,
        Some(Say::Status(status)) => StatusCode::from_u16(status).expect("a status"),
        Some(Say::Nothing) => std::future::pending().await,
    }
}

/// An outbox with one way, by a gateway.
async fn by_sms(district: &District, gateway: &Gateway) -> Outbox {
    let clock: Arc<dyn Clock> = Arc::new(district.clock.clone());
    let webhook = Webhook::new(&format!("http://{}/send", gateway.open().await), SECRET, clock.clone());
    let webhook = webhook.expect("a webhook").patient_for(Duration::from_millis(300));
    let senders = Senders::from([(Channel::Sms, Arc::new(webhook) as _)]);
    Outbox::new(district.store.clone(), senders, clock, Some("https://cunshi.example".to_owned()))
}

/// 林秀英 says that something is wrong and 简书记 declines it, which is urgent news to her.
async fn declined(lin: &Actor, jian: &Actor, title: &str) {
    let fields = json!({ "title": title, "category": "roads" });
    let case = lin.does("issues", "report", fields).await.result()["id"].clone();
    jian.does("issues", "decline", json!({ "case": case, "text": "这段路归公路局管" })).await.is(200);
}

fn sent(sent: u32, later: u32, failed: u32) -> Sent {
    Sent { sent, later, failed }
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_else(|| panic!("no {name}"))
}

async fn failures(admin: &Actor) -> Page {
    admin.opens("manage/letters").await.is(200)
}

async fn retries(admin: &Actor, village: &Village<'_>) -> Page {
    let path = format!("/v/{}/manage/letters/retry", village.code());
    let answer = admin.browses(Method::POST, &path).form(&[("", "")]).send().await.expect("an answer");
    Page::of(answer).await
}

#[tokio::test]
async fn a_letter_is_signed_says_whom_and_what_and_goes_once() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let gateway = Gateway::default();
    let outbox = by_sms(&district, &gateway).await;
    declined(&lin, &jian, "三组路灯不亮").await;
    assert_eq!(outbox.round().await, sent(1, 0, 0));
    assert_eq!(outbox.round().await, sent(0, 0, 0));

    let (headers, body) = gateway.told.lock().unwrap_or_else(PoisonError::into_inner).remove(0);
    let letter: Value = serde_json::from_slice(&body).expect("JSON");
    assert_eq!((&letter["channel"], &letter["to"]), (&json!("sms"), &json!(lin.phone)));
    assert_eq!(letter["template"], "issues.declined");
    let params = &letter["params"];
    assert_eq!((&params["village"], &params["title"]), (&json!("天府社区"), &json!("社区没有受理：三组路灯不亮")));
    assert_eq!(params["body"], "这段路归公路局管");
    let url = params["url"].as_str().expect("a way back in");
    let inbox = format!("https://cunshi.example/v/{}/me/messages/", tianfu.code());
    let id = url.strip_prefix(&inbox).unwrap_or_else(|| panic!("{url}"));
    lin.opens(&format!("me/messages/{id}")).await.is(200).says("这段路归公路局管");

    assert_eq!(header(&headers, "idempotency-key"), letter["id"].as_str().expect("an id"));
    let timestamp = header(&headers, "x-cunshi-timestamp");
    assert_eq!(timestamp, (district.clock.now() / SECOND).to_string());
    let signature = |secret: &str| {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length");
        mac.update(format!("{timestamp}.").as_bytes());
        mac.update(&body);
        let hex = |text: String, byte: &u8| format!("{text}{byte:02x}");
        mac.finalize().into_bytes().iter().fold(String::new(), hex)
    };
    assert_eq!(header(&headers, "x-cunshi-signature"), format!("sha256={}", signature(SECRET)));
    assert_ne!(header(&headers, "x-cunshi-signature"), format!("sha256={}", signature("another secret")));
}

#[tokio::test]
async fn a_gateway_that_stumbles_gets_it_again_under_the_same_id() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let gateway = Gateway::default();
    let outbox = by_sms(&district, &gateway).await;
    gateway.says([Say::Status(500), Say::Nothing, Say::Status(429)]);
    declined(&lin, &jian, "三组路灯不亮").await;
    for wait in &BACKOFF[..3] {
        assert_eq!(outbox.round().await, sent(0, 1, 0));
        district.clock.advance(wait - SECOND);
        assert_eq!(outbox.round().await, sent(0, 0, 0), "not before its time");
        district.clock.advance(SECOND);
    }
    assert_eq!(outbox.round().await, sent(1, 0, 0));
    let letters = gateway.letters();
    assert_eq!(letters.len(), 4);
    assert!(letters.iter().all(|letter| letter == &letters[0]), "the very same letter: {letters:#?}");
}

#[tokio::test]
async fn what_is_refused_or_fails_for_long_is_shown_and_tried_again_by_hand() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    let admin = tianfu.admin("曾利华").await;
    let gateway = Gateway::default();
    let outbox = by_sms(&district, &gateway).await;
    failures(&admin).await.says("没有发不出去的短信、微信");
    gateway.says([Say::Status(400)]);
    declined(&lin, &jian, "三组路灯不亮").await;
    assert_eq!(outbox.round().await, sent(0, 0, 1));
    district.clock.advance(MINUTE);
    assert_eq!(outbox.round().await, sent(0, 0, 0), "refused is refused");
    failures(&admin).await.says("有 1 条没有发出去").says("林秀英").says("the gateway answered 400");

    gateway.says([Say::Status(503); BACKOFF.len() + 1]);
    declined(&lin, &jian, "四组路灯不亮").await;
    for wait in BACKOFF {
        assert_eq!(outbox.round().await, sent(0, 1, 0));
        district.clock.advance(wait);
    }
    assert_eq!(outbox.round().await, sent(0, 0, 1), "tried too often");
    failures(&admin).await.says("有 2 条没有发出去").says("the gateway answered 503");

    // Those who may not run the console do not learn of it, and cannot retry.
    for nobody in [&lin, &jian, &district.zhaoshi().admin("余晓容").await.at(tianfu.code())] {
        nobody.opens("manage/letters").await.is(404);
        retries(nobody, &tianfu).await.is(404);
    }
    assert_eq!(outbox.round().await, sent(0, 0, 0));
    retries(&admin, &tianfu).await.is(200).says("2 条已经重新排队").says("没有发不出去的短信、微信");
    assert_eq!(outbox.round().await, sent(2, 0, 0));
    let letters = gateway.letters();
    let ids: std::collections::BTreeSet<_> = letters.iter().map(|letter| letter["id"].to_string()).collect();
    assert_eq!((ids.len(), letters.len()), (2, 1 + BACKOFF.len() + 1 + 2), "two letters, the same ids");
}

#[tokio::test]
async fn who_wants_no_sms_gets_none_and_says_so_on_their_own_page() {
    let district = District::at("2026-09-02 08:14").await;
    let tianfu = district.tianfu();
    let (lin, jian) = (tianfu.villager("林秀英").await, tianfu.cadre("简书记").await);
    lin.opens("me").await.is(200).never_says("紧急的事还怎么通知我");
    declined(&lin, &jian, "没有短信的时候").await;

    let gateway = Gateway::default();
    let mut senders = Senders::from([(Channel::WechatTemplate, Arc::new(Log) as _)]);
    let clock: Arc<dyn Clock> = Arc::new(district.clock.clone());
    let webhook = Webhook::new(&format!("http://{}/send", gateway.open().await), SECRET, clock.clone());
    senders.insert(Channel::Sms, Arc::new(webhook.expect("a webhook")));
    let outbox = Outbox::new(district.store.clone(), senders, clock, None);
    assert_eq!(outbox.round().await, sent(0, 0, 0), "what was said before there was a way does not go out afterwards");
    lin.opens("me").await.is(200).says("紧急的事还怎么通知我").says("发短信").says("不用另外通知");

    let path = format!("/v/{}/me/letters", tianfu.code());
    let chooses = async |channel: &str, status: u16| {
        let answer = lin.browses(Method::POST, &path).form(&[("channel", channel)]).send().await.expect("an answer");
        Page::of(answer).await.is(status)
    };
    declined(&lin, &jian, "一组路灯不亮").await;
    chooses("off", 200).await.says("记住了");
    assert_eq!(outbox.round().await, sent(0, 0, 0), "not even what waited already");
    declined(&lin, &jian, "二组路灯不亮").await;
    assert_eq!(outbox.round().await, sent(0, 0, 0));
    chooses("fax", 422).await;
    chooses("wechat-template", 200).await;
    declined(&lin, &jian, "三组路灯不亮").await;
    assert_eq!(outbox.round().await, sent(1, 0, 0));
    assert!(gateway.letters().is_empty(), "by WeChat, not by SMS");
    chooses("sms", 200).await;
    lin.reads_english().await;
    declined(&lin, &jian, "四组路灯不亮").await;
    assert_eq!(outbox.round().await, sent(1, 0, 0));
    let letter = gateway.letters().remove(0);
    assert_eq!(letter["params"]["title"], "The community has declined: 四组路灯不亮");
    assert_eq!(letter["params"]["url"], Value::Null);
    assert_eq!(inbox(&lin).await, 5, "the inbox has them all");
}

async fn inbox(actor: &Actor) -> usize {
    let inbox = actor.api(Method::GET, "messages", None).await.is(200).body;
    inbox["messages"].as_array().expect("messages").len()
}

#[tokio::test]
async fn a_host_that_is_killed_between_sending_and_noting_it_sends_the_same_again() {
    let district = District::of_today(&["issues"]).await;
    let (code, lin, jian) = {
        let tianfu = district.tianfu();
        (tianfu.code().to_owned(), tianfu.villager("林秀英").await, tianfu.cadre("简书记").await)
    };
    let folder = district.leaves().await;
    let gateway = Gateway::default();
    let address = gateway.open().await;
    let serve = |listen: SocketAddr| {
        let mut command = program();
        command.env("CUNSHI_SENDERS", format!("sms=http://{address}/send")).env("CUNSHI_SENDER_SMS_SECRET", SECRET);
        Served::by(command, folder.path(), listen)
    };
    let listen = free_address();
    let mut served = serve(listen);
    served.is_ready().await;
    gateway.says([Say::Nothing]);
    let (lin, jian) = (lin.at(&code).through(&served.base), jian.at(&code).through(&served.base));
    declined(&lin, &jian, "三组路灯不亮").await;
    until(|| gateway.letters().len() == 1).await;
    served.is_killed().await;

    let mut served = serve(free_address());
    served.is_ready().await;
    until(|| gateway.letters().len() == 2).await;
    let letters = gateway.letters();
    assert_eq!(letters[0]["id"], letters[1]["id"]);
    assert_eq!(letters[0], letters[1]);
}

/// Waits until something has happened; half a minute is far too long for it.
async fn until(happened: impl Fn() -> bool) {
    let waiting = async {
        while !happened() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), waiting).await.expect("it happens");
}

#[tokio::test]
async fn a_sender_without_a_secret_or_over_an_open_line_is_refused_in_one_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = async |ways: &str, secret: Option<&str>| {
        let mut command = program();
        command.arg("serve").arg("--data").arg(folder.path()).args(["--listen", "127.0.0.1:0", "--sender", ways]);
        command.env_remove("CUNSHI_SENDER_SMS_SECRET").env("CUNSHI_LANG", "en");
        if let Some(secret) = secret {
            command.env("CUNSHI_SENDER_SMS_SECRET", secret);
        }
        let ended = tokio::time::timeout(Duration::from_mins(1), command.output()).await.expect("it ends");
        let output = ended.expect("the program runs");
        assert!(!output.status.success(), "{ways} was taken");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let said = run("sms=https://gateway.example/send", None).await;
    assert!(said.contains("CUNSHI_SENDER_SMS_SECRET"), "{said}");
    let said = run("sms=https://gateway.example/send", Some("short")).await;
    assert!(said.contains("at least 16"), "{said}");
    let said = run("sms=http://gateway.example/send", Some(SECRET)).await;
    assert!(said.contains("https"), "{said}");
    let said = run("fax=https://gateway.example/send", Some(SECRET)).await;
    assert!(said.contains("no way `fax`"), "{said}");
}
