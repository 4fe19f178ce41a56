//! Which spaces know a person, and where somebody is an officer over a whole subtree: an index over what the
//! spaces hold, kept by them.

use cunshi_model::port::Result;
use cunshi_model::{PersonId, SpaceId};

use super::District;
use crate::StoreError;
use crate::db::args;

statements! {
    MEMBERSHIPS = "SELECT m.space FROM membership AS m JOIN space AS s ON s.id = m.space
        WHERE m.person = $1 ORDER BY s.code";
    IS_MEMBER = "SELECT 1 FROM membership WHERE person = $1 AND space = $2";
    ADD_MEMBER = "INSERT INTO membership (person, space) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    REMOVE_MEMBER = "DELETE FROM membership WHERE person = $1 AND space = $2";
    SUBTREES = "SELECT space FROM subtree_grant WHERE person = $1";
    ADD_SUBTREE = "INSERT INTO subtree_grant (person, space) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    REMOVE_SUBTREE = "DELETE FROM subtree_grant WHERE person = $1 AND space = $2";
}

impl District {
    /// The spaces that know a person as a member or by a role, by code.
    pub async fn memberships(&self, person: PersonId) -> Result<Vec<SpaceId>> {
        let rows = self.reader().await?.rows(MEMBERSHIPS, args![person]).await?;
        Ok(rows.iter().map(|row| row.parsed(0)).collect::<Result<_, StoreError>>()?)
    }

    pub(crate) async fn set_membership(&self, person: PersonId, space: SpaceId, member: bool) -> Result<()> {
        let known = self.reader().await?.first(IS_MEMBER, args![person, space]).await?.is_some();
        // Writing syncs the disk: only when something changes.
        if known != member {
            let sql = if member { ADD_MEMBER } else { REMOVE_MEMBER };
            self.writer().await?.execute(sql, args![person, space]).await?;
        }
        Ok(())
    }

    /// Whether a person is an officer by a grant over the subtree of one of the spaces.
    pub(crate) async fn officer_over(&self, person: PersonId, spaces: &[SpaceId]) -> Result<bool> {
        if spaces.is_empty() {
            return Ok(false);
        }
        for row in self.reader().await?.rows(SUBTREES, args![person]).await? {
            if spaces.contains(&row.parsed(0)?) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub(crate) async fn set_subtree(&self, person: PersonId, space: SpaceId, granted: bool) -> Result<()> {
        let sql = if granted { ADD_SUBTREE } else { REMOVE_SUBTREE };
        let _changed = self.0.kept.change();
        self.writer().await?.execute(sql, args![person, space]).await?;
        Ok(())
    }
}
