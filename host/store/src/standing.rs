//! What a person may do in a space: read on every request, and kept in memory until the space, the grants over
//! subtrees or the tree change. Exact for the reason that `district/kept.rs` gives.

use std::sync::Arc;

use cunshi_model::port::{DataError, Result};
use cunshi_model::{Member, PersonId, Role, Roles, SpaceId};
use moka::sync::Cache;

use crate::space::{members, roles};
use crate::{SpaceTree, Store};

/// Standings kept at most; the least used go first.
const STANDINGS: u64 = 20_000;

/// A person's place in a space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Their roles: granted here, and `officer` by a grant over the subtree of a space above.
    pub roles: Roles,
    /// Who they are here, when they belong to the space.
    pub member: Option<Member>,
}

/// What was read last.
#[derive(Debug)]
pub(crate) struct Standings(Cache<(PersonId, SpaceId), Arc<Known>>);

/// A standing, and what it was read from.
#[derive(Debug)]
struct Known {
    basis: Basis,
    standing: Standing,
}

/// A standing is the same while all of these are.
#[derive(Clone, Debug)]
struct Basis {
    tree: Arc<SpaceTree>,
    /// Of the space: members and roles change by its commits only.
    revision: u64,
    /// Of the district's grants.
    changes: u64,
}

impl Basis {
    fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.tree, &other.tree) && self.revision == other.revision && self.changes == other.changes
    }
}

impl Default for Standings {
    fn default() -> Self {
        Self(Cache::new(STANDINGS))
    }
}

impl Store {
    /// What a person may do in a space.
    pub async fn standing(&self, person: PersonId, space: SpaceId) -> Result<Standing> {
        // Read before the standing is: a change in between makes what is kept stale, never wrong.
        let basis = Basis {
            tree: self.district().tree(),
            revision: self.space(space).await?.revision().await?,
            changes: self.district().changes(),
        };
        if let Some(known) = self.standings().0.get(&(person, space)).filter(|known| known.basis.same(&basis)) {
            return Ok(known.standing.clone());
        }
        let standing = self.read_standing(&basis.tree, person, space).await?;
        self.standings().0.insert((person, space), Arc::new(Known { basis, standing: standing.clone() }));
        Ok(standing)
    }

    async fn read_standing(&self, tree: &SpaceTree, person: PersonId, space: SpaceId) -> Result<Standing> {
        let here = tree.by_id(space).ok_or(DataError::NoSpace)?;
        let store = self.space(space).await?;
        let mut lease = store.reader().await?;
        let member = members::get(&mut lease, store.key(), person).await?;
        let granted = roles::of_person(&mut lease, store.key(), person).await?;
        drop(lease);
        let granted: Vec<Role> = granted.into_iter().map(|(role, _)| role).collect();
        let above: Vec<SpaceId> = tree.above(space).iter().map(|space| space.id).collect();
        // An officer does a cadre's work in the very space of the office; from above they come as an officer.
        let roles = if granted.contains(&Role::Officer) && !here.kind.is_village() {
            Roles::granted(granted).in_own_office()
        } else if self.district().officer_over(person, &above).await? {
            Roles::granted(granted.into_iter().chain([Role::Officer]))
        } else {
            Roles::granted(granted)
        };
        Ok(Standing { roles, member })
    }
}
