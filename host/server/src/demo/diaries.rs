//! What cadres of the demo write into their service diary, and what the visited households say to it.
//!
//! 天府社区 and 照石村 began in spring and have full months; the other villages began some months ago.

use anyhow::{Context, Result};
use cunshi_model::HouseholdId;
use cunshi_model::calendar::{LocalDay, local_day};
use cunshi_model::clock::HOUR;
use rand::RngExt;
use rand::seq::{IndexedRandom, SliceRandom};
use serde::Deserialize;
use serde_json::{Value, json};

use super::desk::{Desk, Office};
use super::hours::{self, at, days_after};
use super::play::{Part, Thing, Thread, Who};
use super::tale::{TIANFU, ZHAOSHI};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    began: Vec<String>,
    about: Vec<String>,
    ended: Vec<String>,
    meetings: Vec<String>,
    patrols: Vec<String>,
    policies: Vec<String>,
    errands: Vec<String>,
    promises: Vec<String>,
    kept: Vec<String>,
    places: Vec<String>,
    disputes: Vec<String>,
    findings: Vec<String>,
    wrong: Vec<String>,
    corrections: Vec<String>,
    withdrawals: Vec<String>,
    homes: Vec<String>,
    drafts: Vec<String>,
    excused: Vec<String>,
}

/// Visits of a cadre in a full month, from and to.
const FULL: (usize, usize) = (17, 22);

/// Writes all diaries.
pub fn write(mut office: Office<'_>) -> Result<()> {
    let texts: Texts = toml::from_str(include_str!("diaries.toml")).context("the demo's diaries")?;
    for village in office.villages() {
        office.desk(village)?.diary(&texts);
    }
    Ok(())
}

/// An entry that is out.
struct Entry {
    way: Thread,
    entry: Thing,
    household: HouseholdId,
    text: String,
    day: LocalDay,
}

