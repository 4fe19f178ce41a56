//! The language of the command line: English, or Chinese where `CUNSHI_LANG` or the locale asks for it.

use std::sync::LazyLock;

use cunshi_contract::Lang;
use cunshi_store::StoreError;

/// The operator's language: `CUNSHI_LANG=zh|en`, else Chinese for a Chinese locale, else English.
pub fn lang() -> Lang {
    static LANG: LazyLock<Lang> = LazyLock::new(|| {
        let given = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        choose(given("CUNSHI_LANG").as_deref(), given("LC_ALL").or_else(|| given("LANG")).as_deref())
    });
    *LANG
}

fn choose(own: Option<&str>, locale: Option<&str>) -> Lang {
    match own.or(locale) {
        Some(value) if value.starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

/// The one of two sentences that the operator reads.
pub fn say(zh: impl Into<String>, en: impl Into<String>) -> String {
    match lang() {
        Lang::Zh => zh.into(),
        Lang::En => en.into(),
    }
}

/// [`say`] as an error.
pub fn wrong(zh: impl Into<String>, en: impl Into<String>) -> anyhow::Error {
    anyhow::Error::msg(say(zh, en))
}

/// An error as one sentence: its causes behind each other, without the system's numbers. What the store says is
/// a whole sentence already, and its cause is an engine's word; only where it does not know better is that added.
pub fn sentence(error: &anyhow::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    for cause in error.chain() {
        let part = without_number(&cause.to_string());
        if !parts.contains(&part) {
            parts.push(part);
        }
        if cause.downcast_ref::<StoreError>().is_some_and(|store| !matches!(store, StoreError::Storage { .. })) {
            break;
        }
    }
    parts.join(": ")
}

/// "No such file or directory (os error 2)" without its end.
fn without_number(text: &str) -> String {
    let Some(start) = text.find(" (os error ") else { return text.to_owned() };
    let (before, rest) = text.split_at(start);
    let after = rest.split_once(')').map_or("", |(_, after)| after);
    format!("{before}{after}")
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    #[test]
    fn the_own_variable_wins_over_the_locale() {
        assert_eq!(choose(None, None), Lang::En);
        assert_eq!(choose(None, Some("zh_CN.UTF-8")), Lang::Zh);
        assert_eq!(choose(Some("en"), Some("zh_CN.UTF-8")), Lang::En);
        assert_eq!(choose(Some("zh"), Some("C")), Lang::Zh);
    }

    #[test]
    fn an_error_is_one_sentence_without_numbers() {
        let missing = std::fs::read("no/such/file").context("the plan").unwrap_err();
        assert_eq!(sentence(&missing), "the plan: No such file or directory");
    }

    #[test]
    fn the_stores_sentence_needs_no_cause() {
        let full = StoreError::DiskFull { path: "data/district.db".into(), source: "(code: 13) disk I/O".into() };
        let said = sentence(&anyhow::Error::new(full));
        assert_eq!(
            said,
            "the disk that holds data/district.db is full: free some space, nothing acknowledged was lost"
        );
    }
}
