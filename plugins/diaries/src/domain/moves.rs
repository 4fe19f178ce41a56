//! How a published entry may move: confirmed, disputed, settled, corrected, followed up, withdrawn.

use super::days::{self, Micros};
use super::entry::{Check, Entry};
use super::month;
use super::step::{Before, By, Step, StepKind};

/// How many days the household may answer after it was asked.
pub const ANSWER_DAYS: i64 = 90;
/// Most steps of a history: an entry that is corrected for ever is to be withdrawn.
const MOST_STEPS: usize = 60;

/// Why a move is not possible. The words for people are in `words::refused`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is a draft.
    Draft,
    /// It was published before.
    Published,
    /// It was withdrawn.
    Withdrawn,
    /// It tells of no household, or of another one.
    NotYourHousehold,
    /// Its author does not confirm it.
    OwnEntry,
    /// The household confirmed it before.
    AlreadyConfirmed,
    /// The supervisors are looking into it.
    UnderReview,
    /// The supervisors have spoken.
    Settled,
    /// More than 90 days have gone by.
    TooLate,
    /// Nobody says that it was not so.
    NotDisputed,
    /// The author, or somebody of the household.
    Involved,
    /// Somebody else wrote it.
    NotYours,
    /// The correction changes nothing.
    NothingChanged,
    /// The day lies ahead, or more than 31 days before the entry was published.
    BadDay,
    /// Nothing was promised, or it was done.
    NothingPromised,
    /// It was corrected too often.
    TooOften,
}

/// What an entry says after a correction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrected {
    /// The new state of what [`Before`] keeps the old one of.
    pub now: Before,
    /// Why.
    pub reason: String,
}

impl Entry {
    /// Somebody of the household says that it was so.
    pub fn confirm(&mut self, by: &By, household: Option<&str>) -> Result<(), Refused> {
        self.may_answer(by, household)?;
        match self.check {
            Some(Check::Waiting) => {}
            Some(Check::Confirmed) => return Err(Refused::AlreadyConfirmed),
            Some(Check::Disputed) => return Err(Refused::UnderReview),
            Some(Check::Stands | Check::Falls) => return Err(Refused::Settled),
            None => return Err(Refused::NotYourHousehold),
        }
        self.move_to(Check::Confirmed, Step::new(StepKind::Confirmed, by));
        Ok(())
    }

    /// Somebody of the household says that it was not so, also after another one confirmed it.
    pub fn dispute(&mut self, by: &By, household: Option<&str>) -> Result<(), Refused> {
        self.may_answer(by, household)?;
        match self.check {
            Some(Check::Waiting | Check::Confirmed) => {}
            Some(Check::Disputed) => return Err(Refused::UnderReview),
            Some(Check::Stands | Check::Falls) => return Err(Refused::Settled),
            None => return Err(Refused::NotYourHousehold),
        }
        self.move_to(Check::Disputed, Step::new(StepKind::Disputed, by));
        Ok(())
    }

    /// A supervisor or admin without a part in it says what was found.
    pub fn settle(&mut self, by: &By, household: Option<&str>, stands: bool, words: String) -> Result<(), Refused> {
        self.may_move()?;
        if self.check != Some(Check::Disputed) {
            return Err(if self.check.is_some_and(Check::is_settled) {
                Refused::Settled
            } else {
                Refused::NotDisputed
            });
        }
        if !self.may_judge(&by.person, household) {
            return Err(Refused::Involved);
        }
        let (check, kind) = if stands { (Check::Stands, StepKind::Stands) } else { (Check::Falls, StepKind::Falls) };
        self.move_to(check, Step::new(kind, by).words(words));
        Ok(())
    }

    /// Whether somebody has no part in it.
    pub fn may_judge(&self, person: &str, household: Option<&str>) -> bool {
        self.author != person && !self.is_about(household)
    }

