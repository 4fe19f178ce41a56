//! What may be done to a case: each method checks the move against [`super::state::next`], writes its step
//! and keeps the derived fields right. Nothing is changed when a move is refused.

use super::case::{Case, Complexity, Origin, Referral, Visibility};
use super::days::Micros;
use super::state::{Move, Refused, State, next};
use super::step::{Side, Step, StepKind};

/// Who does it, and when.
#[derive(Clone, Debug)]
pub struct By {
    /// The person's id.
    pub person: Option<String>,
    /// Their full name.
    pub name: Option<String>,
    /// On whose side.
    pub side: Side,
    /// When.
    pub at: Micros,
}

impl By {
    /// The platform itself.
    pub fn platform(at: Micros) -> Self {
        Self { person: None, name: None, side: Side::Platform, at }
    }

    fn step(&self, kind: StepKind) -> Step {
        Step::new(kind, self.side, self.at).by(self.person.clone(), self.name.clone())
    }
}

/// What a reporter says at the end.
#[derive(Clone, Debug)]
pub enum Rating {
    /// Solved, with 1 to 5 stars.
    Solved {
        /// 1 to 5.
        stars: u8,
        /// A few words.
        text: Option<String>,
    },
    /// Not solved: the case is reopened until `due_at`.
    NotSolved {
        /// What is still wrong.
        text: Option<String>,
        /// Photos of it.
        photos: Vec<String>,
        /// The new deadline.
        due_at: Micros,
    },
}

/// What the office above did with a case that was referred to it.
#[derive(Clone, Debug)]
pub struct UpperStep {
    /// What happened there.
    pub kind: StepKind,
    /// That office's name.
    pub office: String,
    /// The words.
    pub text: Option<String>,
    /// The deadline there.
    pub due_at: Option<Micros>,
    /// The office still further up, when it referred the case onward.
    pub to: Option<String>,
    /// When.
    pub at: Micros,
    /// Until when this office has time once the other is done.
    pub due_after: Micros,
}

impl Case {
    /// Takes it up until `due_at`.
    pub fn accept(&mut self, by: &By, how: Complexity, due_at: Micros, text: Option<String>) -> Result<(), Refused> {
        self.go(Move::Accept)?;
        self.complexity = Some(how);
        self.set_due(due_at, by.at);
        self.push(Step { until: Some(due_at), ..by.step(StepKind::Accepted).words(text) });
        Ok(())
    }

    /// Records what was done.
    pub fn progress(&mut self, by: &By, text: String, photos: Vec<String>) -> Result<(), Refused> {
        self.go(Move::Progress)?;
        self.push(Step { photos, ..by.step(StepKind::Progress).words(Some(text)) });
        Ok(())
    }

    /// Replies to the reporter.
    pub fn reply(&mut self, by: &By, text: String) -> Result<(), Refused> {
        self.go(Move::Answer)?;
        self.push(by.step(StepKind::Answered).words(Some(text)));
        Ok(())
    }

    /// Hands it to the office above.
    pub fn refer(&mut self, by: &By, office: &str, text: String) -> Result<(), Refused> {
        self.go(Move::Refer)?;
        let (to, at) = (office.to_owned(), by.at);
        self.referral = Some(Referral { to: to.clone(), at, accepted_at: None, returned_at: None });
        self.push(Step { to: Some(to), ..by.step(StepKind::Referred).words(Some(text)) });
        Ok(())
    }

    /// Puts the deadline off, once.
    pub fn extend(&mut self, by: &By, due_at: Micros, reason: String) -> Result<(), Refused> {
        next(self.state, Move::Extend)?;
        if self.extended {
            return Err(Refused::AlreadyExtended);
        }
        self.extended = true;
        self.set_due(due_at, by.at);
        self.push(Step { until: Some(due_at), ..by.step(StepKind::Extended).words(Some(reason)) });
        Ok(())
    }

    /// Closes it with an answer.
    pub fn close(&mut self, by: &By, answer: String, photos: Vec<String>) -> Result<(), Refused> {
        self.go(Move::Close)?;
        self.closed_at = Some(by.at);
        self.push(Step { photos, until: Some(self.due_at), ..by.step(StepKind::Closed).words(Some(answer)) });
        Ok(())
    }

    /// Refuses it with a reason.
    pub fn decline(&mut self, by: &By, reason: String) -> Result<(), Refused> {
        self.go(Move::Decline)?;
        self.push(by.step(StepKind::Declined).words(Some(reason)));
        Ok(())
    }

    /// Lets it go on as `other`; both get a step.
    pub fn merge_into(&mut self, id: &str, other_id: &str, other: &mut Self, by: &By) -> Result<(), Refused> {
        let state = next(self.state, Move::Merge)?;
        let loses_readers = self.is_public() && !other.is_public();
        // A case from below must be answered by itself: the village waits for it.
        if id == other_id || !other.state.is_open() || loses_readers || self.origin.is_some() {
            return Err(Refused::BadTarget);
        }
        self.state = state;
        self.merged_into = Some(other_id.to_owned());
        self.push(Step { to: Some(other.number.clone()), ..by.step(StepKind::Merged) });
        other.push(Step { to: Some(self.number.clone()), ..by.step(StepKind::Absorbed) });
        Ok(())
    }

