//! What villagers ask about what was made public: answered, answered by the town, or still waiting.

use cunshi_model::Micros;
use cunshi_model::calendar::local_day;
use cunshi_model::clock::{DAY, HOUR};
use rand::seq::IndexedRandom;
use serde_json::json;

use super::Out;
use super::texts::{Question, Texts};
use crate::demo::desk::Desk;
use crate::demo::hours::{at, days_after};
use crate::demo::play::{Part, Thing, Thread, Who};
use crate::demo::tale::TIANFU;

/// Calendar days within which the village answers.
const VILLAGE_DAYS: i64 = 10;

/// How a question goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Course {
    Answered,
    /// The asker misses something, and the town answers.
    Unsatisfied,
    /// The same, lately: the town has it.
    WithTheTown,
    /// The village does not answer, so that the town does.
    Lapsed,
}

impl Desk<'_> {
    /// What is asked in a village.
    pub(super) fn questions(&mut self, texts: &Texts, out: &[Out], told: bool) {
        if told {
            self.told_enquiries(texts, out);
            return;
        }
        if !self.percent(12 + self.manner.knows / 4) {
            return;
        }
        let course = if self.percent(self.manner.forgets * 4) {
            Course::Lapsed
        } else if self.percent(15) {
            Course::Unsatisfied
        } else {
            Course::Answered
        };
        let about = out.choose(self.chance).copied();
        let kind = about.map_or("none", |out| out.affairs);
        let Some(question) = self.question_about(texts, kind) else { return };
        // About what is public soon after; else within the last weeks.
        let day = about.map_or_else(|| self.lately(35), |out| local_day(out.since));
        let days = self.between([1, 12]);
        let when = self.leisure(at(day, 12, 0), days);
        let asker = self.anybody();
        self.enquiry(question, about, asker, when, course);
    }

    /// Of 天府社区 and 照石村: one of each course, one that is private, one that still waits.
    fn told_enquiries(&mut self, texts: &Texts, out: &[Out]) {
        let last = |affairs: &str| out.iter().rev().find(|out| out.affairs == affairs).copied();
        let tianfu = self.code() == TIANFU;
        let speaker = |desk: &Self, nth: usize| (0..desk.place.villagers.len()).filter(|n| desk.speaks(*n)).nth(nth);
        let silent = (0..self.place.villagers.len()).find(|n| !self.speaks(*n));
        for (affairs, asker, days_ago, course) in [
            ("finance", silent, 9, Course::Answered),
            ("none", speaker(self, 1), 45, Course::Unsatisfied),
            ("village", speaker(self, 2), 16, if tianfu { Course::Answered } else { Course::WithTheTown }),
        ] {
            let Some(question) = self.question_about(texts, affairs) else { continue };
            let about = last(affairs);
            let when = self.leisure(at(self.ago(days_ago), 12, 0), 0);
            let when = about.map_or(when, |out| when.max(out.since + HOUR));
            self.enquiry(question, about, asker.unwrap_or_default(), when, course);
        }
        let asker = speaker(self, 3).unwrap_or_default();
        let (mut way, question) = (self.thread(), self.thing());
        let when = self.leisure(at(self.ago(12), 12, 0), 0);
        let fields = json!({ "text": texts.told.private, "private": true });
        way.add(self.step(when, Who::Villager(asker), "ask", fields).makes(question));
        let when = self.later(way.at, 2);
        let fields = json!({ "text": texts.told.private_answer });
        way.add(self.step(when, Who::Office(0), "answer", fields).of("question", Part::Id(question)));
        self.keep(way);

        let (mut way, question) = (self.thread(), self.thing());
        let asker = speaker(self, 0).unwrap_or_default();
        let when = self.leisure(at(self.ago(2), 12, 0), 0);
        let fields = json!({ "text": texts.told.open });
        way.add(self.step(when, Who::Villager(asker), "ask", fields).makes(question));
        self.keep(way);
    }

    fn question_about<'t>(&mut self, texts: &'t Texts, about: &str) -> Option<&'t Question> {
        let fit: Vec<&Question> = texts.questions.iter().filter(|question| question.about == about).collect();
        fit.choose(self.chance).copied()
    }

    fn enquiry(&mut self, asked: &Question, about: Option<Out>, asker: usize, when: Micros, course: Course) {
        let (who, on_behalf, when) = self.hand(asker, when);
        let (mut way, question) = (self.thread(), self.thing());
        let mut step = self.step(when, who, "ask", json!({ "text": asked.text })).makes(question);
        if let Some(out) = about {
            step = step.of("disclosure", Part::Id(out.paper));
        }
        way.add(step.for_villager(on_behalf));
        if course == Course::Lapsed {
            // Its day passes; the town has it the morning after.
            let days = VILLAGE_DAYS + 1 + self.between([2, 12]);
            let when = self.at_work(days_after(local_day(way.at), days));
            self.town_answers(&mut way, question, when, &asked.town);
            self.keep(way);
            return;
        }
        let days = u32::try_from(self.some((0, 4))).unwrap_or_default();
        let (when, officer) = (self.later(way.at, days), self.officer());
        let fields = json!({ "text": asked.answer });
        way.add(self.step(when, officer, "answer", fields).of("question", Part::Id(question)));
        // Only whoever asked turns to the town, and nobody does it for them.
        if course != Course::Answered && on_behalf.is_none() {
            let when = match course {
                Course::WithTheTown => self.leisure(at(self.ago(5), 12, 0), 0),
                _ => self.leisure(way.at + DAY, 1),
            };
            let fields = json!({ "text": asked.more });
            way.add(self.step(when, who, "unsatisfied", fields).of("question", Part::Id(question)));
            if course == Course::Unsatisfied {
                let days = u32::try_from(self.some((3, 9))).unwrap_or(3);
                let when = self.later(way.at, days);
                self.town_answers(&mut way, question, when, &asked.town);
            }
        }
        self.keep(way);
    }

    fn town_answers(&mut self, way: &mut Thread, question: Thing, when: Micros, text: &str) {
        let officer = Who::Town(self.some((0, 1)));
        way.add(self.step(when, officer, "answer", json!({ "text": text })).of("question", Part::Above(question)));
    }
}
