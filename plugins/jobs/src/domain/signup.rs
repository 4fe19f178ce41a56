//! The sign-up: who wants a job, and what came of it. Private.

use cunshi_sdk::prelude::document;
use serde::{Deserialize, Serialize};

use super::days::Micros;

/// Where a sign-up stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignState {
    /// 已报名
    Applied,
    /// 已联系
    Contacted,
    /// 已录用
    Hired,
    /// 没录用
    Rejected,
    /// 已取消
    Withdrawn,
}

impl SignState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Applied, Self::Contacted, Self::Hired, Self::Rejected, Self::Withdrawn];

    /// Reads the form's value.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The word in forms and documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Contacted => "contacted",
            Self::Hired => "hired",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether the office still has to answer.
    pub fn waits(self) -> bool {
        matches!(self, Self::Applied | Self::Contacted)
    }
}

/// Why a sign-up cannot move so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotPossible {
    /// Is signed up already.
    Twice,
    /// Was answered: the office does not want this person for this work.
    Answered,
    /// Has withdrawn.
    Withdrawn,
    /// Has this state already.
    Already,
    /// Another office answers it.
    Elsewhere,
    /// It was not signed up for by an answer.
    NoAnswer,
}

/// What happened to a sign-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignStep {
    /// The state after it.
    pub state: SignState,
    /// When.
    pub at: Micros,
    /// Who did it: a name, or an office's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The words to the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Who signs up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// The full name.
    pub name: String,
    /// Where they can be called.
    pub phone: String,
    /// When they can begin, `2026-09-02`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// What they say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// Where a sign-up came from that was made in a space below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The event that brought it last: answers go down by it.
    pub event: String,
    /// The village where it was made.
    pub village: String,
}

/// One person's sign-up for one posting. The fields from `desk` on are kept by [`Signup::derive`] for the indexes.
#[document("signup")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signup {
    /// The posting's id here.
    pub posting: String,
    /// Its title when they signed up.
    pub title: String,
    /// The person's id; none for somebody who is not in the system, or is of another space.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Who it is.
    pub who: Applicant,
    /// The cadre who entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<String>,
    /// Since when.
    pub at: Micros,
    /// Where it stands.
    pub state: SignState,
    /// How often they have signed up: an answer to an earlier time is none to this one.
    pub round: u32,
    /// Everything that happened, oldest first.
    pub steps: Vec<SignStep>,
    /// The name of the office above whose posting it is, and who answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// The posting's id there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The posting is a villager's own, who sees it too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub led: bool,
    /// Where it was made, when not here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Its id there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin_signup: Option<String>,
    /// Posting and person in one: nobody is there twice.
    pub key: String,
    /// `waiting` while this office has to answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<String>,
    /// See `at`, when it was made here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<Micros>,
    /// Since when they are hired, when it was made here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hired_at: Option<Micros>,
}

/// Most steps that are kept: the oldest make room.
const STEPS: usize = 40;

impl Signup {
    /// Somebody signs up; `key` is the person's id, or a word that is theirs alone.
    pub fn new(posting: &str, title: &str, key: &str, who: Applicant, now: Micros) -> Self {
        let mut signup = Self {
            posting: posting.to_owned(),
            title: title.to_owned(),
            person: None,
            who,
            entered_by: None,
            at: now,
            state: SignState::Applied,
            round: 1,
            steps: vec![SignStep { state: SignState::Applied, at: now, by: None, text: None }],
            office: None,
            source: None,
            led: false,
            origin: None,
            origin_signup: None,
            key: Self::key(posting, key),
            desk: None,
            made: None,
            hired_at: None,
        };
        signup.derive();
        signup
    }

    /// The key of a person's sign-up for a posting.
    pub fn key(posting: &str, person: &str) -> String {
        format!("{posting}/{person}")
    }

    /// The key of somebody who is known by a telephone number only, however it was typed.
    pub fn caller(phone: &str) -> String {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        let digits = if digits.len() == 13 { digits.strip_prefix("86").unwrap_or(&digits) } else { &digits };
        format!("tel:{digits}")
    }

