//! Refusals become what their reader can read: a problem document for programs, a page for people. Panics
//! and requests that take too long become refusals here.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderValue, REFERER, RETRY_AFTER, VARY};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use cunshi_runtime::CallError;
use futures::FutureExt;

use crate::Web;
use crate::body::{MAX_MULTIPART, media_type};
use crate::error::{Refusal, Refused};
use crate::frame;
use crate::metrics::Of;
use crate::pages::local;
use crate::reader::{Reader, is_api};
use crate::render::addresses;
use crate::render::pages::{Problem, problem};

/// Time for a request that uploads, over a slow line.
const UPLOAD: Duration = Duration::from_mins(5);

/// The layer.
pub(crate) async fn answer(State(web): State<Web>, request: Request, next: Next) -> Response {
    let bare = Arc::new(Reader::bare(&web, &request));
    let method = request.method().clone();
    let back = back_of(request.headers());
    let uploads = media_type(request.headers()) == "multipart/form-data";
    let patience = if uploads { UPLOAD.max(web.options.request_timeout) } else { web.options.request_timeout };
    let run = AssertUnwindSafe(next.run(request)).catch_unwind();
    let response = match tokio::time::timeout(patience, run).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => Refusal::internal(format!("panicked: {}", panic_text(&panic))).into_response(),
        Err(_) => Refusal::TimedOut.into_response(),
    };
    let Some(refusal) = refusal_of(&response) else { return response };
    refusal.log();
    let reader = response.extensions().get::<Arc<Reader>>().cloned().unwrap_or(bare);
    let mut said = if is_api(&reader.path) {
        as_document(&refusal, &reader)
    } else {
        as_page(&web, &refusal, &reader, &method, back).await
    };
    if let Some(value) = response.headers().get(ALLOW) {
        said.headers_mut().insert(ALLOW, value.clone());
    }
    if let Some(of) = response.extensions().get::<Of>() {
        said.extensions_mut().insert(of.clone());
    }
    said
}

/// The refusal of a response: ours, or what a bare status of a library means.
fn refusal_of(response: &Response) -> Option<Arc<Refusal>> {
    if let Some(Refused(refusal)) = response.extensions().get::<Refused>() {
        return Some(Arc::clone(refusal));
    }
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let bare = kind.is_empty() || kind.starts_with(b"text/plain");
    (bare && (status.is_client_error() || status.is_server_error()))
        .then(|| Arc::new(Refusal::of_status(status, MAX_MULTIPART)))
}

fn as_document(refusal: &Refusal, reader: &Reader) -> Response {
    let answer = refusal.answer(reader.lang);
    let mut response = (answer.status, Json(answer.problem())).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if answer.status == StatusCode::UNAUTHORIZED {
        headers.insert(axum::http::header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    finish(headers, answer.retry_after_s);
    response
}

async fn as_page(
    web: &Web,
    refusal: &Refusal,
    reader: &Arc<Reader>,
    method: &Method,
    back: Option<String>,
) -> Response {
    let space = frame::space_of_path(web, &reader.path);
    if matches!(refusal, Refusal::SignIn | Refusal::Token | Refusal::Call(CallError::Unauthenticated)) {
        let reads = method == Method::GET || method == Method::HEAD;
        let next = if reads { Some(reader.path.clone()) } else { back };
        let code = space.as_ref().map_or("", |space| space.code.as_str());
        let mut response = match next {
            Some(next) => Redirect::to(&addresses::sign_in_then(code, &next)).into_response(),
            None => Redirect::to(&addresses::sign_in(code)).into_response(),
        };
        finish(response.headers_mut(), None);
        return response;
    }
    let answer = refusal.answer(reader.lang);
    let call = match refusal {
        Refusal::Call(CallError::Failed(failure)) => Some(failure.call.clone()),
        Refusal::Call(CallError::Stopped(stopped)) => Some(stopped.call.clone()),
        _ => None,
    };
    let shown = Problem {
        status: answer.status.as_u16(),
        reason: refusal.own_words(reader.lang),
        retry_after_s: answer.retry_after_s,
        call,
        back: back.filter(|path| local(path).is_some()),
    };
    let cx = frame::outside_of_handlers(web, reader, space).await;
    let mut response = (answer.status, Html(problem(&cx, &shown).into_string())).into_response();
    finish(response.headers_mut(), answer.retry_after_s);
    response
}

fn finish(headers: &mut HeaderMap, retry_after_s: Option<u32>) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(VARY, HeaderValue::from_static("accept-language, cookie, authorization"));
    if let Some(seconds) = retry_after_s {
        headers.insert(RETRY_AFTER, seconds.into());
    }
}

/// Path and query of the page that a form stood on. Only the path is used, so that no other host is led to.
pub(crate) fn back_of(headers: &HeaderMap) -> Option<String> {
    let uri: axum::http::Uri = headers.get(REFERER)?.to_str().ok()?.parse().ok()?;
    uri.path_and_query().map(|path| path.as_str().to_owned())
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown".to_owned())
}