    /// The author changes what it says; the household is asked again.
    pub fn correct(&mut self, by: &By, corrected: Corrected, late_after: i64) -> Result<(), Refused> {
        self.may_move()?;
        if self.author != by.person {
            return Err(Refused::NotYours);
        }
        if self.check.is_some_and(Check::is_settled) {
            return Err(Refused::Settled);
        }
        if self.steps.len() >= MOST_STEPS {
            return Err(Refused::TooOften);
        }
        let now = Before { day: days::midnight(corrected.now.day), ..corrected.now };
        let before = Before {
            text: self.text.clone(),
            day: self.day,
            place: self.place.clone(),
            minutes: self.minutes,
            promised: self.promised.clone(),
            follow_up: self.follow_up,
        };
        if now == before {
            return Err(Refused::NothingChanged);
        }
        // The same reach as when it was written: a correction is no way to an older month.
        let entered = self.entered_at.unwrap_or(by.at);
        if now.day != self.day && !month::is_within_reach(now.day, entered) {
            return Err(Refused::BadDay);
        }
        if self.promised != now.promised {
            self.followed_at = None;
        }
        self.late_days = Some(days::days_between(now.day, entered)).filter(|late| *late > late_after);
        self.text = now.text;
        self.day = now.day;
        self.place = now.place;
        self.minutes = now.minutes;
        self.follow_up = now.follow_up.filter(|_| now.promised.is_some());
        self.promised = now.promised;
        self.steps.push(Step { before: Some(before), ..Step::new(StepKind::Corrected, by).words(corrected.reason) });
        self.ask_household();
        self.touched = by.at;
        self.derive();
        Ok(())
    }

    /// What was promised is done: any cadre may say so.
    pub fn follow(&mut self, by: &By, words: String) -> Result<(), Refused> {
        self.may_move()?;
        if self.follow_of.is_none() {
            return Err(Refused::NothingPromised);
        }
        self.followed_at = Some(by.at);
        self.steps.push(Step::new(StepKind::Followed, by).words(words));
        self.touched = by.at;
        self.derive();
        Ok(())
    }

    /// Its author takes it back, or an admin does. What was found wrong its author cannot make vanish.
    pub fn withdraw(&mut self, by: &By, admin: bool, reason: String) -> Result<(), Refused> {
        self.may_move()?;
        if self.author != by.person && !admin {
            return Err(Refused::NotYours);
        }
        if self.check == Some(Check::Falls) && self.author == by.person {
            return Err(Refused::Settled);
        }
        self.withdrawn_at = Some(by.at);
        self.steps.push(Step::new(StepKind::Withdrawn, by).words(reason));
        self.touched = by.at;
        self.derive();
        Ok(())
    }

    /// When the household was last asked.
    pub fn asked_at(&self) -> Micros {
        let asked = |step: &&Step| matches!(step.kind, StepKind::Written | StepKind::Corrected);
        self.steps.iter().rev().find(asked).map_or(self.touched, |step| step.at)
    }

    /// Whether this person of this household may still answer.
    pub fn may_answer(&self, by: &By, household: Option<&str>) -> Result<(), Refused> {
        self.may_move()?;
        if !self.is_about(household) {
            return Err(Refused::NotYourHousehold);
        }
        if self.author == by.person {
            return Err(Refused::OwnEntry);
        }
        if days::days_between(self.asked_at(), by.at) > ANSWER_DAYS {
            return Err(Refused::TooLate);
        }
        Ok(())
    }

    fn may_move(&self) -> Result<(), Refused> {
        match (self.is_draft(), self.withdrawn_at) {
            (true, _) => Err(Refused::Draft),
            (_, Some(_)) => Err(Refused::Withdrawn),
            _ => Ok(()),
        }
    }

    fn move_to(&mut self, check: Check, step: Step) {
        self.check = Some(check);
        self.touched = step.at;
        self.steps.push(step);
        self.derive();
    }
}

#[cfg(test)]
#[path = "moves_tests.rs"]
mod tests;