    /// The reporter's last word on it.
    pub fn rate(&mut self, by: &By, rating: Rating) -> Result<(), Refused> {
        match rating {
            Rating::Solved { stars, text } => {
                self.go(Move::Rate)?;
                self.stars = Some(stars);
                self.rated_at = Some(by.at);
                self.push(Step { stars: Some(stars), ..by.step(StepKind::Rated).words(text) });
                Ok(())
            }
            Rating::NotSolved { text, photos, due_at } => self.reopen(by, text, photos, due_at),
        }
    }

    fn reopen(&mut self, by: &By, text: Option<String>, photos: Vec<String>, due_at: Micros) -> Result<(), Refused> {
        let state = next(self.state, Move::Reopen)?;
        if !self.may_reopen(by.at) {
            return Err(Refused::TooLate);
        }
        self.open_again(state, due_at);
        self.push(Step { photos, until: Some(due_at), ..by.step(StepKind::Reopened).words(text) });
        Ok(())
    }

    /// The space below refers it once more, after this office was done with it.
    pub fn refer_again(
        &mut self,
        origin: Origin,
        due_at: Micros,
        at: Micros,
        words: Option<String>,
    ) -> Result<(), Refused> {
        let state = next(self.state, Move::ReferAgain)?;
        self.open_again(state, due_at);
        self.complexity = None;
        let step = Step::new(StepKind::Reopened, Side::Below, at).by(None, Some(origin.from_name.clone())).words(words);
        self.origin = Some(origin);
        self.push(Step { until: Some(due_at), ..step });
        Ok(())
    }

    fn open_again(&mut self, state: State, due_at: Micros) {
        self.state = state;
        self.closed_at = None;
        self.rated_at = None;
        self.stars = None;
        self.extended = false;
        self.due_at = due_at;
        self.overdue_since = None;
    }

    /// The office above has done something with it. When it is done, the case is this office's again.
    pub fn upper(&mut self, step: UpperStep) -> Result<(), Refused> {
        let done = matches!(step.kind, StepKind::Closed | StepKind::Declined);
        self.go(if done { Move::UpperDone } else { Move::UpperStep })?;
        if let Some(referral) = &mut self.referral {
            if step.kind == StepKind::Accepted {
                referral.accepted_at = Some(step.at);
            }
            if done {
                referral.returned_at = Some(step.at);
            }
        }
        // The villager sees one deadline: the later of what was promised here and there.
        let due_at = if done { Some(step.due_after) } else { step.due_at };
        if let Some(due_at) = due_at.filter(|due| *due > self.due_at) {
            self.set_due(due_at, step.at);
        }
        let node = Step::new(step.kind, Side::Above, step.at).by(None, Some(step.office)).words(step.text);
        self.push(Step { until: step.due_at, to: step.to, ..node });
        Ok(())
    }

    /// Something for colleagues only.
    pub fn note(&mut self, by: &By, text: String) -> Result<(), Refused> {
        self.go(Move::Note)?;
        self.push(by.step(StepKind::Note).words(Some(text)));
        Ok(())
    }

    /// More words or photos of the reporter.
    pub fn supplement(&mut self, by: &By, text: String, photos: Vec<String>) -> Result<(), Refused> {
        self.go(Move::Supplement)?;
        self.push(Step { photos, ..by.step(StepKind::Supplemented).words(Some(text)) });
        Ok(())
    }

    /// Takes it from the public board.
    pub fn hide(&mut self, by: &By, reason: String) -> Result<(), Refused> {
        if !self.is_public() {
            return Err(Refused::AlreadyPrivate);
        }
        self.go(Move::Hide)?;
        self.visibility = Visibility::Private;
        self.push(by.step(StepKind::Hidden).words(Some(reason)));
        Ok(())
    }

    /// Marks it overdue, once per deadline; false when there is nothing to mark.
    pub fn mark_overdue(&mut self, now: Micros) -> bool {
        if !self.is_overdue(now) || self.overdue_since.is_some() {
            return false;
        }
        self.overdue_since = Some(now);
        self.push(Step { until: Some(self.due_at), ..By::platform(now).step(StepKind::Overdue) });
        true
    }

    fn go(&mut self, step: Move) -> Result<(), Refused> {
        self.state = next(self.state, step)?;
        Ok(())
    }

    fn set_due(&mut self, due_at: Micros, now: Micros) {
        self.due_at = due_at;
        if due_at > now {
            self.overdue_since = None;
        }
    }

    fn push(&mut self, step: Step) {
        self.steps.push(step);
        self.derive();
    }
}

#[cfg(test)]
#[path = "moves_tests.rs"]
mod tests;
