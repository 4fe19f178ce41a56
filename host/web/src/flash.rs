//! A sentence for the next page: kept here for two minutes, found by a random token in a cookie, shown once.

use std::time::Duration;

use moka::sync::Cache;

use crate::session::fresh_token;

/// Sentences that wait for their page.
pub(crate) struct Flashes(Cache<String, Said>);

/// What to say, and whether it went well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) text: String,
    pub(crate) good: bool,
}

impl Flashes {
    pub(crate) fn new() -> Self {
        Self(Cache::builder().max_capacity(10_000).time_to_live(Duration::from_mins(2)).build())
    }

    /// Keeps a sentence; the token goes into the cookie.
    pub(crate) fn keep(&self, text: String, good: bool) -> String {
        let token = fresh_token();
        self.0.insert(token.clone(), Said { text, good });
        token
    }

    /// Takes the sentence out.
    pub(crate) fn take(&self, token: &str) -> Option<Said> {
        self.0.remove(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_shown_once() {
        let flashes = Flashes::new();
        let token = flashes.keep("谢谢".into(), true);
        assert_eq!(flashes.take(&token), Some(Said { text: "谢谢".into(), good: true }));
        assert_eq!(flashes.take(&token), None);
    }
}
