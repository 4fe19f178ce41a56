//! Corrections: a posted row is put right by another one, which two persons have looked at.

use cunshi_sdk::prelude::document;
use serde::{Deserialize, Serialize};

use super::award::Award;
use super::days::Micros;
use super::state::{Refused, State};
use super::step::Hand;

/// Where a correction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CorrectionState {
    /// For its second person.
    Waiting,
    /// In the ledger.
    Posted,
    /// The second person does not agree.
    Refused,
}

/// One correction.
#[document("correction")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The award's id.
    pub award: String,
    /// Its spoken number.
    pub number: String,
    /// What it is called.
    pub label: String,
    /// Hundredths in the ledger before.
    pub from: i64,
    /// What it should have been.
    pub to: i64,
    /// Why.
    pub text: String,
    /// Who asks for it.
    pub by: Hand,
    /// When.
    pub at: Micros,
    /// Where it stands.
    pub state: CorrectionState,
    /// The second person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<Hand>,
    /// When they decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Micros>,
    /// Why they do not agree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// The award while it waits: one at a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_key: Option<String>,
}

impl Correction {
    /// Asks for one. Nobody corrects what concerns their own household, and an award does not become a deduction
    /// in this way.
    pub fn ask(id: &str, award: &Award, to: i64, text: String, by: Hand, now: Micros) -> Result<Self, Refused> {
        if award.state != State::Posted || award.entry.is_none() {
            return Err(Refused::NotPosted);
        }
        if award.concerns(&by) {
            return Err(Refused::OwnHousehold);
        }
        if to == award.posted || (to != 0 && (to < 0) != award.takes()) {
            return Err(Refused::NoCorrection);
        }
        Ok(Self {
            award: id.to_owned(),
            number: award.number.clone(),
            label: award.label.clone(),
            from: award.posted,
            to,
            text,
            by,
            at: now,
            state: CorrectionState::Waiting,
            second: None,
            decided_at: None,
            answer: None,
            open_key: Some(id.to_owned()),
        })
    }

    /// Another person decides on it.
    pub fn decide(&mut self, award: &Award, second: Hand, refusal: Option<String>, now: Micros) -> Result<(), Refused> {
        if self.state != CorrectionState::Waiting {
            return Err(Refused::CorrectionOver);
        }
        if award.concerns(&second) {
            return Err(Refused::OwnHousehold);
        }
        if self.by.person == second.person {
            return Err(Refused::OwnHand);
        }
        self.state = if refusal.is_some() { CorrectionState::Refused } else { CorrectionState::Posted };
        self.second = Some(second);
        self.decided_at = Some(now);
        self.answer = refusal;
        self.open_key = None;
        Ok(())
    }

    /// What is added to the account.
    pub fn by_hundredths(&self) -> i64 {
        self.to - self.from
    }
}