impl Desk<'_> {
    fn diary(&mut self, texts: &Texts) {
        let full = [TIANFU, ZHAOSHI].contains(&self.code());
        let months = self.months(full);
        let Some(first) = months.first().copied() else { return };
        self.list_homes(texts, first);
        let shape = if full { FULL } else { self.manner.visits };
        for cadre in 0..self.place.office.len() {
            // Each cadre begins somewhere else in the list of households.
            let mut turn = cadre * 2;
            for month in &months {
                self.month(texts, cadre, *month, shape, &mut turn);
            }
        }
        if full || self.percent(8) {
            self.excused(texts, &months);
        }
        if full || self.percent(14) {
            let (mut way, entry, who) = (self.thread(), self.thing(), Who::Office(0));
            let day = self.ago(1);
            let fields = json!({ "kind": "patrol", "text": self.one(&texts.drafts), "keep": "draft" });
            way.add(self.step(at(day, 18, 5), who, "write", fields).makes(entry));
            self.keep(way);
        }
    }

    /// The first days of the months in which the village keeps its diary.
    fn months(&self, full: bool) -> Vec<LocalDay> {
        let today = self.today();
        let first_of = |day: LocalDay| day.first_of_month();
        let beginning = local_day(self.times.beginning);
        let mut month = first_of(today);
        let back = if full { 24 } else { 2 };
        let mut months = vec![month];
        for _ in 0..back {
            month = first_of(days_after(month, -1));
            if month <= beginning {
                break;
            }
            months.push(month);
        }
        months.reverse();
        months
    }

    /// Some hard-pressed households.
    fn list_homes(&mut self, texts: &Texts, first: LocalDay) {
        let mut households = self.households();
        households.shuffle(self.chance);
        let most = self.some((2, 3));
        for household in households.into_iter().take(most) {
            let (mut way, who) = (self.thread(), self.officer());
            let fields = json!({ "household": household.to_string(), "why": self.one(&texts.homes) });
            let when = self.at_work(first);
            way.add(self.step(when, who, "list-home", fields));
            self.keep(way);
        }
    }

    /// What a cadre does in a month: as far as it has gone.
    fn month(&mut self, texts: &Texts, cadre: usize, month: LocalDay, shape: (usize, usize), turn: &mut usize) {
        let (households, who) = (self.households(), Who::Office(cadre));
        let length = i64::from(month.days_in_month());
        let mut days: Vec<i64> = (0..length).collect();
        days.shuffle(self.chance);
        let visits = self.some(shape);
        for day in days.iter().take(visits) {
            *turn += 1;
            let Some(household) = households.get(*turn % households.len().max(1)) else { continue };
            self.visit(texts, who, days_after(month, *day), *household);
        }
        let busy = self.manner.visits.0 > 2;
        let day = days_after(month, self.chance.random_range(2..9));
        self.plain(texts, who, "meeting", day);
        for (kind, percent) in [("patrol", 70), ("patrol", 30), ("policy", 30), ("errand", 35)] {
            if busy && self.percent(percent) {
                let day = days_after(month, self.chance.random_range(0..length));
                self.plain(texts, who, kind, day);
            }
        }
    }

    fn visit(&mut self, texts: &Texts, who: Who, day: LocalDay, household: HouseholdId) {
        let text = [&texts.began, &texts.about, &texts.ended].map(|bank| self.one(bank)).concat();
        let mut fields = json!({
            "kind": "visit", "household": household.to_string(), "text": text, "keep": "publish",
            "minutes": self.chance.random_range(3..12) * 5,
        });
        let late = self.percent(4);
        let when = if late {
            put(&mut fields, "day", json!(day.to_string()));
            let days = self.chance.random_range(2..6);
            hours::office(self.chance, days_after(day, days))
        } else {
            at(day, self.chance.random_range(9..19), self.chance.random_range(0..60))
        };
        let promise = self.percent(7).then(|| self.chance.random_range(0..texts.promises.len()));
        if let Some(promised) = promise.and_then(|n| texts.promises.get(n)) {
            put(&mut fields, "promised", json!(promised));
            put(&mut fields, "follow_up", json!(days_after(local_day(when), 10).to_string()));
        }
        let (mut way, entry) = (self.thread(), self.thing());
        way.add(self.step(when, who, "write", fields).makes(entry));
        let mut told = Entry { way, entry, household, text, day };
        let part = Part::Id(entry);
        if self.percent(2) {
            let fields = json!({ "reason": self.one(&texts.withdrawals) });
            let step = self.step(told.way.at + HOUR, who, "withdraw", fields).of("entry", part);
            told.way.add(step);
            self.keep(told.way);
            return;
        }
        if promise.is_none() && self.percent(3) {
            self.corrected(texts, who, &mut told);
        }
        self.answered(texts, &mut told);
        if let Some(kept) = promise.and_then(|n| texts.kept.get(n)).filter(|_| self.percent(80)) {
            let days = self.chance.random_range(3..9);
            let when = self.later(told.way.at, days);
            let step = self.step(when, who, "follow", json!({ "text": kept })).of("entry", part);
            told.way.add(step);
        }
        self.keep(told.way);
    }

    fn corrected(&mut self, texts: &Texts, who: Who, told: &mut Entry) {
        let fields = json!({
            "text": format!("{}另外看了看屋后的沟。", told.text), "day": told.day.to_string(),
            "minutes": 45, "reason": self.one(&texts.corrections),
        });
        let step = self.step(told.way.at + HOUR, who, "correct", fields).of("entry", Part::Id(told.entry));
        told.way.add(step);
    }

    /// Somebody of the household says whether it was so.
    fn answered(&mut self, texts: &Texts, told: &mut Entry) {
        let (days, likely) = (self.chance.random_range(0..4), if self.manner.knows > 20 { 80 } else { 40 });
        let home = |n: &usize| self.speaks(*n) && self.household(*n) == Some(told.household);
        let Some(villager) = (0..self.place.villagers.len()).find(home) else { return };
        let (who, part) = (Who::Villager(villager), Part::Id(told.entry));
        let when = self.leisure(told.way.at + HOUR, days);
        if self.chance.random_range(0..1000) < 12 {
            let fields = json!({ "text": self.one(&texts.disputes) });
            told.way.add(self.step(when, who, "dispute", fields).of("entry", part));
            let days = self.chance.random_range(2..6);
            let falls = self.percent(25);
            let (finding, bank) = if falls { ("falls", &texts.wrong) } else { ("stands", &texts.findings) };
            let fields = json!({ "finding": finding, "text": self.one(bank) });
            let when = self.later(told.way.at, days);
            told.way.add(self.step(when, Who::Overseer, "settle", fields).of("entry", part));
        } else if self.percent(likely) {
            told.way.add(self.step(when, who, "confirm", json!({})).of("entry", part));
        }
    }

    /// A meeting, a patrol, a policy talk or an errand.
    fn plain(&mut self, texts: &Texts, who: Who, kind: &'static str, day: LocalDay) {
        let bank = match kind {
            "meeting" => &texts.meetings,
            "patrol" => &texts.patrols,
            "policy" => &texts.policies,
            _ => &texts.errands,
        };
        let mut fields = json!({
            "kind": kind, "text": self.one(bank), "keep": "publish", "minutes": self.chance.random_range(4..25) * 5,
        });
        if kind == "meeting" {
            put(&mut fields, "place", json!(self.one(&texts.places)));
        }
        let household = self.households().choose(self.chance).copied();
        let household = household.filter(|_| kind == "errand");
        if let Some(household) = household {
            put(&mut fields, "household", json!(household.to_string()));
        }
        let when = at(day, self.chance.random_range(9..18), self.chance.random_range(0..60));
        let (mut way, entry) = (self.thread(), self.thing());
        way.add(self.step(when, who, "write", fields).makes(entry));
        if let Some(household) = household {
            let mut told = Entry { way, entry, household, text: String::new(), day };
            self.answered(texts, &mut told);
            self.keep(told.way);
            return;
        }
        self.keep(way);
    }

    /// The second cadre has no duties in the month before.
    fn excused(&mut self, texts: &Texts, months: &[LocalDay]) {
        let before = months.len().checked_sub(2).and_then(|n| months.get(n));
        let (Some(month), Some(cadre)) = (before, self.place.office.get(1)) else { return };
        let fields = json!({
            "person": cadre.id.to_string(), "month": format!("{:04}-{:02}", month.year(), month.month()),
            "reason": self.one(&texts.excused),
        });
        let mut way = self.thread();
        way.add(self.step(at(days_after(*month, 2), 9, 30), Who::Admin, "excuse", fields));
        self.keep(way);
    }
}

fn put(fields: &mut Value, key: &str, value: Value) {
    if let Some(fields) = fields.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bank_is_whole_and_every_promise_is_kept_in_its_own_words() {
        let texts: Texts = toml::from_str(include_str!("diaries.toml")).unwrap();
        assert_eq!(texts.promises.len(), texts.kept.len());
        for text in texts.began.iter().flat_map(|began| texts.about.iter().map(move |about| format!("{began}{about}")))
        {
            assert!((8..=200).contains(&text.chars().count()), "{text}");
        }
    }
}
