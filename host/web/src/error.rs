//! Why a request is not answered as it asked, and how that is said: the one place where errors become HTTP.
//!
//! Handlers return a [`Refusal`]. As a response it is a bare status that carries the refusal along; the
//! layer in `layers/answer.rs` then writes it as a problem document (`/api/…`) or as a page, in the reader's
//! language, and logs its cause once.

use std::error::Error;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cunshi_contract::Lang;
use cunshi_model::port::DataError;
use cunshi_runtime::privacy::FoundNumber;
use cunshi_runtime::{CallError, FieldError, privacy};
use serde_json::{Value, json};

use crate::rules::mistake::Mistake;

/// Why a request is refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// The plugin's call or the data says so.
    #[error(transparent)]
    Call(#[from] CallError),
    /// Fields of the host's own forms, and uploads.
    #[error("some fields are wrong")]
    Fields(Vec<FieldError>),
    /// A rule that does not pass its check.
    #[error("the rule does not pass its check")]
    Mistakes(Vec<Mistake>),
    /// The body or a parameter cannot be read.
    #[error("the request cannot be read: {0}")]
    Malformed(String),
    /// Somebody has to sign in first.
    #[error("sign in first")]
    SignIn,
    /// The bearer token is not of an open session.
    #[error("the session is over")]
    Token,
    /// Unknown telephone or wrong password: nobody learns which.
    #[error("telephone or password is wrong")]
    Credentials,
    /// Too many failed sign-ins.
    #[error("too many failed sign-ins")]
    Throttled {
        /// When to try again.
        retry_after_s: u32,
    },
    /// No such thing, or not for this reader.
    #[error("there is no such thing here")]
    NotFound,
    /// The address does not take this method.
    #[error("the address does not take this method")]
    Method,
    /// The body has another media type than the address takes.
    #[error("the media type is not taken; send {0}")]
    MediaType(&'static str),
    /// The body is too large.
    #[error("the body is larger than {0} bytes")]
    TooLarge(u64),
    /// A form was sent from another site.
    #[error("the request comes from another site")]
    CrossSite,
    /// Too many at once.
    #[error("busy")]
    Busy {
        /// When to try again.
        retry_after_s: u32,
    },
    /// It took too long.
    #[error("the request took too long")]
    TimedOut,
    /// Something of ours failed.
    #[error("something failed")]
    Internal(#[source] Box<dyn Error + Send + Sync>),
}

impl From<DataError> for Refusal {
    fn from(error: DataError) -> Self {
        Self::Call(error.into())
    }
}

impl From<PathRejection> for Refusal {
    fn from(_: PathRejection) -> Self {
        // An address that cannot be read is one that is not there.
        Self::NotFound
    }
}

/// What a refusal says, before it is a document or a page.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// The last part of the problem's `type`.
    pub(crate) kind: &'static str,
    /// A few words, the same for all of this kind.
    pub(crate) title: &'static str,
    /// A sentence on what to do.
    pub(crate) detail: String,
    pub(crate) errors: Vec<FieldError>,
    /// What is wrong with a rule, as it is sent.
    pub(crate) mistakes: Vec<Value>,
    /// Numbers of persons in its texts.
    pub(crate) found: Vec<FoundNumber>,
    pub(crate) retry_after_s: Option<u32>,
    /// Bytes, when a limit on them was passed.
    pub(crate) limit: Option<u64>,
}

/// The kinds of problem: last part of `type`, status, titles.
pub(crate) const KINDS: [(&str, u16, &str, &str); 19] = [
    ("malformed", 400, "请求读不懂", "The request cannot be read"),
    ("sign-in", 401, "请先登录", "Sign in first"),
    ("credentials", 401, "电话或密码不对", "Telephone or password is wrong"),
    ("denied", 403, "不能这样做", "Not allowed"),
    ("cross-site", 403, "请求来自别的网站", "The request comes from another site"),
    ("not-found", 404, "没有这个页面", "There is no such thing here"),
    ("method", 405, "这个地址不接受这种请求", "The address does not take this method"),
    ("conflict", 409, "情况已经变了", "The matter has moved on"),
    ("key-reused", 409, "重复的请求编号", "The idempotency key was used for another request"),
    ("rule-failed", 409, "规则出了错", "The rule failed"),
    ("too-large", 413, "内容太大", "Too large"),
    ("media-type", 415, "格式不对", "The media type is not taken"),
    ("invalid", 422, "有几处需要改", "Some fields are wrong"),
    ("private-data", 422, "里面有不宜公开的号码", "Numbers of persons would become public"),
    ("throttled", 429, "试得太多了", "Too many attempts"),
    ("failed", 500, "出了问题", "Something failed"),
    ("busy", 503, "现在太忙", "Busy"),
    ("stopped", 503, "模块被停下了", "The module was stopped"),
    ("timed-out", 503, "等得太久", "It took too long"),
];

impl Refusal {
    pub(crate) fn internal(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }

    /// One wrong field.
    pub(crate) fn field(name: &str, message: impl Into<String>) -> Self {
        Self::Fields(vec![FieldError::new(name, message)])
    }

    /// What a bare status of axum or tower-http means.
    pub(crate) fn of_status(status: StatusCode, body_limit: u64) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::SignIn,
            StatusCode::FORBIDDEN => Self::CrossSite,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::Method,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge(body_limit),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::MediaType("application/json"),
            StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => Self::TimedOut,
            StatusCode::SERVICE_UNAVAILABLE => Self::Busy { retry_after_s: 2 },
            status if status.is_client_error() => Self::Malformed(status.to_string()),
            status => Self::internal(format!("answered {status}")),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed",
            Self::SignIn | Self::Token | Self::Call(CallError::Unauthenticated) => "sign-in",
            Self::Credentials => "credentials",
            Self::Call(CallError::Denied(_)) => "denied",
            Self::CrossSite => "cross-site",
            Self::NotFound
            | Self::Call(CallError::NotFound | CallError::Data(DataError::Missing | DataError::NoSpace)) => "not-found",
            Self::Method => "method",
            Self::Call(
                CallError::Conflict(_) | CallError::Data(DataError::Conflict { .. } | DataError::Duplicate { .. }),
            ) => "conflict",
            Self::Call(CallError::KeyReused) => "key-reused",
            Self::Call(CallError::RuleFailed(_)) => "rule-failed",
            Self::TooLarge(_) | Self::Call(CallError::TooLarge(_)) => "too-large",
            Self::MediaType(_) => "media-type",
            Self::Fields(_)
            | Self::Mistakes(_)
            | Self::Call(CallError::Invalid(_) | CallError::Data(DataError::Invalid(_))) => "invalid",
            Self::Call(CallError::Private(_)) => "private-data",
            Self::Throttled { .. } => "throttled",
            Self::Busy { .. } | Self::Call(CallError::Busy { .. } | CallError::Data(DataError::Busy)) => "busy",
            Self::Call(CallError::Stopped(_)) => "stopped",
            Self::TimedOut => "timed-out",
            Self::Call(CallError::Failed(_) | CallError::Data(DataError::Storage(_))) | Self::Internal(_) => "failed",
        }
    }

    /// The status that it is answered with.
    pub(crate) fn status(&self) -> StatusCode {
        let kind = self.kind();
        KINDS
            .iter()
            .find(|(name, ..)| *name == kind)
            .and_then(|(_, status, ..)| StatusCode::from_u16(*status).ok())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// What it says to a reader.
    pub(crate) fn answer(&self, lang: Lang) -> Answer {
        let kind = self.kind();
        let title = KINDS.iter().find(|(name, ..)| *name == kind).map_or("", |(_, _, zh, en)| match lang {
            Lang::Zh => zh,
            Lang::En => en,
        });
        Answer {
            status: self.status(),
            kind,
            title,
            detail: self.detail(lang),
            errors: match self {
                Self::Fields(errors) | Self::Call(CallError::Invalid(errors)) => errors.clone(),
                Self::Call(CallError::Private(found)) => privacy::errors(found, lang),
                _ => Vec::new(),
            },
            found: match self {
                Self::Call(CallError::Private(found)) => found.clone(),
                _ => Vec::new(),
            },
            mistakes: match self {
                Self::Mistakes(mistakes) => mistakes.iter().map(|mistake| mistake.problem(lang)).collect(),
                _ => Vec::new(),
            },
            retry_after_s: match self {
                Self::Throttled { retry_after_s }
                | Self::Busy { retry_after_s }
                | Self::Call(CallError::Busy { retry_after_s }) => Some(*retry_after_s),
                Self::TimedOut | Self::Call(CallError::Stopped(_) | CallError::Data(DataError::Busy)) => Some(5),
                _ => None,
            },
            limit: match self {
                Self::TooLarge(limit) => Some(*limit),
                _ => None,
            },
        }
    }

    fn detail(&self, lang: Lang) -> String {
        let say = |zh: &str, en: &str| match lang {
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        };
        match self {
            Self::Call(CallError::Denied(words) | CallError::Conflict(words) | CallError::TooLarge(words)) => {
                words.clone()
            }
            Self::Call(CallError::Data(DataError::Invalid(words))) => words.clone(),
            Self::Call(CallError::Stopped(stopped)) => stopped.public.clone(),
            Self::Call(CallError::Failed(failure)) => failure.public.clone(),
            Self::Call(CallError::RuleFailed(failed)) => failed.public.clone(),
            Self::Fields(_) | Self::Call(CallError::Invalid(_)) => {
                say("请看每一处的说明，改好后再提交。", "Each field says what to change; then send it again.")
            }
            Self::Call(CallError::Private(_)) => say(
                "没有保存：内容里有手机号、身份证号或银行卡号。改掉，或者选“遮住后提交”再发一次。",
                "Nothing was saved: the texts hold mobile, identity or bank card numbers. Take them out, or send it again with `\"privacy\": \"mask\"`.",
            ),
            Self::Mistakes(_) => say(
                "规则没有通过检查：每一处都说明了第几行、错在哪里。",
                "The rule does not pass its check: each mistake names its line and what is wrong.",
            ),
            Self::Malformed(why) => match lang {
                Lang::Zh => format!("请求的内容读不懂：{why}"),
                Lang::En => format!("The request cannot be read: {why}"),
            },
            Self::SignIn | Self::Call(CallError::Unauthenticated) => {
                say("这里要登录后才能看或做。", "This is for people who have signed in.")
            }
            Self::Token => say("登录已经过期，请重新登录。", "The session is over; sign in again."),
            Self::Credentials => say(
                "电话或密码不对。忘了密码，请找村干部重设。",
                "Telephone or password is wrong. If the password is forgotten, a cadre of the village can set a new one.",
            ),
            Self::Throttled { retry_after_s } => match lang {
                Lang::Zh => format!("试得太多了，请等 {} 再试。", wait(*retry_after_s, lang)),
                Lang::En => format!("Too many attempts: wait {} and try again.", wait(*retry_after_s, lang)),
            },
            Self::NotFound
            | Self::Call(CallError::NotFound | CallError::Data(DataError::Missing | DataError::NoSpace)) => {
                say("这里没有您要找的内容。", "What you are looking for is not here.")
            }
            Self::Method => say("这个地址不接受这种请求。", "This address does not take this method."),
            Self::Call(CallError::Data(DataError::Conflict { .. })) => say(
                "别人刚刚改过这条记录，请重新打开再试。",
                "Somebody has just changed this record: open it again and retry.",
            ),
            Self::Call(CallError::Data(DataError::Duplicate { .. })) => {
                say("已经有一条同样的记录。", "There is such a record already.")
            }
            Self::Call(CallError::KeyReused) => say(
                "这个请求编号已经用于另一个请求。",
                "This idempotency key was used for another request: choose a new one.",
            ),
            Self::TooLarge(limit) => match lang {
                Lang::Zh => format!("内容太大：最多 {}。", bytes(*limit)),
                Lang::En => format!("Too large: at most {} are taken.", bytes(*limit)),
            },
            Self::MediaType(expected) => match lang {
                Lang::Zh => format!("请用 {expected} 格式发送。"),
                Lang::En => format!("Send it as {expected}."),
            },
            Self::CrossSite => say(
                "这个请求来自别的网站，没有执行。请从本网站的页面提交。",
                "This request came from another site and was not carried out. Use a page of this site.",
            ),
            Self::Busy { .. } | Self::Call(CallError::Busy { .. } | CallError::Data(DataError::Busy)) => {
                say("现在用的人太多，请过几秒再试。", "Too many at once: try again in a few seconds.")
            }
            Self::TimedOut => say("等得太久，请再试一次。", "It took too long: try again."),
            Self::Call(CallError::Data(DataError::Storage(_))) | Self::Internal(_) => say(
                "平台出了问题，您的操作没有生效，请再试一次。",
                "The platform failed and nothing was changed: try again.",
            ),
        }
    }

    /// What it says beyond its status: the words of a plugin, a limit, the fields that are wrong.
    pub(crate) fn own_words(&self, lang: Lang) -> Option<String> {
        match self {
            Self::Fields(errors) | Self::Call(CallError::Invalid(errors)) => {
                let lines: Vec<String> =
                    errors.iter().map(|error| format!("{}: {}", error.field, error.message)).collect();
                Some(lines.join("\n"))
            }
            Self::Call(CallError::Private(found)) => {
                let errors = privacy::errors(found, lang);
                let lines: Vec<String> = errors.iter().map(|error| error.message.clone()).collect();
                Some(lines.join("\n"))
            }
            Self::Mistakes(mistakes) => {
                let lines: Vec<&str> = mistakes.iter().map(|mistake| mistake.message.get(lang)).collect();
                Some(lines.join("\n"))
            }
            Self::Malformed(_)
            | Self::MediaType(_)
            | Self::CrossSite
            | Self::TooLarge(_)
            | Self::Call(
                CallError::Denied(_)
                | CallError::Conflict(_)
                | CallError::TooLarge(_)
                | CallError::KeyReused
                | CallError::Stopped(_)
                | CallError::Failed(_)
                | CallError::RuleFailed(_)
                | CallError::Data(DataError::Invalid(_) | DataError::Conflict { .. } | DataError::Duplicate { .. }),
            ) => Some(self.detail(lang)),
            _ => None,
        }
    }

    /// Logs what the reader is not told. What a plugin did wrong the runtime has logged already; what the sender
    /// did wrong is in the answer.
    pub(crate) fn log(&self) {
        match self {
            Self::Internal(error) => tracing::error!(error = %chain(error.as_ref()), "request failed"),
            Self::Call(CallError::Data(error @ DataError::Storage(_))) => {
                tracing::error!(error = %chain(error), "storage failed");
            }
            _ => {}
        }
    }
}

