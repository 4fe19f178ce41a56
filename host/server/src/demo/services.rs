//! What villagers of the demo ask the counter for, and how it goes: a file, something to fetch, a word that it is done,
//! or a decision of the town.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use cunshi_model::Micros;
use cunshi_model::calendar::local_day;
use cunshi_model::clock::{DAY, HOUR, MINUTE};
use rand::RngExt;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::desk::{Desk, Office};
use super::hours::{at, days_after, working_day, working_day_before};
use super::names::Age;
use super::pictures::{Picture, Subject};
use super::play::{Part, Step, Thing, Thread, Who};
use super::tale::{TIANFU, ZHAOSHI};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    #[serde(rename = "service")]
    services: Vec<Service>,
    stars: BTreeMap<u8, Vec<String>>,
    words: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    withdrawn: Vec<String>,
    later: Vec<String>,
}

/// What may be asked for, and what is said about it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Service {
    key: String,
    weight: u32,
    way: Way,
    /// The number of an identity card is asked for.
    #[serde(default)]
    identity: bool,
    purposes: Vec<String>,
    accept: Vec<String>,
    #[serde(default)]
    progress: Vec<String>,
    #[serde(default)]
    lacks: Vec<String>,
    #[serde(default)]
    adds: Vec<String>,
    #[serde(default)]
    up: Vec<String>,
    #[serde(default)]
    above: Vec<String>,
    #[serde(default)]
    decided: Vec<String>,
    finish: Vec<String>,
    refuse: String,
    instead: String,
}

/// How the result is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Way {
    File,
    Pickup,
    /// Something is missing now and then, and it is to be fetched.
    Hardship,
    Told,
    /// The town decides.
    Town,
}

/// A request under way.
struct Request {
    way: Thread,
    request: Thing,
    asker: usize,
    /// Who works on it.
    who: Who,
}

/// Writes what everybody asks for.
pub fn write(mut office: Office<'_>) -> Result<()> {
    let texts: Texts = toml::from_str(include_str!("services.toml")).context("the demo's services")?;
    for village in office.villages() {
        let mut desk = office.desk(village)?;
        desk.told_requests(&texts);
        let (count, span) = (desk.some(desk.manner.services), desk.days());
        for n in 0..count {
            // One of the last days, so that every counter has something at hand.
            let ago = if n == 0 { desk.chance.random_range(0..4) } else { desk.chance.random_range(1..span) };
            desk.request(&texts, ago);
        }
    }
    Ok(())
}

impl Texts {
    fn service(&self, key: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.key == key)
    }
}

