//! The cache of public pages: what a visitor sees is kept until its village changes.
//!
//! An entry is good while the space's revision, its profile (plugins, settings, telephone) and its releases
//! are those that it was drawn from, and until its own `fresh-until`. So a write shows at once, and nothing
//! has to be told to forget.

use std::io::Write;
use std::sync::{Arc, OnceLock};

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH, VARY,
};
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use cunshi_contract::Lang;
use cunshi_model::clock::SECOND;
use cunshi_model::port::SpaceProfile;
use cunshi_model::{Micros, SpaceId};
use cunshi_runtime::Release;
use flate2::Compression;
use flate2::write::GzEncoder;
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use crate::Web;
use crate::error::Refusal;
use crate::session::hex;
use crate::visit::Visit;

/// Bytes kept at most, keys and both encodings counted.
const CAPACITY: u64 = 32 * 1024 * 1024;
/// Longest address whose page is kept.
const LONGEST_PATH: usize = 1_024;
/// How long a page is good that does not say so itself.
const FRESH: Micros = 30 * SECOND;

/// Which page for whom.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) space: SpaceId,
    /// Path and query.
    pub(crate) path: String,
    pub(crate) lang: Lang,
    pub(crate) elder: bool,
}

/// What a page was drawn from.
#[derive(Clone)]
pub(crate) struct Basis {
    pub(crate) revision: u64,
    pub(crate) profile: Arc<SpaceProfile>,
    pub(crate) releases: Vec<Arc<Release>>,
}

/// A drawn page.
pub(crate) struct Kept {
    basis: Basis,
    fresh_until: Micros,
    html: Bytes,
    gzip: OnceLock<Option<Bytes>>,
    tag: String,
}

/// The cache.
pub(crate) struct PageCache(Cache<Key, Arc<Kept>>);

impl Basis {
    /// What a page of a space is drawn from at this moment.
    pub(crate) async fn of(web: &Web, visit: &Visit) -> Result<Self, Refusal> {
        Ok(Self {
            revision: web.store.space(visit.space.id).await?.revision().await?,
            profile: Arc::clone(&visit.profile),
            releases: web.runtime.plugins_of(&visit.profile),
        })
    }

    /// Whether the same would be drawn again, but for the clock.
    pub(crate) fn same(&self, other: &Self) -> bool {
        self.revision == other.revision
            && Arc::ptr_eq(&self.profile, &other.profile)
            && self.releases.len() == other.releases.len()
            && self.releases.iter().zip(&other.releases).all(|(a, b)| Arc::ptr_eq(a, b))
    }
}

impl PageCache {
    pub(crate) fn new() -> Self {
        let weigh = |key: &Key, kept: &Arc<Kept>| {
            // The packed form is made later; it is a third at most.
            u32::try_from(key.path.len() + kept.html.len() + kept.html.len() / 3 + 512).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(CAPACITY).weigher(weigh).build())
    }

    /// The page, if it is still what would be drawn.
    pub(crate) fn get(&self, key: &Key, basis: &Basis, now: Micros) -> Option<Arc<Kept>> {
        self.0.get(key).filter(|kept| kept.fresh_until > now && kept.basis.same(basis))
    }

    /// Keeps a page.
    pub(crate) fn put(
        &self,
        key: Key,
        basis: Basis,
        html: String,
        fresh_until: Option<Micros>,
        now: Micros,
    ) -> Arc<Kept> {
        let fresh_until = fresh_until.unwrap_or(now + FRESH);
        let tag = hex(Sha256::digest(html.as_bytes()).get(..16).unwrap_or_default());
        let kept = Arc::new(Kept { basis, fresh_until, html: html.into(), gzip: OnceLock::new(), tag });
        if key.path.len() <= LONGEST_PATH {
            self.0.insert(key, Arc::clone(&kept));
        }
        kept
    }

    /// Pages and bytes, roughly.
    pub(crate) fn size(&self) -> (u64, u64) {
        (self.0.entry_count(), self.0.weighted_size())
    }
}

impl Kept {
    /// The answer to a request: the page, packed if the browser unpacks, or the news that it has it already.
    pub(crate) fn answer(&self, headers: &HeaderMap) -> Response<Body> {
        let packed = takes_gzip(headers).then(|| self.gzip.get_or_init(|| pack(&self.html)).clone()).flatten();
        // A strong tag names bytes, so the packed form has its own.
        let tag = if packed.is_some() { format!("\"{}-gz\"", self.tag) } else { format!("\"{}\"", self.tag) };
        let known = knows(headers, &tag);
        let mut response = if known {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response
        } else {
            let encoded = packed.is_some();
            let mut response = Response::new(Body::from(packed.unwrap_or_else(|| self.html.clone())));
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
            if encoded {
                response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            }
            response
        };
        let out = response.headers_mut();
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            out.insert(ETAG, tag);
        }
        out.insert(CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
        out.insert(VARY, HeaderValue::from_static("accept-encoding, accept-language, cookie, authorization"));
        response
    }
}

/// Whether `If-None-Match` names a tag.
pub(crate) fn knows(headers: &HeaderMap, tag: &str) -> bool {
    let values = headers.get_all(IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|line| line.split(',')).any(|given| {
        let given = given.trim();
        given == "*" || given.strip_prefix("W/").unwrap_or(given) == tag
    })
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        pieces.next() == Some("gzip") && !pieces.any(|piece| matches!(piece, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn pack(html: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(html.len() / 4), Compression::default());
    encoder.write_all(html).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(axum::http::HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect()
    }

    #[test]
    fn tags_are_compared_one_by_one() {
        let sent = headers(&[(IF_NONE_MATCH, "\"a\", W/\"b\"")]);
        assert!(knows(&sent, "\"a\"") && knows(&sent, "\"b\"") && !knows(&sent, "\"c\""));
        assert!(knows(&headers(&[(IF_NONE_MATCH, "*")]), "\"x\""));
    }

    #[test]
    fn gzip_is_for_those_who_take_it() {
        assert!(takes_gzip(&headers(&[(ACCEPT_ENCODING, "br, gzip;q=0.8")])));
        assert!(!takes_gzip(&headers(&[(ACCEPT_ENCODING, "gzip;q=0, br")])));
        assert!(!takes_gzip(&headers(&[])));
    }
}
