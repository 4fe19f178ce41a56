//! Deductions, objections and their answers, corrections.

use cunshi_model::Micros;
use cunshi_model::calendar::local_day;
use cunshi_model::clock::HOUR;
use rand::RngExt;
use serde_json::json;

use super::super::hours;
use super::super::play::{Part, Step, Who};
use super::super::script::one;
use super::Writer;
use super::claims::Entered;
use super::texts::{Objection, Taken};

/// While it is on the public board.
const PUBLIC: &[&str] = &["published"];

/// What an objection comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Upheld,
    Dismissed,
}

impl<'a> Writer<'a> {
    /// In some villages points are taken away, and those concerned may object.
    pub fn deductions(&mut self) {
        if !self.percent(self.manner.deducts) {
            return;
        }
        let (day, villager) = (self.any_day(60), self.anybody());
        let at = hours::office(self.chance, day);
        let Some((mut entered, taken)) = self.deduction(villager, at) else { return };
        self.approved(&mut entered);
        let concerned = (0..self.place.villagers.len())
            .find(|n| self.place.speaks(*n) && self.place.household(*n) == entered.household)
            .filter(|_| self.percent(60));
        if let Some(concerned) = concerned {
            let at = self.within_publicity(entered.way.at);
            let verdict = if self.percent(40) { Verdict::Upheld } else { Verdict::Dismissed };
            self.objection(&mut entered, at, concerned, &taken.objection, Some(verdict));
        }
        self.play.keep(entered.way);
    }

    /// The supervision committee or a cadre enters what a household did.
    pub fn deduction(&mut self, villager: usize, at: Micros) -> Option<(Entered, &'a Taken)> {
        let (texts, table) = (self.texts, self.table);
        let known: Vec<&Taken> =
            texts.taken.iter().filter(|taken| table.row(&taken.item, "deduction").is_some()).collect();
        let taken = *known.get(self.chance.random_range(0..known.len().max(1)))?;
        let household = self.place.household(villager)?;
        let who = if self.percent(50) { Who::Overseer } else { self.officer() };
        let text = one(self.chance, &taken.texts);
        let fields = json!({ "item": taken.item, "household": household.to_string(), "text": text });
        let (mut way, award) = (self.thread(), self.thing());
        way.add(Step::points(at, who, "deduct", fields).makes(award));
        Some((Entered { way, award, household: Some(household), by: Some(who) }, taken))
    }

    /// Somebody of another household objects to a claim in its publicity period; the office answers.
    pub fn objected(&mut self, entered: &mut Entered, at: Micros, verdict: Option<Verdict>) {
        let texts = self.texts;
        let Some(said) = texts.objections.get(self.chance.random_range(0..texts.objections.len().max(1))) else {
            return;
        };
        if let Some(other) = self.others(entered.household).first().copied() {
            self.objection(entered, at, other, said, verdict);
        }
    }

    fn objection(
        &mut self,
        entered: &mut Entered,
        at: Micros,
        villager: usize,
        said: &Objection,
        verdict: Option<Verdict>,
    ) {
        let objection = self.thing();
        let step = Step::points(at, Who::Villager(villager), "object", json!({ "text": said.text }));
        let step = step.of("award", Part::Id(entered.award)).only_while(entered.award, PUBLIC);
        entered.way.add(step.makes(objection));
        let (Some(verdict), Some(who)) = (verdict, self.answerer(entered)) else { return };
        let (word, text) = match verdict {
            Verdict::Upheld => ("upheld", &said.upheld),
            Verdict::Dismissed => ("dismissed", &said.dismissed),
        };
        let days = self.chance.random_range(0..4);
        let day = local_day(hours::next_office(self.chance, self.calendar, entered.way.at));
        let at = hours::office(self.chance, hours::working_day(self.calendar, day, days)).max(entered.way.at);
        let step = Step::points(at, who, "answer-objection", json!({ "verdict": word, "text": text }));
        entered.way.add(step.of("objection", Part::Id(objection)));
    }

    /// Somebody who works here and did not enter it.
    fn answerer(&mut self, entered: &Entered) -> Option<Who> {
        let group = self.group(entered);
        group.into_iter().find(|who| matches!(who, Who::Office(_) | Who::Overseer))
    }

    /// Some time after it was made public, within the shortest publicity period.
    pub fn within_publicity(&mut self, published: Micros) -> Micros {
        published + self.chance.random_range(4 * HOUR..50 * HOUR)
    }

    /// The admin asks to put an award right, and the supervision committee agrees where it comes to that.
    pub fn correction(&mut self, entered: &mut Entered, at: Micros, text: &str, agreed: Option<Micros>) {
        let correction = self.thing();
        let step = Step::points(at, Who::Admin, "correct", json!({ "points": "0.5", "text": text }));
        entered.way.add(step.of("award", Part::Id(entered.award)).makes(correction));
        if let Some(agreed) = agreed {
            let step = Step::points(agreed, Who::Overseer, "approve-correction", json!({}));
            entered.way.add(step.of("correction", Part::Id(correction)));
        }
    }
}
