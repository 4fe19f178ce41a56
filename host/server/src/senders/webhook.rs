//! A gateway behind an HTTP address: one POST of JSON per letter, signed.
//!
//! reqwest is not used for it: its TLS would have to be switched on for every user of that library in the workspace.
//! What is here neither follows redirects nor asks a proxy, so that telephones go where the operator said and nowhere
//! else.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use async_trait::async_trait;
use bytes::Bytes;
use cunshi_model::Clock;
use cunshi_model::clock::SECOND;
use cunshi_model::messages::{Letter, NotSent, Sender};
use hmac::{Hmac, KeyInit, Mac};
use http::header::{CONTENT_TYPE, HeaderValue, USER_AGENT};
use http::{Request, StatusCode, Uri};
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::json;
use sha2::Sha256;

use crate::words::{say, wrong};

/// Characters that a secret has at least.
pub(super) const SHORTEST_SECRET: usize = 16;
/// How long a gateway may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// When the request was signed, in seconds since 1970.
const TIMESTAMP: &str = "x-cunshi-timestamp";
/// `sha256=` and the HMAC of `<timestamp>.<body>`, hex.
const SIGNATURE: &str = "x-cunshi-signature";
/// The letter's id: the same when it is tried again.
const KEY: &str = "idempotency-key";

/// A gateway.
pub struct Webhook {
    uri: Uri,
    secret: Vec<u8>,
    line: Line,
    clock: Arc<dyn Clock>,
    patience: Duration,
}

/// In the clear to this very machine, with TLS to all others.
enum Line {
    Plain(Client<HttpConnector, Full<Bytes>>),
    Tls(Client<HttpsConnector<HttpConnector>, Full<Bytes>>),
}

impl Webhook {
    /// A gateway at an address, with the secret that it shares with this host.
    pub fn new(address: &str, secret: &str, clock: Arc<dyn Clock>) -> Result<Self> {
        let uri = self::address(address).map_err(anyhow::Error::msg)?;
        let pool = || Client::builder(TokioExecutor::new());
        let line = if uri.scheme_str() == Some("https") {
            let trusting = HttpsConnectorBuilder::new().with_native_roots().map_err(|error| {
                wrong(
                    format!("这台机器没有可用的根证书：{}", error.kind()),
                    format!("this machine has no root certificates to use: {}", error.kind()),
                )
            })?;
            Line::Tls(pool().build(trusting.https_only().enable_http1().build()))
        } else {
            Line::Plain(pool().build_http())
        };
        Ok(Self { uri, secret: secret.as_bytes().to_vec(), line, clock, patience: PATIENCE })
    }

