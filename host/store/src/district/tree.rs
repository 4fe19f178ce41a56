//! The tree of spaces: village → town → district, kept in memory.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use cunshi_model::port::{DataError, Result};
use cunshi_model::{Space, SpaceCode, SpaceId, SpaceKind};

use super::District;
use crate::StoreError;
use crate::db::{Connection, Row, args};

statements! {
    ALL_SPACES = "SELECT id, code, name, kind, parent FROM space ORDER BY code";
    ALL_CODES = "SELECT code, space FROM space_code";
    ADD = "INSERT INTO space (id, code, name, kind, parent, born) VALUES ($1, $2, $3, $4, $5, 0)";
    CHANGE = "UPDATE space SET name = $2, kind = $3, parent = $4 WHERE id = $1";
    RECODE = "UPDATE space SET code = $2 WHERE id = $1";
    KEEP_CODE = "INSERT INTO space_code (code, space, until) VALUES ($1, $2, $3)
        ON CONFLICT (code) DO UPDATE SET space = excluded.space, until = excluded.until";
    FORGET_CODE = "DELETE FROM space_code WHERE code = $1";
    BORN = "SELECT born FROM space WHERE id = $1";
    SET_BORN = "UPDATE space SET born = 1 WHERE id = $1";
}

/// The spaces of the district at one moment.
#[derive(Clone, Debug, Default)]
pub struct SpaceTree {
    /// By code.
    spaces: Vec<Space>,
    ids: HashMap<SpaceId, usize>,
    codes: HashMap<String, usize>,
}

impl SpaceTree {
    fn new(spaces: Vec<Space>, old_codes: Vec<(String, SpaceId)>) -> Self {
        let ids: HashMap<_, _> = spaces.iter().enumerate().map(|(place, space)| (space.id, place)).collect();
        let old = old_codes.into_iter().filter_map(|(code, id)| Some((code, *ids.get(&id)?)));
        let now = spaces.iter().enumerate().map(|(place, space)| (space.code.as_str().to_owned(), place));
        // Present codes last: they win over history.
        let codes = old.chain(now).collect();
        Self { spaces, ids, codes }
    }

    /// The space with a code, the present one or one that it had before.
    pub fn by_code(&self, code: &str) -> Option<&Space> {
        self.codes.get(code).and_then(|place| self.spaces.get(*place))
    }

    /// The space with an id.
    pub fn by_id(&self, id: SpaceId) -> Option<&Space> {
        self.ids.get(&id).and_then(|place| self.spaces.get(*place))
    }

    /// The spaces right below one, by code.
    pub fn children(&self, id: SpaceId) -> Vec<&Space> {
        self.spaces.iter().filter(|space| space.parent == Some(id)).collect()
    }

    /// The spaces above one, the nearest first.
    pub fn above(&self, id: SpaceId) -> Vec<&Space> {
        let parent = |space: &Space| space.parent.and_then(|parent| self.by_id(parent));
        let first = self.by_id(id).and_then(parent);
        // `put_space` lets no circle in; the bound holds even if somebody drew one by hand.
        std::iter::successors(first, |space| parent(space)).take(self.spaces.len()).collect()
    }

    /// All spaces, by code.
    pub fn all(&self) -> &[Space] {
        &self.spaces
    }

    /// The space that has none above: the district.
    pub fn root(&self) -> Option<&Space> {
        let district = |space: &&Space| space.kind == SpaceKind::District && space.parent.is_none();
        self.spaces.iter().find(district).or_else(|| self.spaces.iter().find(|space| space.parent.is_none()))
    }
}

pub(super) async fn load(connection: &mut Connection) -> Result<SpaceTree, StoreError> {
    let spaces = connection.rows(ALL_SPACES, &[]).await?;
    let codes = connection.rows(ALL_CODES, &[]).await?;
    build(&spaces, &codes)
}

