//! People of the village in memory, what they have seen, and the messages that they got.

use cunshi_contract::call::{Household, Person};
use cunshi_contract::manifest::{PeopleGrant, Who};
use cunshi_contract::message::{MAX_BODY, MAX_KEY, MAX_MESSAGES, MAX_TITLE};
use cunshi_contract::people::MAX_PEOPLE;
use cunshi_contract::{Group, HouseholdPage, HouseholdQuery, Message, PeoplePage, PeopleQuery, Reach, Seen, Text};

use super::Host;
use super::door::{Door, MAX_SUBJECT, within};
use super::state::State;
use crate::error::Refusal;

/// Most people that a search finds, as on the platform.
const MAX_FOUND: u32 = 50;
/// People or households of one answer where the query is silent.
const LIMIT: u32 = 100;

/// A message as one person got it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Got {
    /// Id of the person.
    pub person: String,
    /// What was said.
    pub message: Message,
}

impl Host {
    /// Somebody opens a page that declares `seen = true`, about a subject.
    pub fn see(&self, person: &Person, subject: &str) {
        let mut state = self.shared.state.borrow_mut();
        let at = state.now;
        let seen = state.seen.entry(subject.to_owned()).or_default();
        if !seen.iter().any(|seen| seen.person == person.id) {
            seen.push(Seen { person: person.id.clone(), at });
        }
    }

    /// Every message that somebody got, oldest first.
    pub fn messages(&self) -> Vec<Got> {
        self.shared.state.borrow().messages.clone()
    }

    /// The messages that one person got, oldest first.
    pub fn inbox(&self, person: &Person) -> Vec<Message> {
        let state = self.shared.state.borrow();
        state.messages.iter().filter(|got| got.person == person.id).map(|got| got.message.clone()).collect()
    }
}

impl Door {
    pub(crate) fn person(&self, id: &str) -> Result<Option<Person>, Refusal> {
        let grant = self.people()?;
        let state = self.shared.state.borrow();
        Ok(state.people.iter().find(|person| person.id == id).map(|person| shown(person, grant)))
    }

    pub(crate) fn household(&self, id: &str) -> Result<Option<Household>, Refusal> {
        self.people()?;
        Ok(self.shared.state.borrow().households.iter().find(|household| household.id == id).cloned())
    }

    pub(crate) fn search_people(&self, text: &str, limit: u32) -> Result<Vec<Person>, Refusal> {
        let grant = self.people()?;
        within(text.trim(), MAX_SUBJECT, "a search")?;
        let text = text.trim();
        let state = self.shared.state.borrow();
        let fits = |person: &&Person| {
            person.name.contains(text)
                || (grant == PeopleGrant::Contact && person.phone.as_ref().is_some_and(|phone| phone.ends_with(text)))
        };
        let limit = limit.clamp(1, MAX_FOUND) as usize;
        Ok(state.people.iter().filter(fits).take(limit).map(|person| shown(person, grant)).collect())
    }

    pub(crate) fn people_page(&self, query: &PeopleQuery) -> Result<PeoplePage, Refusal> {
        let grant = self.people()?;
        if matches!(query.role, Some(Who::Anyone | Who::Officer)) {
            return Err(Refusal::Invalid("people of a village are member, cadre, supervisor or admin".to_owned()));
        }
        let state = self.shared.state.borrow();
        let mut people: Vec<&Person> = state.people.iter().filter(|person| state.is_asked_for(person, query)).collect();
        people.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        let (people, next) = page(people, query.limit, query.cursor.as_deref())?;
        Ok(PeoplePage { people: people.into_iter().map(|person| shown(person, grant)).collect(), next })
    }

    pub(crate) fn households(&self, query: &HouseholdQuery) -> Result<HouseholdPage, Refusal> {
        self.people()?;
        let state = self.shared.state.borrow();
        let fits = |household: &&Household| query.group.is_none() || household.group == query.group;
        let mut households: Vec<&Household> = state.households.iter().filter(fits).collect();
        households.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        let (households, next) = page(households, query.limit, query.cursor.as_deref())?;
        Ok(HouseholdPage { households: households.into_iter().cloned().collect(), next })
    }

    pub(crate) fn groups(&self) -> Result<Vec<Group>, Refusal> {
        self.people()?;
        let state = self.shared.state.borrow();
        let mut groups: Vec<Group> = Vec::new();
        for household in &state.households {
            let Some(name) = &household.group else { continue };
            let place = groups.iter().position(|group| group.name == *name).unwrap_or_else(|| {
                groups.push(Group { name: name.clone(), ..Group::default() });
                groups.len() - 1
            });
            let Some(group) = groups.get_mut(place) else { continue };
            group.households += 1;
            group.people += u32::try_from(household.members.len()).unwrap_or(u32::MAX);
        }
        groups.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(groups)
    }

