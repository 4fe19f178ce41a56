//! Households of the space.

use cunshi_contract::Household;
use cunshi_model::port::{AuditEntry, Result};
use cunshi_model::{HouseholdId, Micros};

use super::SpaceStore;
use super::audit::RecordState;
use super::digest::Fields;
use crate::StoreError;
use crate::db::{Lease, Row, args};

statements! {
    GET = "SELECT h.id, h.name, h.village_group, m.person FROM household AS h
        LEFT JOIN member AS m ON m.space_id = $1 AND m.household = h.id
        WHERE h.space_id = $1 AND h.id = $2 ORDER BY m.person";
    LIST = "SELECT h.id, h.name, h.village_group, m.person
        FROM (SELECT id, name, village_group FROM household WHERE space_id = $1 ORDER BY id LIMIT $2) AS h
        LEFT JOIN member AS m ON m.space_id = $1 AND m.household = h.id ORDER BY h.id, m.person";
    PUT = "INSERT INTO household (space_id, id, name, village_group) VALUES ($1, $2, $3, $4)
        ON CONFLICT (space_id, id) DO UPDATE SET name = excluded.name, village_group = excluded.village_group";
    EVERY = "SELECT id, name, village_group FROM household WHERE space_id = $1";
}

/// Records of this kind in the audit's traces.
const TRACED: &str = "household";

pub(super) async fn get(lease: &mut Lease, space: &str, household: HouseholdId) -> Result<Option<Household>> {
    let rows = lease.rows(GET, args![space, household.to_string()]).await?;
    Ok(gather(&rows)?.pop())
}

/// One household from several rows, a row for each of its members.
pub(super) fn gather(rows: &[Row]) -> Result<Vec<Household>, StoreError> {
    let mut households: Vec<Household> = Vec::new();
    for row in rows {
        let id = row.text(0)?;
        let members = row.maybe_text(3)?.into_iter();
        match households.last_mut().filter(|last| last.id == id) {
            Some(last) => last.members.extend(members),
            None => households.push(Household {
                id,
                name: row.text(1)?,
                group: row.maybe_text(2)?,
                members: members.collect(),
            }),
        }
    }
    Ok(households)
}

fn hash(id: &str, name: &str, group: Option<&str>) -> String {
    Fields::of(TRACED).text(id).text(name).maybe(group).finish()
}

/// What the audit's traces should say.
pub(super) async fn states(lease: &mut Lease, space: &str) -> Result<Vec<(&'static str, String, RecordState)>> {
    let rows = lease.rows(EVERY, args![space]).await?;
    let state = |row: &Row| {
        let id = row.text(0)?;
        let hash = hash(&id, &row.text(1)?, row.maybe_text(2)?.as_deref());
        Ok((TRACED, id, RecordState { version: 0, hash }))
    };
    Ok(rows.iter().map(state).collect::<Result<_, StoreError>>()?)
}

impl SpaceStore {
    /// Makes a household, or changes the one with the id. What is the same already is not written.
    pub async fn put_household(
        &self,
        id: Option<HouseholdId>,
        name: &str,
        group: Option<&str>,
        now: Micros,
    ) -> Result<HouseholdId> {
        let mut tx = self.transaction().await?;
        if let Some(id) = id {
            let stored = get(&mut tx.lease, self.key(), id).await?;
            if stored.is_some_and(|stored| stored.name == name && stored.group.as_deref() == group) {
                return Ok(id);
            }
        }
        let id = id.unwrap_or_else(|| HouseholdId::new(now));
        let text = id.to_string();
        tx.lease.execute(PUT, args![self.key(), &text, name, group]).await?;
        let hash = hash(&text, name, group);
        let entry = AuditEntry { at: now, actor: None, action: "host/household", subject: Some(&text), digest: &hash };
        tx.note(&entry);
        tx.pending.trace("", TRACED, &text, 0, hash.clone());
        tx.commit().await?;
        Ok(id)
    }

    /// The households, at most so many.
    pub async fn households(&self, limit: u32) -> Result<Vec<Household>> {
        let rows = self.reader().await?.rows(LIST, args![self.key(), limit]).await?;
        Ok(gather(&rows)?)
    }
}
