//! Claims: entered, reviewed by some of the group who are of other households, and sometimes declined or taken back.

use cunshi_model::calendar::{LocalDay, local_day};
use cunshi_model::clock::{DAY, HOUR, MINUTE};
use cunshi_model::{HouseholdId, Micros};
use rand::RngExt;
use rand::seq::SliceRandom;
use serde_json::{Map, Value, json};

use super::super::hours;
use super::super::pictures::Picture;
use super::super::play::{Part, Step, Thing, Thread, Who};
use super::super::script::one;
use super::Writer;
use super::objections::Verdict;
use super::texts::{Aids, Deed};

/// While the review group looks at it.
const IN_REVIEW: &[&str] = &["claimed", "under-review"];
/// Draws for one claim before it is left: most things count once a month only.
const DRAWS: usize = 5;

/// A claim or deduction that was entered.
pub struct Entered {
    pub way: Thread,
    pub award: Thing,
    /// Whose it is.
    pub household: Option<HouseholdId>,
    /// Who entered it, when that is not its claimant.
    pub by: Option<Who>,
}

impl<'a> Writer<'a> {
    /// The claims of the village.
    pub fn claims(&mut self) {
        for _ in 0..self.some(self.manner.claims) {
            for _ in 0..DRAWS {
                if self.any_claim() {
                    break;
                }
            }
        }
    }

    fn any_claim(&mut self) -> bool {
        let (day, villager) = (self.any_late_day(14), self.anybody());
        let Some(deed) = self.draw() else { return false };
        if !self.counts(villager, deed, day) {
            return false;
        }
        let at = hours::leisure(self.chance, day);
        let mut claim = self.claim(villager, deed, day, at);
        match self.chance.random_range(0..100) {
            0..3 if claim.by.is_none() => Self::taken_back(&mut claim, villager),
            3..10 => self.declined(&mut claim),
            fate => {
                self.approved(&mut claim);
                self.earners.push((claim.way.at + 4 * DAY, villager));
                if fate < 19 {
                    let at = self.within_publicity(claim.way.at);
                    let verdict = if fate < 13 { Verdict::Upheld } else { Verdict::Dismissed };
                    self.objected(&mut claim, at, Some(verdict));
                }
            }
        }
        self.play.keep(claim.way);
        true
    }

