//! The calendar of what must be made public, as this space keeps it, and which duties follow from it.

use std::collections::BTreeMap;

use cunshi_sdk::prelude::document;

use super::below::Counts;
use super::days::Micros;
use super::duty::Duty;
use super::item::{self, Every, Item};
use super::period::Period;

/// The key of the one document of its collection.
pub const HERE: &str = "here";
/// Greatest number of items of a calendar.
pub const MAX_ITEMS: usize = 30;

/// The one document of its collection.
#[document("calendar")]
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// Always [`HERE`].
    pub key: String,
    /// Which list: grows with every one that the district sends; 0 for the set that ships with the plugin.
    pub list: i64,
    /// What is asked for.
    pub items: Vec<Item>,
    /// When this space began with the module: nothing from before is asked for.
    pub begun: Micros,
    /// An opaque name for this space, under which the spaces above keep its numbers.
    pub mark: String,
    /// By item: the start of the last period that has its duty.
    #[serde(default)]
    pub opened: BTreeMap<String, Micros>,
    /// The numbers that the space above was told last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Counts>,
    /// In the district: changed since it was sent.
    #[serde(default)]
    pub unsent: bool,
}

impl Calendar {
    /// What a space goes by that has heard of no other.
    pub fn began(at: Micros, mark: String) -> Self {
        Self {
            key: HERE.to_owned(),
            list: 0,
            items: item::defaults(),
            begun: at,
            mark,
            opened: BTreeMap::new(),
            told: None,
            unsent: false,
        }
    }

    /// The item of a key.
    pub fn item(&self, key: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.key == key)
    }

    /// Takes over the list of the district; an older one than is known changes nothing.
    pub fn hear(&mut self, version: i64, items: Vec<Item>) -> bool {
        if version <= self.list {
            return false;
        }
        self.list = version;
        self.items = items;
        // An item that comes back begins where the list then says.
        let kept: Vec<String> = self.items.iter().map(|item| item.key.clone()).collect();
        self.opened.retain(|key, _| kept.contains(key));
        true
    }

    /// Duties of all periods that have begun and have none yet, at most `limit`; a matter at once is nobody's duty
    /// before somebody says that it happened.
    pub fn pending(&self, now: Micros, limit: usize) -> Vec<Duty> {
        let mut duties = Vec::new();
        for item in self.items.iter().filter(|item| item.every != Every::AtOnce) {
            let since = item.since.map_or(self.begun, |since| since.max(self.begun));
            let mut period = match self.opened.get(&item.key) {
                Some(start) => Period::of(item.every, *start).next(item.every),
                None => Period::of(item.every, since),
            };
            while period.start <= now && duties.len() < limit {
                duties.push(Duty::of(item, period));
                period = period.next(item.every);
            }
        }
        duties
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::days;

    fn day(text: &str) -> Micros {
        days::read_day(text).unwrap_or_default()
    }

    fn keys(calendar: &Calendar, at: &str) -> Vec<String> {
        calendar.pending(day(at), 100).into_iter().map(|duty| duty.key).collect()
    }

    #[test]
    fn a_village_owes_nothing_from_before_it_began() {
        let calendar = Calendar::began(day("2026-09-02"), "m".to_owned());
        assert_eq!(keys(&calendar, "2026-09-02"), ["village/2026-q3", "finance/2026-09", "party/2026-q3"]);
        let mut later = calendar.clone();
        for duty in calendar.pending(day("2026-09-02"), 100) {
            later.opened.insert(duty.item, duty.start);
        }
        assert!(keys(&later, "2026-09-30").is_empty());
        assert_eq!(
            keys(&later, "2026-11-01"),
            ["village/2026-q4", "finance/2026-10", "finance/2026-11", "party/2026-q4"]
        );
        assert_eq!(later.pending(day("2026-11-01"), 2).len(), 2, "in batches");
    }

    #[test]
    fn an_older_list_changes_nothing_and_an_item_that_comes_back_begins_anew() {
        let mut calendar = Calendar::began(day("2026-09-02"), "m".to_owned());
        calendar.opened.insert("finance".to_owned(), day("2026-09-01"));
        let only = |key: &str| item::defaults().into_iter().filter(|item| item.key == key).collect::<Vec<_>>();
        assert!(calendar.hear(2, only("party")));
        assert!(!calendar.hear(1, only("finance")) && !calendar.hear(2, only("finance")));
        assert!(calendar.opened.is_empty());
        let mut back = only("finance");
        for item in &mut back {
            item.since = Some(day("2026-12-05"));
        }
        assert!(calendar.hear(3, back));
        assert_eq!(keys(&calendar, "2026-12-31"), ["finance/2026-12"]);
    }
}
