//! One write transaction of a space, and one snapshot of it.

use std::sync::Arc;

use cunshi_model::port::{AuditEntry, DataError, Result};
use tracing::Instrument as _;

use super::SpaceStore;
use super::audit::{self, Pending};
use super::state::{self, State};
use crate::db::{Begin, Lease};

/// A snapshot: what it reads does not change while it is held.
pub(crate) struct Snapshot {
    pub(crate) lease: Lease,
    pub(crate) space: Arc<SpaceStore>,
}

/// A transaction: undone when it is dropped before [`Transaction::commit`].
pub(crate) struct Transaction {
    pub(crate) lease: Lease,
    pub(crate) state: State,
    pub(crate) pending: Pending,
    pub(crate) space: Arc<SpaceStore>,
    /// After the lease: whoever is woken finds the transaction ended.
    wake: Wake,
}

/// Tells the worker that deliveries, carriages or jobs have changed, the sender that letters wait, and the readers of
/// the profile, of the district's rules and of the counts of messages that these have, however the transaction ends.
#[expect(clippy::struct_excessive_bools, reason = "one for each who is told")]
struct Wake {
    space: Arc<SpaceStore>,
    touched: bool,
    profile: bool,
    rules: bool,
    messages: bool,
    letters: bool,
}

impl Wake {
    fn of(space: Arc<SpaceStore>) -> Self {
        Self { space, touched: false, profile: false, rules: false, messages: false, letters: false }
    }
}

impl Drop for Wake {
    fn drop(&mut self) {
        if self.profile {
            self.space.kept.forget();
        }
        if self.rules {
            self.space.shared.district.forget_rules();
        }
        if self.touched {
            self.space.shared.dues.touch(self.space.id());
            self.space.shared.work.notify_one();
        }
        if self.messages {
            self.space.counts.forget();
        }
        if self.letters {
            self.space.shared.outside.wake();
        }
    }
}

impl SpaceStore {
    /// A snapshot. The first statement takes it.
    pub(crate) async fn snapshot(&self) -> Result<Snapshot> {
        let space = self.me()?;
        Ok(Snapshot { lease: self.readers.begin(Begin::Snapshot).await?, space })
    }

    /// The space's one write transaction.
    pub(crate) async fn transaction(&self) -> Result<Transaction> {
        let space = self.me()?;
        let mut lease = self.writer.lease().await?;
        self.shared.dues.open(&self.shared.district, self.id()).await?;
        lease.begin_writing().await?;
        let state = state::read(&mut lease, self.key()).await?;
        let wake = Wake::of(Arc::clone(&space));
        Ok(Transaction { lease, state, pending: Pending::default(), space, wake })
    }
}

impl Transaction {
    /// Something may be due at another time than before.
    pub(crate) fn touch(&mut self) {
        self.wake.touched = true;
    }

    /// The profile is another after this.
    pub(crate) fn renew_profile(&mut self) {
        self.wake.profile = true;
    }

    /// Another version of a rule decides after this; the district's own rules are those of its space.
    pub(crate) fn renew_rules(&mut self) {
        self.wake.rules = true;
    }

    /// Somebody got a message.
    pub(crate) fn messages_changed(&mut self) {
        self.wake.messages = true;
    }

    /// A letter goes out of the platform after this.
    pub(crate) fn letters_wait(&mut self) {
        self.wake.letters = true;
    }

    /// A row of the platform's own in the audit.
    pub(crate) fn note(&mut self, entry: &AuditEntry<'_>) {
        self.pending.row(entry);
    }

    /// The revision that this transaction began with.
    pub(crate) fn revision(&self) -> u64 {
        revision(&self.state)
    }

    /// Keeps everything. Once begun it is carried through, even when the caller goes away.
    pub(crate) async fn commit(self) -> Result<u64> {
        match tokio::spawn(self.finish().in_current_span()).await {
            Ok(revision) => revision,
            Err(error) => Err(DataError::Storage(Box::new(error))),
        }
    }

    async fn finish(mut self) -> Result<u64> {
        audit::append(&mut self).await?;
        self.state.revision += 1;
        state::save(&mut self.lease, self.space.key(), &self.state).await?;
        let revision = self.revision();
        let Self { lease, wake, space, .. } = self;
        lease.commit().await?;
        space.committed(revision);
        drop(wake);
        Ok(revision)
    }
}

pub(super) fn revision(state: &State) -> u64 {
    u64::try_from(state.revision).unwrap_or_default()
}