impl Answer {
    /// As an RFC 9457 problem document.
    pub(crate) fn problem(&self) -> Value {
        let mut problem = json!({
            "type": format!("urn:cunshi:problem:{}", self.kind),
            "title": self.title,
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        if !self.errors.is_empty() || !self.mistakes.is_empty() {
            let errors = self.errors.iter().map(|e| json!({ "field": e.field, "message": e.message }));
            problem["errors"] = errors.chain(self.mistakes.iter().cloned()).collect();
        }
        if !self.found.is_empty() {
            let found = self.found.iter().map(|number| {
                let (kind, text) = (number.kind.as_str(), &number.text);
                json!({ "field": number.field, "kind": kind, "text": text, "masked": number.masked })
            });
            problem["found"] = found.collect();
        }
        if let Some(limit) = self.limit {
            problem["limit"] = limit.into();
        }
        problem
    }
}

/// The refusal that a bare response carries to the layer that writes it.
#[derive(Clone)]
pub(crate) struct Refused(pub(crate) Arc<Refusal>);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Refused(Arc::new(self)));
        response
    }
}

/// An error with all its causes, for the log.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

/// A number of bytes for people: whole MB or KB.
pub(crate) fn bytes(count: u64) -> String {
    const MIB: u64 = 1024 * 1024;
    if count >= MIB { format!("{} MB", count / MIB) } else { format!("{} KB", count.div_ceil(1024)) }
}

