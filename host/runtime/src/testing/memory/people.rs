//! Lists of people and households, and read receipts, as the store gives them.

use cunshi_contract::manifest::Who;
use cunshi_contract::people::MAX_PEOPLE;
use cunshi_contract::{Group, Household, HouseholdPage, HouseholdQuery, PeopleQuery, Seen};
use cunshi_model::port::{DataError, People, Result};
use cunshi_model::{Member, Micros, PersonId, Role, SpaceId};

use super::{Data, MemorySpaces};

impl Data {
    pub(super) fn people_now(&self, query: &PeopleQuery) -> Result<People> {
        let roles: &[Role] = match query.role {
            None | Some(Who::Member) => &[Role::Member, Role::Cadre, Role::Supervisor, Role::Admin],
            Some(Who::Cadre) => &[Role::Cadre, Role::Admin],
            Some(Who::Supervisor) => &[Role::Supervisor],
            Some(Who::Admin) => &[Role::Admin],
            Some(Who::Anyone | Who::Officer) => return Err(DataError::Invalid("no role of a village".to_owned())),
        };
        let of_group = |member: &Member, group: &String| {
            let home = member.household.and_then(|home| self.households.get(&home));
            home.is_some_and(|home| home.group.as_ref() == Some(group))
        };
        let fits = |member: &&Member| {
            member.roles.iter().any(|role| roles.contains(role))
                && query.group.as_ref().is_none_or(|group| of_group(member, group))
                && (query.household.is_none() || member.household.map(|home| home.to_string()) == query.household)
        };
        let mut all: Vec<&Member> = self.members.values().filter(fits).collect();
        all.sort_by_key(|member| (&member.name, member.person));
        let id = |member: &&Member| member.person.to_string();
        let (people, next) = page(all, id, query.limit, query.cursor.as_ref())?;
        Ok(People { people: people.into_iter().cloned().collect(), next })
    }

    pub(super) fn households_now(&self, query: &HouseholdQuery) -> Result<HouseholdPage> {
        let fits = |home: &&Household| query.group.is_none() || home.group == query.group;
        let mut all: Vec<&Household> = self.households.values().filter(fits).collect();
        all.sort_by_key(|home| (&home.name, &home.id));
        let (households, next) = page(all, |home| home.id.clone(), query.limit, query.cursor.as_ref())?;
        Ok(HouseholdPage { households: households.into_iter().cloned().collect(), next })
    }

    pub(super) fn groups_now(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for home in self.households.values() {
            let Some(name) = &home.group else { continue };
            let people = u32::try_from(home.members.len()).unwrap_or(u32::MAX);
            match groups.iter_mut().find(|group| group.name == *name) {
                Some(group) => {
                    group.households += 1;
                    group.people += people;
                }
                None => groups.push(Group { name: name.clone(), households: 1, people }),
            }
        }
        groups.sort_by(|a, b| a.name.cmp(&b.name));
        groups
    }
}

impl MemorySpaces {
    /// Somebody has opened a page of a plugin about a subject.
    pub fn see(&self, space: SpaceId, plugin: &str, subject: &str, person: PersonId, at: Micros) {
        self.change(space, |data| {
            let seen = data.seen.entry((plugin.to_owned(), subject.to_owned())).or_default();
            seen.push(Seen { person: person.to_string(), at });
        });
    }
}

fn page<T>(
    all: Vec<T>,
    id: impl Fn(&T) -> String,
    limit: Option<u32>,
    cursor: Option<&String>,
) -> Result<(Vec<T>, Option<String>)> {
    let limit = limit.unwrap_or(100);
    if !(1..=MAX_PEOPLE).contains(&limit) {
        return Err(DataError::Invalid(format!("a limit is 1 to {MAX_PEOPLE}, not {limit}")));
    }
    let start = match cursor {
        None => 0,
        Some(cursor) => all.iter().position(|it| id(it) == *cursor).ok_or(DataError::Missing)? + 1,
    };
    let end = start + limit as usize;
    let next = all.get(end).and(end.checked_sub(1)).and_then(|last| all.get(last)).map(&id);
    Ok((all.into_iter().take(end).skip(start).collect(), next))
}
