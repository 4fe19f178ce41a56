//! Which spaces have something to do, and when, without opening those that are idle.
//!
//! While a space is written, its next due time is kept in memory, where a commit only marks it as stale: who
//! asks works it out. The district's database holds the due times of all other spaces, and a mark for those
//! that are in some memory: it is set once before the first write, and taken away with the due time written
//! when the space goes idle. A mark that is found when the store opens tells of a crash: that space is
//! counted anew.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use cunshi_model::port::Result;
use cunshi_model::{Micros, SpaceId};

use crate::db::args;
use crate::space::{self, SpaceStore};
use crate::{District, StoreError};

statements! {
    OPEN = "INSERT INTO space_due (space, due_at, open) VALUES ($1, NULL, 1)
        ON CONFLICT (space) DO UPDATE SET open = 1";
    SETTLE = "INSERT INTO space_due (space, due_at, open) VALUES ($1, $2, 0)
        ON CONFLICT (space) DO UPDATE SET due_at = excluded.due_at, open = 0";
    LEFT_OPEN = "SELECT space FROM space_due WHERE open = 1";
    DUE = "SELECT space, due_at FROM space_due WHERE open = 0 AND due_at <= $1 ORDER BY due_at LIMIT $2";
    NEXT = "SELECT MIN(due_at) FROM space_due WHERE open = 0";
}

/// The due times of the spaces that are written now.
#[derive(Debug, Default)]
pub(crate) struct Dues(Mutex<HashMap<SpaceId, Mark>>);

#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    at: Option<Micros>,
    /// How often it was touched.
    touched: u64,
    /// The number of touches that `at` takes into account.
    known: Option<u64>,
}

impl Dues {
    fn marks(&self) -> MutexGuard<'_, HashMap<SpaceId, Mark>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Before a space is written: its due time is in memory from now on. The caller holds its writer.
    pub(crate) async fn open(&self, district: &District, space: SpaceId) -> Result<()> {
        if self.marks().contains_key(&space) {
            return Ok(());
        }
        district.writer().await?.execute(OPEN, args![space]).await?;
        self.marks().entry(space).or_default();
        Ok(())
    }

    /// The due time may be another.
    pub(crate) fn touch(&self, space: SpaceId) {
        if let Some(mark) = self.marks().get_mut(&space) {
            mark.touched += 1;
        }
    }

    /// The spaces in memory whose due time has to be worked out.
    fn stale(&self) -> Vec<(SpaceId, u64)> {
        let marks = self.marks();
        let stale = marks.iter().filter(|(_, mark)| mark.known != Some(mark.touched));
        stale.map(|(space, mark)| (*space, mark.touched)).collect()
    }

    fn set(&self, space: SpaceId, touched: u64, at: Option<Micros>) {
        if let Some(mark) = self.marks().get_mut(&space) {
            mark.at = at;
            mark.known = Some(touched);
        }
    }

    fn times(&self) -> Vec<(Micros, SpaceId)> {
        self.marks().iter().filter_map(|(space, mark)| Some((mark.at?, *space))).collect()
    }
}

impl crate::Store {
    /// Spaces with something due, the longest due first.
    pub(crate) async fn due_spaces(&self, now: Micros, limit: usize) -> Result<Vec<SpaceId>> {
        self.refresh().await;
        let mut due: Vec<_> = self.shared().dues.times().into_iter().filter(|(at, _)| *at <= now).collect();
        let rows = {
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            self.district().reader().await?.rows(DUE, args![now, limit]).await?
        };
        for row in &rows {
            due.push((row.integer(1)?, row.parsed(0)?));
        }
        due.sort_unstable();
        let mut spaces: Vec<SpaceId> = due.into_iter().map(|(_, space)| space).collect();
        // One that went idle meanwhile stands in both.
        let mut seen = std::collections::HashSet::new();
        spaces.retain(|space| seen.insert(*space));
        spaces.truncate(limit);
        Ok(spaces)
    }

    /// The earliest due time of all.
    pub(crate) async fn earliest_due(&self) -> Result<Option<Micros>> {
        self.refresh().await;
        let in_memory = self.shared().dues.times().into_iter().map(|(at, _)| at).min();
        let row = self.district().reader().await?.first(NEXT, &[]).await?;
        let idle = row.map_or(Ok(None), |row| row.maybe_integer(0))?;
        Ok(in_memory.into_iter().chain(idle).min())
    }

    async fn refresh(&self) {
        for (id, touched) in self.shared().dues.stale() {
            // One space that cannot be read now does not keep the others from their work.
            let counted = async {
                let space = self.space(id).await?;
                let mut lease = space.reader().await?;
                space::due::next(&mut lease, space.key()).await
            };
            match counted.await {
                Ok(at) => self.shared().dues.set(id, touched, at),
                Err(error) => tracing::warn!(space = %id, %error, "the due time of a space could not be read"),
            }
        }
    }

    /// Counts the spaces anew that a crash left open.
    pub(crate) async fn recount(&self) -> Result<()> {
        let rows = self.district().reader().await?.rows(LEFT_OPEN, &[]).await?;
        for row in &rows {
            let id = row.parsed(0).map_err(|error: StoreError| error)?;
            if let Err(error) = self.recount_space(id).await {
                // It stays marked, and is counted when it can be opened again.
                tracing::error!(space = %id, %error, "a space could not be opened after a crash");
            }
        }
        Ok(())
    }

    async fn recount_space(&self, id: SpaceId) -> Result<()> {
        self.space(id).await?.settle().await
    }
}

impl SpaceStore {
    /// The space goes idle: its due time moves from memory to the district's database. Holding the writer
    /// keeps others from writing meanwhile.
    pub(crate) async fn settle(&self) -> Result<()> {
        let mut lease = self.writer().await?;
        let at = space::due::next(&mut lease, self.key()).await?;
        self.shared.district.writer().await?.execute(SETTLE, args![self.id(), at]).await?;
        self.shared.dues.marks().remove(&self.id());
        Ok(())
    }

    /// Whether its due time is in memory.
    pub(crate) fn is_marked(&self) -> bool {
        self.shared.dues.marks().contains_key(&self.id())
    }
}
