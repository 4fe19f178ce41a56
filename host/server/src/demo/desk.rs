//! What the scripts of the modules after issues and points share: the people of one village with its town, chance, days
//! and hands.

use anyhow::{Result, anyhow};
use cunshi_model::calendar::{LocalDay, local_day};
use cunshi_model::{Calendar, HouseholdId, Micros};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use serde_json::Value;

use super::hours;
use super::names::Age;
use super::people::{Cast, Person, Place, chance_of};
use super::play::{Module, Play, Step, Thing, Thread, Who};
use super::script::{Manner, one};
use super::tale::Times;

/// One village, for whoever writes what a module sees of it.
pub struct Desk<'a> {
    pub play: &'a mut Play,
    pub chance: &'a mut StdRng,
    pub calendar: &'a Calendar,
    pub place: &'a Place,
    pub town: &'a Place,
    pub district: Option<&'a Place>,
    pub village: usize,
    pub manner: Manner,
    pub times: &'a Times,
    module: Module,
}

/// What all villages are written from.
pub struct Office<'a> {
    pub play: &'a mut Play,
    pub chance: &'a mut StdRng,
    pub calendar: &'a Calendar,
    pub cast: &'a Cast,
    pub manners: &'a [Manner],
    pub times: &'a Times,
    pub module: Module,
}

impl Office<'_> {
    /// The desk of a village.
    pub fn desk(&mut self, village: usize) -> Result<Desk<'_>> {
        let place = self.cast.villages.get(village).ok_or_else(|| anyhow!("the village is not there"))?;
        let town = self.cast.town_of(place).ok_or_else(|| anyhow!("the village has no town"))?;
        let manner = *self.manners.get(village).ok_or_else(|| anyhow!("the village has no manner"))?;
        let (calendar, times, module) = (self.calendar, self.times, self.module);
        let (play, chance, district) = (&mut *self.play, &mut *self.chance, self.cast.district.as_ref());
        Ok(Desk { play, chance, calendar, place, town, district, village, manner, times, module })
    }

    /// The places of the villages.
    pub fn villages(&self) -> std::ops::Range<usize> {
        0..self.cast.villages.len()
    }

    /// The first village of each town, by the town's place in the cast: whoever speaks for the town sits at its desk.
    pub fn towns(&self) -> Vec<(usize, usize)> {
        let below = |town: usize| self.cast.villages.iter().position(|place| self.cast.town_at(place) == Some(town));
        (0..self.cast.towns.len()).filter_map(|town| Some((town, below(town)?))).collect()
    }
}

