//! What may be done to a request: each method checks the move against [`super::state::next`], keeps the derived fields
//! right and answers the step for the timeline. Nothing is changed when a move is refused.

use super::days::Micros;
use super::request::{Passed, Request};
use super::state::{Move, Refused, State, next};
use super::step::{Side, Step, StepKind};

/// Who does it, and when.
#[derive(Clone, Debug)]
pub struct By {
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
        Self { name: None, side: Side::Platform, at }
    }

    /// A step of theirs.
    pub fn step(&self, kind: StepKind) -> Step {
        Step { name: self.name.clone(), ..Step::new(kind, self.side, self.at) }
    }
}

/// How the result is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finish {
    /// As a file, or there is nothing to hand over.
    Now,
    /// At the counter, which is here.
    AtCounter(String),
}

/// What the town did with a request that was passed to it.
#[derive(Clone, Debug)]
pub struct UpperStep {
    /// What happened there.
    pub kind: StepKind,
    /// The town's name.
    pub office: String,
    /// The words.
    pub text: Option<String>,
    /// What to do instead, of a refusal.
    pub instead: Option<String>,
    /// The deadline there.
    pub due_at: Option<Micros>,
    /// When.
    pub at: Micros,
    /// Until when this office has time once the town is done.
    pub due_after: Micros,
}

impl Request {
    /// Takes it up.
    pub fn accept(&mut self, by: &By, text: Option<String>) -> Result<Step, Refused> {
        self.go(Move::Accept, by.at)?;
        let step = Step { until: Some(self.due_at), ..by.step(StepKind::Accepted).words(text) };
        Ok(self.done(step))
    }

    /// Says what is missing; the clock stands still until it comes.
    pub fn need_more(&mut self, by: &By, text: String) -> Result<Step, Refused> {
        self.go(Move::NeedMore, by.at)?;
        self.paused_at.get_or_insert(by.at);
        Ok(self.done(by.step(StepKind::NeedMore).words(Some(text))))
    }

    /// Words or papers; when they were waited for, the clock goes on until `due_at`.
    pub fn supplement(
        &mut self,
        by: &By,
        text: Option<String>,
        photos: Vec<String>,
        due_at: Micros,
    ) -> Result<Step, Refused> {
        let waited = self.state == State::Lacking;
        self.go(Move::Supplement, by.at)?;
        if waited {
            if self.accepted_at.is_none() {
                self.state = State::Received;
            }
            self.paused_at = None;
            self.set_due(due_at, by.at);
        }
        Ok(self.done(Step { photos, ..by.step(StepKind::Supplemented).words(text) }))
    }

    /// Records what was done.
    pub fn progress(&mut self, by: &By, text: String) -> Result<Step, Refused> {
        self.go(Move::Progress, by.at)?;
        Ok(self.done(by.step(StepKind::Progress).words(Some(text))))
    }

    /// Passes it to the town.
    pub fn pass(&mut self, by: &By, town: &str, text: String, with_details: bool) -> Result<Step, Refused> {
        self.go(Move::Pass, by.at)?;
        self.passed = Some(Passed { to: town.to_owned(), at: by.at, due_at: None, returned_at: None });
        let step = by.step(StepKind::Passed).words(Some(text));
        Ok(self.done(Step { to: Some(town.to_owned()), with_details, ..step }))
    }

    /// The town did something.
    pub fn upper(&mut self, told: UpperStep) -> Result<Step, Refused> {
        let step = match told.kind {
            StepKind::Finished | StepKind::Ready | StepKind::Refused => Move::UpperDone,
            StepKind::NeedMore => Move::UpperNeeds,
            _ => Move::UpperStep,
        };
        self.go(step, told.at)?;
        match step {
            Move::UpperDone => {
                if let Some(passed) = &mut self.passed {
                    passed.returned_at = Some(told.at);
                }
                self.set_due(told.due_after, told.at);
            }
            Move::UpperNeeds => {
                self.paused_at = Some(told.at);
                self.set_due(told.due_after.max(self.due_at), told.at);
            }
            _ => {
                if let Some(passed) = &mut self.passed {
                    passed.due_at = told.due_at.or(passed.due_at);
                }
            }
        }
        let by = By { name: Some(told.office), side: Side::Above, at: told.at };
        Ok(self.done(Step { until: told.due_at, instead: told.instead, ..by.step(told.kind).words(told.text) }))
    }