    pub(crate) fn seen_by(&self, subject: &str) -> Result<Vec<Seen>, Refusal> {
        self.people()?;
        Ok(self.shared.state.borrow().seen.get(subject).cloned().unwrap_or_default())
    }

    pub(crate) fn notify(&self, message: &Message) -> Result<u32, Refusal> {
        self.granted(self.shared.manifest.uses.notify, "notify")?;
        check(message)?;
        let mut state = self.shared.state.borrow_mut();
        state.notified += 1;
        if state.notified > MAX_MESSAGES {
            return Err(Refusal::OverBudget(format!("a call sends at most {MAX_MESSAGES} messages")));
        }
        let mut reached = 0;
        for person in state.reached(&message.to)? {
            let again = state.messages.iter().any(|got| got.person == person && got.message.key == message.key);
            if !again {
                state.messages.push(Got { person, message: message.clone() });
                reached += 1;
            }
        }
        Ok(reached)
    }

    fn people(&self) -> Result<PeopleGrant, Refusal> {
        self.granted(self.shared.manifest.uses.people.is_some(), "people")?;
        self.shared.manifest.uses.people.ok_or(Refusal::Missing)
    }
}

impl State {
    fn is_asked_for(&self, person: &Person, query: &PeopleQuery) -> bool {
        let of_group = |group: &String| {
            let mut households = self.households.iter();
            households.any(|household| {
                person.household.as_ref() == Some(&household.id) && household.group.as_ref() == Some(group)
            })
        };
        let holds = |role: &str| person.roles.iter().any(|held| held == role);
        // Everybody is a member, and an admin is a cadre too.
        let has = |role: &Who| match role {
            Who::Anyone | Who::Member => true,
            Who::Cadre => holds("cadre") || holds("admin"),
            Who::Supervisor => holds("supervisor"),
            Who::Admin => holds("admin"),
            Who::Officer => false,
        };
        query.role.as_ref().is_none_or(has)
            && query.group.as_ref().is_none_or(of_group)
            && (query.household.is_none() || person.household == query.household)
            && person.roles.iter().any(|role| role != "officer")
    }

    fn reached(&self, reach: &Reach) -> Result<Vec<String>, Refusal> {
        let query = match reach {
            Reach::Person(id) => {
                let known = self.people.iter().find(|person| person.id == *id).ok_or(Refusal::Missing)?;
                return Ok(Vec::from([known.id.clone()]));
            }
            Reach::Household(id) => PeopleQuery { household: Some(id.clone()), ..PeopleQuery::default() },
            Reach::Group(name) => PeopleQuery { group: Some(name.clone()), ..PeopleQuery::default() },
            Reach::Role(Who::Anyone | Who::Officer) => {
                return Err(Refusal::Invalid("a message goes to member, cadre, supervisor or admin".to_owned()));
            }
            Reach::Role(role) => PeopleQuery { role: Some(*role), ..PeopleQuery::default() },
        };
        let people = self.people.iter().filter(|person| self.is_asked_for(person, &query));
        Ok(people.map(|person| person.id.clone()).collect())
    }
}

fn check(message: &Message) -> Result<(), Refusal> {
    within(&message.key, MAX_KEY, "the key of a message")?;
    let fits = |text: &Text, most: usize, what: &str| {
        let short = |text: &str| !text.is_empty() && text.chars().count() <= most;
        if short(&text.zh) && short(&text.en) {
            return Ok(());
        }
        Err(Refusal::Invalid(format!("the {what} of a message has 1 to {most} characters in each language")))
    };
    fits(&message.title, MAX_TITLE, "title")?;
    message.body.as_ref().map_or(Ok(()), |body| fits(body, MAX_BODY, "body"))
}

/// The part of a list that a query asks for.
fn page<T>(all: Vec<T>, limit: Option<u32>, cursor: Option<&str>) -> Result<(Vec<T>, Option<String>), Refusal> {
    let limit = limit.unwrap_or(LIMIT);
    if !(1..=MAX_PEOPLE).contains(&limit) {
        return Err(Refusal::Invalid(format!("a limit is 1 to {MAX_PEOPLE}, not {limit}")));
    }
    let start = cursor.map_or(Ok(0), |cursor| cursor.parse::<usize>().map_err(|_| Refusal::Missing))?;
    let end = start + limit as usize;
    let next = (all.len() > end).then(|| end.to_string());
    Ok((all.into_iter().take(end).skip(start).collect(), next))
}

fn shown(person: &Person, grant: PeopleGrant) -> Person {
    let phone = (grant == PeopleGrant::Contact).then(|| person.phone.clone()).flatten();
    Person { phone, ..person.clone() }
}
