//! Which spaces have letters to send out of the platform, without opening the others.
//!
//! A mark in the district's database, and in memory, is set before the first letter of a space is kept, by whoever
//! holds its writer, and taken away by the sender when it finds none waiting. After a crash a mark may be left over
//! where nothing waits; never the other way round.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError, RwLock};

use cunshi_model::SpaceId;
use cunshi_model::messages::Channel;
use cunshi_model::port::Result;
use tokio::sync::Notify;

use crate::db::args;
use crate::{District, Store, StoreError};

statements! {
    OPEN = "INSERT INTO space_outgoing (space) VALUES ($1) ON CONFLICT (space) DO NOTHING";
    SETTLE = "DELETE FROM space_outgoing WHERE space = $1";
    WAITING = "SELECT space FROM space_outgoing";
}

/// The ways out that the host has, and the spaces that use them.
#[derive(Debug, Default)]
pub(crate) struct Outside {
    channels: RwLock<Vec<Channel>>,
    waiting: Mutex<BTreeSet<SpaceId>>,
    work: Notify,
}

impl Outside {
    pub(crate) fn channels(&self) -> Vec<Channel> {
        self.channels.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Letters of a space are about to be kept. The caller holds its writer.
    pub(crate) async fn open(&self, district: &District, space: SpaceId) -> Result<()> {
        if self.waiting.lock().unwrap_or_else(PoisonError::into_inner).contains(&space) {
            return Ok(());
        }
        district.writer().await?.execute(OPEN, args![space]).await?;
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(space);
        Ok(())
    }

    /// No letter of a space waits. The caller holds its writer.
    pub(crate) async fn settle(&self, district: &District, space: SpaceId) -> Result<()> {
        district.writer().await?.execute(SETTLE, args![space]).await?;
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&space);
        Ok(())
    }

    /// There may be something to send.
    pub(crate) fn wake(&self) {
        self.work.notify_one();
    }

    /// Reads the marks.
    pub(crate) async fn load(&self, district: &District) -> Result<()> {
        let rows = district.reader().await?.rows(WAITING, &[]).await?;
        let spaces = rows.iter().map(|row| row.parsed(0)).collect::<Result<BTreeSet<SpaceId>, StoreError>>()?;
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) = spaces;
        Ok(())
    }
}

impl Store {
    /// The ways out of the platform that this host has: from now on urgent messages are kept for them too.
    pub fn set_channels(&self, channels: &[Channel]) {
        let mut kept = self.shared().outside.channels.write().unwrap_or_else(PoisonError::into_inner);
        *kept = channels.to_vec();
    }

    /// The ways out of the platform that this host has.
    pub fn channels(&self) -> Vec<Channel> {
        self.shared().outside.channels()
    }

    /// Spaces whose letters may wait.
    pub fn spaces_with_letters(&self) -> Vec<SpaceId> {
        self.shared().outside.waiting.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }

    /// Returns when a letter was kept since the last call, at once if it was so meanwhile. For one waiting sender.
    pub async fn wait_for_letters(&self) {
        self.shared().outside.work.notified().await;
    }
}
