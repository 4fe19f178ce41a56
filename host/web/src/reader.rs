//! Who reads: the session, the language and the type size of a request, found out once, before any handler.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use cunshi_contract::Lang;
use cunshi_model::{PersonId, Via};

use crate::Web;
use crate::error::Refusal;
use crate::session::{self, Cookies, ELDER, LANG, bearer, cookie};

/// The reader of a request.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    /// Who is signed in.
    pub(crate) signed: Option<Signed>,
    /// The language to answer in.
    pub(crate) lang: Lang,
    /// Large type.
    pub(crate) elder: bool,
    /// The token of a sentence kept for this reader.
    pub(crate) flash: Option<String>,
    /// Where the request came from.
    pub(crate) address: IpAddr,
    /// Path and query.
    pub(crate) path: String,
    /// By a page or by the API.
    pub(crate) via: Via,
}

/// The signed-in person.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    pub(crate) person: PersonId,
    pub(crate) name: String,
    /// The hash of the session's token.
    pub(crate) session: String,
}

impl Reader {
    /// What the request itself says, before the session is looked up.
    pub(crate) fn bare(web: &Web, request: &Request) -> Self {
        let headers = request.headers();
        let cookies = web.cookies();
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let asked = request.uri().query().and_then(|query| {
            form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "lang").and_then(|(_, v)| Lang::parse(&v))
        });
        Self {
            signed: None,
            lang: asked
                .or_else(|| cookie(headers, LANG).and_then(Lang::parse))
                .or_else(|| accepted(headers))
                .unwrap_or_default(),
            elder: cookie(headers, ELDER) == Some("on"),
            flash: cookie(headers, cookies.flash()).filter(|token| token.len() == 64).map(str::to_owned),
            address: address(request, web.options.behind_proxy),
            via: if is_api(&path) { Via::Api } else { Via::Web },
            path,
        }
    }

    /// Adds the session, if the request shows one that is open.
    async fn known(mut self, web: &Web, headers: &HeaderMap, lang_asked: bool) -> Result<Self, Refusal> {
        let by_bearer = bearer(headers);
        let Some(token) = by_bearer.or_else(|| cookie(headers, web.cookies().session())) else { return Ok(self) };
        let hash = session::hash_of(token);
        let district = web.store.district();
        match district.signed_in(&hash, web.clock.now()).await? {
            Some(known) => {
                if !lang_asked {
                    self.lang = known.lang.unwrap_or(self.lang);
                }
                self.elder = known.elder;
                self.signed = Some(Signed { person: known.person, name: known.name, session: hash });
                Ok(self)
            }
            // A stale cookie makes a visitor; a stale token was meant to say something.
            None if by_bearer.is_some() => Err(Refusal::Token),
            None => Ok(self),
        }
    }
}

impl Web {
    pub(crate) fn cookies(&self) -> Cookies {
        Cookies { secure: self.options.secure_cookies }
    }
}

/// The layer that finds the reader and hands it to the handlers and, through the response, to the layers
/// outside.
pub(crate) async fn find(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let bare = Reader::bare(&web, &request);
    let asked = request.uri().query().is_some_and(|query| {
        form_urlencoded::parse(query.as_bytes()).any(|(name, value)| name == "lang" && Lang::parse(&value).is_some())
    });
    let (reader, refused) = match bare.clone().known(&web, request.headers(), asked).await {
        Ok(reader) => (Arc::new(reader), None),
        Err(refusal) => (Arc::new(bare), Some(refusal)),
    };
    request.extensions_mut().insert(Arc::clone(&reader));
    let mut response = match refused {
        None => next.run(request).await,
        Some(refusal) => refusal.into_response(),
    };
    response.extensions_mut().insert(reader);
    response
}

/// Whether an address belongs to the JSON API.
pub(crate) fn is_api(path: &str) -> bool {
    path.starts_with("/api/")
}

/// The first language of `Accept-Language` that we have.
fn accepted(headers: &HeaderMap) -> Option<Lang> {
    let line = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut ranked: Vec<(u32, Lang)> = line
        .split(',')
        .filter_map(|part| {
            let mut pieces = part.trim().split(';');
            let code = pieces.next()?.split('-').next()?;
            let weight = pieces.find_map(|piece| piece.trim().strip_prefix("q=")).unwrap_or("1");
            let weight = weight.parse::<f32>().ok().filter(|q| (0.0..=1.0).contains(q))?;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
            Some(((weight * 1000.0) as u32, Lang::parse(&code.to_ascii_lowercase())?))
        })
        .filter(|(weight, _)| *weight > 0)
        .collect();
    ranked.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    ranked.first().map(|(_, lang)| *lang)
}

fn address(request: &Request, behind_proxy: bool) -> IpAddr {
    let forwarded = || {
        // The last entry is the one that our own proxy appended; those before it are hearsay.
        let line = request.headers().get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        line.rsplit(',').next()?.trim().parse().ok()
    };
    let peer = || request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    behind_proxy.then(forwarded).flatten().or_else(peer).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(line: &str) -> Option<Lang> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, line.parse().unwrap());
        accepted(&headers)
    }

    #[test]
    fn the_browser_language_counts_by_its_weight() {
        assert_eq!(asks("zh-CN,zh;q=0.9,en;q=0.8"), Some(Lang::Zh));
        assert_eq!(asks("de-DE,en;q=0.8,zh;q=0.7"), Some(Lang::En));
        assert_eq!(asks("zh;q=0, en;q=0.1"), Some(Lang::En));
        assert_eq!(asks("de"), None);
        assert_eq!(asks(";;;,q=,en;q=x"), None);
    }

    #[test]
    fn behind_a_proxy_only_its_own_word_counts() {
        let request = Request::builder().header("x-forwarded-for", "1.1.1.1, 2.2.2.2").body(axum::body::Body::empty());
        let request = request.unwrap();
        assert_eq!(address(&request, true).to_string(), "2.2.2.2");
        assert_eq!(address(&request, false).to_string(), "127.0.0.1");
    }
}
