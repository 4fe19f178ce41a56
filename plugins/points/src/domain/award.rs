//! The award: a deed, claim or deduction on its way to the ledger.

use cunshi_sdk::contract::ledger::{Holder, PointKind};
use cunshi_sdk::contract::view::To;
use cunshi_sdk::prelude::document;
use serde::{Deserialize, Serialize};

use super::course::{Course, Why};
use super::days::{DAY, Micros};
use super::state::{Refused, Source, State};
use super::step::{Hand, Step, StepKind};

/// Who may read an award.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Everybody: it was in a publicity period.
    Public,
    /// Whom it concerns, the office and the supervisors.
    #[default]
    Private,
}

/// One vote of the review group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// Whose.
    pub by: Hand,
    /// For it.
    pub approves: bool,
}

/// What is known of a deed before the rule has decided on it.
#[derive(Clone, Debug, Default)]
pub struct Claimed {
    /// Where it comes from.
    pub source: Source,
    /// What was done: the kind of a deed, or the item of a claim.
    pub deed: String,
    /// As a decimal.
    pub quantity: String,
    /// Of what.
    pub unit: String,
    /// What people read of it.
    pub text: String,
    /// Where it can be seen.
    pub link: Option<To>,
    /// Photos.
    pub photos: Vec<String>,
    /// Who did it.
    pub person: Option<Hand>,
    /// For which household.
    pub household: Option<String>,
    /// Its name.
    pub household_name: Option<String>,
    /// Its group of the village.
    pub group: Option<String>,
    /// Who entered it, when that is somebody else.
    pub entered_by: Option<Hand>,
    /// Kind and document of another module, so that a deed told twice counts once.
    pub evidence: Option<String>,
    /// When it was done.
    pub at: Micros,
    /// Until when it should be reviewed.
    pub due: Micros,
}

/// An award. `desk` is kept for the indexes by [`Award::settle`].
#[document("award")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    /// Spoken number: `J2026-0042`.
    pub number: String,
    /// Where it comes from.
    pub source: Source,
    /// Where it stands.
    pub state: State,
    /// Who may read it.
    pub visibility: Visibility,
    /// What was done: the kind of a deed, or the item of a claim.
    pub deed: String,
    /// The item of the village's table that it counts as.
    pub item: String,
    /// What the item is called.
    pub label: String,
    /// As a decimal.
    pub quantity: String,
    /// Of what.
    #[serde(default)]
    pub unit: String,
    /// What people read of it.
    pub text: String,
    /// Where it can be seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<To>,
    /// Photos.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<String>,
    /// Who did it: the id, for the index and the owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Their full name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Their household, or that for which it was entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<String>,
    /// Its name, usually of its head.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household_name: Option<String>,
    /// Its group of the village.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Whose account.
    pub holder: Holder,
    /// Which points.
    pub kind: PointKind,
    /// Hundredths; negative takes away.
    pub points: i64,
    /// Why so many.
    pub why: Why,
    /// Who entered it, when that is somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<Hand>,
    /// When it was done.
    pub at: Micros,
    /// When it came here.
    pub made: Micros,
    /// Days of publicity.
    #[serde(default)]
    pub days: u32,
    /// Votes of the review group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub votes: Vec<Vote>,
    /// End of the publicity period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Micros>,
    /// Objections that wait for their answer.
    #[serde(default)]
    pub objections: u32,
    /// When it was posted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted_at: Option<Micros>,
    /// The row of the ledger; none where there was nothing to take away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// What stands in the ledger, corrections included.
    #[serde(default)]
    pub posted: i64,
    /// Everything that happened, oldest first.
    pub steps: Vec<Step>,
    /// Kind and document of another module.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// `review`, `publicity` or `done`.
    pub desk: String,
    /// Until when somebody should act: the review's end, then that of the publicity period.
    pub due: Micros,
}

impl Award {
    /// A deed on which the rule has decided. It stands in review, in its publicity period, at nothing, or waits for
    /// [`Award::posted`] when it has neither.
    pub fn new(number: String, label: String, claimed: Claimed, course: Course, why: Why, now: Micros) -> Option<Self> {
        let own = claimed.person.as_ref().map(|person| Holder::Person(person.person.clone()));
        let shared = claimed.household.clone().map(Holder::Household);
        let holder = if course.own_account { own.or(shared) } else { shared.or(own) }?;
        let kind = match claimed.source {
            Source::Deed => StepKind::Recorded,
            Source::Claim => StepKind::Claimed,
            Source::Deduction => StepKind::Entered,
        };
        let by = claimed.entered_by.clone().or_else(|| claimed.person.clone().filter(|_| kind == StepKind::Claimed));
        let (person, name) = claimed.person.map(|hand| (hand.person, hand.name)).unzip();
        let mut award = Self {
            number,
            source: claimed.source,
            state: State::Claimed,
            visibility: Visibility::Private,
            deed: claimed.deed,
            item: course.item,
            label,
            quantity: claimed.quantity,
            unit: claimed.unit,
            text: claimed.text,
            link: claimed.link,
            photos: claimed.photos,
            person,
            name,
            household: claimed.household,
            household_name: claimed.household_name,
            group: claimed.group,
            holder,
            kind: course.kind,
            points: course.points,
            why,
            entered_by: claimed.entered_by,
            at: claimed.at,
            made: now,
            days: course.days,
            votes: Vec::new(),
            until: None,
            objections: 0,
            posted_at: None,
            entry: None,
            posted: 0,
            steps: vec![Step::new(kind, now).by(by)],
            evidence: claimed.evidence,
            desk: String::new(),
            due: claimed.due,
        };
        if course.points == 0 {
            award.settle(State::Nothing);
        } else if course.reviewed {
            award.settle(State::Claimed);
        } else {
            award.accepted(now);
        }
        Some(award)
    }

