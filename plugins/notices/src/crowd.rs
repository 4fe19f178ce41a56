//! Those for whom a notice is, and who of them has read it and said that they know it.

use std::collections::{BTreeMap, BTreeSet};

use cunshi_sdk::contract::manifest::Who;
use cunshi_sdk::prelude::{Doc, Micros, PeopleQuery, Person, Read, Result};

use crate::domain::{Acknowledgment, AcknowledgmentIndexes as _, Audience, Count, Notice};

/// People of one question.
const PAGE: u32 = 500;
/// Most questions: a village has fewer than twenty thousand people.
const PAGES: usize = 40;
/// Most acknowledgments that are read, by two hundred: a call has two hundred operations.
const ACKNOWLEDGMENT_PAGES: usize = 25;

/// The people of the space, asked for once in a call.
#[derive(Debug, Default)]
pub struct Crowd {
    everybody: Option<Vec<Person>>,
    groups: BTreeMap<String, Vec<Person>>,
}

/// One person for whom a notice is.
#[derive(Clone, Debug)]
pub struct One {
    /// Who.
    pub person: Person,
    /// When they opened it first.
    pub seen: Option<Micros>,
    /// Since when they are known to know it, and the cadre who entered that for them.
    pub acknowledged: Option<(Micros, Option<String>)>,
}

impl One {
    /// Whether they know what stands in it: opened it, or were told.
    pub fn has_read(&self) -> bool {
        self.seen.is_some() || self.acknowledged.is_some()
    }
}

impl Crowd {
    /// Everybody for whom a notice is, by name.
    pub fn of(&mut self, cx: &Read, notice: &Doc<Notice>) -> Result<Vec<One>> {
        let people = self.addressed(cx, &notice.addressed)?;
        let seen: BTreeMap<String, Micros> =
            cx.seen(&notice.id)?.into_iter().map(|seen| (seen.person, seen.at)).collect();
        let acknowledgments = if notice.acknowledge { acknowledgments(cx, &notice.id)? } else { BTreeMap::new() };
        let one = |person: Person| One {
            seen: seen.get(&person.id).copied(),
            acknowledged: acknowledgments.get(&person.id).cloned(),
            person,
        };
        Ok(people.into_iter().map(one).collect())
    }

    /// The counts of a notice.
    pub fn count(&mut self, cx: &Read, notice: &Doc<Notice>) -> Result<Count> {
        Ok(count(&self.of(cx, notice)?))
    }

    fn addressed(&mut self, cx: &Read, audience: &Audience) -> Result<Vec<Person>> {
        match audience {
            Audience::All => Ok(self.everybody(cx)?.to_vec()),
            Audience::Households(ids) => {
                let ids: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
                let of = |person: &&Person| person.household.as_deref().is_some_and(|home| ids.contains(home));
                Ok(self.everybody(cx)?.iter().filter(of).cloned().collect())
            }
            Audience::Groups(names) => {
                let mut people = Vec::new();
                for name in names {
                    people.extend_from_slice(self.group(cx, name)?);
                }
                people.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
                people.dedup_by(|a, b| a.id == b.id);
                Ok(people)
            }
        }
    }

    fn everybody(&mut self, cx: &Read) -> Result<&[Person]> {
        if self.everybody.is_none() {
            self.everybody = Some(ask(cx, PeopleQuery { role: Some(Who::Member), ..PeopleQuery::default() })?);
        }
        Ok(self.everybody.as_deref().unwrap_or_default())
    }

    fn group(&mut self, cx: &Read, name: &str) -> Result<&[Person]> {
        if !self.groups.contains_key(name) {
            let people = ask(cx, PeopleQuery { group: Some(name.to_owned()), ..PeopleQuery::default() })?;
            self.groups.insert(name.to_owned(), people);
        }
        Ok(self.groups.get(name).map(Vec::as_slice).unwrap_or_default())
    }
}

/// How many of them have read and acknowledged.
pub fn count(crowd: &[One]) -> Count {
    let many = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Count {
        reached: many(crowd.len()),
        read: many(crowd.iter().filter(|one| one.has_read()).count()),
        acknowledged: many(crowd.iter().filter(|one| one.acknowledged.is_some()).count()),
    }
}

fn ask(cx: &Read, query: PeopleQuery) -> Result<Vec<Person>> {
    let mut query = PeopleQuery { limit: Some(PAGE), ..query };
    let mut people = Vec::new();
    for _ in 0..PAGES {
        let page = cx.people(&query)?;
        people.extend(page.people);
        if page.next.is_none() {
            break;
        }
        query.cursor = page.next;
    }
    Ok(people)
}

fn acknowledgments(cx: &Read, notice: &str) -> Result<BTreeMap<String, (Micros, Option<String>)>> {
    let mut all = BTreeMap::new();
    let mut cursor = None;
    for _ in 0..ACKNOWLEDGMENT_PAGES {
        let (found, next) = cx.data::<Acknowledgment>().by_notice(notice).page(200, cursor)?;
        let known = |doc: Doc<Acknowledgment>| (doc.body.person, (doc.body.at, doc.body.entered_by));
        all.extend(found.into_iter().map(known));
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    Ok(all)
}
