//! Volunteer activities: announced, signed up for, done, and their hours confirmed on the same day.

use cunshi_model::calendar::LocalDay;
use cunshi_model::clock::{HOUR, MINUTE};
use rand::RngExt;
use rand::seq::SliceRandom;
use serde_json::json;

use super::super::hours;
use super::super::names::pick;
use super::super::people::GROUPS;
use super::super::play::{Part, Step, Who};
use super::Writer;
use super::texts::Activity;

/// Days before an activity on which it is announced: from and to.
const AHEAD: (i64, i64) = (4, 7);

/// Who takes part in an activity.
pub struct Company<'a> {
    pub people: &'a [usize],
    /// Of how many the hours are confirmed.
    pub confirmed: usize,
    /// Nobody stays away.
    pub sure: bool,
}

impl<'a> Writer<'a> {
    /// The activities of the village; in some the next one is announced already.
    pub fn activities(&mut self) {
        for _ in 0..self.some(self.manner.activities) {
            let day = self.any_day(30);
            let people = self.volunteers();
            if let Some(activity) = self.fitting(day) {
                self.activity(activity, day, &Company { people: &people, confirmed: people.len(), sure: false });
            }
        }
        if self.manner.activities.0 > 0 && self.percent(30) {
            let day = hours::days_after(self.today(), self.chance.random_range(2..10));
            let people = self.volunteers();
            if let Some(activity) = self.fitting(day) {
                self.activity(activity, day, &Company { people: &people, confirmed: 0, sure: false });
            }
        }
    }

    /// Three to six villagers.
    fn volunteers(&mut self) -> Vec<usize> {
        let mut all: Vec<usize> = (0..self.place.villagers.len()).collect();
        all.shuffle(self.chance);
        all.truncate(self.chance.random_range(3..=6));
        all
    }

    /// Something for the month of a day.
    fn fitting(&mut self, day: LocalDay) -> Option<&'a Activity> {
        let texts = self.texts;
        let fits = |activity: &&Activity| activity.months.is_empty() || activity.months.contains(&day.month());
        let fitting: Vec<&Activity> = texts.activities.iter().filter(fits).collect();
        fitting.get(self.chance.random_range(0..fitting.len().max(1))).copied()
    }

    /// An activity on a day: announced, signed up for, and confirmed when it is over.
    pub fn activity(&mut self, what: &Activity, day: LocalDay, company: &Company<'_>) {
        let group = pick(self.chance, &GROUPS);
        let [starts, ends] = what.hours;
        let ahead = self.chance.random_range(AHEAD.0..=AHEAD.1);
        // What is yet to come is announced already, and people had the time to sign up.
        let announced = hours::days_after(day, -ahead).min(self.ago(3));
        let officer = self.officer();
        let (mut way, activity) = (self.thread(), self.thing());
        let fill = |text: &str| text.replace("{group}", group);
        let fields = json!({
            "title": fill(&what.title), "place": fill(&what.place), "text": what.text, "day": day.to_string(),
            "starts": format!("{starts:02}:00"), "ends": format!("{ends:02}:00"), "seats": 12,
        });
        let at = hours::office(self.chance, announced);
        way.add(Step::points(at, officer, "plan-activity", fields).makes(activity));
        let mut signups = Vec::new();
        for villager in company.people {
            let (who, on_behalf) = if self.place.speaks(*villager) {
                (Who::Villager(*villager), None)
            } else {
                (officer, Some(*villager))
            };
            let heard = hours::days_after(announced, self.chance.random_range(0..3));
            let at = hours::leisure(self.chance, heard);
            let signup = self.thing();
            let step = Step::points(at, who, "sign-up", json!({})).of("activity", Part::Id(activity));
            way.add(step.makes(signup).for_villager(on_behalf));
            if on_behalf.is_none() && !company.sure && self.percent(6) {
                let step = Step::points(way.at + HOUR, who, "withdraw", json!({}));
                way.add(step.of("activity", Part::Id(activity)));
            } else {
                signups.push(signup);
            }
        }
        let over = hours::at(day, ends, 20);
        for signup in signups.into_iter().take(company.confirmed) {
            let hours = match self.chance.random_range(0..100) {
                0..6 if !company.sure => "0".to_owned(),
                6..30 if !company.sure => format!("{}.5", ends - starts - 1),
                _ => (ends - starts).to_string(),
            };
            let at = over.max(way.at) + self.chance.random_range(MINUTE..4 * MINUTE);
            let step = Step::points(at, officer, "confirm-hours", json!({ "hours": hours }));
            way.add(step.of("signup", Part::Id(signup)));
        }
        self.play.keep(way);
    }
}
