//! Work that is offered in the demo: by villages, towns and the district, by villagers whose proposal a cadre checks; who
//! signs up, and what came of it; one that asks for money and is taken down.
//!
//! The story of 重滩村 is DOMAIN's: a worker who lives far away finds a job near home and signs up by telephone.

use anyhow::{Context, Result};
use cunshi_model::Micros;
use cunshi_model::calendar::local_day;
use cunshi_model::clock::{DAY, HOUR, MINUTE};
use rand::RngExt;
use rand::seq::{IndexedRandom, SliceRandom};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::desk::{Desk, Office};
use super::hours::{at, days_after, working_day};
use super::names::{self, Age};
use super::play::{Part, Thing, Who};
use super::tale::{CHONGTAN, TIANFU, ZHAOSHI};

/// Postings that last the longest are told to be older than this.
const OLD: i64 = 38;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    village: Vec<Offer>,
    away: Vec<Offer>,
    town: Vec<Offer>,
    district: Vec<Offer>,
    propose: Vec<Offer>,
    #[serde(rename = "false")]
    untrue: Vec<Offer>,
    story: Vec<Offer>,
    words: Words,
}

/// What is said with a sign-up and to whoever signed up.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    applied: Vec<String>,
    contacted: Vec<String>,
    hired: Vec<String>,
    rejected: Vec<String>,
    declined: Vec<String>,
    rang: Vec<String>,
}

/// A posting.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Offer {
    title: String,
    employer: String,
    kind: String,
    #[serde(default)]
    away: bool,
    place: String,
    distance: Option<i64>,
    pay: Vec<i64>,
    per: String,
    headcount: i64,
    trades: Vec<String>,
    skills: Option<String>,
    demands: Option<String>,
    #[serde(default)]
    housing: bool,
    #[serde(default)]
    meals: bool,
    detail: String,
    contact: String,
}

/// A posting that is open.
#[derive(Clone, Copy)]
struct Open {
    posting: Thing,
    since: Micros,
    until: Micros,
    /// How many are wanted.
    places: usize,
    /// Whose it is.
    by: Who,
}

/// Writes all that is offered.
pub fn write(mut office: Office<'_>) -> Result<()> {
    let texts: Texts = toml::from_str(include_str!("jobs.toml")).context("the demo's jobs")?;
    let mut above: Vec<Open> = Vec::new();
    if office.cast.district.is_some() {
        let mut desk = office.desk(0)?;
        for (offer, ago) in texts.district.iter().zip([52, 25]) {
            above.push(desk.post_above(offer, Who::District(0), ago, 70));
        }
    }
    let mut of_towns = Vec::new();
    for (town, village) in office.towns() {
        let mut desk = office.desk(village)?;
        let mut offers: Vec<&Offer> = texts.town.iter().collect();
        offers.shuffle(desk.chance);
        for (offer, ago) in offers.into_iter().zip([88, 47, 16]) {
            of_towns.push((town, desk.post_above(offer, Who::Town(0), ago, 40)));
        }
    }
    for village in office.villages() {
        let place = office.cast.villages.get(village);
        let town = place.and_then(|place| office.cast.town_at(place));
        let near: Vec<Open> =
            of_towns.iter().filter(|(of, _)| Some(*of) == town).map(|(_, open)| *open).chain(above.clone()).collect();
        let mut desk = office.desk(village)?;
        desk.come_home(&texts);
        desk.copies_from_above(&texts, &near);
        desk.postings(&texts);
    }
    Ok(())
}

