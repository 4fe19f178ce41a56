//! Volunteer activities, and who takes part.

use cunshi_sdk::prelude::document;
use serde::{Deserialize, Serialize};

use super::days::{HOUR, Micros};
use super::step::Hand;

/// Where an activity stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActivityState {
    /// To sign up for, or under way.
    Open,
    /// Past.
    Done,
    /// Called off.
    Cancelled,
}

impl ActivityState {
    /// The word in documents and indexes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A volunteer activity.
#[document("activity")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// What it is.
    pub title: String,
    /// More about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where to meet.
    pub place: String,
    /// From.
    pub starts: Micros,
    /// To.
    pub ends: Micros,
    /// How many may come.
    pub seats: i64,
    /// How many have signed up.
    pub taken: i64,
    /// Of them: whose hours are not confirmed yet.
    pub unconfirmed: i64,
    /// When it ends, while hours are to be confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<Micros>,
    /// Where it stands.
    pub state: ActivityState,
    /// Who announced it.
    pub by: Hand,
    /// Why it was called off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Why somebody cannot take part, or hours cannot be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotPossible {
    /// Called off or past.
    Over,
    /// It has begun.
    Begun,
    /// It has not begun yet.
    NotBegun,
    /// No seat is left.
    Full,
    /// Signed up already.
    SignedUp,
    /// Not signed up.
    NotSignedUp,
    /// The hours were confirmed.
    Confirmed,
    /// Nobody confirms the hours of their own household.
    OwnHousehold,
    /// More hours than it lasted.
    TooLong,
}

impl Activity {
    /// Whether people may sign up.
    pub fn is_open(&self, now: Micros) -> bool {
        self.state == ActivityState::Open && now < self.starts
    }

    /// Somebody takes a seat.
    pub fn take(&mut self, now: Micros) -> Result<(), NotPossible> {
        match (self.state, self.is_open(now)) {
            (ActivityState::Open, true) if self.taken < self.seats => {
                self.taken += 1;
                self.wait(1);
                Ok(())
            }
            (ActivityState::Open, true) => Err(NotPossible::Full),
            (ActivityState::Open, false) => Err(NotPossible::Begun),
            _ => Err(NotPossible::Over),
        }
    }

    /// Somebody gives a seat back.
    pub fn give_back(&mut self, now: Micros) -> Result<(), NotPossible> {
        if !self.is_open(now) {
            return Err(if self.state == ActivityState::Open { NotPossible::Begun } else { NotPossible::Over });
        }
        self.taken = (self.taken - 1).max(0);
        self.wait(-1);
        Ok(())
    }

    /// The hours of one who signed up are confirmed: they are at most an hour more than it was planned to last.
    pub fn confirm(&mut self, hundredths_of_hours: i64, now: Micros) -> Result<(), NotPossible> {
        if self.state == ActivityState::Cancelled {
            return Err(NotPossible::Over);
        }
        if now < self.starts {
            return Err(NotPossible::NotBegun);
        }
        if hundredths_of_hours > (self.ends - self.starts) * 100 / HOUR + 100 {
            return Err(NotPossible::TooLong);
        }
        self.wait(-1);
        Ok(())
    }

    /// It is called off.
    pub fn cancel(&mut self, reason: String) -> Result<(), NotPossible> {
        if self.state != ActivityState::Open {
            return Err(NotPossible::Over);
        }
        self.state = ActivityState::Cancelled;
        self.reason = Some(reason);
        self.waiting = None;
        Ok(())
    }

    fn wait(&mut self, more: i64) {
        self.unconfirmed = (self.unconfirmed + more).max(0);
        self.waiting = (self.unconfirmed > 0).then_some(self.ends);
    }
}

/// How somebody takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignupState {
    /// Will come.
    Signed,
    /// Will not.
    Withdrawn,
    /// Came, with confirmed hours.
    Confirmed,
    /// Did not come.
    Absent,
}

/// One person's part in an activity.
#[document("signup")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signup {
    /// The activity's id.
    pub activity: String,
    /// Who: the id, for index and owner.
    pub person: String,
    /// Their full name.
    pub name: String,
    /// Their household.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<String>,
    /// Since when.
    pub at: Micros,
    /// How.
    pub state: SignupState,
    /// Hours as a decimal, once confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// Who confirmed them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_by: Option<Hand>,
    /// Activity and person in one: nobody is there twice.
    pub key: String,
}

impl Signup {
    /// Somebody signs up.
    pub fn new(activity: &str, hand: Hand, now: Micros) -> Self {
        let key = Self::key(activity, &hand.person);
        Self {
            activity: activity.to_owned(),
            person: hand.person,
            name: hand.name,
            household: hand.household,
            at: now,
            state: SignupState::Signed,
            hours: None,
            confirmed_by: None,
            key,
        }
    }

    /// The key under which one is found.
    pub fn key(activity: &str, person: &str) -> String {
        format!("{activity}/{person}")
    }

    /// Comes after all.
    pub fn sign_again(&mut self, now: Micros) -> Result<(), NotPossible> {
        if self.state != SignupState::Withdrawn {
            return Err(NotPossible::SignedUp);
        }
        self.state = SignupState::Signed;
        self.at = now;
        Ok(())
    }

    /// Will not come.
    pub fn withdraw(&mut self) -> Result<(), NotPossible> {
        if self.state != SignupState::Signed {
            return Err(NotPossible::NotSignedUp);
        }
        self.state = SignupState::Withdrawn;
        Ok(())
    }

    /// The hours are confirmed by somebody of another household; none means that the person did not come.
    pub fn confirm(&mut self, by: Hand, hours: Option<String>) -> Result<(), NotPossible> {
        match self.state {
            SignupState::Signed => {}
            SignupState::Withdrawn => return Err(NotPossible::NotSignedUp),
            SignupState::Confirmed | SignupState::Absent => return Err(NotPossible::Confirmed),
        }
        if by.is_of(Some(&self.person), self.household.as_deref()) {
            return Err(NotPossible::OwnHousehold);
        }
        self.state = if hours.is_some() { SignupState::Confirmed } else { SignupState::Absent };
        self.hours = hours;
        self.confirmed_by = Some(by);
        Ok(())
    }
}