    /// Whose it is.
    pub fn is_of(&self, person: &str) -> bool {
        self.person.as_deref() == Some(person)
    }

    /// Signs up once more after having withdrawn.
    pub fn again(&mut self, who: Applicant, entered_by: Option<String>, now: Micros) -> Result<(), NotPossible> {
        match self.state {
            SignState::Withdrawn => {}
            SignState::Rejected => return Err(NotPossible::Answered),
            SignState::Applied | SignState::Contacted | SignState::Hired => return Err(NotPossible::Twice),
        }
        self.who = who;
        self.entered_by = entered_by;
        self.at = now;
        self.round += 1;
        self.step(SignState::Applied, None, None, now);
        Ok(())
    }

    /// Does not want the work any more; true when they were hired.
    pub fn withdraw(&mut self, by: Option<String>, now: Micros) -> Result<bool, NotPossible> {
        let hired = match self.state {
            SignState::Applied | SignState::Contacted => false,
            SignState::Hired => true,
            SignState::Rejected => return Err(NotPossible::Answered),
            SignState::Withdrawn => return Err(NotPossible::Withdrawn),
        };
        self.step(SignState::Withdrawn, by, None, now);
        Ok(hired)
    }

    /// What the office answers. A mistake is put right by another answer; to one who is hired only that they are not.
    pub fn answer(
        &mut self,
        state: SignState,
        by: Option<String>,
        text: Option<String>,
        now: Micros,
    ) -> Result<(), NotPossible> {
        match (self.state, state) {
            (SignState::Withdrawn, _) => return Err(NotPossible::Withdrawn),
            (_, SignState::Applied | SignState::Withdrawn) => return Err(NotPossible::NoAnswer),
            (SignState::Hired, SignState::Contacted) => return Err(NotPossible::Answered),
            // Words once more to somebody whom one is in touch with are news, the same result twice is none.
            (SignState::Contacted, SignState::Contacted) if text.is_some() => {}
            (from, to) if from == to => return Err(NotPossible::Already),
            _ => {}
        }
        self.step(state, by, text, now);
        Ok(())
    }

    fn step(&mut self, state: SignState, by: Option<String>, text: Option<String>, at: Micros) {
        self.state = state;
        self.steps.push(SignStep { state, at, by, text });
        if self.steps.len() > STEPS {
            self.steps.remove(0);
        }
        self.derive();
    }

    /// Keeps what indexes go by; after `office`, `origin` or `person` were set, too.
    pub fn derive(&mut self) {
        let here = self.origin.is_none();
        self.desk = (self.state.waits() && self.office.is_none()).then(|| "waiting".to_owned());
        self.made = here.then_some(self.at);
        let hired = self.steps.last().filter(|_| here && self.state == SignState::Hired);
        self.hired_at = hired.map(|step| step.at);
    }
}

/// A sign-up as the villager sees it whose posting it is.
#[document("lead")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// The posting's id.
    pub posting: String,
    /// Whose posting it is.
    pub proposer: String,
    /// The sign-up's id.
    pub signup: String,
    /// Who it is; empty once they have withdrawn.
    pub who: Applicant,
    /// Where it stands.
    pub state: SignState,
    /// Since when.
    pub at: Micros,
}

