//! The secretary's hours: announced, booked, and what the secretary is asked besides.

use cunshi_model::Micros;
use cunshi_model::calendar::LocalDay;
use cunshi_model::clock::HOUR;
use rand::seq::{IndexedRandom, SliceRandom};
use serde_json::json;

use super::Care;
use super::texts::{Question, Texts};
use crate::demo::desk::Desk;
use crate::demo::hours::{at, days_after, working_day};
use crate::demo::play::{Part, Who};

/// Days between the announcement and the day itself.
const AHEAD: i64 = 9;

impl Desk<'_> {
    /// Hours lately and in some days, and questions.
    pub(super) fn hours(&mut self, texts: &Texts, care: Care) {
        match care {
            Care::All => {
                for ago in [40, 12] {
                    self.session(texts, self.ago(ago), 2);
                }
                self.session(texts, days_after(self.today(), 4), 2);
                self.told_questions(texts);
            }
            Care::Much => {
                if self.percent(60) {
                    let days = self.between([2, 7]);
                    self.session(texts, days_after(self.today(), days), 1);
                }
                self.question(texts);
            }
            Care::Some | Care::Little => {
                if self.percent(self.manner.knows / 4) {
                    self.question(texts);
                }
            }
        }
    }

    /// One time at which the secretary receives, with some who book.
    fn session(&mut self, texts: &Texts, day: LocalDay, booked: usize) {
        let host = self.place.office.get(self.secretary()).map(|person| person.name.clone());
        let day = working_day(self.calendar, day, 0);
        let (mut way, session, who) = (self.thread(), self.thing(), self.officer());
        let mut fields = json!({
            "host": host, "day": day.to_string(), "from": "09:00", "to": "11:00", "seats": 6,
            "place": self.one(&texts.hours.places),
        });
        let note = self.one(&texts.hours.notes);
        if let Some(fields) = fields.as_object_mut().filter(|_| !note.is_empty()) {
            fields.insert("note".to_owned(), json!(note));
        }
        let when = self.at_work(days_after(day, -AHEAD));
        way.add(self.step(when, who, "announce", fields).makes(session));
        let mut villagers: Vec<usize> = (0..self.place.villagers.len()).collect();
        villagers.shuffle(self.chance);
        for villager in villagers.into_iter().take(booked) {
            let when = self.leisure(way.at + HOUR, 0);
            let (who, on_behalf, when) = self.hand(villager, when);
            // Nobody books when it has begun.
            if when.max(way.at) + HOUR > at(day, 9, 0) {
                continue;
            }
            let fields = json!({ "topic": self.one(&texts.hours.topics) });
            let step = self.step(when, who, "book", fields).of("session", Part::Id(session));
            way.add(step.for_villager(on_behalf));
        }
        self.keep(way);
    }

    /// A question that is answered.
    fn question(&mut self, texts: &Texts) {
        let Some(question) = texts.hours.questions.choose(self.chance) else { return };
        let (asker, day) = (self.anybody(), self.lately(90));
        let when = self.leisure(at(day, 12, 0), 0);
        self.asks_secretary(question, asker, when);
    }

    fn asks_secretary(&mut self, asked: &Question, asker: usize, when: Micros) {
        let (who, on_behalf, when) = self.hand(asker, when);
        let (mut way, question) = (self.thread(), self.thing());
        let fields = json!({ "text": asked.text });
        way.add(self.step(when, who, "ask", fields).makes(question).for_villager(on_behalf));
        // Slow villages let a question lie, as they let everything lie.
        if !self.percent(self.manner.forgets) {
            let days = if self.percent(self.manner.closes_late) { 6 } else { self.some((0, 3)) };
            let when = self.later(way.at, u32::try_from(days).unwrap_or_default());
            let fields = json!({ "text": asked.answer });
            way.add(
                self.step(when, Who::Office(self.secretary()), "answer", fields).of("question", Part::Id(question)),
            );
        }
        self.keep(way);
    }

    /// Of 天府社区 and 照石村: some public ones, a private one, one answered in person, one that waits.
    fn told_questions(&mut self, texts: &Texts) {
        let speakers: Vec<usize> = (0..self.place.villagers.len()).filter(|n| self.speaks(*n)).collect();
        let speaker = |nth: usize| speakers.get(nth % speakers.len().max(1)).copied().unwrap_or_default();
        let mut drawn: Vec<&Question> = texts.hours.questions.iter().collect();
        drawn.shuffle(self.chance);
        for (nth, question) in drawn.into_iter().take(3).enumerate() {
            let ago = self.between([8, 20]) + i64::try_from(nth).unwrap_or_default() * 20;
            let when = self.leisure(at(self.ago(ago), 12, 0), 0);
            self.asks_secretary(question, speaker(nth), when);
        }
        let told = &texts.hours.told;
        for (text, private, ago, nth, answer) in [
            (&told.private, true, 18, 1, Some((Who::Admin, "answer", &told.private_answer))),
            (
                &told.asked_before,
                false,
                33,
                2,
                Some((Who::Office(self.secretary()), "answer-in-person", &told.in_person)),
            ),
            (&told.waiting, false, 1, 3, None),
        ] {
            let (mut way, question) = (self.thread(), self.thing());
            let when = self.leisure(at(self.ago(ago), 12, 0), 0);
            let mut fields = json!({ "text": text });
            if let Some(fields) = fields.as_object_mut().filter(|_| private) {
                fields.insert("private".to_owned(), json!(true));
            }
            way.add(self.step(when, Who::Villager(speaker(nth)), "ask", fields).makes(question));
            if let Some((who, action, answer)) = answer {
                let when = self.later(way.at, 1);
                way.add(self.step(when, who, action, json!({ "text": answer })).of("question", Part::Id(question)));
            }
            self.keep(way);
        }
    }
}
