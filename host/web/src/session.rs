//! Sessions: a random token in a cookie or a bearer header, kept as its hash only.

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, COOKIE};
use rand::Rng;
use sha2::{Digest, Sha256};

/// How long a browser keeps the cookie: the session's absolute life of 90 days.
const COOKIE_AGE_S: u64 = 90 * 24 * 3_600;

/// A fresh token: 32 random bytes as 64 hexadecimal digits.
pub(crate) fn fresh_token() -> String {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    hex(&bytes)
}

/// What is stored of a token.
pub(crate) fn hash_of(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The cookie of a visitor's language.
pub(crate) const LANG: &str = "cunshi-lang";
/// The cookie of a visitor's large type.
pub(crate) const ELDER: &str = "cunshi-elder";

/// The cookies of this platform: names and attributes in one place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cookies {
    pub(crate) secure: bool,
}

impl Cookies {
    /// The session's.
    pub(crate) fn session(self) -> &'static str {
        if self.secure { "__Host-cunshi" } else { "cunshi" }
    }

    /// The one that leads to a sentence kept for the next page.
    pub(crate) fn flash(self) -> &'static str {
        if self.secure { "__Host-cunshi-flash" } else { "cunshi-flash" }
    }

    /// A `Set-Cookie` that keeps a value for the session's life.
    pub(crate) fn keep(self, name: &str, value: &str) -> String {
        self.set(name, value, COOKIE_AGE_S)
    }

    /// A `Set-Cookie` that keeps a value for two minutes.
    pub(crate) fn keep_shortly(self, name: &str, value: &str) -> String {
        self.set(name, value, 120)
    }

    /// A `Set-Cookie` that forgets.
    pub(crate) fn forget(self, name: &str) -> String {
        self.set(name, "", 0)
    }

    fn set(self, name: &str, value: &str, age_s: u64) -> String {
        let secure = if self.secure { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; Max-Age={age_s}; HttpOnly; SameSite=Lax{secure}")
    }
}

/// The value of a cookie; the first wins when a browser sends several.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(COOKIE)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

/// The token of an `Authorization: Bearer` header. Another scheme counts as a token that fits nothing.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?;
    let text = value.to_str().unwrap_or_default();
    let (scheme, token) = text.split_once(' ').unwrap_or((text, ""));
    Some(if scheme.eq_ignore_ascii_case("bearer") { token.trim() } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_long_different_and_never_kept_as_they_are() {
        let (one, two) = (fresh_token(), fresh_token());
        assert_eq!(one.len(), 64);
        assert_ne!(one, two);
        assert_ne!(hash_of(&one), one);
        assert_eq!(hash_of("x"), "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");
    }

    #[test]
    fn cookies_are_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "a=1; cunshi=abc".parse().unwrap());
        headers.append(COOKIE, "cunshi-lang=en".parse().unwrap());
        assert_eq!(cookie(&headers, "cunshi"), Some("abc"));
        assert_eq!(cookie(&headers, "cunshi-lang"), Some("en"));
        assert_eq!(cookie(&headers, "lang"), None);
    }

    #[test]
    fn a_session_cookie_is_for_this_host_and_for_no_script() {
        let line = Cookies { secure: true }.keep(Cookies { secure: true }.session(), "t");
        assert_eq!(line, "__Host-cunshi=t; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax; Secure");
        assert!(!Cookies { secure: false }.keep("cunshi", "t").contains("Secure"));
    }

    #[test]
    fn another_scheme_is_no_bearer_but_not_nobody_either() {
        let mut headers = HeaderMap::new();
        assert_eq!(bearer(&headers), None);
        headers.insert(AUTHORIZATION, "Basic abc".parse().unwrap());
        assert_eq!(bearer(&headers), Some(""));
        headers.insert(AUTHORIZATION, "bearer  abc ".parse().unwrap());
        assert_eq!(bearer(&headers), Some("abc"));
    }
}
