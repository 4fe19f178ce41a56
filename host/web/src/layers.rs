//! What lies around every handler. A request passes these from the top down, its answer from the bottom up:
//!
//! 1. `trace`: an id, a span without bodies, the counts
//! 2. `guard`: security headers on every answer
//! 3. compression
//! 4. `answer`: refusals become problem documents or pages; panics and timeouts become refusals
//! 5. cross-site writes are refused
//! 6. the reader is found (session, language, type size)

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

use crate::body::MAX_MULTIPART;
use crate::{Web, WebError, reader};

mod answer;
mod guard;
mod trace;

pub(crate) use answer::back_of;

/// Puts the layers around the routes.
pub(crate) fn around(routes: Router<Web>, web: &Web) -> Result<Router, WebError> {
    let mut csrf = CsrfLayer::new();
    if let Some(url) = &web.options.public_url {
        let origin = url.trim_end_matches('/');
        csrf = csrf.add_trusted_origin(origin).map_err(|_| WebError::PublicUrl(url.clone()))?;
    }
    let limit = usize::try_from(MAX_MULTIPART).unwrap_or(usize::MAX);
    Ok(routes
        .layer(from_fn_with_state(web.clone(), reader::find))
        .layer(DefaultBodyLimit::max(limit))
        .layer(csrf)
        .layer(from_fn_with_state(web.clone(), answer::answer))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(web.options.secure_cookies, guard::guard))
        .layer(from_fn_with_state(web.clone(), trace::trace))
        .with_state(web.clone()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use axum::body::Body;
    use axum::http::{Request, Response, StatusCode};
    use axum::routing::get;
    use cunshi_model::{Calendar, Clock, ManualClock};
    use cunshi_runtime::{Runtime, RuntimeOptions};
    use cunshi_store::{Store, StoreOptions};
    use tower::ServiceExt;

    use super::*;
    use crate::{PasswordCost, WebOptions};

    async fn panics() -> &'static str {
        panic!("a secret of the house")
    }

    async fn never() -> &'static str {
        std::future::pending().await
    }

    /// What the layers make of a handler's answer.
    async fn answered(path: &str) -> (Response<Body>, String) {
        let folder = tempfile::tempdir().unwrap();
        let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(0));
        let store = Store::open(folder.path(), StoreOptions::default(), Arc::clone(&clock)).await.unwrap();
        let cache = RuntimeOptions::new(folder.path().join("compiled"));
        let runtime = Runtime::new(cache, Arc::new(store.clone()), Calendar::default(), Arc::clone(&clock)).unwrap();
        let mut options = WebOptions::new(folder.path().join("files"));
        options.passwords = PasswordCost::DEMO;
        options.request_timeout = Duration::from_millis(20);
        let web = Web::new(options, store, runtime, clock).unwrap();
        let routes = ["/api/panics", "/panics"].into_iter().fold(Router::new(), |r, path| r.route(path, get(panics)));
        let site = around(routes.route("/api/never", get(never)), &web).unwrap();
        let response = site.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        (Response::from_parts(parts, Body::empty()), String::from_utf8(body.into()).unwrap())
    }

    #[tokio::test]
    async fn a_panic_is_an_answer_that_tells_no_secrets() {
        for (path, kind) in [("/api/panics", "application/problem+json"), ("/panics", "text/html; charset=utf-8")] {
            let (response, body) = answered(path).await;
            assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
            assert_eq!(response.headers()["content-type"], kind);
            assert!(!body.contains("secret"), "{body}");
        }
    }

    #[tokio::test]
    async fn what_takes_too_long_is_told_so() {
        let (response, body) = answered("/api/never").await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()["retry-after"], "5");
        assert!(body.contains("urn:cunshi:problem:timed-out"), "{body}");
    }
}
