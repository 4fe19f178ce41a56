//! Inboxes in memory: who gets a message, and that nobody gets it twice.

use async_trait::async_trait;
use cunshi_contract::people::MAX_PEOPLE;
use cunshi_contract::{Message, PeopleQuery, Reach};
use cunshi_model::messages::{NewMessage, WriteMessages};
use cunshi_model::port::{DataError, Result};
use cunshi_model::{PersonId, SpaceId};

use super::{MemorySpaces, Transaction};

/// A message as one person got it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Got {
    /// Who got it.
    pub person: PersonId,
    /// The plugin that sent it.
    pub plugin: String,
    /// What was said.
    pub message: Message,
}

impl MemorySpaces {
    /// The messages of a space, in order.
    pub fn messages(&self, space: SpaceId) -> Vec<Got> {
        self.data(space).messages.clone()
    }
}

#[async_trait]
impl WriteMessages for Transaction {
    async fn notify(&mut self, new: NewMessage<'_>) -> Result<u32> {
        let all = PeopleQuery { limit: Some(MAX_PEOPLE), ..PeopleQuery::default() };
        let query = match &new.message.to {
            Reach::Person(id) => {
                let person = id.parse().map_err(|_| DataError::Missing)?;
                let known = self.data.members.get(&person).ok_or(DataError::Missing)?.person;
                return Ok(self.deliver(known, new));
            }
            Reach::Household(id) => PeopleQuery { household: Some(id.clone()), ..all },
            Reach::Group(name) => PeopleQuery { group: Some(name.clone()), ..all },
            Reach::Role(role) => PeopleQuery { role: Some(*role), ..all },
        };
        let people = self.data.people_now(&query)?.people;
        Ok(people.iter().map(|member| self.deliver(member.person, new)).sum())
    }
}

impl Transaction {
    fn deliver(&mut self, person: PersonId, new: NewMessage<'_>) -> u32 {
        let same = |got: &Got| got.person == person && got.plugin == new.plugin && got.message.key == new.message.key;
        if self.data.messages.iter().any(same) {
            return 0;
        }
        self.data.messages.push(Got { person, plugin: new.plugin.to_owned(), message: new.message.clone() });
        1
    }
}
