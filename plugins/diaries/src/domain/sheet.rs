//! A cadre's month: a line for each entry that is public, from which days, figures and duties follow.

use std::collections::BTreeSet;

use cunshi_sdk::document;
use serde::{Deserialize, Serialize};

use super::days::{self, Micros};
use super::entry::{Check, Entry};
use super::kind::Kind;
use super::month;

/// Most lines of a sheet: a document has an end.
pub const MOST_LINES: usize = 800;

/// One entry in its month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Id of the entry.
    pub entry: String,
    /// The day of the month, from 1.
    pub day: i64,
    /// What was done.
    pub kind: Kind,
    /// Id of the household: never shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<String>,
    /// What the household says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<Check>,
    /// How long it took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<i64>,
    /// Entered late.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
}

impl Line {
    /// The line of an entry.
    pub fn of(id: &str, entry: &Entry) -> Self {
        Self {
            entry: id.to_owned(),
            day: month::day_of(entry.day),
            kind: entry.kind,
            household: entry.household.clone(),
            check: entry.check,
            minutes: entry.minutes,
            late: entry.late_days.is_some(),
        }
    }

    /// Whether it counts.
    pub fn counts(&self) -> bool {
        self.check != Some(Check::Falls)
    }
}

/// What one cadre did in one month.
#[document("sheet")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// See [`Sheet::key_of`].
    pub key: String,
    /// The cadre.
    pub person: String,
    /// The cadre's name.
    pub name: String,
    /// The instant at which the month begins.
    pub month: Micros,
    /// The entries, in the order in which they came.
    #[serde(default)]
    pub lines: Vec<Line>,
    /// How many were withdrawn.
    #[serde(default)]
    pub withdrawn: i64,
    /// Has no duties in this month.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub excused: bool,
}

impl Sheet {
    /// Month and person: there is one sheet for each.
    pub fn key_of(month: Micros, person: &str) -> String {
        format!("{}/{person}", days::write_month(month))
    }

    /// An empty sheet.
    pub fn new(month: Micros, person: &str, name: &str) -> Self {
        Self {
            key: Self::key_of(month, person),
            person: person.to_owned(),
            name: name.to_owned(),
            month,
            lines: Vec::new(),
            withdrawn: 0,
            excused: false,
        }
    }

    /// Takes the line of an entry in, in the place of the one that it had. False when the sheet is full.
    pub fn put(&mut self, line: Line) -> bool {
        if let Some(old) = self.lines.iter_mut().find(|old| old.entry == line.entry) {
            *old = line;
            return true;
        }
        let fits = self.lines.len() < MOST_LINES;
        if fits {
            self.lines.push(line);
        }
        fits
    }

    /// Takes the line of an entry out.
    pub fn take(&mut self, entry: &str) {
        self.lines.retain(|line| line.entry != entry);
    }

    /// The lines of a day of the month that count.
    pub fn day(&self, day: i64) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.day == day && line.counts())
    }

    /// The figures.
    pub fn sum(&self) -> Sum {
        let mut sum = Sum { withdrawn: self.withdrawn, ..Sum::default() };
        let (mut homes, mut visits) = (BTreeSet::new(), BTreeSet::new());
        for line in &self.lines {
            if let Some(check) = line.check {
                sum.asked += 1;
                sum.confirmed += i64::from(check.is_good());
                sum.disputed += i64::from(check == Check::Disputed);
                sum.fallen += i64::from(check == Check::Falls);
            }
            if !line.counts() {
                continue;
            }
            sum.entries += 1;
            sum.late += i64::from(line.late);
            sum.minutes += line.minutes.unwrap_or_default();
            *sum.of_mut(line.kind) += 1;
            homes.extend(line.household.as_deref());
            if line.kind == Kind::Visit {
                visits.extend(line.household.as_deref().map(|household| (line.day, household)));
            }
        }
        let size = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        (sum.households, sum.visits_due) = (size(homes.len()), size(visits.len()));
        sum
    }

    /// The households that were visited, with the day of the month.
    pub fn visited(&self) -> impl Iterator<Item = (&str, i64)> {
        let visits = self.lines.iter().filter(|line| line.kind == Kind::Visit && line.counts());
        visits.filter_map(|line| Some((line.household.as_deref()?, line.day)))
    }
}

/// The figures of a month of one cadre.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Entries that count.
    pub entries: i64,
    /// Of them visits.
    pub visit: i64,
    /// Of them meetings.
    pub meeting: i64,
    /// Of them policy talks.
    pub policy: i64,
    /// Of them errands.
    pub errand: i64,
    /// Of them patrols.
    pub patrol: i64,
    /// Visits as duties count them: one household once a day.
    pub visits_due: i64,
    /// Households reached.
    pub households: i64,
    /// Entries of which a household was asked.
    pub asked: i64,
    /// Of them confirmed, or found right.
    pub confirmed: i64,
    /// Of them disputed now.
    pub disputed: i64,
    /// Of them found wrong: these do not count.
    pub fallen: i64,
    /// Entered late.
    pub late: i64,
    /// Minutes told of.
    pub minutes: i64,
    /// Entries that were withdrawn.
    pub withdrawn: i64,
}

