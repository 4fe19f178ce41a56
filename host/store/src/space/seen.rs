//! Read receipts: who of the space has opened a page that asks for it, and when first.

use cunshi_contract::Seen;
use cunshi_model::port::Result;
use cunshi_model::{Micros, PersonId};

use super::SpaceStore;
use crate::StoreError;
use crate::db::{Lease, Row, args};

statements! {
    /// Only for somebody of the space: an officer who looks in from above is not counted.
    PUT = "INSERT INTO seen (space_id, plugin, subject, person, at)
        SELECT $1, $2, $3, $4, $5 WHERE EXISTS (SELECT 1 FROM member AS m
            JOIN role AS r ON r.space_id = $1 AND r.person = m.person AND r.role <> 'officer'
            WHERE m.space_id = $1 AND m.person = $4)
        ON CONFLICT (space_id, plugin, subject, person) DO NOTHING";
    KNOWN = "SELECT 1 FROM seen WHERE space_id = $1 AND plugin = $2 AND subject = $3 AND person = $4";
    OF = "SELECT person, at FROM seen WHERE space_id = $1 AND plugin = $2 AND subject = $3 ORDER BY at, person";
}

/// A page that was opened.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sight {
    /// The plugin whose page it is.
    pub plugin: String,
    /// What it was about.
    pub subject: String,
    /// Who opened it.
    pub person: PersonId,
}

/// Who has seen a subject of a plugin, by time.
pub(super) async fn of(lease: &mut Lease, space: &str, plugin: &str, subject: &str) -> Result<Vec<Seen>> {
    let rows = lease.rows(OF, args![space, plugin, subject]).await?;
    let seen = |row: &Row| Ok(Seen { person: row.text(0)?, at: row.integer(1)? });
    Ok(rows.iter().map(seen).collect::<Result<_, StoreError>>()?)
}

impl SpaceStore {
    /// Keeps that pages were opened, each once; returns how many were new. The revision stays, so that what readers
    /// do does not empty the page cache.
    pub async fn see(&self, sights: &[(Sight, Micros)]) -> Result<u64> {
        // Most of what is opened was opened before: that needs no turn of the writer.
        let mut unseen = Vec::new();
        let mut reader = self.reader().await?;
        for (sight, at) in sights {
            let args = args![self.key(), &sight.plugin, &sight.subject, sight.person];
            if reader.first(KNOWN, args).await?.is_none() {
                unseen.push((sight, *at));
            }
        }
        drop(reader);
        if unseen.is_empty() {
            return Ok(0);
        }
        let mut lease = self.writer().await?;
        lease.begin_writing().await?;
        let mut new = 0;
        for (Sight { plugin, subject, person }, at) in unseen {
            new += lease.execute(PUT, args![self.key(), plugin, subject, *person, at]).await?;
        }
        lease.commit().await?;
        Ok(new)
    }
}