impl Lead {
    /// What the villager is shown of a sign-up: of one that was withdrawn, nothing of the person.
    pub fn of(id: &str, signup: &Signup, proposer: &str) -> Self {
        let gone = signup.state == SignState::Withdrawn;
        Self {
            posting: signup.posting.clone(),
            proposer: proposer.to_owned(),
            signup: id.to_owned(),
            who: if gone { Applicant::default() } else { signup.who.clone() },
            state: signup.state,
            at: signup.at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signup() -> Signup {
        Signup::new("j1", "果园采摘工", "p1", Applicant::default(), 1)
    }

    #[test]
    fn the_word_is_what_serde_writes() {
        for state in SignState::ALL {
            assert_eq!(serde_json::to_value(state).unwrap_or_default(), state.as_str());
            assert_eq!(SignState::parse(state.as_str()), Some(state));
        }
        assert_eq!(SignState::parse("x"), None);
    }

    #[test]
    fn applied_contacted_hired() {
        let mut it = signup();
        assert_eq!((it.desk.as_deref(), it.made, it.hired_at), (Some("waiting"), Some(1), None));
        assert_eq!(it.answer(SignState::Contacted, None, None, 2), Ok(()));
        assert_eq!(it.answer(SignState::Contacted, None, None, 2), Err(NotPossible::Already));
        assert_eq!(it.answer(SignState::Contacted, None, Some("明天来".to_owned()), 2), Ok(()));
        assert_eq!(it.answer(SignState::Hired, None, None, 3), Ok(()));
        assert_eq!((it.desk.as_deref(), it.hired_at), (None, Some(3)));
        assert_eq!(it.answer(SignState::Contacted, None, None, 4), Err(NotPossible::Answered));
        assert_eq!(it.answer(SignState::Rejected, None, None, 4), Ok(()), "did not come");
        assert_eq!(it.hired_at, None);
        assert_eq!(it.answer(SignState::Hired, None, None, 5), Ok(()), "a mistake is put right");
    }

    #[test]
    fn nobody_answers_with_what_is_no_answer() {
        for state in [SignState::Applied, SignState::Withdrawn] {
            assert_eq!(signup().answer(state, None, None, 2), Err(NotPossible::NoAnswer));
        }
    }

    #[test]
    fn who_withdraws_may_come_back_who_was_refused_may_not() {
        let mut it = signup();
        assert_eq!(it.again(Applicant::default(), None, 2), Err(NotPossible::Twice));
        assert_eq!(it.withdraw(None, 2), Ok(false));
        assert_eq!(it.withdraw(None, 2), Err(NotPossible::Withdrawn));
        assert_eq!(it.answer(SignState::Hired, None, None, 2), Err(NotPossible::Withdrawn));
        assert_eq!(it.again(Applicant::default(), None, 3), Ok(()));
        assert_eq!((it.round, it.at, it.state), (2, 3, SignState::Applied));
        assert_eq!(it.answer(SignState::Hired, None, None, 4), Ok(()));
        assert_eq!(it.withdraw(None, 5), Ok(true));
        assert_eq!(it.again(Applicant::default(), None, 6), Ok(()));
        assert_eq!(it.answer(SignState::Rejected, None, None, 7), Ok(()));
        assert_eq!(it.again(Applicant::default(), None, 8), Err(NotPossible::Answered));
        assert_eq!(it.withdraw(None, 8), Err(NotPossible::Answered));
    }

    #[test]
    fn a_caller_is_known_by_the_number_however_it_is_typed() {
        for typed in ["13812345678", "138 1234 5678", "+86 138-1234-5678", "8613812345678"] {
            assert_eq!(Signup::caller(typed), "tel:13812345678", "{typed}");
        }
    }

    #[test]
    fn one_for_another_office_waits_for_nobody_here() {
        let mut it = signup();
        it.office = Some("成佳镇".to_owned());
        it.derive();
        assert_eq!((it.desk.as_deref(), it.made), (None, Some(1)));
        it.office = None;
        it.origin = Some(Origin { event: "e".to_owned(), village: "天府社区".to_owned() });
        it.derive();
        assert_eq!((it.desk.as_deref(), it.made), (Some("waiting"), None), "counted where it was made");
    }

    #[test]
    fn a_lead_forgets_who_has_withdrawn() {
        let mut it = signup();
        it.who.name = "林秀英".to_owned();
        assert_eq!(Lead::of("s1", &it, "p2").who.name, "林秀英");
        assert_eq!(it.withdraw(None, 2), Ok(false));
        assert_eq!(Lead::of("s1", &it, "p2").who, Applicant::default());
    }

    #[test]
    fn a_long_story_keeps_its_end() {
        let mut it = signup();
        assert_eq!(it.answer(SignState::Contacted, None, None, 2), Ok(()));
        for n in 0..60 {
            assert_eq!(it.answer(SignState::Contacted, None, Some(n.to_string()), n), Ok(()));
        }
        assert_eq!(it.steps.len(), STEPS);
        assert_eq!(it.steps.last().and_then(|step| step.text.as_deref()), Some("59"));
    }
}