impl Desk<'_> {
    /// The fields of a posting's form.
    fn offer(&mut self, offer: &Offer, closes: Option<i64>, when: Micros) -> Map<String, Value> {
        let mut fields = Map::new();
        let mut put = |key: &str, value: Value| drop(fields.insert(key.to_owned(), value));
        put("title", json!(offer.title));
        put("employer", json!(self.said(&offer.employer)));
        put("kind", json!(offer.kind));
        put("place", json!(self.said(&offer.place)));
        if offer.away {
            put("away", json!(true));
        } else if let Some(distance) = offer.distance {
            put("distance", json!(distance));
        }
        for (key, pay) in ["pay_from", "pay_to"].into_iter().zip(&offer.pay) {
            put(key, json!(pay));
        }
        put("pay_per", json!(offer.per));
        put("headcount", json!(offer.headcount));
        put("trades", json!(offer.trades));
        for (key, text) in [("skills", &offer.skills), ("demands", &offer.demands)] {
            if let Some(text) = text {
                put(key, json!(text));
            }
        }
        for (key, on) in [("housing", offer.housing), ("meals", offer.meals)] {
            if on {
                put(key, json!(true));
            }
        }
        put("detail", json!(offer.detail));
        put("contact_name", json!(offer.contact));
        // No number of this area begins with 0, so that it rings at nobody's.
        put("contact_phone", json!(format!("0813-0400{:03}", self.chance.random_range(1..1000))));
        if let Some(days) = closes {
            put("closes", json!(days_after(local_day(when), days).to_string()));
        }
        fields
    }

    /// One of a town or of the district.
    fn post_above(&mut self, offer: &Offer, who: Who, ago: i64, days: i64) -> Open {
        let day = working_day(self.calendar, self.ago(ago), 0);
        let since = at(day, 9, self.chance.random_range(10..50));
        let fields = Offer { distance: None, ..offer.clone() };
        let fields = self.offer(&fields, Some(days), since);
        let (mut way, posting) = (self.thread(), self.thing());
        way.add(self.step(since, who, "post", Value::Object(fields)).makes(posting));
        self.keep(way);
        let places = usize::try_from(offer.headcount).unwrap_or(1);
        Open { posting, since, until: since + days * DAY, places, by: who }
    }

    /// What the village has of the postings of town and district: how far they are, and who signs up.
    fn copies_from_above(&mut self, texts: &Texts, near: &[Open]) {
        for open in near {
            let knows = self.manner.knows;
            if self.percent(knows) && matches!(open.by, Who::Town(_)) {
                let (mut way, who) = (self.thread(), self.officer());
                let when = self.next(open.since + 2 * HOUR);
                let distance = json!({ "distance": self.chance.random_range(3..16) });
                way.add(self.step(when, who, "locate", distance).of("posting", Part::Copy(open.posting)));
                self.keep(way);
            }
            if self.percent(knows / 3) {
                let worker = self.workers().first().copied();
                if let Some(worker) = worker {
                    self.signs_up(texts, *open, Part::Copy(open.posting), worker, 1);
                }
            }
        }
    }

    /// The village's own.
    fn postings(&mut self, texts: &Texts) {
        let (count, span) = (self.some(self.manner.jobs), self.days());
        let mut deck: Vec<&Offer> = texts.village.iter().collect();
        deck.shuffle(self.chance);
        let told = [TIANFU, ZHAOSHI].contains(&self.code());
        for (n, offer) in deck.into_iter().take(count).enumerate() {
            // The first is of lately, so that every village has one that is open.
            let ago = if n == 0 { self.chance.random_range(2..14) } else { self.chance.random_range(15..span.max(16)) };
            let fills = n > 0 && offer.headcount < 3;
            self.post(texts, offer, ago, if n == 0 { 40 } else { 30 }, fills);
        }
        if told || self.percent(25) {
            let offer = texts.away.choose(self.chance).map(|offer| Offer { away: true, ..offer.clone() });
            if let Some(offer) = offer {
                // Nobody has touched it for longer than a month: its cadre is asked whether it is still open.
                self.post(texts, &offer, OLD, 90, false);
            }
        }
        if told || self.percent(15) {
            self.unfinished(texts);
        }
        if told || self.percent(45) {
            self.proposals(texts, told);
        }
        if told || self.percent(10) {
            self.untrue(texts);
        }
    }

    fn post(&mut self, texts: &Texts, offer: &Offer, ago: i64, days: i64, fills: bool) {
        let day = self.ago(ago);
        let (since, by) = (self.at_work(day), self.officer());
        let fields = self.offer(offer, Some(days), since);
        let (mut way, posting) = (self.thread(), self.thing());
        way.add(self.step(since, by, "post", Value::Object(fields)).makes(posting));
        self.keep(way);
        let places = usize::try_from(offer.headcount).unwrap_or(1);
        let open = Open { posting, since, until: since + days * DAY, places, by };
        self.sign_ups(texts, open, fills);
    }

    /// Some sign up, one after another; who is answered, and how.
    fn sign_ups(&mut self, texts: &Texts, open: Open, fills: bool) {
        let workers = self.workers();
        let count = if fills { open.places + 1 } else { self.some((0, 2)) };
        for (n, worker) in workers.into_iter().take(count).enumerate() {
            let luck = if fills && n < open.places { 2 } else { 1 };
            self.signs_up(texts, open, Part::Id(open.posting), worker, luck);
        }
        if self.percent(12) {
            self.rang(texts, open);
        }
    }

    /// Somebody signs up and is answered: hired for sure with luck 2.
    fn signs_up(&mut self, texts: &Texts, open: Open, part: Part, worker: usize, luck: u8) {
        let days = self.chance.random_range(0..5);
        let when = self.leisure(open.since + DAY, days);
        let (who, on_behalf, when) = self.hand(worker, when);
        if when > open.until - 2 * DAY {
            return;
        }
        let mut fields = Map::new();
        let words = self.one(&texts.words.applied);
        if !words.is_empty() {
            fields.insert("words".to_owned(), json!(words));
        }
        if on_behalf.is_some() {
            fields.insert("phone".to_owned(), json!(self.number()));
        }
        if self.percent(40) {
            let start = days_after(local_day(when), self.chance.random_range(2..15));
            fields.insert("start".to_owned(), json!(start.to_string()));
        }
        let (mut way, signup) = (self.thread(), self.thing());
        let step = self.step(when, who, "sign-up", Value::Object(fields)).of("posting", part).makes(signup);
        way.add(step.for_villager(on_behalf));
        let whose = if matches!(part, Part::Copy(_)) { Part::Above(signup) } else { Part::Id(signup) };
        if luck == 1 && self.percent(6) && on_behalf.is_none() {
            way.add(self.step(way.at + 5 * HOUR, who, "withdraw", json!({})).of("signup", Part::Id(signup)));
            self.keep(way);
            return;
        }
        if luck == 1 && self.percent(self.manner.forgets + 8) {
            self.keep(way);
            return;
        }
        let by = if open.by.is_above() { open.by } else { self.officer() };
        let when = self.next(way.at);
        let text = self.one(&texts.words.contacted);
        way.add(self.step(when, by, "answer", json!({ "state": "contacted", "text": text })).of("signup", whose));
        let hired = luck == 2 || self.percent(45);
        if !hired && self.percent(35) {
            self.keep(way);
            return;
        }
        let (state, bank) = if hired { ("hired", &texts.words.hired) } else { ("rejected", &texts.words.rejected) };
        let days = self.chance.random_range(1..4);
        let (when, text) = (self.later(way.at, days), self.one(bank));
        way.add(self.step(when, by, "answer", json!({ "state": state, "text": text })).of("signup", whose));
        self.keep(way);
    }

    /// Somebody who is not in the system rings the office.
    fn rang(&mut self, texts: &Texts, open: Open) {
        let Who::Office(_) = open.by else { return };
        let when = self.later(open.since, 2);
        let fields = json!({
            "name": names::full_of(self.chance, Age::Middle),
            "phone": self.number(),
            "words": self.one(&texts.words.rang),
        });
        let (mut way, signup) = (self.thread(), self.thing());
        way.add(self.step(when, open.by, "sign-up-other", fields).of("posting", Part::Id(open.posting)).makes(signup));
        let text = self.one(&texts.words.contacted);
        let when = self.later(when, 1);
        let step = self.step(when, open.by, "answer", json!({ "state": "contacted", "text": text }));
        way.add(step.of("signup", Part::Id(signup)));
        self.keep(way);
    }

    /// One without pay: it stays a draft.
    fn unfinished(&mut self, texts: &Texts) {
        let Some(offer) = texts.village.choose(self.chance) else { return };
        let offer =
            Offer { pay: Vec::new(), title: "村里要请人，工钱还没有谈好".to_owned(), ..offer.clone() };
        let day = self.lately(12);
        let (when, who, posting) = (self.at_work(day), self.officer(), self.thing());
        let fields = self.offer(&offer, Some(30), when);
        let mut way = self.thread();
        way.add(self.step(when, who, "post", Value::Object(fields)).makes(posting));
        self.keep(way);
    }

    /// Villagers propose; a cadre publishes or sends it back.
    fn proposals(&mut self, texts: &Texts, told: bool) {
        let mut offers: Vec<&Offer> = texts.propose.iter().collect();
        offers.shuffle(self.chance);
        for (n, offer) in offers.into_iter().take(if told { 3 } else { 1 }).enumerate() {
            let ago = [9, 34, 1].get(n).copied().unwrap_or(20) + self.chance.random_range(0..3);
            let Some(worker) = self.workers().into_iter().find(|worker| self.speaks(*worker)) else { return };
            let day = self.ago(ago);
            let when = self.leisure(at(day, 8, 0), 0);
            let fields = self.offer(offer, Some(25), when);
            let (mut way, posting) = (self.thread(), self.thing());
            way.add(self.step(when, Who::Villager(worker), "propose", Value::Object(fields)).makes(posting));
            let (who, when) = (self.officer(), self.next(when));
            let part = Part::Id(posting);
            if n == 1 {
                let text = self.one(&texts.words.declined);
                way.add(self.step(when, who, "decline", json!({ "text": text })).of("posting", part));
                self.keep(way);
                continue;
            }
            way.add(self.step(when, who, "publish", json!({})).of("posting", part));
            self.keep(way);
            let open = Open { posting, since: when, until: when + 24 * DAY, places: 3, by: who };
            let others: Vec<usize> = self.workers().into_iter().filter(|other| *other != worker).collect();
            for other in others.into_iter().take(2) {
                self.signs_up(texts, open, part, other, 1);
            }
        }
    }

    /// One that asks for money: a neighbour says so, and it is taken down.
    fn untrue(&mut self, texts: &Texts) {
        let Some(offer) = texts.untrue.first() else { return };
        let people: Vec<usize> = self.workers().into_iter().filter(|worker| self.speaks(*worker)).collect();
        let &[worker, other, ..] = people.as_slice() else { return };
        let day = self.ago(60);
        let when = self.leisure(at(day, 8, 0), 0);
        let fields = self.offer(offer, Some(40), when);
        let (mut way, posting, who) = (self.thread(), self.thing(), self.officer());
        let part = Part::Id(posting);
        way.add(self.step(when, Who::Villager(worker), "propose", Value::Object(fields)).makes(posting));
        let when = self.next(when);
        way.add(self.step(when, who, "publish", json!({})).of("posting", part));
        let when = self.leisure(when, 1);
        let fields = json!({ "why": "money", "text": "加了微信，让先交两百元材料押金，不交不发货。" });
        way.add(self.step(when, Who::Villager(other), "report", fields).of("posting", part));
        let when = self.next(when);
        let fields = json!({ "verdict": "hide", "text": "打电话核实，对方先要押金，派出所提醒是骗局，已经撤下。" });
        way.add(self.step(when, who, "judge", fields).of("posting", part));
        self.keep(way);
    }

    /// In 重滩村 somebody who works far away rings the office about a job in the town, and gets it.
    fn come_home(&mut self, texts: &Texts) {
        if self.code() != CHONGTAN {
            return;
        }
        let Some(offer) = texts.story.first() else { return };
        let Some(worker) = self.workers().into_iter().find(|worker| self.speaks(*worker)) else { return };
        let open = self.post_above(offer, Who::Town(0), 23, 60);
        let (office, part) = (Who::Office(0), Part::Copy(open.posting));
        let day = working_day(self.calendar, days_after(local_day(open.since), 1), 0);
        let back = days_after(day, 12);
        let (mut way, signup) = (self.thread(), self.thing());
        way.add(self.step(at(day, 9, 5), office, "locate", json!({ "distance": 8 })).of("posting", part));
        let words = "人在广东，看到家门口招工，打电话来请村里代报。在电子厂做过六年。";
        let fields = json!({ "words": words, "start": back.to_string() });
        let step = self.step(at(day, 19, 40), office, "sign-up", fields).of("posting", part).makes(signup);
        way.add(step.for_villager(Some(worker)));
        let next = working_day(self.calendar, day, 1);
        let text = "厂里看了，问什么时候能到岗。";
        let step = self.step(at(next, 10, 15), Who::Town(0), "answer", json!({ "state": "contacted", "text": text }));
        way.add(step.of("signup", Part::Above(signup)));
        let third = working_day(self.calendar, next, 2);
        let text = "录用了，回来后带身份证到厂门口找刘主任，宿舍已经留好。";
        let step = self.step(at(third, 15, 30), Who::Town(0), "answer", json!({ "state": "hired", "text": text }));
        way.add(step.of("signup", Part::Above(signup)));
        way.at += MINUTE;
        self.keep(way);
    }

    /// A telephone number that nobody has.
    fn number(&mut self) -> String {
        format!("1990009{:04}", self.chance.random_range(0..10_000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bank_is_whole_and_fits_the_forms() {
        let texts: Texts = toml::from_str(include_str!("jobs.toml")).unwrap();
        let banks = [&texts.village, &texts.away, &texts.town, &texts.district, &texts.propose, &texts.untrue];
        for offer in banks.into_iter().flatten().chain(&texts.story) {
            assert!(offer.title.chars().count() <= 40 && offer.contact.chars().count() <= 20, "{}", offer.title);
            assert!((1..=2).contains(&offer.pay.len()) && offer.pay.is_sorted(), "{}", offer.title);
            assert!(["full", "seasonal", "day"].contains(&offer.kind.as_str()), "{}", offer.title);
            assert!(["hour", "day", "month", "piece"].contains(&offer.per.as_str()), "{}", offer.title);
            assert!((1..=5).contains(&offer.trades.len()), "{}", offer.title);
        }
    }
}
