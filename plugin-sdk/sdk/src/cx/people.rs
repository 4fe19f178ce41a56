//! People of the space, who has seen what, and messages to them. Needs `people` under `[uses]`, messages `notify`.

use cunshi_contract::call::{Household, Person};
use cunshi_contract::{Group, HouseholdPage, HouseholdQuery, Message, PeoplePage, PeopleQuery, Seen};

use super::{Read, Write};
use crate::error::Refusal;

impl Read {
    /// A person of the space.
    pub fn person(&self, id: &str) -> Result<Option<Person>, Refusal> {
        self.door.person(id)
    }

    /// A household of the space.
    pub fn household(&self, id: &str) -> Result<Option<Household>, Refusal> {
        self.door.household(id)
    }

    /// People whose name holds `text`.
    pub fn search_people(&self, text: &str, limit: u32) -> Result<Vec<Person>, Refusal> {
        self.door.search_people(text, limit)
    }

    /// People by role, group or household, a page at a time.
    pub fn people(&self, query: &PeopleQuery) -> Result<PeoplePage, Refusal> {
        self.door.people_page(query)
    }

    /// Households, a page at a time.
    pub fn households(&self, query: &HouseholdQuery) -> Result<HouseholdPage, Refusal> {
        self.door.households(query)
    }

    /// The groups of the village (村民小组), by name.
    pub fn groups(&self) -> Result<Vec<Group>, Refusal> {
        self.door.groups()
    }

    /// Who has opened this plugin's pages with `seen = true` about a subject, by time.
    pub fn seen(&self, subject: &str) -> Result<Vec<Seen>, Refusal> {
        self.door.seen_by(subject)
    }
}

impl Write {
    /// A message into people's inboxes; how many it reached. Nobody gets a second one with the same key.
    #[expect(clippy::needless_pass_by_value, reason = "`cx.notify(Message::new(…))` reads best, and it is sent once")]
    pub fn notify(&mut self, message: Message) -> Result<u32, Refusal> {
        self.0.door.notify(&message)
    }
}
