//! Roles granted in the space, or in the space and everything beneath it.

use cunshi_model::people::Via;
use cunshi_model::port::{AuditEntry, DataError, Result};
use cunshi_model::{Actor, Micros, PersonId, Role};

use super::audit::RecordState;
use super::digest::Fields;
use super::transaction::Transaction;
use super::{SpaceStore, members};
use crate::StoreError;
use crate::db::{Lease, Row, args};

statements! {
    OF_PERSON = "SELECT role, subtree FROM role WHERE space_id = $1 AND person = $2";
    PUT = "INSERT INTO role (space_id, person, role, subtree, granted_by, at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (space_id, person, role)
        DO UPDATE SET subtree = excluded.subtree, granted_by = excluded.granted_by, at = excluded.at";
    REMOVE = "DELETE FROM role WHERE space_id = $1 AND person = $2 AND role = $3";
    EVERY = "SELECT person, role, subtree, granted_by, at FROM role WHERE space_id = $1";
}

/// Records of this kind in the audit's traces: `person/role`.
const TRACED: &str = "role";

/// The role in a column, when there is one.
pub(super) fn maybe_role(row: &Row, column: usize) -> Result<Option<Role>, StoreError> {
    let Some(text) = row.maybe_text(column)? else { return Ok(None) };
    match Role::parse(&text) {
        Some(role) => Ok(Some(role)),
        None => Err(row.damaged(format!("unknown role `{text}`").into())),
    }
}

/// A person's roles here, each with whether it reaches the subtree.
pub(crate) async fn of_person(lease: &mut Lease, space: &str, person: PersonId) -> Result<Vec<(Role, bool)>> {
    let mut roles = Vec::new();
    for row in lease.rows(OF_PERSON, args![space, person]).await? {
        if let Some(role) = maybe_role(&row, 0)? {
            roles.push((role, row.truth(1)?));
        }
    }
    Ok(roles)
}

pub(super) async fn put(
    tx: &mut Transaction,
    person: PersonId,
    role: Role,
    subtree: bool,
    by: Option<PersonId>,
    now: Micros,
) -> Result<()> {
    tx.lease.execute(PUT, args![tx.space.key(), person, role.as_str(), subtree, by, now]).await?;
    let person = person.to_string();
    let by = by.map(|by| by.to_string());
    let hash = hash(&person, role.as_str(), subtree, by.as_deref(), now);
    tx.pending.trace("", TRACED, &format!("{person}/{}", role.as_str()), 0, hash);
    Ok(())
}

/// Returns whether the person had the role.
pub(super) async fn remove(tx: &mut Transaction, person: PersonId, role: Role) -> Result<bool> {
    let removed = tx.lease.execute(REMOVE, args![tx.space.key(), person, role.as_str()]).await?;
    tx.pending.trace("", TRACED, &format!("{person}/{}", role.as_str()), 0, String::new());
    Ok(removed > 0)
}

fn hash(person: &str, role: &str, subtree: bool, by: Option<&str>, at: Micros) -> String {
    Fields::of(TRACED).text(person).text(role).number(i64::from(subtree)).maybe(by).number(at).finish()
}

/// What the audit's traces should say.
pub(super) async fn states(lease: &mut Lease, space: &str) -> Result<Vec<(&'static str, String, RecordState)>> {
    let rows = lease.rows(EVERY, args![space]).await?;
    let state = |row: &Row| {
        let (person, role) = (row.text(0)?, row.text(1)?);
        let hash = hash(&person, &role, row.truth(2)?, row.maybe_text(3)?.as_deref(), row.integer(4)?);
        Ok((TRACED, format!("{person}/{role}"), RecordState { version: 0, hash }))
    };
    Ok(rows.iter().map(state).collect::<Result<_, StoreError>>()?)
}

impl SpaceStore {
    /// Grants a role here; with `subtree` (officers only) in every space beneath too. The audit says by whom.
    pub async fn grant(
        &self,
        person: PersonId,
        role: Role,
        subtree: bool,
        by: Option<PersonId>,
        now: Micros,
    ) -> Result<()> {
        if subtree && role != Role::Officer {
            return Err(DataError::Invalid(format!("`{}` cannot be granted over a subtree", role.as_str())));
        }
        let mut tx = self.transaction().await?;
        if of_person(&mut tx.lease, self.key(), person).await?.contains(&(role, subtree)) {
            drop(tx);
        } else {
            put(&mut tx, person, role, subtree, by, now).await?;
            note(&mut tx, "host/grant", person, role, by, now);
            tx.commit().await?;
        }
        // The index last: should this be cut off, the person may do less than was granted, not more.
        if role == Role::Officer {
            self.shared.district.set_subtree(person, self.id(), subtree).await?;
        }
        self.shared.district.set_membership(person, self.id(), true).await
    }

    /// Takes a role back, over the subtree too.
    pub async fn revoke(&self, person: PersonId, role: Role, by: Option<PersonId>, now: Micros) -> Result<()> {
        // The index first: should this be cut off, the person may do less than before, not more.
        if role == Role::Officer {
            self.shared.district.set_subtree(person, self.id(), false).await?;
        }
        let mut tx = self.transaction().await?;
        if remove(&mut tx, person, role).await? {
            note(&mut tx, "host/revoke", person, role, by, now);
            tx.commit().await?;
        } else {
            drop(tx);
        }
        let mut lease = self.reader().await?;
        let left = !of_person(&mut lease, self.key(), person).await?.is_empty()
            || members::get(&mut lease, self.key(), person).await?.is_some();
        drop(lease);
        self.shared.district.set_membership(person, self.id(), left).await
    }
}

fn note(tx: &mut Transaction, action: &str, person: PersonId, role: Role, by: Option<PersonId>, now: Micros) {
    let actor = by.map(|person| Actor { person, via: Via::Web, on_behalf_of: None });
    let subject = format!("{person}/{}", role.as_str());
    let digest = Fields::of(action).text(&subject).finish();
    tx.note(&AuditEntry { at: now, actor, action, subject: Some(&subject), digest: &digest });
}
