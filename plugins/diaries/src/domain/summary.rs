//! A month's summary: as it stood when it was closed, with what changed since.

use cunshi_sdk::document;
use serde::{Deserialize, Serialize};

use super::days::Micros;
use super::sheet::{Duties, Sum};

/// Most later changes that are kept one by one; more are counted only.
const MOST_CHANGES: usize = 200;

/// One cadre's month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The cadre.
    pub person: String,
    /// The cadre's name.
    pub name: String,
    /// The figures.
    pub sum: Sum,
    /// Had duties: was a cadre when the month was closed.
    pub on_duty: bool,
    /// Was excused from them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub excused: bool,
}

impl Row {
    /// Whether duties are asked of this cadre.
    pub fn is_due(&self) -> bool {
        self.on_duty && !self.excused
    }
}

/// What changed after the month was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// An entry came in for it.
    Written,
    /// An entry was corrected, also to or from another month.
    Corrected,
    /// An entry was withdrawn.
    Withdrawn,
    /// A household confirmed an entry.
    Confirmed,
    /// A household disputed one.
    Disputed,
    /// The supervisors settled one.
    Settled,
}

/// One later change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What.
    pub kind: ChangeKind,
    /// When.
    pub at: Micros,
    /// The cadre whose entry it is.
    pub person: String,
    /// The cadre's name.
    pub name: String,
    /// The entry's day.
    pub day: Micros,
    /// The entry's id.
    pub entry: String,
}

/// A closed month.
#[document("summary")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The instant at which the month begins.
    pub month: Micros,
    /// When it was closed.
    pub at: Micros,
    /// What was asked of each cadre then.
    pub duties: Duties,
    /// The cadres, by name.
    pub rows: Vec<Row>,
    /// Hard-pressed households on the list then.
    #[serde(default)]
    pub homes: i64,
    /// Of them visited in the quarter until the end of the month.
    #[serde(default)]
    pub homes_visited: i64,
    /// What changed since, oldest first.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// Changes beyond those.
    #[serde(default)]
    pub more_changes: i64,
}

impl Summary {
    /// Notes a later change.
    pub fn note(&mut self, change: Change) {
        if self.changes.len() < MOST_CHANGES {
            self.changes.push(change);
        } else {
            self.more_changes += 1;
        }
    }
}

/// What was done of what was due, by cadres who had duties.
pub fn duties_done(duties: Duties, rows: &[Row]) -> (i64, i64) {
    let due = rows.iter().filter(|row| row.is_due());
    due.fold((0, 0), |(done, of), row| (done + duties.done(&row.sum), of + duties.due()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(visits_due: i64, on_duty: bool, excused: bool) -> Row {
        let sum = Sum { visits_due, ..Sum::default() };
        Row { person: "p".to_owned(), name: "简书记".to_owned(), sum, on_duty, excused }
    }

    #[test]
    fn the_excused_and_those_who_left_owe_nothing() {
        let rows = [row(5, true, false), row(0, true, true), row(9, false, false)];
        assert_eq!(duties_done(Duties { visits: 4, meetings: 1 }, &rows), (4, 5));
    }

    #[test]
    fn later_changes_are_kept_one_by_one_up_to_a_point() {
        let change = Change {
            kind: ChangeKind::Written,
            at: 0,
            person: "p".to_owned(),
            name: "简书记".to_owned(),
            day: 0,
            entry: "e".to_owned(),
        };
        let mut summary = Summary {
            month: 0,
            at: 0,
            duties: Duties::default(),
            rows: Vec::new(),
            homes: 0,
            homes_visited: 0,
            changes: Vec::new(),
            more_changes: 0,
        };
        for _ in 0..203 {
            summary.note(change.clone());
        }
        assert_eq!((summary.changes.len(), summary.more_changes), (200, 3));
    }
}
