//! `people` and `notify`.

use cunshi_contract::call::{Household, Person};
use cunshi_contract::{Group, HouseholdPage, HouseholdQuery, Message, PeoplePage, PeopleQuery, Seen};

use super::imports::cunshi::plugin::{notify, people};
use super::{Door, maybe};
use crate::error::Refusal;

#[expect(clippy::unused_self, reason = "see the other half of the door")]
impl Door {
    pub(crate) fn person(&self, id: &str) -> Result<Option<Person>, Refusal> {
        maybe(people::person(id)?.as_deref())
    }

    pub(crate) fn household(&self, id: &str) -> Result<Option<Household>, Refusal> {
        maybe(people::household(id)?.as_deref())
    }

    pub(crate) fn search_people(&self, text: &str, limit: u32) -> Result<Vec<Person>, Refusal> {
        Ok(serde_json::from_str(&people::search(text, limit)?)?)
    }

    pub(crate) fn people_page(&self, query: &PeopleQuery) -> Result<PeoplePage, Refusal> {
        Ok(serde_json::from_str(&people::people(&serde_json::to_string(query)?)?)?)
    }

    pub(crate) fn households(&self, query: &HouseholdQuery) -> Result<HouseholdPage, Refusal> {
        Ok(serde_json::from_str(&people::households(&serde_json::to_string(query)?)?)?)
    }

    pub(crate) fn groups(&self) -> Result<Vec<Group>, Refusal> {
        Ok(serde_json::from_str(&people::groups()?)?)
    }

    pub(crate) fn seen_by(&self, subject: &str) -> Result<Vec<Seen>, Refusal> {
        Ok(serde_json::from_str(&people::seen(subject)?)?)
    }

    pub(crate) fn notify(&self, message: &Message) -> Result<u32, Refusal> {
        Ok(notify::notify(&serde_json::to_string(message)?)?)
    }
}