    /// The same with another patience, for tests of it.
    #[must_use]
    pub fn patient_for(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    fn request(&self, letter: &Letter) -> Result<Request<Full<Bytes>>, NotSent> {
        let Letter { id, channel, to, template, village, title, body, url } = letter;
        let params = json!({ "village": village, "title": title, "body": body, "url": url });
        let sent = json!({ "id": id, "channel": channel.as_str(), "to": to, "template": template, "params": params });
        let sent = sent.to_string();
        let seconds = (self.clock.now() / SECOND).to_string();
        let signature = format!("sha256={}", self.sign(&seconds, &sent)?);
        let request = Request::post(&self.uri)
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .header(USER_AGENT, HeaderValue::from_static(concat!("cunshi/", env!("CARGO_PKG_VERSION"))))
            .header(KEY, id)
            .header(TIMESTAMP, seconds)
            .header(SIGNATURE, signature);
        request.body(Full::new(Bytes::from(sent))).map_err(|error| NotSent::Refused(error.to_string()))
    }

    fn sign(&self, seconds: &str, body: &str) -> Result<String, NotSent> {
        let mac = Hmac::<Sha256>::new_from_slice(&self.secret);
        let mut mac = mac.map_err(|error| NotSent::Refused(error.to_string()))?;
        mac.update(seconds.as_bytes());
        mac.update(b".");
        mac.update(body.as_bytes());
        Ok(crate::wire::hex(&mac.finalize().into_bytes()))
    }

    async fn post(&self, request: Request<Full<Bytes>>) -> Result<StatusCode, NotSent> {
        // What the gateway writes is not read: it might repeat whom it was told of.
        let answer = match &self.line {
            Line::Plain(client) => client.request(request).await,
            Line::Tls(client) => client.request(request).await,
        };
        match answer {
            Ok(answer) => Ok(answer.status()),
            Err(error) if error.is_connect() => Err(NotSent::Later("the gateway cannot be reached".to_owned())),
            Err(_) => Err(NotSent::Later("the gateway broke off".to_owned())),
        }
    }
}

#[async_trait]
impl Sender for Webhook {
    async fn send(&self, letter: &Letter) -> Result<(), NotSent> {
        let request = self.request(letter)?;
        let status = tokio::time::timeout(self.patience, self.post(request)).await.map_err(|_| {
            NotSent::Later(format!("the gateway did not answer within {} s", self.patience.as_secs_f32()))
        })??;
        let said = format!("the gateway answered {}", status.as_u16());
        match status {
            status if status.is_success() => Ok(()),
            // Too early, too slow, too many: nothing is wrong with the letter.
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
                Err(NotSent::Later(said))
            }
            status if status.is_client_error() => Err(NotSent::Refused(said)),
            _ => Err(NotSent::Later(said)),
        }
    }
}

/// An address that telephones may be sent to: https, or this machine.
pub(super) fn address(text: &str) -> Result<Uri, String> {
    let uri: Option<Uri> = text.parse().ok().filter(|uri: &Uri| uri.scheme().is_some() && uri.host().is_some());
    let uri = uri.ok_or_else(|| {
        say(
            format!("{text} 不是像 https://gateway.example/cunshi 这样的网址"),
            format!("`{text}` is not an address such as https://gateway.example/cunshi"),
        )
    })?;
    let host = uri.host().unwrap_or_default();
    let here = host == "localhost"
        || host.trim_matches(['[', ']']).parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback());
    match uri.scheme_str() {
        Some("https") => Ok(uri),
        Some("http") if here => Ok(uri),
        _ => Err(say(
            format!("{text} 要用 https：电话号码不能明文传到别的机器"),
            format!("`{text}` must be https: telephones do not go to other machines in the clear"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use cunshi_model::ManualClock;
    use cunshi_model::messages::Channel;

    use super::*;

    #[test]
    fn what_is_signed_is_the_time_and_the_body() {
        let clock = Arc::new(ManualClock::at(1_788_220_800_000_000));
        let webhook = Webhook::new("http://127.0.0.1:1/", "a secret of 25 characters", clock).unwrap();
        // printf '1788220800.{}' | openssl dgst -sha256 -hmac 'a secret of 25 characters'
        let expected = "d04c7ae843b85769055d10cfea2e557ff19ef465e656862259483ed05a464cc1";
        assert_eq!(webhook.sign("1788220800", "{}").unwrap(), expected);
        let letter = Letter {
            id: "0123".to_owned(),
            channel: Channel::Sms,
            to: "13800001234".to_owned(),
            template: "issues.closed".to_owned(),
            village: "天府社区".to_owned(),
            title: "路灯修好了".to_owned(),
            body: None,
            url: None,
        };
        let request = webhook.request(&letter).unwrap();
        assert_eq!(request.headers()[KEY], "0123");
        assert_eq!(request.headers()[TIMESTAMP], "1788220800");
    }

    #[test]
    fn telephones_go_to_other_machines_by_https_only() {
        for good in ["https://gateway.example/x", "http://localhost:9000/x", "http://[::1]:9000", "http://127.0.0.1"] {
            assert!(address(good).is_ok(), "{good}");
        }
        for wrong in ["http://gateway.example", "http://localhost.example", "http://10.0.0.1", "file:///etc", "/x", ""]
        {
            assert!(address(wrong).is_err(), "{wrong}");
        }
    }
}
