//! The space's people, households and groups in pages, by name. A cursor is the id of the last one given, so that no
//! name travels through an address.

use cunshi_contract::manifest::Who;
use cunshi_contract::people::MAX_PEOPLE;
use cunshi_contract::{Group, HouseholdPage, HouseholdQuery, PeopleQuery};
use cunshi_model::port::{DataError, People, Result};
use cunshi_model::{HouseholdId, PersonId};

use super::{households, members};
use crate::StoreError;
use crate::db::{Lease, Row, args};

statements! {
    /// Officers who have no other role here are not of the space. `$4` and `$5` are roles of which one must be held.
    PEOPLE = "SELECT m.person, m.name, m.household, m.phone, r.role
        FROM (SELECT c.person, c.name, c.household, c.phone FROM member AS c
            WHERE c.space_id = $1 AND ($2 = '' OR c.household = $2)
            AND ($3 = '' OR EXISTS (SELECT 1 FROM household AS h
                WHERE h.space_id = $1 AND h.id = c.household AND h.village_group = $3))
            AND EXISTS (SELECT 1 FROM role AS o WHERE o.space_id = $1 AND o.person = c.person
                AND o.role <> 'officer' AND ($4 = '' OR o.role = $4 OR o.role = $5))
            AND (c.name > $6 OR (c.name = $6 AND c.person > $7))
            ORDER BY c.name, c.person LIMIT $8) AS m
        LEFT JOIN role AS r ON r.space_id = $1 AND r.person = m.person ORDER BY m.name, m.person";
    HOUSEHOLDS = "SELECT h.id, h.name, h.village_group, m.person
        FROM (SELECT id, name, village_group FROM household
            WHERE space_id = $1 AND ($2 = '' OR village_group = $2) AND (name > $3 OR (name = $3 AND id > $4))
            ORDER BY name, id LIMIT $5) AS h
        LEFT JOIN member AS m ON m.space_id = $1 AND m.household = h.id ORDER BY h.name, h.id, m.person";
    GROUPS = "SELECT h.village_group, COUNT(DISTINCT h.id), COUNT(m.person) FROM household AS h
        LEFT JOIN member AS m ON m.space_id = $1 AND m.household = h.id
        WHERE h.space_id = $1 AND h.village_group IS NOT NULL GROUP BY h.village_group ORDER BY h.village_group";
    PERSON = "SELECT name FROM member WHERE space_id = $1 AND person = $2";
    HOUSEHOLD = "SELECT name FROM household WHERE space_id = $1 AND id = $2";
}

/// People or households of one answer where the query is silent.
const LIMIT: u32 = 100;

/// Some people of the space.
pub(super) async fn people(lease: &mut Lease, space: &str, query: &PeopleQuery) -> Result<People> {
    let limit = limit(query.limit)?;
    let (role, or) = roles(query.role)?;
    let person = query.cursor.as_deref().map(|cursor| cursor.parse::<PersonId>().map_err(|_| DataError::Missing));
    let (name, person) = match person.transpose()? {
        None => (String::new(), String::new()),
        Some(id) => after(lease.first(PERSON, args![space, id]).await?, id.to_string())?,
    };
    let household = query.household.as_deref().unwrap_or_default();
    let group = query.group.as_deref().unwrap_or_default();
    let args = args![space, household, group, role, or, name, person, limit + 1];
    let mut people = members::gather(&lease.rows(PEOPLE, args).await?)?;
    let next = cut(&mut people, limit).map(|last| last.person.to_string());
    Ok(People { people, next })
}

/// Some households of the space.
pub(super) async fn households(lease: &mut Lease, space: &str, query: &HouseholdQuery) -> Result<HouseholdPage> {
    let limit = limit(query.limit)?;
    let id = query.cursor.as_deref().map(|cursor| cursor.parse::<HouseholdId>().map_err(|_| DataError::Missing));
    let (name, id) = match id.transpose()? {
        None => (String::new(), String::new()),
        Some(id) => after(lease.first(HOUSEHOLD, args![space, id.to_string()]).await?, id.to_string())?,
    };
    let group = query.group.as_deref().unwrap_or_default();
    let rows = lease.rows(HOUSEHOLDS, args![space, group, name, id, limit + 1]).await?;
    let mut households = households::gather(&rows)?;
    let next = cut(&mut households, limit).map(|last| last.id.clone());
    Ok(HouseholdPage { households, next })
}

/// The groups of the village.
pub(super) async fn groups(lease: &mut Lease, space: &str) -> Result<Vec<Group>> {
    let rows = lease.rows(GROUPS, args![space]).await?;
    let group = |row: &Row| Ok(Group { name: row.text(0)?, households: row.small(1)?, people: row.small(2)? });
    Ok(rows.iter().map(group).collect::<Result<_, StoreError>>()?)
}

/// The roles of which somebody asked for has one: none named means any, and an admin is a cadre too.
fn roles(role: Option<Who>) -> Result<(&'static str, &'static str)> {
    match role {
        None | Some(Who::Member) => Ok(("", "")),
        Some(Who::Cadre) => Ok(("cadre", "admin")),
        Some(Who::Supervisor) => Ok(("supervisor", "supervisor")),
        Some(Who::Admin) => Ok(("admin", "admin")),
        Some(Who::Anyone | Who::Officer) => {
            Err(DataError::Invalid("people of a village are member, cadre, supervisor or admin".to_owned()))
        }
    }
}

fn limit(asked: Option<u32>) -> Result<u32> {
    match asked.unwrap_or(LIMIT) {
        limit @ 1..=MAX_PEOPLE => Ok(limit),
        limit => Err(DataError::Invalid(format!("a limit is 1 to {MAX_PEOPLE}, not {limit}"))),
    }
}

/// Where to go on; somebody who is not here is no cursor of this space.
fn after(found: Option<Row>, id: String) -> Result<(String, String)> {
    Ok((found.ok_or(DataError::Missing)?.text(0)?, id))
}

/// Takes away the one that was read beyond the limit; the last one left is where to go on.
fn cut<T>(found: &mut Vec<T>, limit: u32) -> Option<&T> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    if found.len() <= limit {
        return None;
    }
    found.truncate(limit);
    found.last()
}
