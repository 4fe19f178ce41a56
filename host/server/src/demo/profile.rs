//! What villages of the demo say about themselves (村情): introduction and figures, who sits where, who is on duty,
//! pictures, big events; and the secretary's hours ([`hours`]).
//!
//! 天府社区 and 照石村 keep the whole of it, other villages as much as their [`super::script::Manner`] lets expect.

use anyhow::{Context, Result};
use cunshi_model::SpaceKind;
use cunshi_model::calendar::{LocalDay, local_day};
use cunshi_model::clock::HOUR;
use rand::seq::{IndexedRandom, SliceRandom};
use serde_json::json;

use self::texts::{Album, Event, Texts};
use super::desk::{Desk, Office};
use super::hours::days_after;
use super::pictures::{Picture, Subject};
use super::play::{Part, Who};
use super::tale::{TIANFU, ZHAOSHI};

mod hours;
mod texts;

/// Writes all pages.
pub fn write(mut office: Office<'_>) -> Result<()> {
    let texts = Texts::read()?;
    if office.cast.district.is_some() {
        office.desk(0)?.office_above(&texts, Who::District(0));
    }
    for (_, village) in office.towns() {
        office.desk(village)?.office_above(&texts, Who::Town(0));
    }
    for village in office.villages() {
        office.desk(village)?.profile(&texts);
    }
    Ok(())
}

/// How much of its page a village keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Care {
    Little,
    Some,
    Much,
    All,
}

