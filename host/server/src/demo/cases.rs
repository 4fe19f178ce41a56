//! What villagers say and offices do about it, decided beforehand: the cases of a village, each from its report to
//! the reporter's stars. How the office works ([`Manner`](super::script::Manner)) shows in its deadlines.

use anyhow::{Context, Result};
use cunshi_model::Micros;
use cunshi_model::calendar::{LocalDay, local_day};
use cunshi_model::clock::{DAY, HOUR, MINUTE};
use rand::RngExt;
use rand::seq::SliceRandom;
use serde_json::{Map, Value, json};

use super::hours;
use super::matters::{Matter, SPOTS};
use super::names::pick;
use super::people::{GROUPS, chance_of};
use super::pictures::Picture;
use super::play::{Step, Thread, Who};
use super::script::{Writer, one};

impl Writer<'_> {
    /// Some cases, reported on days from one to another.
    pub fn cases(&mut self, count: usize, from: LocalDay, to: LocalDay) -> Result<()> {
        let span = i64::from(from.until(to)?.get_days()).max(1);
        let mut deck: Vec<&Matter> = Vec::new();
        for _ in 0..count {
            let day = hours::days_after(from, self.chance.random_range(0..span));
            let at = hours::leisure(self.chance, day);
            if chance_of(self.chance, 5) {
                self.declined(at)?;
                continue;
            }
            // Without laying any back until all were drawn: a village does not say the same twice in a row.
            if deck.is_empty() {
                deck = self.bank.matters.iter().collect();
                deck.shuffle(self.chance);
            }
            let matter = deck.pop().context("the bank is empty")?;
            self.case(at, matter);
        }
        Ok(())
    }

    /// One case of the bank, from report to stars.
    fn case(&mut self, at: Micros, matter: &Matter) {
        let matter = matter.said(pick(self.chance, &GROUPS), pick(self.chance, &SPOTS));
        let (reporter, officer) = self.two();
        let mut thread = self.thread();
        self.reports(&mut thread, at, &matter, reporter, officer);
        self.neighbours(&mut thread, &matter, reporter);
        self.office(&mut thread, &matter, reporter, officer);
        self.keep(thread);
    }

    /// One that the village refuses, with the reason.
    fn declined(&mut self, at: Micros) -> Result<()> {
        let all = &self.bank.declined;
        let matter = all.get(self.chance.random_range(0..all.len())).context("the bank is empty")?;
        let speaks: Vec<usize> = (0..self.place.villagers.len()).filter(|n| self.place.speaks(*n)).collect();
        let reporter = *speaks.get(self.chance.random_range(0..speaks.len())).context("nobody has a telephone")?;
        let mut fields = matter.extra.clone();
        for (key, text) in [("title", &matter.title), ("category", &matter.category), ("detail", &matter.detail)] {
            fields.insert(key.to_owned(), json!(text));
        }
        let mut thread = self.thread();
        thread.step(at, Who::Villager(reporter), "report", Value::Object(fields));
        let at = hours::next_office(self.chance, self.calendar, at);
        let officer = self.two().1;
        thread.step(at, Who::Office(officer), "decline", json!({ "text": matter.reason }));
        self.keep(thread);
        Ok(())
    }

    /// Somebody of the village, and somebody of its office.
    fn two(&mut self) -> (usize, usize) {
        let (villagers, office) = (self.place.villagers.len(), self.place.office.len());
        (self.chance.random_range(0..villagers), self.chance.random_range(0..office))
    }

    fn reports(&mut self, thread: &mut Thread, at: Micros, matter: &Matter, reporter: usize, officer: usize) {
        let mut fields = Map::new();
        let mut put = |key: &str, value: Value| fields.insert(key.to_owned(), value);
        put("title", json!(matter.title));
        put("category", json!(matter.category));
        put("detail", json!(matter.detail));
        put("place", json!(format!("{} {}", pick(self.chance, &GROUPS), pick(self.chance, &SPOTS))));
        if matter.private {
            put("private", json!(true));
        }
        fields.extend(matter.extra.clone());
        let picture =
            matter.picture.filter(|_| chance_of(self.chance, 60)).map(|subject| Picture { subject, after: false });
        let speaks = self.place.speaks(reporter);
        let (at, who) = if speaks {
            (at, Who::Villager(reporter))
        } else {
            (hours::next_office(self.chance, self.calendar, at), Who::Office(officer))
        };
        let report = Step::issues(at, who, "report", Value::Object(fields)).shows(picture);
        thread.say(report.for_villager((!speaks).then_some(reporter)));
    }

    /// Neighbours join in, follow; the reporter adds something.
    fn neighbours(&mut self, thread: &mut Thread, matter: &Matter, reporter: usize) {
        if chance_of(self.chance, 8) && self.place.speaks(reporter) {
            let text = one(self.chance, &self.bank.supplement.texts);
            thread.step(
                thread.at + self.chance.random_range(MINUTE..20 * MINUTE),
                Who::Villager(reporter),
                "supplement",
                json!({ "text": text }),
            );
        }
        if matter.private || !chance_of(self.chance, 35) {
            return;
        }
        let mut others: Vec<usize> =
            (0..self.place.villagers.len()).filter(|n| *n != reporter && self.place.speaks(*n)).collect();
        others.shuffle(self.chance);
        let count = self.chance.random_range(1..=4);
        for other in others.into_iter().take(count) {
            let at = thread.at + self.chance.random_range(MINUTE..9 * MINUTE);
            let action = if chance_of(self.chance, 80) { "me-too" } else { "follow" };
            thread.step(at, Who::Villager(other), action, json!({}));
        }
    }

    /// The office's side, and the reporter's last word.
    fn office(&mut self, thread: &mut Thread, matter: &Matter, reporter: usize, officer: usize) {
        let manner = self.manner;
        if self.forgets(thread.at) {
            return;
        }
        let mut taken = hours::next_office(self.chance, self.calendar, thread.at);
        if chance_of(self.chance, manner.accepts_late) {
            let days = self.chance.random_range(2..5);
            taken = self.office_day(local_day(taken), days);
        }
        let who = Who::Office(officer);
        let complexity = matter.complexity;
        thread.step(taken, who, "accept", json!({ "complexity": complexity.as_str(), "text": matter.accept }));
        if self.forgets(thread.at) {
            return;
        }
        if chance_of(self.chance, 10) {
            let text = one(self.chance, &self.bank.note.texts);
            thread.step(thread.at + self.chance.random_range(MINUTE..HOUR), who, "note", json!({ "text": text }));
        }
        if let Some(why) = matter.refer.as_ref().filter(|_| chance_of(self.chance, 55)) {
            self.town(thread, who, why, matter);
        }
        let limit = complexity.working_days();
        let accepted = local_day(taken);
        let mut days = self.chance.random_range(0..limit.max(2));
        if chance_of(self.chance, manner.closes_late) {
            days = limit + self.chance.random_range(1..7);
        } else if limit > 3 && chance_of(self.chance, 6) {
            let at = self.office_day(accepted, limit / 2);
            let text = one(self.chance, &self.bank.extend.reasons);
            thread.step(at, who, "extend", json!({ "days": 5, "text": text }));
            days = limit + self.chance.random_range(0..4);
        }
        if let Some(progress) = matter.progress.as_ref().filter(|_| days > 0) {
            let at = self.office_day(accepted, days.div_ceil(2));
            thread.step(at, who, "progress", json!({ "text": progress }));
        }
        let at = self.office_day(accepted, days);
        let picture = matter.picture.map(|subject| Picture { subject, after: true });
        thread.say(Step::issues(at, who, "close", json!({ "text": matter.close })).shows(picture));
        self.last_word(thread, reporter, who);
    }

    /// The town takes it, works on it and gives it back.
    fn town(&mut self, thread: &mut Thread, who: Who, why: &str, matter: &Matter) {
        thread.step(thread.at + self.chance.random_range(10 * MINUTE..5 * HOUR), who, "refer", json!({ "text": why }));
        let officer = Who::Town(self.chance.random_range(0..2));
        let at = hours::next_office(self.chance, self.calendar, thread.at);
        let text = one(self.chance, &self.bank.town.accepts);
        thread.step(at, officer, "accept", json!({ "complexity": matter.complexity.as_str(), "text": text }));
        let days = self.chance.random_range(1..=matter.complexity.working_days());
        if days > 1 {
            let at = self.office_day(local_day(thread.at), days / 2);
            let text = one(self.chance, &self.bank.town.progress);
            thread.step(at, officer, "progress", json!({ "text": text }));
        }
        let at = self.office_day(local_day(thread.at), days - days / 2);
        thread.step(at, officer, "close", json!({ "text": matter.close }));
    }

    /// Stars, or "not solved" and once more.
    fn last_word(&mut self, thread: &mut Thread, reporter: usize, office: Who) {
        if !self.place.speaks(reporter) || !chance_of(self.chance, 78) {
            return;
        }
        let day = hours::days_after(local_day(thread.at), self.chance.random_range(0..4));
        let stars = self.stars();
        if stars <= 2 && chance_of(self.chance, 50) {
            let text = one(self.chance, &self.bank.unsolved.texts);
            let at = hours::leisure(self.chance, day);
            thread.step(at, Who::Villager(reporter), "rate", json!({ "solved": "no", "text": text }));
            let text = one(self.chance, &self.bank.unsolved.again);
            let at = hours::next_office(self.chance, self.calendar, thread.at);
            thread.step(at, office, "progress", json!({ "text": text }));
            let text = one(self.chance, &self.bank.unsolved.closed);
            let days = self.chance.random_range(1..3);
            let at = self.office_day(local_day(thread.at), days);
            thread.step(at, office, "close", json!({ "text": text }));
            let at = thread.at + self.chance.random_range(2 * HOUR..DAY);
            thread.step(at, Who::Villager(reporter), "rate", json!({ "stars": 4, "text": "这次办好了。" }));
            return;
        }
        let words = self.bank.stars.get(&stars).map(Vec::as_slice).unwrap_or_default();
        let text = one(self.chance, words);
        let at = hours::leisure(self.chance, day);
        thread.step(at, Who::Villager(reporter), "rate", json!({ "stars": stars, "text": text }));
    }

    fn stars(&mut self) -> u8 {
        let [five, four, three] = self.manner.stars;
        match self.chance.random_range(0..100) {
            n if n < five => 5,
            n if n < five + four => 4,
            n if n < five + four + three => 3,
            n if n % 3 > 0 => 2,
            _ => 1,
        }
    }

    /// What lies for months is seen to in the end; what was forgotten lately still lies.
    fn forgets(&mut self, since: Micros) -> bool {
        chance_of(self.chance, self.manner.forgets) && since > self.now - 45 * DAY
    }

    fn office_day(&mut self, from: LocalDay, days: u32) -> Micros {
        let day = hours::working_day(self.calendar, from, days);
        hours::office(self.chance, day)
    }
}
