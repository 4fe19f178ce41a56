//! Signing in and out, for pages and API alike.

use std::net::IpAddr;

use cunshi_store::Account;

use crate::Web;
use crate::error::Refusal;
use crate::passwords::MAX_PASSWORD;
use crate::session::{fresh_token, hash_of};

/// The account that a telephone and a password open. An unknown telephone takes as long as a wrong password
/// and gets the same answer.
pub(crate) async fn authenticate(web: &Web, from: IpAddr, phone: &str, password: &str) -> Result<Account, Refusal> {
    let phone = digits(phone);
    if phone.is_empty() || password.is_empty() || password.len() > MAX_PASSWORD {
        return Err(Refusal::Credentials);
    }
    web.throttle.attempt(&phone, from, web.clock.now())?;
    let account = web.store.district().account_by_phone(&phone).await?;
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    if !web.passwords.check(password.to_owned(), hash).await? {
        return Err(Refusal::Credentials);
    }
    web.throttle.succeeded(&phone, from);
    account.ok_or(Refusal::Credentials)
}

/// Opens a session; the token is told once and kept as its hash.
pub(crate) async fn open(web: &Web, account: &Account) -> Result<String, Refusal> {
    let token = fresh_token();
    web.store.district().open_session(&hash_of(&token), account.person, web.clock.now()).await?;
    Ok(token)
}

/// A telephone as it is stored: digits only, without China's country code.
pub(crate) fn digits(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).take(20).collect();
    match digits.strip_prefix("86").or_else(|| digits.strip_prefix("0086")) {
        Some(rest) if rest.len() == 11 => rest.to_owned(),
        _ => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn a_telephone_is_the_same_however_it_is_written() {
        for written in ["13890012345", "138 9001 2345", "+86 138-9001-2345", "008613890012345"] {
            assert_eq!(digits(written), "13890012345", "{written}");
        }
        assert_eq!(digits("0813-3300123"), "08133300123");
        assert_eq!(digits("８６"), "");
    }
}