fn wait(seconds: u32, lang: Lang) -> String {
    match (lang, seconds) {
        (Lang::Zh, 0..=90) => format!("{seconds} 秒"),
        (Lang::Zh, _) => format!("{} 分钟", seconds.div_ceil(60)),
        (Lang::En, 0..=90) => format!("{seconds} seconds"),
        (Lang::En, _) => format!("{} minutes", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_its_kind_and_both_languages() {
        let all = [
            Refusal::Fields(vec![FieldError::new("title", "required")]),
            Refusal::Mistakes(Vec::new()),
            Refusal::Malformed("x".into()),
            Refusal::SignIn,
            Refusal::Token,
            Refusal::Credentials,
            Refusal::Throttled { retry_after_s: 120 },
            Refusal::NotFound,
            Refusal::Method,
            Refusal::MediaType("application/json"),
            Refusal::TooLarge(1024 * 1024),
            Refusal::CrossSite,
            Refusal::Busy { retry_after_s: 2 },
            Refusal::TimedOut,
            Refusal::internal("the disk burns"),
            CallError::KeyReused.into(),
            CallError::Private(Vec::new()).into(),
            DataError::Missing.into(),
            DataError::Storage("secret".into()).into(),
        ];
        for refusal in all {
            let kind = refusal.kind();
            assert!(KINDS.iter().any(|(name, ..)| *name == kind), "{kind} has no entry");
            for lang in [Lang::Zh, Lang::En] {
                let answer = refusal.answer(lang);
                assert!(!answer.title.is_empty() && !answer.detail.is_empty(), "{refusal:?}");
                assert!(!answer.detail.contains("secret") && !answer.detail.contains("burns"), "{}", answer.detail);
            }
        }
    }

    #[test]
    fn the_log_has_the_causes_that_the_reader_is_not_told() {
        let error = DataError::Storage("disk image is malformed".into());
        assert_eq!(chain(&error), "the storage failed: disk image is malformed");
    }
}
