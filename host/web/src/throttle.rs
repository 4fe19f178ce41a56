//! Failed sign-ins cost time: per account at once, per address late, because villagers share the addresses
//! of their carrier.

use std::net::IpAddr;
use std::sync::Mutex;
use std::time::Duration;

use cunshi_model::Micros;
use cunshi_model::clock::SECOND;
use moka::sync::Cache;

use crate::error::Refusal;

/// Failures of one account before it waits.
const ACCOUNT_FREE: u32 = 5;
/// Failures of one address before it waits.
const ADDRESS_FREE: u32 = 100;
/// The first wait; it doubles with each failure.
const FIRST_WAIT: Micros = 30 * SECOND;
/// The longest wait.
const LONGEST_WAIT: Micros = 15 * 60 * SECOND;
/// What is remembered at most, per map.
const REMEMBERED: u64 = 100_000;
/// Failures are forgotten after this long without another.
const MEMORY: Duration = Duration::from_hours(1);

#[derive(Clone, Copy, Default)]
struct Failures {
    count: u32,
    until: Micros,
}

/// Counts of failures.
pub(crate) struct Throttle {
    accounts: Cache<String, Failures>,
    addresses: Cache<IpAddr, Failures>,
    /// Reading a count and raising it is one step.
    step: Mutex<()>,
}

impl Throttle {
    pub(crate) fn new() -> Self {
        Self {
            accounts: Cache::builder().max_capacity(REMEMBERED).time_to_idle(MEMORY).build(),
            addresses: Cache::builder().max_capacity(REMEMBERED).time_to_idle(MEMORY).build(),
            step: Mutex::new(()),
        }
    }

    /// Counts an attempt as failed before it is tried, so that many at once do not slip through; refuses
    /// while the account or the address waits. [`Self::succeeded`] takes it back.
    pub(crate) fn attempt(&self, phone: &str, address: IpAddr, now: Micros) -> Result<(), Refusal> {
        let _step = self.step.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let account = self.accounts.get(phone).unwrap_or_default();
        let from = self.addresses.get(&address).unwrap_or_default();
        let until = account.until.max(from.until);
        if until > now {
            return Err(Refusal::Throttled { retry_after_s: seconds(until - now) });
        }
        self.accounts.insert(phone.to_owned(), account.raised(ACCOUNT_FREE, now));
        self.addresses.insert(address, from.raised(ADDRESS_FREE, now));
        Ok(())
    }

    /// The attempt was right: the account starts anew, the address gets this one back.
    pub(crate) fn succeeded(&self, phone: &str, address: IpAddr) {
        let _step = self.step.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        self.accounts.invalidate(phone);
        if let Some(from) = self.addresses.get(&address) {
            self.addresses.insert(address, Failures { count: from.count.saturating_sub(1), until: 0 });
        }
    }
}

impl Failures {
    fn raised(self, free: u32, now: Micros) -> Self {
        let count = self.count.saturating_add(1);
        let until = match count.checked_sub(free) {
            None => 0,
            Some(over) => now + FIRST_WAIT.checked_shl(over.min(10)).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT),
        };
        Self { count, until }
    }
}

/// Whole seconds, rounded up.
fn seconds(span: Micros) -> u32 {
    u32::try_from((span + SECOND - 1) / SECOND).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));

    fn waits(result: Result<(), Refusal>) -> u32 {
        match result {
            Err(Refusal::Throttled { retry_after_s }) => retry_after_s,
            other => panic!("should wait, but: {other:?}"),
        }
    }

    #[test]
    fn five_failures_make_an_account_wait_and_the_wait_grows() {
        let throttle = Throttle::new();
        for _ in 0..5 {
            throttle.attempt("13800000001", HERE, 0).unwrap();
        }
        assert_eq!(waits(throttle.attempt("13800000001", HERE, 0)), 30);
        assert_eq!(waits(throttle.attempt("13800000001", HERE, 29 * SECOND)), 1);
        throttle.attempt("13800000001", HERE, 30 * SECOND).unwrap();
        assert_eq!(waits(throttle.attempt("13800000001", HERE, 30 * SECOND)), 60);
        throttle.attempt("13800000002", HERE, 30 * SECOND).expect("a neighbour on the same address is let in");
    }

    #[test]
    fn the_right_password_makes_good() {
        let throttle = Throttle::new();
        for _ in 0..20 {
            for _ in 0..4 {
                throttle.attempt("13800000001", HERE, 0).unwrap();
            }
            throttle.succeeded("13800000001", HERE);
        }
    }

    #[test]
    fn an_address_that_guesses_many_accounts_waits_too() {
        let throttle = Throttle::new();
        for n in 0..100 {
            throttle.attempt(&format!("138{n:08}"), HERE, 0).unwrap();
        }
        assert_eq!(waits(throttle.attempt("13999999999", HERE, 0)), 30);
        throttle.attempt("13999999999", "10.0.0.2".parse().unwrap(), 0).expect("others are not held up");
    }

    #[test]
    fn no_wait_is_longer_than_a_quarter_of_an_hour() {
        let mut failures = Failures::default();
        for _ in 0..200 {
            failures = failures.raised(ACCOUNT_FREE, 0);
        }
        assert_eq!(failures.until, LONGEST_WAIT);
    }
}