impl Desk<'_> {
    /// The village's code.
    pub fn code(&self) -> &str {
        self.place.space.code.as_str()
    }

    /// A step of the desk's module.
    pub fn step(&self, at: Micros, who: Who, action: &'static str, fields: Value) -> Step {
        Step::new(at, who, self.module, action, fields)
    }

    /// A new thread of the village.
    pub fn thread(&self) -> Thread {
        Play::thread(self.village)
    }

    /// A new thing.
    pub fn thing(&mut self) -> Thing {
        self.play.thing()
    }

    /// Takes a thread that is written.
    pub fn keep(&mut self, thread: Thread) {
        self.play.keep(thread);
    }

    /// Chance within from and to.
    pub fn some(&mut self, (least, most): (usize, usize)) -> usize {
        self.chance.random_range(least..=most)
    }

    /// A number within from and to.
    pub fn between(&mut self, [least, most]: [i64; 2]) -> i64 {
        self.chance.random_range(least..=most)
    }

    /// True in so many of a hundred.
    pub fn percent(&mut self, percent: u32) -> bool {
        chance_of(self.chance, percent)
    }

    /// One of some texts.
    pub fn one(&mut self, texts: &[String]) -> String {
        one(self.chance, texts)
    }

    /// A text with the names of village and town in their places.
    pub fn said(&self, text: &str) -> String {
        text.replace("{village}", &self.place.space.name).replace("{town}", &self.town.space.name)
    }

    /// The same text with a number wherever it says `{2-9}`, between the two.
    pub fn drawn(&mut self, text: &str) -> String {
        let said = self.said(text);
        let (mut drawn, mut rest) = (String::new(), said.as_str());
        while let Some((before, range, after)) = braced(rest) {
            let ends = range.split_once('-').and_then(|(least, most)| Some([least.parse().ok()?, most.parse().ok()?]));
            let number = ends.map_or_else(|| format!("{{{range}}}"), |ends| self.between(ends).to_string());
            drawn.push_str(before);
            drawn.push_str(&number);
            rest = after;
        }
        drawn + rest
    }

    /// Today.
    pub fn today(&self) -> LocalDay {
        local_day(self.times.now)
    }

    /// The day so many days ago.
    pub fn ago(&self, days: i64) -> LocalDay {
        hours::days_after(self.today(), -days)
    }

    /// A day of the last so many days.
    pub fn lately(&mut self, days: i64) -> LocalDay {
        let ago = self.chance.random_range(0..days.max(1));
        self.ago(ago)
    }

    /// How many days lie between the beginning and the present.
    pub fn days(&self) -> i64 {
        let first = local_day(self.times.beginning);
        first.until(self.today()).map_or(1, |span| i64::from(span.get_days())).max(1)
    }

    /// An hour of the office, on a day or the next one that is worked.
    pub fn at_work(&mut self, day: LocalDay) -> Micros {
        hours::office(self.chance, hours::working_day(self.calendar, day, 0))
    }

    /// An hour of the office, so many working days after an instant.
    pub fn later(&mut self, after: Micros, days: u32) -> Micros {
        hours::office(self.chance, hours::working_day(self.calendar, local_day(after), days))
    }

    /// When the office next has time after an instant.
    pub fn next(&mut self, after: Micros) -> Micros {
        hours::next_office(self.chance, self.calendar, after)
    }

    /// An hour at which villagers have time, so many days after an instant.
    pub fn leisure(&mut self, after: Micros, days: i64) -> Micros {
        hours::leisure(self.chance, hours::days_after(local_day(after), days))
    }

    /// Somebody of the office.
    pub fn officer(&mut self) -> Who {
        Who::Office(self.chance.random_range(0..self.place.office.len()))
    }

    /// A villager.
    pub fn villager(&self, villager: usize) -> Option<&Person> {
        self.place.villagers.get(villager)
    }

    /// A villager by name, or the first one.
    pub fn named(&self, name: &str) -> usize {
        self.place.villagers.iter().position(|person| person.name == name).unwrap_or_default()
    }

    /// Whether a villager has a telephone.
    pub fn speaks(&self, villager: usize) -> bool {
        self.villager(villager).is_some_and(|person| person.phone)
    }

    /// Their household.
    pub fn household(&self, villager: usize) -> Option<HouseholdId> {
        self.villager(villager)?.household
    }

    /// The households of the village, in the order of its list.
    pub fn households(&self) -> Vec<HouseholdId> {
        let mut all: Vec<HouseholdId> = Vec::new();
        for household in self.place.villagers.iter().filter_map(|person| person.household) {
            if !all.contains(&household) {
                all.push(household);
            }
        }
        all
    }

    /// Any villager.
    pub fn anybody(&mut self) -> usize {
        self.chance.random_range(0..self.place.villagers.len())
    }

    /// Villagers who may work for others, in any order.
    pub fn workers(&mut self) -> Vec<usize> {
        let fit = |n: &usize| self.villager(*n).is_some_and(|person| person.age != Age::Old);
        let mut workers: Vec<usize> = (0..self.place.villagers.len()).filter(fit).collect();
        workers.shuffle(self.chance);
        workers
    }

    /// Whose hand does it for a villager: their own at any time, or the office's when it has time.
    pub fn hand(&mut self, villager: usize, at: Micros) -> (Who, Option<usize>, Micros) {
        if self.speaks(villager) {
            return (Who::Villager(villager), None, at);
        }
        let at = self.next(at);
        (self.officer(), Some(villager), at)
    }
}

/// What stands before, in and after the first braces.
fn braced(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (within, after) = rest.split_once('}')?;
    Some((before, within, after))
}