impl Sum {
    /// How many of a kind.
    pub fn of(&self, kind: Kind) -> i64 {
        match kind {
            Kind::Visit => self.visit,
            Kind::Meeting => self.meeting,
            Kind::Policy => self.policy,
            Kind::Errand => self.errand,
            Kind::Patrol => self.patrol,
        }
    }

    fn of_mut(&mut self, kind: Kind) -> &mut i64 {
        match kind {
            Kind::Visit => &mut self.visit,
            Kind::Meeting => &mut self.meeting,
            Kind::Policy => &mut self.policy,
            Kind::Errand => &mut self.errand,
            Kind::Patrol => &mut self.patrol,
        }
    }

    /// Both together: the figures of a village.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            entries: self.entries + other.entries,
            visit: self.visit + other.visit,
            meeting: self.meeting + other.meeting,
            policy: self.policy + other.policy,
            errand: self.errand + other.errand,
            patrol: self.patrol + other.patrol,
            visits_due: self.visits_due + other.visits_due,
            households: self.households + other.households,
            asked: self.asked + other.asked,
            confirmed: self.confirmed + other.confirmed,
            disputed: self.disputed + other.disputed,
            fallen: self.fallen + other.fallen,
            late: self.late + other.late,
            minutes: self.minutes + other.minutes,
            withdrawn: self.withdrawn + other.withdrawn,
        }
    }
}

/// What each cadre has to do in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duties {
    /// Visits.
    pub visits: i64,
    /// Meetings.
    pub meetings: i64,
}

impl Duties {
    /// How much there is to do.
    pub fn due(self) -> i64 {
        self.visits + self.meetings
    }

    /// How much of it was done: more than was asked of one does not make up for the other.
    pub fn done(self, sum: &Sum) -> i64 {
        self.visits.min(sum.visits_due) + self.meetings.min(sum.meeting)
    }

    /// Visits that are missing.
    pub fn visits_missing(self, sum: &Sum) -> i64 {
        (self.visits - sum.visits_due).max(0)
    }

    /// Meetings that are missing.
    pub fn meetings_missing(self, sum: &Sum) -> i64 {
        (self.meetings - sum.meeting).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(entry: &str, day: i64, kind: Kind, household: Option<&str>, check: Option<Check>) -> Line {
        let household = household.map(str::to_owned);
        Line { entry: entry.to_owned(), day, kind, household, check, minutes: Some(30), late: false }
    }

    #[test]
    fn a_sheet_adds_up_what_counts() {
        let mut sheet = Sheet::new(days::read_month("2026-09").unwrap(), "p", "简书记");
        assert_eq!(sheet.key, "2026-09/p");
        for line in [
            line("1", 2, Kind::Visit, Some("lin"), Some(Check::Confirmed)),
            line("2", 2, Kind::Visit, Some("lin"), Some(Check::Waiting)),
            line("3", 3, Kind::Visit, Some("wang"), Some(Check::Falls)),
            line("4", 3, Kind::Errand, Some("wang"), Some(Check::Stands)),
            line("5", 4, Kind::Meeting, None, None),
        ] {
            assert!(sheet.put(line));
        }
        let sum = sheet.sum();
        assert_eq!((sum.entries, sum.visit, sum.visits_due, sum.meeting), (4, 2, 1, 1));
        assert_eq!((sum.households, sum.asked, sum.confirmed, sum.fallen, sum.minutes), (2, 4, 2, 1, 120));
        assert_eq!(sheet.visited().collect::<Vec<_>>(), [("lin", 2), ("lin", 2)]);
        assert_eq!((sheet.day(3).count(), sheet.day(5).count()), (1, 0));
        sheet.put(line("2", 5, Kind::Visit, Some("lin"), Some(Check::Confirmed)));
        assert_eq!((sheet.lines.len(), sheet.sum().visits_due), (5, 2), "a line is replaced, not doubled");
        sheet.take("2");
        assert_eq!(sheet.sum().visits_due, 1);
    }

    #[test]
    fn more_of_one_duty_does_not_make_up_for_another() {
        let duties = Duties { visits: 20, meetings: 1 };
        let sum = Sum { visits_due: 25, meeting: 0, ..Sum::default() };
        assert_eq!((duties.due(), duties.done(&sum)), (21, 20));
        assert_eq!((duties.visits_missing(&sum), duties.meetings_missing(&sum)), (0, 1));
        let both = sum.plus(Sum { meeting: 3, ..Sum::default() });
        assert_eq!(duties.done(&both), 21);
        assert_eq!(both.of(Kind::Meeting), 3);
    }

    #[test]
    fn a_full_sheet_takes_no_more() {
        let mut sheet = Sheet::new(0, "p", "简书记");
        for n in 0..MOST_LINES {
            assert!(sheet.put(line(&n.to_string(), 1, Kind::Patrol, None, None)));
        }
        assert!(!sheet.put(line("more", 1, Kind::Patrol, None, None)));
        assert!(sheet.put(line("5", 2, Kind::Patrol, None, None)), "what is there may still change");
    }
}
