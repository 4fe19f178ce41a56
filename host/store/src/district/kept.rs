//! Who is signed in, kept in memory: every request asks, and it seldom changes. Exact because one program at a time
//! has the data folder, and because whoever changes a session, an account or a grant holds a [`Change`] meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use moka::sync::Cache;

use super::sessions::{SessionRecord, SignedIn};

/// Sessions kept at most; the least used go first.
const SESSIONS: u64 = 20_000;

/// What was read of sessions, and how often something of them has changed.
#[derive(Debug)]
pub(super) struct Kept {
    changes: AtomicU64,
    sessions: Cache<String, Arc<Known>>,
}

/// A session as it was when there had been so many changes.
#[derive(Debug)]
struct Known {
    changes: u64,
    session: SessionRecord,
    signed: SignedIn,
}

/// A change under way. When it is dropped, done or not, what was read before counts no more.
#[must_use]
pub(super) struct Change<'a>(&'a Kept);

impl Drop for Change<'_> {
    fn drop(&mut self) {
        self.0.changes.fetch_add(1, Ordering::AcqRel);
    }
}

impl Default for Kept {
    fn default() -> Self {
        Self { changes: AtomicU64::new(0), sessions: Cache::new(SESSIONS) }
    }
}

impl Kept {
    /// A session, an account or a grant is about to change.
    pub(super) fn change(&self) -> Change<'_> {
        Change(self)
    }

    /// How many changes there have been. What is read after asking may be kept under this number.
    pub(super) fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    pub(super) fn signed_in(&self, token_hash: &str) -> Option<(SessionRecord, SignedIn)> {
        let known = self.sessions.get(token_hash)?;
        (known.changes == self.changes()).then(|| (known.session.clone(), known.signed.clone()))
    }

    pub(super) fn keep(&self, changes: u64, token_hash: &str, session: SessionRecord, signed: SignedIn) {
        self.sessions.insert(token_hash.to_owned(), Arc::new(Known { changes, session, signed }));
    }
}