    /// Whether it may be posted now: nobody has to look at it any more.
    pub fn is_due(&self, now: Micros) -> bool {
        match self.state {
            State::Published => self.until.is_none_or(|until| until <= now),
            _ => false,
        }
    }

    /// Whether it takes points away.
    pub fn takes(&self) -> bool {
        self.points < 0
    }

    /// Whether it is about the person or their household.
    pub fn concerns(&self, hand: &Hand) -> bool {
        hand.is_of(self.person.as_deref(), self.household.as_deref())
    }

    /// Whether somebody may judge it: not for their own household, and not what they entered themselves.
    pub fn may_judge(&self, hand: &Hand) -> Result<(), Refused> {
        if self.concerns(hand) {
            return Err(Refused::OwnHousehold);
        }
        if self.entered_by.as_ref().is_some_and(|entered| entered.person == hand.person) {
            return Err(Refused::OwnHand);
        }
        Ok(())
    }

    /// Whether somebody may vote on it.
    pub fn may_vote(&self, hand: &Hand) -> Result<(), Refused> {
        if !self.state.is_in_review() {
            return Err(Refused::NotInReview);
        }
        self.may_judge(hand)?;
        let voted = self.votes.iter().any(|vote| vote.by.person == hand.person);
        if voted { Err(Refused::AlreadyVoted) } else { Ok(()) }
    }

    /// One of the review group votes. With `quorum` votes on one side it goes on, or is declined.
    pub fn vote(
        &mut self,
        by: Hand,
        approves: bool,
        text: Option<String>,
        quorum: usize,
        now: Micros,
    ) -> Result<(), Refused> {
        self.may_vote(&by)?;
        let kind = if approves { StepKind::Approved } else { StepKind::Opposed };
        self.steps.push(Step::new(kind, now).by(Some(by.clone())).words(text));
        self.votes.push(Vote { by, approves });
        if self.votes_of(approves) < quorum {
            self.settle(State::UnderReview);
        } else if approves {
            self.accepted(now);
        } else {
            self.steps.push(Step::new(StepKind::Declined, now));
            self.settle(State::Declined);
        }
        Ok(())
    }

    /// Votes for it, or against.
    pub fn votes_of(&self, approves: bool) -> usize {
        self.votes.iter().filter(|vote| vote.approves == approves).count()
    }

    /// Reviewed, or needs no review: its publicity period begins, if it has one.
    fn accepted(&mut self, now: Micros) {
        self.settle(State::Published);
        if self.days == 0 {
            return;
        }
        let until = now + i64::from(self.days) * DAY;
        self.until = Some(until);
        self.due = until;
        self.visibility = Visibility::Public;
        self.steps.push(Step { until: Some(until), ..Step::new(StepKind::Published, now) });
    }

    /// Its claimant takes it back before its publicity period.
    pub fn withdraw(&mut self, by: Hand, now: Micros) -> Result<(), Refused> {
        let own = self.source == Source::Claim
            && (self.person.as_deref() == Some(by.person.as_str())
                || self.entered_by.as_ref().is_some_and(|entered| entered.person == by.person));
        if !own {
            return Err(Refused::NotYours);
        }
        if !self.state.is_in_review() {
            return Err(Refused::TooLate);
        }
        self.steps.push(Step::new(StepKind::Withdrawn, now).by(Some(by)));
        self.settle(State::Withdrawn);
        Ok(())
    }

    /// Somebody objects during the publicity period. Their name is not on the timeline.
    pub fn object(&mut self, now: Micros) -> Result<(), Refused> {
        if !self.state.is_public() || self.until.is_some_and(|until| until <= now) {
            return Err(Refused::NotPublic);
        }
        self.objections += 1;
        self.steps.push(Step::new(StepKind::Objected, now));
        self.settle(State::Objected);
        Ok(())
    }

    /// An objection is answered: upheld, it is struck; dismissed, it goes on when no other one waits.
    pub fn answered(&mut self, by: Hand, upheld: bool, text: String, now: Micros) -> Result<(), Refused> {
        if self.state != State::Objected {
            return Err(Refused::Answered);
        }
        self.may_judge(&by)?;
        let kind = if upheld { StepKind::Upheld } else { StepKind::Dismissed };
        self.steps.push(Step::new(kind, now).by(Some(by)).words(Some(text)));
        self.objections = if upheld { 0 } else { self.objections.saturating_sub(1) };
        if upheld {
            self.settle(State::Struck);
        } else if self.objections == 0 {
            self.settle(State::Published);
        }
        Ok(())
    }

    /// It stands in the ledger with this row and amount; without a row there was nothing to take away.
    pub fn posted(&mut self, row: Option<(String, i64)>, now: Micros) {
        let kind = if row.is_some() { StepKind::Posted } else { StepKind::Spared };
        let (entry, amount) = row.unzip();
        self.entry = entry;
        self.posted = amount.unwrap_or_default();
        self.posted_at = Some(now);
        self.steps.push(Step::new(kind, now));
        self.settle(State::Posted);
    }

    /// A correction was posted.
    pub fn corrected(&mut self, by: Hand, by_hundredths: i64, text: String, now: Micros) {
        self.posted += by_hundredths;
        self.steps.push(Step::new(StepKind::Corrected, now).by(Some(by)).words(Some(text)));
    }

    fn settle(&mut self, state: State) {
        self.state = state;
        state.desk().clone_into(&mut self.desk);
    }
}

#[cfg(test)]
#[path = "award_tests.rs"]
mod tests;