    /// Something that the village's table has, as often as it is done.
    fn draw(&mut self) -> Option<&'a Deed> {
        let (texts, table) = (self.texts, self.table);
        let known = || texts.deeds.iter().filter(|deed| table.row(&deed.item, "claim").is_some());
        let weight: u32 = known().map(|deed| deed.weight).sum();
        let mut drawn = self.chance.random_range(0..weight.max(1));
        known().find(|deed| match drawn.checked_sub(deed.weight) {
            Some(left) => {
                drawn = left;
                false
            }
            None => true,
        })
    }

    /// The first of some items that may be claimed here.
    pub fn deed(&self, items: &[&str]) -> Option<&'a Deed> {
        let item = items.iter().find(|item| self.table.row(item, "claim").is_some())?;
        self.texts.deeds.iter().find(|deed| deed.item == *item)
    }

    /// Counts a deed of a household; false when the village gives no more for it in that span.
    pub fn counts(&mut self, villager: usize, deed: &Deed, day: LocalDay) -> bool {
        let most = self.table.row(&deed.item, "claim").and_then(super::Row::most);
        let most = if deed.monthly { Some((1, 1)) } else { most };
        let Some((most, months)) = most else { return true };
        let span = (day.year(), (day.month() - 1) / months);
        let counted = self.counted.entry((self.place.household(villager), deed.item.clone(), span)).or_default();
        *counted += 1;
        *counted <= most
    }

    /// Claims points for what was done on a day.
    pub fn claim(&mut self, villager: usize, deed: &Deed, done: LocalDay, at: Micros) -> Entered {
        let (who, on_behalf, at) = self.hand(villager, at);
        let mut fields = Map::new();
        let mut put = |key: &str, value: Value| fields.insert(key.to_owned(), value);
        put("item", json!(deed.item));
        put("text", json!(one(self.chance, &deed.texts)));
        if done < local_day(at) {
            put("day", json!(done.to_string()));
        }
        if let Some([least, most]) = deed.quantity {
            put("quantity", json!(self.chance.random_range(least..=most).to_string()));
        }
        let aids = match deed.aids {
            Aids::Never => false,
            Aids::Sometimes => self.percent(40),
            Aids::Always => true,
        };
        if aids {
            put("helper_of_old", json!(true));
            if let Some(person) = self.place.villagers.get(villager) {
                put("age", json!(person.age.years()));
            }
        }
        let picture = deed.picture.filter(|_| self.percent(30)).map(|subject| Picture { subject, after: true });
        let (mut way, award) = (self.thread(), self.thing());
        let fields = Value::Object(fields);
        way.add(Step::points(at, who, "claim", fields).makes(award).for_villager(on_behalf).shows(picture));
        Entered { way, award, household: self.place.household(villager), by: on_behalf.map(|_| who) }
    }

    /// The review group at its next meeting approves it, sometimes against one voice.
    pub fn approved(&mut self, entered: &mut Entered) {
        let at = self.meeting(entered.way.at);
        let mut group = self.group(entered);
        if group.len() > 3 && self.percent(6) {
            let (text, against) = (one(self.chance, &self.texts.dissent), group.pop());
            if let Some(against) = against {
                self.vote(entered, at, against, "decline", &text);
            }
        }
        self.approve(entered, at, group);
    }

    /// Some of the group approve it at a time, one after another. Who is not needed any more does not come to it.
    pub fn approve(&mut self, entered: &mut Entered, at: Micros, group: Vec<Who>) {
        for who in group {
            let text = if self.percent(25) { one(self.chance, &self.texts.approve) } else { String::new() };
            self.vote(entered, at, who, "approve", &text);
        }
    }

    /// The review group at its next meeting does not approve it.
    pub fn declined(&mut self, entered: &mut Entered) {
        let (at, text) = (self.meeting(entered.way.at), one(self.chance, &self.texts.decline));
        for who in self.group(entered) {
            self.vote(entered, at, who, "decline", &text);
        }
    }

    fn vote(&mut self, entered: &mut Entered, at: Micros, who: Who, action: &'static str, text: &str) {
        let at = at.max(entered.way.at) + self.chance.random_range(MINUTE..8 * MINUTE);
        let step = Step::points(at, who, action, json!({ "text": text })).of("award", Part::Id(entered.award));
        entered.way.add(step.only_while(entered.award, IN_REVIEW));
    }

    /// Its claimant takes it back within hours.
    pub fn taken_back(entered: &mut Entered, villager: usize) {
        let step = Step::points(entered.way.at + 2 * HOUR, Who::Villager(villager), "withdraw-claim", json!({}));
        entered.way.add(step.of("award", Part::Id(entered.award)));
    }

    /// Who may judge it, in any order: nobody for their own household, and nobody what they entered themselves.
    pub fn group(&mut self, entered: &Entered) -> Vec<Who> {
        let mut group: Vec<Who> = (0..self.place.office.len()).map(Who::Office).collect();
        group.extend(self.place.overseer.as_ref().map(|_| Who::Overseer));
        group.extend(self.place.admin.as_ref().map(|_| Who::Admin));
        let delegate = self.place.delegate().filter(|delegate| self.place.household(*delegate) != entered.household);
        group.extend(delegate.map(Who::Villager));
        group.retain(|who| Some(*who) != entered.by);
        group.shuffle(self.chance);
        group
    }

    /// The next time that the review group meets: once a week, in the morning.
    fn meeting(&self, then: Micros) -> Micros {
        let tomorrow = hours::days_after(local_day(then), 1);
        let weekday = i64::from(tomorrow.weekday().to_monday_zero_offset());
        let day = hours::days_after(tomorrow, (self.review_day - weekday).rem_euclid(7));
        hours::at(hours::working_day(self.calendar, day, 0), 9, 30)
    }
}
