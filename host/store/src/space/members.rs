//! Members of the space: people by their account's opaque id.

use cunshi_model::port::{AuditEntry, DataError, Result};
use cunshi_model::{Actor, Member, Micros, PersonId, Role};

use super::audit::RecordState;
use super::digest::Fields;
use super::search::normalise;
use super::{SpaceStore, roles};
use crate::StoreError;
use crate::db::{Lease, Row, args};

statements! {
    GET = "SELECT m.person, m.name, m.household, m.phone, r.role FROM member AS m
        LEFT JOIN role AS r ON r.space_id = $1 AND r.person = m.person
        WHERE m.space_id = $1 AND m.person = $2";
    LIST = "SELECT m.person, m.name, m.household, m.phone, r.role
        FROM (SELECT person, name, household, phone FROM member
            WHERE space_id = $1 AND person > $2
            AND (name_search LIKE $3 ESCAPE '\\' OR phone LIKE $4 ESCAPE '\\')
            ORDER BY person LIMIT $5) AS m
        LEFT JOIN role AS r ON r.space_id = $1 AND r.person = m.person ORDER BY m.person";
    PUT = "INSERT INTO member (space_id, person, name, name_search, household, phone)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (space_id, person) DO UPDATE SET name = excluded.name, name_search = excluded.name_search,
            household = excluded.household, phone = excluded.phone";
    HOUSEHOLD = "SELECT 1 FROM household WHERE space_id = $1 AND id = $2";
    EVERY = "SELECT person, name, household, phone FROM member WHERE space_id = $1";
}

/// Characters of a search that count: no name is longer, and engines bound their patterns.
const LONGEST: usize = 100;
/// Records of this kind in the audit's traces.
const TRACED: &str = "member";

pub(crate) async fn get(lease: &mut Lease, space: &str, person: PersonId) -> Result<Option<Member>> {
    let rows = lease.rows(GET, args![space, person]).await?;
    Ok(gather(&rows)?.pop())
}

/// People whose name holds the text, or whose telephone ends with it when `by_phone`.
pub(super) async fn search(
    lease: &mut Lease,
    space: &str,
    text: &str,
    by_phone: bool,
    after: Option<PersonId>,
    limit: u32,
) -> Result<Vec<Member>> {
    let text: String = normalise(text.trim()).chars().take(LONGEST).collect();
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    // No telephone is empty: an empty pattern finds none.
    let by_phone = by_phone && !text.is_empty();
    let phone = if by_phone { format!("%{escaped}") } else { String::new() };
    let after = after.map(|person| person.to_string()).unwrap_or_default();
    let rows = lease.rows(LIST, args![space, after, format!("%{escaped}%"), phone, limit]).await?;
    Ok(gather(&rows)?)
}

/// One member from several rows, a row for each of the roles.
pub(super) fn gather(rows: &[Row]) -> Result<Vec<Member>, StoreError> {
    let mut members: Vec<Member> = Vec::new();
    for row in rows {
        let person = row.parsed(0)?;
        if members.last().is_none_or(|last| last.person != person) {
            members.push(Member {
                person,
                name: row.text(1)?,
                household: row.maybe_parsed(2)?,
                phone: row.maybe_text(3)?,
                roles: Vec::new(),
            });
        }
        if let (Some(role), Some(last)) = (roles::maybe_role(row, 4)?, members.last_mut()) {
            last.roles.push(role);
        }
    }
    for member in &mut members {
        member.roles.sort_unstable();
    }
    Ok(members)
}

fn hash(person: &str, name: &str, household: Option<&str>, phone: Option<&str>) -> String {
    Fields::of(TRACED).text(person).text(name).maybe(household).maybe(phone).finish()
}

/// What the audit's traces should say.
pub(super) async fn states(lease: &mut Lease, space: &str) -> Result<Vec<(&'static str, String, RecordState)>> {
    let rows = lease.rows(EVERY, args![space]).await?;
    let state = |row: &Row| {
        let person = row.text(0)?;
        let (household, phone) = (row.maybe_text(2)?, row.maybe_text(3)?);
        let hash = hash(&person, &row.text(1)?, household.as_deref(), phone.as_deref());
        Ok((TRACED, person, RecordState { version: 0, hash }))
    };
    Ok(rows.iter().map(state).collect::<Result<_, StoreError>>()?)
}

impl SpaceStore {
    /// Makes or changes a member; afterwards their roles here are those given (a grant over the subtree is
    /// taken back by [`SpaceStore::revoke`] only). What is the same already is not written.
    pub async fn put_member(&self, member: &Member, by: Option<Actor>, now: Micros) -> Result<()> {
        let mut wanted = member.clone();
        wanted.roles.sort_unstable();
        wanted.roles.dedup();
        let mut tx = self.transaction().await?;
        let stored = get(&mut tx.lease, self.key(), member.person).await?;
        let held = roles::of_person(&mut tx.lease, self.key(), member.person).await?;
        let new: Vec<Role> =
            wanted.roles.iter().filter(|role| !held.iter().any(|(has, _)| has == *role)).copied().collect();
        let gone: Vec<Role> = held
            .iter()
            .filter(|(role, subtree)| !subtree && !wanted.roles.contains(role))
            .map(|(role, _)| *role)
            .collect();
        let plain = |m: &Member| (m.name.clone(), m.household, m.phone.clone());
        let same = stored.as_ref().is_some_and(|stored| plain(stored) == plain(&wanted));
        if !same || !new.is_empty() || !gone.is_empty() {
            self.check_household(&mut tx.lease, &wanted).await?;
            let person = wanted.person.to_string();
            let household = wanted.household.map(|household| household.to_string());
            let name = normalise(&wanted.name);
            let args = args![self.key(), &person, &wanted.name, name, wanted.household, wanted.phone.as_deref()];
            tx.lease.execute(PUT, args).await?;
            let hash = hash(&person, &wanted.name, household.as_deref(), wanted.phone.as_deref());
            let entry = AuditEntry { at: now, actor: by, action: "host/member", subject: Some(&person), digest: &hash };
            tx.note(&entry);
            tx.pending.trace("", TRACED, &person, 0, hash.clone());
            for role in new {
                roles::put(&mut tx, wanted.person, role, false, None, now).await?;
            }
            for role in gone {
                roles::remove(&mut tx, wanted.person, role).await?;
            }
            tx.commit().await?;
        } else {
            drop(tx);
        }
        self.shared.district.set_membership(member.person, self.id(), true).await
    }

    async fn check_household(&self, lease: &mut Lease, member: &Member) -> Result<()> {
        let Some(household) = member.household else { return Ok(()) };
        match lease.first(HOUSEHOLD, args![self.key(), household.to_string()]).await? {
            Some(_) => Ok(()),
            None => Err(DataError::Invalid(format!("{} belongs to a household that is not here", member.name))),
        }
    }

    /// Members by id after one, all or those whose name holds the text or whose telephone ends with it.
    pub async fn members(&self, text: Option<&str>, after: Option<PersonId>, limit: u32) -> Result<Vec<Member>> {
        let mut lease = self.reader().await?;
        search(&mut lease, self.key(), text.unwrap_or_default(), true, after, limit).await
    }
}