impl Desk<'_> {
    fn request(&mut self, texts: &Texts, ago: i64) {
        let weight: u32 = texts.services.iter().map(|service| service.weight).sum();
        let mut drawn = self.chance.random_range(0..weight.max(1));
        let found = texts.services.iter().find(|service| match drawn.checked_sub(service.weight) {
            Some(left) => {
                drawn = left;
                false
            }
            None => true,
        });
        let Some(service) = found else { return };
        let (day, asker) = (self.ago(ago), self.anybody());
        let when = self.leisure(at(day, 8, 0), 0);
        let mut asked = self.ask(service, asker, when);
        self.handle(texts, service, &mut asked);
        self.keep(asked.way);
    }

    fn ask(&mut self, service: &Service, asker: usize, when: Micros) -> Request {
        let (who, on_behalf, when) = self.hand(asker, when);
        let mut fields = Map::new();
        fields.insert("service".to_owned(), json!(service.key));
        fields.insert("purpose".to_owned(), json!(self.one(&service.purposes)));
        if service.identity {
            let age = self.villager(asker).map_or(Age::Middle, |person| person.age);
            fields.insert("id_number".to_owned(), json!(self.identity(age, when)));
        }
        if service.way == Way::File {
            let want = if on_behalf.is_some() { "pickup" } else { "file" };
            fields.insert("want".to_owned(), json!(want));
        }
        let shows = service.identity && on_behalf.is_none() && self.percent(30);
        let picture = shows.then_some(Picture { subject: Subject::Booklet, after: false });
        let (mut way, request) = (self.thread(), self.thing());
        let step = self.step(when, who, "ask", Value::Object(fields)).makes(request);
        way.add(step.for_villager(on_behalf).shows(picture));
        let who = if on_behalf.is_some() { who } else { self.officer() };
        Request { way, request, asker, who }
    }

    /// A step on a request.
    fn on(&self, asked: &Request, when: Micros, who: Who, action: &'static str, fields: Value) -> Step {
        let part = if who.is_above() { Part::Above(asked.request) } else { Part::Id(asked.request) };
        self.step(when, who, action, fields).of("request", part)
    }

    /// The office's side, and the asker's last word. What is forgotten lately lies.
    fn handle(&mut self, texts: &Texts, service: &Service, asked: &mut Request) {
        let lately = |when: Micros, now: Micros| when > now - 12 * DAY;
        let manner = self.manner;
        if self.percent(4) && self.speaks(asked.asker) {
            let text = self.one(&texts.words.withdrawn);
            let step =
                self.on(asked, asked.way.at + HOUR, Who::Villager(asked.asker), "withdraw", json!({ "text": text }));
            asked.way.add(step);
            return;
        }
        if self.percent(manner.forgets) && lately(asked.way.at, self.times.now) {
            return;
        }
        let mut taken = self.next(asked.way.at);
        if self.percent(manner.accepts_late) {
            let days = self.chance.random_range(2..5);
            taken = self.later(taken, days);
        }
        let text = self.one(&service.accept);
        let step = self.on(asked, taken, asked.who, "accept", json!({ "text": text }));
        asked.way.add(step);
        if self.percent(5) {
            let when = self.next(asked.way.at);
            let fields = json!({ "text": service.refuse, "instead": service.instead });
            let step = self.on(asked, when, asked.who, "refuse", fields);
            asked.way.add(step);
            return;
        }
        if self.percent(manner.forgets) && lately(asked.way.at, self.times.now) {
            return;
        }
        if self.percent(manner.closes_late) {
            let days = self.chance.random_range(2..6);
            let (when, text) = (self.later(asked.way.at, days), self.one(&texts.words.later));
            let step = self.on(asked, when, asked.who, "progress", json!({ "text": text }));
            asked.way.add(step);
        }
        self.result(service, asked);
        self.stars_for(texts, asked);
    }

    fn result(&mut self, service: &Service, asked: &mut Request) {
        let finish = self.one(&service.finish);
        let soon = asked.way.at + self.chance.random_range(8 * MINUTE..3 * HOUR);
        match service.way {
            Way::File if self.speaks(asked.asker) => self.file(asked, soon, &finish),
            Way::File | Way::Pickup => self.counter(asked, soon, &finish),
            Way::Hardship => {
                if self.percent(40) {
                    let text = self.one(&service.lacks);
                    let step = self.on(asked, soon, asked.who, "need-more", json!({ "text": text }));
                    asked.way.add(step);
                    let when = self.leisure(asked.way.at + HOUR, 1);
                    let (who, when) = if self.speaks(asked.asker) {
                        (Who::Villager(asked.asker), when)
                    } else {
                        (asked.who, self.next(when))
                    };
                    let text = self.one(&service.adds);
                    let step = self.on(asked, when, who, "supplement", json!({ "text": text }));
                    asked.way.add(step);
                }
                let days = self.chance.random_range(0..3);
                let when = self.later(asked.way.at, days);
                self.counter(asked, when, &finish);
            }
            Way::Told => {
                if !service.progress.is_empty() && self.percent(50) {
                    let text = self.one(&service.progress);
                    let step = self.on(asked, soon, asked.who, "progress", json!({ "text": text }));
                    asked.way.add(step);
                }
                let when = self.next(asked.way.at + HOUR);
                let step = self.on(asked, when, asked.who, "finish", json!({ "how": "told", "text": finish }));
                asked.way.add(step);
            }
            Way::Town => self.above(service, asked, soon, &finish),
        }
    }

    fn file(&mut self, asked: &mut Request, when: Micros, text: &str) {
        let step = self.on(asked, when, asked.who, "finish", json!({ "how": "file", "text": text }));
        asked.way.add(step.shows(Some(Picture { subject: Subject::Certificate, after: true })));
    }

    /// It lies at the counter, and is fetched within days: with the code, or with the identity card.
    fn counter(&mut self, asked: &mut Request, when: Micros, text: &str) {
        let step = self.on(asked, when, asked.who, "finish", json!({ "how": "pickup", "text": text }));
        asked.way.add(step);
        let days = self.chance.random_range(0..4);
        let when = self.later(asked.way.at + HOUR, days);
        let step = if self.speaks(asked.asker) {
            self.step(when, asked.who, "hand-over", json!({})).of("code", Part::Code(asked.request))
        } else {
            self.on(asked, when, asked.who, "hand-over", json!({ "checked": true }))
        };
        asked.way.add(step);
    }

    /// The town decides, and the village tells the asker.
    fn above(&mut self, service: &Service, asked: &mut Request, when: Micros, finish: &str) {
        let text = self.one(&service.up);
        let step = self.on(asked, when, asked.who, "pass-up", json!({ "text": text, "with_details": true }));
        asked.way.add(step);
        let officer = Who::Town(self.chance.random_range(0..2));
        let (when, text) = (self.next(asked.way.at), self.one(&service.above));
        let step = self.on(asked, when, officer, "accept", json!({ "text": text }));
        asked.way.add(step);
        let days = self.chance.random_range(2..7);
        let (when, text) = (self.later(asked.way.at, days), self.one(&service.decided));
        let step = self.on(asked, when, officer, "finish", json!({ "how": "told", "text": text }));
        asked.way.add(step);
        let when = self.next(asked.way.at);
        let step = self.on(asked, when, asked.who, "finish", json!({ "how": "told", "text": finish }));
        asked.way.add(step);
    }

    fn stars_for(&mut self, texts: &Texts, asked: &mut Request) {
        if !self.speaks(asked.asker) || !self.percent(75) {
            return;
        }
        let [five, four, three] = self.manner.stars;
        let stars = match self.chance.random_range(0..100) {
            n if n < five => 5,
            n if n < five + four => 4,
            n if n < five + four + three => 3,
            n if n % 3 > 0 => 2,
            _ => 1,
        };
        let words = texts.stars.get(&stars).map(Vec::as_slice).unwrap_or_default();
        let (text, days) = (self.one(words), self.chance.random_range(0..3));
        let when = self.leisure(asked.way.at, days);
        self.rates(asked, when, stars, &text);
    }

    fn rates(&self, asked: &mut Request, when: Micros, stars: u8, text: &str) {
        let mut fields = json!({ "stars": stars });
        if let Some(fields) = fields.as_object_mut().filter(|_| !text.is_empty()) {
            fields.insert("text".to_owned(), json!(text));
        }
        let step = self.on(asked, when, Who::Villager(asked.asker), "rate", fields);
        asked.way.add(step);
    }

    /// What is told of 天府社区 and 照石村: a certificate in 17 minutes, and one that is overdue.
    fn told_requests(&mut self, texts: &Texts) {
        let code = self.code().to_owned();
        if code == TIANFU
            && let Some(service) = texts.service("residence")
        {
            let lin = self.named("林秀英");
            let day = working_day(self.calendar, self.ago(26), 0);
            let mut asked = self.ask(service, lin, at(day, 9, 0));
            if let Some(step) = asked.way.last() {
                step.fields.insert("purpose".to_owned(), json!("孩子在镇上小学报名"));
                step.pictures = vec![Picture { subject: Subject::Booklet, after: false }];
            }
            asked.who = Who::Office(0);
            let step = self.on(&asked, at(day, 9, 5), asked.who, "accept", json!({ "text": "收到，马上核实。" }));
            asked.way.add(step);
            self.file(&mut asked, at(day, 9, 17), "证明开好了，盖了章的扫描件在下面，学校认这个。");
            self.rates(&mut asked, at(day, 9, 32), 5, "办得快");
            self.keep(asked.way);
        }
        if [TIANFU, ZHAOSHI].contains(&code.as_str())
            && let (Some(hardship), Some(seal)) = (texts.service("hardship"), texts.service("seal"))
            && let Some(asker) = (0..self.place.villagers.len()).rev().find(|villager| self.speaks(*villager))
        {
            // At the counter, to be fetched.
            let day = working_day_before(self.calendar, self.today(), 3);
            let mut asked = self.ask(hardship, asker, at(day, 10, 12));
            let step = self.on(&asked, at(day, 10, 40), asked.who, "accept", json!({ "text": "收到，今天上门看看。" }));
            asked.way.add(step);
            let next = working_day(self.calendar, days_after(day, 1), 0);
            let fields = json!({ "how": "pickup", "text": "村委会商量过了，证明盖好章，请来取。" });
            let step = self.on(&asked, at(next, 11, 0), asked.who, "finish", fields);
            asked.way.add(step);
            self.keep(asked.way);
            // Accepted and then forgotten: it is overdue.
            if code == ZHAOSHI {
                let day = working_day_before(self.calendar, self.today(), 5);
                let mut asked = self.ask(seal, asker, at(day, 14, 20));
                let step = self.on(&asked, at(day, 15, 1), asked.who, "accept", json!({ "text": "请把表带来。" }));
                asked.way.add(step);
                self.keep(asked.way);
            }
        }
    }

    /// The number of an identity card that is none: of a county that there is not, and of nobody's turn in its day.
    fn identity(&mut self, age: Age, when: Micros) -> String {
        let born = i64::from(local_day(when).year()) - i64::from(age.years()) - self.chance.random_range(0..9);
        let (month, day) = (self.chance.random_range(1..13_u8), self.chance.random_range(1..29_u8));
        checked(&format!("510399{born:04}{month:02}{day:02}000"))
    }
}

/// The seventeen figures with their check digit.
fn checked(figures: &str) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = figures.chars().zip(WEIGHTS).map(|(figure, weight)| figure.to_digit(10).unwrap_or(0) * weight).sum();
    let last = "10X98765432".chars().nth(usize::try_from(sum % 11).unwrap_or_default()).unwrap_or('0');
    format!("{figures}{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bank_is_whole_and_fits_the_forms() {
        let texts: Texts = toml::from_str(include_str!("services.toml")).unwrap();
        for service in &texts.services {
            assert!(service.purposes.iter().all(|purpose| purpose.chars().count() <= 100), "{}", service.key);
            let town = service.way == Way::Town;
            assert!(town != service.up.is_empty() && town != service.decided.is_empty(), "{}", service.key);
            assert!(!service.accept.is_empty() && !service.finish.is_empty(), "{}", service.key);
        }
        assert!((1..=5).all(|stars| texts.stars.contains_key(&stars)));
    }

    #[test]
    fn identity_numbers_end_in_their_check_digit() {
        // The example of the standard, GB 11643.
        assert_eq!(checked("11010519491231002"), "11010519491231002X");
    }
}
