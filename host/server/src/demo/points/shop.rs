//! The shop: a shelf, and who redeems what. What is not fetched lapses by itself.

use cunshi_model::Micros;
use cunshi_model::calendar::local_day;
use cunshi_model::clock::HOUR;
use rand::RngExt;
use serde_json::json;

use super::super::hours;
use super::super::pictures::Picture;
use super::super::play::{Part, Step, Thing};
use super::super::tale;
use super::Writer;

/// What becomes of a reservation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Handed out some days later.
    Fetched,
    /// Called off.
    Cancelled,
    /// Nobody comes.
    Left,
}

impl Writer<'_> {
    /// Puts things on the shelf, the cheapest first. Photos only where the story is told: each costs time.
    pub fn shelf(&mut self) -> Vec<Thing> {
        let code = self.place.space.code.as_str();
        let told = [tale::TIANFU, tale::ZHAOSHI].contains(&code);
        let day = hours::working_day(self.calendar, hours::days_after(local_day(self.times.beginning), 6), 0);
        let (mut way, mut things) = (self.thread(), Vec::new());
        let officer = self.officer();
        for goods in self.texts.shelf(code) {
            let thing = self.thing();
            let fields =
                json!({ "title": goods.title, "price": goods.price, "value": goods.yuan, "stock": goods.stock });
            let picture = told.then_some(Picture { subject: goods.picture, after: true });
            let at = hours::at(day, 10, 0).max(way.at);
            way.add(Step::points(at, officer, "add-goods", fields).makes(thing).shows(picture));
            things.push(thing);
        }
        self.play.keep(way);
        things
    }

    /// Redeems now and then.
    pub fn redemptions(&mut self, goods: &[Thing]) {
        for _ in 0..self.some(self.manner.redeems) {
            let day = self.any_late_day(60);
            let at = hours::leisure(self.chance, day);
            let earned: Vec<usize> = self.earners.iter().filter(|(by, _)| *by < at).map(|(_, who)| *who).collect();
            let villager = match earned.get(self.chance.random_range(0..earned.len() + 2)) {
                Some(earner) => *earner,
                None => self.anybody(),
            };
            if self.told.is_some() && self.place.household(villager) == self.told {
                continue;
            }
            // Most people take what they have enough for soon.
            let wish = self.chance.random_range(0..goods.len().max(1));
            let wish = wish.min(self.chance.random_range(0..goods.len().max(1)));
            let fate = match self.chance.random_range(0..100) {
                0..82 => Fate::Fetched,
                82..89 => Fate::Cancelled,
                _ => Fate::Left,
            };
            if let (Some(wish), Some(cheapest)) = (goods.get(wish), goods.first()) {
                self.redemption(villager, at, [*wish, *cheapest], fate);
            }
        }
    }

    /// Redeems a thing, or another one where the points are too few for it.
    pub fn redemption(&mut self, villager: usize, at: Micros, wish: [Thing; 2], fate: Fate) {
        let (who, on_behalf, at) = self.hand(villager, at);
        let (mut way, reservation) = (self.thread(), self.thing());
        let step = Step::points(at, who, "redeem", json!({})).of("goods", Part::Id(wish[0])).or(Part::Id(wish[1]));
        way.add(step.makes(reservation).for_villager(on_behalf));
        match fate {
            Fate::Fetched => {
                let opens = hours::next_office(self.chance, self.calendar, way.at);
                let day = hours::working_day(self.calendar, local_day(opens), self.chance.random_range(0..4));
                let at = hours::office(self.chance, day).max(opens);
                let step = Step::points(at, self.officer(), "hand-out", json!({}));
                way.add(step.of("code", Part::Code(reservation)));
            }
            Fate::Cancelled => {
                let at = way.at + self.chance.random_range(HOUR..20 * HOUR);
                let step = Step::points(at, who, "cancel-reservation", json!({}));
                way.add(step.of("reservation", Part::Id(reservation)));
            }
            Fate::Left => {}
        }
        self.play.keep(way);
    }
}