fn build(spaces: &[Row], codes: &[Row]) -> Result<SpaceTree, StoreError> {
    let spaces = spaces.iter().map(space).collect::<Result<_, _>>()?;
    let codes = codes.iter().map(|row| Ok((row.text(0)?, row.parsed(1)?))).collect::<Result<_, StoreError>>()?;
    Ok(SpaceTree::new(spaces, codes))
}

fn space(row: &Row) -> Result<Space, StoreError> {
    let kind = row.text(3)?;
    Ok(Space {
        id: row.parsed(0)?,
        code: row.parsed(1)?,
        name: row.text(2)?,
        kind: SpaceKind::parse(&kind).ok_or_else(|| row.damaged(format!("unknown kind `{kind}`").into()))?,
        parent: row.maybe_parsed(4)?,
    })
}

impl District {
    /// The tree as it stands.
    pub fn tree(&self) -> Arc<SpaceTree> {
        Arc::clone(&self.0.tree.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes a space, or changes the one that has the code now. Its own file is made when it is first opened.
    pub async fn put_space(
        &self,
        code: &SpaceCode,
        name: &str,
        kind: SpaceKind,
        parent: Option<SpaceId>,
    ) -> Result<Space> {
        let mut tx = self.write().await?;
        // Under the write lock, so that two writers of one code see each other.
        let tree = self.tree();
        let found = tree.by_code(code.as_str());
        if let Some(other) = found.filter(|space| space.code != *code) {
            return Err(DataError::Invalid(format!(
                "{code} was the code of {} once, which is {} now",
                other.name, other.code
            )));
        }
        let id = found.map_or_else(|| SpaceId::new(self.0.clock.now()), |space| space.id);
        if let Some(parent) = parent {
            let circle = parent == id || tree.above(parent).iter().any(|space| space.id == id);
            if tree.by_id(parent).is_none() || circle {
                return Err(DataError::Invalid(format!("{name} cannot lie below that space")));
            }
        }
        let space = Space { id, code: code.clone(), name: name.to_owned(), kind, parent };
        match found {
            Some(same) if *same == space => return Ok(space),
            Some(_) => tx.execute(CHANGE, args![id, name, kind.as_str(), parent]).await?,
            None => tx.execute(ADD, args![id, code.as_str(), name, kind.as_str(), parent]).await?,
        };
        self.commit_tree(tx).await?;
        Ok(space)
    }

    /// Gives a space another code. The old one stays as history and still leads to it.
    pub async fn recode_space(&self, id: SpaceId, new: &SpaceCode) -> Result<()> {
        let mut tx = self.write().await?;
        let tree = self.tree();
        let space = tree.by_id(id).ok_or(DataError::NoSpace)?;
        if space.code == *new {
            return Ok(());
        }
        if tree.by_code(new.as_str()).is_some_and(|other| other.id != id) {
            return Err(DataError::Duplicate { index: "code".to_owned() });
        }
        tx.execute(FORGET_CODE, args![new.as_str()]).await?;
        tx.execute(KEEP_CODE, args![space.code.as_str(), id, self.0.clock.now()]).await?;
        tx.execute(RECODE, args![id, new.as_str()]).await?;
        self.commit_tree(tx).await
    }

    /// Whether the space's file has been made once.
    pub(crate) async fn born(&self, id: SpaceId) -> Result<bool> {
        let row = self.reader().await?.first(BORN, args![id]).await?.ok_or(DataError::NoSpace)?;
        Ok(row.truth(0)?)
    }

    /// The space's file has been made.
    pub(crate) async fn set_born(&self, id: SpaceId) -> Result<()> {
        self.writer().await?.execute(SET_BORN, args![id]).await?;
        Ok(())
    }

    async fn commit_tree(&self, mut tx: crate::db::Lease) -> Result<()> {
        let spaces = tx.rows(ALL_SPACES, &[]).await?;
        let codes = tx.rows(ALL_CODES, &[]).await?;
        let tree = build(&spaces, &codes)?;
        tx.commit().await?;
        self.renew_tree(tree);
        Ok(())
    }
}
