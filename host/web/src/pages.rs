//! Pages for people: one file per address. Each fills a frame, asks the runtime or the store, and lets the
//! renderer draw.

use std::future::Future;

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, HeaderMap, HeaderValue, SET_COOKIE};
use axum::response::{Html, IntoResponse, Redirect, Response};
use cunshi_model::Micros;
use maud::Markup;

use crate::Web;
use crate::cache::{Basis, Key};
use crate::error::Refusal;
use crate::metrics::Of;
use crate::reader::Reader;
use crate::visit::Visit;

pub(crate) mod act;
pub(crate) mod asset;
pub(crate) mod decision;
pub(crate) mod district;
pub(crate) mod file;
pub(crate) mod home;
pub(crate) mod letters;
pub(crate) mod manage;
pub(crate) mod me;
pub(crate) mod messages;
pub(crate) mod outside;
pub(crate) mod overview;
pub(crate) mod plugin;
pub(crate) mod portal;
pub(crate) mod preferences;
pub(crate) mod refused;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod todos;

/// A page for its reader alone.
pub(crate) fn private(web: &Web, reader: &Reader, status: StatusCode, page: Markup) -> Response {
    let mut response = (status, Html(page.into_string())).into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if reader.flash.is_some() {
        // Its sentence was shown, or is gone.
        set_cookie(headers, &web.cookies().forget(web.cookies().flash()));
    }
    response
}

/// A page that visitors share: from the cache while nothing changed, drawn anew otherwise. Signed-in readers,
/// and visitors for whom a sentence waits, get theirs drawn.
pub(crate) async fn shared<F>(web: &Web, visit: &Visit, headers: &HeaderMap, draw: F) -> Result<Response, Refusal>
where
    F: Future<Output = Result<(Markup, Option<Micros>), Refusal>> + Send,
{
    if visit.reader.signed.is_some() || visit.reader.flash.is_some() {
        let (page, _) = draw.await?;
        return Ok(private(web, &visit.reader, StatusCode::OK, page));
    }
    let key = Key {
        space: visit.space.id,
        path: visit.reader.path.clone(),
        lang: visit.reader.lang,
        elder: visit.reader.elder,
    };
    // The revision is read before the page is drawn: a write in between makes the entry stale, never wrong.
    let basis = Basis::of(web, visit).await?;
    let now = web.clock.now();
    if let Some(kept) = web.cache.get(&key, &basis, now) {
        return Ok(kept.answer(headers));
    }
    let (page, fresh_until) = draw.await?;
    Ok(web.cache.put(key, basis, page.into_string(), fresh_until, now).answer(headers))
}

/// To another page, with a sentence for it.
pub(crate) fn go(web: &Web, to: &str, say: Option<(String, bool)>) -> Response {
    let mut response = Redirect::to(to).into_response();
    if let Some((text, good)) = say {
        let token = web.flashes.keep(text, good);
        set_cookie(response.headers_mut(), &web.cookies().keep_shortly(web.cookies().flash(), &token));
    }
    response
}

/// Adds a `Set-Cookie`.
pub(crate) fn set_cookie(headers: &mut HeaderMap, line: &str) {
    if let Ok(value) = HeaderValue::from_str(line) {
        headers.append(SET_COOKIE, value);
    }
}

/// Notes the plugin for the counts, when there is such a plugin.
pub(crate) fn counted(web: &Web, plugin: &str, result: Result<Response, Refusal>) -> Response {
    let mut response = result.unwrap_or_else(IntoResponse::into_response);
    if web.runtime.release(plugin).is_some() {
        response.extensions_mut().insert(Of(plugin.to_owned()));
    }
    response
}

/// A path of this host to go to, from outside hands: nothing that a browser could read as another host.
pub(crate) fn local(path: &str) -> Option<&str> {
    let safe = path.is_ascii()
        && path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.chars().any(|c| c.is_control() || c.is_whitespace());
    safe.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn nobody_is_led_to_another_host() {
        assert_eq!(local("/v/510303108001/issues?state=open"), Some("/v/510303108001/issues?state=open"));
        for elsewhere in
            ["", "//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "/树", "v/1"]
        {
            assert_eq!(local(elsewhere), None, "{elsewhere}");
        }
    }
}
