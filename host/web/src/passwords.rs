//! Passwords: Argon2id, a bounded number at once, off the threads that serve requests.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use crate::WebError;
use crate::error::Refusal;

/// What it costs to check one password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
}

impl PasswordCost {
    /// For people: 19 MiB and two passes, the first of OWASP's recommended settings.
    pub const STRONG: Self = Self { memory_kib: 19 * 1024, passes: 2 };
    /// For demo and tests, where thousands are made at once and protect nothing.
    pub const DEMO: Self = Self { memory_kib: 64, passes: 1 };
}

impl Default for PasswordCost {
    fn default() -> Self {
        Self::STRONG
    }
}

/// Longest password taken, in bytes: what is longer is refused before it costs anything.
pub(crate) const MAX_PASSWORD: usize = 256;
/// Shortest new password, in characters.
pub(crate) const MIN_PASSWORD: usize = 8;
/// How many are checked at once.
const AT_ONCE: usize = 2;
/// How long a sign-in waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// Hashes a password with a fresh salt, in the PHC form that carries its own cost.
pub fn hash_password(password: &str, cost: PasswordCost) -> Result<String, WebError> {
    let wrong = |error: &dyn std::fmt::Display| WebError::Password(error.to_string());
    let params = Params::new(cost.memory_kib, cost.passes, 1, None).map_err(|e| wrong(&e))?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash: PasswordHash = argon.hash_password(password.as_bytes()).map_err(|e| wrong(&e))?;
    Ok(hash.to_string())
}

/// Whether a password fits a hash. A hash that cannot be read fits nothing.
pub fn verify_password(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// The gate before Argon2.
pub(crate) struct Passwords {
    cost: PasswordCost,
    gate: Arc<Semaphore>,
    /// Checked when the phone is unknown, so that the answer takes as long.
    decoy: Arc<str>,
}

impl Passwords {
    pub(crate) fn new(cost: PasswordCost) -> Result<Self, WebError> {
        let decoy = hash_password("nobody has this password", cost)?;
        Ok(Self { cost, gate: Arc::new(Semaphore::new(AT_ONCE)), decoy: decoy.into() })
    }

    /// Whether a password fits an account's hash; without a hash the same work is done in vain.
    pub(crate) async fn check(&self, password: String, hash: Option<String>) -> Result<bool, Refusal> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.decoy.to_string());
        let fits = self.at_the_gate(move || verify_password(&password, &hash)).await?;
        Ok(fits && known)
    }

    /// Hashes a new password.
    pub(crate) async fn hash(&self, password: String) -> Result<String, Refusal> {
        let cost = self.cost;
        self.at_the_gate(move || hash_password(&password, cost)).await?.map_err(Refusal::internal)
    }

    async fn at_the_gate<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
        let permit = tokio::time::timeout(PATIENCE, Arc::clone(&self.gate).acquire_owned())
            .await
            .map_err(|_| Refusal::Busy { retry_after_s: 5 })?
            .map_err(Refusal::internal)?;
        // The permit travels along: a client that hangs up does not let another one in early.
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        })
        .await
        .map_err(Refusal::internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_and_no_other() {
        let hash = hash_password("黄桷树下 2026", PasswordCost::DEMO).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{hash}");
        assert!(verify_password("黄桷树下 2026", &hash));
        assert!(!verify_password("黄桷树下 2027", &hash));
        assert_ne!(hash, hash_password("黄桷树下 2026", PasswordCost::DEMO).unwrap(), "each has its salt");
    }

    #[test]
    fn a_broken_hash_fits_nothing() {
        for broken in ["", "x", "$argon2id$", "$argon2id$v=19$m=64,t=1,p=1$$"] {
            assert!(!verify_password("", broken), "{broken}");
        }
    }

    #[tokio::test]
    async fn an_account_without_a_password_lets_nobody_in() {
        let passwords = Passwords::new(PasswordCost::DEMO).unwrap();
        assert!(!passwords.check("nobody has this password".into(), None).await.unwrap());
    }
}