impl Desk<'_> {
    fn care(&self) -> Care {
        match self.manner.knows {
            _ if [TIANFU, ZHAOSHI].contains(&self.code()) => Care::All,
            70.. => Care::Much,
            50.. => Care::Some,
            _ => Care::Little,
        }
    }

    /// A day soon after the beginning, on which the page is set up.
    fn set_up(&mut self) -> LocalDay {
        let days = self.between([1, 24]);
        days_after(local_day(self.times.beginning), days)
    }

    fn profile(&mut self, texts: &Texts) {
        let care = self.care();
        self.introduce(texts, care);
        self.seats(care);
        self.duty(care);
        let albums = match care {
            Care::All => 3,
            Care::Little => usize::from(self.percent(50)),
            _ => 1,
        };
        let mut drawn: Vec<&Album> = texts.album.iter().collect();
        drawn.shuffle(self.chance);
        for album in drawn.into_iter().take(albums) {
            self.album(album);
        }
        let events = match care {
            Care::All => texts.event.len(),
            Care::Much => 1,
            _ => usize::from(self.percent(25)),
        };
        let mut drawn: Vec<&Event> = texts.event.iter().filter(|event| event.day(self).is_some()).collect();
        drawn.shuffle(self.chance);
        for event in drawn.into_iter().take(events) {
            self.event(event, care == Care::All);
        }
        self.hours(texts, care);
    }

    /// The admin writes what the village is, and its figures.
    fn introduce(&mut self, texts: &Texts, care: Care) {
        let bank = &texts.introduction;
        let day = self.set_up();
        let (mut way, when) = (self.thread(), self.at_work(day));
        let told = bank.told.get(self.code());
        let text = told.cloned().unwrap_or_else(|| {
            let community = self.place.space.kind == SpaceKind::Community;
            let place = if community { &bank.community } else { &bank.place };
            [place, &bank.living, &bank.office].map(|bank| self.one(bank)).join("\n\n")
        });
        let text = format!("{}\n\n{}", self.said(text.trim_end()), bank.sample);
        let step = self.step(when, Who::Admin, "write-introduction", json!({ "text": text }));
        let photo = Picture { subject: Subject::Hills, after: true };
        way.add(step.shows((care >= Care::Much).then_some(photo)));
        let year = i64::from(self.today().year()) - 1;
        let mut figures: Vec<[String; 2]> = bank.figures.get(self.code()).cloned().unwrap_or_default();
        if care == Care::Much {
            let groups = super::people::GROUPS.len();
            figures.push(["groups".to_owned(), groups.to_string()]);
        }
        for [kind, value] in figures {
            let fields = json!({ "kind": kind, "value": value, "year": year });
            way.add(self.step(way.at, Who::Admin, "set-figure", fields));
        }
        self.keep(way);
    }

    /// The secretary, by the place in the office: 照石村's first cadre is the head of its committee.
    fn secretary(&self) -> usize {
        usize::from(self.code() == ZHAOSHI)
    }

    /// Who sits where.
    fn seats(&mut self, care: Care) {
        let most = match care {
            Care::All => 4,
            Care::Much => 2,
            Care::Some => 1,
            Care::Little => return,
        };
        let (place, secretary) = (self.place, self.secretary());
        let committee = if place.space.kind == SpaceKind::Community { "居委会" } else { "村委会" };
        let all = [
            (place.office.get(secretary), "party", "党支部书记".to_owned()),
            (place.overseer.as_ref(), "supervision", "监督委员会主任".to_owned()),
            (place.office.get(1 - secretary), "village", format!("{committee}主任")),
            (place.admin.as_ref(), "other", "便民服务室负责人".to_owned()),
        ];
        let (mut way, day) = (self.thread(), self.set_up());
        let when = self.at_work(day);
        let since = i64::from(self.today().year()) - 5;
        for ((person, body, office), at) in all.into_iter().zip(1..).take(most) {
            let Some(person) = person else { continue };
            let fields = json!({
                "name": person.name, "body": body, "office": office, "since": since, "until": since + 5, "place": at,
            });
            way.add(self.step(when, Who::Admin, "add-seat", fields));
        }
        self.keep(way);
    }

    /// Who is on duty: one list for all days, or one for each of some.
    fn duty(&mut self, care: Care) {
        let all: &[(usize, &[&str], [&str; 2])] = match care {
            Care::All => &[
                (0, &["1", "3", "5"], ["08:30", "17:30"]),
                (1, &["2", "4"], ["08:30", "17:30"]),
                (1, &["6"], ["09:00", "12:00"]),
            ],
            _ => &[(1, &["1", "2", "3", "4", "5"], ["08:30", "17:30"])],
        };
        let (mut way, day) = (self.thread(), self.set_up());
        let when = self.at_work(day);
        for (cadre, weekdays, [from, to]) in all {
            let Some(name) = self.place.office.get(*cadre).map(|person| person.name.clone()) else { continue };
            let fields = json!({ "weekdays": weekdays, "name": name, "from": from, "to": to });
            way.add(self.step(when, Who::Office(*cadre), "add-weekly", fields));
        }
        self.keep(way);
    }

    fn album(&mut self, album: &Album) {
        let ago = self.between([10, 150]);
        let day = self.ago(ago);
        let (mut way, made, who) = (self.thread(), self.thing(), self.officer());
        let when = self.at_work(days_after(day, 1));
        let fields = json!({ "title": album.title, "text": album.text, "day": day.to_string() });
        way.add(self.step(when, who, "add-album", fields).makes(made));
        let pictures = album.pictures.iter().map(|subject| Picture { subject: *subject, after: true });
        let step = self.step(when, who, "add-pictures", json!({ "caption": album.caption }));
        way.add(step.of("album", Part::Id(made)).shows(pictures));
        self.keep(way);
    }

    /// Something that happened before the demo began is recorded when the page is set up. One in 天府社区 is put right.
    fn event(&mut self, event: &Event, shown: bool) {
        let Some(day) = event.day(self) else { return };
        let set_up = self.set_up();
        let when = self.at_work(set_up.max(days_after(day, 2)));
        let (mut way, made, who) = (self.thread(), self.thing(), self.officer());
        let text = self.drawn(&event.text);
        let fields = json!({ "title": event.title, "day": day.to_string(), "text": text });
        let picture = event.picture.filter(|_| shown).map(|subject| Picture { subject, after: true });
        way.add(self.step(when, who, "record-milestone", fields).makes(made).shows(picture));
        if let Some(correction) = event.correction.as_ref().filter(|_| shown) {
            let fields = json!({
                "title": event.title, "day": day.to_string(), "text": format!("{text}{}", correction.text),
                "reason": correction.reason,
            });
            way.add(self.step(way.at + HOUR, who, "correct-milestone", fields).of("milestone", Part::Id(made)));
        }
        self.keep(way);
    }

    /// A town or the district says who is on duty, and what happened.
    fn office_above(&mut self, texts: &Texts, who: Who) {
        let (of_district, bank) = (matches!(who, Who::District(_)), &texts.above);
        let place = if of_district { self.district } else { Some(self.town) };
        let Some(name) = place.and_then(|place| place.office.first()).map(|person| person.name.clone()) else { return };
        let (mut way, day) = (self.thread(), self.set_up());
        let when = self.at_work(day);
        let fields = json!({
            "weekdays": ["1", "2", "3", "4", "5"], "name": name, "office": bank.on_duty, "from": "08:30", "to": "17:30",
        });
        way.add(self.step(when, who, "add-weekly", fields));
        let event = if of_district { bank.district.first() } else { bank.town.choose(self.chance) };
        if let Some(event) = event {
            let made = self.thing();
            let happened = self.ago(60);
            let fields = json!({
                "title": self.said(&event.title), "day": happened.to_string(), "text": self.said(&event.text),
            });
            let when = self.at_work(days_after(happened, 1));
            way.add(self.step(when, who, "record-milestone", fields).makes(made));
        }
        self.keep(way);
    }
}

impl Event {
    /// Its day, unless that is yet to come.
    fn day(&self, desk: &Desk<'_>) -> Option<LocalDay> {
        let today = desk.today();
        let yearly = self.on.and_then(|[month, day]| LocalDay::new(today.year() - self.years, month, day).ok());
        let day = self.ago.map(|days| desk.ago(days)).or(yearly)?;
        (day < days_after(today, -5)).then_some(day)
    }
}

impl Texts {
    fn read() -> Result<Self> {
        toml::from_str(include_str!("profile.toml")).context("the demo's pages of villages")
    }
}