    /// The result is there.
    pub fn finish(&mut self, by: &By, how: Finish, text: Option<String>) -> Result<Step, Refused> {
        let until = Some(self.due_at);
        let step = match how {
            Finish::Now => {
                self.go(Move::Finish, by.at)?;
                self.ended_at = Some(by.at);
                by.step(StepKind::Finished)
            }
            Finish::AtCounter(place) => {
                self.go(Move::FinishAtCounter, by.at)?;
                Step { to: Some(place), ..by.step(StepKind::Ready) }
            }
        };
        self.done_at = Some(by.at);
        Ok(self.done(Step { until, ..step.words(text) }))
    }

    /// The asker has it.
    pub fn hand_over(&mut self, by: &By, taker: Option<String>) -> Result<Step, Refused> {
        self.go(Move::HandOver, by.at)?;
        self.ended_at = Some(by.at);
        Ok(self.done(Step { to: taker, ..by.step(StepKind::HandedOver) }))
    }

    /// Refuses it with a reason, and with what to do instead.
    pub fn refuse(&mut self, by: &By, text: String, instead: String) -> Result<Step, Refused> {
        self.go(Move::Refuse, by.at)?;
        self.ended_at = Some(by.at);
        Ok(self.done(Step { instead: Some(instead), ..by.step(StepKind::Refused).words(Some(text)) }))
    }

    /// The asker does not want it any more.
    pub fn withdraw(&mut self, by: &By, text: Option<String>) -> Result<Step, Refused> {
        self.go(Move::Withdraw, by.at)?;
        self.ended_at = Some(by.at);
        Ok(self.done(by.step(StepKind::Withdrawn).words(text)))
    }

    /// The village below passes once more what was over here, or brings what was missing.
    pub fn pass_again(&mut self, by: &By, text: Option<String>, due_at: Micros) -> Result<Step, Refused> {
        if !self.state.is_over() {
            return self.supplement(by, text, Vec::new(), due_at);
        }
        self.go(Move::AskAgain, by.at)?;
        (self.accepted_at, self.done_at, self.ended_at) = (None, None, None);
        (self.paused_at, self.passed, self.forgotten_at) = (None, None, None);
        self.set_due(due_at, by.at);
        Ok(self.done(Step { until: Some(due_at), ..by.step(StepKind::Received).words(text) }))
    }

    /// Gives it stars, once, within 30 days.
    pub fn rate(&mut self, by: &By, stars: u8) -> Result<Step, Refused> {
        next(self.state, Move::Rate)?;
        if self.stars.is_some() {
            return Err(Refused::AlreadyRated);
        }
        if self.rate_until().is_none_or(|until| by.at > until) {
            return Err(Refused::TooLateToRate);
        }
        self.stars = Some(stars.clamp(1, 5));
        self.rated_at = Some(by.at);
        Ok(self.done(by.step(StepKind::Rated)))
    }

    /// Marks it overdue, once per deadline; none when there is nothing to mark.
    pub fn mark_late(&mut self, now: Micros) -> Option<Step> {
        if !self.is_late(now) || self.late_since.is_some() {
            return None;
        }
        self.late_since = Some(now);
        Some(self.done(Step { until: Some(self.due_at), ..By::platform(now).step(StepKind::Overdue) }))
    }

    /// What is worked on counts as accepted.
    fn go(&mut self, step: Move, at: Micros) -> Result<(), Refused> {
        self.state = next(self.state, step)?;
        let works = matches!(step, Move::Accept | Move::Progress | Move::Pass | Move::Finish | Move::FinishAtCounter);
        if works {
            self.accepted_at.get_or_insert(at);
        }
        Ok(())
    }

    fn set_due(&mut self, due_at: Micros, now: Micros) {
        self.due_at = due_at;
        if due_at > now {
            self.late_since = None;
        }
    }

    fn done(&mut self, step: Step) -> Step {
        self.last = step.kind;
        self.steps += 1;
        self.derive();
        step
    }
}

#[cfg(test)]
#[path = "moves_tests.rs"]
mod tests;
